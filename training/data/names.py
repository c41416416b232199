"""From an icon's file name to the words that a person would type, and how often it should be shown."""

import re
from collections.abc import Iterable
from functools import cache

# Thousands of near copies (people by trade and gesture, clocks, signs): kept, but seldom shown.
SELDOM = re.compile(
    r"^(?:man|woman|person|men|women|people|family|couple|kiss|boy|girl|older|police|guard|baby angel)\b|oclock|thirty|button|arrow|"
    r"square|circle|clock|japanese|symbol|sign\b|index pointing|\bid\b|tile|mahjong|cursor|file|abstract|meeple|"
    r"body part|dice|inverted|perspective|star of david|selector|variation"
)


def split_joined(name: str, lexicon: frozenset[str]) -> str:
    """`bouquetofflowers` as `bouquet of flowers`: the fewest words of the lexicon that cover it, or the name itself."""

    @cache
    def fewest(start: int) -> tuple[str, ...] | None:
        if start == len(name):
            return ()
        best: tuple[str, ...] | None = None
        for end in range(len(name), start + 1, -1):
            if name[start:end] not in lexicon:
                continue
            rest = fewest(end)
            if rest is not None and (best is None or len(rest) + 1 < len(best)):
                best = (name[start:end], *rest)
        return best

    return " ".join(fewest(0) or (name,))


def to_words(icon_set: str, name: str, lexicon: frozenset[str] = frozenset()) -> str:
    """The name in plain words: no counters, no style suffixes, joined names of fxemoji split."""
    if icon_set == "meteocons":
        name = re.sub(r"-(?:fill|alt)\b", "", name)
    name = re.sub(r"-\d+$", "", name)
    if icon_set == "fxemoji":
        name = split_joined(name, lexicon)
    words = re.findall(r"[a-z]+|[0-9]", name.lower())
    return " ".join(words)


def build_lexicon(names: Iterable[str]) -> frozenset[str]:
    """Every word of two letters or more in names that are properly hyphenated."""
    return frozenset(word for name in names for word in re.findall(r"[a-z]{2,}", name))


def base_of(concept: str) -> str:
    """`cat face` and `cat` are one thing when compositions are kept apart."""
    return concept.removesuffix(" face")


def frequency(concept: str, sets: set[str]) -> float:
    """Relative frequency of a concept: more where several artists drew it, little for near copies."""
    weight = len(sets - {"game-icons"}) ** 0.5 + (0.2 if "game-icons" in sets else 0.0)
    return weight * (0.12 if SELDOM.search(concept) else 1.0)


def article(noun: str) -> str:
    """`an` before a vowel, `a` otherwise, nothing before a plural or a number."""
    head = re.split(r" (?:with|of|in|on|and|for|without) ", noun)[0].split()
    first, last = head[0], head[-1]
    if (last.endswith("s") and not last.endswith("ss") and last not in {"cactus", "octopus", "bus", "walrus"}) or first.isdigit():
        return noun
    return f"{'an' if first[0] in 'aeiou' else 'a'} {noun}"


def plural(noun: str) -> str:
    """The regular English plural of the last word."""
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    if noun.endswith("s"):
        return noun if not noun.endswith(("ss", "us")) else noun + "es"
    return noun + ("es" if noun.endswith(("x", "ch", "sh")) else "s")
