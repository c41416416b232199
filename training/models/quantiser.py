"""Vector quantisation with the straight-through gradient, in the paper's form and in the moving-average form.

`loss` form (van den Oord et al. 2017; Esser et al. 2021, eq. 2): ||sg[E(x)] - z_q||^2 + beta ||sg[z_q] - E(x)||^2.
`ema` form (same paper, appendix A.1): codes are running means of the latents assigned to them, and only the commitment
term remains as a loss. Codes unused for a while are restarted from random latents of the batch (Dhariwal et al. 2020).
"""

from typing import Literal, NamedTuple

import torch
from torch import nn
from torch.nn import functional as F

CodebookForm = Literal["loss", "ema"]


class Quantised(NamedTuple):
    latent: torch.Tensor  # [B, D, h, w], gradient passes straight through to the input
    indices: torch.Tensor  # int64 [B, h, w]
    loss: torch.Tensor  # scalar


class Quantiser(nn.Module):
    """A codebook [K, D]. `usage` is the running share of assignments of each code."""

    def __init__(self, codes: int, dim: int, form: CodebookForm = "ema", beta: float = 0.25, decay: float = 0.99) -> None:
        super().__init__()
        self.form, self.beta, self.decay = form, beta, decay
        self.codebook = nn.Parameter(torch.randn(codes, dim) * 0.5, requires_grad=form == "loss")
        self.register_buffer("usage", torch.full((codes,), 1.0 / codes))
        self.register_buffer("sums", self.codebook.detach().clone() / codes)

    def nearest(self, latent: torch.Tensor) -> torch.Tensor:
        """Index of the nearest code at each position, int64 [B, h, w], from latents [B, D, h, w]."""
        flat = latent.permute(0, 2, 3, 1).reshape(-1, latent.shape[1]).float()
        with torch.autocast(flat.device.type, enabled=False):  # half precision cannot tell neighbouring codes apart
            # ||a - b||^2 without the term in a, which is the same for every code
            scores = flat @ self.codebook.T - 0.5 * self.codebook.square().sum(1)
        return scores.argmax(1).view(latent.shape[0], *latent.shape[2:])

    def embed(self, indices: torch.Tensor) -> torch.Tensor:
        """Codes [B, D, h, w] of indices int64 [B, h, w]."""
        return F.embedding(indices, self.codebook).permute(0, 3, 1, 2)

    def forward(self, latent: torch.Tensor) -> Quantised:
        latent = latent.float()
        indices = self.nearest(latent.detach())
        codes = self.embed(indices)
        loss = self.beta * F.mse_loss(latent, codes.detach())
        if self.form == "loss":
            loss = loss + F.mse_loss(codes, latent.detach())
        elif self.training:
            self._follow(latent.detach(), indices)
        return Quantised(latent + (codes - latent).detach(), indices, loss)

    @torch.no_grad()
    def _follow(self, latent: torch.Tensor, indices: torch.Tensor) -> None:
        flat = latent.permute(0, 2, 3, 1).reshape(-1, latent.shape[1])
        hits = torch.zeros_like(self.usage).index_add_(0, indices.reshape(-1), torch.ones(len(flat), device=flat.device))
        totals = torch.zeros_like(self.sums).index_add_(0, indices.reshape(-1), flat)
        self.usage.lerp_(hits / len(flat), 1 - self.decay)
        self.sums.lerp_(totals / len(flat), 1 - self.decay)
        self.codebook.copy_(self.sums / self.usage.clamp_min(1e-7).unsqueeze(1))

    @torch.no_grad()
    def restart_dead(self, latent: torch.Tensor, generator: torch.Generator, below: float = 0.03) -> int:
        """Moves codes used less than `below` of an even share onto random latents [B, D, h, w]; returns how many."""
        dead = self.usage < below / len(self.usage)
        count = int(dead.sum())
        if count == 0:
            return 0
        flat = latent.detach().float().permute(0, 2, 3, 1).reshape(-1, latent.shape[1])
        chosen = flat[torch.randint(len(flat), (count,), generator=generator).to(flat.device)]
        even = 1.0 / len(self.usage)
        self.codebook[dead] = chosen
        self.sums[dead] = chosen * even
        self.usage[dead] = even
        return count

    @torch.no_grad()
    def count_use(self, indices: torch.Tensor) -> None:
        """Follows `usage` in the loss form too, so that dead codes are known there."""
        hits = torch.bincount(indices.reshape(-1), minlength=len(self.usage)).float()
        self.usage.lerp_(hits / hits.sum(), 1 - self.decay)
