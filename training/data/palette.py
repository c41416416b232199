"""Named colours, backgrounds and recolouring. Pictures are float32 [H, W, 3] in 0..1."""

import numpy as np

COLOURS: dict[str, tuple[int, int, int]] = {
    "white": (255, 255, 255), "black": (20, 20, 22), "gray": (128, 130, 134), "red": (218, 40, 44), "orange": (245, 140, 30),
    "yellow": (250, 214, 50), "lime": (150, 220, 40), "green": (50, 160, 70), "teal": (20, 150, 150), "blue": (50, 110, 220),
    "navy": (20, 34, 90), "purple": (130, 60, 180), "pink": (245, 130, 180), "brown": (125, 80, 45), "gold": (222, 170, 40),
}  # fmt: skip
NAMES = tuple(COLOURS)


def sample_colour(name: str, random: np.random.Generator, spread: float = 0.06) -> np.ndarray:
    """The named colour, jittered, float32 [3] in 0..1; white stays white."""
    colour = np.array(COLOURS[name], np.float32) / 255
    if name == "white":
        return colour
    return np.clip(colour + random.normal(0, spread, 3), 0, 1).astype(np.float32)


def plain(colour: np.ndarray, side: int) -> np.ndarray:
    return np.broadcast_to(colour, (side, side, 3)).astype(np.float32).copy()


def gradient(first: np.ndarray, second: np.ndarray, side: int, angle: float) -> np.ndarray:
    """A linear gradient; angle in radians, 0 runs from left to right, pi/2 from top to bottom."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / (side - 1) - 0.5
    along = x * np.cos(angle) + y * np.sin(angle)
    share = np.clip((along / (abs(np.cos(angle)) + abs(np.sin(angle))) + 0.5), 0, 1)[..., None]
    return (first * (1 - share) + second * share).astype(np.float32)


def recolour(sprite: np.ndarray, colour: np.ndarray, mono: bool) -> np.ndarray:
    """An RGBA uint8 sprite in one colour: filled where it is a silhouette, by brightness where it has shading."""
    tinted = sprite.copy()
    if mono:
        tinted[..., :3] = np.round(colour * 255).astype(np.uint8)
        return tinted
    light = (sprite[..., :3].astype(np.float32) @ np.array([0.3, 0.59, 0.11], np.float32) / 255)[..., None]
    # below the middle towards black, above it towards white: shading survives, the hue is the asked one
    dark, bright = 2 * light * colour, colour + (2 * light - 1) * (1 - colour) * 0.8
    tinted[..., :3] = np.round(np.clip(np.where(light < 0.5, dark, bright), 0, 1) * 255).astype(np.uint8)
    return tinted
