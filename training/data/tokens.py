"""The tokenizer of the pocket models: lower-case words and single digits, fixed length.

ids: every match of [a-z]+|[0-9], at most 15, then 1 (end), then 0 (padding) up to 16; 2 stands for unknown words. The
vocabulary only grows by appending, so that weights of an earlier round keep their rows. A word that was never taught may stand for
one that was: aliases.json says for which (`universe`: galaxy), and the plural of a word that has none of its own is that word.
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
ALIASES: dict[str, str] = json.loads((Path(__file__).parent / "aliases.json").read_text())
WORD = re.compile(r"[a-z]+|[0-9]")


def find_words(text: str) -> list[str]:
    return WORD.findall(text.lower())


class Tokenizer:
    def __init__(self, words: list[str]) -> None:
        self.words = words
        own = {word: index for index, word in enumerate(words)}
        plurals = {plural(word): index for word, index in own.items() if len(word) > 2 and word.isalpha() and not word.endswith("s")}
        self.ids = plurals | {alias: own[word] for alias, word in ALIASES.items() if word in own} | own

    @classmethod
    def load(cls, path: Path) -> "Tokenizer":
        """From vocabulary.json (a list of words) or from tokenizer.json (a table of ids)."""
        content = json.loads(path.read_text())
        if isinstance(content, dict):
            first: dict[int, str] = {}  # a word stands before those that stand for it
            for word, index in content["model"]["vocab"].items():
                first.setdefault(index, word)
            content = [first[index] for index in sorted(first)]
        return cls(content)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self.words))

    def extended(self, words: Iterable[str]) -> "Tokenizer":
        """The same ids with new words appended in alphabetical order; what stands for a known word gets none of its own."""
        return Tokenizer(self.words + sorted(set(words) - set(self.ids)))

    def encode(self, text: str) -> np.ndarray:
        """int64 [16]."""
        ids = [self.ids.get(word, UNKNOWN) for word in find_words(text)][: CONTEXT - 1] + [END]
        return np.array(ids + [PADDING] * (CONTEXT - len(ids)), np.int64)

    def nearest_known(self, known: int, synonyms: Mapping[str, str] = MappingProxyType({})) -> list[int]:
        """For each appended word the id below `known` whose embedding it starts from: its singular, its article, the last word of
        what it is a synonym of, or unknown.
        """
        singulars = {plural(word): index for index, word in enumerate(self.words[:known])}
        alike = {word: self.ids.get(find_words(thing)[-1], UNKNOWN) for word, thing in synonyms.items()}
        starts = {word: index for word, index in alike.items() if index < known} | {"an": self.ids.get("a", UNKNOWN)}
        return [starts.get(word, singulars.get(word, UNKNOWN)) for word in self.words[known:]]
