"""Writes what PyTorch computes for small VQGANs and CLIPs into test/zoo/architectures/fixtures.

    python training/reference/architectures_fixtures.py

Each file holds the configuration, the input, the output and, for float inputs, the gradient of sum(output · cotangent)
with respect to the input. Parameters are not stored: both sides make them from seed and name. Floats are base64 of
little-endian float32.
"""

import base64
import json
import sys
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "pytorch"), str(ROOT / "training" / "reference")]

from architectures_weights import fill  # noqa: E402
from networks import ClipImage, ClipText, VqganDecoder, VqganEncoder  # noqa: E402

SEED = 11

VQGAN = {
    "channels": 32,
    "multipliers": [1, 2, 3],
    "residualBlocks": 1,
    "resolution": 32,
    "attentionResolutions": [8],
    "midAttention": True,
    "resampling": "convolution",
    "latentChannels": 12,
    "embeddingWidth": 8,
    "codes": 40,
    "quantiser": "nearest",
}
GUMBEL = {**VQGAN, "multipliers": [2, 1], "attentionResolutions": [16], "quantiser": "gumbel"}
TOWER = {"embedding": 20, "layers": 2, "activation": "quick-gelu"}
IMAGE = {**TOWER, "width": 48, "heads": 3, "size": 24, "patch": 8}
TEXT = {**TOWER, "width": 32, "heads": 4, "context": 9, "vocabulary": 60}


def packed(values: torch.Tensor) -> dict:
    if values.dtype == torch.int64:
        return {"shape": list(values.shape), "int64": values.flatten().tolist()}
    raw = values.detach().contiguous().to(torch.float32).numpy().astype("<f4").tobytes()
    return {"shape": list(values.shape), "float32": base64.b64encode(raw).decode()}


def write(name: str, module: torch.nn.Module, config: dict, given: torch.Tensor) -> None:
    fill(module, SEED)
    module.double()
    if given.is_floating_point():
        given = given.double().requires_grad_()
    output = module(given)
    fixture = {
        "seed": SEED,
        "config": config,
        "parameters": {key: list(value.shape) for key, value in module.state_dict().items()},
        "input": packed(given),
        "output": packed(output),
    }
    if given.is_floating_point() and output.requires_grad and name != "gumbel-encoder":
        cotangent = torch.randn(output.shape, dtype=torch.float64)
        (gradient,) = torch.autograd.grad(output, given, cotangent)
        fixture |= {"cotangent": packed(cotangent), "gradient": packed(gradient)}
    target = ROOT / "test" / "zoo" / "architectures" / "fixtures" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(fixture, indent=1) + "\n")


def main() -> None:
    torch.manual_seed(SEED)
    write("decoder", VqganDecoder(VQGAN), VQGAN, torch.randn(2, 8, 3, 4))
    write("gumbel-decoder", VqganDecoder(GUMBEL), GUMBEL, torch.randn(1, 8, 4, 6))
    write("encoder", VqganEncoder(VQGAN), VQGAN, torch.rand(2, 3, 12, 16) * 2 - 1)
    write("gumbel-encoder", VqganEncoder(GUMBEL), GUMBEL, torch.rand(1, 3, 12, 8) * 2 - 1)
    write("clip-image", ClipImage(IMAGE), IMAGE, torch.randn(2, 3, 24, 24))
    ids = torch.randint(1, 58, (3, 9))
    for row, end in enumerate((4, 8, 1)):
        ids[row, end:] = 0
        ids[row, end] = 59
    write("clip-text", ClipText(TEXT), TEXT, ids)


if __name__ == "__main__":
    main()
