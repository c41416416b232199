"""A pool of composed pictures that lies wholly on the GPU, where drawing them one by one would starve it.

Composed once by all processor cores into plain files (no shared memory: some sandboxes have little), 1 ms a picture and core.
"""

import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from training.running.workplace import Workplace

CHUNK = 4096


@dataclass(frozen=True)
class Chunk:
    root: Path
    seed: int
    index: int

    @property
    def files(self) -> tuple[Path, Path]:
        stem = f"{self.seed}-{self.index:04d}"
        return self.root / "pool" / f"pictures-{stem}.npy", self.root / "pool" / f"ids-{stem}.npy"


def compose_chunk(chunk: Chunk) -> None:
    """Writes one chunk: pictures uint8 [4096, 128, 128, 3] and ids uint16 [4096, 16]."""
    pictures_path, ids_path = chunk.files
    if ids_path.exists():
        return
    place = Workplace(chunk.root)
    tokenizer, samples = place.tokenizer(), iter(place.sampler(chunk.seed * 10_000 + chunk.index))
    pictures = np.empty((CHUNK, 128, 128, 3), np.uint8)
    ids = np.empty((CHUNK, 16), np.uint16)
    for row, sample in zip(range(CHUNK), samples, strict=False):
        pictures[row], ids[row] = sample.picture, tokenizer.encode(sample.caption)
    np.save(pictures_path, pictures)
    np.save(ids_path, ids)


def load_pool(place: Workplace, seed: int, size: int, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures uint8 [N, 128, 128, 3] and ids int64 [N, 16] on the device, N at least `size`; composed where missing."""
    (place.root / "pool").mkdir(exist_ok=True)
    place.pack()  # decodes the sprites once, before the processes start
    chunks = [Chunk(place.root, seed, index) for index in range(-(-size // CHUNK))]
    with multiprocessing.get_context("fork").Pool(max(1, (os.cpu_count() or 2) - 1)) as workers:
        workers.map(compose_chunk, chunks, chunksize=1)
    pictures = torch.cat([torch.from_numpy(np.load(c.files[0])).to(device) for c in chunks])
    ids = torch.cat([torch.from_numpy(np.load(c.files[1]).astype(np.int64)).to(device) for c in chunks])
    return pictures, ids


def draw_batches(pictures: torch.Tensor, ids: torch.Tensor, size: int, seed: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Endless batches, every picture once an epoch: [size, 3, 128, 128] in -1..1 channels last, and ids [size, 16]."""
    generator = torch.Generator(device=pictures.device).manual_seed(seed)
    while True:
        order = torch.randperm(len(pictures), generator=generator, device=pictures.device)
        for start in range(0, len(order) - size + 1, size):
            rows = order[start : start + size]
            batch = pictures[rows].permute(0, 3, 1, 2)
            yield (batch.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last), ids[rows]
