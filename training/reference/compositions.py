"""Puts small networks together at random and holds Easel's gradients of them against PyTorch's, as zoo.py does.

    python -m training.reference.compositions [--count 100] [--seed 1] [--exporter both|old|new] [--log FILE]

Each is a chain of pieces with branches that are added, multiplied or joined, and takes a second. Network k of a seed is always
the same: `--only K` tries one again and prints it.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn

from training.reference.pieces import PICTURE, SEQUENCE, Piece, Shape
from training.reference.zoo import Result, attempt, summary, table
from training.reference.zoo_networks import Made, Network

MOST_ELEMENTS = 6000


class Branch(nn.Module):
    """A network beside its own input, joined again."""

    def __init__(self, inner: nn.Module, how: str) -> None:
        super().__init__()
        self.inner, self.how = inner, how

    def forward(self, x: Tensor) -> Tensor:
        y = self.inner(x)
        if self.how == "add":
            return x + y
        return x * torch.sigmoid(y) if self.how == "gate" else torch.cat([x, y], 1)

    def extra_repr(self) -> str:
        return self.how


def shape_of(module: nn.Module, shape: Shape) -> Shape | None:
    """What comes out of a module; nothing where it cannot take what goes in, or gives back too much or no numbers."""
    try:
        with torch.no_grad():
            y = module.eval()(torch.linspace(-1, 1, torch.Size(shape).numel()).reshape(shape))
    except (RuntimeError, ValueError, IndexError, TypeError):
        return None
    fits = y.dim() == len(shape) and 0 < y.numel() <= MOST_ELEMENTS and bool(torch.isfinite(y).all())
    return tuple(y.shape) if fits else None


def chain(r: Random, shape: Shape, length: int, pieces: list[Piece]) -> tuple[nn.Sequential, Shape]:
    layers: list[nn.Module] = []
    while len(layers) < length:
        if length > 2 and r.random() < 0.25:
            inner, end = chain(r, shape, r.randint(1, 2), pieces)
            how = r.choice(["add", "gate"]) if end == shape else "join"
            layer: nn.Module | None = Branch(inner, how)
        else:
            layer = r.choice(pieces)(r, shape)
        after = shape_of(layer, shape) if layer else None
        if layer and after:
            layers.append(layer)
            shape = after
    return nn.Sequential(*layers), shape


def composed(seed: int, index: int) -> Made:
    r = Random(f"{seed}/{index}")
    torch.manual_seed(r.randrange(2**31))
    shape, pieces = r.choice([((2, 4, 8, 6), PICTURE), ((2, 4, 8, 6), PICTURE), ((2, 5, 8), SEQUENCE)])
    network, _ = chain(r, shape, r.randint(3, 8), pieces)
    return network, (torch.randn(shape),)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the one network of this number, printed")
    parser.add_argument("--exporter", choices=["both", "old", "new"], default="both")
    parser.add_argument("--log", type=Path, help="keep results here, and try only what it has none of")
    options = parser.parse_args()
    torch.set_num_threads(1)
    known = {}
    if options.log and options.log.exists():
        known = {r["name"]: Result(**r) for r in map(json.loads, options.log.read_text().splitlines())}
    results = []
    for index in range(options.count) if options.only is None else [options.only]:
        if options.only is not None:
            print(composed(options.seed, index)[0])
        for exporter in ["old", "new"] if options.exporter == "both" else [options.exporter]:
            name = f"{options.seed}/{index} {exporter}"
            network = Network(name, lambda index=index: composed(options.seed, index))
            result = known.get(name) or attempt(network, exporter)
            if name not in known:
                print(f"{name}: {result.outcome} {result.ours:.1e} {result.theirs:.1e} {result.words}", flush=True)
                if options.log:
                    with options.log.open("a") as log:
                        log.write(json.dumps(asdict(result)) + "\n")
            results.append(result)
    odd = [result for result in results if result.outcome not in ("agrees", "not exported")]
    if odd:
        print(table(odd))
    print(summary(results))


if __name__ == "__main__":
    main()
