"""What the judge learns from: drawings and scenes at the size it sees, composed once, since composing costs more than a step.

Its scenes are painted with another seed than those that the prior looks up (WORK/judge-scenes), so that it knows no picture that
Easel could copy. Every scene is there twice, as painted and as soft as a VQGAN leaves it: softness must not count against a picture.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from training.data.batches import pictures_to_tensor
from training.data.scene_pictures import Scene, load_scenes, load_words, say_scene
from training.data.tokens import Tokenizer
from training.models.clip import SIDE
from training.running.machine import Machine
from training.running.workplace import Workplace

HELD_OUT = 16  # every so many scenes one is not learnt from
AT_ONCE = 32
SOFTER = 2  # pixels of 128 to each side


@dataclass(frozen=True)
class JudgePictures:
    drawings: torch.Tensor  # uint8 [N, 3, 64, 64]
    captions: list[str]  # of the drawings
    scenes: list[Scene]
    seen: torch.Tensor  # uint8 [2, M, 3, 64, 64] of the scenes: as painted, and softened


def shrink(pictures: list[np.ndarray], softened: bool = False) -> torch.Tensor:
    """uint8 [N, 3, 64, 64] of pictures uint8 [128, 128, 3]."""
    found = []
    for start in range(0, len(pictures), AT_ONCE):
        batch = pictures_to_tensor(pictures[start : start + AT_ONCE], torch.device("cpu"))
        if softened:
            batch = F.avg_pool2d(F.pad(batch, (SOFTER, SOFTER, SOFTER, SOFTER), mode="replicate"), 2 * SOFTER + 1, 1)
        found.append((F.avg_pool2d(batch, batch.shape[-1] // SIDE) * 127.5 + 127.5).round().to(torch.uint8).contiguous())
    return torch.cat(found)


def forbidden_scenes(prompts: Path) -> set[tuple[str, str | None, str]]:
    """Subjects in a light and a manner that the judged prompts ask for."""
    rows = json.loads(prompts.read_text())["prompts"]
    return {(row["subject"], row.get("light"), row["manner"]) for row in rows if "manner" in row}


def load_judge_pictures(place: Workplace, seed: int, count: int) -> JudgePictures:
    """So many drawings, and every scene. Kept in WORK/judge-pictures.pt."""
    folder = place.root / "judge-scenes"
    forbidden = forbidden_scenes(place.scene_prompts)
    scenes = [s for s in load_scenes(folder) if (s.subject, s.light, s.manner) not in forbidden] if folder.exists() else []
    path = place.root / "judge-pictures.pt"
    kept = torch.load(path, weights_only=True) if path.exists() else None
    if kept is None or kept["seen"].shape[1] != len(scenes) or len(kept["captions"]) != count:
        samples = [sample for sample, _ in zip(place.sampler(seed), range(count), strict=False)]
        drawings = shrink([sample.picture for sample in samples])
        painted = [scene.picture() for scene in scenes]
        seen = torch.stack([shrink(painted, softened) for softened in (False, True)]) if scenes else torch.zeros(2, 0, 3, SIDE, SIDE)
        kept = {"drawings": drawings, "captions": [sample.caption for sample in samples], "seen": seen}
        torch.save(kept, path)
    return JudgePictures(kept["drawings"], kept["captions"], scenes, kept["seen"])


def split_scenes(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows to learn from, and rows held out."""
    held = np.arange(0, count, HELD_OUT)
    return np.setdiff1d(np.arange(count), held), held


def judge_batches(
    place: Workplace, known: JudgePictures, wish: tuple[int, int, int], machine: Machine
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Endless: pixels [B, 3, 64, 64] in 0..1, token ids [B, 16], and what each shows, int64 [B, 3], equal where words mean the same.

    `wish` is a seed, and the numbers of drawings and of scenes in a batch.
    """
    seed, drawings, scenes = wish
    random, tokenizer = np.random.default_rng(seed), place.tokenizer()
    words = load_words(place.root / "judge-scenes") if known.scenes else {}
    learnt, _ = split_scenes(len(known.scenes))
    by_caption = {caption: index for index, caption in enumerate(dict.fromkeys(known.captions))}
    kinds = [index_of(words, scene) for scene in known.scenes]
    while True:
        order = random.permutation(len(known.captions))
        for start in range(0, len(order) - drawings + 1, max(1, drawings)):
            rows, others = order[start : start + drawings], random.choice(learnt, min(scenes, len(learnt)), replace=False)
            copies = torch.from_numpy(random.integers(2, size=len(others)))
            pixels = torch.cat([known.drawings[torch.from_numpy(rows)], known.seen[copies, torch.from_numpy(others)]])
            said = [known.captions[row] for row in rows] + [say_scene(words, known.scenes[row], random) for row in others]
            shown = [(-1, -1, by_caption[known.captions[row]]) for row in rows] + [kinds[row] for row in others]
            yield pixels.to(machine.device).float() / 255, encode_all(tokenizer, said).to(machine.device), torch.tensor(shown)


def index_of(words: dict[str, dict[str, list[str]]], scene: Scene) -> tuple[int, int, int]:
    names = ((kind, getattr(scene, kind)) for kind in ("subject", "light", "manner"))
    subject, light, manner = (list(words[kind]).index(name) + 1 if name else 0 for kind, name in names)
    return subject, light, manner


def encode_all(tokenizer: Tokenizer, texts: list[str]) -> torch.Tensor:
    return torch.from_numpy(np.stack([tokenizer.encode(text) for text in texts]))
