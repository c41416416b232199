"""One line of bench/gradients.ts in PyTorch eager mode, as often as asked.

    python bench/pytorch/gradients.py --threads 2 --layout contiguous '{"network": "decoder", "config": …, "input": […]}'

Prints a JSON line when ready; then one line of measurements for every line read, until the input ends. Weights are
random (time and memory do not depend on them) and take no gradient, as in painting.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable

import torch
from networks import ClipImage, VqganDecoder
from painting_step import PaintingStep

NETWORKS = {"decoder": VqganDecoder, "clip-image": ClipImage}
LAYOUTS = {"contiguous": torch.contiguous_format, "channels-last": torch.channels_last}
# ru_maxrss is in kilobytes on Linux, in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def forward_and_back(case: dict, layout: torch.memory_format) -> Callable[[], None]:
    """A network of the case, its output and the gradient of a random projection of it with respect to the input."""
    module = NETWORKS[case["network"]](case["config"]).requires_grad_(False).to(memory_format=layout)
    given = torch.randn(case["input"]).contiguous(memory_format=layout).requires_grad_()
    with torch.no_grad():
        cotangent = torch.randn(module(given).shape)
    return lambda: torch.autograd.grad(module(given), given, cotangent)


def answer_lines(run: Callable[[], None], times: int = 1) -> None:
    """Says that all is ready; then runs once for every line read, and prints the time of each of its parts and the most memory held."""
    print(json.dumps({"ready": torch.__version__}), flush=True)

    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        measured = {
            "ms": (time.perf_counter() - wall) * 1e3 / times,
            "cpuMs": (time.process_time() - cpu) * 1e3 / times,
            "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT,
        }
        print(json.dumps(measured), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--layout", choices=LAYOUTS, required=True)
    parser.add_argument("case", type=json.loads)
    arguments = parser.parse_args()
    case, layout = arguments.case, LAYOUTS[arguments.layout]

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    run = PaintingStep(case, layout).run if case["network"] == "step" else forward_and_back(case, layout)
    answer_lines(run)


if __name__ == "__main__":
    main()
