"""What the prior sees of the exemplars: which drawings a caption names, and their codes laid out on the grid.

Everything is plain tensor arithmetic on integer buffers, so that it is part of the exported planner: the engine gives it
token ids and knows of no memory.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training.data.exemplars import STYLE_WORDS, STYLES
from training.data.layouts import GRID, LAYOUTS, SCALES, SLOTS
from training.data.tokens import Tokenizer, find_words

EMPTY = 1024  # stands where no drawing is
BARE = 2048  # added to a code that shows only the white around a drawing
CELLS = sum(side * side for side in SCALES.values())
LAYERS = 2  # spots of a layout that may cover one another


def layout_table() -> np.ndarray:
    """int64 [layouts, 2, 256]: for each layer and position an index into the codes of both slots, then EMPTY's place.

    A slot's codes are CELLS numbers (large, medium, small in raster order); the slots lie one after the other.
    """
    starts = dict(zip(SCALES, np.cumsum([0, *(side * side for side in SCALES.values())]), strict=False))
    table = np.full((len(LAYOUTS), LAYERS, GRID, GRID), SLOTS * CELLS, np.int64)
    for row, spots in enumerate(LAYOUTS.values()):
        for spot in spots:
            cells = np.arange(spot.cells**2).reshape(spot.cells, spot.cells) + starts[spot.scale] + spot.slot * CELLS
            area = np.s_[spot.top : spot.top + spot.cells, spot.left : spot.left + spot.cells]
            below, above = table[row]
            covered = below[area] < SLOTS * CELLS
            above[area] = np.where(covered, cells, above[area])
            below[area] = np.where(covered, below[area], cells)
    return table.reshape(len(LAYOUTS), LAYERS, GRID * GRID)


@dataclass(frozen=True)
class Joints:
    """Ids of the words that join two names."""

    of: int
    wearing: int
    owner: int  # the s of `wizard's`

    @classmethod
    def of_words(cls, tokenizer: Tokenizer) -> "Joints":
        return cls(tokenizer.ids.get("of", -2), tokenizer.ids.get("wearing", -2), tokenizer.ids.get("s", -2))


class Retrieval(nn.Module):
    """Token ids int64 [B, 16] to the exemplars that they name and, with a layout, to codes on the grid.

    Its buffers are data, not weights: they come from exemplars.npz and are in no checkpoint.
    """

    def __init__(
        self, codes: np.ndarray, names: np.ndarray, rank: np.ndarray, exemplar: np.ndarray, style_ids: np.ndarray, joints: Joints
    ) -> None:
        super().__init__()
        # "cat wearing" and "wearing a hat" stand side by side, and neither is the other's kind
        joins = (names == joints.wearing).any(1)
        self.register_buffer("stands_alone", torch.from_numpy((~joins).astype(np.int8)), persistent=False)
        self.of, self.owner = joints.of, joints.owner
        for name, value in (("codes", codes.astype(np.int16)), ("names", names.astype(np.int16)), ("rank", rank), ("exemplar", exemplar)):
            self.register_buffer(name, torch.from_numpy(np.ascontiguousarray(value)), persistent=False)
        self.register_buffer("style_ids", torch.from_numpy(style_ids), persistent=False)
        self.register_buffer("layouts", torch.from_numpy(layout_table().astype(np.int16)), persistent=False)

    @classmethod
    def load(cls, path, tokenizer: Tokenizer) -> "Retrieval":
        with np.load(path) as saved:
            codes = mark_bare(saved["codes"], saved["white"]) if "white" in saved else saved["codes"]
            return cls(codes, saved["names"], saved["rank"], saved["exemplar"], style_ids(tokenizer), Joints.of_words(tokenizer))

    def find(self, ids: torch.Tensor) -> torch.Tensor:
        """Rows int64 [B, 2] of the exemplars named, in the order of the words; `len(codes)` where none is.

        The longest name wins; the second may not share a word with the first. A name that only says what kind another is
        of names nothing: in "fire truck" and in "slice of melon" it is the other that counts. Nor does an owner: a wizard's tower
        shows no wizard.
        """
        context = ids.shape[1]
        names = self.names.long()
        matched = match(names, ids)
        place = torch.arange(context, device=ids.device)
        words = (names >= 0).sum(1)
        heads = F.pad(
            (matched & (self.stands_alone.view(1, -1, 1) > 0)).any(1), (0, self.names.shape[1] + 2)
        )  # [B, 16 + 7]: a name begins here
        end = (place + words.unsqueeze(1)).unsqueeze(0).expand(len(ids), -1, -1).flatten(1)
        joint = F.pad(ids, (0, self.names.shape[1] + 2)).gather(1, end)
        joined = (joint == self.of) & (heads.gather(1, end + 1) | heads.gather(1, end + 2))
        followed = heads.gather(1, end) | joined | (joint == self.owner)
        modifies = followed.view(matched.shape) & (self.stands_alone.view(1, -1, 1) > 0)
        score = torch.where(matched & ~modifies, self.rank.view(1, -1, 1), -1) * context - place  # [B, R, 16]; below 0: no match
        first_name, first_place, first_score = _best(score)
        end = (first_place + words[first_name]).view(-1, 1, 1)
        # written so that nothing but small constants can be folded: a table [R, 16] would be half a megabyte
        overlaps = (place < end) & (words.view(1, -1, 1) > first_place.view(-1, 1, 1) - place)
        second_name, second_place, second_score = _best(torch.where(overlaps, -1, score))
        nothing = self.codes.shape[0]
        first = torch.where(first_score >= 0, self.exemplar[first_name], nothing)
        second = torch.where(second_score >= 0, self.exemplar[second_name], nothing)
        swapped = (second_score >= 0) & (second_place < first_place)
        return torch.stack([torch.where(swapped, second, first), torch.where(swapped, first, second)], 1)

    def longest(self, ids: torch.Tensor) -> torch.Tensor:
        """How many words the longest name has that each word belongs to, int64 [B, 16]; 0 for none."""
        names = self.names.long()
        words = (names >= 0).sum(1)
        begun = torch.where(match(names, ids), words.view(1, -1, 1), 0).amax(1)  # of the names that begin here
        context = ids.shape[1]
        reaching = [torch.where(F.pad(begun, (back, 0))[:, :context] > back, F.pad(begun, (back, 0))[:, :context], 0)
                    for back in range(names.shape[1])]  # fmt: skip
        return torch.stack(reaching).amax(0)

    def style(self, ids: torch.Tensor) -> torch.Tensor:
        """The style that the words ask for, int64 [B]: an index into STYLES."""
        asked = (ids.view(-1, 1, 1, ids.shape[1]) == self.style_ids.view(1, *self.style_ids.shape, 1)).long().sum(-1).clamp(max=1)
        whole = asked.sum(-1) == (self.style_ids != -1).sum(-1)  # every word of the style's name
        return torch.where(whole, torch.arange(len(self.style_ids), device=ids.device), 0).amax(1)

    def drawings(self, ids: torch.Tensor) -> torch.Tensor:
        """Codes int64 [B, 2 * CELLS + 1] of both slots; EMPTY where a slot is, and at the end."""
        rows, style = self.find(ids), self.style(ids)
        count, styles = self.codes.shape[:2]
        known = rows < count
        found = self.codes.flatten(0, 1)[rows.clamp(max=count - 1) * styles + style.unsqueeze(1)].long()
        slots = torch.where(known.unsqueeze(2), found, EMPTY).flatten(1)
        return torch.cat([slots, torch.full_like(slots[:, :1], EMPTY)], 1)

    def lay_out(self, drawings: torch.Tensor, layout: torch.Tensor) -> torch.Tensor:
        """Codes int64 [B, 2, 256] of `drawings` in a layout int64 [B], EMPTY where none is."""
        return self.place(drawings, layout) % BARE

    def place(self, drawings: torch.Tensor, layout: torch.Tensor) -> torch.Tensor:
        """The same with BARE added where a drawing leaves its ground free."""
        at = self.layouts[layout].long().flatten(1)
        return drawings.gather(1, at).view(-1, LAYERS, GRID * GRID)


def mark_bare(codes: np.ndarray, is_white: np.ndarray) -> np.ndarray:
    """The same codes, int16 [N, styles, 360], with BARE added to cells of the white around a drawing.

    Around it is what hangs together with the edge: the white of an eye or of a ghost belongs to the drawing. `is_white` bool
    [1024] are the codes that show white alone.
    """
    marked = codes.copy()
    start = 0
    for side in SCALES.values():
        cells = marked[:, :, start : start + side * side].reshape(*codes.shape[:2], side, side)
        white = is_white[cells]
        bare = white.copy()
        bare[..., 1:-1, 1:-1] = False
        while True:
            grown = bare.copy()
            grown[..., 1:, :] |= bare[..., :-1, :]
            grown[..., :-1, :] |= bare[..., 1:, :]
            grown[..., 1:] |= bare[..., :-1]
            grown[..., :-1] |= bare[..., 1:]
            grown &= white
            if (grown == bare).all():
                break
            bare = grown
        marked[:, :, start : start + side * side] = (cells + BARE * bare).reshape(*codes.shape[:2], -1)
        start += side * side
    return marked.astype(np.int16)


def match(names: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Where each of the names int64 [R, L] (-1 beyond its end) stands in ids int64 [B, 16], bool [B, R, 16]."""
    length, context = names.shape[1], ids.shape[1]
    padded = F.pad(ids, (0, length - 1))
    matched = torch.ones(1, dtype=torch.bool, device=ids.device)
    for offset in range(length):
        word = names[:, offset].view(1, -1, 1)
        matched = matched & ((word < 0) | (padded[:, offset : offset + context].unsqueeze(1) == word))
    return matched


def _best(score: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Name, place and score int64 [B] of the highest score of [B, R, 16]."""
    flat = score.flatten(1)
    index = flat.argmax(1)
    return index // score.shape[2], index % score.shape[2], flat.gather(1, index.unsqueeze(1)).squeeze(1)


def style_ids(tokenizer: Tokenizer) -> np.ndarray:
    """int64 [styles, 2]: the words by which a caption asks for each style, -1 beyond them; the first is asked for by none."""
    table = np.full((len(STYLES), 2), -1, np.int64)
    for row, style in enumerate(STYLES):
        words = find_words(STYLE_WORDS[style])
        table[row, : len(words)] = [tokenizer.ids.get(word, -2) for word in words]
    return table
