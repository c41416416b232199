"""python -m training STAGE: one command a stage, each resumable and bounded in time."""

import argparse
import importlib
from pathlib import Path

STAGES = ("data", "codes", "vqgan", "prior", "clip", "judge", "sheet", "export")


def main() -> None:
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--work", type=Path, required=True, help="folder for pictures, checkpoints and logs")
    parser.add_argument("--icons", type=Path, default=Path("training"), help="where training/package.json was installed")
    parser.add_argument("--bootstrap", type=Path, help="folder with the ONNX files of an earlier round to continue from")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--threads", type=int, help="CPU threads, 1 unless said")
    parser.add_argument("--minutes", type=float, default=9.0, help="working time of this run; it resumes where it stopped")
    parser.add_argument("--seed", type=int, default=1)
    first, _ = parser.parse_known_args()
    stage = importlib.import_module(f"training.stages.{first.stage}")
    if hasattr(stage, "add_options"):
        stage.add_options(parser)
    stage.run(parser.parse_args())


if __name__ == "__main__":
    main()
