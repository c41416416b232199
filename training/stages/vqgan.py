"""Stage one: trains the VQGAN (Esser et al. 2021, section 3.1) and reports PSNR, SSIM and codebook use on held-out pictures.

L = |x - x_hat| + perceptual + L_VQ + 0.8 lambda L_GAN; the adversarial part joins after `--adversarial-after` steps. With `--texture`
three quarters of the first term are taken at half the resolution, and the local strength of details joins; with `--strokes` what the
perceptual network makes of a window, wherever in it. Continues from the
bootstrap's weights where given: folded BatchNorms are then calibrated first. With `--decoder-only` every BatchNorm keeps what it has
instead, so that the decoder is never worse than it was; scenes that nothing has seen (WORK/real) are measured too.
"""

import argparse

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training.data.batches import batches, held_out_pictures, pictures_to_tensor
from training.data.scene_pictures import load_scenes
from training.models.bootstrap import calibrate
from training.models.discriminator import PatchDiscriminator, adaptive_weight, hinge_loss
from training.models.load import load_clip_of, load_vqgan_of
from training.models.perceptual import PerceptualLoss, texture_distance
from training.models.vqgan import Vqgan
from training.running.machine import ActiveClock, Machine, find_machine
from training.running.picture_metrics import psnr, ssim
from training.running.workplace import Workplace, is_resumable, load_if_there, progress_of, save_atomically

GAN_SHARE = 0.8
RESTART_EVERY = 25
WEIGHED_EVERY = 8  # steps between looks at lambda


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--codebook-form", choices=("ema", "loss"), default="ema", help="running means, or the paper's loss term")
    parser.add_argument("--batch", type=int, help="crops a step; 16 on a CPU, 128 on a GPU unless said")
    parser.add_argument("--crop", type=int, default=64, help="side of the training crops, pixels; 128 is the whole picture")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--perceptual", type=float, default=0.3, help="weight of the perceptual loss")
    parser.add_argument("--texture", type=float, default=0.0, help="weight of the strength of details, which says nothing of their place")
    parser.add_argument("--strokes", type=float, default=0.0, help="weight of how activations go together in a window")
    parser.add_argument("--adversarial-after", type=int, default=4000, help="steps before the discriminator joins")
    parser.add_argument("--scenes", type=float, default=0.0, help="share of painted scenes among the pictures")
    parser.add_argument("--decoder-only", action="store_true", help="keep encoder and codebook, so that encoded pictures stay as they are")
    parser.add_argument("--last", action="store_true", help="lower the rate to zero towards the end of this run")


@torch.no_grad()
def measure(vqgan: Vqgan, pictures: list[np.ndarray], perceptual: PerceptualLoss, machine: Machine) -> dict[str, float]:
    """PSNR (dB), SSIM, perceptual distance and the share of codes used, on held-out pictures uint8 [128, 128, 3]."""
    vqgan.eval()
    found: list[tuple[float, float, float]] = []
    used: set[int] = set()
    for start in range(0, len(pictures), 32):
        batch = pictures_to_tensor(pictures[start : start + 32], machine.device)
        with machine.half():
            indices = vqgan.encode(batch)
            decoded = vqgan.decode(indices)
        real, copy = (batch.float() + 1) / 2, ((decoded.float() + 1) / 2).clamp(0, 1)
        found.append((psnr(real, copy), ssim(real, copy), float(perceptual(copy * 2 - 1, batch))))
        used |= set(indices.flatten().tolist())
    means = np.mean(found, 0)
    return {"psnr": float(means[0]), "ssim": float(means[1]), "distance": float(means[2]), "codes_used": len(used) / vqgan.shape.codes}


def run(arguments: argparse.Namespace) -> None:
    place, machine = Workplace(arguments.work), find_machine(arguments.device, arguments.threads)
    torch.manual_seed(arguments.seed)
    path = place.checkpoint("vqgan")
    state = load_if_there(path)
    pack = place.pack()
    batch_size = arguments.batch or (128 if machine.is_gpu else 16)
    step, seconds, _ = progress_of(state)
    stream = batches(place, pack, arguments.seed + 1000 + step, batch_size, machine, arguments.scenes)

    vqgan = load_vqgan_of(place, arguments.bootstrap).to(machine.device, memory_format=torch.channels_last)
    vqgan.quantiser.form = arguments.codebook_form
    vqgan.quantiser.codebook.requires_grad_(arguments.codebook_form == "loss")
    if state is None and arguments.bootstrap is not None and not arguments.decoder_only:
        first, _ = next(stream)
        calibrate(vqgan, lambda: vqgan.decoder(vqgan.quantiser(vqgan.encoder(first)).latent))
    if arguments.decoder_only:
        vqgan.encoder.requires_grad_(False)
    image_tower, _ = load_clip_of(place, arguments.bootstrap)
    perceptual = PerceptualLoss(image_tower).to(machine.device)
    discriminator = PatchDiscriminator().to(machine.device, memory_format=torch.channels_last)
    trained = [p for p in vqgan.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, arguments.rate, betas=(0.5, 0.9), weight_decay=0.0)
    judge = torch.optim.AdamW(discriminator.parameters(), arguments.rate, betas=(0.5, 0.9), weight_decay=0.0)
    if is_resumable(state):
        discriminator.load_state_dict(state["discriminator"])
        if state["form"] == arguments.codebook_form:  # the other form trains one tensor more or less
            optimiser.load_state_dict(state["optimiser"])
        judge.load_state_dict(state["judge"])
    held_out = {"": held_out_pictures(pack, 192 if machine.is_gpu else 64, arguments.seed)}
    if place.real.exists():
        held_out["scenes_"] = [scene.picture() for scene in load_scenes(place.real)[:64]]
    generator = torch.Generator().manual_seed(arguments.seed + step)
    clock = ActiveClock(arguments.minutes, seconds)
    seen: list[tuple[float, ...]] = []
    saved_at, restarted, weight = 0.0, 0, torch.zeros(())

    def save() -> None:
        save_atomically(path, {
            "model": vqgan.state_dict(), "discriminator": discriminator.state_dict(), "optimiser": optimiser.state_dict(),
            "judge": judge.state_dict(), "step": step, "seconds": clock.total,
            "form": arguments.codebook_form,
        })  # fmt: skip

    def report() -> None:
        means = np.mean(seen, 0) if seen else np.zeros(6)
        names = ("l1", "perceptual", "strokes", "vq", "gan", "lambda")
        place.log("vqgan", step=step, seconds=clock.total, restarted=restarted, **dict(zip(names, map(float, means), strict=True)),
                  **{f"{which}{name}": value for which, pictures in held_out.items()
                     for name, value in measure(vqgan, pictures, perceptual, machine).items()})  # fmt: skip
        seen.clear()

    if step == 0:
        report()
    for _ in clock.steps():
        vqgan.train()
        if arguments.decoder_only:
            vqgan.eval()  # what is not in training mode still learns, but for the statistics
        batch, _ = next(stream)
        side = batch.shape[-1] - arguments.crop
        if side > 0:
            y, x = (int(torch.randint(0, side + 1, (1,), generator=generator)) for _ in range(2))
            batch = batch[..., y : y + arguments.crop, x : x + arguments.crop]
        cooled = min(1.0, (1 - clock.progress) / 0.25) if arguments.last else 1.0
        for group in (*optimiser.param_groups, *judge.param_groups):
            group["lr"] = arguments.rate * min(1.0, (step + 1) / (30 if arguments.decoder_only else 200)) * cooled
        with machine.half():
            latent = vqgan.encoder(batch)
            quantised = vqgan.quantiser(latent)
            copy = vqgan.decoder(quantised.latent)
            likeness, strokes = perceptual.compare(copy, batch)
        l1 = (copy.float() - batch).abs().mean()
        if arguments.texture:
            coarse = (F.avg_pool2d(copy.float(), 2) - F.avg_pool2d(batch, 2)).abs().mean()
            l1 = 0.25 * l1 + 0.75 * coarse + arguments.texture * texture_distance(copy.float(), batch)
        reconstruction = l1 + arguments.perceptual * likeness + arguments.strokes * strokes
        loss, gan = reconstruction + quantised.loss, torch.zeros(())
        if arguments.codebook_form == "loss":
            vqgan.quantiser.count_use(quantised.indices)
        if step >= arguments.adversarial_after:
            discriminator.requires_grad_(False)
            with machine.half():
                gan = -discriminator(copy).float().mean()
            if step % WEIGHED_EVERY == 0 or not weight:
                weight = adaptive_weight(reconstruction, gan, vqgan.last_weight())
            loss = loss + GAN_SHARE * weight * gan
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        if step >= arguments.adversarial_after:
            discriminator.requires_grad_(True)
            with machine.half():
                scores = hinge_loss(discriminator(batch).float(), discriminator(copy.detach()).float())
            scores.backward()
            judge.step()
            judge.zero_grad(set_to_none=True)
        step += 1
        if step % RESTART_EVERY == 0:
            restarted += 0 if arguments.decoder_only else vqgan.quantiser.restart_dead(latent, generator)
        seen.append((l1.item(), likeness.item(), strokes.item(), quantised.loss.item(), gan.item(), weight.item()))
        if clock.run - saved_at > (240 if machine.is_gpu else 300):
            saved_at = clock.run
            save()
            report()
    save()
    report()
