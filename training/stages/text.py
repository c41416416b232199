"""Teaches CLIP's text tower the words of scenes while the image tower stays as it is (locked-image tuning, Zhai et al. 2022).

The image tower sees colour, light and texture of scenes it was never shown; what it lacks are words for them. Every picture is
embedded once, whole and in cutouts; a step then costs the text tower alone, which two busy cores can afford. Drawings are mixed
in, so that their words keep their meaning. Reports retrieval of captions of scenes it does not train on, and of drawings.
"""

import argparse

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training.data.batches import pictures_to_tensor
from training.data.scene_pictures import Scene, load_scenes, load_words, say_scene
from training.data.views import random_views
from training.models.clip import SIDE, ImageTower
from training.models.contrast import retrieval
from training.models.load import load_clip_of
from training.running.machine import ActiveClock, find_machine
from training.running.workplace import Workplace, is_resumable, load_if_there, progress_of, save_atomically
from training.stages.clip import held_out_pairs

VIEWS = 3  # of every picture: the whole and two cutouts
HELD_OUT = 16  # every so many scenes one is not trained on


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--batch", type=int, default=192, help="pairs a step")
    parser.add_argument("--drawings", type=int, default=2500, help="drawings embedded beside the scenes")
    parser.add_argument("--scenes-share", type=float, default=0.5, help="share of scenes in a batch")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument(
        "--kept", type=float, default=0.4, help="share of the first weights in those that are exported (Wortsman et al. 2022)"
    )
    parser.add_argument("--last", action="store_true", help="lower the rate to zero towards the end of this run")


@torch.no_grad()
def embed_views(image: ImageTower, pictures: list[np.ndarray], generator: torch.Generator) -> torch.Tensor:
    """[N, VIEWS, 256] of pictures uint8 [128, 128, 3]."""
    found = []
    for start in range(0, len(pictures), 32):
        batch = (pictures_to_tensor(pictures[start : start + 32], torch.device("cpu")) + 1) / 2
        whole = F.avg_pool2d(batch, batch.shape[-1] // SIDE)
        views = [whole, *(random_views(batch, generator, whole=0.0) for _ in range(VIEWS - 1))]
        found.append(torch.stack([image(view).float() for view in views], 1))
    return torch.cat(found)


def embedded(
    place: Workplace, image: ImageTower, scenes: list[Scene], arguments: argparse.Namespace
) -> tuple[torch.Tensor, torch.Tensor, list[str]]:
    """Embeddings of the scenes, and those of drawings with their captions; kept in WORK/views.pt."""
    path = place.root / "views.pt"
    kept = load_if_there(path)
    if kept is None or len(kept["scenes"]) != len(scenes):
        generator = torch.Generator().manual_seed(arguments.seed)
        samples = [s for s, _ in zip(place.sampler(arguments.seed + 7000), range(arguments.drawings), strict=False)]
        drawings = kept["drawings"] if kept else embed_views(image, [s.picture for s in samples], generator)
        captions = kept["captions"] if kept else [s.caption for s in samples]
        kept = {"scenes": embed_views(image, [s.picture() for s in scenes], generator), "drawings": drawings, "captions": captions}
        save_atomically(path, kept)
    return kept["scenes"], kept["drawings"], kept["captions"]


def contrast(images: torch.Tensor, texts: torch.Tensor, scale: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
    """Cross-entropy both ways; pairs that say the same (bool [B, B]) share the target."""
    logits = scale.exp() * F.normalize(images, dim=1) @ F.normalize(texts, dim=1).T
    target = same.float() / same.float().sum(1, keepdim=True)
    return (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    torch.manual_seed(arguments.seed)
    tokenizer, words = place.tokenizer(), load_words(place.scenes)
    scenes = load_scenes(place.scenes)
    image, text = load_clip_of(place, arguments.bootstrap)
    of_scenes, of_drawings, captions = embedded(place, image, scenes, arguments)
    held = np.arange(0, len(scenes), HELD_OUT)
    trained = np.setdiff1d(np.arange(len(scenes)), held)
    drawn_ids = torch.from_numpy(np.stack([tokenizer.encode(caption) for caption in captions]))
    random = np.random.default_rng(arguments.seed + 1)
    ids_of = lambda rows: torch.from_numpy(np.stack([tokenizer.encode(say_scene(words, scenes[row], random)) for row in rows]))
    held_ids = torch.from_numpy(np.stack([tokenizer.encode(scenes[row].caption) for row in held]))
    held_drawings = held_out_pairs(place, place.pack(), 256, arguments.seed, machine)["set"]
    with torch.no_grad():
        held_pictures = image(held_drawings[0])
    path = place.checkpoint("text")
    state = load_if_there(path)
    step, seconds, seen = progress_of(state)
    scale = nn.Parameter(torch.tensor(3.2))
    optimiser = torch.optim.AdamW([*text.parameters(), scale], arguments.rate, betas=(0.9, 0.98), weight_decay=0.01)
    first = state["first"] if is_resumable(state) else {name: value.clone() for name, value in text.state_dict().items()}
    if is_resumable(state):
        text.load_state_dict(state["text"])
        optimiser.load_state_dict(state["optimiser"])
    clock, losses, saved_at = ActiveClock(arguments.minutes, seconds), [], 0.0

    def report() -> None:
        text.eval()
        with torch.no_grad():
            scores = {"scenes": retrieval(of_scenes[held, 0], text(held_ids)), "set": retrieval(held_pictures, text(held_drawings[1]))}
        place.log("text", step=step, seen=seen, seconds=clock.total, loss=float(np.mean(losses or [0.0])), **scores)
        losses.clear()
        mixed = {name: arguments.kept * first[name] + (1 - arguments.kept) * value for name, value in text.state_dict().items()}
        save_atomically(
            path,
            {
                "text": text.state_dict(),
                "mixed": mixed,
                "first": first,
                "optimiser": optimiser.state_dict(),
                "step": step,
                "seconds": clock.total,
                "seen": seen,
            },
        )
        text.train()

    report()
    for _ in clock.steps():
        count = round(arguments.batch * arguments.scenes_share)
        rows, others = random.choice(trained, count, replace=False), random.choice(len(captions), arguments.batch - count, replace=False)
        view = torch.from_numpy(random.integers(VIEWS, size=arguments.batch))
        pictures = torch.cat([of_scenes[rows, view[:count]], of_drawings[others, view[count:]]])
        ids = torch.cat([ids_of(rows), drawn_ids[others]])
        shown = [(scenes[row].subject, scenes[row].light, scenes[row].manner) for row in rows] + [captions[row] for row in others]
        same = torch.tensor([[a == b for b in shown] for a in shown])
        cooled = min(1.0, (1 - clock.progress) / 0.5) if arguments.last else 1.0
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * min(1.0, (step + 1) / 20) * cooled
        loss = contrast(pictures, text(ids), scale, same)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(text.parameters(), 1.0)
        optimiser.step()
        step, seen = step + 1, seen + arguments.batch
        losses.append(loss.item())
        if clock.run - saved_at > 120:
            saved_at = clock.run
            report()
    report()
