"""Encodes training pictures with the VQGAN once, so that the prior trains on indices.

Writes shards codes/NAME-00000.npz {codes uint16 [N, 256], ids uint16 [N, 16]}: `train`, and two held-out sets: `concept`
(concepts that no training picture shows) and `set` (an icon set that training leaves out). Resumes at the next shard.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from training.data.batches import batches, held_out_samples, pictures_to_tensor
from training.data.samples import Sample
from training.models.load import load_vqgan_of
from training.models.vqgan import Vqgan
from training.running.machine import ActiveClock, Machine, find_machine
from training.running.workplace import Workplace

SHARD = 1024
HELD_OUT = 512


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shards", type=int, default=64, help="training shards of 1024 pictures to end up with")
    parser.add_argument("--batch", type=int, help="pictures at a time; 32 on a CPU, 512 on a GPU unless said")


def encode(vqgan: Vqgan, pictures: torch.Tensor, machine: Machine) -> np.ndarray:
    """Codes uint16 [B, 256] of pictures [B, 3, 128, 128] in -1..1."""
    with torch.no_grad(), machine.half():
        return vqgan.encode(pictures).flatten(1).cpu().numpy().astype(np.uint16)


def write_shard(path: Path, codes: list[np.ndarray], ids: list[np.ndarray]) -> None:
    partial = path.with_name(f"partial-{path.name}")
    np.savez(partial, codes=np.concatenate(codes), ids=np.concatenate(ids).astype(np.uint16))
    partial.rename(path)


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    folder = arguments.work / "codes"
    folder.mkdir(exist_ok=True)
    vqgan = load_vqgan_of(place, arguments.bootstrap).to(machine.device, memory_format=torch.channels_last)
    tokenizer, pack = place.tokenizer(), place.pack()
    batch_size = arguments.batch or (512 if machine.is_gpu else 32)

    def encode_held_out(samples: Iterator[Sample]) -> tuple[list[np.ndarray], list[np.ndarray]]:
        drawn = [s for s, _ in zip(samples, range(HELD_OUT), strict=False)]
        parts = [drawn[i : i + 32] for i in range(0, len(drawn), 32)]
        codes = [encode(vqgan, pictures_to_tensor([s.picture for s in part], machine.device), machine) for part in parts]
        return codes, [np.stack([tokenizer.encode(s.caption) for s in drawn])]

    for which in ("concept", "set"):
        path = folder / f"{which}-00000.npz"
        if not path.exists():
            write_shard(path, *encode_held_out(held_out_samples(pack, which, arguments.seed)))
    done = len(list(folder.glob("train-*.npz")))
    stream = batches(place, pack, arguments.seed + 5000 + done, batch_size, machine)
    clock = ActiveClock(arguments.minutes)
    codes, ids = [], []
    for _ in clock.steps():
        if done >= arguments.shards:
            break
        pictures, tokens = next(stream)
        codes.append(encode(vqgan, pictures, machine))
        ids.append(tokens.cpu().numpy())
        if sum(map(len, codes)) >= SHARD:
            write_shard(folder / f"train-{done:05d}.npz", codes, ids)
            done, codes, ids = done + 1, [], []
            place.log("codes", shards=done, seconds=clock.run)
