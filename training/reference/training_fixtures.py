"""Writes what PyTorch computes for single steps and first runs of training into test/train/fixtures.

    python training/reference/training_fixtures.py

Gradients are too many to store: of each parameter's two sums with fixed random numbers are, computed in double precision; beside
them stands how far PyTorch's own single precision is from those. Runs are the losses of AdamW steps on one batch.
"""

import json
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "pytorch"), str(ROOT / "training" / "reference")]

from architectures_fixtures import packed  # noqa: E402
from architectures_weights import fill, random_weight  # noqa: E402
from networks import ClipImage  # noqa: E402
from published_networks import SiglipText  # noqa: E402
from training import CodeTransformer, Discriminator, Vqgan, nats, vqgan_losses  # noqa: E402

SEED = 11
torch.set_num_threads(1)
OUT = ROOT / "test" / "train" / "fixtures"
TRANSFORMER = {
    "width": 48, "layers": 2, "heads": 3, "context": 6, "vocabulary": 30, "textLayers": 1, "codes": 40, "grid": [4, 5],
}  # fmt: skip
VQGAN = {
    "channels": 32,
    "multipliers": [1, 2],
    "residualBlocks": 1,
    "resolution": 16,
    "attentionResolutions": [8],
    "midAttention": True,
    "resampling": "convolution",
    "latentChannels": 16,
    "embeddingWidth": 8,
    "codes": 24,
    "quantiser": "nearest",
}
DISCRIMINATOR = {"width": 8, "layers": 2}
TOWER = {"width": 32, "layers": 2, "heads": 2, "embedding": 12, "activation": "gelu"}
CLIP_IMAGE = {**TOWER, "size": 16, "patch": 8}
CLIP_TEXT = {**TOWER, "context": 5, "vocabulary": 20, "hidden": 64, "activation": "tanh-gelu"}
RATE = 1e-3
# With more, fifty steps of PyTorch in single and in double precision part by more than 1e-3 themselves: the gradient of |x - y|
# is a sign, and Adam makes full steps of gradients that are only rounding.
HELD_RATE = 1e-5


def projections(named: list[tuple[str, torch.Tensor]]) -> list[float]:
    """Two sums of each gradient with fixed random numbers."""
    return [
        float((gradient.double() * random_weight(name, tuple(gradient.shape), seed).double()).sum())
        for name, gradient in named
        for seed in (101, 102)
    ]


def distance(got: list[float], expected: list[float]) -> float:
    a, b = torch.tensor(got, dtype=torch.float64), torch.tensor(expected, dtype=torch.float64)
    return float((a - b).norm() / b.norm())


def by_name(module: nn.Module, loss: torch.Tensor) -> list[tuple[str, torch.Tensor]]:
    names, values = zip(*module.named_parameters(), strict=True)
    return list(zip(names, torch.autograd.grad(loss, values, retain_graph=True, materialize_grads=True), strict=True))


def write(name: str, content: dict) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(content) + "\n")


def transformer() -> None:
    """One step's gradient, and the losses of fifty."""
    generator = torch.Generator().manual_seed(SEED)
    rows, columns = TRANSFORMER["grid"]
    draw = lambda below, shape: torch.randint(0, below, shape, generator=generator)  # noqa: E731
    batch = {
        "ids": draw(TRANSFORMER["vocabulary"], (3, TRANSFORMER["context"])),
        "near": draw(TRANSFORMER["codes"] + 1, (3, rows * columns, 3)),
        "targets": draw(TRANSFORMER["codes"], (3 * rows * columns,)),
    }
    found = {}
    for kind in (torch.float64, torch.float32):
        model = CodeTransformer(TRANSFORMER)
        fill(model, SEED)
        model = model.to(kind)
        loss = nats(model, batch)
        found[kind] = (float(loss.detach()), by_name(model, loss), run_transformer(model, batch))
    loss, gradients, losses = found[torch.float64]
    expected = projections(gradients)
    write("transformer", {
        "config": TRANSFORMER, "seed": SEED, "rate": RATE, **{key: packed(value) for key, value in batch.items()},
        "parameters": [name for name, _ in gradients], "loss": loss, "gradient": expected,
        "singleError": distance(projections(found[torch.float32][1]), expected),
        "losses": losses, "singleLosses": found[torch.float32][2],
    })  # fmt: skip


def run_transformer(model: CodeTransformer, batch: dict) -> list[float]:
    optimiser = torch.optim.AdamW(model.parameters(), RATE, betas=(0.9, 0.95), eps=1e-8, weight_decay=0.01)
    losses = []
    for _ in range(50):
        optimiser.zero_grad()
        loss = nats(model, batch)
        losses.append(float(loss.detach()))
        loss.backward()
        optimiser.step()
    return losses


def vqgan() -> None:
    """One step's gradients, with the discriminator and without, and the losses of ten."""
    generator = torch.Generator().manual_seed(SEED)
    picture = torch.rand((2, 3, 16, 16), generator=generator) * 2 - 1
    for name, shape in (("vqgan", None), ("vqgan-adversarial", DISCRIMINATOR)):
        found = {}
        for kind in (torch.float64, torch.float32):
            model, judge = Vqgan(VQGAN), None if shape is None else Discriminator(**shape)
            fill(model, SEED)
            model = model.to(kind)
            if judge is not None:
                fill(judge, SEED)
                judge = judge.to(kind)
            losses = vqgan_losses(model, judge, picture.to(kind))
            gradients = by_name(model, losses["total"])
            own = [] if judge is None else [(f"discriminator/{k}", v) for k, v in by_name(judge, losses["discriminator"])]
            shown = {key: float(value.detach()) for key, value in losses.items() if key not in ("indices", "total")}
            found[kind] = (shown, gradients + own, run_vqgan(model, picture.to(kind)) if judge is None else None)
        shown, gradients, losses = found[torch.float64]
        expected = projections(gradients)
        write(name, {
            "config": VQGAN, "seed": SEED, "rate": RATE, "discriminator": shape, "picture": packed(picture),
            "parameters": [key for key, _ in gradients], "losses": shown, "gradient": expected,
            "singleError": distance(projections(found[torch.float32][1]), expected),
            **({} if losses is None else {"run": losses}),
        })  # fmt: skip


def run_vqgan(model: Vqgan, picture: torch.Tensor) -> dict:
    """L1 of ten steps as they come, and of fifty whose code indices are held to those of the first."""
    start = {key: value.clone() for key, value in model.state_dict().items()}
    runs = {}
    for name, steps in (("free", 10), ("held", 50)):
        model.load_state_dict(start)
        indices = model(picture)[3] if name == "held" else None
        rate = RATE if indices is None else HELD_RATE
        optimiser = torch.optim.AdamW(model.parameters(), rate, betas=(0.5, 0.9), eps=1e-8, weight_decay=0.01)
        losses = []
        for _ in range(steps):
            optimiser.zero_grad()
            found = vqgan_losses(model, None, picture, indices)
            losses.append(float(found["l1"].detach()))
            found["total"].backward()
            optimiser.step()
        runs[name] = {"rate": rate, "l1": losses} | ({} if indices is None else {"indices": packed(indices)})
    return runs


class Clip(nn.Module):
    """Both towers and the scale; the contrastive loss without pairs of the same text."""

    def __init__(self) -> None:
        super().__init__()
        self.image, self.text = ClipImage(CLIP_IMAGE), SiglipText(CLIP_TEXT)
        self.logit_scale = nn.Parameter(torch.tensor(1.0))

    def forward(self, pixels: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
        image, text = (F.normalize(x, dim=1) for x in (self.image(pixels), self.text(ids)))
        same = (ids[:, None] == ids[None]).all(-1) & ~torch.eye(len(ids), dtype=torch.bool)
        logits = (self.logit_scale.exp() * image @ text.t()).masked_fill(same, -1e4)
        own = torch.arange(len(ids))
        return (F.cross_entropy(logits, own) + F.cross_entropy(logits.t(), own)) / 2


def clip() -> None:
    """One step's gradients by the parameters and by the pixels; two of the five texts are the same."""
    generator = torch.Generator().manual_seed(SEED)
    pixels = torch.rand((5, 3, 16, 16), generator=generator) * 2 - 1
    ids = torch.randint(0, CLIP_TEXT["vocabulary"], (5, CLIP_TEXT["context"]), generator=generator)
    ids[3] = ids[1]
    found = {}
    for kind in (torch.float64, torch.float32):
        model = Clip()
        fill(model.image, SEED)
        fill(model.text, SEED)
        model = model.to(kind)
        given = pixels.to(kind).requires_grad_()
        loss = model(given, ids)
        named = [(name.split(".", 1)[1] if "." in name else name, value) for name, value in by_name(model, loss)]
        (of_pixels,) = torch.autograd.grad(loss, given)
        found[kind] = (float(loss.detach()), named, of_pixels)
    loss, gradients, of_pixels = found[torch.float64]
    expected = projections(gradients)
    write("clip", {
        "config": {"image": CLIP_IMAGE, "text": CLIP_TEXT}, "seed": SEED, "rate": RATE, "pixels": packed(pixels),
        "ids": packed(ids), "parameters": [name for name, _ in gradients], "loss": loss, "gradient": expected,
        "singleError": distance(projections(found[torch.float32][1]), expected),
        "ofPixels": projections([("pixels", of_pixels)]),
    })  # fmt: skip


if __name__ == "__main__":
    clip()
    transformer()
    vqgan()
