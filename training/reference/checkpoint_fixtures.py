"""Makes test/checkpoints/fixtures: the same few tensors in every file format of weights, and what a reader must find.

    python training/reference/checkpoint_fixtures.py

needs torch, safetensors and msgpack. The values are small whole numbers, so that every element type holds them.
"""

from __future__ import annotations

import json
import sys
import types
import zipfile
from collections import OrderedDict
from pathlib import Path

import msgpack
import safetensors.torch
import torch
from torch import Tensor, nn

FOLDER = Path(__file__).parents[2] / "test" / "checkpoints" / "fixtures"


def tensors() -> OrderedDict[str, Tensor]:
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4) - 5
    return OrderedDict(
        {
            "conv.weight": base,
            "half": base[0].clone().half(),
            "brain": base[1].clone().bfloat16(),
            "double": base[0, 0].clone().double(),
            "scalar": torch.tensor(4.0),
            "empty": torch.zeros(0, 3),
            "tied": base,
            "row": base[1, 2],
            "transposed": base.permute(2, 0, 1),
            "expanded": base[0, :, :1].expand(3, 2),
            "parameter": nn.Parameter(torch.tensor([7.0, 8.0])),
            "steps": torch.tensor(1 << 40),
            "mask": torch.tensor([True, False, True]),
        }
    )


class ModelCheckpoint:
    """Stands in for a class of a trainer, which a reader has never heard of."""


class AttributeDict(dict):
    """Stands in for a dictionary of a trainer."""


class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.visual = nn.Linear(3, 2, bias=False)
        self.register_buffer("steps", torch.tensor(12))
        self.logit_scale = nn.Parameter(torch.tensor(4.0))
        self.factor = 3
        with torch.no_grad():
            self.visual.weight.copy_(torch.arange(6).reshape(2, 3))

    def forward(self, x: Tensor) -> Tensor:
        return self.visual(x) * self.logit_scale * self.factor


def lightning() -> dict:
    foreign = types.ModuleType("pytorch_lightning_callbacks")
    sys.modules[foreign.__name__] = foreign
    for kind in (ModelCheckpoint, AttributeDict):
        kind.__module__ = foreign.__name__
        setattr(foreign, kind.__name__, kind)
    return {
        "epoch": 3,
        "global_step": 70000,
        "callbacks": {ModelCheckpoint: {"best": torch.tensor(0.5), "path": "/somewhere/last.ckpt"}},
        "optimizer_states": [{"state": {0: {"step": 5, "exp_avg": torch.ones(3)}}, "param_groups": [{"lr": 4.5e-06}]}],
        "hyper_parameters": AttributeDict(width=4, keep=2**70),
        "state_dict": tensors(),
    }


def packed(value: object) -> bytes:
    """flax.serialization.to_bytes: arrays are extension 1 around (shape, type, bytes)."""

    def extension(item: object) -> msgpack.ExtType:
        assert isinstance(item, Tensor)
        array = item.detach().contiguous()
        name = str(array.dtype).removeprefix("torch.")
        raw = array.view(torch.uint8).numpy().tobytes() if array.dim() else array.reshape(1).view(torch.uint8).numpy().tobytes()
        return msgpack.ExtType(1, msgpack.packb((tuple(array.shape), name, raw), use_bin_type=True))

    return msgpack.packb(value, default=extension, strict_types=True)


def flax() -> bytes:
    named = tensors()
    chunked = {
        "__msgpack_chunked_array__": True,
        "shape": {"0": 2, "1": 3, "2": 4},
        "chunks": {"0": named["conv.weight"].reshape(-1)[:13].clone(), "1": named["conv.weight"].reshape(-1)[13:].clone()},
    }
    return packed(
        {
            "conv": {"weight": chunked},
            "half": named["half"],
            "brain": named["brain"],
            "double": named["double"],
            "scalar": named["scalar"],
            "empty": named["empty"],
            "count": 5,
            "note": None,
        }
    )


def facts(named: dict[str, Tensor]) -> dict:
    return {
        name: {
            "elementType": str(tensor.dtype).removeprefix("torch."),
            "shape": list(tensor.shape),
            "values": tensor.detach().double().reshape(-1).tolist(),
        }
        for name, tensor in named.items()
    }


def repacked(source: Path, target: Path, folder: str) -> None:
    """The same archive as a general tool would pack it, compressed, in a folder of another name."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(f"{folder}/{name.split('/', 1)[1]}", before.read(name))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    named = tensors()
    (FOLDER / "tensors.json").write_text(json.dumps(facts(named), indent=1))
    torch.save(named, FOLDER / "plain.pt")
    torch.save(named, FOLDER / "protocol-4.pt", pickle_protocol=4)
    torch.save(named, FOLDER / "legacy.pt", _use_new_zipfile_serialization=False)
    torch.save(lightning(), FOLDER / "lightning.ckpt")
    network = Network()
    (FOLDER / "network.json").write_text(json.dumps(facts(network.state_dict()), indent=1))
    torch.save(network, FOLDER / "module.pt")
    torch.jit.script(network).save(str(FOLDER / "script.pt"))
    torch.serialization.set_crc32_options(False)
    torch.save(named, FOLDER / "no-checksums.pt")
    torch.serialization.set_crc32_options(True)
    repacked(FOLDER / "plain.pt", FOLDER / "deflated.pt", "archive")
    with zipfile.ZipFile(FOLDER / "around.zip", "w", zipfile.ZIP_DEFLATED) as around:
        around.write(FOLDER / "plain.pt", "model.ckpt")
    contiguous = {name: tensor.detach().clone().contiguous() for name, tensor in named.items()}
    safetensors.torch.save_file(contiguous, FOLDER / "plain.safetensors", metadata={"format": "pt"})
    (FOLDER / "flax_model.msgpack").write_bytes(flax())


if __name__ == "__main__":
    main()
