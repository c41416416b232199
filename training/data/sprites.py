"""The sprite pack in memory: pictures with alpha, names, and the split into training and held-out parts."""

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from training.data.names import base_of, build_lexicon, frequency, to_words

SIDE = 128
HELD_OUT_SHARE = 0.03


@dataclass(frozen=True)
class Sprite:
    row: int  # in the picture array
    icon_set: str
    concept: str
    mono: bool


def _hash_share(text: str) -> float:
    """A number in 0..1 that depends on the text alone, the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


class SpritePack:
    """Sprites as RGBA uint8 [N, 128, 128, 4] (memory-mapped), decoded from the WebP pack on first use.

    `kept` are concepts that must stay in training (the judge's), whatever their hash says.
    """

    def __init__(self, folder: Path, sources: Path, kept: frozenset[str] = frozenset()) -> None:
        rows = json.loads((folder / "sprites.json").read_text())
        sets = json.loads(sources.read_text())["sets"]
        self.set_weight = {entry["set"]: entry["weight"] for entry in sets}
        self.held_out_sets = {entry["set"] for entry in sets if entry.get("heldOut")}
        self.pictures = _decoded(folder, rows)
        lexicon = build_lexicon(row["name"] for row in rows if row["set"] != "fxemoji")
        self.sprites = [Sprite(i, r["set"], to_words(r["set"], r["name"], lexicon), r["mono"]) for i, r in enumerate(rows)]
        self.by_concept: dict[str, list[Sprite]] = {}
        for sprite in self.sprites:
            if sprite.concept and "skin tone" not in sprite.concept:
                self.by_concept.setdefault(sprite.concept, []).append(sprite)
        bases = {base_of(concept) for concept in kept}
        self.held_out_concepts = {c for c in self.by_concept if base_of(c) not in bases and _hash_share(c) < HELD_OUT_SHARE}

    def training(self, concept: str) -> list[Sprite]:
        """The sprites of a concept that training may see (none for a held-out concept)."""
        if concept in self.held_out_concepts:
            return []
        return [s for s in self.by_concept.get(concept, []) if self.set_weight[s.icon_set] > 0]

    def held_out(self, concept: str) -> list[Sprite]:
        """Sprites that training never sees: the held-out sets', and all of a held-out concept."""
        found = self.by_concept.get(concept, [])
        return found if concept in self.held_out_concepts else [s for s in found if s.icon_set in self.held_out_sets]

    def frequencies(self) -> tuple[list[str], np.ndarray]:
        """Training concepts with their probabilities, float64, summing to one."""
        concepts = [c for c in self.by_concept if self.training(c)]
        weights = np.array([frequency(c, {s.icon_set for s in self.training(c)}) for c in concepts])
        return concepts, weights / weights.sum()


def _decoded(folder: Path, rows: list[dict]) -> np.ndarray:
    cache = folder / "sprites.npy"
    blob = (folder / "sprites.bin").read_bytes()
    if not cache.exists():
        partial = cache.with_suffix(".partial.npy")
        shape = (len(rows), SIDE, SIDE, 4)
        pictures = np.lib.format.open_memmap(partial, "w+", np.uint8, shape)
        for index, row in enumerate(rows):
            encoded = blob[row["offset"] : row["offset"] + row["length"]]
            pictures[index] = np.asarray(Image.open(io.BytesIO(encoded)).convert("RGBA"))
        pictures.flush()
        partial.rename(cache)
    return np.load(cache, mmap_mode="r")
