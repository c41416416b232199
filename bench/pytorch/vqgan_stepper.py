"""The steps of a VQGAN in PyTorch for bench/likeness.ts, which does everything else: pictures, rates, codebook, measures.

Reads a JSON line that says what is trained, then one a step, {"rate": …}, with the picture batch and the codebook in the file
`given`; writes the cells that were quantised into the file `cells`. {"settle": true} writes weights and their running mean.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator

import numpy as np
import torch
from torch.nn import functional as F

from training import Vqgan


def tell(**answer: object) -> None:
    print(json.dumps(answer), flush=True)


def read_flat(path: str) -> torch.Tensor:
    return torch.from_numpy(np.fromfile(path, np.float32))


class Learner:
    """A VQGAN whose codes are set from outside, its optimiser, and the running mean of its weights."""

    def __init__(self, asked: dict, layout: torch.memory_format) -> None:
        self.asked = asked
        self.model = Vqgan(asked["config"])
        parameters = dict(self.model.named_parameters())
        self.ordered = [parameters[name] for name in asked["names"]]
        start = read_flat(asked["weights"]).split([value.numel() for value in self.ordered])
        with torch.no_grad():
            for value, given in zip(self.ordered, start, strict=True):
                value.copy_(given.reshape(value.shape))
        self.model.to(memory_format=layout)
        self.layout = layout
        self.codes = self.model.quantize.embedding.weight.requires_grad_(False)
        self.moved = [value for value in self.ordered if value is not self.codes]
        adam = asked["adam"]
        self.optimiser = torch.optim.AdamW(
            self.moved, 1e-3, betas=(adam["beta1"], adam["beta2"]), eps=adam["epsilon"], weight_decay=adam["decay"]
        )
        self.average = [value.detach().clone() for value in self.ordered]
        self.count = 0

    def step(self, rate: float) -> dict:
        asked = self.asked
        pictures, codes = read_flat(asked["given"]).split([int(np.prod(asked["shape"])), self.codes.numel()])
        began = time.process_time()
        self.codes.copy_(codes.reshape(self.codes.shape))
        picture = pictures.reshape(asked["shape"]).contiguous(memory_format=self.layout)
        self.optimiser.zero_grad()
        copy, z, zq, indices = self.model(picture)
        l1 = (copy - picture).abs().mean()
        (l1 + asked["commitment"] * F.mse_loss(z, zq.detach())).backward()
        norm = torch.nn.utils.clip_grad_norm_(self.moved, asked["longest"])
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.step()
        self.count += 1
        kept = min(asked["decay"], (1 + self.count) / (10 + self.count))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.ordered, 1 - kept)
            cells = z.detach().permute(0, 2, 3, 1).contiguous()
        seconds = time.process_time() - began
        cells.numpy().tofile(asked["cells"])
        return {"l1": l1.item(), "norm": norm.item(), "indices": indices.tolist(), "seconds": seconds}

    def settle(self) -> None:
        for name, values in (("weights", self.ordered), ("average", self.average)):
            torch.cat([value.detach().flatten() for value in values]).numpy().tofile(self.asked[name])


def requests() -> Iterator[dict]:
    for line in sys.stdin:
        yield json.loads(line)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--layout", choices=("contiguous", "channels-last"), default="contiguous")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    given = requests()
    layout = torch.channels_last if arguments.layout == "channels-last" else torch.contiguous_format
    learner = Learner(next(given), layout)
    tell(ready=torch.__version__)
    for request in given:
        if request.get("settle"):
            learner.settle()
            tell(settled=True)
        else:
            tell(**learner.step(request["rate"]))


if __name__ == "__main__":
    main()
