"""One line of bench/train.ts in PyTorch eager mode: a training step for every line read.

python bench/pytorch/training_step.py --threads 2 --layout contiguous \
    '{"network": "vqgan", "mode": "eager", "config": …, "batch": 8, "side": 64}'
"""

import argparse
import contextlib
import json
from collections.abc import Callable

import torch
from gradients import LAYOUTS, answer_lines
from torch.nn import functional as F

from training import CodeTransformer, Discriminator, Vqgan, nats, vqgan_losses


def adam(module: torch.nn.Module) -> torch.optim.Optimizer:
    return torch.optim.AdamW(module.parameters(), 1e-5, betas=(0.5, 0.9), eps=1e-8, weight_decay=0.01)


def lowered(case: dict) -> contextlib.AbstractContextManager:
    """Convolutions and products in bfloat16 where the case asks for it."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=case["mode"] == "bf16")


def transformer_step(case: dict) -> Callable[[], None]:
    config, batch = case["config"], case["batch"]
    places = config["grid"][0] * config["grid"][1]
    model = CodeTransformer(config)
    if case["mode"] == "compile":
        model = torch.compile(model)
    optimiser = adam(model)
    given = {
        "ids": torch.randint(0, config["vocabulary"], (batch, config["context"])),
        "near": torch.randint(0, config["codes"] + 1, (batch, places, 3)),
        "targets": torch.randint(0, config["codes"], (batch * places,)),
    }

    def step() -> None:
        optimiser.zero_grad()
        with lowered(case):
            loss = nats(model, given)
        loss.backward()
        optimiser.step()

    return step


def vqgan_step(case: dict, layout: torch.memory_format) -> Callable[[], None]:
    model = Vqgan(case["config"]).to(memory_format=layout)
    if case["mode"] == "compile":
        model.encoder, model.decoder = torch.compile(model.encoder), torch.compile(model.decoder)
    shape = case.get("discriminator")
    judge = None if shape is None else Discriminator(**shape).to(memory_format=layout)
    picture = (torch.rand(case["batch"], 3, case["side"], case["side"]) * 2 - 1).contiguous(memory_format=layout)
    optimisers = [adam(model)] + ([] if judge is None else [adam(judge)])

    def step() -> None:
        for optimiser in optimisers:
            optimiser.zero_grad()
        with lowered(case):
            losses = vqgan_losses(model, judge, picture)
        losses["total"].backward()
        if judge is not None:
            optimisers[1].zero_grad()
            losses["discriminator"].backward()
        for optimiser in optimisers:
            optimiser.step()

    return step


def kernel_gradient(case: dict, layout: torch.memory_format) -> Callable[[], None]:
    batch, side, size, stride = (case[name] for name in ("batch", "side", "kernel", "stride"))
    pad = (size - 1) // 2
    x = torch.rand(batch, case["from"], side, side).contiguous(memory_format=layout)
    w = torch.rand(case["to"], case["from"], size, size).contiguous(memory_format=layout)
    g = torch.rand(F.conv2d(x, w, None, stride, pad).shape).contiguous(memory_format=layout)
    ones, none, wanted = [1, 1], [0, 0], [False, True, False]

    def step() -> None:
        for _ in range(case["times"]):
            torch.ops.aten.convolution_backward(g, x, w, None, [stride] * 2, [pad] * 2, ones, False, none, 1, wanted)

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
    layout = LAYOUTS[arguments.layout]
    if case["network"] == "kernel":
        answer_lines(kernel_gradient(case, layout), case["times"])
    else:
        answer_lines(transformer_step(case) if case["network"] == "transformer" else vqgan_step(case, layout))


if __name__ == "__main__":
    main()
