"""Surroundings that a caption can name: a sky, a ground, and a few small sprites in fixed places.

Places are (concept, centre x, centre y, side), shares of the picture's side. `front` sprites cover the thing.
"""

from dataclasses import dataclass

Place = tuple[str, float, float, float]


@dataclass(frozen=True)
class Scene:
    top: tuple[int, int, int]
    bottom: tuple[int, int, int]
    ground: tuple[int, int, int] | None = None
    back: tuple[Place, ...] = ()
    front: tuple[Place, ...] = ()


STORM, RAIN = "cloud with lightning and rain", "cloud with rain"
FLAKES = tuple(("snowflake", x, y, 0.14) for x, y in ((0.14, 0.16), (0.45, 0.1), (0.84, 0.2), (0.1, 0.55), (0.9, 0.6)))
STARS = tuple(("star", x, y, 0.1) for x, y in ((0.12, 0.14), (0.4, 0.08), (0.1, 0.5), (0.9, 0.55)))

WAVES = tuple(("water wave", x, y, 0.3) for x, y in ((0.16, 0.88), (0.5, 0.9), (0.84, 0.88)))

SCENES: dict[str, Scene] = {
    "in a storm": Scene((66, 74, 92), (108, 116, 134), (70, 82, 92), ((STORM, 0.22, 0.2, 0.42), (STORM, 0.78, 0.2, 0.42))),
    "in the rain": Scene((150, 166, 186), (186, 198, 210), None, ((RAIN, 0.25, 0.19, 0.4), (RAIN, 0.76, 0.17, 0.36))),
    "in the snow": Scene((176, 208, 236), (222, 236, 248), (248, 250, 255), FLAKES),
    "at night": Scene((14, 18, 52), (34, 46, 100), None, (("crescent moon", 0.82, 0.18, 0.24), *STARS)),
    "under the sun": Scene((120, 196, 246), (204, 234, 252), (120, 190, 84), (("sun", 0.82, 0.18, 0.28),)),
    "by the sea": Scene((150, 208, 246), (206, 234, 250), (40, 120, 196), (), WAVES),
    "in space": Scene((8, 8, 24), (24, 16, 52), None, (("ringed planet", 0.18, 0.22, 0.28), *STARS[1:])),
    "in the desert": Scene((140, 204, 240), (246, 226, 176), (232, 190, 120), (("cactus", 0.14, 0.66, 0.28), ("sun", 0.82, 0.16, 0.2))),
}  # fmt: skip
GROUND_FROM = 0.76


@dataclass(frozen=True)
class Worn:
    words: str  # after "wearing"
    on_head: bool  # on the eyes otherwise


WORN: dict[str, Worn] = {
    "sunglasses": Worn("sunglasses", False),
    "glasses": Worn("glasses", False),
    "goggles": Worn("goggles", False),
    "crown": Worn("a crown", True),
    "top hat": Worn("a top hat", True),
    "womans hat": Worn("a hat", True),
    "graduation cap": Worn("a graduation cap", True),
    "billed cap": Worn("a cap", True),
    "military helmet": Worn("a helmet", True),
}
WEARERS = (
    "cat face", "dog face", "bear", "fox", "panda", "koala", "lion", "tiger face", "rabbit face", "mouse face", "hamster",
    "pig face", "frog", "monkey face", "wolf", "cow face", "polar bear", "raccoon", "grinning face", "slightly smiling face",
    "robot", "alien", "ghost", "jack o lantern", "skull", "clown face", "full moon face", "sun with face", "owl", "penguin",
    "snowman", "chicken", "hedgehog", "elephant",
)  # fmt: skip
