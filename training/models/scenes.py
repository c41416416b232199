"""Whole canvases that the prior looks up by what the words say of place, light and manner."""

from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.models.retrieval import match

NO_WORD = 2  # the id of an unknown word: what a word counts as once it is read
SUBJECT, LIGHT, MANNER, HOME = range(4)


class SceneBank(nn.Module):
    """Token ids int64 [B, 16] to a canvas of codes, and the words that are left for drawings. Buffers are data, not weights."""

    def __init__(self, bank: dict[str, np.ndarray]) -> None:
        super().__init__()
        kinds = {"codes": np.int16, "table": np.int16, "words": np.int16, "slot": np.int64, "value": np.int64, "alone": np.bool_,
                 "where": np.bool_}  # fmt: skip
        for name, kind in kinds.items():
            self.register_buffer(name, torch.from_numpy(np.ascontiguousarray(bank[name].astype(kind))), persistent=False)
        self.with_manner, self.with_light = (int(n) for n in bank["without_place"])

    @classmethod
    def load(cls, path: Path) -> "SceneBank":
        with np.load(path) as saved:
            return cls(dict(saved))

    def read(self, ids: torch.Tensor, named: torch.Tensor | None = None) -> tuple[torch.Tensor, ...]:
        """Values int64 [B, 3] of subject, light and manner (0: none), whether a scene is called for bool [B], and the ids without
        the words of place and manner, and without those of light either.

        `named` int64 [B, 16] is how many words the longest name of a thing has that each word belongs to: what is part of a longer
        name (a sea lion) is no place.
        """
        context = ids.shape[1]
        words = self.words.long()
        matched = match(words, ids)
        length = (words >= 0).sum(1)
        place = torch.arange(context, device=ids.device)
        if named is not None:
            is_place = (self.slot == SUBJECT) | ((self.slot == HOME) & self.alone)
            matched = matched & (~is_place.view(1, -1, 1) | (length.view(1, -1, 1) >= named.unsqueeze(1)))
        # a place says where another is that stands before it; a backdrop is none
        names_one = (self.slot == SUBJECT) & ~self.where & (self.value != self.with_manner)
        begun = (matched & names_one.view(1, -1, 1)).any(1).long()
        gives_way = self.where.view(1, -1, 1) & (begun.cumsum(1) > begun).unsqueeze(1)
        score = torch.where(matched & ~gives_way, length.view(1, -1, 1) * context - place, -1)
        values, spans, calls = [], [], []
        for slot in (SUBJECT, LIGHT, MANNER):
            flat = torch.where((self.slot == slot).view(1, -1, 1), score, -1).flatten(1)
            best = flat.argmax(1)
            found = flat.gather(1, best.unsqueeze(1)).squeeze(1) >= 0
            phrase = best // context
            values.append(torch.where(found, self.value[phrase], 0))
            # whatever else says a place, a light or a manner names no thing
            of_slot = matched & (self.slot == slot).view(1, -1, 1)
            inside = torch.stack([(of_slot & (length > back).view(1, -1, 1)).any(1).roll(back, 1) & (place >= back)
                                  for back in range(words.shape[1])]).any(0)  # fmt: skip
            spans.append(inside & found.unsqueeze(1))
            calls.append(found & self.alone[phrase])
        homes = torch.where((self.slot == HOME).view(1, -1, 1), score, -1).flatten(1)
        at_home, phrase = homes.amax(1) >= 0, homes.argmax(1) // context
        home = torch.where(at_home, self.value[phrase], 0)
        subject, light, manner = values
        default = torch.where(calls[LIGHT], self.with_light, self.with_manner)
        wanted = calls[SUBJECT] | calls[LIGHT] | calls[MANNER] | (at_home & (self.alone[phrase] | (light > 0)))
        subject = torch.where(subject > 0, subject, home)
        # a light that only colours drawings still lights a scene that is called for
        subject = torch.where(subject > 0, subject, torch.where(wanted & (light > 0), self.with_light, torch.where(wanted, default, 0)))
        read = spans[SUBJECT] | spans[MANNER]
        left = torch.where(read, NO_WORD, ids)
        return torch.stack([subject, light, manner], 1), wanted, left, torch.where(spans[LIGHT], NO_WORD, left)

    def with_landscape(self, values: torch.Tensor, bare: torch.Tensor) -> torch.Tensor:
        """The same values with a landscape where `bare` bool [B] and the words name no place."""
        subject = values[:, SUBJECT]
        placeless = (subject == 0) | (subject == self.with_manner)
        return torch.cat([torch.where(bare & placeless, self.with_light, subject).unsqueeze(1), values[:, LIGHT:]], 1)

    def canvas(self, values: torch.Tensor, variant: torch.Tensor) -> torch.Tensor:
        """Codes int64 [B, 256] of the nearest picture; `variant` int64 [B] chooses among several."""
        rows = self.table[values[:, SUBJECT], values[:, LIGHT], values[:, MANNER], variant % self.table.shape[3]]
        return self.codes[rows.long().clamp(min=0)].long()
