"""python -m training STAGE: one command a stage, each resumable and bounded in time."""

import argparse
import importlib
import sys
from pathlib import Path

STAGES = ("data", "vqgan", "exemplars", "bank", "codes", "prior", "clip", "text", "judge", "sheet", "export", "pieces")


def build_parser(stage: str | None) -> argparse.ArgumentParser:
    """The options every stage knows, and those of one stage."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--work", type=Path, required=True, help="folder for pictures, checkpoints and logs")
    parser.add_argument("--bootstrap", type=Path, help="folder with the ONNX files of an earlier round to continue from")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--threads", type=int, help="CPU threads, 1 unless said")
    parser.add_argument("--minutes", type=float, default=9.0, help="working time of this run; it resumes where it stopped")
    parser.add_argument("--seed", type=int, default=1)
    if stage in STAGES:
        importlib.import_module(f"training.stages.{stage}").add_options(parser)
    return parser


def main() -> None:
    stage = sys.argv[1] if len(sys.argv) > 1 else None
    arguments = build_parser(stage).parse_args()
    importlib.import_module(f"training.stages.{arguments.stage}").run(arguments)


if __name__ == "__main__":
    main()
