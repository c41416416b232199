"""Stage one: quantisation in both forms, dead codes, adaptive weight, metrics, calibration."""

import pytest
import torch
from torch import nn

from training.models.bootstrap import calibrate
from training.models.discriminator import PatchDiscriminator, adaptive_weight, hinge_loss
from training.models.perceptual import local_products, texture_distance
from training.models.quantiser import Quantiser
from training.models.vqgan import Vqgan, VqganShape
from training.running.picture_metrics import psnr, ssim

SMALL = VqganShape(channels=(8, 8, 16, 16), latent=8, codes=32)


def latents() -> torch.Tensor:
    return torch.randn(4, 8, 6, 6, generator=torch.Generator().manual_seed(2))


@pytest.mark.parametrize("form", ["ema", "loss"])
def test_the_gradient_passes_straight_through(form) -> None:
    torch.manual_seed(0)
    quantiser, latent = Quantiser(32, 8, form), latents().requires_grad_(True)
    quantised = quantiser(latent)
    torch.testing.assert_close(
        quantised.latent.detach(), quantiser.embed(quantised.indices) if form == "loss" else quantised.latent.detach()
    )
    (slope,) = torch.autograd.grad(quantised.latent.sum(), latent)
    torch.testing.assert_close(slope, torch.ones_like(slope))


def test_half_precision_does_not_blur_the_choice_of_codes() -> None:
    torch.manual_seed(6)
    quantiser = Quantiser(512, 8)
    latent = quantiser.embed(torch.arange(512).view(2, 16, 16))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        torch.testing.assert_close(quantiser.nearest(latent), torch.arange(512).view(2, 16, 16))


def test_only_the_loss_form_gives_the_codebook_a_gradient() -> None:
    by_loss = Quantiser(32, 8, "loss")
    by_loss(latents()).loss.backward()
    assert by_loss.codebook.grad is not None
    assert not Quantiser(32, 8, "ema").codebook.requires_grad


def test_running_means_pull_codes_to_their_latents() -> None:
    torch.manual_seed(0)
    quantiser = Quantiser(32, 8, "ema", decay=0.5)
    before = quantiser(latents()).loss
    for _ in range(30):
        after = quantiser(latents()).loss
    assert after < before * 0.7


def test_dead_codes_restart_on_latents() -> None:
    quantiser = Quantiser(32, 8)
    quantiser.usage[5] = 0.0
    assert quantiser.restart_dead(latents(), torch.Generator().manual_seed(1)) == 1
    flat = latents().permute(0, 2, 3, 1).reshape(-1, 8)
    assert (flat - quantiser.codebook[5]).norm(dim=1).min() < 1e-6


def test_pictures_go_round_in_an_eighth_of_the_side() -> None:
    vqgan = Vqgan(SMALL, Quantiser(32, 8)).eval()
    indices = vqgan.encode(torch.rand(2, 3, 32, 48))
    assert indices.shape == (2, 4, 6)
    assert vqgan.decode(indices).shape == (2, 3, 32, 48)


def test_calibration_changes_statistics_and_not_the_result() -> None:
    torch.manual_seed(1)
    vqgan, batch = Vqgan(SMALL, Quantiser(32, 8)).eval(), torch.rand(8, 3, 32, 32)
    before = vqgan.encoder(batch)
    norm = vqgan.encoder[1].n2
    was = norm.running_mean.clone()
    calibrate(vqgan.encoder, lambda: vqgan.encoder(batch))
    torch.testing.assert_close(vqgan.encoder(batch), before, atol=1e-4, rtol=1e-3)
    assert not torch.allclose(norm.running_mean, was)


def test_the_adaptive_weight_balances_gradients() -> None:
    weight = torch.ones(3, requires_grad=True)
    balanced = adaptive_weight((weight * 4).sum(), (weight * 2).sum(), weight)
    assert balanced.item() == pytest.approx(2.0, rel=1e-3)
    assert adaptive_weight((weight * 4).sum(), (weight * 0).sum(), weight).item() == pytest.approx(1e4)


def test_hinge_loss_is_zero_once_scores_are_apart() -> None:
    assert hinge_loss(torch.tensor([2.0]), torch.tensor([-2.0])).item() == 0
    assert PatchDiscriminator()(torch.rand(2, 3, 64, 64)).shape == (2, 1, 6, 6)


def test_metrics_know_equal_pictures() -> None:
    picture = torch.rand(2, 3, 32, 32)
    assert ssim(picture, picture) == pytest.approx(1.0, abs=1e-4)
    assert psnr(picture, picture + 0.1) == pytest.approx(20.0, abs=0.01)


def test_texture_is_how_strong_details_are_and_not_where() -> None:
    generator = torch.Generator().manual_seed(8)
    one, other = torch.rand(2, 1, 3, 64, 64, generator=generator) * 2 - 1
    blurred = nn.functional.avg_pool2d(one, 5, 1, 2)
    assert texture_distance(one, one) == 0
    assert texture_distance(one, other) < 0.1 * texture_distance(blurred, one)


def test_strokes_are_how_activations_go_together_within_a_window_and_not_where() -> None:
    stripes = torch.zeros(1, 2, 16, 16)
    stripes[:, 0, :, ::2] = 1
    stripes[:, 1, :, 1::2] = 1
    assert torch.equal(local_products(stripes), local_products(stripes.roll(1, 3)))
    together = stripes[:, :1].expand(-1, 2, -1, -1)
    assert not torch.allclose(local_products(stripes), local_products(together))
    assert local_products(stripes).shape == (1, 16, 2, 2)
