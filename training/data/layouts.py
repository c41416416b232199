"""Where things stand in a picture, on the 16 x 16 grid of codes.

Things come in three sizes and stand on whole cells, so that the codes of a thing drawn alone are, inside it, the codes of
the same thing in a composition.
"""

from dataclasses import dataclass

GRID = 16
SCALES = {"large": 14, "medium": 10, "small": 8}  # cells a side
SLOTS = 2  # things that a layout tells apart, in the order in which the words name them


@dataclass(frozen=True)
class Spot:
    slot: int
    scale: str
    top: int  # cells
    left: int

    @property
    def cells(self) -> int:
        return SCALES[self.scale]

    @property
    def place(self) -> tuple[float, float, float]:
        """Centre x, centre y and side in shares of the picture's side."""
        half = self.cells / 2
        return (self.left + half) / GRID, (self.top + half) / GRID, self.cells / GRID


def _small(slot: int, top: int, left: int) -> Spot:
    return Spot(slot, "small", top, left)


# Spots in the order in which they are drawn: a later one covers an earlier one.
LAYOUTS: dict[str, tuple[Spot, ...]] = {
    "none": (),
    "single": (Spot(0, "large", 1, 1),),
    "beside": (_small(0, 4, 0), _small(1, 4, 8)),
    "above": (_small(0, 0, 4), _small(1, 8, 4)),
    "below": (_small(0, 8, 4), _small(1, 0, 4)),
    "two": (_small(0, 4, 0), _small(0, 4, 8)),
    "three": (_small(0, 0, 4), _small(0, 8, 0), _small(0, 8, 8)),
    "four": (_small(0, 0, 0), _small(0, 0, 8), _small(0, 8, 0), _small(0, 8, 8)),
    "on the eyes": (Spot(0, "large", 1, 1), Spot(1, "medium", 3, 3)),
    "on the head": (Spot(0, "medium", 6, 3), _small(1, 1, 4)),
    "scene": (Spot(0, "medium", 5, 3),),
}
NAMES = tuple(LAYOUTS)
