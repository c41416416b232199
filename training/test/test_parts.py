"""Words that are read in parts, and words that only look as if they had some."""

from pathlib import Path

import numpy as np
import pytest

from training.data.parts import WHOLE, with_parts
from training.data.tokens import UNKNOWN, Tokenizer
from training.running.manifest import write_tokenizer

WORDS = "a d car snow storm sand castle rock apple mountain river"
PLAIN = Tokenizer(["<pad>", "<eos>", "<unk>", *WORDS.split()])


def named(*names: str) -> np.ndarray:
    """A table of names of one or two words."""
    rows = [[PLAIN.ids[word] for word in name.split()] for name in names]
    return np.array([row + [-1] * (2 - len(row)) for row in rows])


TOKENIZER = with_parts(PLAIN, [named("castle", "sand castle"), named("storm", "apple", "river")])


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("sandcastles", "sand castles"), ("snowstorm", "snow storm"), ("rocky", "rock <unk>"), ("riverside", "river <unk>"),
        ("mountainside", "mountain <unk>"), ("castle", "castle"),
    ],
)  # fmt: skip
def test_a_word_is_read_in_its_parts(word: str, parts: str) -> None:
    assert TOKENIZER.read(word) == [PLAIN.ids.get(part, UNKNOWN) for part in parts.split()]


@pytest.mark.parametrize("word", ["carnation", "castlerock", "dapple", "dapples", "xylophone"])
def test_a_word_is_unknown_as_a_whole_where_a_part_is_or_where_it_only_looks_so(word: str) -> None:
    assert TOKENIZER.read(word) == [UNKNOWN]


def test_parts_need_no_more_room_than_a_caption_has() -> None:
    assert TOKENIZER.encode("sandcastle " * 20).tolist() == [*[PLAIN.ids["sand"], PLAIN.ids["castle"]] * 7, PLAIN.ids["sand"], 1]


def test_parts_survive_a_tokenizer_file(tmp_path: Path) -> None:
    write_tokenizer(TOKENIZER, tmp_path / "tokenizer.json")
    loaded = Tokenizer.load(tmp_path / "tokenizer.json")
    assert (loaded.words, loaded.ids, loaded.parts, loaded.whole) == (TOKENIZER.words, TOKENIZER.ids, TOKENIZER.parts, TOKENIZER.whole)


def test_no_word_that_is_known_is_kept_whole_in_vain() -> None:
    assert list(WHOLE) == sorted(set(WHOLE))
    assert not with_parts(Tokenizer([*PLAIN.words, "dapple"]), [named("apple")]).whole & {"dapple"}
