"""Fine-tuned classifier → one ONNX file with 8-bit weights, small enough to ship in the package and quick on any processor.

Linear layers multiply integers (7-bit weights, one scale an output; inputs rounded to 8 bits): whole numbers add up to the same
sum everywhere, so no answer depends on the processor's instructions. The graph takes `tokens` (batch, length), `attention`
(batch, length) and `pools` (batch, 4, length) and gives the logits `types`, `modes`, `statuses`, and `pooled` (batch, 4, width).
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
    expose_pooled(graph)
    shrink(graph)
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))


def shrink(graph: onnx.ModelProto) -> None:
    """Stores each large weight in 8 bits with a scale for each row, and lets linear layers compute with it as it is.

    A linear layer's weight, which the graph transposes, is stored transposed as `NAME.int8t` in 7 of the 8 bits: older
    processors add two products in 16 bits, which whole bytes overflow. Its input is rounded to 8 bits when it comes.
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
        transposer = transposers.get(name)
        levels = 127 if transposer is None else 63
        scale = np.abs(values).max(axis=1, keepdims=True) / levels  # a row is a word's vector or an output's weights
        scale[scale == 0.0] = 1.0
        whole = np.clip(np.rint(values / scale), -levels, levels).astype(np.int8)
        suffix = "int8" if transposer is None else "int8t"
        stored = whole if transposer is None else np.ascontiguousarray(whole.T)
        inputs = [f"{name}.{suffix}", f"{name}.scale"]
        kept += [
            numpy_helper.from_array(stored, inputs[0]),
            numpy_helper.from_array(scale.reshape(-1).astype(np.float32), inputs[1]),
        ]
        if transposer is None:
            added.append(helper.make_node("DequantizeLinear", inputs, [name], axis=0))
        else:
            graph.graph.node.remove(transposer)
            _multiply_integers(graph, transposer.output[0], inputs)
    del graph.graph.initializer[:]
    graph.graph.initializer.extend(kept)
    for node in reversed(added):
        graph.graph.node.insert(0, node)


def _multiply_integers(graph: onnx.ModelProto, weight: str, stored: list[str]) -> None:
    """Puts in place of the one multiplication by `weight` the rounding of its input and a multiplication of integers."""
    nodes = graph.graph.node
    place, product = next((i, node) for i, node in enumerate(nodes) if weight in node.input)
    entering, leaving = product.input[0], product.output[0]
    rounded = [f"{entering}.{part}" for part in ("whole", "step", "zero")]
    replacement = [] if any(rounded[0] in node.output for node in nodes) else [
        helper.make_node("DynamicQuantizeLinear", [entering], rounded)
    ]  # fmt: skip
    replacement += [
        helper.make_node("MatMulInteger", [rounded[0], stored[0], rounded[2]], [f"{leaving}.sum"]),
        helper.make_node("Cast", [f"{leaving}.sum"], [f"{leaving}.float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [rounded[1], stored[1]], [f"{leaving}.step"]),
        helper.make_node("Mul", [f"{leaving}.float", f"{leaving}.step"], [leaving]),
    ]
    nodes.remove(product)
    for node in reversed(replacement):
        nodes.insert(place, node)


def expose_pooled(graph: onnx.ModelProto) -> None:
    """Gives the four pooled vectors out as `pooled` (batch, 4, width): what the heads read, and prototypes are made of."""
    inside = next(node.input[0] for node in graph.graph.node if node.op_type == "Flatten")
    for node in graph.graph.node:
        for names in (node.input, node.output):
            for index, name in enumerate(names):
                if name == inside:
                    names[index] = "pooled"
    shape = ["batch", POOLS, None]
    graph.graph.output.append(helper.make_tensor_value_info("pooled", onnx.TensorProto.FLOAT, shape))


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
