"""A perceptual loss from our own image tower: no network trained elsewhere is at hand, and ours knows these pictures.

As LPIPS (Zhang et al. 2018) without its learnt weights: activations normalised over the channels, mean squared
difference, summed over the layers.
"""

import torch
from torch import nn
from torch.nn import functional as F

from training.models.clip import ImageTower

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
