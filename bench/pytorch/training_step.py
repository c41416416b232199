"""One line of bench/train.ts in PyTorch eager mode: a training step for every line read.

python bench/pytorch/training_step.py --threads 2 --layout contiguous '{"network": "vqgan", "config": …, "batch": 8, "side": 64}'
"""

import argparse
import json
from collections.abc import Callable

import torch
from gradients import LAYOUTS, answer_lines

from training import CodeTransformer, Discriminator, Vqgan, nats, vqgan_losses


def adam(module: torch.nn.Module) -> torch.optim.Optimizer:
    return torch.optim.AdamW(module.parameters(), 1e-5, betas=(0.5, 0.9), eps=1e-8, weight_decay=0.01)


def transformer_step(case: dict) -> Callable[[], None]:
    config, batch = case["config"], case["batch"]
    places = config["grid"][0] * config["grid"][1]
    model = CodeTransformer(config)
    optimiser = adam(model)
    given = {
        "ids": torch.randint(0, config["vocabulary"], (batch, config["context"])),
        "near": torch.randint(0, config["codes"] + 1, (batch, places, 3)),
        "targets": torch.randint(0, config["codes"], (batch * places,)),
    }

    def step() -> None:
        optimiser.zero_grad()
        nats(model, given).backward()
        optimiser.step()

    return step


def vqgan_step(case: dict, layout: torch.memory_format) -> Callable[[], None]:
    model = Vqgan(case["config"]).to(memory_format=layout)
    shape = case.get("discriminator")
    judge = None if shape is None else Discriminator(**shape).to(memory_format=layout)
    picture = (torch.rand(case["batch"], 3, case["side"], case["side"]) * 2 - 1).contiguous(memory_format=layout)
    optimisers = [adam(model)] + ([] if judge is None else [adam(judge)])

    def step() -> None:
        for optimiser in optimisers:
            optimiser.zero_grad()
        losses = vqgan_losses(model, judge, picture)
        losses["total"].backward()
        if judge is not None:
            optimisers[1].zero_grad()
            losses["discriminator"].backward()
        for optimiser in optimisers:
            optimiser.step()

    return step


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--layout", choices=LAYOUTS, required=True)
    parser.add_argument("case", type=json.loads)
    arguments = parser.parse_args()
    case = arguments.case
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    step = transformer_step(case) if case["network"] == "transformer" else vqgan_step(case, LAYOUTS[arguments.layout])
    answer_lines(step)


if __name__ == "__main__":
    main()
