"""A perceptual loss from our own image tower: no network trained elsewhere is at hand, and ours knows these pictures.

As LPIPS (Zhang et al. 2018) without its learnt weights: activations normalised over the channels, mean squared
difference, summed over the layers. What a stroke looks like, wherever it lies, is said by products of activations within
a window (Gatys et al. 2015).
"""

import torch
from torch import nn
from torch.nn import functional as F

from training.models.clip import ImageTower

BANDS = 3  # octaves from the finest
LOCAL = 8  # pixels of a band over which its strength is taken

STROKES = (0, 1, 2)  # the layers whose products are compared: a half and a quarter of the resolution
WINDOWS = 4  # a side: products are taken over a sixteenth of the picture, so that every place keeps its own strokes
LAYERS = (0, 1, 2, 4)  # the stem and blocks up to a quarter of its resolution: deeper ones no longer say where things are


class PerceptualLoss(nn.Module):
    def __init__(self, tower: ImageTower) -> None:
        super().__init__()
        self.tower = tower.eval().requires_grad_(False)

    def train(self, mode: bool = True) -> "PerceptualLoss":
        """Never leaves evaluation mode: the tower's statistics must not follow the pictures."""
        return super().train(False)

    def forward(self, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
        """Scalar, for pictures [B, 3, H, W] in -1..1 (any size: the tower's layers used here are convolutions)."""
        return self.compare(first, second)[0]

    def compare(self, first: torch.Tensor, second: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The loss, and how unlike the second's strokes the first's are: both scalars."""
        ours, theirs = self.tower.features((first + 1) / 2), self.tower.features((second + 1) / 2)
        likeness, strokes = first.new_zeros(()), first.new_zeros(())
        for layer in LAYERS:
            a, b = F.normalize(ours[layer].float(), dim=1), F.normalize(theirs[layer].float(), dim=1)
            likeness = likeness + (a - b).square().sum(1).mean()
        for layer in STROKES:
            a, b = local_products(ours[layer].float()), local_products(theirs[layer].float())
            strokes = strokes + (a - b).abs().mean() / b.abs().mean().clamp_min(1e-6)
        return likeness, strokes


def local_products(activations: torch.Tensor) -> torch.Tensor:
    """Mean products of channels within each window, [B, windows, C, C], of activations [B, C, H, W]."""
    batch, channels, height, width = activations.shape
    y, x = height // WINDOWS, width // WINDOWS
    cut = activations[..., : y * WINDOWS, : x * WINDOWS].reshape(batch, channels, WINDOWS, y, WINDOWS, x)
    rows = cut.permute(0, 2, 4, 1, 3, 5).reshape(batch, WINDOWS * WINDOWS, channels, y * x)
    return rows @ rows.transpose(2, 3) / (y * x)


def texture_distance(copy: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """How far the local strength of each octave's details is from the real picture's; where exactly they lie is left free.

    Scalar, for pictures [B, 3, H, W]: of every band x - up(down(x)) the root of the local mean square, compared by L1.
    """
    loss = copy.new_zeros(())
    for _ in range(BANDS):
        smaller = F.avg_pool2d(torch.cat([copy, real]), 2)
        details = torch.cat([copy, real]) - F.interpolate(smaller, scale_factor=2.0, mode="bilinear")
        ours, theirs = (F.avg_pool2d(details.square().mean(1, keepdim=True), LOCAL, LOCAL // 2) + 1e-6).sqrt().chunk(2)
        loss = loss + (ours - theirs).abs().mean()
        copy, real = smaller.chunk(2)
    return loss
