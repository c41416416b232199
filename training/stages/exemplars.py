"""Encodes every exemplar in every style and size, once: WORK/exemplars.npz, which becomes part of the prior.

codes int16 [N, styles, 360]: the cells of the large, the medium and the small drawing, one after the other in raster order.
names int64 [R, 5], rank and exemplar int64 [R]: the words under which each is found.
"""

import argparse

import numpy as np
import torch

from training.data.batches import pictures_to_tensor
from training.data.compose import paste
from training.data.exemplars import STYLES, Exemplar, choose_exemplars, find_names, name_table
from training.data.layouts import GRID, SCALES
from training.data.sprites import SIDE
from training.models.encoding import Encode, build_encode
from training.models.load import load_vqgan_of
from training.models.vqgan import Vqgan
from training.running.machine import find_machine
from training.running.workplace import Workplace

WHITE = 0.9  # the darkest channel of a code that counts as white
# Where each size is drawn to be encoded: one large or medium thing a picture, or four small ones.
SHEETS = {"large": ((1, 1),), "medium": ((3, 3),), "small": ((0, 0), (0, 8), (8, 0), (8, 8))}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--batch", type=int, default=16, help="pictures at a time")
    parser.add_argument("--names", action="store_true", help="find the names anew and keep the drawings")
    parser.add_argument("--part", default="0/1", help="I/N encodes the Ith of N parts, for several processes; 0/1 joins them")


def draw_sheet(sprites: list[np.ndarray], scale: str) -> np.ndarray:
    """Up to as many sprites as the sheet has places, on white, uint8 [128, 128, 3]."""
    canvas = np.ones((SIDE, SIDE, 3), np.float32)
    cells, cell = SCALES[scale], SIDE // GRID
    for sprite, (top, left) in zip(sprites, SHEETS[scale], strict=False):
        paste(canvas, sprite, left * cell, top * cell, cells * cell)
    return np.round(canvas * 255).astype(np.uint8)


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    pack = place.pack()
    exemplars = choose_exemplars(pack)
    if arguments.names:
        with np.load(place.exemplars) as saved:
            write(place, exemplars, saved["codes"], saved["white"])
        return
    part, parts = (int(n) for n in arguments.part.split("/"))
    rows = sorted({s.row for e in exemplars for s in e.sprites})
    own = rows[part::parts]
    piece = place.root / f"exemplars-{part}-{parts}.npz"
    if not piece.exists():
        encode = build_encode(load_vqgan_of(place, arguments.bootstrap).to(machine.device), machine)
        codes = encode_all(encode, [np.asarray(pack.pictures[row]) for row in own], arguments.batch)
        np.savez(piece, rows=np.array(own), codes=codes)
    pieces = [place.root / f"exemplars-{p}-{parts}.npz" for p in range(parts)]
    if not all(p.exists() for p in pieces):
        return
    of_row = {row: codes for p in pieces for row, codes in zip(*(np.load(p)[k] for k in ("rows", "codes")), strict=True)}
    codes = np.stack([[of_row[s.row] for s in e.sprites] for e in exemplars])
    write(place, exemplars, codes, white_codes(load_vqgan_of(place, arguments.bootstrap)))


def write(place: Workplace, exemplars: list[Exemplar], codes: np.ndarray, white: np.ndarray) -> None:
    """WORK/exemplars.npz with the names that the drawings have now."""
    words, rank, exemplar = name_table(find_names(exemplars), place.tokenizer())
    np.savez(place.exemplars, codes=codes, names=words, rank=rank, exemplar=exemplar, white=white)
    place.log("exemplars", exemplars=len(exemplars), styles=len(STYLES), names=len(words))


@torch.no_grad()
def white_codes(vqgan: Vqgan) -> np.ndarray:
    """Which codes show white alone where their like is all around, bool [1024]."""
    alone = torch.arange(vqgan.shape.codes).view(-1, 1, 1).expand(-1, 3, 3)
    factor = vqgan.shape.factor
    middle = (vqgan.decode(alone)[..., factor : 2 * factor, factor : 2 * factor] + 1) / 2
    return (middle.amin((1, 2, 3)) > WHITE).numpy()


def encode_all(encode: Encode, sprites: list[np.ndarray], batch: int) -> np.ndarray:
    """int16 [N, 360] of RGBA sprites uint8 [H, W, 4]."""
    parts = []
    for scale, places in SHEETS.items():
        cells = SCALES[scale]
        sheets = [sprites[i : i + len(places)] for i in range(0, len(sprites), len(places))]
        found = []
        for start in range(0, len(sheets), batch):
            pictures = [draw_sheet(sheet, scale) for sheet in sheets[start : start + batch]]
            grids = encode(pictures_to_tensor(pictures, torch.device("cpu")))
            found += [grid[top : top + cells, left : left + cells].ravel() for grid in grids for top, left in places]
        parts.append(np.stack(found[: len(sprites)]))
    return np.concatenate(parts, 1).astype(np.int16)
