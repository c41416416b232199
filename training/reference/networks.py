"""Small networks of the families that Easel differentiates, at a width that keeps their exports at some kilobytes.

Each is the architecture of its family block by block; only widths and depths are reduced. Weights are random.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class VisionTransformer(nn.Module):
    """CLIP's image tower: patches, class token, pre-norm blocks with x·σ(1.702x), projection, unit length."""

    def __init__(self, size: int = 16, patch: int = 4, width: int = 16, heads: int = 2, depth: int = 2) -> None:
        super().__init__()
        self.patches = nn.Conv2d(3, width, patch, patch, bias=False)
        self.class_token = nn.Parameter(torch.randn(width))
        self.positions = nn.Parameter(torch.randn((size // patch) ** 2 + 1, width))
        self.before = nn.LayerNorm(width)
        self.blocks = nn.ModuleList(Block(width, heads, fused=True) for _ in range(depth))
        self.after = nn.LayerNorm(width)
        self.projection = nn.Parameter(torch.randn(width, 8) / width**0.5)

    def forward(self, pixels: Tensor) -> Tensor:
        x = self.patches(pixels).flatten(2).transpose(1, 2)
        token = self.class_token.expand(x.shape[0], 1, -1)
        x = self.before(torch.cat([token, x], dim=1) + self.positions)
        for block in self.blocks:
            x = block(x)
        embedding = self.after(x[:, 0]) @ self.projection
        return embedding / embedding.norm(dim=-1, keepdim=True)


class Block(nn.Module):
    """`fused` is CLIP's kind: one attention operator and x·σ(1.702x); else products, softmax and the exact GELU."""

    def __init__(self, width: int, heads: int, fused: bool) -> None:
        super().__init__()
        self.heads, self.fused = heads, fused
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        n, length, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(n, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v) if self.fused else attention(q, k, v)
        x = x + self.out(mixed.transpose(1, 2).reshape(n, length, width))
        hidden = self.up(self.norm2(x))
        hidden = hidden * torch.sigmoid(1.702 * hidden) if self.fused else F.gelu(hidden)
        return x + self.down(hidden)


def attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    return torch.softmax(q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5, dim=-1) @ v


class BlockStack(nn.Module):
    """Transformer blocks with the exact GELU and a softmax over classes, on a sequence of vectors."""

    def __init__(self, width: int = 12) -> None:
        super().__init__()
        self.blocks = nn.Sequential(Block(width, 3, fused=False), Block(width, 2, fused=False))
        self.head = nn.Linear(width, 5)

    def forward(self, x: Tensor) -> Tensor:
        return F.log_softmax(self.head(self.blocks(x).mean(dim=1)), dim=-1)


class ResNet(nn.Module):
    """Stem with max pooling, two residual stages with BatchNorm (the second at stride 2), average pool, classifier."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 7, 2, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.stage1 = Residual(8, 8, 1)
        self.stage2 = Residual(8, 12, 2)
        self.head = nn.Linear(12, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stage2(self.stage1(self.stem(x)))
        return self.head(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


class Residual(nn.Module):
    def __init__(self, channels: int, out: int, stride: int) -> None:
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(channels, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out)
        self.conv2, self.norm2 = nn.Conv2d(out, out, 3, 1, 1, bias=False), nn.BatchNorm2d(out)
        self.short = nn.Conv2d(channels, out, 1, stride) if stride > 1 or out != channels else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        hidden = F.relu(self.norm1(self.conv1(x)))
        return F.relu(self.norm2(self.conv2(hidden)) + self.short(x))


class ConvNeXt(nn.Module):
    """Patches, depthwise 7×7 blocks with LayerNorm over channels and layer scale, downsampling in between."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 4, 4)
        self.norm = ChannelNorm(8)
        self.block1 = ConvNeXtBlock(8)
        self.down = nn.Sequential(ChannelNorm(8), nn.Conv2d(8, 12, 2, 2))
        self.block2 = ConvNeXtBlock(12)

    def forward(self, x: Tensor) -> Tensor:
        x = self.block1(self.norm(self.stem(x)))
        x = self.block2(self.down(x))
        return x.mean([-2, -1])


class ChannelNorm(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(channels, eps=1e-6)

    def forward(self, x: Tensor) -> Tensor:
        return self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ConvNeXtBlock(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, 7, padding=3, groups=channels)
        self.norm = nn.LayerNorm(channels, eps=1e-6)
        self.up, self.down = nn.Linear(channels, 4 * channels), nn.Linear(4 * channels, channels)
        self.scale = nn.Parameter(torch.rand(channels))

    def forward(self, x: Tensor) -> Tensor:
        hidden = self.norm(self.depthwise(x).permute(0, 2, 3, 1))
        hidden = self.scale * self.down(F.gelu(self.up(hidden)))
        return x + hidden.permute(0, 3, 1, 2)


class UNet(nn.Module):
    """GroupNorm and SiLU, strided down, transposed and bilinear up, reflected pads, skips by concatenation."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Conv2d(3, 8, 3, padding=1, padding_mode="reflect")
        self.down1 = nn.Conv2d(8, 12, 3, 2, 1)
        self.down2 = nn.Conv2d(12, 12, 3, 2, 1)
        self.norm1, self.norm2 = nn.GroupNorm(4, 12), nn.GroupNorm(3, 12)
        self.up1 = nn.ConvTranspose2d(12, 8, 4, 2, 1)
        self.up2 = nn.Conv2d(20, 8, 3, padding=1)
        self.leave = nn.Conv2d(16, 3, 1)

    def forward(self, x: Tensor) -> Tensor:
        a = F.leaky_relu(self.enter(x), 0.2)
        b = F.silu(self.norm1(self.down1(a)))
        c = F.silu(self.norm2(self.down2(b)))
        d = torch.cat([self.up1(c), b], dim=1)
        e = F.interpolate(self.up2(d), scale_factor=2, mode="bilinear", align_corners=False)
        return torch.tanh(self.leave(torch.cat([e, a], dim=1)))


class Warp(nn.Module):
    """A volume that displaces itself: a learned flow, trilinear sampling with reflection, pads that repeat and cut."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = nn.Conv3d(2, 3, 3, padding=1)
        self.leave = nn.Conv3d(2, 2, 2)
        self.register_buffer("straight", F.affine_grid(torch.eye(3, 4).unsqueeze(0), [1, 2, 4, 5, 6], align_corners=False))

    def forward(self, x: Tensor) -> Tensor:
        grid = 1.1 * self.straight + 0.3 * torch.tanh(self.flow(x)).permute(0, 2, 3, 4, 1)
        warped = F.grid_sample(x, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
        return self.leave(F.pad(warped, (2, -1, 1, 1, -1, 2), mode="replicate"))


class Decoder(nn.Module):
    """VQGAN's decoder: middle with attention, residual levels, nearest ×2 and convolution upwards."""

    def __init__(self, channels: int = 8, latent: int = 4) -> None:
        super().__init__()
        wide = 2 * channels
        self.post_quant_conv = nn.Conv2d(latent, latent, 1)
        self.conv_in = nn.Conv2d(latent, wide, 3, padding=1)
        self.mid = nn.Sequential(ResnetBlock(wide, wide), AttnBlock(wide), ResnetBlock(wide, wide))
        self.low = nn.Sequential(ResnetBlock(wide, wide), AttnBlock(wide))
        self.up = Upsample(wide)
        self.high = ResnetBlock(wide, channels)
        self.norm_out = nn.GroupNorm(4, channels, eps=1e-6)
        self.conv_out = nn.Conv2d(channels, 3, 3, padding=1)

    def forward(self, z: Tensor) -> Tensor:
        hidden = self.mid(self.conv_in(self.post_quant_conv(z)))
        hidden = self.high(self.up(self.low(hidden)))
        return self.conv_out(F.silu(self.norm_out(hidden)))


class ResnetBlock(nn.Module):
    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(4, channels, eps=1e-6), nn.Conv2d(channels, out, 3, padding=1)
        self.norm2, self.conv2 = nn.GroupNorm(4, out, eps=1e-6), nn.Conv2d(out, out, 3, padding=1)
        self.nin_shortcut = nn.Conv2d(channels, out, 1) if channels != out else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        hidden = self.conv1(F.silu(self.norm1(x)))
        return self.nin_shortcut(x) + self.conv2(F.silu(self.norm2(hidden)))


class AttnBlock(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(4, channels, eps=1e-6)
        self.q, self.k, self.v = (nn.Conv2d(channels, channels, 1) for _ in range(3))
        self.proj_out = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        hidden = self.norm(x)
        n, c, h, w = hidden.shape
        q, k, v = (part(hidden).reshape(n, c, h * w) for part in (self.q, self.k, self.v))
        weights = torch.softmax(torch.bmm(q.permute(0, 2, 1), k) * c**-0.5, dim=2)
        mixed = torch.bmm(v, weights.permute(0, 2, 1)).reshape(n, c, h, w)
        return x + self.proj_out(mixed)


class Upsample(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))
