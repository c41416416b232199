"""Writes what PyTorch computes for whole painting steps into test/paint/graphs/fixtures.

    python training/reference/step_fixtures.py

A step is: latent, nearest codebook rows, decoder, clamp, cutouts with colours and noise, image tower, distance to prompts, and
the gradient of the loss back to the latent, straight through the codebook. Each file holds the inputs, the indices, the loss
and the gradient in double precision, and how far PyTorch's own single precision is from them. Weights are made from seed and
name on both sides.
"""

import json
import math
import sys
from pathlib import Path

import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "pytorch"), str(ROOT / "training" / "reference")]

from architectures_fixtures import (  # noqa: E402
    GUMBEL,
    IMAGE,
    MASKGIT,
    PLAIN,
    RESNET,
    SIGLIP_IMAGE,
    VQGAN,
    error,
    packed,
)
from architectures_weights import fill, random_weight  # noqa: E402
from networks import ClipImage, VqganDecoder  # noqa: E402
from published_networks import ClipResnet, MaskgitDecoder, SiglipImage  # noqa: E402

SEED = 11
FOLDER = ROOT / "test" / "paint" / "graphs" / "fixtures"
CLIP_PIXELS = {"mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711]}
HALF_PIXELS = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}
NOISE_PLACES = 1 << 16
CUTOUTS = 3
MASK = 0xFFFFFFFF
TOWERS = {"clip-vit": ClipImage, "clip-resnet": ClipResnet, "siglip": SiglipImage}
DECODERS = {"vqgan": VqganDecoder, "maskgit": MaskgitDecoder}


def noise_bank(length: int) -> torch.Tensor:
    """src/paint/random.ts: xoshiro128** from splitmix32, Box and Muller."""
    counter, words = 0x5EED, []
    for _ in range(4):
        counter = (counter + 0x9E3779B9) & MASK
        z = counter
        z = ((z ^ (z >> 16)) * 0x21F0AAAD) & MASK
        z = ((z ^ (z >> 15)) * 0x735A2D97) & MASK
        words.append(z ^ (z >> 15))

    def rotated(word: int, by: int) -> int:
        return ((word << by) | (word >> (32 - by))) & MASK

    def uniform() -> float:
        a, b, c, d = words
        result = (rotated((b * 5) & MASK, 7) * 9) & MASK
        t = (b << 9) & MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        words[:] = [a, b, c, rotated(d, 11)]
        return (result >> 8) / 0x1000000

    normal = [math.sqrt(-2 * math.log(1 - uniform())) * math.cos(2 * math.pi * uniform()) for _ in range(length)]
    return torch.tensor(normal, dtype=torch.float64).float()


def matrices(line: torch.Tensor, size: int, length: int) -> torch.Tensor:
    """[n, size, length]: triangle filters, widened when shrinking; rows whose centre lies outside are 0."""
    first, step = line[:, :1, None], line[:, 1:, None]
    centres = first + torch.arange(size, dtype=line.dtype)[None, :, None] * step
    pixels = torch.arange(length, dtype=line.dtype)[None, None, :] + 0.5
    weights = torch.relu(1 - (pixels - centres).abs() / step.abs().clamp(min=1))
    inside = (centres >= 0) & (centres <= length)
    return torch.where(inside, weights / weights.sum(2, keepdim=True).clamp(min=1e-6), 0)


def views_of(picture: torch.Tensor, cutouts: dict, size: int) -> torch.Tensor:
    kind = picture.dtype
    x, y, gains, shifts, scales = (cutouts[name].to(kind) for name in ("x", "y", "gains", "shifts", "noiseScales"))
    _, _, height, width = picture.shape
    edges = [picture[:, :, :1], picture[:, :, -1:], picture[:, :, :, :1], picture[:, :, :, -1:]]
    fill_colour = sum(edge.mean((2, 3), keepdim=True) for edge in edges) / 4
    across, down = matrices(x, size, width), matrices(y, size, height)
    seen = torch.einsum("nsh,chw,ntw->ncst", down, (picture - fill_colour)[0], across) + fill_colour
    bank = noise_bank(NOISE_PLACES + 3 * size * size).to(kind)
    noise = torch.stack([bank[start : start + 3 * size * size] for start in cutouts["noiseOffsets"].tolist()])
    coloured = seen * gains[:, :, None, None] + shifts[:, :, None, None]
    return coloured + noise.view(-1, 3, size, size) * scales[:, None, None, None]


def computed(case: dict, decoder: nn.Module, tower: nn.Module, given: dict, kind: torch.dtype):
    decoder, tower = decoder.to(kind), tower.to(kind)
    codebook, latent = given["codebook"].to(kind), given["latent"].to(kind)
    cells = latent[0].flatten(1).T
    indices = ((codebook**2).sum(1) - 2 * cells @ codebook.T).argmin(1)
    quantised = codebook[indices].T.reshape(latent.shape).contiguous().requires_grad_()
    low, high = case["range"]
    unclamped = (decoder(quantised) - low) / (high - low)
    picture = unclamped.detach().clamp(0, 1).requires_grad_()
    pixels, size = case["pixels"], case["image"]["size"]
    mean, std = (torch.tensor(pixels[name], dtype=kind).view(1, 3, 1, 1) for name in ("mean", "std"))
    embeddings = tower((views_of(picture, given["cutouts"], size) - mean) / std)
    units = embeddings / (embeddings.square().sum(1, keepdim=True) + 1e-12).sqrt()
    prompts, weights, stops = (given[name].to(kind) for name in ("prompts", "weights", "stops"))
    distance = torch.arccos(units @ prompts.T).square() / 2
    loss = (torch.maximum(distance * weights.sign(), stops) * weights.abs()).sum() / CUTOUTS
    (at_picture,) = torch.autograd.grad(loss, picture)
    # A saturated value is not pushed further out, yet finds its way back.
    kept = torch.where(at_picture * (unclamped.detach() - picture.detach()) >= 0, at_picture, 0)
    (gradient,) = torch.autograd.grad(unclamped, quantised, kept)
    return indices, loss.detach(), gradient


def cutouts_for(size: int, height: int, width: int) -> dict[str, torch.Tensor]:
    """The whole picture with a margin, a window inside it, and one that is flipped and hangs over an edge."""
    sides = [1.05 * max(height, width), 0.7 * min(height, width), 0.9 * min(height, width)]
    lines = {"x": [], "y": []}
    for index, side in enumerate(sides):
        left, top = (0.3 + 0.2 * index) * (width - side), (0.7 - 0.3 * index) * (height - side)
        step = side / size
        lines["x"].append([left + side - step / 2, -step] if index == 2 else [left + step / 2, step])
        lines["y"].append([top + step / 2 - (index == 2), step])
    return {name: torch.tensor(rows) for name, rows in lines.items()} | {
        "gains": 1 + 0.1 * torch.randn(CUTOUTS, 3),
        "shifts": 0.05 * torch.randn(CUTOUTS, 3),
        "noiseScales": torch.tensor([0.05, 0.0, 0.08]),
        "noiseOffsets": torch.tensor([0, 17, NOISE_PLACES - 1]),
    }


def write(name: str, case: dict, cells: tuple[int, int]) -> None:
    vqgan, image = case["vqgan"], case["image"]
    decoder, tower = DECODERS[case["decoder"]](vqgan), TOWERS[case["tower"]](image)
    fill(decoder, SEED, case["rough"])
    fill(tower, SEED)
    dim = vqgan.get("embeddingWidth", vqgan["latentChannels"])
    codebook = random_weight("codebook", (vqgan["codes"], dim), SEED)
    if case["unitRows"]:
        codebook = nn.functional.normalize(codebook.double(), dim=1).float()
    factor = 2 ** (len(vqgan["multipliers"]) - 1)
    rows, columns = cells
    width = image.get("embedding", image["width"])
    given = {
        "codebook": codebook,
        "latent": 0.4 * torch.randn(1, dim, rows, columns),
        "cutouts": cutouts_for(image["size"], rows * factor, columns * factor),
        "prompts": nn.functional.normalize(torch.randn(3, width, dtype=torch.float64), dim=1).float(),
        "weights": torch.tensor([1.0, -0.4, 0.5]),
        "stops": torch.tensor([-1e9, -1e9, 1.2]),
    }
    _, single_loss, single_gradient = computed(case, decoder, tower, given, torch.float32)
    indices, loss, gradient = computed(case, decoder, tower, given, torch.float64)
    fixture = {
        "seed": SEED,
        **case,
        **{key: packed(given[key]) for key in ("latent", "prompts", "weights", "stops")},
        "cutouts": {key: packed(value) for key, value in given["cutouts"].items()},
        "indices": packed(indices),
        "loss": float(loss),
        "gradient": packed(gradient),
        "singleLossError": error(single_loss, loss),
        "singleGradientError": error(single_gradient, gradient),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"step-{name}.json").write_text(json.dumps(fixture, indent=1) + "\n")
    print(f"{name}: loss {float(loss):.6f}, single precision {fixture['singleLossError']:.1e}, {fixture['singleGradientError']:.1e}")


def main() -> None:
    torch.manual_seed(SEED)
    vit = {"tower": "clip-vit", "image": IMAGE, "pixels": CLIP_PIXELS}
    taming = {"decoder": "vqgan", "vqgan": VQGAN, "range": [-1, 1], "rough": 0, "unitRows": False, **vit}
    write("taming", taming, (6, 6))
    write("taming-wide", {**taming, "tower": "clip-resnet", "image": RESNET}, (5, 8))
    write("rough", {**taming, "rough": 180}, (4, 6))
    write("no-attention", {**taming, "vqgan": PLAIN, "image": {**IMAGE, "activation": "gelu"}}, (8, 6))
    write("gumbel", {**taming, "vqgan": GUMBEL}, (10, 12))
    write("unit-rows", {**taming, "unitRows": True}, (6, 7))
    siglip = {"tower": "siglip", "image": SIGLIP_IMAGE, "pixels": HALF_PIXELS}
    write("maskgit-siglip", {**taming, "decoder": "maskgit", "vqgan": MASKGIT, "range": [0, 1], **siglip}, (6, 8))


if __name__ == "__main__":
    main()
