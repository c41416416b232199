"""Muon for the hidden matrices, AdamW for everything else, and a running average of the weights.

Muon (Jordan et al. 2024) orthogonalises each matrix's momentum; on small transformers it needs about half the steps of
AdamW, which counts where a step takes seconds.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import nn

MUON_FACTOR = 10.0
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # coefficients of the paper's quintic, five times applied


class Muon(torch.optim.Optimizer):
    """Muon in the precision of its parameters: torch.optim.Muon orthogonalises in bfloat16, which a processor without AVX-512
    emulates, five times slower than the rest of a training step together.
    """

    def __init__(self, params: Iterable[nn.Parameter], lr: float, momentum: float = 0.95, weight_decay: float = 0.0) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for parameter in (p for p in group["params"] if p.grad is not None):
                state = self.state[parameter]
                average = state.setdefault("momentum_buffer", torch.zeros_like(parameter))
                average.lerp_(parameter.grad, 1 - group["momentum"])
                ahead = parameter.grad.lerp(average, group["momentum"])  # Nesterov
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                rows, columns = parameter.shape
                parameter.add_(orthogonalise(ahead), alpha=-group["lr"] * max(1.0, rows / columns) ** 0.5)


def orthogonalise(matrix: torch.Tensor) -> torch.Tensor:
    """Near the closest matrix with singular values 1 (Newton and Schulz)."""
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / x.norm().clamp_min(1e-7)
    a, b, c = NEWTON_SCHULZ
    for _ in range(5):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x


def build_optimisers(network: nn.Module, rate: float, embeddings: tuple[type, ...]) -> list[torch.optim.Optimizer]:
    """Muon over weights of nn.Linear except heads, AdamW over embeddings, heads, norms and biases."""
    hidden = {
        id(module.weight)
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear) and not name.endswith("head") and not isinstance(module, embeddings)
    }
    matrices = [p for p in network.parameters() if id(p) in hidden]
    others = [p for p in network.parameters() if id(p) not in hidden]
    muon = Muon(matrices, lr=rate * MUON_FACTOR, momentum=0.95, weight_decay=0.02)
    return [muon, torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.95), weight_decay=0.0)]


def set_rate(optimisers: list[torch.optim.Optimizer], rate: float) -> None:
    for optimiser in optimisers:
        factor = MUON_FACTOR if isinstance(optimiser, Muon) else 1.0
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
