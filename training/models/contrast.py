"""The contrastive loss of CLIP (Radford et al. 2021), L2 attacks on it, and retrieval."""

from collections.abc import Callable

import torch
from torch.nn import functional as F


def contrastive_loss(images: torch.Tensor, texts: torch.Tensor, scale: torch.Tensor, captions: torch.Tensor) -> torch.Tensor:
    """Symmetric cross-entropy over a batch of embeddings [B, D]. Pairs with equal caption ids [B, L] are not each other's negatives."""
    images, texts = F.normalize(images.float(), dim=1), F.normalize(texts.float(), dim=1)
    with torch.autocast(images.device.type, enabled=False):
        logits = scale.exp().clamp(max=100) * images @ texts.T
    same = (captions[:, None] == captions[None]).all(-1)
    logits = logits.masked_fill(same & ~torch.eye(len(same), dtype=torch.bool, device=same.device), -1e4)
    target = torch.arange(len(logits), device=logits.device)
    return 0.5 * (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target))


def attack(pixels: torch.Tensor, loss_of: Callable[[torch.Tensor], torch.Tensor], radius: torch.Tensor, steps: int = 1) -> torch.Tensor:
    """Pixels [B, 3, H, W] in 0..1 moved by at most `radius` [B] in L2, uphill in the loss, one or a few gradient steps.

    Training against it makes the gradient of the tower point to things, not specks (Santurkar et al. 2019).
    """
    noise = torch.randn_like(pixels)
    per_picture = (-1, 1, 1, 1)
    shift = 0.3 * radius.view(per_picture) * noise / noise.flatten(1).norm(dim=1).view(per_picture)
    for _ in range(steps):
        shift = shift.detach().requires_grad_(True)
        (slope,) = torch.autograd.grad(loss_of(pixels + shift), shift)
        length = slope.flatten(1).norm(dim=1).clamp_min(1e-12)
        moved = shift.detach() + (1.2 / steps) * radius.view(per_picture) * slope / length.view(per_picture)
        reached = moved.flatten(1).norm(dim=1).clamp_min(1e-12)
        shift = moved * (radius / reached).clamp(max=1).view(per_picture)
    return (pixels + shift).clamp(0, 1).detach()


def retrieval(images: torch.Tensor, texts: torch.Tensor) -> float:
    """Share of pictures [N, D] whose own text [N, D] is the nearest of all N."""
    scores = F.normalize(images.float(), dim=1) @ F.normalize(texts.float(), dim=1).T
    return float((scores.argmax(1) == torch.arange(len(scores), device=scores.device)).float().mean())
