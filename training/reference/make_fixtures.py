"""Makes packages/onnx-gradients/test/fixtures/networks: exports of small networks, and what PyTorch says about their gradients.

    python training/reference/make_fixtures.py

needs torch, onnx and onnxscript. For each network: one JSON file with input, output, cotangent and the gradients of
⟨cotangent, output⟩ (computed in float64, stored as float32), and the same network exported by the old exporter at
several opsets and by the new one.
"""

from __future__ import annotations

import base64
import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import networks
import onnx
import torch
from torch import Tensor, nn

FOLDER = Path(__file__).parents[2] / "packages" / "onnx-gradients" / "test" / "fixtures" / "networks"


@dataclass(frozen=True)
class Case:
    name: str
    network: type[nn.Module]
    shape: tuple[int, ...]
    # Axes that the export leaves open, so that it carries the shape arithmetic of a dynamic model.
    open_axes: dict[int, str]
    # Weights whose gradients are stored too; both exporters must keep their names and layout.
    weights: list[str] = field(default_factory=list)
    old_opsets: tuple[int, ...] = (11, 13, 17)


PICTURE = {0: "batch", 2: "height", 3: "width"}
CASES = [
    Case("clip-vit", networks.VisionTransformer, (2, 3, 16, 16), {0: "batch"}, ["patches.weight", "positions"], (14, 17)),
    Case("block-stack", networks.BlockStack, (2, 7, 12), {0: "batch"}, ["blocks.0.norm1.weight"]),
    Case("resnet", networks.ResNet, (2, 3, 20, 24), {0: "batch"}, ["stage2.short.weight"]),
    Case("convnext", networks.ConvNeXt, (2, 3, 16, 24), {0: "batch"}, ["block1.depthwise.weight", "block2.scale"]),
    Case("unet", networks.UNet, (1, 3, 12, 16), PICTURE, ["up1.weight", "leave.bias"]),
    Case("warp", networks.Warp, (1, 2, 4, 5, 6), {}, ["flow.weight", "leave.bias"], (20,)),
    Case("vqgan-decoder", networks.Decoder, (1, 4, 4, 6), PICTURE, ["conv_in.weight", "conv_out.bias"]),
]


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        torch.manual_seed(7)
        network = randomized(case.network()).eval()
        x = torch.randn(case.shape)
        exports = [export_name for export_name, model in exported(case, network, x) if save(export_name, model)]
        reference = {"exports": exports, **gradients(case, network, x)}
        (FOLDER / f"{case.name}.json").write_text(json.dumps(reference, indent=1) + "\n")
        print(case.name, *exports)


def randomized(network: nn.Module) -> nn.Module:
    """Norms that scale and shift, and BatchNorm statistics as after training: the defaults would hide mistakes."""
    for module in network.modules():
        if isinstance(module, nn.LayerNorm | nn.GroupNorm | nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1.0, 0.3)
            nn.init.normal_(module.bias, 0.0, 0.3)
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.running_mean, 0.0, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return network


def exported(case: Case, network: nn.Module, x: Tensor) -> Iterator[tuple[str, onnx.ModelProto]]:
    path = FOLDER / "export.tmp"
    names = {"input_names": ["input"], "output_names": ["output"]}
    for opset in case.old_opsets:
        axes = {"input": case.open_axes}
        torch.onnx.export(network, (x,), str(path), dynamo=False, opset_version=opset, dynamic_axes=axes, **names)
        yield f"{case.name}.old-{opset}.onnx", onnx.load(path)
    shapes = ({axis: torch.export.Dim.DYNAMIC for axis in case.open_axes},)
    program = torch.onnx.export(network, (x,), dynamo=True, dynamic_shapes=shapes, verbose=False, **names)
    program.save(str(path))
    yield f"{case.name}.new.onnx", onnx.load(path)
    path.unlink()


def save(name: str, model: onnx.ModelProto) -> bool:
    """Without the source locations and stack traces that exporters add: they name files of this machine."""
    for part in [model, model.graph, *model.graph.node, *model.graph.value_info, *model.functions]:
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    for part in [*model.graph.input, *model.graph.output, *model.graph.initializer]:
        part.ClearField("metadata_props")
    model.graph.ClearField("value_info")
    onnx.save(model, FOLDER / name)
    return True


def gradients(case: Case, network: nn.Module, x: Tensor) -> dict[str, object]:
    exact = network.double()
    point = x.double().requires_grad_()
    output = exact(point)
    cotangent = torch.randn(output.shape).double()
    weights = dict(exact.named_parameters())
    wanted = {"input": point, **{name: weights[name] for name in case.weights}}
    values = torch.autograd.grad(output, list(wanted.values()), cotangent)
    return {
        "input": packed(x),
        "output": packed(output),
        "cotangent": packed(cotangent),
        "gradients": {name: packed(value) for name, value in zip(wanted, values, strict=True)},
    }


def packed(value: Tensor) -> dict[str, object]:
    """Shape and base64 of the little-endian float32 elements."""
    data = value.detach().float().contiguous().numpy().astype("<f4").tobytes()
    return {"shape": list(value.shape), "base64": base64.b64encode(data).decode()}


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    main()
