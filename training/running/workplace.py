"""Folders and files of a run. Everything lies under one work folder outside the repository."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import torch

from training.data.compose import Recipe
from training.data.samples import Sampler, load_judge_recipes, load_keywords
from training.data.sprites import SpritePack
from training.data.tokens import Tokenizer

HOME = Path(__file__).resolve().parents[1]
SOURCES = HOME / "data" / "sources.json"
PROMPTS = HOME / "judge" / "prompts.json"
SCENE_PROMPTS = HOME / "judge" / "prompts-scenes.json"


@dataclass(frozen=True)
class Workplace:
    root: Path

    @property
    def keywords(self) -> Path:
        return self.root / "keywords.json"

    @property
    def vocabulary(self) -> Path:
        return self.root / "vocabulary.json"

    @property
    def exemplars(self) -> Path:
        return self.root / "exemplars.npz"

    @property
    def scenes(self) -> Path:
        """Where `npm run scenes -- --out` painted."""
        return self.root / "scenes"

    @property
    def bank(self) -> Path:
        return self.root / "bank.npz"

    @property
    def real(self) -> Path:
        """The scenes of the judged prompts, painted with a seed of their own: `npm run scenes -- --prompts`."""
        return self.root / "real"

    @property
    def scene_prompts(self) -> Path:
        """The hundred prompts of scenes, manners, moods and things."""
        return SCENE_PROMPTS

    def checkpoint(self, stage: str) -> Path:
        return self.root / f"{stage}.pt"

    def tokenizer(self) -> Tokenizer:
        return Tokenizer.load(self.vocabulary)

    def judged(self) -> list[tuple[str, Recipe]]:
        return load_judge_recipes(PROMPTS)

    def pack(self) -> SpritePack:
        kept = frozenset(concept for _, recipe in self.judged() for concept in recipe.things)
        return SpritePack(self.root, SOURCES, kept)

    def sampler(self, seed: int, pack: SpritePack | None = None, kind: type[Sampler] = Sampler) -> Sampler:
        recipes = [recipe for path in (PROMPTS, SCENE_PROMPTS) for _, recipe in load_judge_recipes(path)]
        return kind(pack or self.pack(), recipes, load_keywords(self.keywords), seed)

    def log(self, stage: str, **values: object) -> None:
        """One JSON line in STAGE.log.jsonl, and on the terminal."""
        line = json.dumps({k: round(v, 5) if isinstance(v, float) else v for k, v in values.items()})
        with (self.root / f"{stage}.log.jsonl").open("a") as log:
            log.write(line + "\n")
        print(stage, line, flush=True)


def save_atomically(path: Path, state: dict) -> None:
    """Writes a checkpoint beside its place and moves it there, so that a kill leaves the old one whole."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    os.replace(partial, path)


def is_resumable(state: dict | None) -> bool:
    """False for weights alone, such as `pieces --join` brings home: training goes on from them with fresh optimisers."""
    return state is not None and ("optimiser" in state or "optimisers" in state)


def progress_of(state: dict | None) -> tuple[int, float, int]:
    """Steps, seconds and pictures behind a checkpoint."""
    known = state or {}
    return known.get("step", 0), known.get("seconds", 0.0), known.get("seen", 0)


def load_if_there(path: Path) -> dict | None:
    return torch.load(path, map_location="cpu", weights_only=True) if path.exists() else None
