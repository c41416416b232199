"""A perceptual loss from our own image tower: no network trained elsewhere is at hand, and ours knows these pictures.

As LPIPS (Zhang et al. 2018) without its learnt weights: activations normalised over the channels, mean squared
difference, summed over the layers.
"""

import torch
from torch import nn
from torch.nn import functional as F

from training.models.clip import ImageTower

BANDS = 3  # octaves from the finest
LOCAL = 8  # pixels of a band over which its strength is taken

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
        loss = first.new_zeros(())
        ours, theirs = self.tower.features((first + 1) / 2), self.tower.features((second + 1) / 2)
        for layer in LAYERS:
            a, b = F.normalize(ours[layer].float(), dim=1), F.normalize(theirs[layer].float(), dim=1)
            loss = loss + (a - b).square().sum(1).mean()
        return loss


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
