"""Guided painting in PyTorch: the loss falls, and saturated pixels keep a way back."""

import torch

from training.judge.painting import ClampForward, PaintingOptions, great_circle, paint
from training.models.clip import ImageTower
from training.models.quantiser import Quantiser
from training.models.vqgan import Vqgan, VqganShape


def test_saturated_pixels_keep_gradients_that_lead_back() -> None:
    x = torch.tensor([1.5, 1.5, -0.5, -0.5, 0.5], requires_grad=True)
    wanted = torch.tensor([1.0, -1.0, 1.0, -1.0, 1.0])
    (slope,) = torch.autograd.grad((ClampForward.apply(x) * wanted).sum(), x)
    assert slope.tolist() == [1.0, 0.0, 0.0, -1.0, 1.0]


def test_the_distance_is_half_the_squared_angle() -> None:
    a, b = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 2.0]])
    torch.testing.assert_close(great_circle(a, b), torch.tensor([(torch.pi / 2) ** 2 / 2]))


def test_painting_brings_pictures_nearer_to_their_prompts() -> None:
    torch.manual_seed(4)
    shape = VqganShape(channels=(8, 8, 16, 16), latent=8, codes=64)
    vqgan, image = Vqgan(shape, Quantiser(64, 8)).eval(), ImageTower().eval()
    latent, goal = torch.randn(2, 8, 16, 16) * 0.3, torch.randn(2, 256)

    def distance(steps: int) -> float:
        options = PaintingOptions(steps=steps, cutouts=2)
        pictures = paint(vqgan, image, goal, latent, options, torch.Generator().manual_seed(1))
        with torch.no_grad():
            return float(great_circle(image(torch.nn.functional.avg_pool2d(pictures, 2)), goal).mean())

    assert distance(12) < distance(0)
