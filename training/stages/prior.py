"""Trains the prior on the shards of `codes`, and reports its likelihood on held-out pictures in nats a code."""

import argparse
import math
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training.models.load import load_clip_of, load_vqgan_of
from training.models.prior import NO_TEXT, POSITIONS, Prior, PriorShape
from training.models.retrieval import EMPTY, Retrieval
from training.running.machine import ActiveClock, Machine, find_machine
from training.running.optimisers import Averaged, build_optimisers, set_rate
from training.running.workplace import Workplace, is_resumable, load_if_there, progress_of, save_atomically

TEXT_DROPPED = 0.1
DRAWINGS_DROPPED = 0.08  # so that words alone say something where no drawing is found
PLAN_WEIGHT, LAYOUT_WEIGHT = 0.25, 0.1
PLAN_POSITIONS = 64  # the plan's own loss is taken at so many positions a step
NO_LAYOUT = 0
LEAST_SHARE = 0.3
JUDGED = 192  # held-out pictures of each kind that a report looks at
COOL_DOWN = 0.5  # share of the run in which the rate falls to zero, with --last


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--planner-depth", type=int, default=2)
    parser.add_argument("--batch", type=int, help="pictures a step; 24 on a CPU, 512 on a GPU unless said")
    parser.add_argument("--rate", type=float, default=1.5e-3, help="of AdamW; Muon's is ten times that")
    parser.add_argument("--last", action="store_true", help="lower the rate to zero towards the end of this run")


def load_shards(folder: Path, which: str) -> dict[str, np.ndarray]:
    """codes [N, 256], ids [N, 16], layout [N] and laid [N, 2, 256] of all shards of one kind."""
    shards = [np.load(path) for path in sorted(folder.glob(f"{which}-*.npz"))]
    return {name: np.concatenate([s[name] for s in shards]) for name in ("codes", "ids", "layout", "laid")}


def shares(shards: dict[str, np.ndarray]) -> np.ndarray:
    """How often each picture is drawn, summing to 1: the less its drawings already say of it, the more often.

    A plain thing on white is nearly its exemplar; a tint, a scene or a background is what there is to learn.
    """
    below, above = shards["laid"][:, 0], shards["laid"][:, 1]
    drawn = np.where(above < EMPTY, above, below)
    covered = drawn < EMPTY
    told = ((drawn == shards["codes"]) & covered).sum(1) / np.maximum(covered.sum(1), 1)
    weights = np.clip(1 - told, LEAST_SHARE, 1) ** 2
    return weights / weights.sum()


def to_device(rows: np.ndarray, machine: Machine) -> torch.Tensor:
    return torch.from_numpy(rows.astype(np.int64)).to(machine.device)


@torch.no_grad()
def likelihood(prior: Prior, shards: dict[str, np.ndarray], machine: Machine, without_text: bool = False) -> float:
    """Mean negative log-likelihood of held-out codes, nats a code; drawings and layout are what the prior finds itself."""
    prior.eval()
    total, count = 0.0, 0
    codes, ids = shards["codes"], shards["ids"]
    for start in range(0, min(len(codes), JUDGED), 32):
        batch, text = to_device(codes[start : start + 32], machine), to_device(ids[start : start + 32], machine)
        if without_text:
            text = torch.tensor(NO_TEXT, device=machine.device).expand(len(batch), -1)
        with machine.half():
            logits = prior(batch, text)
        total += F.cross_entropy(logits.float().flatten(0, 1), batch.flatten(), reduction="sum").item()
        count += batch.numel()
    return total / count


def means(losses: list[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([part[name] for part in losses])) for name in losses[0]} if losses else {}


def build(place: Workplace, arguments: argparse.Namespace, state: dict | None) -> Prior:
    """The prior of the checkpoint, or a fresh one whose text part starts from the CLIP text tower."""
    torch.manual_seed(arguments.seed)
    _, text = load_clip_of(place, arguments.bootstrap)
    retrieval = Retrieval.load(place.exemplars, place.tokenizer())
    if state is not None:
        prior = Prior(PriorShape(**state["shape"]), text, retrieval)
        prior.load_state_dict(state.get("model", state["averaged"]))
        return prior
    codebook = load_vqgan_of(place, arguments.bootstrap).quantiser.codebook.detach()
    vocabulary = text.tokens.num_embeddings
    shape = PriorShape(vocabulary, arguments.width, arguments.depth, arguments.width // 64, arguments.planner_depth)
    return Prior(shape, text, retrieval, codebook)


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    path = place.checkpoint("prior")
    state = load_if_there(path)
    prior = build(place, arguments, state).to(machine.device)
    averaged = Averaged(prior)
    optimisers = build_optimisers(prior, arguments.rate, embeddings=(nn.Embedding,))
    step, seconds, seen = progress_of(state)
    if is_resumable(state):
        averaged.load(state["averaged"])
        for optimiser, saved in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
    folder = arguments.work / "codes"
    shards = load_shards(folder, "train")
    held_out = {which: load_shards(folder, which) for which in ("concept", "set")}
    batch_size = arguments.batch or (512 if machine.is_gpu else 24)
    generator = np.random.default_rng(arguments.seed + step)
    drawn_with = np.cumsum(shares(shards))
    no_text = torch.tensor(NO_TEXT, device=machine.device)
    clock = ActiveClock(arguments.minutes, seconds)
    losses, saved_at = [], 0.0

    def save() -> None:
        save_atomically(path, {
            "shape": prior.shape.as_dict(), "model": prior.state_dict(), "averaged": averaged.state(), "step": step, "seen": seen,
            "seconds": clock.total, "optimisers": [o.state_dict() for o in optimisers],
        })  # fmt: skip

    def report() -> None:
        with averaged.in_place(prior):
            scores = {which: likelihood(prior, held_out[which], machine) for which in held_out}
            blind = likelihood(prior, held_out["set"], machine, without_text=True)
        place.log("prior", step=step, seen=seen, seconds=clock.total, **means(losses), **scores, set_without_text=blind)  # fmt: skip
        losses.clear()
        prior.train()

    prior.train()
    for _ in clock.steps():
        rows = np.minimum(np.searchsorted(drawn_with, generator.random(batch_size)), len(drawn_with) - 1)
        batch, text, layout, laid = (to_device(shards[name][rows], machine) for name in ("codes", "ids", "layout", "laid"))
        pick = torch.from_numpy(generator.random((2, len(rows)))).to(machine.device)
        wordless = pick[0] < TEXT_DROPPED
        text = torch.where(wordless[:, None], no_text, text)
        layout = torch.where(wordless, NO_LAYOUT, layout)
        laid = torch.where((wordless | (pick[1] < DRAWINGS_DROPPED))[:, None, None], EMPTY, laid)
        cooled = min(1.0, (1 - clock.progress) / COOL_DOWN) if arguments.last else 1.0
        set_rate(optimisers, arguments.rate * min(1.0, (step + 1) / 150) * cooled)
        seen_at = torch.from_numpy(generator.choice(POSITIONS, PLAN_POSITIONS, replace=False)).to(machine.device)
        with machine.half():
            said, layouts = prior.planner.read(text)
            plan = prior.planner.add(said, laid)
            logits, planned = prior.write(batch, plan), prior.plan_head(plan[:, seen_at])
        parts = {
            "train": F.cross_entropy(logits.float().flatten(0, 1), batch.flatten()),
            "plan": F.cross_entropy(planned.float().flatten(0, 1), batch[:, seen_at].flatten()),
            "layout": F.cross_entropy(layouts.float(), layout),
        }
        (parts["train"] + PLAN_WEIGHT * parts["plan"] + LAYOUT_WEIGHT * parts["layout"]).backward()
        nn.utils.clip_grad_norm_(prior.parameters(), 1.0)
        for optimiser in optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        averaged.follow(prior, step)
        step, seen = step + 1, seen + len(rows)
        losses.append({name: part.item() for name, part in parts.items()})
        if not math.isfinite(losses[-1]["train"]):
            raise ArithmeticError(f"The loss is {losses[-1]['train']} at step {step}; the checkpoint of an earlier step is intact.")
        if step % 50 == 0:
            place.log("prior-steps", step=step, seconds=clock.total, **means(losses[-50:]))
        if clock.run - saved_at > 240:
            saved_at = clock.run
            save()
            report()
    save()
    report()
