"""Attention and feed-forward parts shared by the planner and the prior. Sequences are [B, T, width]."""

import torch
from torch import nn
from torch.nn import functional as F


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """[B, T, width] to [B, heads, T, width / heads]."""
    _, length, width = x.shape
    return x.view(-1, length, heads, width // heads).transpose(1, 2)  # -1 keeps exported graphs free of shape arithmetic


def join_heads(x: torch.Tensor) -> torch.Tensor:
    """[B, heads, T, size] to [B, T, heads * size]."""
    _, heads, length, size = x.shape
    return x.transpose(1, 2).reshape(-1, length, heads * size)


class SelfAttention(nn.Module):
    def __init__(self, width: int, heads: int, causal: bool) -> None:
        super().__init__()
        self.heads, self.causal = heads, causal
        self.q = nn.Linear(width, width, bias=False)
        self.k = nn.Linear(width, width, bias=False)
        self.v = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def project(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        return split_heads(self.q(x), self.heads), split_heads(self.k(x), self.heads), split_heads(self.v(x), self.heads)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        q, k, v = self.project(x)
        return self.out(join_heads(F.scaled_dot_product_attention(q, k, v, is_causal=self.causal)))


class CrossAttention(nn.Module):
    """From a sequence [B, T, width] to text tokens [B, L, source]; `mask` is 0 at tokens and -1e4 at padding, [B, 1, 1, L]."""

    def __init__(self, width: int, source: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width, bias=False)
        self.k = nn.Linear(source, width, bias=False)
        self.v = nn.Linear(source, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: torch.Tensor, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        q, k, v = split_heads(self.q(x), self.heads), split_heads(self.k(tokens), self.heads), split_heads(self.v(tokens), self.heads)
        scores = (q @ k.transpose(-1, -2)).float() * (q.shape[-1] ** -0.5) + mask
        return self.out(join_heads(scores.softmax(-1).to(v.dtype) @ v))


class FeedForward(nn.Sequential):
    """Four times the width in between; x * sigmoid(x) rather than erf, which exports to two plain nodes."""

    def __init__(self, width: int) -> None:
        super().__init__(nn.Linear(width, 4 * width), nn.SiLU(), nn.Linear(4 * width, width))
