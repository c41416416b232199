"""Brings weights home from a machine that hands back only small files.

`--out FOLDER` writes what later stages and the export need of each checkpoint, in half precision, cut into pieces of at most
15 MiB, and the logs. `--join FOLDER` puts such pieces together into WORK/STAGE.pt again. Optimisers stay behind: a joined
checkpoint can be exported, judged, encoded with, and trained on with fresh optimisers.
"""

import argparse
import io
from pathlib import Path

import torch

from training.running.workplace import Workplace, load_if_there

PIECE = 15 * 2**20
NEEDED = {
    "vqgan": ("model",),
    "clip": ("image", "text", "scale"),
    "prior": ("shape", "averaged", "step", "seen"),
    "judge": ("model",),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, help="folder to write pieces into")
    way.add_argument("--join", type=Path, help="folder with pieces to put together")
    parser.add_argument("--only", nargs="*", default=list(NEEDED), help="stages to take")


def halved(value: object) -> object:
    """Floats of tensors, however deep, in half precision."""
    if isinstance(value, dict):
        return {key: halved(item) for key, item in value.items()}
    return value.half() if isinstance(value, torch.Tensor) and value.is_floating_point() else value


def run(arguments: argparse.Namespace) -> None:
    place = Workplace(arguments.work)
    if arguments.join:
        for stage in arguments.only:
            pieces = sorted(arguments.join.glob(f"{stage}.pt.*"))
            if pieces:
                content = b"".join(piece.read_bytes() for piece in pieces)
                torch.load(io.BytesIO(content), weights_only=True)  # a piece that is missing shows here
                place.checkpoint(stage).write_bytes(content)
                print(f"{stage}.pt from {len(pieces)} pieces, {len(content) / 1e6:.1f} MB")
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    for stage in arguments.only:
        state = load_if_there(place.checkpoint(stage))
        if state is None:
            continue
        buffer = io.BytesIO()
        torch.save(halved({key: state[key] for key in NEEDED[stage]}), buffer)
        content = buffer.getvalue()
        for index, start in enumerate(range(0, len(content), PIECE)):
            (arguments.out / f"{stage}.pt.{index:02}").write_bytes(content[start : start + PIECE])
    logs = sorted(arguments.work.glob("*.log.jsonl"))
    (arguments.out / "logs.txt").write_text("".join(f"{log.name} {line}" for log in logs for line in log.open()))
