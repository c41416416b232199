"""What compositions.py puts networks together from: operations on pictures [n, c, h, w] and on sequences [n, l, d].

A piece gets a generator of random choices and the shape that it will be given, and returns a module or nothing, where that
shape does not suit it. What comes out has the same number of axes.
"""

from collections.abc import Callable
from random import Random

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Shape = tuple[int, ...]
Piece = Callable[[Random, Shape], nn.Module | None]


class Function(nn.Module):
    """A function of a tensor as a module."""

    def __init__(self, function: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: Tensor) -> Tensor:
        return self.function(x)


def f(function: Callable[[Tensor], Tensor]) -> nn.Module:
    return Function(function)


class Attention(nn.Module):
    def __init__(self, width: int, heads: int, causal: bool, masked: bool) -> None:
        super().__init__()
        self.heads, self.causal, self.masked = heads, causal, masked
        self.packed, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        n, length, width = x.shape
        q, k, v = self.packed(x).view(n, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        mask = torch.ones(length, length, dtype=torch.bool).tril(1) if self.masked else None
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=self.causal and not self.masked)
        return self.out(mixed.transpose(1, 2).reshape(n, length, width))


class Recurrent(nn.Module):
    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        return self.layer(x)[0]


class Warp(nn.Module):
    """A picture sampled along a transformation that is computed from it."""

    def __init__(self, channels: int, mode: str, padding: str, align: bool) -> None:
        super().__init__()
        self.head = nn.Linear(channels, 6)
        self.settings = {"mode": mode, "padding_mode": padding, "align_corners": align}

    def forward(self, x: Tensor) -> Tensor:
        identity = torch.tensor([1.0, 0, 0, 0, 1, 0], dtype=x.dtype)
        theta = (identity + 0.2 * torch.tanh(self.head(x.mean((2, 3))))).view(-1, 2, 3)
        grid = F.affine_grid(theta, list(x.shape), align_corners=self.settings["align_corners"])
        return F.grid_sample(x, grid, **self.settings)


class Excite(nn.Module):
    def __init__(self, channels: int, gate: nn.Module) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(channels, 3), nn.ReLU(), nn.Linear(3, channels), gate)

    def forward(self, x: Tensor) -> Tensor:
        return x * self.layers(x.mean((2, 3)))[:, :, None, None]


ACTIVATIONS: list[Callable[[], nn.Module]] = [
    nn.ReLU, nn.GELU, nn.SiLU, nn.Mish, nn.Hardswish, nn.ELU, nn.CELU, nn.SELU, nn.Softplus, nn.Softsign,
    nn.LogSigmoid, nn.Tanhshrink, nn.Hardtanh, nn.ReLU6, nn.Softshrink, nn.Hardshrink, nn.Hardsigmoid, nn.PReLU,
    nn.LeakyReLU, nn.Tanh, nn.Sigmoid, lambda: nn.GELU("tanh"), lambda: nn.Threshold(0.1, -0.3),
    lambda: f(torch.erf), lambda: f(torch.atan), lambda: f(lambda x: torch.asinh(x) + torch.cos(x)),
    lambda: f(lambda x: x.abs().add(0.1).log()), lambda: f(lambda x: x.square().add(0.1).rsqrt()),
    lambda: f(lambda x: torch.expm1(-x.abs())), lambda: f(lambda x: torch.log1p(x.square())),
    lambda: f(lambda x: x.sign() * x.abs().pow(1.5)), lambda: f(lambda x: torch.remainder(x, 0.7)),
    lambda: f(lambda x: torch.where(x > 0.2, x.sin(), x * 0.3)), lambda: f(lambda x: x.clamp(-0.4, 0.9)),
    lambda: f(lambda x: torch.maximum(x, 0.3 * x.flip(-1))), lambda: f(lambda x: torch.atan2(x, x.roll(1, -1) + 3)),
    lambda: f(lambda x: x.masked_fill(x < -0.5, 0.25)), lambda: f(lambda x: torch.logaddexp(x, -x)),
]  # fmt: skip


def activation(r: Random, _: Shape) -> nn.Module:
    return r.choice(ACTIVATIONS)()


def convolution(r: Random, shape: Shape) -> nn.Module:
    c = shape[1]
    kernel, dilation = r.choice([1, 2, 3, (3, 1), (1, 4)]), r.choice([1, 1, 2])
    out, group = r.choice([(4, 1), (6, 1), (c, 1), (c, c), (2 * c, c)])
    mode = r.choice(["zeros", "zeros", "reflect", "replicate", "circular"])
    return nn.Conv2d(
        c, out, kernel, r.choice([1, 1, 2]), r.choice([0, 1, (1, 2)]), dilation, group, r.random() < 0.6, mode
    )


def transposed(r: Random, shape: Shape) -> nn.Module:
    stride = r.choice([1, 2, 3])
    return nn.ConvTranspose2d(shape[1], r.choice([3, 6]), 3, stride, r.choice([0, 1]), r.randrange(stride))


def pooling(r: Random, _: Shape) -> nn.Module:
    return r.choice([
        lambda: nn.MaxPool2d(r.choice([2, 3]), r.choice([1, 2]), r.choice([0, 1]), ceil_mode=r.random() < 0.5),
        lambda: nn.AvgPool2d(r.choice([2, 3]), 2, r.choice([0, 1]), r.random() < 0.5, r.random() < 0.5),
        lambda: nn.AdaptiveAvgPool2d(1),
        lambda: nn.LPPool2d(2, 2),
        lambda: f(lambda x: x.amax(-1, keepdim=True) - x.amin(-2, keepdim=True)),
    ])()  # fmt: skip


def resizing(r: Random, shape: Shape) -> nn.Module:
    mode = r.choice(["nearest", "nearest-exact", "bilinear", "bicubic"])
    align = r.random() < 0.5 if mode.startswith("bi") else None
    if r.random() < 0.5:
        size = (r.randint(2, 9), r.randint(2, 9))
        return f(lambda x: F.interpolate(x, size=size, mode=mode, align_corners=align))
    factor = r.choice([0.5, 1.3, 2.0, (2.0, 0.7)])
    return f(lambda x: F.interpolate(x, scale_factor=factor, mode=mode, align_corners=align))


def arranging(r: Random, shape: Shape) -> nn.Module | None:
    c, h, w = shape[1:]
    choices = [
        lambda x: x.flip(2), lambda x: x.roll((1, -1), (2, 3)), lambda x: x.transpose(2, 3), lambda x: x[:, :, ::2, 1:],
        lambda x: torch.cat([x[:, 1:], x[:, :1]], 1), lambda x: F.pad(x, (1, 0, -1, 2)),
        lambda x: x.repeat(1, 2, 1, 1), lambda x: torch.stack([x, -x], 1).flatten(1, 2),
        lambda x: x.repeat_interleave(2, 3), lambda x: torch.cat(x.split([1, w - 1], 3)[::-1], 3),
        lambda x: x.index_select(2, torch.tensor([h - 1, 0, 0])), lambda x: x.tril(1) + x.triu(-1),
        lambda x: x.unfold(3, 2, 1).mean(-1), lambda x: torch.cumsum(x, 2),
        lambda x: x.sort(3)[0], lambda x: x.topk(2, 2)[0], lambda x: x.movedim(1, 3).contiguous().movedim(3, 1) * 2,
        lambda x: x.gather(3, torch.arange(w).flip(0).expand(x.shape)),
        lambda x: torch.zeros_like(x).index_add(2, torch.arange(h) // 2, x),
    ]  # fmt: skip
    if min(h, w) > 2:
        choices += [lambda x, m=m: F.pad(x, (1, 2, 2, 0), mode=m) for m in ("reflect", "replicate", "circular")]
    if c % 2 == 0:
        choices += [lambda x: F.glu(x, 1), lambda x: F.channel_shuffle(x, 2), lambda x: torch.cat(x.chunk(2, 1)[::-1], 1)]
    if c % 4 == 0:
        choices.append(lambda x: F.pixel_shuffle(x, 2))
    if h % 2 == 0 and w % 2 == 0:
        choices.append(lambda x: F.pixel_unshuffle(x, 2))
    return f(r.choice(choices)) if min(h, w) > 1 else None


def normalising(r: Random, shape: Shape) -> nn.Module | None:
    c, h, w = shape[1:]
    choices = [
        lambda: nn.BatchNorm2d(c), lambda: nn.GroupNorm(r.choice([g for g in (1, 2, c) if c % g == 0]), c),
        lambda: nn.LayerNorm([h, w]), lambda: f(lambda x: F.normalize(x, dim=1)), lambda: nn.LocalResponseNorm(3),
        lambda: f(lambda x: (x - x.mean((2, 3), keepdim=True)) / (x.std((2, 3), keepdim=True) + 0.1)),
        lambda: f(lambda x: x.softmax(1)), lambda: f(lambda x: x.log_softmax(-1)),
        lambda: f(lambda x: x - x.logsumexp((2, 3), keepdim=True)), lambda: f(lambda x: x * x.norm(dim=2, keepdim=True)),
        lambda: f(lambda x: x / (x.var(1, keepdim=True, unbiased=False) + 1)),
    ]  # fmt: skip
    if h * w > 1:
        choices.append(lambda: nn.InstanceNorm2d(c, affine=True))
    return r.choice(choices)() if h * w > 1 else None


def mixing(r: Random, shape: Shape) -> nn.Module | None:
    c = shape[1]
    return r.choice([
        lambda: Excite(c, r.choice([nn.Sigmoid(), nn.Hardsigmoid()])),
        lambda: Warp(c, r.choice(["bilinear", "nearest", "bicubic"]), r.choice(["zeros", "border", "reflection"]),
                     r.random() < 0.5),
        lambda: f(lambda x: torch.einsum("nchw,ndhw->ncd", x, x)[..., None] * 0.1),
        lambda: f(lambda x: F.fold(F.unfold(x, 2), tuple(x.shape[2:]), 2)),
    ])() if min(shape[2:]) > 1 else None  # fmt: skip


PICTURE: list[Piece] = [
    activation, activation, convolution, convolution, transposed, pooling, resizing, arranging, arranging, normalising,
    mixing,
]  # fmt: skip


def linear(r: Random, shape: Shape) -> nn.Module:
    return nn.Linear(shape[2], r.choice([4, 8, 12]), bias=r.random() < 0.7)


def attention(r: Random, shape: Shape) -> nn.Module | None:
    d = shape[2]
    heads = r.choice([h for h in (1, 2, 4) if d % h == 0])
    encoder = lambda: nn.TransformerEncoderLayer(d, heads, 6, 0.0, batch_first=True, norm_first=r.random() < 0.5)
    return encoder() if r.random() < 0.3 else Attention(d, heads, r.random() < 0.5, r.random() < 0.3)


def recurrent(r: Random, shape: Shape) -> nn.Module:
    kind = r.choice([nn.LSTM, nn.GRU, nn.RNN])
    return Recurrent(kind(shape[2], r.choice([3, 4]), batch_first=True, bidirectional=r.random() < 0.4))


def along(r: Random, shape: Shape) -> nn.Module:
    _, length, d = shape
    return r.choice([
        lambda: nn.LayerNorm(d), lambda: nn.RMSNorm(d), lambda: f(lambda x: x.cumsum(1) / 3),
        lambda: f(lambda x: x @ x.transpose(1, 2) @ x * 0.05), lambda: f(lambda x: torch.cat([x[:, -1:], x], 1)),
        lambda: f(lambda x: x.softmax(1)), lambda: f(lambda x: torch.cdist(x, x.flip(1) + 0.5)),
        lambda: f(lambda x: x.prod(2, keepdim=True) + x), lambda: f(lambda x: x.diagonal(0, 1, 2).unsqueeze(1) * x[:, :, :1]),
        lambda: nn.Sequential(f(lambda x: x.transpose(1, 2)), nn.Conv1d(d, d, 3, padding=1), f(lambda x: x.transpose(1, 2))),
        lambda: f(lambda x: x[:, torch.tensor([0, length - 1, 0])]), lambda: f(lambda x: x * torch.sigmoid(1.702 * x)),
        lambda: f(lambda x: x.mean(1, keepdim=True).expand_as(x) - x),
        lambda: f(lambda x: x.scatter_add(1, torch.zeros(x.shape, dtype=torch.long), x)),
    ])()  # fmt: skip


SEQUENCE: list[Piece] = [linear, linear, attention, recurrent, along, along, activation]
