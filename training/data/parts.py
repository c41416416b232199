"""Which words are read in parts: `snowstorm` as snow and storm, `rocky` as rock.

What may follow within a word are the last words of what the prior has drawings or scenes of, and some endings, which say nothing by
themselves. A word is read from the left, the longest known word first, so that the s of a storm goes to the snow; what is left of
it then counts as the storm. Words that only look as if they were made so (`dapple`: d, apple) are listed in whole.json; they were
found by reading a dictionary (SCOWL) this way.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from training.data.tokens import UNKNOWN, Tokenizer, find_words

SHORTEST = 4  # letters: shorter words end too many others
ENDINGS = frozenset(find_words("y like ish esque covered capped clad lit light side sides top tops scape scapes cape land lands ide ides"))
# Words that more often are the end of another than a part of one.
ENDS = frozenset(find_words(
    "king ring ling wing range rage dies ties ants arts aries ices mics nets hell dish rice dove ears lips trap train truck"
))  # fmt: skip
# The plural before them took their first letter.
CUT = {"torm": "storm", "torms": "storms", "tone": "stone", "hore": "shore", "tar": "star", "tars": "stars"}
WHOLE: tuple[str, ...] = tuple(json.loads((Path(__file__).parent / "whole.json").read_text()))


def with_parts(tokenizer: Tokenizer, names: Iterable[np.ndarray]) -> Tokenizer:
    """The same words, read in parts too; `names` are tables of ids [N, L], -1 beyond a name's end."""
    last = {int(row[row >= 0][-1]) for table in names for row in table if (row >= 0).any()}
    parts = {word: index for word, index in tokenizer.ids.items() if index in last and len(word) >= SHORTEST and word.isalpha()}
    parts = {word: index for word, index in parts.items() if word not in ENDS}
    cut = {left: tokenizer.ids[word] for left, word in CUT.items() if word in tokenizer.ids}
    return Tokenizer(tokenizer.words, dict.fromkeys(ENDINGS, UNKNOWN) | parts | cut, set(WHOLE) - set(tokenizer.ids))
