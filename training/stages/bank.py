"""Encodes the painted scenes, once: WORK/bank.npz, the canvases that the prior looks up. Resumes; new pictures are added.

codes int16 [N, 256]; words, slot, value, alone, where: what each subject, light and manner is called (data/scene_bank.py); table int16
[subjects + 1, lights + 1, manners + 1, variants]: the nearest pictures of each combination, rows of codes.
"""

import argparse

import numpy as np
import torch

from training.data.batches import pictures_to_tensor
from training.data.scene_bank import SLOTS, WITHOUT_PLACE, build_phrases, nearest_scenes
from training.data.scene_pictures import load_scenes, load_words
from training.models.encoding import build_encode
from training.models.load import load_vqgan_of
from training.running.machine import find_machine
from training.running.workplace import Workplace

SAVED_EVERY = 64


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--most", type=int, default=6000, help="pictures at most; a picture is half a kilobyte of the model")


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    scenes = load_scenes(place.scenes)[: arguments.most]
    cache = place.root / "scene-codes.npy"
    codes = list(np.load(cache)) if cache.exists() else []
    encode = build_encode(load_vqgan_of(place, arguments.bootstrap).to(machine.device), machine)
    while len(codes) < len(scenes):
        batch = [scene.picture() for scene in scenes[len(codes) : len(codes) + SAVED_EVERY]]
        codes += list(encode(pictures_to_tensor(batch, torch.device("cpu"))).reshape(len(batch), -1).astype(np.int16))
        np.save(cache, np.stack(codes))
    words = load_words(place.scenes)
    phrases = build_phrases(words, place.tokenizer())
    table = nearest_scenes(scenes, words)
    subjects = list(words[SLOTS[0]])
    without = [1 + subjects.index(WITHOUT_PLACE[kind]) for kind in ("manner", "light")]
    used = np.unique(table[table >= 0])
    renumbered = np.full(len(scenes) + 1, -1)
    renumbered[used] = np.arange(len(used))
    np.savez(place.bank, codes=np.stack(codes)[used], table=renumbered[table], words=phrases.words, slot=phrases.slot, value=phrases.value,
             alone=phrases.alone, where=phrases.where, without_place=np.array(without))  # fmt: skip
    place.log("bank", scenes=len(scenes), kept=len(used), phrases=len(phrases.words))
