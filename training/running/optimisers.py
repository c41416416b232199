"""Muon for the hidden matrices, AdamW for everything else, and a running average of the weights.

Muon (Jordan et al. 2024) orthogonalises each matrix's momentum; on small transformers it needs about half the steps of
AdamW, which counts where a step takes seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

MUON_FACTOR = 10.0


def build_optimisers(network: nn.Module, rate: float, embeddings: tuple[type, ...]) -> list[torch.optim.Optimizer]:
    """Muon over weights of nn.Linear except heads, AdamW over embeddings, heads, norms and biases."""
    hidden = {
        id(module.weight)
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear) and not name.endswith("head") and not isinstance(module, embeddings)
    }
    matrices = [p for p in network.parameters() if id(p) in hidden]
    others = [p for p in network.parameters() if id(p) not in hidden]
    muon = torch.optim.Muon(matrices, lr=rate * MUON_FACTOR, momentum=0.95, weight_decay=0.02)
    return [muon, torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.95), weight_decay=0.0)]


def set_rate(optimisers: list[torch.optim.Optimizer], rate: float) -> None:
    for optimiser in optimisers:
        factor = MUON_FACTOR if isinstance(optimiser, torch.optim.Muon) else 1.0
        for group in optimiser.param_groups:
            group["lr"] = rate * factor


class Averaged:
    """An exponential moving average of the weights; what is measured and exported."""

    def __init__(self, network: nn.Module, decay: float = 0.998) -> None:
        self.decay = decay
        self.weights = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def follow(self, network: nn.Module, step: int) -> None:
        """Early on the average is short, so that the first random weights are soon forgotten."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                self.weights[name].lerp_(value, 1 - decay)
            else:
                self.weights[name].copy_(value)

    def state(self) -> dict[str, torch.Tensor]:
        return self.weights

    def load(self, state: dict[str, torch.Tensor]) -> None:
        for name, value in state.items():
            self.weights[name].copy_(value)

    @contextmanager
    def in_place(self, network: nn.Module) -> Iterator[None]:
        """Puts the averaged weights into the network for the length of the block."""
        own = {name: value.detach().clone() for name, value in network.state_dict().items()}
        network.load_state_dict(self.weights)
        try:
            yield
        finally:
            network.load_state_dict(own)
