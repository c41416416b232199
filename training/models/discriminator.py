"""The patch discriminator and the losses around it (Isola et al. 2017; Esser et al. 2021, eq. 4 to 7)."""

import torch
from torch import nn
from torch.nn import functional as F

LAMBDA_LIMIT = 1e4
LAMBDA_EPSILON = 1e-4


class PatchDiscriminator(nn.Sequential):
    """Pictures [B, 3, H, W] in -1..1 to one score a patch [B, 1, H/8 - 2, W/8 - 2] (receptive field 70 pixels)."""

    def __init__(self, width: int = 48) -> None:
        layers: list[nn.Module] = [nn.Conv2d(3, width, 4, 2, 1), nn.LeakyReLU(0.2)]
        for inner, outer, stride in ((width, 2 * width, 2), (2 * width, 4 * width, 2), (4 * width, 4 * width, 1)):
            layers += [nn.Conv2d(inner, outer, 4, stride, 1, bias=False), nn.BatchNorm2d(outer), nn.LeakyReLU(0.2)]
        super().__init__(*layers, nn.Conv2d(4 * width, 1, 4, 1, 1))


def hinge_loss(real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """The discriminator's loss: 0.5 (max(0, 1 - D(x)) + max(0, 1 + D(x_hat)))."""
    return 0.5 * (F.relu(1 - real).mean() + F.relu(1 + fake).mean())


def adaptive_weight(reconstruction: torch.Tensor, adversarial: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """lambda = |d reconstruction / d weight| / (|d adversarial / d weight| + 1e-4), at the decoder's last layer."""
    (first,) = torch.autograd.grad(reconstruction, weight, retain_graph=True)
    (second,) = torch.autograd.grad(adversarial, weight, retain_graph=True)
    return (first.norm() / (second.norm() + LAMBDA_EPSILON)).clamp(0, LAMBDA_LIMIT).detach()
