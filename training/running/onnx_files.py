"""Writing ONNX files the way the engine reads them: opset 17, standard operators, weights in half precision.

Large float initialisers are stored as float16 behind one Cast node each; ONNX Runtime folds the Casts when a session is
made, so arithmetic stays in float32.
"""

import io
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

OPSET = 17
HALVED_FROM = 128  # elements; smaller tensors stay float32, and so do the statistics of BatchNorm, which can be tiny


def export_graph(
    network: nn.Module, inputs: dict[str, torch.Tensor], outputs: list[str], path: Path, free: dict[str, dict[int, str]] | None = None
) -> None:
    """Traces `network` on `inputs` and writes it to `path`; `free` names the dimensions that may change."""
    buffer = io.BytesIO()
    torch.onnx.export(
        network, tuple(inputs.values()), buffer, input_names=list(inputs), output_names=outputs, dynamic_axes=free or {},
        opset_version=OPSET, dynamo=False, do_constant_folding=True,
    )  # fmt: skip
    model = halve_weights(onnx.load_from_string(buffer.getvalue()))
    onnx.checker.check_model(model, full_check=True)
    refuse_foreign(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def halve_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Replaces each large float32 initialiser by a float16 one and a Cast of the old name. Doc strings are dropped."""
    graph = model.graph
    statistics = {name for node in graph.node if node.op_type == "BatchNormalization" for name in node.input}
    kept, casts = [], []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < HALVED_FROM or weight.name in statistics:
            kept.append(weight)
            continue
        if np.abs(values).max() > 65504:
            raise ValueError(f"Expected {weight.name} to fit half precision, got {np.abs(values).max()}.")
        kept.append(numpy_helper.from_array(values.astype(np.float16), f"{weight.name}_fp16"))
        casts.append(helper.make_node("Cast", [f"{weight.name}_fp16"], [weight.name], f"cast_{weight.name}", to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    for node in nodes:
        node.ClearField("doc_string")
        node.ClearField("name")  # outputs carry the same path; in a small model names are a hundred kilobytes
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    return model


def refuse_foreign(model: onnx.ModelProto) -> None:
    """Only standard operators may appear: any ONNX Runtime build must run the file."""
    foreign = sorted({f"{n.domain}::{n.op_type}" for n in model.graph.node if n.domain not in ("", "ai.onnx")})
    if foreign:
        raise ValueError(f"Expected standard operators only, got {', '.join(foreign)}.")
