"""Fine-tuned classifier → one ONNX file with 8-bit weights, small enough to ship in the package.

Only the weights are stored in 8 bits (one scale a row); the arithmetic stays in 32 bits, so no answer depends on the
processor's integer instructions. The graph takes `tokens` (batch, length), `attention` (batch, length) and `pools`
(batch, 4, length) and gives the logits `types`, `modes`, `statuses`.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

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
    """Replaces each large 32-bit weight by an 8-bit one with a scale for each row, and a node that multiplies them."""
    kept: list[onnx.TensorProto] = []
    added: list[onnx.NodeProto] = []
    for tensor in graph.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < SMALLEST:
            kept.append(tensor)
            continue
        axis = (
            0 if values.shape[0] >= values.shape[1] and values.shape[0] > 4096 else 1
        )  # embeddings by word, matrices by output
        scale = np.abs(values).max(axis=1 - axis, keepdims=True) / 127.0
        scale[scale == 0.0] = 1.0
        whole = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
        name = tensor.name
        kept += [
            numpy_helper.from_array(whole, f"{name}.int8"),
            numpy_helper.from_array(scale.reshape(-1).astype(np.float32), f"{name}.scale"),
            helper.make_tensor(f"{name}.zero", TensorProto.INT8, [scale.size], [0] * scale.size),
        ]
        inputs = [f"{name}.int8", f"{name}.scale", f"{name}.zero"]
        added.append(helper.make_node("DequantizeLinear", inputs, [name], axis=0))
    del graph.graph.initializer[:]
    graph.graph.initializer.extend(kept)
    for node in reversed(added):
        graph.graph.node.insert(0, node)
