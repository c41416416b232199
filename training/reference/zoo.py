"""Takes networks of timm, torchvision, transformers and diffusers through export, Easel's gradient and PyTorch's.

    npm run build
    pip install timm torchvision transformers diffusers    # beside training/requirements.txt
    python -m training.reference.zoo [--only TEXT] [--log zoo.jsonl] [--exporter either|old|new]

Weights are random, nothing is downloaded. Of each network the gradient of <cotangent, output> is compared, by its input
(where that is of floats) and by three of its weights. The truth is PyTorch in float64; a network is wrong where our
error is above 1e-4 and above five times that of PyTorch's own float32. Prints a table; with a log, what is in it is not
tried again.
"""

import argparse
import json
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from training.reference.zoo_networks import NETWORKS, Network

EASEL = Path(__file__).parents[2] / "dist" / "src" / "easel.js"
WEIGHTS = 3
ENOUGH = 1e-4
NO_DIGITS = 1e-2
# Weights that differ in their last bits: a value on the other side of a kink, as another order of adding would put it.
ROUNDING = 2.0**-21


@dataclass
class Result:
    name: str
    outcome: str  # agrees, wrong, refused, or not exported
    ours: float = 0.0
    theirs: float = 0.0
    nodes: int = 0
    words: str = ""


class Refused(Exception):
    pass


class NotExported(Exception):
    pass


class OneOutput(nn.Module):
    """The first float tensor of whatever a network returns."""

    def __init__(self, network: nn.Module, names: Sequence[str]) -> None:
        super().__init__()
        self.network = network
        self.names = names

    def forward(self, *inputs: Tensor) -> Tensor:
        result = self.network(**dict(zip(self.names, inputs, strict=True))) if self.names else self.network(*inputs)
        return first_float(result)


def first_float(result: object) -> Tensor:
    if isinstance(result, Tensor):
        return result
    values = result.values() if isinstance(result, dict) else getattr(result, "__dict__", {}).values()
    for value in result if isinstance(result, (tuple, list)) else values:
        if isinstance(value, Tensor) and value.is_floating_point():
            return value
        if isinstance(value, (tuple, list, dict)):
            return first_float(value)
    raise NotExported(f"no float output in {type(result).__name__}")


def export(module: nn.Module, inputs: Sequence[Tensor], path: Path, exporter: str) -> None:
    names = [f"input{i}" for i in range(len(inputs))]
    common = {"input_names": names, "output_names": ["output"], "opset_version": 18}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if exporter == "new":
                torch.onnx.export(module, tuple(inputs), path, dynamo=True, optimize=False, verbose=False, **common)
            else:
                torch.onnx.export(module, tuple(inputs), path, dynamo=False, do_constant_folding=False, **common)
    except Exception as error:  # Whatever an exporter raises says nothing of gradients.
        raise NotExported(f"{type(error).__name__}: {str(error).strip().splitlines()[0][:100]}") from error


def wanted_weights(module: nn.Module, path: Path) -> list[str]:
    """Weights spread over the network that have kept their names in the file, and their values: an exporter that
    multiplies batch normalisations into them keeps only the names."""
    stored = {tensor.name: tensor for tensor in onnx.load(path).graph.initializer}
    names = [
        name
        for name, value in module.named_parameters()
        if name in stored and np.array_equal(onnx.numpy_helper.to_array(stored[name]), value.detach().numpy())
    ]
    count = min(WEIGHTS, len(names))
    return [names[(len(names) - 1) * i // max(count - 1, 1)] for i in range(count)]


def torch_gradients(
    module: nn.Module,
    inputs: Sequence[Tensor],
    cotangent: Tensor,
    names: Sequence[str],
    dtype: torch.dtype,
    jitter: float = 0,
) -> list[Tensor | None]:
    module = deepcopy(module).to(dtype)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(1 + jitter * torch.randn_like(parameter))
    given = [x.detach().to(dtype).requires_grad_() if x.is_floating_point() else x for x in inputs]
    parameters = dict(module.named_parameters())
    by = [x for x in given if x.is_floating_point()][:1] + [parameters[name] for name in names]
    loss = (module(*given) * cotangent.to(dtype)).sum()
    return [
        None if gradient is None else gradient.double() for gradient in torch.autograd.grad(loss, by, allow_unused=True)
    ]


def error(one: Tensor, other: Tensor) -> float:
    scale = other.norm().item()
    difference = (one.double() - other).norm().item()
    return difference / scale if scale > 0 else difference


def float32_errors(exact: Sequence[Tensor | None], tries: Sequence[Sequence[Tensor | None]]) -> list[float]:
    """Of each gradient the largest error of the tries."""
    return [max(error(t, e) for t in found) if e is not None else 0.0 for e, *found in zip(exact, *tries, strict=True)]


def worst(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """The largest errors; a gradient of which float32 holds no two digits is a sum that cancels to nothing, and its
    rounding says nothing."""
    pairs = list(zip(ours, theirs, strict=True))
    told = [pair for pair in pairs if pair[1] < NO_DIGITS] or pairs
    return max(one for one, _ in told), max(other for _, other in told)


def easel_gradients(path: Path, names: Sequence[str], feeds: dict) -> tuple[list[Tensor], int]:
    out = path.with_name("gradient.onnx")
    command = ["node", str(EASEL), "graph", "grad", str(path), "--of", "output", "--out", str(out)]
    for name in names:
        command += ["--wrt", name]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise Refused(ran.stderr.strip()[:200])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(out), options, providers=["CPUExecutionProvider"])
    taken = {value.name for value in session.get_inputs()}
    outputs = [f"gradient/{name}" for name in names]
    results = session.run(outputs, {name: value for name, value in feeds.items() if name in taken})
    nodes = len(onnx.load(out, load_external_data=False).graph.node)
    return [torch.from_numpy(result.copy()) for result in results], nodes


def check_export(path: Path, feeds: dict, output: Tensor) -> None:
    """An export that computes something else says nothing of gradients."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    taken = {value.name for value in session.get_inputs()}
    (result,) = session.run(["output"], {name: value for name, value in feeds.items() if name in taken})
    if result.shape != tuple(output.shape) or not np.allclose(result, output.numpy(), 1e-2, 1e-3, equal_nan=True):
        raise NotExported("the export computes something else")


def compare(network: Network, exporter: str, folder: Path) -> Result:
    torch.manual_seed(0)
    model, inputs = network.make()
    module = OneOutput(model, network.input_names).eval()
    with (
        torch.no_grad()
    ):  # Exporters store what is equal once, as fresh biases are: its gradient would be of all its uses.
        for parameter in module.parameters():
            parameter.add_(0.02 * torch.randn_like(parameter))
    path = folder / "network.onnx"
    with torch.no_grad():
        output = module(*inputs)
    export(module, inputs, path, exporter)
    feeds = {f"input{i}": x.numpy() for i, x in enumerate(inputs)}
    check_export(path, feeds, output)
    weights = wanted_weights(module, path)
    floats = [f"input{i}" for i, x in enumerate(inputs) if x.is_floating_point()][:1]
    # Of a single number the plain gradient is given.
    cotangent = torch.randn_like(output) if output.numel() > 1 else torch.ones_like(output)
    exact = torch_gradients(module, inputs, cotangent, weights, torch.float64)
    theirs = float32_errors(exact, [torch_gradients(module, inputs, cotangent, weights, torch.float32)])
    reached = [(name, e, t) for name, e, t in zip([*floats, *weights], exact, theirs, strict=True) if e is not None]
    if not reached:
        raise NotExported("nothing to differentiate by")
    feeds["cotangent/output"] = cotangent.numpy()
    ours, nodes = easel_gradients(path, [name for name, _, _ in reached], feeds)
    mine = [error(one, e) for one, (_, e, _) in zip(ours, reached, strict=True)]
    our_error, their_error = worst(mine, [t for _, _, t in reached])
    if our_error > max(ENOUGH, 5 * their_error):
        more = [torch_gradients(module, inputs, cotangent, weights, torch.float32, ROUNDING) for _ in range(4)]
        jittered = [max(pair) for pair in zip(theirs, float32_errors(exact, more), strict=True)]
        our_error, their_error = worst(mine, [t for e, t in zip(exact, jittered, strict=True) if e is not None])
    good = our_error <= max(ENOUGH, 5 * their_error)
    return Result(network.name, "agrees" if good else "wrong", our_error, their_error, nodes)


def attempt(network: Network, exporter: str) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        try:
            if exporter != "either":
                return compare(network, exporter, Path(folder))
            try:
                return compare(network, "old", Path(folder))
            except NotExported:
                return compare(network, "new", Path(folder))
        except Refused as refusal:
            return Result(network.name, "refused", words=str(refusal))
        except NotExported as reason:
            return Result(network.name, "not exported", words=str(reason))
        except Exception as failure:  # A network of another version, or ONNX Runtime: for a person to look at.
            return Result(network.name, "failed", words=f"{type(failure).__name__}: {str(failure)[:200]}")


def table(results: Sequence[Result]) -> str:
    lines = ["| network | outcome | our error | PyTorch's in float32 | nodes |", "|---|---|---|---|---|"]
    for r in results:
        numbers = f"{r.ours:.1e} | {r.theirs:.1e} | {r.nodes}" if r.nodes else f"{r.words} | |"
        lines.append(f"| {r.name} | {r.outcome} | {numbers} |")
    return "\n".join(lines)


def summary(results: Sequence[Result]) -> str:
    lines = []
    counted = [r for r in results if r.nodes]
    if counted:
        middle: Callable[[str], float] = lambda key: sorted(getattr(r, key) for r in counted)[len(counted) // 2]  # noqa: E731
        lines.append(f"Median error {middle('ours'):.1e}, of PyTorch's float32 {middle('theirs'):.1e}.")
    for outcome in ("agrees", "wrong", "refused", "not exported", "failed"):
        lines.append(f"{outcome}: {sum(r.outcome == outcome for r in results)}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="networks whose name contains this")
    parser.add_argument("--log", type=Path, help="keep results here, and try only what it has none of")
    parser.add_argument("--exporter", choices=["either", "old", "new"], default="either")
    options = parser.parse_args()
    torch.set_num_threads(1)
    known = {}
    if options.log and options.log.exists():
        known = {r["name"]: Result(**r) for r in map(json.loads, options.log.read_text().splitlines())}
    results = []
    for network in (n for n in NETWORKS if options.only in n.name):
        result = known.get(network.name) or attempt(network, options.exporter)
        if network.name not in known:
            print(f"{result.name}: {result.outcome} {result.ours:.1e} {result.words}", flush=True)
            if options.log:
                with options.log.open("a") as log:
                    log.write(json.dumps(asdict(result)) + "\n")
        results.append(result)
    print(table(results))
    print(summary(results))


if __name__ == "__main__":
    main()
