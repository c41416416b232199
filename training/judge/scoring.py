"""Ranks pictures against the fifty prompts, and paints the real pictures that give the ceiling."""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from training.data.compose import Composer, Recipe
from training.data.sprites import Sprite, SpritePack
from training.models.clip import SIDE


@dataclass(frozen=True)
class Verdict:
    ranked_first: float  # share of pictures whose own prompt scores highest of all prompts
    margin: float  # mean of own similarity minus the best other one, cosine
    mean_rank: float
    first: list[bool]


def judge_pictures(image: torch.nn.Module, texts: torch.Tensor, pictures: list[np.ndarray]) -> Verdict:
    """Pictures uint8 [H, W, 3], one a prompt in order, against the prompts' embeddings [N, D]."""
    pixels = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float().to(texts.device) / 255
    pixels = F.interpolate(pixels, (SIDE, SIDE), mode="bilinear", antialias=True)
    with torch.no_grad():
        scores = F.normalize(image(pixels).float(), dim=1) @ F.normalize(texts.float(), dim=1).T
    own = scores.diagonal()
    others = scores.masked_fill(torch.eye(len(scores), dtype=torch.bool, device=scores.device), -2).amax(1)
    ranks = 1 + (scores > own[:, None]).sum(1).float()
    first = (own > others).tolist()
    return Verdict(sum(first) / len(first), float((own - others).mean()), float(ranks.mean()), first)


def paint_real(pack: SpritePack, recipes: list[Recipe], seed: int) -> tuple[list[np.ndarray], list[str]]:
    """A real picture of every prompt from sprites that no training saw, and the concepts for which there were none.

    Held-out sets name some things differently (`bear face` for `bear`); where they lack a thing, a training sprite stands in.
    """
    missing: list[str] = []

    def choose(concept: str, random: np.random.Generator) -> Sprite:
        for name in (concept, f"{concept} face", concept.removesuffix(" face")):
            found = pack.held_out(name)
            if found:
                return found[int(random.integers(len(found)))]
        missing.append(concept)
        return pack.training(concept)[0]

    composer = Composer(pack, choose)
    random = np.random.default_rng(seed)
    return [composer.paint(recipe, random, jitter=0.3) for recipe in recipes], missing
