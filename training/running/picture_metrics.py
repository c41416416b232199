"""How close two pictures are: PSNR and SSIM. Pictures are float [B, 3, H, W] in 0..1."""

import torch
from torch.nn import functional as F


def psnr(first: torch.Tensor, second: torch.Tensor) -> float:
    """Mean over the pictures of 10 log10(1 / mean squared error), decibels."""
    error = (first - second).square().mean((1, 2, 3)).clamp_min(1e-10)
    return float((-10 * error.log10()).mean())


def ssim(first: torch.Tensor, second: torch.Tensor) -> float:
    """Mean structural similarity (Wang et al. 2004): Gaussian window of 11 pixels, sigma 1.5, on each channel."""
    x = torch.arange(11, device=first.device, dtype=torch.float32) - 5
    window = torch.exp(-x.square() / (2 * 1.5**2))
    kernel = (window[:, None] * window[None] / window.sum() ** 2).expand(3, 1, 11, 11)

    def smooth(picture: torch.Tensor) -> torch.Tensor:
        return F.conv2d(picture, kernel, groups=3)

    a, b = smooth(first), smooth(second)
    va, vb = smooth(first * first) - a * a, smooth(second * second) - b * b
    covariance = smooth(first * second) - a * b
    c1, c2 = 0.01**2, 0.03**2
    return float((((2 * a * b + c1) * (2 * covariance + c2)) / ((a * a + b * b + c1) * (va + vb + c2))).mean())
