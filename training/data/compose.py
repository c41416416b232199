"""Recipes of pictures, the pictures they give, and their captions.

A recipe says what is to be seen; `Composer.paint` turns it into pixels and `say` into words. Judge prompts are recipes
too, so the same code keeps their compositions out of training and paints the judge's held-out reference pictures.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from training.data.layouts import LAYOUTS
from training.data.names import article, base_of, plural
from training.data.palette import NAMES, gradient, plain, recolour, sample_colour
from training.data.scenes import GROUND_FROM, SCENES, WORN
from training.data.sprites import SIDE, Sprite, SpritePack

COUNTS = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True)
class Recipe:
    kind: str  # single | pair | wearing | count | scene
    things: tuple[str, ...]
    background: str | None = None
    colour: str | None = None
    relation: str | None = None
    scene: str | None = None
    count: int = 1

    @property
    def layout(self) -> str:
        """The name in LAYOUTS of where its things stand."""
        if self.kind == "count":
            return COUNTS[self.count]
        if self.kind == "pair":
            return self.relation if self.relation in LAYOUTS else "beside"
        if self.kind == "wearing":
            return "on the head" if WORN[self.things[1]].on_head else "on the eyes"
        return "scene" if self.scene else "single"

    def signatures(self) -> frozenset[tuple]:
        """What a composition consists of, however it is worded; two recipes that share one show the same composition."""
        bases = tuple(base_of(t) for t in self.things)
        found: set[tuple] = set()
        if self.kind in ("pair", "wearing"):
            found.add((self.kind, *sorted(bases)))
        if self.kind == "count":
            found.add((self.kind, bases[0], self.count))
        if self.scene:
            found.add(("scene", bases[0], self.scene))
        if self.background:
            found.add(("background", bases[0], self.background))
        if self.colour:
            found.add(("colour", bases[0], self.colour))
        return frozenset(found)


def say(recipe: Recipe, bare: bool = False) -> str:
    """The plain caption of a recipe; `bare` leaves the article out."""
    first = f"{recipe.colour} {recipe.things[0]}" if recipe.colour else recipe.things[0]
    named = (lambda noun: noun) if bare else article
    if recipe.kind == "count":
        text = f"{COUNTS[recipe.count]} {plural(first)}"
    elif recipe.kind == "pair":
        text = f"{named(first)} {recipe.relation} {named(recipe.things[1])}"
    elif recipe.kind == "wearing":
        text = f"{named(base_of(first))} wearing {WORN[recipe.things[1]].words}"
    else:
        text = named(first)
    if recipe.scene:
        text += f" {recipe.scene}"
    if recipe.background:
        text += f" on {article(recipe.background)} background"
    return text


class Composer:
    """Paints recipes with sprites that `choose` picks for a concept."""

    def __init__(self, pack: SpritePack, choose: Callable[[str, np.random.Generator], Sprite]) -> None:
        self.pack = pack
        self.choose = choose

    def paint(self, recipe: Recipe, random: np.random.Generator, main: Sprite | None = None, jitter: float = 1.0) -> np.ndarray:
        """The picture, uint8 [128, 128, 3]. `main` fixes the sprite of the first thing; `jitter` scales the random shifts."""
        canvas = self._background(recipe, random)
        scene = SCENES[recipe.scene] if recipe.scene else None
        for concept, *place in scene.back if scene else ():
            self._paste(canvas, self._sprite(concept, None, random), *place, random, jitter)
        sprites = [self._sprite(recipe.things[0], recipe.colour, random, main)]
        sprites += [self._sprite(thing, None, random) for thing in recipe.things[1:]]
        for spot in LAYOUTS[recipe.layout]:
            x, y, side = spot.place
            larger = 0.1 * jitter * (random.random() - 0.5) if recipe.layout == "single" else 0
            loose = 0.3 * jitter if recipe.kind == "wearing" else jitter
            self._paste(canvas, sprites[spot.slot], x, y, side + larger, random, loose)
        for concept, *place in scene.front if scene else ():
            self._paste(canvas, self._sprite(concept, None, random), *place, random, jitter)
        return np.round(canvas * 255).astype(np.uint8)

    def _background(self, recipe: Recipe, random: np.random.Generator) -> np.ndarray:
        if recipe.scene:
            scene = SCENES[recipe.scene]
            shade = random.normal(0, 0.03)
            top, bottom = (np.clip(np.array(c, np.float32) / 255 + shade, 0, 1) for c in (scene.top, scene.bottom))
            canvas = gradient(top, bottom, SIDE, np.pi / 2)
            if scene.ground:
                canvas[int(SIDE * GROUND_FROM) :] = np.clip(np.array(scene.ground, np.float32) / 255 + shade, 0, 1)
            return canvas
        if recipe.background == "gradient":
            first, second = (sample_colour(str(random.choice(NAMES)), random) for _ in range(2))
            return gradient(first * 0.5 + 0.5, second * 0.5 + 0.5, SIDE, random.random() * 2 * np.pi)
        return plain(sample_colour(recipe.background or "white", random), SIDE)

    def _sprite(self, concept: str, colour: str | None, random: np.random.Generator, fixed: Sprite | None = None) -> np.ndarray:
        sprite = fixed or self.choose(concept, random)
        picture = np.asarray(self.pack.pictures[sprite.row])
        if colour or sprite.mono:
            return recolour(picture, sample_colour(colour or "black", random), sprite.mono)
        return picture

    def _paste(
        self, canvas: np.ndarray, sprite: np.ndarray, x: float, y: float, side: float, random: np.random.Generator, jitter: float
    ) -> None:
        """Draws the sprite centred at (x, y), all in shares of the side."""
        pixels = max(8, round(side * SIDE))
        left = round((x + jitter * random.normal(0, 0.015)) * SIDE - pixels / 2)
        top = round((y + jitter * random.normal(0, 0.015)) * SIDE - pixels / 2)
        paste(canvas, sprite, left, top, pixels)


def paste(canvas: np.ndarray, sprite: np.ndarray, left: int, top: int, side: int) -> None:
    """Draws RGBA uint8 [H, W, 4] into float32 [S, S, 3] in 0..1, all in pixels; parts outside are cut off."""
    # resampled with premultiplied alpha, so that transparent pixels lend no colour to the edge
    scaled = np.asarray(Image.fromarray(sprite).convert("RGBa").resize((side, side), Image.Resampling.BILINEAR), np.float32) / 255
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + side, SIDE), min(top + side, SIDE)
    if x0 >= x1 or y0 >= y1:
        return
    part = scaled[y0 - top : y1 - top, x0 - left : x1 - left]
    canvas[y0:y1, x0:x1] = canvas[y0:y1, x0:x1] * (1 - part[..., 3:]) + part[..., :3]
