"""The tokenizer of the pocket models: lower-case words and single digits, fixed length.

ids: every match of [a-z]+|[0-9], at most 15, then 1 (end), then 0 (padding) up to 16; 2 stands for unknown words. The
vocabulary only grows by appending, so that weights of an earlier round keep their rows. A word that was never taught may stand for
one that was: aliases.json says for which (`universe`: galaxy), and the plural of a word that has none of its own is that word. A
word that is made of such words is read as these (`snowstorm`: snow, storm), where the tokenizer has parts (data/parts.py).
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from training.data.names import plural
from training.models.clip import CONTEXT

PADDING, END, UNKNOWN = 0, 1, 2
PART = "##"  # before what follows within a word, as WordPiece writes it
ALIASES: dict[str, str] = json.loads((Path(__file__).parent / "aliases.json").read_text())
WORD = re.compile(r"[a-z]+|[0-9]")


def find_words(text: str) -> list[str]:
    return WORD.findall(text.lower())


class Tokenizer:
    def __init__(self, words: list[str], parts: Mapping[str, int] = MappingProxyType({}), whole: Iterable[str] = ()) -> None:
        """`parts` are ids of what may follow within a word, `whole` unknown words that only look as if they had parts."""
        self.words, self.parts, self.whole = words, dict(parts), frozenset(whole)
        own = {word: index for index, word in enumerate(words)}
        plurals = {plural(word): index for word, index in own.items() if len(word) > 2 and word.isalpha() and not word.endswith("s")}
        self.ids = plurals | {alias: own[word] for alias, word in ALIASES.items() if word in own} | own

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        """From vocabulary.json (a list of words) or from tokenizer.json (a table of ids)."""
        content = json.loads(path.read_text())
        if isinstance(content, list):
            return cls(content)
        first: dict[int, str] = {}  # a word stands before those that stand for it
        parts, whole = {}, []
        for word, index in content["model"]["vocab"].items():
            if word.startswith(PART):
                parts[word.removeprefix(PART)] = index
            elif first.setdefault(index, word) != word and index == UNKNOWN:
                whole.append(word)
        return cls([first[index] for index in sorted(first)], parts, whole)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self.words))

    def extended(self, words: Iterable[str]) -> "Tokenizer":
        """The same ids with new words appended in alphabetical order; what stands for a known word gets none of its own."""
        return Tokenizer(self.words + sorted(set(words) - set(self.ids)))

    def read(self, word: str) -> list[int]:
        """The ids of a word: its own, or those of its parts, the longest first."""
        if word in self.ids:
            return [self.ids[word]]
        found: list[int] = []
        start = 0 if self.parts and word not in self.whole else len(word)
        while start < len(word):
            table = self.parts if start else self.ids
            end = next((end for end in range(len(word), start, -1) if word[start:end] in table), None)
            if end is None:
                return [UNKNOWN]
            found.append(table[word[start:end]])
            start = end
        return found or [UNKNOWN]

    def encode(self, text: str) -> np.ndarray:
        """int64 [16]."""
        ids = [index for word in find_words(text) for index in self.read(word)][: CONTEXT - 1] + [END]
        return np.array(ids + [PADDING] * (CONTEXT - len(ids)), np.int64)

    def nearest_known(self, known: int, synonyms: Mapping[str, str] = MappingProxyType({})) -> list[int]:
        """For each appended word the id below `known` whose embedding it starts from: its singular, its article, the last word of
        what it is a synonym of, or unknown.
        """
        singulars = {plural(word): index for index, word in enumerate(self.words[:known])}
        alike = {word: self.ids.get(find_words(thing)[-1], UNKNOWN) for word, thing in synonyms.items()}
        starts = {word: index for word, index in alike.items() if index < known} | {"an": self.ids.get("a", UNKNOWN)}
        return [starts.get(word, singulars.get(word, UNKNOWN)) for word in self.words[known:]]
