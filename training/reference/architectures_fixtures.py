"""Writes what PyTorch computes for small VQGANs and CLIPs into test/zoo/architectures/fixtures.

    python training/reference/architectures_fixtures.py

Each file holds the configuration, the input, the output and, for float inputs, the gradient of sum(output · cotangent)
with respect to the input. Parameters are not stored: both sides make them from seed and name. Everything is computed in
double precision; beside it stands how far PyTorch's own single precision is from that. Floats are base64 of little-endian
float32.
"""

import base64
import json
import sys
from pathlib import Path

import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "pytorch"), str(ROOT / "training" / "reference")]

from architectures_weights import fill  # noqa: E402
from networks import ClipImage, ClipText, VqganDecoder, VqganEncoder  # noqa: E402
from published_networks import (  # noqa: E402
    ClipResnet,
    MaskgitDecoder,
    MaskgitEncoder,
    SiglipImage,
    SiglipText,
)

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
PLAIN = {**VQGAN, "midAttention": False, "attentionResolutions": [], "resampling": "pool"}
MASKGIT = {"channels": 32, "multipliers": [1, 2, 2], "residualBlocks": 2, "latentChannels": 8, "codes": 40}
RESNET = {"embedding": 20, "size": 64, "width": 8, "layers": [1, 2, 1, 1], "heads": 4}
TOWER = {"embedding": 20, "layers": 2, "activation": "quick-gelu"}
IMAGE = {**TOWER, "width": 48, "heads": 3, "size": 24, "patch": 8}
TEXT = {**TOWER, "width": 32, "heads": 4, "context": 9, "vocabulary": 60}
SIGLIP = {"layers": 2, "activation": "tanh-gelu", "hidden": 40}
SIGLIP_IMAGE = {**SIGLIP, "width": 48, "heads": 3, "size": 24, "patch": 8}
SIGLIP_TEXT = {**SIGLIP, "width": 32, "heads": 4, "context": 9, "vocabulary": 60, "embedding": 48}


def packed(values: torch.Tensor) -> dict:
    if values.dtype == torch.int64:
        return {"shape": list(values.shape), "int64": values.flatten().tolist()}
    raw = values.detach().contiguous().to(torch.float32).numpy().astype("<f4").tobytes()
    return {"shape": list(values.shape), "float32": base64.b64encode(raw).decode()}


def computed(module: nn.Module, given: torch.Tensor, cotangent: torch.Tensor | None):
    """The output and, where asked for, the gradient of sum(output · cotangent)."""
    kind = next(module.parameters()).dtype
    if given.is_floating_point():
        given = given.to(kind).requires_grad_()
    output = module(given)
    if cotangent is None:
        return output.detach(), None
    (gradient,) = torch.autograd.grad(output, given, cotangent.to(kind))
    return output.detach(), gradient


def error(got: torch.Tensor, expected: torch.Tensor) -> float:
    return float((got.double() - expected).norm() / expected.norm())


def write(name: str, module: nn.Module, config: dict, given: torch.Tensor, rough: float = 0) -> None:
    """Computes in double precision, and notes how far PyTorch's own single precision is from it."""
    fill(module, SEED, rough)
    shape = module(given).shape
    differentiable = given.is_floating_point() and name != "gumbel-encoder"
    cotangent = torch.randn(shape) if differentiable else None
    single = computed(module, given, cotangent)
    output, gradient = computed(module.double(), given, cotangent)
    floats = {key: value for key, value in module.state_dict().items() if value.is_floating_point()}
    fixture = {
        "seed": SEED,
        "rough": rough,
        "config": config,
        "parameters": {key: list(value.shape) for key, value in floats.items()},
        "input": packed(given),
        "output": packed(output),
        "singleError": error(single[0], output),
    }
    if gradient is not None:
        fixture |= {
            "cotangent": packed(cotangent),
            "gradient": packed(gradient),
            "singleGradientError": error(single[1], gradient),
        }
    target = ROOT / "test" / "zoo" / "architectures" / "fixtures" / f"{name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(fixture, indent=1) + "\n")


def ids_with_ends(vocabulary: int, context: int) -> torch.Tensor:
    """Texts of three lengths; the end token has the largest id."""
    ids = torch.randint(1, vocabulary - 2, (3, context))
    for row, end in enumerate((4, 8, 1)):
        ids[row, end:] = 0
        ids[row, end] = vocabulary - 1
    return ids


def main() -> None:
    torch.manual_seed(SEED)
    latent, picture = torch.randn(2, 8, 3, 4), torch.rand(2, 3, 12, 16) * 2 - 1
    write("decoder", VqganDecoder(VQGAN), VQGAN, latent)
    write("encoder", VqganEncoder(VQGAN), VQGAN, picture)
    write("decoder-rough", VqganDecoder(VQGAN), VQGAN, torch.randn(1, 8, 5, 5), rough=180)
    write("encoder-rough", VqganEncoder(VQGAN), VQGAN, torch.rand(1, 3, 12, 12) * 2 - 1, rough=180)
    write("decoder-plain", VqganDecoder(PLAIN), PLAIN, latent)
    write("encoder-plain", VqganEncoder(PLAIN), PLAIN, picture)
    write("gumbel-decoder", VqganDecoder(GUMBEL), GUMBEL, torch.randn(1, 8, 4, 6))
    write("gumbel-encoder", VqganEncoder(GUMBEL), GUMBEL, torch.rand(1, 3, 12, 8) * 2 - 1)
    write("maskgit-decoder", MaskgitDecoder(MASKGIT), MASKGIT, torch.randn(1, 8, 3, 4))
    write("maskgit-encoder", MaskgitEncoder(MASKGIT), MASKGIT, torch.rand(1, 3, 8, 12))
    write("clip-image", ClipImage(IMAGE), IMAGE, torch.randn(2, 3, 24, 24))
    gelu = {**IMAGE, "activation": "gelu"}
    write("clip-image-gelu", ClipImage(gelu), gelu, torch.randn(2, 3, 24, 24))
    write("clip-resnet", ClipResnet(RESNET), RESNET, torch.randn(2, 3, 64, 64))
    write("siglip-image", SiglipImage(SIGLIP_IMAGE), SIGLIP_IMAGE, torch.randn(2, 3, 24, 24))
    ids = ids_with_ends(60, 9)
    write("clip-text", ClipText(TEXT), TEXT, ids)
    gelu = {**TEXT, "activation": "gelu"}
    write("clip-text-gelu", ClipText(gelu), gelu, ids)
    write("siglip-text", SiglipText(SIGLIP_TEXT), SIGLIP_TEXT, ids)


if __name__ == "__main__":
    main()
