"""Trains the CLIP that guides painting: contrastive, its image tower hardened against L2 perturbations, cutouts, noise, blur and
pictures decoded from disturbed latents. Reports retrieval among 256 held-out pairs, clean and attacked.

Continues from the bootstrap's towers where given: folded BatchNorms are calibrated first.
"""

import argparse

import numpy as np
import torch
from torch import nn

from training.data.batches import batches, held_out_samples, pictures_to_tensor
from training.data.views import disturb, random_views
from training.models.bootstrap import calibrate
from training.models.clip import SIDE
from training.models.contrast import attack, contrastive_loss, retrieval
from training.models.load import load_clip_of, load_vqgan_of
from training.running.machine import ActiveClock, Machine, find_machine
from training.running.optimisers import Averaged
from training.running.workplace import Workplace, is_resumable, load_if_there, progress_of, save_atomically

RADIUS = 2.0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--batch", type=int, help="pairs a step; 192 on a CPU, 1024 on a GPU unless said")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--attack-steps", type=int, default=1, help="0 trains the ordinary way")
    parser.add_argument("--decoded", type=float, default=0.15, help="share of pictures decoded from disturbed latents first")
    parser.add_argument("--last", action="store_true", help="lower the rate to zero towards the end of this run")


def measure(
    image: nn.Module, text: nn.Module, held_out: dict[str, tuple[torch.Tensor, torch.Tensor]], machine: Machine
) -> dict[str, float]:
    """Top-1 retrieval of each held-out set, clean and under a two-step attack of radius 2."""
    image.eval(), text.eval()
    found = {}
    scale = torch.tensor(3.0, device=machine.device)
    for which, (pixels, ids) in held_out.items():
        with torch.no_grad():
            texts = text(ids)
            found[which] = retrieval(image(pixels), texts)
        radius = torch.full((len(pixels),), RADIUS, device=machine.device)
        attacked = attack(pixels, lambda p, t=texts, i=ids: contrastive_loss(image(p), t, scale, i), radius, 2)
        with torch.no_grad():
            found[f"{which}_attacked"] = retrieval(image(attacked), texts)
    return found


def held_out_pairs(place: Workplace, pack, count: int, seed: int, machine: Machine) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
    """For each held-out part: pixels [N, 3, 64, 64] in 0..1 and ids [N, 16], each caption once."""
    tokenizer = place.tokenizer()
    found = {}
    for which in ("concept", "set"):
        unique = {}
        for sample in held_out_samples(pack, which, seed):
            unique.setdefault(sample.caption, sample)
            if len(unique) == count:
                break
        pictures = pictures_to_tensor([s.picture for s in unique.values()], machine.device)
        pixels = nn.functional.avg_pool2d((pictures + 1) / 2, pictures.shape[-1] // SIDE)
        ids = torch.from_numpy(np.stack([tokenizer.encode(caption) for caption in unique])).to(machine.device)
        found[which] = (pixels, ids)
    return found


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    torch.manual_seed(arguments.seed)
    path = place.checkpoint("clip")
    state = load_if_there(path)
    step, seconds, seen = progress_of(state)
    pack = place.pack()
    batch_size = arguments.batch or (1024 if machine.is_gpu else 192)
    stream = batches(place, pack, arguments.seed + 2000 + step, batch_size, machine)
    held_out = held_out_pairs(place, pack, 256, arguments.seed, machine)

    image, text = (tower.to(machine.device, memory_format=torch.channels_last) for tower in load_clip_of(place, arguments.bootstrap))
    vqgan = load_vqgan_of(place, arguments.bootstrap).to(machine.device, memory_format=torch.channels_last)
    scale = nn.Parameter(torch.tensor(state["scale"] if state else 2.7, device=machine.device))
    generator = torch.Generator(machine.device).manual_seed(arguments.seed + step)
    towers = nn.ModuleDict({"image": image, "text": text})
    if state is None and arguments.bootstrap is not None:
        first, _ = next(stream)
        calibrate(image, lambda: image(disturb(random_views((first + 1) / 2, generator), generator)))
    averaged = Averaged(towers)
    optimiser = torch.optim.AdamW([*towers.parameters(), scale], arguments.rate, betas=(0.9, 0.98), weight_decay=0.05)
    if is_resumable(state):
        towers.load_state_dict(state["own"])
        averaged.load(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
    clock = ActiveClock(arguments.minutes, seconds)
    losses: list[float] = []
    saved_at = 0.0

    def save() -> None:
        prefixed = averaged.state()
        parts = {
            side: {k.removeprefix(f"{side}."): v for k, v in prefixed.items() if k.startswith(f"{side}.")} for side in ("image", "text")
        }
        save_atomically(path, {
            **parts, "own": towers.state_dict(), "averaged": prefixed, "scale": scale.item(), "optimiser": optimiser.state_dict(),
            "step": step, "seconds": clock.total, "seen": seen,
        })  # fmt: skip

    def report() -> None:
        with averaged.in_place(towers):
            scores = measure(image, text, held_out, machine)
        place.log("clip", step=step, seen=seen, seconds=clock.total, loss=float(np.mean(losses or [0.0])), **scores)
        losses.clear()

    def decoded(pictures: torch.Tensor) -> torch.Tensor:
        """Some pictures replaced by what the VQGAN makes of their disturbed latents, as guidance will produce them."""
        chosen = int(arguments.decoded * len(pictures))
        if chosen == 0:
            return pictures
        with torch.no_grad(), machine.half():
            latent = vqgan.encoder(pictures[:chosen]).float()
            latent = latent + 0.6 * torch.rand(chosen, 1, 1, 1, device=latent.device) * latent.std() * torch.randn_like(latent)
            copies = vqgan.decode(vqgan.quantiser.nearest(latent)).float().clamp(-1, 1)
        return torch.cat([copies, pictures[chosen:]])

    report()
    for _ in clock.steps():
        towers.train()
        pictures, ids = next(stream)
        views = disturb(random_views((decoded(pictures) + 1) / 2, generator), generator).contiguous(memory_format=torch.channels_last)
        cooled = min(1.0, (1 - clock.progress) / 0.25) if arguments.last else 1.0
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * min(1.0, (step + 1) / 100) * cooled
        with machine.half():
            texts = text(ids)
            if arguments.attack_steps:
                radius = RADIUS * torch.rand(len(views), generator=generator, device=machine.device).sqrt()
                fixed = texts.detach()
                views = attack(
                    views, lambda p, t=fixed, i=ids: contrastive_loss(image(p), t, scale.detach(), i), radius, arguments.attack_steps
                )
            images = image(views)
        loss = contrastive_loss(images, texts, scale, ids)
        loss.backward()
        nn.utils.clip_grad_norm_(towers.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        averaged.follow(towers, step)
        step, seen = step + 1, seen + len(ids)
        losses.append(loss.item())
        if clock.run - saved_at > 240:
            saved_at = clock.run
            save()
            report()
    save()
    report()
