"""The two towers of the pocket CLIP: a small residual network on 64 x 64 pictures and a three-layer text transformer.

Both end in 256 numbers, not normalised. The networks are small because guidance runs the image tower, and its gradient,
on a dozen cutouts at every painting step.
"""

import torch
from torch import nn
from torch.nn import functional as F

SIDE = 64
CONTEXT = 16
EMBEDDING = 256


class ImageBlock(nn.Module):
    """silu(skip(x) + bn(conv(silu(bn(conv(x)))))). The skip halves by averaging, so no pixel is dropped."""

    def __init__(self, width: int, out: int, stride: int) -> None:
        super().__init__()
        halve = nn.AvgPool2d(2) if stride == 2 else nn.Identity()
        keep = width == out and stride == 1
        self.skip = nn.Identity() if keep else nn.Sequential(halve, nn.Conv2d(width, out, 1, bias=False), nn.BatchNorm2d(out))
        self.c1 = nn.Conv2d(width, out, 3, stride=stride, padding=1, bias=False)
        self.n1 = nn.BatchNorm2d(out)
        self.c2 = nn.Conv2d(out, out, 3, padding=1, bias=False)
        self.n2 = nn.BatchNorm2d(out)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        kept = self.skip(x)  # first: the order of the exported graph, by which weights are read back
        hidden = F.silu(self.n1(self.c1(x)))
        return F.silu(kept + self.n2(self.c2(hidden)))


class ImageTower(nn.Module):
    """Pixels [B, 3, 64, 64] in 0..1 to an embedding [B, 256]."""

    def __init__(
        self, embedding: int = EMBEDDING, widths: tuple[int, ...] = (24, 48, 96, 192, 384), depths: tuple[int, ...] = (1, 2, 2, 1)
    ) -> None:
        super().__init__()
        stem, *levels = widths
        self.stem = nn.Sequential(nn.Conv2d(3, stem, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(stem), nn.SiLU())
        blocks: list[nn.Module] = []
        width = stem
        for level, (wider, depth) in enumerate(zip(levels, depths, strict=True)):
            for index in range(depth):
                blocks.append(ImageBlock(width, wider, 2 if level > 0 and index == 0 else 1))
                width = wider
        self.blocks = nn.ModuleList(blocks)
        self.project = nn.Linear(width, embedding, bias=False)

    def features(self, pixels: torch.Tensor) -> list[torch.Tensor]:
        """Activations after the stem and after every block: what the perceptual loss compares."""
        x = self.stem(pixels * 2 - 1)
        found = [x]
        for block in self.blocks:
            x = block(x)
            found.append(x)
        return found

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.project(self.features(pixels)[-1].float().mean((2, 3)))


class TextBlock(nn.Module):
    """Pre-norm attention and a GELU layer of four times the width."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.l1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.o = nn.Linear(width, width)
        self.l2 = nn.LayerNorm(width)
        self.f1 = nn.Linear(width, 4 * width)
        self.f2 = nn.Linear(4 * width, width)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(self.l1(x)).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + mask
        mixed = (scores.float().softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, width)
        x = x + self.o(mixed)
        return x + self.f2(F.gelu(self.f1(self.l2(x))))


class TextTower(nn.Module):
    """Token ids int64 [B, 16] (0 pads) to an embedding [B, 256]: the mean over the tokens that are not padding."""

    def __init__(self, vocabulary: int, embedding: int = EMBEDDING, width: int = 192, depth: int = 3, heads: int = 4) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(CONTEXT, width) * 0.02)
        self.blocks = nn.ModuleList(TextBlock(width, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.project = nn.Linear(width, embedding, bias=False)

    def hidden(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The last layer [B, 16, 192], zero at padding, and the tokens that count, float [B, 16, 1]."""
        padding = ids == 0
        mask = torch.where(padding, -1e4, 0.0)[:, None, None]
        x = self.tokens(ids) + self.positions
        for block in self.blocks:
            x = block(x, mask)
        counted = (~padding).float().unsqueeze(2)
        return self.norm(x) * counted, counted

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        hidden, counted = self.hidden(ids)
        return self.project(hidden.sum(1) / counted.sum(1))
