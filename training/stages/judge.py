"""Trains the judge, or with `--score` reports what it thinks of pictures.

Without `--score`: contrastive training on its own samples (seed apart from every other stage). With `--score`: the share ranked
first and the mean margin for real held-out pictures (the ceiling), for samples of the prior, with `--paint STEPS` for the prior
and for noise with guidance, and for every folder named with `--pictures` (00.png to 49.png in the order of judge/prompts.json),
such as pictures painted by the engine.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

from training.data.judge_pictures import JudgePictures, encode_all, judge_batches, load_judge_pictures, split_scenes
from training.data.views import disturb, random_views
from training.judge.painting import PaintingOptions, paint, start_from_noise
from training.judge.scoring import judge_pictures, paint_real
from training.models.bootstrap_judge import load_judge_image, load_judge_text
from training.models.contrast import contrastive_loss, retrieval
from training.models.judge import JudgeImage, JudgeText
from training.models.load import extend_tokens, load_clip_of, load_judge_of, load_prior_of, load_vqgan_of
from training.models.sampling import SamplingOptions
from training.models.torch_sampler import sample_prompts
from training.running.machine import ActiveClock, Machine, find_machine
from training.running.optimisers import Averaged, build_optimisers, set_rate
from training.running.sheets import to_bytes, write_sheet
from training.running.workplace import Workplace, is_resumable, load_if_there, progress_of, save_atomically
from training.stages.clip import held_out_pairs

SEED_APART = 770_000
PAINTED_AT_ONCE = 10


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--batch", type=int, help="pairs a step; 192 on a CPU, 1024 on a GPU unless said")
    parser.add_argument("--drawings", type=int, default=6000, help="drawings composed to learn from, once")
    parser.add_argument("--scenes", type=float, default=0.5, help="share of scenes in a batch, where WORK/judge-scenes has any")
    parser.add_argument("--judge", type=Path, help="folder of an earlier judge's files to go on from, such as bench/judge")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--locked", action="store_true", help="teach the text tower and the last layers of the image tower alone")
    parser.add_argument("--last", action="store_true", help="lower the rate to zero towards the end of this run")
    parser.add_argument("--score", action="store_true", help="judge instead of training")
    parser.add_argument("--samples", type=int, default=3, help="samples of the prior a prompt, with --score")
    parser.add_argument("--paint", type=int, default=0, help="steps of guidance on the prior and on noise, with --score; 0 for none")
    parser.add_argument("--pictures", type=Path, nargs="*", default=[], help="folders of 50 PNGs to judge, with --score")


def run(arguments: argparse.Namespace) -> None:
    (score if arguments.score else train)(arguments)


def start_towers(place: Workplace, files: Path | None) -> nn.ModuleDict:
    """New towers, or those of an earlier judge's files with this vocabulary."""
    tokenizer = place.tokenizer()
    if files is None:
        return nn.ModuleDict({"image": JudgeImage(), "text": JudgeText(len(tokenizer.words))})
    image, text = load_judge_image(files / "judge-image.onnx"), load_judge_text(files / "judge-text.onnx")
    return nn.ModuleDict({"image": image, "text": extend_tokens(text, tokenizer)})


def held_out_scenes(place: Workplace, known: JudgePictures, machine: Machine) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
    _, rows = split_scenes(len(known.scenes))
    if len(rows) < 2:
        return {}
    ids = encode_all(place.tokenizer(), [known.scenes[row].caption for row in rows])
    return {"scenes": (known.seen[0, torch.from_numpy(rows)].to(machine.device).float() / 255, ids.to(machine.device))}


def train(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    torch.manual_seed(SEED_APART + arguments.seed)
    path = place.checkpoint("judge")
    state = load_if_there(path)
    step, seconds, seen = progress_of(state)
    batch_size = arguments.batch or (1024 if machine.is_gpu else 192)
    known = load_judge_pictures(place, SEED_APART + arguments.seed, arguments.drawings)
    of_scenes = round(arguments.scenes * batch_size) if known.scenes else 0
    stream = judge_batches(place, known, (SEED_APART + arguments.seed + step, batch_size - of_scenes, of_scenes), machine)
    held_out = held_out_pairs(place, place.pack(), 256, arguments.seed, machine) | held_out_scenes(place, known, machine)
    towers = start_towers(place, arguments.judge if state is None else None).to(machine.device)
    scale = nn.Parameter(torch.tensor(state["scale"] if is_resumable(state) else 2.7, device=machine.device))
    averaged = Averaged(towers)
    if arguments.locked:
        towers["image"].lock()
    optimisers = build_optimisers(towers, arguments.rate, embeddings=(nn.Embedding,))
    optimisers[1].add_param_group({"params": [scale]})
    if state:
        towers.load_state_dict(state.get("own", state["model"]))
        averaged.load(state["model"])
    if is_resumable(state):
        for optimiser, saved in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
    generator = torch.Generator(machine.device).manual_seed(SEED_APART + step)
    clock = ActiveClock(arguments.minutes, seconds)
    losses: list[float] = []
    saved_at = 0.0

    def save() -> None:
        save_atomically(path, {
            "own": towers.state_dict(), "model": averaged.state(), "scale": scale.item(), "step": step, "seconds": clock.total,
            "optimisers": [o.state_dict() for o in optimisers], "seen": seen,
        })  # fmt: skip

    def report() -> None:
        with averaged.in_place(towers), torch.no_grad():
            towers.eval()
            scores = {which: retrieval(towers["image"](pixels), towers["text"](ids)) for which, (pixels, ids) in held_out.items()}
        place.log("judge", step=step, seen=seen, seconds=clock.total, loss=float(np.mean(losses or [0.0])), **scores)
        losses.clear()

    if step == 0:
        report()
    for _ in clock.steps():
        towers.train()
        pixels, ids, shown = next(stream)
        views = disturb(random_views(pixels, generator, whole=0.7, smallest=0.75), generator, noise=0.05)
        cooled = min(1.0, (1 - clock.progress) / 0.35) if arguments.last else 1.0
        set_rate(optimisers, arguments.rate * min(1.0, (step + 1) / 60) * cooled)
        with machine.half():
            images, texts = towers["image"](views), towers["text"](ids)
        loss = contrastive_loss(images, texts, scale, shown.to(machine.device))
        loss.backward()
        nn.utils.clip_grad_norm_(towers.parameters(), 1.0)
        for optimiser in optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        averaged.follow(towers, step)
        step, seen = step + 1, seen + len(ids)
        losses.append(loss.item())
        if step % 20 == 0:
            place.log("judge-steps", step=step, seconds=clock.total, loss=float(np.mean(losses[-20:])))
        if clock.run - saved_at > 120:
            saved_at = clock.run
            save()
            report()
    save()
    report()


def read_folder(folder: Path, count: int) -> list[np.ndarray]:
    return [np.asarray(Image.open(folder / f"{index:02}.png").convert("RGB").resize((128, 128))) for index in range(count)]


def to_pictures(tensor: torch.Tensor) -> list[np.ndarray]:
    """float [N, 3, H, W] in 0..1 to uint8 [H, W, 3] each."""
    return [to_bytes(picture * 2 - 1) for picture in tensor.float().cpu().numpy()]


def generated(place: Workplace, arguments: argparse.Namespace, machine: Machine, prompts: list[str]) -> dict[str, list[np.ndarray]]:
    """Pictures of every prompt from the prior alone and, if asked for, with guidance from the prior's samples and from noise."""
    vqgan = load_vqgan_of(place, arguments.bootstrap).to(machine.device)
    image, text = (tower.to(machine.device) for tower in load_clip_of(place, arguments.bootstrap))
    tokenizer = place.tokenizer()
    ids = torch.from_numpy(np.stack([tokenizer.encode(p) for p in prompts])).to(machine.device)
    with torch.no_grad():
        texts = text(ids)
    options = PaintingOptions(steps=arguments.paint)
    groups: dict[str, list[np.ndarray]] = {}

    def guided(latent: torch.Tensor, seed: int) -> list[np.ndarray]:
        found: list[np.ndarray] = []
        generator = torch.Generator(machine.device).manual_seed(seed)
        for some_latents, some_texts in zip(latent.split(PAINTED_AT_ONCE), texts.split(PAINTED_AT_ONCE), strict=True):
            with machine.half():
                found += to_pictures(paint(vqgan, image, some_texts, some_latents, options, generator))
        return found

    if place.checkpoint("prior").exists():
        prior = load_prior_of(place, arguments.bootstrap).to(machine.device)
        for seed in range(arguments.samples):
            codes = torch.from_numpy(sample_prompts(prior, tokenizer, prompts, SamplingOptions(), seed)).view(-1, 16, 16).to(machine.device)
            with torch.no_grad():
                decoded = torch.cat([vqgan.decode(part) for part in codes.split(PAINTED_AT_ONCE)])
            groups[f"prior-{seed}"] = to_pictures(((decoded + 1) / 2).clamp(0, 1))
            if arguments.paint:
                groups[f"prior-guided-{seed}"] = guided(vqgan.quantiser.embed(codes).detach(), seed)
    if arguments.paint:
        noise = start_from_noise(vqgan, len(prompts), options, torch.Generator(machine.device).manual_seed(arguments.seed))
        groups["noise-guided"] = guided(noise, arguments.seed)
    return groups


def score(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    judged = place.judged()
    prompts = [text for text, _ in judged]
    image, text = (tower.to(machine.device) for tower in load_judge_of(place))
    tokenizer = place.tokenizer()
    with torch.no_grad():
        texts = text(torch.from_numpy(np.stack([tokenizer.encode(p) for p in prompts])).to(machine.device))
    pack = place.pack()
    groups: dict[str, list[np.ndarray]] = {}
    for seed in range(3):
        groups[f"real-{seed}"], missing = paint_real(pack, [recipe for _, recipe in judged], seed)
    groups |= generated(place, arguments, machine, prompts)
    groups |= {folder.name: read_folder(folder, len(prompts)) for folder in arguments.pictures}
    for name, pictures in groups.items():
        verdict = judge_pictures(image, texts, pictures)
        place.log("judged", group=name, ranked_first=verdict.ranked_first, margin=verdict.margin, mean_rank=verdict.mean_rank)
        labels = [f"{'+' if first else '-'} {prompt}" for first, prompt in zip(verdict.first, prompts, strict=True)]
        write_sheet(place.root / f"judged-{name}.png", pictures, labels, columns=10)
    place.log("judged", real_pictures_from_training_sprites=sorted(set(missing)))
