"""The convolutional half of the VQGAN (Esser et al. 2021, section 3.1), factor 8.

BatchNorm stands where the paper has GroupNorm: once trained it folds into the convolutions, so that each painting step
has fewer operators. Pictures are float [B, 3, H, W] in -1..1, latents float [B, 64, H/8, W/8].
"""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass(frozen=True)
class VqganShape:
    """Channels from the finest level to the coarsest; one halving between levels."""

    channels: tuple[int, ...] = (32, 64, 128, 192)
    latent: int = 64
    codes: int = 1024

    @property
    def factor(self) -> int:
        return 2 ** (len(self.channels) - 1)


class Residual(nn.Module):
    """x + conv(silu(bn(conv(silu(bn(x)))))), the width unchanged."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.n1 = nn.BatchNorm2d(width)
        self.c1 = nn.Conv2d(width, width, 3, padding=1)
        self.n2 = nn.BatchNorm2d(width)
        self.c2 = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        hidden = self.c1(F.silu(self.n1(x)))
        return x + self.c2(F.silu(self.n2(hidden)))


class Upsample(nn.Module):
    """Nearest x2, then a convolution (no checkerboard, unlike a strided transpose)."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.c = nn.Conv2d(width, out, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.c(F.interpolate(x, scale_factor=2.0, mode="nearest"))


def build_encoder(shape: VqganShape) -> nn.Sequential:
    """Picture [B, 3, H, W] in -1..1 to the latent before quantisation [B, 64, H/8, W/8]."""
    first, *rest = shape.channels
    layers: list[nn.Module] = [nn.Conv2d(3, first, 3, padding=1), Residual(first)]
    width = first
    for wider in rest:
        layers += [nn.Conv2d(width, wider, 3, stride=2, padding=1), Residual(wider)]
        width = wider
    layers += [Residual(width), nn.BatchNorm2d(width), nn.SiLU(), nn.Conv2d(width, shape.latent, 1)]
    return nn.Sequential(*layers)


def build_decoder(shape: VqganShape) -> nn.Sequential:
    """Latent [B, 64, h, w] to the picture [B, 3, 8h, 8w], -1..1 but not clamped."""
    *finer, width = shape.channels
    layers: list[nn.Module] = [nn.Conv2d(shape.latent, width, 3, padding=1)]
    layers += [Residual(width) for _ in range(3)]
    for narrower in reversed(finer):
        layers += [Upsample(width, narrower), Residual(narrower), Residual(narrower)]
        width = narrower
    layers += [nn.BatchNorm2d(width), nn.SiLU(), nn.Conv2d(width, 3, 3, padding=1)]
    return nn.Sequential(*layers)


class Vqgan(nn.Module):
    """Encoder, codebook and decoder; `quantiser` is any module of models/quantiser.py."""

    def __init__(self, shape: VqganShape, quantiser: nn.Module) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = build_encoder(shape)
        self.quantiser = quantiser
        self.decoder = build_decoder(shape)

    @torch.no_grad()
    def encode(self, pictures: torch.Tensor) -> torch.Tensor:
        """Code indices int64 [B, h, w] of pictures [B, 3, H, W] in -1..1."""
        return self.quantiser.nearest(self.encoder(pictures).float())

    def decode(self, indices: torch.Tensor) -> torch.Tensor:
        """Pictures [B, 3, 8h, 8w] of indices int64 [B, h, w]; not clamped."""
        return self.decoder(self.quantiser.embed(indices))

    def last_weight(self) -> torch.Tensor:
        """The decoder's last layer, where the adaptive weight of the adversarial loss is measured."""
        return self.decoder[-1].weight
