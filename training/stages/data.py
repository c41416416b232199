"""Renders the sprites, copies the keywords and fixes the vocabulary. Done once; a second run changes nothing.

`--icons` is the folder where `npm install` of training/package.json was run. `--bootstrap` (optional) is a folder with an
earlier vocabulary.json or tokenizer.json, whose ids are kept.
"""

import argparse
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from training.data.compose import COUNTS
from training.data.exemplars import NAMED_NOTHING, SYNONYMS
from training.data.names import plural
from training.data.palette import NAMES
from training.data.samples import RELATIONS, STYLES
from training.data.scene_bank import SAYINGS
from training.data.scenes import SCENES, WORN
from training.data.tokens import Tokenizer, find_words
from training.running.workplace import HOME, SOURCES, Workplace

TEMPLATE_WORDS = "a an the of on in with and picture background style wearing"
COMMON_TAG = 4  # keywords of fewer concepts are not worth a row of the embedding


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--icons", type=Path, default=HOME, help="where training/package.json was installed")


def run(arguments: argparse.Namespace) -> None:
    place = Workplace(arguments.work)
    arguments.work.mkdir(parents=True, exist_ok=True)
    modules = arguments.icons / "node_modules"
    if not (arguments.work / "sprites.json").exists():
        subprocess.run(["node", HOME / "data" / "render.mjs", SOURCES, modules, arguments.work], check=True)
    if not place.keywords.exists():
        shutil.copyfile(modules / "emojibase-data" / "en" / "data.json", place.keywords)
    if not place.vocabulary.exists():
        write_vocabulary(place, arguments.bootstrap)
    pack, words = place.pack(), len(place.tokenizer().words)
    place.log("data", sprites=len(pack.sprites), concepts=len(pack.by_concept), held_out=len(pack.held_out_concepts), words=words)


def scene_words(folder: Path) -> list[str]:
    """What subjects, lights and manners are called; nothing before any were painted."""
    path = folder / "words.json"
    return (
        [words for table in json.loads(path.read_text()).values() for named in table.values() for words in named] if path.exists() else []
    )


def write_vocabulary(place: Workplace, bootstrap: Path | None) -> None:
    """Every word that a caption can hold, after those of the earlier vocabulary."""
    names = ("vocabulary.json", "tokenizer.json")
    earlier = [bootstrap / name for name in names if bootstrap and (bootstrap / name).exists()]
    first = Tokenizer.load(earlier[0]) if earlier else Tokenizer(["<pad>", "<eos>", "<unk>"])
    pack = place.pack()
    texts = [TEMPLATE_WORDS, *NAMES, *RELATIONS, *STYLES.values(), *SCENES, *COUNTS.values(), *(worn.words for worn in WORN.values()),
             *SYNONYMS, *map(plural, SYNONYMS), *NAMED_NOTHING, *SAYINGS, *scene_words(place.scenes)]  # fmt: skip
    drawn = [concept for concept, sprites in pack.by_concept.items() if any(not s.mono for s in sprites)]
    counted = [plural(concept.split()[-1]) for concept in drawn]
    tags = Counter(tag for row in json.loads(place.keywords.read_text()) for tag in row.get("tags", []) if tag.isalpha())
    common = [tag for tag, count in tags.items() if count >= COMMON_TAG]
    words = {w for text in [*texts, *pack.by_concept, *counted, *common] for w in find_words(text) if len(w) < 16}
    first.extended({w for w in words if w.isascii()}).save(place.vocabulary)
