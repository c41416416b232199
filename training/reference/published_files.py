"""Writes full-size models with random weights, in the file layouts in which they are published.

    python training/reference/published_files.py FOLDER [--rough 180]

needs torch. FOLDER gets last.ckpt and model.yaml (the ImageNet VQGAN with 16,384 codes as its Lightning trainer left it: with
Adam's state, the judges of its loss and a callback), ViT-B-32.pt and RN50.pt (OpenAI's TorchScript archives, half precision
where those are), a tokenizer.json of single letters, and a catalogue.json that states their sizes and hashes, so that

    easel models add imagenet-16384 --clip vit-b-32,rn50 --from-dir FOLDER --catalogue FOLDER/catalogue.json --unchecked

takes them for the published ones. With --rough the groups of the VQGAN's normalisations have means that far from zero, in
deviations. About 1.6 GB.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import types
from pathlib import Path

import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "pytorch"), str(ROOT / "training" / "reference")]

from architectures_weights import fill, random_weight  # noqa: E402
from networks import ClipImage, ClipText, VqganDecoder, VqganEncoder  # noqa: E402
from published_networks import ClipResnet  # noqa: E402

SEED = 16384
VQGAN = {
    "channels": 128,
    "multipliers": [1, 1, 2, 2, 4],
    "residualBlocks": 2,
    "resolution": 256,
    "attentionResolutions": [16],
    "midAttention": True,
    "resampling": "convolution",
    "latentChannels": 256,
    "embeddingWidth": 256,
    "codes": 16384,
    "quantiser": "nearest",
}
YAML = """model:
  base_learning_rate: 4.5e-06
  target: taming.models.vqgan.VQModel
  params:
    embed_dim: 256
    n_embed: 16384
    monitor: val/rec_loss
    ddconfig:
      double_z: false
      z_channels: 256
      resolution: 256
      in_channels: 3
      out_ch: 3
      ch: 128
      ch_mult: [1, 1, 2, 2, 4]
      num_res_blocks: 2
      attn_resolutions: [16]
      dropout: 0.0
    lossconfig:
      target: taming.modules.losses.vqperceptual.VQLPIPSWithDiscriminator
      params:
        disc_conditional: false
"""
QUICK = {"activation": "quick-gelu"}
TEXT = {**QUICK, "width": 512, "layers": 12, "heads": 8, "context": 77, "vocabulary": 49408}
VIT_B_32 = {**QUICK, "embedding": 512, "size": 224, "patch": 32, "width": 768, "layers": 12, "heads": 12}
RN50 = {"embedding": 1024, "size": 224, "width": 64, "layers": [3, 4, 6, 3], "heads": 32}
# What the loss of the trainer keeps beside the model: a VGG16 and a judge of patches.
VGG = [(64, 3), (64, 64), (128, 64), (128, 128), (256, 128), (256, 256), (256, 256), *[(512, 256)], *[(512, 512)] * 5]
JUDGE = [(64, 3), (128, 64), (256, 128), (512, 256), (1, 512)]


class ModelCheckpoint:
    """Stands in for the callback of the trainer, whose class is a key of the file."""


def filled(module: nn.Module, rough: float = 0) -> dict[str, torch.Tensor]:
    fill(module, SEED, rough)
    return dict(module.state_dict())


def vqgan(rough: float) -> dict[str, torch.Tensor]:
    codebook = random_weight("quantize.embedding.weight", (VQGAN["codes"], VQGAN["embeddingWidth"]), SEED)
    # Rows about as long as a latent of the encoder.
    codebook = codebook * (VQGAN["embeddingWidth"] ** 0.5)
    return filled(VqganEncoder(VQGAN), rough) | filled(VqganDecoder(VQGAN), rough) | {"quantize.embedding.weight": codebook}


def lightning(weights: dict[str, torch.Tensor]) -> dict:
    foreign = "pytorch_lightning.callbacks.model_checkpoint"
    parts = foreign.split(".")
    for count in range(1, len(parts) + 1):
        sys.modules[".".join(parts[:count])] = types.ModuleType(".".join(parts[:count]))
    ModelCheckpoint.__module__ = foreign
    sys.modules[foreign].ModelCheckpoint = ModelCheckpoint
    ballast = {f"loss.perceptual_loss.net.{index}.weight": torch.randn(out, into, 3, 3) for index, (out, into) in enumerate(VGG)}
    ballast |= {f"loss.discriminator.main.{index}.weight": torch.randn(out, into, 4, 4) for index, (out, into) in enumerate(JUDGE)}
    moments = {
        index: {"step": 70000, "exp_avg": torch.randn(tensor.shape), "exp_avg_sq": torch.rand(tensor.shape)}
        for index, tensor in enumerate(weights.values())
    }
    return {
        "epoch": 11,
        "global_step": 70000,
        "pytorch-lightning_version": "1.0.8",
        "callbacks": {ModelCheckpoint: {"monitor": "val/rec_loss", "best_model_score": torch.tensor(0.3)}},
        "optimizer_states": [{"state": moments, "param_groups": [{"lr": 4.5e-06, "params": list(moments)}]}],
        "lr_schedulers": [],
        "state_dict": weights | ballast,
    }


def archive(image: nn.Module, text: nn.Module) -> torch.jit.ScriptModule:
    """OpenAI's: one module with the weights of both towers; kernels and matrices in half precision."""
    root = nn.Module()
    for name, tensor in (filled(image) | filled(text)).items():
        *path, leaf = name.split(".")
        holder = root
        for part in path:
            if part not in dict(holder.named_children()):
                holder.add_module(part, nn.Module())
            holder = holder.get_submodule(part)
        is_table = "embedding" in leaf or "embedding" in path[-1:]
        tensor = tensor.half() if tensor.dim() > 1 and not is_table and "embedding" not in name else tensor
        if leaf.startswith(("running", "num_batches")):
            holder.register_buffer(leaf, tensor)
        else:
            holder.register_parameter(leaf, nn.Parameter(tensor, requires_grad=False))
    root.register_parameter("logit_scale", nn.Parameter(torch.tensor(4.6052), requires_grad=False))
    for name, value in {"input_resolution": 224, "context_length": 77, "vocab_size": 49408}.items():
        root.register_buffer(name, torch.tensor(value))
    return torch.jit.script(root)


def tokenizer() -> dict:
    """CLIP's, without merges: every word falls into letters, which random weights mind as little as words."""
    letters = [chr(code) for code in [*range(33, 127), *range(161, 173), *range(174, 256), *range(256, 324)]]
    vocabulary = [*letters, *(f"{letter}</w>" for letter in letters)]
    ends = {"<|startoftext|>": 49406, "<|endoftext|>": 49407}
    return {
        "version": "1.0",
        "added_tokens": [
            {"id": number, "content": name, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
            for name, number in ends.items()
        ],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": r"\p{L}+|\p{N}|[^\s\p{L}\p{N}]+"}, "behavior": "Removed", "invert": True},
                {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False},
            ],
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "<|startoftext|>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}},
            ],
            "pair": [],
            "special_tokens": {name: {"id": name, "ids": [number], "tokens": [name]} for name, number in ends.items()},
        },
        "decoder": None,
        "model": {
            "type": "BPE",
            "unk_token": "<|endoftext|>",
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "</w>",
            "vocab": {name: number for number, name in enumerate(vocabulary)} | ends,
            "merges": [],
        },
    }


def catalogue(folder: Path) -> dict:
    """The catalogue, with what these files are instead of the published ones."""
    published = json.loads((ROOT / "models" / "catalogue.json").read_text())
    files = {
        "imagenet-16384.ckpt": "last.ckpt",
        "imagenet-16384.yaml": "model.yaml",
        "vit-b-32.pt": "ViT-B-32.pt",
        "rn50.pt": "RN50.pt",
        "clip-tokenizer.json": "tokenizer.json",
    }
    for name, file in files.items():
        with (folder / file).open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        published["files"][name] |= {"bytes": (folder / file).stat().st_size, "sha256": digest}
    return published


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rough", type=float, default=0)
    given = parser.parse_args()
    folder: Path = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.save(lightning(vqgan(given.rough)), folder / "last.ckpt")
    (folder / "model.yaml").write_text(YAML)
    archive(ClipImage(VIT_B_32), ClipText({**TEXT, "embedding": 512})).save(str(folder / "ViT-B-32.pt"))
    archive(ClipResnet(RN50), ClipText({**TEXT, "embedding": 1024})).save(str(folder / "RN50.pt"))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer()))
    (folder / "catalogue.json").write_text(json.dumps(catalogue(folder), indent=2))
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:>12,} {path.name}")


if __name__ == "__main__":
    main()
