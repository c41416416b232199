"""The stream of training pictures with captions: recipes drawn at fixed rates, judge compositions left out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from training.data.compose import Composer, Recipe, say
from training.data.exemplars import STYLE_WORDS, choose_exemplars
from training.data.exemplars import STYLES as EXEMPLAR_STYLES
from training.data.names import base_of
from training.data.palette import NAMES
from training.data.scenes import SCENES, WEARERS, WORN
from training.data.sprites import Sprite, SpritePack

STYLES = {
    "noto": "noto", "noto-v1": "blob", "twemoji": "twemoji", "fluent-emoji": "3d", "fluent-emoji-flat": "fluent",
    "fxemoji": "firefox", "streamline-emojis": "streamline", "game-icons": "icon", "flat-color-icons": "flat", "flat-ui": "flat",
    "meteocons": "weather", "emojione": "emojione",
}  # fmt: skip
RELATIONS = ("and", "next to", "beside", "above", "below", "and", "next to")


@dataclass(frozen=True)
class Sample:
    picture: np.ndarray  # uint8 [128, 128, 3]
    caption: str
    recipe: Recipe


def load_judge_recipes(path: Path) -> list[tuple[str, Recipe]]:
    """The judge's prompts of drawings with the recipes behind them."""
    prompts = [p for p in json.loads(path.read_text())["prompts"] if "things" in p]
    beside = ("text", "group")
    return [(p["text"], Recipe(**{k: tuple(v) if k == "things" else v for k, v in p.items() if k not in beside})) for p in prompts]


def load_keywords(path: Path) -> dict[str, list[str]]:
    """Keywords of emojibase by concept."""
    rows = json.loads(path.read_text())
    return {" ".join(row["label"].lower().replace("-", " ").split()): row.get("tags", []) for row in rows}


class Sampler:
    """Draws samples without end. Recipes that share a signature with a judge prompt are drawn again."""

    kinds: ClassVar = {"single": 0.62, "pair": 0.13, "wearing": 0.08, "count": 0.05, "scene": 0.12}
    tinted: ClassVar = 0.08  # share of the coloured single things that are drawn in another colour

    def __init__(self, pack: SpritePack, judged: list[Recipe], keywords: dict[str, list[str]], seed: int) -> None:
        self.pack = pack
        self.random = np.random.default_rng(seed)
        self.forbidden = frozenset(s for recipe in judged for s in recipe.signatures())
        self.keywords = keywords
        self.concepts, self.shares = pack.frequencies()
        self.cumulative = np.cumsum(self.shares)
        emoji = [c for c in self.concepts if any(not s.mono for s in pack.training(c)) and len(c.split()) <= 3]
        self.wearers = [c for c in WEARERS if pack.training(c)]
        self.worn = [c for c in WORN if pack.training(c)]
        known = set(emoji)
        weights = np.array([self.shares[i] if c in known else 0 for i, c in enumerate(self.concepts)])
        self.emoji_cumulative = np.cumsum(weights / weights.sum())
        self.composer = Composer(pack, self.choose)

    def choose(self, concept: str, random: np.random.Generator) -> Sprite:
        """A training sprite of a concept, by the weights of the sets; coloured ones before silhouettes."""
        sprites = self.pack.training(concept)
        coloured = [s for s in sprites if not s.mono]
        sprites = coloured if coloured and random.random() < 0.93 else sprites
        weights = np.cumsum([self.pack.set_weight[s.icon_set] for s in sprites])
        return sprites[int(np.searchsorted(weights, random.random() * weights[-1]))]

    def _concept(self, emoji: bool = False) -> str:
        cumulative = self.emoji_cumulative if emoji else self.cumulative
        return self.concepts[min(int(np.searchsorted(cumulative, self.random.random())), len(self.concepts) - 1)]

    def draw(self) -> Recipe:
        """A recipe that no judge prompt shares a composition with."""
        while True:
            recipe = self._draw()
            if not recipe.signatures() & self.forbidden:
                return recipe

    def _draw(self) -> Recipe:
        random = self.random
        kind = str(random.choice(list(self.kinds), p=list(self.kinds.values())))
        pick = random.random()
        background = None if pick < 0.5 else str(random.choice(NAMES)) if pick < 0.83 else "gradient"
        if kind == "pair":
            return Recipe(kind, (self._concept(True), self._concept(True)), background, relation=str(random.choice(RELATIONS)))
        if kind == "wearing":
            return Recipe(kind, (str(random.choice(self.wearers)), str(random.choice(self.worn))), background)
        if kind == "count":
            return Recipe(kind, (self._concept(True),), background, count=int(random.choice((2, 3, 4), p=(0.45, 0.35, 0.2))))
        if kind == "scene":
            return Recipe(kind, (self._concept(True),), scene=str(random.choice(list(SCENES))))
        concept = self._concept()
        silhouette = all(s.mono for s in self.pack.training(concept))
        coloured = random.random() < (0.75 if silhouette else self.tinted)
        colours = [c for c in NAMES if c != (background or "white")]
        return Recipe(kind, (concept,), background, colour=str(random.choice(colours)) if coloured else None)

    def caption(self, recipe: Recipe, main: Sprite) -> str:
        """Words for a recipe: now and then bare, with a keyword, a style, or as 'a picture of …'."""
        random = self.random
        said = recipe
        if recipe.background in (None, "gradient") or random.random() < 0.15:
            said = Recipe(**{**recipe.__dict__, "background": None})
            if recipe.background is None and not recipe.scene and random.random() < 0.05:
                said = Recipe(**{**recipe.__dict__, "background": "white"})
        text = say(said, bare=random.random() < 0.2)
        if recipe.kind == "single" and random.random() < 0.12:
            tags = [t for t in self.keywords.get(base_of(recipe.things[0]), []) if t.isalpha()]
            text += f", {random.choice(tags)}" if tags else ""
        if random.random() < 0.12:
            text = f"a picture of {text}"
        return text + self._style_of(main)

    def _style_of(self, main: Sprite) -> str:
        return f", {STYLES[main.icon_set]} style" if self.random.random() < 0.15 else ""

    def __iter__(self) -> Iterator[Sample]:
        while True:
            recipe = self.draw()
            main = self.choose(recipe.things[0], self.random)
            if main.mono and recipe.colour is None and recipe.kind == "single" and recipe.background == "black":
                continue  # black on black
            yield Sample(self.composer.paint(recipe, self.random, main), self.caption(recipe, main), recipe)


class StyledSampler(Sampler):
    """Compositions on the grid of layouts.py, of exemplars alone, each in one style.

    The words always say which style, unless it is the first: words then leave little open, and the prior need not average
    over artists.
    """

    kinds: ClassVar = {"single": 0.46, "pair": 0.16, "wearing": 0.12, "count": 0.08, "scene": 0.18}
    tinted: ClassVar = 0.2
    style_shares = (0.5, 0.3, 0.2)

    def __init__(self, pack: SpritePack, judged: list[Recipe], keywords: dict[str, list[str]], seed: int) -> None:
        super().__init__(pack, judged, keywords, seed)
        self.exemplars = {e.concept: e for e in choose_exemplars(pack)}
        self.style = 0

    def choose(self, concept: str, random: np.random.Generator) -> Sprite:
        """The exemplar of a concept in the style of the sample."""
        return self.exemplars[concept].sprites[self.style]

    def _draw(self) -> Recipe:
        while True:
            recipe = super()._draw()
            if all(thing in self.exemplars for thing in recipe.things):
                return recipe

    def _style_of(self, main: Sprite) -> str:
        words = STYLE_WORDS[EXEMPLAR_STYLES[self.style]]
        return f", {words} style" if words else ""

    def __iter__(self) -> Iterator[Sample]:
        while True:
            self.style = int(self.random.choice(len(self.style_shares), p=self.style_shares))
            recipe = self.draw()
            main = self.choose(recipe.things[0], self.random)
            yield Sample(self.composer.paint(recipe, self.random, main, jitter=0), self.caption(recipe, main), recipe)
