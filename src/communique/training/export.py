"""Fine-tuned classifier → one ONNX file with 8-bit weights, small enough to ship in the package.

Only the weights are stored in 8 bits (one scale a row); the arithmetic stays in 32 bits, so no answer depends on the
processor's integer instructions. The graph takes `tokens` (batch, length), `attention` (batch, length) and `pools`
(batch, 4, length) and gives the logits `types`, `modes`, `statuses`.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from communique.training.model import POOLS, Classifier

OPSET = 17
SMALLEST = 4096  # tensors with fewer elements stay in 32 bits


def export(model: Classifier, path: Path) -> None:
    """Writes the model; dropout is off."""
    model = model.eval().float()
    length = 12
    sample = (
        torch.ones(2, length, dtype=torch.long),
        torch.ones(2, length),
        torch.full((2, POOLS, length), 1.0 / length),
    )
    torch.onnx.export(
        model,
        sample,
        str(path),
        input_names=["tokens", "attention", "pools"],
        output_names=["types", "modes", "statuses"],
        dynamic_axes={
            "tokens": {0: "batch", 1: "length"},
            "attention": {0: "batch", 1: "length"},
            "pools": {0: "batch", 2: "length"},
        },
        opset_version=OPSET,
        do_constant_folding=False,  # keeps the weights under their own names, so that they can be read back
        dynamo=False,
    )
    graph = onnx.load(str(path))
    shrink(graph)
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))


def shrink(graph: onnx.ModelProto) -> None:
    """Replaces each large 32-bit weight by an 8-bit one with a scale for each row, and a node that multiplies them.

    A linear layer's weight, which the graph transposes, is stored transposed as `NAME.int8t`: the runtime mishandles a
    transposition behind the multiplication.
    """
    transposers = {node.input[0]: node for node in graph.graph.node if node.op_type == "Transpose"}
    kept: list[onnx.TensorProto] = []
    added: list[onnx.NodeProto] = []
    for tensor in graph.graph.initializer:
        values = numpy_helper.to_array(tensor)
        name = tensor.name
        if values.dtype != np.float32 or values.ndim != 2 or values.size < SMALLEST:
            kept.append(tensor)
            continue
        scale = np.abs(values).max(axis=1, keepdims=True) / 127.0  # a row is a word's vector or an output's weights
        scale[scale == 0.0] = 1.0
        whole = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
        transposer = transposers.get(name)
        if transposer is not None:
            graph.graph.node.remove(transposer)
        stored, suffix, axis, gives = (
            (whole, "int8", 0, name) if transposer is None else (whole.T, "int8t", 1, transposer.output[0])
        )
        kept += [
            numpy_helper.from_array(np.ascontiguousarray(stored), f"{name}.{suffix}"),
            numpy_helper.from_array(scale.reshape(-1).astype(np.float32), f"{name}.scale"),
        ]
        inputs = [f"{name}.{suffix}", f"{name}.scale"]
        added.append(helper.make_node("DequantizeLinear", inputs, [gives], axis=axis))
    del graph.graph.initializer[:]
    graph.graph.initializer.extend(kept)
    for node in reversed(added):
        graph.graph.node.insert(0, node)


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """The weights of an exported model by their names in `Classifier`, in 32 bits."""
    tensors = {each.name: numpy_helper.to_array(each) for each in onnx.load(str(path)).graph.initializer}
    weights: dict[str, torch.Tensor] = {}
    for name, values in tensors.items():
        stem, _, suffix = name.rpartition(".")
        if suffix in ("int8", "int8t"):
            rows = values.T if suffix == "int8t" else values
            weights[stem] = torch.tensor(rows.astype(np.float32) * tensors[f"{stem}.scale"][:, None])
        elif suffix != "scale":
            weights[name] = torch.tensor(values)
    return weights
