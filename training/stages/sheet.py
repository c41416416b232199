"""A contact sheet of samples of the prior (no guidance by CLIP): the judge's prompts, or one prompt a line of a file."""

import argparse
from pathlib import Path

import numpy as np
import torch

from training.models.load import load_prior_of, load_vqgan_of
from training.models.sampling import SamplingOptions
from training.models.torch_sampler import sample_prompts
from training.running.machine import find_machine
from training.running.sheets import to_bytes, write_sheet
from training.running.workplace import Workplace


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--prompts", type=Path, help="text file, one prompt a line; the judge's prompts unless given")
    parser.add_argument("--out", type=Path, help="PNG to write; WORK/sheet.png unless given")
    parser.add_argument("--guidance", type=float, default=SamplingOptions.guidance)
    parser.add_argument("--temperature", type=float, default=SamplingOptions.temperature)
    parser.add_argument("--top-k", type=int, default=SamplingOptions.top_k)


@torch.no_grad()
def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    listed = arguments.prompts.read_text().splitlines() if arguments.prompts else [text for text, _ in place.judged()]
    prompts = [line.strip() for line in listed if line.strip()]
    vqgan = load_vqgan_of(place, arguments.bootstrap).to(machine.device)
    prior = load_prior_of(place, arguments.bootstrap).to(machine.device)
    options = SamplingOptions(arguments.guidance, arguments.temperature, arguments.top_k)
    codes = sample_prompts(prior, place.tokenizer(), prompts, options, arguments.seed)
    indices = torch.from_numpy(codes).view(-1, 16, 16).to(machine.device)
    pictures = [to_bytes(picture) for picture in np.concatenate([vqgan.decode(i[None]).float().cpu().numpy() for i in indices])]
    write_sheet(arguments.out or arguments.work / "sheet.png", pictures, prompts)
