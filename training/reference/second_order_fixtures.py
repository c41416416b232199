"""Makes packages/onnx-gradients/test/fixtures/second-order: ten small networks with PyTorch's first and second derivatives.

    python training/reference/second_order_fixtures.py

needs torch, onnx and onnxscript. Everything is computed in float64 and stored as that, so that errors of float32 can be
told apart; beside it stands how far PyTorch's own float32 is off.
"""

from __future__ import annotations

import base64
import json
import warnings
from copy import deepcopy
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional as F

FOLDER = Path(__file__).parents[2] / "packages" / "onnx-gradients" / "test" / "fixtures" / "second-order"
# How far above its deviation a mean lies: sums of squares in one pass lose their digits there.
FAR = 100.0


class Perceptron(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Linear(5, 7)
        self.leave = nn.Linear(7, 4)

    def forward(self, x: Tensor) -> Tensor:
        return torch.logsumexp(self.leave(torch.tanh(self.enter(x))), dim=-1)


class Pictures(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Conv2d(3, 4, 3, stride=2, padding=1)
        self.leave = nn.Linear(4, 3)

    def forward(self, x: Tensor) -> Tensor:
        return F.log_softmax(self.leave(F.adaptive_avg_pool2d(F.gelu(self.enter(x)), 1).flatten(1)), dim=-1)


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.join = nn.Linear(6, 18)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = self.join(x).chunk(3, dim=-1)
        return (q @ k.transpose(-1, -2) / 6**0.5).softmax(dim=-1) @ v


class GroupNormed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(2, 4)
        self.leave = nn.Conv2d(4, 2, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.leave(F.silu(self.norm(x + FAR)))


class LayerNormed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(6)
        self.leave = nn.Linear(6, 6)

    def forward(self, x: Tensor) -> Tensor:
        return x + torch.sigmoid(self.leave(self.norm(x + FAR)))


class InstanceNormed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.InstanceNorm2d(3, affine=True)
        self.leave = nn.Conv2d(3, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(self.leave(self.norm(x + FAR)))


class BatchNormed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(3)
        self.leave = nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.leave(F.softplus(self.norm(x) * x))


class Enlarged(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.leave = nn.Conv2d(2, 2, 3, padding=1, padding_mode="reflect")

    def forward(self, x: Tensor) -> Tensor:
        return F.mish(self.leave(F.interpolate(x, scale_factor=2, mode="bilinear"))).square()


class Arithmetic(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.rand(3, 1) + 0.5)

    def forward(self, x: Tensor) -> Tensor:
        powers = (x.square() + 1).pow(self.scale) / (1 + x.exp())
        return powers.cumsum(dim=-1) * x.sin().prod(dim=0) + torch.atan(x)


class Directions(nn.Module):
    """Cosines between projected vectors, as a CLIP ends."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(5, 4, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        unit = F.normalize(self.project(x), dim=-1)
        return torch.einsum("id,jd->ij", unit, unit[[1, 2, 0]]).exp()


CASES: dict[str, tuple[nn.Module, tuple[int, ...], list[str]]] = {}


def cases() -> None:
    torch.manual_seed(11)
    for network, shape, weights in (
        (Perceptron(), (3, 5), ["enter.weight"]),
        (Pictures(), (2, 3, 6, 7), ["enter.weight"]),
        (Attention(), (2, 5, 6), ["join.bias"]),
        (GroupNormed(), (2, 4, 5, 3), ["norm.weight"]),
        (LayerNormed(), (3, 6), ["norm.weight"]),
        (InstanceNormed(), (2, 3, 4, 5), ["norm.weight"]),
        (BatchNormed(), (2, 3, 3, 4), ["leave.weight"]),
        (Enlarged(), (1, 2, 4, 3), ["leave.weight"]),
        (Arithmetic(), (3, 4), ["scale"]),
        (Directions(), (3, 5), ["project.weight"]),
    ):
        for module in network.modules():
            if isinstance(module, (nn.LayerNorm, nn.GroupNorm, nn.BatchNorm2d, nn.InstanceNorm2d)):
                nn.init.normal_(module.weight, 1.0, 0.3)
                nn.init.normal_(module.bias, 0.0, 0.3)
        CASES[type(network).__name__] = (network.eval(), shape, weights)


Derivatives = tuple[Tensor, dict[str, Tensor], dict[str, Tensor]]


def derivatives(network: nn.Module, dtype: torch.dtype, case: dict[str, Tensor], weights: list[str]) -> Derivatives:
    """Output, gradients and Hessian-vector products of the scalar ⟨cotangent, output⟩."""
    network = deepcopy(network).to(dtype)
    x = case["input"].to(dtype).requires_grad_()
    parameters = dict(network.named_parameters())
    wanted = {"input": x, **{name: parameters[name] for name in weights}}
    output = network(x)
    loss = (output * case["cotangent"].to(dtype)).sum()
    first = torch.autograd.grad(loss, list(wanted.values()), create_graph=True)
    product = sum((g * case[f"vector/{name}"].to(dtype)).sum() for name, g in zip(wanted, first, strict=True))
    second = torch.autograd.grad(product, list(wanted.values()))
    named = lambda values: dict(zip(wanted, values, strict=True))  # noqa: E731
    return output, named(first), named(second)


def error(one: Tensor, other: Tensor) -> float:
    return ((one.double() - other).norm() / other.norm()).item()


def packed(value: Tensor) -> dict[str, object]:
    """Shape and base64 of the little-endian float64 elements."""
    data = value.detach().double().contiguous().numpy().astype("<f8").tobytes()
    return {"shape": list(value.shape), "base64": base64.b64encode(data).decode()}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    cases()
    for name, (network, shape, weights) in CASES.items():
        x = torch.randn(shape)
        parameters = dict(network.named_parameters())
        given = {"input": x, "cotangent": torch.randn(network(x).shape), "vector/input": torch.randn(shape)}
        given |= {f"vector/{weight}": torch.randn(parameters[weight].shape) for weight in weights}
        _, first, second = derivatives(network, torch.float64, given, weights)
        _, first32, second32 = derivatives(network, torch.float32, given, weights)
        program = torch.onnx.export(
            network, (x,), dynamo=True, verbose=False, optimize=False, input_names=["input"], output_names=["output"]
        )
        program.save(str(FOLDER / f"{name}.onnx"))
        strip(FOLDER / f"{name}.onnx")
        stored = {
            "given": {key: packed(value) for key, value in given.items()},
            "gradient": {key: packed(value) for key, value in first.items()},
            "hessian": {key: packed(value) for key, value in second.items()},
            "errorsOfFloat32": {
                "gradient": {key: error(first32[key], value) for key, value in first.items()},
                "hessian": {key: error(second32[key], value) for key, value in second.items()},
            },
        }
        (FOLDER / f"{name}.json").write_text(json.dumps(stored, indent=1) + "\n")
        print(name, stored["errorsOfFloat32"])


def strip(path: Path) -> None:
    """Without what exporters add of this machine."""
    model = onnx.load(path)
    for part in [model, model.graph, *model.graph.node, *model.graph.value_info, *model.functions]:
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    for part in [*model.graph.input, *model.graph.output, *model.graph.initializer]:
        part.ClearField("metadata_props")
    model.graph.ClearField("value_info")
    onnx.save(model, path)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    main()
