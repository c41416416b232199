"""The scenes that the prior may look up: what they are called, and which of them shows a subject in a light and a manner.

Three slots are read from the words, each on its own: a subject, a light, a manner. A subject that only says where another is (`in the
mountains`) gives way to it. A table says for every combination which
pictures come nearest, several where there are, so that seeds differ.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.data.names import plural
from training.data.scene_pictures import Scene
from training.data.scenes import SCENES
from training.data.tokens import Tokenizer, find_words

SLOTS = ("subject", "light", "manner")
VARIANTS = 3
LONGEST = 5
# What a manner or a light is shown on where the words name a thing but no place.
WITHOUT_PLACE = {"manner": "backdrop", "light": "hills"}
# What people also say: phrases that name a subject, a light and a manner, or some of them, at once. A `home` is a subject that
# every other one comes before: a calm lake is a lake, winter in a village a village.
SAYINGS: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "sayings.json").read_text())

# What a light is most like, where a scene was not painted in it.
NEAR_LIGHTS: dict[str, tuple[str, ...]] = {
    "dawn": ("sunset", "dusk", "noon"), "noon": ("dawn", "sunset"), "sunset": ("dawn", "dusk"), "dusk": ("sunset", "night", "dawn"),
    "night": ("dusk", "aurora", "storm", "sunset"), "storm": ("rain", "dusk", "night", "fog"), "rain": ("storm", "fog", "dusk"),
    "fog": ("rain", "snow", "dawn"), "snow": ("fog", "dawn"), "aurora": ("night", "dusk"),
}  # fmt: skip

# Where a thing is at home: shown there where the words ask for a light or a manner, but for no place.
HOMES: dict[str, list[str]] = json.loads((Path(__file__).parent / "homes.json").read_text())
HOME = len(SLOTS)  # a slot of its own

# A phrase that opens with one says where something is.
WHERE = frozenset(find_words("in on at by under over above below near beside behind across among along inside through"))

Words = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Phrases:
    words: np.ndarray  # int64 [P, 5], -1 beyond a phrase's end
    slot: np.ndarray  # int64 [P], a slot's place or HOME
    value: np.ndarray  # int64 [P]: 1 + its place among the slot's names; 0 stands for none
    alone: np.ndarray  # bool [P]: calls for a scene where no place is named
    where: np.ndarray  # bool [P]: gives way to a subject before it


def plain(text: str) -> tuple[str, ...]:
    """Without the article in front: `an oil painting` is found in `oil painting` too."""
    words = find_words(text)
    return tuple(words[1:] if len(words) > 1 and words[0] in ("a", "an", "the") else words)


def build_phrases(words: Words, tokenizer: Tokenizer) -> Phrases:
    """Lights that the compositions of drawings know (`in the snow`) call for no scene by themselves."""
    rows: dict[tuple[tuple[int, ...], int], tuple[int, bool, bool]] = {}
    composed = {plain(name) for name in SCENES}

    def add(text: str, kind: str, name: str, is_thing: bool = False) -> None:
        phrase = plain(text)
        names = words[SLOTS[0] if kind == "home" else kind]
        # a bank need not have painted everything
        if name in names and len(phrase) <= LONGEST and all(word in tokenizer.ids for word in phrase):
            alone = not is_thing and (kind != "light" or phrase not in composed)
            ids = tuple(tokenizer.ids[word] for word in phrase)
            where = kind == SLOTS[0] and phrase[0] in WHERE
            rows.setdefault((ids, HOME if kind == "home" else SLOTS.index(kind)), (1 + list(names).index(name), alone, where))

    for kind in SLOTS:
        for name, texts in words[kind].items():
            for text in texts:
                if "home" not in SAYINGS.get(" ".join(plain(text)), {}):
                    add(text, kind, name)
    for text, said in SAYINGS.items():  # after the captions' own words, for which a word in them may stand
        for kind, name in said.items():
            add(text, kind, name)
    for name, things in HOMES.items():
        for thing in things:
            add(thing, "home", name, is_thing=True)
            add(plural(thing), "home", name, is_thing=True)
    table = np.full((len(rows), LONGEST), -1, np.int64)
    for row, (phrase, _) in enumerate(rows):
        table[row, : len(phrase)] = phrase
    slot = [slot for _, slot in rows]
    value, alone, where = zip(*rows.values(), strict=True)
    return Phrases(table, np.array(slot), np.array(value), np.array(alone), np.array(where))


def nearest_scenes(scenes: list[Scene], words: Words) -> np.ndarray:
    """int64 [1 + subjects, 1 + lights, 1 + manners, VARIANTS]: rows of `scenes`, -1 for no subject.

    The manner asked for comes before the light asked for, and then a light like it; as it was painted first, where no manner is asked
    for. Where no light is, pictures of different ones come first.
    """
    names = [[None, *words[kind]] for kind in SLOTS]
    table = np.full((*(len(n) for n in names), VARIANTS), -1, np.int64)
    of_subject: dict[str, list[int]] = {}
    for row, scene in enumerate(scenes):
        of_subject.setdefault(scene.subject, []).append(row)
    for s, subject in enumerate(names[0]):
        known = of_subject.get(subject or "", [])
        for m, manner in enumerate(names[2]):
            shown = [row for row in known if scenes[row].manner == manner] or [row for row in known if scenes[row].manner is None]
            for li, light in enumerate(names[1]):
                near = (light, *NEAR_LIGHTS[light]) if light else ()
                lit = next((rows for name in near if (rows := [row for row in shown if scenes[row].light == name])), [])
                first = lit or spread(shown, scenes)
                table[s, li, m] = [first[v % len(first)] for v in range(VARIANTS)] if first else -1
    return table


def spread(rows: list[int], scenes: list[Scene]) -> list[int]:
    """One row of each light before any second one; bright lights before dark ones."""
    order = ("noon", "sunset", "dawn", None, "night", "fog", "snow", "dusk", "rain", "aurora", "storm")
    seen: dict[str | None, int] = {}
    keyed = []
    for row in rows:
        light = scenes[row].light
        keyed.append((seen.get(light, 0), order.index(light), row))
        seen[light] = seen.get(light, 0) + 1
    return [row for _, _, row in sorted(keyed)]
