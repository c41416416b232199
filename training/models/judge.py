"""The judge: an image-text model that nothing is ever optimised against.

It differs from the pocket CLIP in everything that could be shared by accident: seed, samples, image tower (a short
convolutional stem, then attention over 4 x 4 cells), text tower (a bidirectional GRU). Same inputs, so the same code runs it.
"""

from itertools import pairwise

import torch
from torch import nn
from torch.nn import functional as F

from training.models.attention import FeedForward, SelfAttention

EMBEDDING = 192


class JudgeBlock(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = SelfAttention(width, heads, causal=False)
        self.feed = FeedForward(width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.attention(self.n1(x))
        return x + self.feed(self.n2(x))


class JudgeImage(nn.Module):
    """Pixels [B, 3, 64, 64] in 0..1 to an embedding [B, 192]."""

    def __init__(self, width: int = 192, depth: int = 3) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.AvgPool2d(2), nn.Conv2d(3, 48, 3, stride=2, padding=1), nn.SiLU()]
        for inner, outer in pairwise((48, 96, width)):
            layers += [nn.Conv2d(inner, outer, 3, stride=2, padding=1), nn.GroupNorm(8, outer), nn.SiLU()]
            layers += [nn.Conv2d(outer, outer, 3, padding=1), nn.SiLU()]
        self.stem = nn.Sequential(*layers)
        self.places = nn.Parameter(torch.randn(16, width) * 0.02)
        self.blocks = nn.ModuleList(JudgeBlock(width, width // 48) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.project = nn.Linear(width, EMBEDDING, bias=False)

    def lock(self) -> None:
        """Only the last block and the projection go on learning, which costs a third."""
        learning = {id(p) for part in (self.blocks[-1], self.norm, self.project) for p in part.parameters()}
        for parameter in self.parameters():
            parameter.requires_grad_(id(parameter) in learning)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        x = self.stem((pixels * 2 - 1).contiguous(memory_format=torch.channels_last)).flatten(2).transpose(1, 2) + self.places
        for block in self.blocks:
            x = block(x)
        return self.project(self.norm(x).mean(1))


class JudgeText(nn.Module):
    """Ids int64 [B, 16] (0 pads) to an embedding [B, 192]: a GRU both ways, then the largest value over the tokens."""

    def __init__(self, vocabulary: int, width: int = 192) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        nn.init.normal_(self.tokens.weight, std=0.1)
        self.gru = nn.GRU(width, width, batch_first=True, bidirectional=True)
        self.project = nn.Linear(3 * width, EMBEDDING, bias=False)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        words = self.tokens(ids)
        read, _ = self.gru(words)
        both = torch.cat([read, words], -1)
        counted = (ids > 1).unsqueeze(2)  # neither padding nor the end
        return self.project(F.silu(torch.where(counted, both, -1e4).amax(1)))
