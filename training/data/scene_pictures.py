"""The scenes that `npm run scenes` painted: pictures, captions, and what each shows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image


@dataclass(frozen=True)
class Scene:
    file: Path
    caption: str
    subject: str
    light: str | None  # none where the subject has its own
    manner: str | None  # none where it is as it was painted first

    def picture(self) -> np.ndarray:
        """uint8 [128, 128, 3]."""
        return np.asarray(Image.open(self.file).convert("RGB"))


def load_scenes(folder: Path) -> list[Scene]:
    """The rows of captions.jsonl, in order."""
    rows = [json.loads(line) for line in (folder / "captions.jsonl").read_text().splitlines()]
    return [Scene(folder / r["file"], r["caption"], r["subject"], r.get("light"), r.get("manner")) for r in rows]


def say_scene(words: dict[str, dict[str, list[str]]], scene: Scene, random: np.random.Generator) -> str:
    """Other words for the same scene: any name of its subject, its light, its manner."""
    subject = str(random.choice(words["subject"][scene.subject]))
    said = f"{subject} {random.choice(words['light'][scene.light])}" if scene.light else subject
    return f"{said}, {random.choice(words['manner'][scene.manner])}" if scene.manner else said


def load_words(folder: Path) -> dict[str, dict[str, list[str]]]:
    """What every subject, light and manner is called."""
    return json.loads((folder / "words.json").read_text())


def draw_scenes(scenes: list[Scene], seed: int) -> Iterator[tuple[np.ndarray, str]]:
    """Pictures and captions without end, every scene once before any comes again."""
    random = np.random.default_rng(seed)
    while True:
        for index in random.permutation(len(scenes)):
            yield scenes[index].picture(), scenes[index].caption
