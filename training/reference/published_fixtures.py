"""Makes test/installer/published: small models as their code bases save them, and what those compute with them.

    python training/reference/published_fixtures.py

needs torch, transformers, diffusers, open_clip_torch, safetensors and msgpack. Each folder holds a file of weights, its
configuration, and expected.json with inputs and outputs in double precision. Weights are views of one short tensor, so that
most files hold it once.
"""

import json
import re
import sys
import zlib
from pathlib import Path

import open_clip
import safetensors.torch
import torch
from diffusers import VQModel
from torch import nn
from transformers import CLIPConfig, CLIPModel, SiglipConfig, SiglipModel

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "pytorch"), str(ROOT / "training" / "reference")]

from architectures_fixtures import ids_with_ends, packed  # noqa: E402
from checkpoint_fixtures import packed as msgpacked  # noqa: E402
from networks import VqganDecoder, VqganEncoder  # noqa: E402
from published_networks import MaskgitDecoder, MaskgitEncoder  # noqa: E402

FOLDER = ROOT / "test" / "installer" / "published"
POOL = (0.35 * torch.rand(40_960, generator=torch.Generator().manual_seed(3)) - 0.175).half()
NORM = re.compile(r"(norm\w*|ln_\w+|layrnorm|\.ln)\.weight$")
VQGAN = {
    "channels": 32,
    "multipliers": [1, 2],
    "residualBlocks": 1,
    "resolution": 16,
    "attentionResolutions": [8],
    "midAttention": True,
    "resampling": "convolution",
    "latentChannels": 8,
    "embeddingWidth": 4,
    "codes": 16,
    "quantiser": "nearest",
}
FLAT = {**VQGAN, "multipliers": [1], "attentionResolutions": []}
MASKGIT = {"channels": 32, "multipliers": [1, 1], "residualBlocks": 1, "latentChannels": 8, "codes": 16}


def drawn(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    """Another part of the pool for every name; scales of normalisations lie around 1."""
    count = torch.Size(shape).numel()
    start = zlib.crc32(name.encode()) % 3000
    view = POOL[start : start + count].view(shape)
    return 1 + view if NORM.search(name) else view


@torch.no_grad()
def filled(module: nn.Module) -> dict[str, torch.Tensor]:
    """Draws a module's weights in half precision, lets the module have them in double, and gives them by name."""
    weights = {
        name: drawn(name, tuple(tensor.shape)) if tensor.is_floating_point() else tensor for name, tensor in module.state_dict().items()
    }
    module.load_state_dict(weights)
    module.double().eval()
    return weights


def write(name: str, config: dict | None, expected: dict) -> Path:
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    if config is not None:
        (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    values = {key: packed(value) if isinstance(value, torch.Tensor) else value for key, value in expected.items()}
    (folder / "expected.json").write_text(json.dumps(values, indent=1) + "\n")
    return folder


@torch.no_grad()
def clip_outputs(image, text, vocabulary: int, size: int = 16) -> dict:
    pixels, ids = torch.randn(2, 3, size, size), ids_with_ends(vocabulary, 9)
    return {"pixels": pixels, "image": image(pixels.double()), "ids": ids, "text": text(ids)}


def hf_clip() -> None:
    common = {"hidden_act": "gelu", "num_hidden_layers": 2}
    text = {**common, "vocab_size": 60, "hidden_size": 16, "intermediate_size": 64, "num_attention_heads": 4, "max_position_embeddings": 9}
    vision = {**common, "hidden_size": 24, "intermediate_size": 96, "num_attention_heads": 3, "image_size": 16, "patch_size": 8}
    config = CLIPConfig(
        text_config={**text, "eos_token_id": 59, "bos_token_id": 58, "pad_token_id": 0}, vision_config=vision, projection_dim=12
    )
    model = CLIPModel(config)
    weights = filled(model)
    expected = clip_outputs(
        lambda pixels: model.visual_projection(model.vision_model(pixels).pooler_output),
        lambda ids: model.text_projection(model.text_model(ids).pooler_output),
        60,
    )
    stated = {"model_type": "clip", "text_config": text, "vision_config": vision}
    torch.save(weights, write("hf-clip", stated, expected) / "pytorch_model.bin")


def siglip() -> None:
    common = {"hidden_act": "gelu_pytorch_tanh", "num_hidden_layers": 2, "intermediate_size": 40}
    text = {**common, "vocab_size": 60, "hidden_size": 24, "num_attention_heads": 4, "max_position_embeddings": 9}
    vision = {**common, "hidden_size": 24, "num_attention_heads": 3, "image_size": 16, "patch_size": 8}
    model = SiglipModel(SiglipConfig(text_config=text, vision_config=vision))
    weights = filled(model)
    expected = clip_outputs(lambda pixels: model.vision_model(pixels).pooler_output, lambda ids: model.text_model(ids).pooler_output, 60)
    folder = write("siglip", {"model_type": "siglip", "text_config": text, "vision_config": vision}, expected)
    safetensors.torch.save_file({name: tensor.clone() for name, tensor in weights.items()}, folder / "model.safetensors")


def openclip() -> None:
    vision = open_clip.CLIPVisionCfg(layers=2, width=24, head_width=8, image_size=16, patch_size=8)
    text = open_clip.CLIPTextCfg(context_length=9, vocab_size=60, width=16, heads=4, layers=2)
    model = open_clip.CLIP(embed_dim=12, vision_cfg=vision, text_cfg=text)
    weights = filled(model)
    model.transformer.get_cast_dtype = lambda: torch.float64
    expected = clip_outputs(model.encode_image, model.encode_text, 60)
    heads = [{"hidden_act": "gelu", "num_attention_heads": count} for count in (3, 4)]
    stated = {"model_type": "clip", "vision_config": heads[0], "text_config": heads[1]}
    folder = write("open-clip", stated, expected)
    safetensors.torch.save_file({name: tensor.clone() for name, tensor in weights.items()}, folder / "open_clip_model.safetensors")


@torch.no_grad()
def vqgan_outputs(encode, decode, codebook: torch.Tensor, factor: int, dim: int) -> dict:
    picture, latent = torch.rand(1, 3, 4 * factor, 6 * factor), torch.randn(1, dim, 3, 4)
    return {
        "picture": picture,
        "encoded": encode(picture.double()),
        "latent": latent,
        "decoded": decode(latent.double()),
        "codebook": codebook.double(),
    }


def pair(config: dict, encoder: type[nn.Module], decoder: type[nn.Module], dim: int):
    """A VQGAN's networks with their weights by name, and a codebook."""
    networks = [encoder(config), decoder(config)]
    codebook = drawn("codebook", (config["codes"], dim))
    weights = {"quantize.embedding.weight": codebook}
    for network in networks:
        weights |= filled(network)
    factor = 2 ** (len(config["multipliers"]) - 1)
    return weights, vqgan_outputs(*networks, codebook, factor, dim)


def diffusers() -> None:
    model = VQModel(
        block_out_channels=(32, 64),
        down_block_types=("DownEncoderBlock2D", "AttnDownEncoderBlock2D"),
        up_block_types=("AttnUpDecoderBlock2D", "UpDecoderBlock2D"),
        layers_per_block=1,
        latent_channels=8,
        num_vq_embeddings=16,
        vq_embed_dim=4,
        norm_num_groups=32,
    )
    weights = filled(model)
    expected = vqgan_outputs(
        lambda picture: model.quant_conv(model.encoder(picture)),
        lambda latent: model.decoder(model.post_quant_conv(latent)),
        model.quantize.embedding.weight,
        2,
        4,
    )
    folder = write(
        "diffusers", {"_class_name": "VQModel", **{key: value for key, value in model.config.items() if not key.startswith("_")}}, expected
    )
    torch.save(weights, folder / "diffusion_pytorch_model.bin")


def llamagen() -> None:
    weights, expected = pair(VQGAN, VqganEncoder, VqganDecoder, 4)
    levels = len(VQGAN["multipliers"])

    def renamed(name: str) -> str:
        name = name.replace("mid.block_1", "mid.0").replace("mid.attn_1", "mid.1").replace("mid.block_2", "mid.2")
        name = name.replace("encoder.down", "encoder.conv_blocks")
        name = re.sub(r"decoder\.up\.(\d)", lambda found: f"decoder.conv_blocks.{levels - 1 - int(found[1])}", name)
        return re.sub(r"(conv_blocks\.\d)\.block", r"\1.res", name)

    expected["codebook"] = nn.functional.normalize(expected["codebook"], dim=1)
    config = {
        "model": {
            "target": "llamagen",
            "params": {
                "embed_dim": 4,
                "n_embed": 16,
                "codebook_l2_norm": True,
                "ddconfig": {
                    **{"double_z": False, "z_channels": 8, "resolution": 16, "in_channels": 3, "out_ch": 3},
                    **{"ch": 32, "ch_mult": [1, 2], "num_res_blocks": 1, "attn_resolutions": [8]},
                },
            },
        }
    }
    torch.save(
        {"model": {renamed(name): tensor for name, tensor in weights.items()}}, write("llamagen", config, expected) / "vq_ds16_c2i.pt"
    )


def maskgit() -> None:
    weights, expected = pair(MASKGIT, MaskgitEncoder, MaskgitDecoder, 8)
    torch.save(weights, write("maskgit", {"maskgit": MASKGIT}, expected) / "maskgit-vqgan-imagenet-f16-256.bin")


def flax() -> None:
    weights, expected = pair(FLAT, VqganEncoder, VqganDecoder, 4)
    tree: dict = {}
    for name, tensor in weights.items():
        *path, leaf = re.sub(r"\.(down|up|block|attn)\.(\d+)(?=\.)", r".\1_\2", name).split(".")
        if leaf == "weight":
            is_norm = path[-1].startswith("norm")
            leaf = "scale" if is_norm else "embedding" if path[-1] == "embedding" else "kernel"
            tensor = tensor.permute(2, 3, 1, 0) if leaf == "kernel" else tensor
        inner = tree
        for part in path:
            inner = inner.setdefault(part, {})
        inner[leaf] = tensor.contiguous()
    config = {
        **{"ch": 32, "ch_mult": [1], "num_res_blocks": 1, "resolution": 16, "attn_resolutions": []},
        **{"z_channels": 8, "embed_dim": 4, "n_embed": 16, "resamp_with_conv": True},
    }
    (write("flax", config, expected) / "flax_model.msgpack").write_bytes(msgpacked(tree))


def main() -> None:
    torch.manual_seed(5)
    for make in (hf_clip, siglip, openclip, diffusers, llamagen, maskgit, flax):
        make()
    for path in sorted(FOLDER.rglob("*.*")):
        print(f"{path.stat().st_size:>9,} {path.relative_to(FOLDER)}")


if __name__ == "__main__":
    main()
