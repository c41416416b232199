"""A work folder with a handful of drawn sprites, so that every stage can run in seconds without a package installed."""

import io
import json
import sys
from argparse import Namespace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from training.__main__ import build_parser
from training.data.samples import load_judge_recipes
from training.data.scenes import SCENES, WEARERS, WORN
from training.running.workplace import PROMPTS, Workplace
from training.stages.data import write_vocabulary

SETS = ("noto", "twemoji", "emojione", "game-icons")


def draw_sprite(index: int) -> bytes:
    """A coloured disc or square with a mark that depends on the index."""
    picture = Image.new("RGBA", (128, 128))
    draw = ImageDraw.Draw(picture)
    colour = ((index * 67) % 256, (index * 131) % 256, (index * 29) % 256, 255)
    (draw.ellipse if index % 2 else draw.rectangle)((16, 16, 112, 112), fill=colour)
    draw.rectangle((40 + index % 30, 40, 60 + index % 30, 80), fill=(255, 255, 255, 255))
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP")
    return buffer.getvalue()


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    concepts = {c for _, recipe in load_judge_recipes(PROMPTS) for c in recipe.things} | set(WEARERS[:4]) | set(WORN)
    concepts |= {place[0] for scene in SCENES.values() for place in (*scene.back, *scene.front)}
    concepts |= {
        f"{first} {second}" for first in ("lamp", "kite", "drum", "vase") for second in ("one", "two", "oak", "ash", "elm", "fir", "yew")
    }
    rows, blob = [], b""
    for index, concept in enumerate(sorted(concepts)):
        for icon_set in SETS:
            encoded = draw_sprite(index)
            row = {
                "set": icon_set,
                "name": concept.replace(" ", "-"),
                "mono": icon_set == "game-icons",
                "offset": len(blob),
                "length": len(encoded),
            }
            rows.append(row)
            blob += encoded
    (folder / "sprites.bin").write_bytes(blob)
    (folder / "sprites.json").write_text(json.dumps(rows))
    (folder / "keywords.json").write_text(json.dumps([{"label": "rocket", "tags": ["space", "launch"]}]))
    write_vocabulary(Workplace(folder), None)
    return folder


@pytest.fixture
def options(work: Path, monkeypatch: pytest.MonkeyPatch):
    """Arguments of a stage as the command line would give them, for a run of a few steps."""

    def parse(stage: str, *extra: str) -> Namespace:
        monkeypatch.setattr(sys, "argv", ["training", stage, "--work", str(work), "--device", "cpu", "--minutes", "0.01", *extra])
        return build_parser(stage).parse_args()

    return parse
