"""CLIP's parts: views, attacks, the loss, and that the ranking of pictures is what it says."""

import numpy as np
import torch
from torch import nn

from training.data.views import disturb, random_views
from training.judge.scoring import judge_pictures
from training.models.clip import ImageTower, TextTower
from training.models.contrast import attack, contrastive_loss, retrieval


def test_views_keep_the_range_and_whole_views_the_picture() -> None:
    generator = torch.Generator().manual_seed(1)
    pictures = torch.rand(6, 3, 128, 128, generator=generator)
    views = disturb(random_views(pictures, generator), generator)
    assert views.shape == (6, 3, 64, 64)
    assert views.min() >= 0 and views.max() <= 1
    torch.testing.assert_close(random_views(pictures, generator, whole=1.0), nn.functional.avg_pool2d(pictures, 2), atol=1e-4, rtol=0)


def test_an_attack_stays_in_its_radius_and_raises_the_loss() -> None:
    torch.manual_seed(2)
    tower, texts = ImageTower().eval(), torch.randn(6, 256)
    ids, scale = torch.arange(6)[:, None], torch.tensor(2.0)
    loss_of = lambda p: contrastive_loss(tower(p), texts, scale, ids)
    pixels, radius = torch.rand(6, 3, 64, 64) * 0.5 + 0.25, torch.full((6,), 2.0)
    attacked = attack(pixels, loss_of, radius, steps=2)
    assert (attacked - pixels).flatten(1).norm(dim=1).max() <= 2.001
    assert loss_of(attacked) > loss_of(pixels)


def test_equal_captions_are_not_negatives() -> None:
    same, scale = torch.eye(4)[[0, 0, 1, 2]], torch.tensor(3.0)
    apart = contrastive_loss(same, same, scale, torch.arange(4)[:, None])
    together = contrastive_loss(same, same, scale, torch.tensor([[7], [7], [1], [2]]))
    assert together < apart


def test_padding_does_not_change_a_text() -> None:
    torch.manual_seed(3)
    tower = TextTower(12).eval()
    ids = torch.tensor([[3, 4, 1] + [0] * 13])
    before = tower(ids)
    with torch.no_grad():
        tower.tokens.weight[0] += 1.0
        torch.testing.assert_close(tower(ids), before, atol=1e-5, rtol=1e-4)


def test_pictures_that_fit_their_prompts_rank_first() -> None:
    colours = np.eye(3, dtype=np.uint8) * 255
    pictures = [np.broadcast_to(c, (32, 32, 3)).copy() for c in colours]

    class Mean(nn.Module):
        def forward(self, pixels: torch.Tensor) -> torch.Tensor:
            return pixels.mean((2, 3))

    fitting = judge_pictures(Mean(), torch.eye(3), pictures)
    assert fitting.ranked_first == 1.0 and fitting.margin > 0.9
    turned = judge_pictures(Mean(), torch.eye(3), pictures[1:] + pictures[:1])
    assert turned.ranked_first == 0.0 and turned.margin < 0
    assert retrieval(torch.eye(3), torch.eye(3)) == 1.0
