"""CLIP-guided painting of many prompts at once in PyTorch: the engine's loop, for measuring models where they are trained.

The engine (src/paint) is the reference for what a person sees; this one shares its steps: quantise with a straight-through
gradient, decode, cutouts with jitter and noise, squared great-circle distance to the prompt, Adam, clamp to the codebook's range.
"""

from dataclasses import dataclass

import torch
from torch.nn import functional as F

from training.data.views import disturb, random_views
from training.models.clip import ImageTower
from training.models.vqgan import Vqgan


@dataclass(frozen=True)
class PaintingOptions:
    steps: int = 80
    cutouts: int = 16
    rate: float = 0.15  # falls to a tenth
    noise: float = 0.5  # of the latent's spread, on the noise start


class ClampForward(torch.autograd.Function):
    """Clamps to 0..1; the gradient g is kept where g (x - clamp x) >= 0, so that saturated pixels can come back."""

    @staticmethod
    def forward(ctx: torch.autograd.function.FunctionCtx, x: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(x)
        return x.clamp(0, 1)

    @staticmethod
    def backward(ctx: torch.autograd.function.FunctionCtx, slope: torch.Tensor) -> torch.Tensor:
        (x,) = ctx.saved_tensors
        return slope * (slope * (x - x.clamp(0, 1)) >= 0)


def great_circle(images: torch.Tensor, text: torch.Tensor) -> torch.Tensor:
    """theta^2 / 2 between embeddings [N, D] and [N, D], as 2 arcsin(|a - b| / 2)^2."""
    chord = (F.normalize(images, dim=1) - F.normalize(text, dim=1)).norm(dim=1)
    return 2 * (chord / 2).clamp(max=1 - 1e-6).arcsin().square()


def start_from_noise(vqgan: Vqgan, count: int, options: PaintingOptions, generator: torch.Generator) -> torch.Tensor:
    """Latents [N, 64, 16, 16] of a near-white picture with noise."""
    device = vqgan.quantiser.codebook.device
    white = torch.full((1, 3, 128, 128), 0.9, device=device)
    with torch.no_grad():
        latent = vqgan.encoder(white).float().expand(count, -1, -1, -1)
    spread = vqgan.quantiser.codebook.std(0)[None, :, None, None]
    return latent + options.noise * spread * torch.randn(latent.shape, generator=generator, device=generator.device).to(device)


def paint(
    vqgan: Vqgan, image: ImageTower, texts: torch.Tensor, latent: torch.Tensor, options: PaintingOptions, generator: torch.Generator
) -> torch.Tensor:
    """Pictures [N, 3, 128, 128] in 0..1 for prompts' embeddings [N, D] from latents [N, 64, 16, 16].

    The networks must be in evaluation mode; their weights are left alone.
    """
    codebook = vqgan.quantiser.codebook.detach()
    low, high = (bound.values[None, :, None, None] for bound in (codebook.min(0), codebook.max(0)))
    latent = latent.clone().requires_grad_(True)
    optimiser = torch.optim.Adam([latent], options.rate, betas=(0.9, 0.999), eps=1e-8)
    goal = texts.detach().repeat_interleave(options.cutouts, 0)

    def decode() -> torch.Tensor:
        codes = vqgan.quantiser.embed(vqgan.quantiser.nearest(latent.detach()))
        return (vqgan.decoder(latent + (codes - latent).detach()).float() + 1) / 2

    for step in range(options.steps):
        optimiser.param_groups[0]["lr"] = options.rate * (1 - 0.9 * step / options.steps)
        views = random_views(ClampForward.apply(decode()).repeat_interleave(options.cutouts, 0), generator, whole=0.34)
        embedded = image(disturb(views, generator)).float()
        loss = great_circle(embedded, goal).view(len(latent), options.cutouts).mean(1).sum()
        (slope,) = torch.autograd.grad(loss, latent)
        latent.grad = slope
        optimiser.step()
        with torch.no_grad():
            latent.copy_(latent.clamp(low, high))
    with torch.no_grad():
        return decode().clamp(0, 1)
