"""Surroundings that a caption can name: a sky, a ground, and a few small sprites in fixed places.

Places are (concept, centre x, centre y, side), shares of the picture's side. `front` sprites cover the thing.
"""

from dataclasses import dataclass, field

Place = tuple[str, float, float, float]


@dataclass(frozen=True)
class Scene:
    top: tuple[int, int, int]
    bottom: tuple[int, int, int]
    ground: tuple[int, int, int] | None = None
    back: tuple[Place, ...] = ()
    front: tuple[Place, ...] = ()
    thing: tuple[float, float, float] = field(default=(0.5, 0.62, 0.66))  # centre x, centre y, side


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

# What can be worn: (words after "wearing", centre y on the wearer's box, side relative to the wearer).
WORN: dict[str, tuple[str, float, float]] = {
    "sunglasses": ("sunglasses", 0.47, 0.72),
    "glasses": ("glasses", 0.47, 0.72),
    "goggles": ("goggles", 0.45, 0.7),
    "crown": ("a crown", 0.02, 0.52),
    "top hat": ("a top hat", -0.02, 0.62),
    "womans hat": ("a hat", 0.0, 0.66),
    "graduation cap": ("a graduation cap", 0.04, 0.7),
    "billed cap": ("a cap", 0.06, 0.66),
    "military helmet": ("a helmet", 0.08, 0.74),
}
WEARERS = (
    "cat face", "dog face", "bear", "fox", "panda", "koala", "lion", "tiger face", "rabbit face", "mouse face", "hamster",
    "pig face", "frog", "monkey face", "wolf", "cow face", "polar bear", "raccoon", "grinning face", "slightly smiling face",
    "robot", "alien", "ghost", "jack o lantern", "skull", "clown face", "full moon face", "sun with face", "owl", "penguin",
    "snowman", "chicken", "hedgehog", "elephant",
)  # fmt: skip
