"""What guidance will show the image tower: whole pictures and cutouts, brighter and darker, blurred and noisy, on 64 x 64.

All on tensors [B, 3, H, W] in 0..1, one random view a picture.
"""

import torch
from torch.nn import functional as F

from training.models.clip import SIDE


def random_views(pictures: torch.Tensor, generator: torch.Generator, whole: float = 0.4, smallest: float = 0.55) -> torch.Tensor:
    """[B, 3, H, W] to [B, 3, 64, 64]: a share `whole` of whole views, else crops of `smallest` to 1.1 of the side.

    Beyond the edge a view is white, as most icons' ground is.
    """
    count, device = len(pictures), pictures.device
    draw = torch.rand(count, 4, generator=generator, device=generator.device).to(device)
    is_whole = draw[:, 0] < whole
    side = torch.where(is_whole, 1.0, smallest + (1.1 - smallest) * draw[:, 1])
    # in affine_grid's coordinates the picture spans -1..1, so a crop of side s may shift by 1 - s either way
    shift = torch.where(is_whole[:, None], 0.0, (2 * draw[:, 2:] - 1) * (1 - side).abs()[:, None])
    theta = torch.zeros(count, 2, 3, device=device)
    theta[:, 0, 0] = theta[:, 1, 1] = side
    theta[:, :, 2] = shift
    halved = F.avg_pool2d(pictures, pictures.shape[-1] // SIDE)  # the low-pass filter; then bilinear
    grid = F.affine_grid(theta, [count, 3, SIDE, SIDE], align_corners=False)
    return 1 - F.grid_sample(1 - halved, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


def disturb(views: torch.Tensor, generator: torch.Generator, noise: float = 0.08, light: float = 0.15) -> torch.Tensor:
    """Brightness and contrast within +-`light`, a blur now and then, Gaussian noise up to `noise`."""
    count, device = len(views), views.device
    draw = torch.rand(count, 4, generator=generator, device=generator.device).to(device)[..., None, None]
    contrast, brightness = 1 + light * (2 * draw[:, :1] - 1), light * (2 * draw[:, 1:2] - 1)
    views = (views - 0.5) * contrast + 0.5 + brightness
    blurred = F.avg_pool2d(F.pad(views, (1, 1, 1, 1), mode="replicate"), 3, 1)
    views = torch.where(draw[:, 2:3] < 0.15, blurred, views)
    grain = torch.randn(views.shape, generator=generator, device=generator.device).to(device)
    return (views + noise * draw[:, 3:] * grain).clamp(0, 1)
