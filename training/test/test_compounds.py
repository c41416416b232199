"""The shipped planner's names: the head of a compound wins over what only says of which kind it is."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

from training.data.exemplars import LONGEST
from training.data.tokens import Tokenizer
from training.models.bootstrap_prior import read_drawings
from training.models.retrieval import Joints, Retrieval, style_ids

POCKET = Path(__file__).parents[2] / "models" / "pocket"
COMPOUNDS: dict[str, str | None] = json.loads((Path(__file__).parent / "compounds.json").read_text())


@cache
def shipped() -> tuple[Retrieval, Tokenizer]:
    """What prior-plan.onnx looks drawings up with, put together from its tables."""
    tokenizer = Tokenizer.load(POCKET / "tokenizer.json")
    tables = [table for table in read_drawings(POCKET / "prior-plan.onnx").values() if table.dtype.kind == "i"]
    drawings = next(t for t in tables if t.ndim == 2 and t.shape[1] == 360)
    columns = [t[0, :, 0] for t in tables if t.ndim == 3 and t.shape[2] == 1]
    words = np.stack([column for column in columns if column.max() > 1000][:LONGEST], 1)  # they are looked through more than once
    rank = next(column for column in columns if LONGEST < column.max() < 1000)  # the others are lengths
    exemplar = next(t for t in tables if t.shape == (len(words),) and t.max() > 1000)
    retrieval = Retrieval(drawings.reshape(-1, 3, 360), words, rank, exemplar, style_ids(tokenizer), Joints.of_words(tokenizer))
    return retrieval, tokenizer


@cache
def all_named() -> dict[str, list[int]]:
    """The drawings that each text names; looked up some at a time, which is far cheaper than one by one."""
    retrieval, tokenizer = shipped()
    texts = sorted({f"a {text}" for pair in COMPOUNDS.items() for text in pair if text})
    found: list[list[int]] = []
    for ids in torch.from_numpy(np.stack([tokenizer.encode(text) for text in texts])).split(16):
        found += [[row for row in rows if row < len(retrieval.codes)] for rows in retrieval.find(ids).tolist()]
    return dict(zip(texts, found, strict=True))


def test_there_are_sixty_compounds() -> None:
    assert len(COMPOUNDS) >= 60


@pytest.mark.parametrize(("compound", "head"), COMPOUNDS.items())
def test_a_compound_is_what_its_head_says(compound: str, head: str | None) -> None:
    found = all_named()[f"a {compound}"]
    assert found == ([] if head is None else all_named()[f"a {head}"])
    assert head is None or len(found) == 1
