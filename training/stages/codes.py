"""Encodes training pictures with the VQGAN once, so that the prior trains on indices.

Writes shards codes/NAME-00000.npz {codes uint16 [N, 256], ids uint16 [N, 16], layout uint8 [N], laid uint16 [N, 2, 256]}: `laid`
are the codes of the drawings that the caption names, in the picture's own layout. `train`, and two held-out sets: `concept`
(concepts that no training picture shows and no exemplar draws) and `set` (an icon set that training leaves out). Resumes at
the next shard; several processes may share the work (`--part`).
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import torch

from training.data.batches import held_out_samples, pictures_to_tensor
from training.data.layouts import NAMES
from training.data.samples import Sample, StyledSampler
from training.models.encoding import Encode, build_encode
from training.models.load import load_vqgan_of
from training.models.retrieval import Retrieval
from training.running.machine import ActiveClock, find_machine
from training.running.workplace import Workplace

SHARD = 1024
HELD_OUT = 512


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shards", type=int, default=64, help="training shards of 1024 pictures to end up with")
    parser.add_argument("--part", default="0/1", help="I/N writes every Nth shard from the Ith, for several processes")


def encode_shard(samples: Iterable[Sample], place: Workplace, encode: Encode, retrieval: Retrieval) -> dict[str, np.ndarray]:
    tokenizer = place.tokenizer()
    parts: list[dict[str, np.ndarray]] = []
    for batch in batched(samples, 32):
        ids = torch.from_numpy(np.stack([tokenizer.encode(s.caption) for s in batch]))
        layout = torch.tensor([NAMES.index(s.recipe.layout) for s in batch])
        with torch.no_grad():
            laid = retrieval.lay_out(retrieval.drawings(ids), layout)
        codes = encode(pictures_to_tensor([s.picture for s in batch], torch.device("cpu"))).reshape(len(batch), -1)
        parts.append({
            "codes": codes.astype(np.uint16), "ids": ids.numpy().astype(np.uint16),
            "layout": layout.numpy().astype(np.uint8), "laid": laid.numpy().astype(np.uint16),
        })  # fmt: skip
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def batched(samples: Iterable[Sample], size: int) -> Iterator[list[Sample]]:
    batch: list[Sample] = []
    for sample in samples:
        batch.append(sample)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def write_shard(path: Path, arrays: dict[str, np.ndarray]) -> None:
    partial = path.with_name(f"partial-{path.name}")
    np.savez(partial, **arrays)
    partial.rename(path)


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    folder = arguments.work / "codes"
    folder.mkdir(exist_ok=True)
    pack = place.pack()
    encode = build_encode(load_vqgan_of(place, arguments.bootstrap).to(machine.device), machine)
    retrieval = Retrieval.load(place.exemplars, place.tokenizer())
    part, parts = (int(n) for n in arguments.part.split("/"))
    if part == 0:
        for which in ("concept", "set"):
            path = folder / f"{which}-00000.npz"
            if not path.exists():
                drawn = [s for s, _ in zip(held_out_samples(pack, which, arguments.seed), range(HELD_OUT), strict=False)]
                write_shard(path, encode_shard(drawn, place, encode, retrieval))
    clock = ActiveClock(arguments.minutes)
    for index in range(part, arguments.shards, parts):
        path = folder / f"train-{index:05d}.npz"
        if path.exists():
            continue
        samples = place.sampler(arguments.seed + 5000 + index, pack, StyledSampler)
        write_shard(path, encode_shard((s for s, _ in zip(samples, range(SHARD), strict=False)), place, encode, retrieval))
        clock.tick()
        place.log("codes", shard=index, seconds=clock.run)
        if clock.run > clock.limit:
            break
