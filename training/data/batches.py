"""Pictures and captions as tensors."""

from collections.abc import Iterator

import numpy as np
import torch

from training.data.compose import Composer, Recipe, say
from training.data.pool import draw_batches, load_pool
from training.data.samples import Sample
from training.data.scene_pictures import draw_scenes, load_scenes
from training.data.sprites import Sprite, SpritePack
from training.running.machine import Machine
from training.running.workplace import Workplace

POOL_SIZE = 200_000  # 10 GB on the GPU
SEEDS_A_POOL = 100_000  # runs whose seeds differ by less share a pool; the judge's lie apart


def pictures_to_tensor(pictures: list[np.ndarray], device: torch.device) -> torch.Tensor:
    """uint8 [128, 128, 3] each to float [B, 3, 128, 128] in -1..1, channels last."""
    stacked = torch.from_numpy(np.stack(pictures)).to(device).permute(0, 3, 1, 2)
    return (stacked.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def held_out_samples(pack: SpritePack, which: str, seed: int) -> Iterator[Sample]:
    """Plain single pictures on white of held-out sprites, in random order, each once; `which` is `concept` or `set`."""
    random = np.random.default_rng(seed)
    concepts = sorted(pack.held_out_concepts if which == "concept" else set(pack.by_concept) - pack.held_out_concepts)
    sprites = [s for c in concepts for s in pack.held_out(c)]
    random.shuffle(sprites)

    def refuse(concept: str, _: np.random.Generator) -> Sprite:
        raise LookupError(f"A held-out picture shows one sprite, not {concept}.")

    composer = Composer(pack, refuse)
    for sprite in sprites:
        recipe = Recipe("single", (sprite.concept,))
        yield Sample(composer.paint(recipe, random, sprite, jitter=0), say(recipe), recipe)


def held_out_pictures(pack: SpritePack, count: int, seed: int) -> list[np.ndarray]:
    """Half of held-out concepts, half of held-out sets, uint8 [128, 128, 3] each."""
    streams = (held_out_samples(pack, which, seed) for which in ("concept", "set"))
    return [sample.picture for stream in streams for sample, _ in zip(stream, range(count // 2), strict=False)]


def batches(
    place: Workplace, pack: SpritePack, seed: int, size: int, machine: Machine, scenes: float = 0.0
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Endless training batches: pictures [size, 3, 128, 128] in -1..1 and token ids int64 [size, 16].

    On a CPU every picture is new; on a GPU they come from a pool of POOL_SIZE. `scenes` is the share of painted scenes.
    """
    if scenes > 0:
        yield from mixed(place, batches(place, pack, seed, size - round(scenes * size), machine), (seed, round(scenes * size)), machine)
    if machine.is_gpu:
        pictures, ids = load_pool(place, seed // SEEDS_A_POOL, POOL_SIZE, machine.device)
        yield from draw_batches(pictures, ids, size, seed)
    tokenizer, samples = place.tokenizer(), iter(place.sampler(seed, pack))
    while True:
        drawn = [next(samples) for _ in range(size)]
        ids = torch.from_numpy(np.stack([tokenizer.encode(s.caption) for s in drawn])).to(machine.device)
        yield pictures_to_tensor([s.picture for s in drawn], machine.device), ids


def mixed(
    place: Workplace, drawings: Iterator[tuple[torch.Tensor, torch.Tensor]], wish: tuple[int, int], machine: Machine
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Batches of drawings with so many scenes added to each; `wish` is a seed and that number."""
    seed, count = wish
    tokenizer, scenes = place.tokenizer(), draw_scenes(load_scenes(place.scenes), seed)
    for pictures, ids in drawings:
        drawn = [next(scenes) for _ in range(count)]
        added = torch.from_numpy(np.stack([tokenizer.encode(caption) for _, caption in drawn])).to(machine.device)
        yield torch.cat([pictures, pictures_to_tensor([p for p, _ in drawn], machine.device)]), torch.cat([ids, added])
