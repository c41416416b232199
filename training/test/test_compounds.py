"""The shipped planner's names: the head of a compound wins over what only says of which kind it is."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

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
    words = np.stack([column for column in columns if column.max() > 1000], 1)  # the others are ranks and lengths
    rank = next(column for column in columns if column.max() < 1000)
    exemplar = next(t for t in tables if t.shape == (len(words),) and t.max() > 1000)
    retrieval = Retrieval(drawings.reshape(-1, 3, 360), words, rank, exemplar, style_ids(tokenizer), Joints.of_words(tokenizer))
    return retrieval, tokenizer


def named(text: str) -> list[int]:
    """The drawings that the words name."""
    retrieval, tokenizer = shipped()
    (rows,) = retrieval.find(torch.from_numpy(tokenizer.encode(text)[None])).tolist()
    return [row for row in rows if row < len(retrieval.codes)]


def test_there_are_sixty_compounds() -> None:
    assert len(COMPOUNDS) >= 60


@pytest.mark.parametrize(("compound", "head"), COMPOUNDS.items())
def test_a_compound_is_what_its_head_says(compound: str, head: str | None) -> None:
    found = named(f"a {compound}")
    assert found == ([] if head is None else named(f"a {head}"))
    assert head is None or len(found) == 1
