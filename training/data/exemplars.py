"""The drawings that the prior may look at, and the words under which it finds them.

Retrieval as in semi-parametric synthesis (Blattmann et al. 2022), but by name: the longest run of words in a caption that
names a drawing wins. Only sets that do not want their author named beside every use are in it.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.data.names import SELDOM, plural
from training.data.scenes import WEARERS, WORN
from training.data.sprites import Sprite, SpritePack
from training.data.tokens import Tokenizer, find_words

STYLES = ("noto", "fluent-emoji-flat", "fluent-emoji")  # the first is drawn when the words name none
STYLE_WORDS = {"noto": "", "fluent-emoji-flat": "fluent", "fluent-emoji": "3d"}
LONGEST = 5  # words of a name
# Other words for a thing, each checked by eye: keywords of emoji say what one may think of too (honey at a bear, a war at a ninja).
SYNONYMS: dict[str, str] = json.loads((Path(__file__).parent / "synonyms.json").read_text())
# Compounds of which no drawing shows the head: better none than the modifier's.
NAMED_NOTHING = tuple((Path(__file__).parent / "named_nothing.txt").read_text().splitlines())
# Of the near copies (names.SELDOM) these are worth their two kilobytes; the rest would not fit into 40 MB.
KEPT = frozenset({
    "alarm clock", "mantelpiece clock", "baby angel", "boy", "girl", "man", "woman", "person", "family", "guard", "police car",
    "police officer", "stop sign", "japanese castle", "japanese dolls", "kiss mark", "file folder", "peace symbol", "atom symbol",
    "red circle", "blue circle", "green circle", "red square", "blue square", "man astronaut", "woman astronaut", "man mage",
    "woman fairy", "man detective", "woman dancing", "man dancing", "man superhero", "man zombie", "woman vampire", "woman artist",
})  # fmt: skip
# Faces that are called by whom they belong to; of the others the first word says how one feels, and names no thing.
HEADS = frozenset(f"{animal} face" for animal in ("cat", "clown", "cow", "dog", "dragon", "horse", "monkey", "pig", "rabbit", "tiger"))
LEFT_OUT = re.compile(r"\btone\b|^letter |^regional|flag|keycap")


@dataclass(frozen=True)
class Exemplar:
    concept: str
    sprites: tuple[Sprite, ...]  # one a style


@dataclass(frozen=True)
class Name:
    words: tuple[str, ...]
    exemplar: int  # as many as there are exemplars: none fits
    is_own: bool  # its own name rather than another word for it


def choose_exemplars(pack: SpritePack) -> list[Exemplar]:
    """Concepts that one of the styles draws, hold-outs left out; a style that lacks one shows another's."""
    found = []
    for concept in pack.by_concept:
        near_copy = SELDOM.search(concept) and concept not in KEPT
        if LEFT_OUT.search(concept) or near_copy or len(concept.split()) > LONGEST:
            continue
        by_set = {s.icon_set: s for s in reversed(pack.training(concept))}
        drawn = [by_set[style] for style in STYLES if style in by_set]
        if drawn:
            found.append(Exemplar(concept, tuple(by_set.get(style, drawn[0]) for style in STYLES)))
    return found


def find_names(exemplars: list[Exemplar]) -> list[Name]:
    """Every name of every exemplar: its own, its plural, what it is called as something worn or wearing, then other words for it.

    Each name belongs to one exemplar.
    """
    names: dict[tuple[str, ...], Name] = {}
    index_of = {e.concept: i for i, e in enumerate(exemplars)}

    def add(text: str, exemplar: int, is_own: bool) -> None:
        words = tuple(find_words(text))
        if 0 < len(words) <= LONGEST:
            names.setdefault(words, Name(words, exemplar, is_own))

    def add_both(text: str, exemplar: int, is_own: bool) -> None:
        add(text, exemplar, is_own)
        add(plural(text), exemplar, is_own)

    for index, exemplar in enumerate(exemplars):
        add_both(exemplar.concept, index, True)
    for concept in WEARERS:
        if concept in index_of:
            add(f"{concept.removesuffix(' face')} wearing", index_of[concept], True)
    for concept, worn in WORN.items():
        if concept in index_of:
            add(f"wearing {worn.words}", index_of[concept], True)
    for text in NAMED_NOTHING:
        add_both(text, len(exemplars), False)
    for index, exemplar in enumerate(exemplars):
        if exemplar.concept in HEADS:
            add_both(exemplar.concept.removesuffix(" face"), index, True)
    for word, concept in SYNONYMS.items():
        if concept in index_of:
            add_both(word, index_of[concept], False)
    return list(names.values())


def name_table(names: list[Name], tokenizer: Tokenizer) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Word ids int64 [R, 5] (-1 beyond a name's end), its rank int64 [R], its exemplar int64 [R].

    Longer names rank before shorter ones, own names before others of the same length. Names with a word that the
    vocabulary lacks are dropped, and of those that read the same to it all but the first.
    """
    by_ids: dict[tuple[int, ...], Name] = {}
    for name in names:
        if all(word in tokenizer.ids for word in name.words):
            by_ids.setdefault(tuple(tokenizer.ids[word] for word in name.words), name)
    kept = list(by_ids.values())
    words = np.full((len(kept), LONGEST), -1, np.int64)
    for row, ids in enumerate(by_ids):
        words[row, : len(ids)] = ids
    rank = np.array([2 * len(name.words) + name.is_own for name in kept], np.int64)
    return words, rank, np.array([name.exemplar for name in kept], np.int64)
