"""Makes test/installer/layouts/names.json: what published code bases call the tensors of small models, with their shapes.

    python training/reference/layout_names.py

needs torch, diffusers and transformers.
"""

from __future__ import annotations

import json
from pathlib import Path

from diffusers import VQModel
from torch import nn
from transformers import CLIPConfig, CLIPModel

TARGET = Path(__file__).parents[2] / "test" / "installer" / "layouts" / "names.json"
OLD_ATTENTION = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}


def shapes(module: nn.Module) -> dict[str, list[int]]:
    return {name: list(tensor.shape) for name, tensor in module.state_dict().items()}


def diffusers() -> dict[str, list[int]]:
    return shapes(
        VQModel(
            block_out_channels=(32, 64, 64),
            down_block_types=("DownEncoderBlock2D", "DownEncoderBlock2D", "AttnDownEncoderBlock2D"),
            up_block_types=("AttnUpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"),
            layers_per_block=2,
            latent_channels=8,
            num_vq_embeddings=16,
            vq_embed_dim=4,
        )
    )


def before(names: dict[str, list[int]]) -> dict[str, list[int]]:
    """As diffusers named its attention before 0.18."""

    def renamed(name: str) -> str:
        if ".attentions." in name:
            for new, old in OLD_ATTENTION.items():
                name = name.replace(f".{new}.", f".{old}.")
        return name

    return {renamed(name): shape for name, shape in names.items()}


def clip() -> dict[str, list[int]]:
    text = {"vocab_size": 40, "hidden_size": 16, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
    vision = {"hidden_size": 24, "intermediate_size": 96, "num_hidden_layers": 3, "num_attention_heads": 3, "image_size": 16, "patch_size": 4}
    config = CLIPConfig(
        text_config={**text, "max_position_embeddings": 7, "eos_token_id": 39, "bos_token_id": 38, "pad_token_id": 0},
        vision_config=vision,
        projection_dim=12,
    )
    return shapes(CLIPModel(config))


def main() -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    vq = diffusers()
    TARGET.write_text(json.dumps({"diffusers": vq, "diffusers-old": before(vq), "clip": clip()}))


if __name__ == "__main__":
    main()
