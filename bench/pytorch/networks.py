"""VQGAN and CLIP in PyTorch, with the module names of the published state dicts: the other side of the comparison.

They use PyTorch's own fused operators (group_norm, silu, scaled_dot_product_attention), so that it is compared at its
best. A configuration is the dict of the same name in src/zoo/architectures, as JSON.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Residual(nn.Module):
    """x + conv(silu(norm(conv(silu(norm(x))))))."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(32, width, eps=1e-6)
        self.conv1 = nn.Conv2d(width, out, 3, padding=1)
        self.norm2 = nn.GroupNorm(32, out, eps=1e-6)
        self.conv2 = nn.Conv2d(out, out, 3, padding=1)
        if width != out:
            self.nin_shortcut = nn.Conv2d(width, out, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        change = self.conv2(F.silu(self.norm2(self.conv1(F.silu(self.norm1(x))))))
        return (self.nin_shortcut(x) if hasattr(self, "nin_shortcut") else x) + change


class Attention(nn.Module):
    """x + proj(attention(norm(x))), one head over all positions."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(32, width, eps=1e-6)
        self.q = nn.Conv2d(width, width, 1)
        self.k = nn.Conv2d(width, width, 1)
        self.v = nn.Conv2d(width, width, 1)
        self.proj_out = nn.Conv2d(width, width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        normed = self.norm(x)
        q, k, v = (layer(normed).flatten(2).transpose(1, 2) for layer in (self.q, self.k, self.v))
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(x.shape)
        return x + self.proj_out(mixed)


class Upsample(nn.Module):
    def __init__(self, width: int, convolves: bool) -> None:
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1) if convolves else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class Downsample(nn.Module):
    def __init__(self, width: int, convolves: bool) -> None:
        super().__init__()
        if convolves:
            self.conv = nn.Conv2d(width, width, 3, stride=2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv(F.pad(x, (0, 1, 0, 1))) if hasattr(self, "conv") else F.avg_pool2d(x, 2)


def widths(config: dict) -> list[int]:
    return [config["channels"] * multiplier for multiplier in config["multipliers"]]


def middle(config: dict, width: int) -> nn.Module:
    mid = nn.Module()
    mid.block_1 = Residual(width, width)
    mid.attn_1 = Attention(width) if config["midAttention"] else nn.Identity()
    mid.block_2 = Residual(width, width)
    return mid


def pyramid_level(config: dict, index: int, width: int, blocks: int) -> nn.Module:
    """`blocks` residual blocks from `width` channels to the level's, with attention where the configuration has it."""
    out = widths(config)[index]
    attends = config["resolution"] // 2**index in config["attentionResolutions"]
    level = nn.Module()
    level.block = nn.ModuleList(Residual(width if block == 0 else out, out) for block in range(blocks))
    level.attn = nn.ModuleList(Attention(out) for _ in range(blocks if attends else 0))
    return level


def through(level: nn.Module, x: torch.Tensor) -> torch.Tensor:
    for index, block in enumerate(level.block):
        x = block(x)
        if len(level.attn) > 0:
            x = level.attn[index](x)
    return x


class Decoder(nn.Module):
    def __init__(self, config: dict) -> None:
        super().__init__()
        levels = widths(config)
        width = levels[-1]
        self.conv_in = nn.Conv2d(config["latentChannels"], width, 3, padding=1)
        self.mid = middle(config, width)
        built = []
        for index in reversed(range(len(levels))):
            level = pyramid_level(config, index, width, config["residualBlocks"] + 1)
            width = levels[index]
            if index > 0:
                level.upsample = Upsample(width, config["resampling"] == "convolution")
            built.append(level)
        self.up = nn.ModuleList(reversed(built))
        self.norm_out = nn.GroupNorm(32, width, eps=1e-6)
        self.conv_out = nn.Conv2d(width, 3, 3, padding=1)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        x = self.conv_in(z)
        x = self.mid.block_2(self.mid.attn_1(self.mid.block_1(x)))
        for level in reversed(self.up):
            x = through(level, x)
            if hasattr(level, "upsample"):
                x = level.upsample(x)
        return self.conv_out(F.silu(self.norm_out(x)))


class Encoder(nn.Module):
    def __init__(self, config: dict) -> None:
        super().__init__()
        levels = widths(config)
        width = config["channels"]
        self.conv_in = nn.Conv2d(3, width, 3, padding=1)
        self.down = nn.ModuleList()
        for index, out in enumerate(levels):
            level = pyramid_level(config, index, width, config["residualBlocks"])
            width = out
            if index < len(levels) - 1:
                level.downsample = Downsample(width, config["resampling"] == "convolution")
            self.down.append(level)
        self.mid = middle(config, width)
        self.norm_out = nn.GroupNorm(32, width, eps=1e-6)
        self.conv_out = nn.Conv2d(width, config["latentChannels"], 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv_in(x)
        for level in self.down:
            x = through(level, x)
            if hasattr(level, "downsample"):
                x = level.downsample(x)
        x = self.mid.block_2(self.mid.attn_1(self.mid.block_1(x)))
        return self.conv_out(F.silu(self.norm_out(x)))


class VqganDecoder(nn.Module):
    """Latent [n, embeddingWidth, h, w] to picture [n, 3, h·f, w·f]."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        self.post_quant_conv = nn.Conv2d(config["embeddingWidth"], config["latentChannels"], 1)
        self.decoder = Decoder(config)

    def forward(self, latent: torch.Tensor) -> torch.Tensor:
        return self.decoder(self.post_quant_conv(latent))


class VqganEncoder(nn.Module):
    """Picture [n, 3, H, W] to latent [n, embeddingWidth, H/f, W/f]; the Gumbel one picks the likeliest row."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.quant_conv = nn.Conv2d(config["latentChannels"], config["embeddingWidth"], 1)
        if config["quantiser"] == "gumbel":
            self.quantize = nn.Module()
            self.quantize.proj = nn.Conv2d(config["embeddingWidth"], config["codes"], 1)
            self.quantize.embed = nn.Embedding(config["codes"], config["embeddingWidth"])

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        latent = self.quant_conv(self.encoder(picture))
        if not hasattr(self, "quantize"):
            return latent
        return self.quantize.embed(self.quantize.proj(latent).argmax(1)).permute(0, 3, 1, 2)


ACTIVATIONS = {
    "quick-gelu": lambda x: x * torch.sigmoid(1.702 * x),
    "gelu": F.gelu,
    "tanh-gelu": lambda x: F.gelu(x, approximate="tanh"),
}


class Block(nn.Module):
    """A pre-norm transformer block."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        width, heads = config["width"], config["heads"]
        self.heads = heads
        self.activate = ACTIVATIONS[config["activation"]]
        self.attn = nn.MultiheadAttention(width, heads, batch_first=True)
        self.ln_1 = nn.LayerNorm(width)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = nn.ModuleDict({"c_fc": nn.Linear(width, 4 * width), "c_proj": nn.Linear(4 * width, width)})

    def forward(self, x: torch.Tensor, causal: bool) -> torch.Tensor:
        n, length, width = x.shape
        packed = F.linear(self.ln_1(x), self.attn.in_proj_weight, self.attn.in_proj_bias)
        q, k, v = packed.view(n, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        x = x + self.attn.out_proj(mixed.transpose(1, 2).reshape(n, length, width))
        return x + self.mlp["c_proj"](self.activate(self.mlp["c_fc"](self.ln_2(x))))


class Transformer(nn.Module):
    def __init__(self, config: dict, causal: bool) -> None:
        super().__init__()
        self.causal = causal
        self.resblocks = nn.ModuleList(Block(config) for _ in range(config["layers"]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for block in self.resblocks:
            x = block(x, self.causal)
        return x


class ClipImage(nn.Module):
    """Normalised pixels [n, 3, size, size] to embeddings [n, embedding]."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        width, patch = config["width"], config["patch"]
        self.visual = nn.Module()
        self.visual.conv1 = nn.Conv2d(3, width, patch, stride=patch, bias=False)
        self.visual.class_embedding = nn.Parameter(torch.zeros(width))
        self.visual.positional_embedding = nn.Parameter(torch.zeros((config["size"] // patch) ** 2 + 1, width))
        self.visual.ln_pre = nn.LayerNorm(width)
        self.visual.transformer = Transformer(config, causal=False)
        self.visual.ln_post = nn.LayerNorm(width)
        self.visual.proj = nn.Parameter(torch.zeros(width, config["embedding"]))

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        visual = self.visual
        patches = visual.conv1(pixels).flatten(2).transpose(1, 2)
        classes = visual.class_embedding.expand(len(pixels), 1, -1)
        tokens = visual.ln_pre(torch.cat([classes, patches], 1) + visual.positional_embedding)
        return visual.ln_post(visual.transformer(tokens)[:, 0]) @ visual.proj


class ClipText(nn.Module):
    """Token ids int64 [n, context] to embeddings [n, embedding], read where the id is largest."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        width = config["width"]
        self.token_embedding = nn.Embedding(config["vocabulary"], width)
        self.positional_embedding = nn.Parameter(torch.zeros(config["context"], width))
        self.transformer = Transformer(config, causal=True)
        self.ln_final = nn.LayerNorm(width)
        self.text_projection = nn.Parameter(torch.zeros(width, config["embedding"]))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        x = self.transformer(self.token_embedding(ids) + self.positional_embedding)
        ends = x[torch.arange(len(ids)), ids.argmax(1)]
        return self.ln_final(ends) @ self.text_projection
