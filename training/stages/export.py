"""Writes the newest weights as the engine reads them: OUT/ is a model folder, OUT/judge/ the judge beside it (for bench/judge/).

Every exported graph is run once in ONNX Runtime and compared with its network. The codebook's own file stays float32.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from PIL import Image
from torch import nn

from training.data.parts import with_parts
from training.data.samples import load_judge_recipes
from training.data.scene_pictures import load_scenes
from training.judge.scoring import paint_real
from training.models.clip import CONTEXT, SIDE
from training.models.load import load_clip_of, load_judge_of, load_prior_of, load_vqgan_of
from training.models.prior_graphs import export_prior
from training.running.manifest import write_manifest, write_tokenizer
from training.running.onnx_files import export_graph
from training.running.workplace import HOME, Workplace

TOLERANCE = 2e-2  # of the output's largest value: what half-precision storage may cost
LIMIT_MB = 60.0
CEILINGS = 3  # sheets of real held-out pictures, for the engine's own `npm run judge`


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model into")


def check_file(path: Path, network: nn.Module, inputs: dict[str, torch.Tensor]) -> None:
    """Refuses a file whose outputs stray from the network's."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {name: value.numpy() for name, value in inputs.items()})
    with torch.no_grad():
        expected = network(*inputs.values()).numpy()
    stray = float(np.abs(found - expected).max() / np.abs(expected).max())
    if stray > TOLERANCE:
        raise ValueError(f"Expected {path.name} to follow its network within {TOLERANCE}, it strays by {stray:.3g}.")
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, strays by {stray:.1e}")


def export_pair(image: nn.Module, text: nn.Module, folder: Path, prefix: str) -> None:
    """An image tower and a text tower with the tensors of clip-image.onnx and clip-text.onnx."""
    pixels = {"pixels": torch.rand(2, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1))}
    ids = {"ids": torch.tensor([[3, 5, 7, 1] + [0] * (CONTEXT - 4), [3, 9, 1] + [0] * (CONTEXT - 3)])}
    free = {"embedding": {0: "n"}}
    for network, inputs, name in ((image, pixels, "image"), (text, ids, "text")):
        path = folder / f"{prefix}-{name}.onnx"
        export_graph(network, inputs, ["embedding"], path, {next(iter(inputs)): {0: "n"}, **free})
        check_file(path, network, inputs)


def export_vqgan(place: Workplace, bootstrap: Path | None, folder: Path) -> None:
    vqgan = load_vqgan_of(place, bootstrap)
    grid, sides = {2: "h", 3: "w"}, {2: "H", 3: "W"}
    latent = {"z": torch.linspace(-1, 1, 64 * 256).view(1, 64, 16, 16)}
    picture = {"image": torch.linspace(-1, 1, 3 * 128 * 128).view(1, 3, 128, 128)}
    export_graph(vqgan.decoder, latent, ["image"], folder / "vqgan-decoder.onnx", {"z": grid, "image": sides})
    check_file(folder / "vqgan-decoder.onnx", vqgan.decoder, latent)
    export_graph(vqgan.encoder, picture, ["z"], folder / "vqgan-encoder.onnx", {"image": sides, "z": grid})
    check_file(folder / "vqgan-encoder.onnx", vqgan.encoder, picture)
    vqgan.quantiser.codebook.detach().numpy().astype("<f4").tofile(folder / "codebook.f32")
    keep_earlier(place.checkpoint("vqgan"), bootstrap, folder, ["vqgan-decoder.onnx", "vqgan-encoder.onnx", "codebook.f32"])


def keep_earlier(checkpoint: Path, bootstrap: Path | None, folder: Path, names: list[str]) -> None:
    """What was not trained again keeps its files, byte for byte: caches keyed by content stay valid."""
    if bootstrap is not None and not checkpoint.exists():
        for name in names:
            shutil.copyfile(bootstrap / name, folder / name)


def run(arguments: argparse.Namespace) -> None:
    place, folder = Workplace(arguments.work), arguments.out
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads or 1)

    export_vqgan(place, arguments.bootstrap, folder)
    image, text = load_clip_of(place, arguments.bootstrap)
    export_pair(image, text, folder, "clip")
    keep_earlier(place.checkpoint("clip"), arguments.bootstrap, folder, ["clip-image.onnx"])
    has_prior = place.checkpoint("prior").exists() or bool(arguments.bootstrap and (arguments.bootstrap / "prior-plan.onnx").exists())
    prior = load_prior_of(place, arguments.bootstrap) if has_prior else None
    if prior is not None:
        for path in export_prior(prior, folder):
            print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
        keep_earlier(place.checkpoint("prior"), arguments.bootstrap, folder, ["prior-step.onnx"])
    tokenizer = place.tokenizer()
    if prior is not None:
        tables = [prior.planner.retrieval.names, *([prior.planner.scenes.words] if prior.planner.scenes else [])]
        tokenizer = with_parts(tokenizer, [table.numpy() for table in tables])
    tokenizer.save(folder / "vocabulary.json")
    write_tokenizer(tokenizer, folder / "tokenizer.json")
    shutil.copyfile(HOME / "data" / "words.json", folder / "words.json")
    write_manifest(folder, prior.shape if prior else None)
    total = sum(p.stat().st_size for p in folder.iterdir() if p.is_file() and p.name != "vocabulary.json") / 1e6
    print(f"together: {total:.1f} MB of {LIMIT_MB:.0f}")
    if total > LIMIT_MB:
        raise ValueError(f"Expected at most {LIMIT_MB} MB, got {total:.1f}.")
    if place.checkpoint("judge").exists():
        export_judge(place, folder / "judge")


def export_judge(place: Workplace, folder: Path) -> None:
    """The judge and sheets of real pictures of the fifty prompts; beside them in scenes/ the same judge with those of the hundred,
    where WORK/real has their scenes. They may be of different rounds: what was judged by one is compared by that one.
    """
    pack, drawn = place.pack(), load_judge_recipes(place.scene_prompts)
    export_towers(place, folder)
    for seed in range(CEILINGS):
        pictures, _ = paint_real(pack, [recipe for _, recipe in place.judged()], seed)
        save_sheet(pictures, folder / f"real-{seed}.png")
    if not place.real.exists():
        return
    export_towers(place, folder / "scenes")
    painted: dict[str, list[np.ndarray]] = {}
    for scene in load_scenes(place.real):
        painted.setdefault(scene.caption, []).append(scene.picture())
    for seed in range(CEILINGS):
        things, _ = paint_real(pack, [recipe for _, recipe in drawn], seed)
        of_text = dict(zip((text for text, _ in drawn), things, strict=True)) | {text: found[seed] for text, found in painted.items()}
        texts = [prompt["text"] for prompt in json.loads(place.scene_prompts.read_text())["prompts"]]
        save_sheet([of_text[text] for text in texts], folder / "scenes" / f"real-{seed}.webp")


def export_towers(place: Workplace, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    export_pair(*load_judge_of(place), folder, "judge")
    write_tokenizer(place.tokenizer(), folder / "tokenizer.json")


def save_sheet(pictures: list[np.ndarray], path: Path) -> None:
    """Ten pictures a row without gaps; a WebP loses little that a judge could see."""
    rows = [np.concatenate(pictures[i : i + 10], 1) for i in range(0, len(pictures), 10)]
    options = {"quality": 90} if path.suffix == ".webp" else {"optimize": True}
    Image.fromarray(np.concatenate(rows)).save(path, **options)
