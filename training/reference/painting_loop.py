"""Writes loss curves of VQGAN-CLIP's own loop, computed by PyTorch, into test/paint/fixtures/reference-loop.json.

    python training/reference/painting_loop.py

The networks are those of test/support/built-model.ts: parameters, like everything that chance decides in a step, are made on both
sides from seed and name. All is computed in double precision.
"""

import json
import sys
from pathlib import Path

import torch
from torch.nn import functional as F

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "pytorch"), str(ROOT / "training" / "reference")]

from architectures_weights import fill, random_weight  # noqa: E402
from networks import ClipImage, VqganDecoder  # noqa: E402

STEPS, VIEWS, CELLS, SIDE, SEED = 12, 3, 12, 48, 9
VQGAN = {
    "channels": 96,
    "multipliers": [1, 1, 1],
    "residualBlocks": 1,
    "resolution": 32,
    "attentionResolutions": [],
    "midAttention": True,
    "resampling": "convolution",
    "latentChannels": 8,
    "embeddingWidth": 4,
    "codes": 24,
    "quantiser": "nearest",
}
VIT = {"embedding": 12, "size": 16, "patch": 8, "width": 16, "layers": 1, "heads": 2, "activation": "gelu"}
MEAN, STD = (0.5, 0.4, 0.3), (0.3, 0.25, 0.2)


class ReplaceGrad(torch.autograd.Function):
    """The first on the way forward; the gradient goes to the second."""

    @staticmethod
    def forward(ctx, forward, backward):
        ctx.shape = backward.shape
        return forward

    @staticmethod
    def backward(ctx, gradient):
        return None, gradient.sum_to_size(ctx.shape)


class ClampWithGrad(torch.autograd.Function):
    """A clamp whose gradient is dropped only where it would push further out."""

    @staticmethod
    def forward(ctx, values, least, most):
        ctx.least, ctx.most = least, most
        ctx.save_for_backward(values)
        return values.clamp(least, most)

    @staticmethod
    def backward(ctx, gradient):
        (values,) = ctx.saved_tensors
        inward = gradient * (values - values.clamp(ctx.least, ctx.most)) >= 0
        return gradient * inward, None, None


def quantised(latent: torch.Tensor, codebook: torch.Tensor) -> torch.Tensor:
    cells = latent.movedim(1, 3)
    distances = cells.pow(2).sum(-1, keepdim=True) + codebook.pow(2).sum(1) - 2 * cells @ codebook.T
    nearest = F.one_hot(distances.argmin(-1), codebook.shape[0]).to(codebook.dtype) @ codebook
    return ReplaceGrad.apply(nearest, cells).movedim(3, 1)


def views(picture: torch.Tensor, step: int, crops: list, compat: str) -> torch.Tensor:
    size = VIT["size"]
    if compat == "crops":
        cut = [picture[:, :, top : top + side, left : left + side] for left, top, side in crops]
        batch = torch.cat([F.adaptive_avg_pool2d(crop, size) for crop in cut])
    else:
        pooled = (F.adaptive_avg_pool2d(picture, size) + F.adaptive_max_pool2d(picture, size)) / 2
        batch = pooled.expand(VIEWS, -1, -1, -1)
    centres = (2 * torch.arange(size, dtype=torch.double) + 1) / size - 1
    y, x = torch.meshgrid(centres, centres, indexing="ij")
    base = torch.stack([x, y, torch.ones_like(x)], dim=-1)
    moved = torch.einsum("nij,hwj->nhwi", drawn("warps", step, (VIEWS, 3, 3), 0.2, eye=True), base)
    batch = F.grid_sample(batch, moved[..., :2] / moved[..., 2:], mode="bilinear", padding_mode="border", align_corners=False)
    batch = torch.einsum("nij,njhw->nihw", drawn("colours", step, (VIEWS, 3, 3), 0.1, eye=True), batch)
    return batch + drawn("noise", step, (VIEWS, 3, size, size), 0.5)


def drawn(name: str, step: int, shape: tuple, scale: float, eye: bool = False) -> torch.Tensor:
    """Rounded as the other side does: to single precision after every operation."""
    values = random_weight(f"{name}.{step}", shape, SEED) * torch.tensor(scale)
    return ((values + torch.eye(3)) if eye else values).double()


def curve(compat: str, codes: list, crops: list) -> dict:
    decoder, clip = VqganDecoder(VQGAN), ClipImage(VIT)
    fill(decoder, 1)
    fill(clip, 2)
    decoder = decoder.double().requires_grad_(False)
    # The towers lie in half precision.
    clip = clip.half().double().requires_grad_(False)
    codebook = random_weight("quantize.embedding.weight", (24, 4), 1).double()
    low, high = codebook.min(0).values.view(1, -1, 1, 1), codebook.max(0).values.view(1, -1, 1, 1)
    latent = codebook[torch.tensor(codes)].view(1, CELLS, CELLS, 4).movedim(3, 1).clone().requires_grad_()
    prompts = [
        (F.normalize(random_weight(f"prompt.{index}", (1, 12), SEED).double(), dim=1), weight, stop)
        for index, (weight, stop) in enumerate(((1.0, float("-inf")), (-0.4, float("-inf"))))
    ]
    mean, std = (torch.tensor(values, dtype=torch.double).view(1, 3, 1, 1) for values in (MEAN, STD))
    optimiser = torch.optim.Adam([latent], lr=0.1)
    losses = []
    for step in range(STEPS):
        optimiser.zero_grad()
        picture = ClampWithGrad.apply(decoder(quantised(latent, codebook)).add(1).div(2), 0, 1)
        batch = views(picture, step, crops[step], compat)
        embeddings = F.normalize(clip((batch - mean) / std).unsqueeze(1), dim=2)
        total = 0
        for embedding, weight, stop in prompts:
            distances = (embeddings - embedding.unsqueeze(0)).norm(dim=2).div(2).arcsin().pow(2).mul(2)
            signed = distances * (1 if weight > 0 else -1)
            stopped = torch.maximum(signed, torch.tensor(stop, dtype=torch.double))
            total = total + abs(weight) * ReplaceGrad.apply(signed, stopped).mean()
        total.backward()
        optimiser.step()
        with torch.no_grad():
            latent.copy_(latent.maximum(low).minimum(high))
        losses.append(float(total))
    return {"compat": compat, "losses": losses, "latent": [round(value, 6) for value in latent.flatten().tolist()]}


def main() -> None:
    generator = torch.Generator().manual_seed(SEED)
    codes = torch.randint(0, 24, (CELLS * CELLS,), generator=generator).tolist()
    crops = []
    for _ in range(STEPS):
        step = []
        for _ in range(VIEWS):
            side = int(torch.rand([], generator=generator) * (SIDE - VIT["size"]) + VIT["size"])
            left, top = (int(torch.randint(0, SIDE - side + 1, (), generator=generator)) for _ in range(2))
            step.append([left, top, side])
        crops.append(step)
    content = {
        "seed": SEED,
        "codes": codes,
        "crops": crops,
        "curves": [curve(compat, codes, crops) for compat in ("crops", "pool")],
    }
    target = ROOT / "test" / "paint" / "fixtures" / "reference-loop.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
