"""Encodes training pictures with the VQGAN once, so that the prior trains on indices.

Writes shards codes/NAME-00000.npz {codes uint16 [N, 256], ids uint16 [N, 16]}: `train`, and two held-out sets: `concept`
(concepts that no training picture shows) and `set` (an icon set that training leaves out). Resumes at the next shard.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from training.data.compose import Composer, Recipe, say
from training.data.samples import Sample
from training.data.sprites import Sprite, SpritePack
from training.models.load import load_vqgan_of
from training.running.machine import ActiveClock, find_machine
from training.running.workplace import Workplace

SHARD = 1024
BATCH = 32


def held_out_samples(pack: SpritePack, which: str, seed: int) -> Iterator[Sample]:
    """Plain single pictures on white of held-out sprites, in random order, each once."""
    random = np.random.default_rng(seed)
    concepts = sorted(pack.held_out_concepts if which == "concept" else set(pack.by_concept) - pack.held_out_concepts)
    sprites = [s for c in concepts for s in pack.held_out(c)]
    random.shuffle(sprites)

    def refuse(concept: str, _: np.random.Generator) -> Sprite:
        raise LookupError(f"A held-out picture shows one sprite, not {concept}.")

    composer = Composer(pack, refuse)
    for sprite in sprites:
        recipe = Recipe("single", (sprite.concept,))
        yield Sample(composer.paint(recipe, random, sprite, jitter=0), say(recipe), recipe)


def pictures_to_tensor(pictures: list[np.ndarray], device: torch.device) -> torch.Tensor:
    """uint8 [128, 128, 3] each to float [B, 3, 128, 128] in -1..1, channels last."""
    stacked = torch.from_numpy(np.stack(pictures)).to(device).permute(0, 3, 1, 2)
    return (stacked.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shards", type=int, default=64, help="training shards of 1024 pictures to end up with")


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    folder = arguments.work / "codes"
    folder.mkdir(exist_ok=True)
    vqgan = load_vqgan_of(place, arguments.bootstrap).to(machine.device, memory_format=torch.channels_last)
    tokenizer, pack = place.tokenizer(), place.pack()
    clock = ActiveClock(arguments.minutes)

    def write(path: Path, samples: Iterator[Sample], count: int) -> int:
        codes, ids = [], []
        while len(codes) * BATCH < count:
            batch = [s for s, _ in zip(samples, range(BATCH), strict=False)]
            if not batch:
                break
            with torch.no_grad(), machine.half():
                indices = vqgan.encode(pictures_to_tensor([s.picture for s in batch], machine.device))
            codes.append(indices.flatten(1).cpu().numpy().astype(np.uint16))
            ids.append(np.stack([tokenizer.encode(s.caption) for s in batch]).astype(np.uint16))
        if codes:
            np.savez(path, codes=np.concatenate(codes), ids=np.concatenate(ids))
        return sum(len(c) for c in codes)

    for which in ("concept", "set"):
        path = folder / f"{which}-00000.npz"
        if not path.exists():
            write(path, held_out_samples(pack, which, arguments.seed), 512)
    while not clock.is_over():
        index = len(list(folder.glob("train-*.npz")))
        samples = iter(place.sampler(arguments.seed + 1 + index, pack))
        count = write(folder / f"train-{index:05d}.npz", samples, SHARD)
        place.log("codes", shard=index, pictures=count, seconds=clock.tick())
        if index + 1 >= arguments.shards:
            break
