"""The random parameters of src/zoo/architectures/random-weights.ts, element for element: a hash of seed, name, index."""

import math

import numpy as np
import torch
from torch import nn

GOLDEN = 0x9E3779B1
MASK = 0xFFFFFFFF


def fnv1a(text: str) -> int:
    value = 0x811C9DC5
    for unit in text.encode("ascii"):
        value = ((value ^ unit) * 0x01000193) & MASK
    return value


def mixed(values: np.ndarray) -> np.ndarray:
    """MurmurHash3's finaliser over uint32."""
    values = values ^ (values >> np.uint32(16))
    values = values * np.uint32(0x85EBCA6B)
    values = values ^ (values >> np.uint32(13))
    values = values * np.uint32(0xC2B2AE35)
    return values ^ (values >> np.uint32(16))


def random_weight(name: str, shape: tuple[int, ...], seed: int) -> torch.Tensor:
    start = fnv1a(name) ^ ((seed * GOLDEN) & MASK)
    steps = np.arange(math.prod(shape), dtype=np.uint32) * np.uint32(GOLDEN)
    units = mixed(np.uint32(start) + steps).astype(np.float64) / 2**31 - 1
    if len(shape) > 1:
        centre, spread = 0.0, math.sqrt(3 / math.prod(shape[1:]))
    else:
        centre, spread = float(name.endswith((".weight", ".running_var"))), 0.1
    return torch.from_numpy((centre + spread * units).astype(np.float32)).reshape(shape)


@torch.no_grad()
def fill(module: nn.Module, seed: int, rough: float = 0) -> None:
    """
    Sets every parameter of the module from its state-dict name. With `rough`, what goes into normalisations lies so far
    from zero, in units of about its own deviation: trained weights do that, random ones do not.
    """
    for name, parameter in module.state_dict().items():
        if parameter.is_floating_point():
            lifted = rough if name.endswith((".conv_in.bias", ".conv1.bias")) else 0
            parameter.copy_(random_weight(name, tuple(parameter.shape), seed) + lifted)
