"""The other published architectures that Easel draws, with the names that its emitters ask for.

VQGAN and CLIP with a Vision Transformer are in bench/pytorch/networks.py. A configuration is the one of a manifest.
"""

import torch
from torch import nn
from torch.nn import functional as F


def widths(config: dict) -> list[int]:
    return [config["channels"] * multiplier for multiplier in config["multipliers"]]


class MaskgitBlock(nn.Module):
    """h + x; where the channels change, the shortcut convolves h."""

    def __init__(self, width: int, out: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(32, width, eps=1e-6)
        self.conv1 = nn.Conv2d(width, out, 3, padding=1, bias=False)
        self.norm2 = nn.GroupNorm(32, out, eps=1e-6)
        self.conv2 = nn.Conv2d(out, out, 3, padding=1, bias=False)
        if width != out:
            self.nin_shortcut = nn.Conv2d(out, out, 1, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        change = self.conv2(F.silu(self.norm2(self.conv1(F.silu(self.norm1(x))))))
        return change + (self.nin_shortcut(change) if hasattr(self, "nin_shortcut") else x)


def maskgit_level(config: dict, width: int, out: int) -> nn.Module:
    level = nn.Module()
    count = config["residualBlocks"]
    level.block = nn.ModuleList(MaskgitBlock(width if block == 0 else out, out) for block in range(count))
    return level


class MaskgitDecoder(nn.Module):
    """Latent [n, latentChannels, h, w] to picture [n, 3, h·f, w·f]."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        levels = widths(config)
        width = levels[-1]
        self.decoder = decoder = nn.Module()
        decoder.conv_in = nn.Conv2d(config["latentChannels"], width, 3, padding=1)
        decoder.mid = nn.ModuleList(MaskgitBlock(width, width) for _ in range(config["residualBlocks"]))
        built = []
        for index in reversed(range(len(levels))):
            level = maskgit_level(config, width, levels[index])
            width = levels[index]
            if index > 0:
                level.upsample_conv = nn.Conv2d(width, width, 3, padding=1)
            built.append(level)
        decoder.up = nn.ModuleList(reversed(built))
        decoder.norm_out = nn.GroupNorm(32, width, eps=1e-6)
        decoder.conv_out = nn.Conv2d(width, 3, 3, padding=1)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        decoder = self.decoder
        x = decoder.conv_in(z)
        for block in decoder.mid:
            x = block(x)
        for level in reversed(decoder.up):
            for block in level.block:
                x = block(x)
            if hasattr(level, "upsample_conv"):
                x = level.upsample_conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        return decoder.conv_out(F.silu(decoder.norm_out(x)))


class MaskgitEncoder(nn.Module):
    """Picture [n, 3, H, W] to latent [n, latentChannels, H/f, W/f]."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        width = config["channels"]
        self.encoder = encoder = nn.Module()
        encoder.conv_in = nn.Conv2d(3, width, 3, padding=1, bias=False)
        encoder.down = nn.ModuleList()
        for out in widths(config):
            encoder.down.append(maskgit_level(config, width, out))
            width = out
        encoder.mid = nn.ModuleList(MaskgitBlock(width, width) for _ in range(config["residualBlocks"]))
        encoder.norm_out = nn.GroupNorm(32, width, eps=1e-6)
        encoder.conv_out = nn.Conv2d(width, config["latentChannels"], 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        encoder = self.encoder
        x = encoder.conv_in(x)
        for index, level in enumerate(encoder.down):
            for block in level.block:
                x = block(x)
            if index < len(encoder.down) - 1:
                x = F.avg_pool2d(x, 2)
        for block in encoder.mid:
            x = block(x)
        return encoder.conv_out(F.silu(encoder.norm_out(x)))


class Bottleneck(nn.Module):
    def __init__(self, width: int, planes: int, halves: bool) -> None:
        super().__init__()
        self.halves = halves
        self.conv1 = nn.Conv2d(width, planes, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.conv3 = nn.Conv2d(planes, 4 * planes, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * planes)
        if halves or width != 4 * planes:
            self.downsample = nn.Sequential(nn.Conv2d(width, 4 * planes, 1, bias=False), nn.BatchNorm2d(4 * planes))

    def pooled(self, x: torch.Tensor) -> torch.Tensor:
        return F.avg_pool2d(x, 2) if self.halves else x

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        change = F.relu(self.bn1(self.conv1(x)))
        change = self.pooled(F.relu(self.bn2(self.conv2(change))))
        change = self.bn3(self.conv3(change))
        kept = self.downsample(self.pooled(x)) if hasattr(self, "downsample") else x
        return F.relu(change + kept)


class ClipResnet(nn.Module):
    """Normalised pixels [n, 3, size, size] to embeddings [n, embedding]: CLIP's ResNet with attention pooling."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        self.heads = config["heads"]
        width = config["width"]
        self.visual = visual = nn.Module()
        for index, (given, out, stride) in enumerate([(3, width // 2, 2), (width // 2, width // 2, 1), (width // 2, width, 1)], start=1):
            conv = nn.Conv2d(given, out, 3, stride=stride, padding=1, bias=False)
            setattr(visual, f"conv{index}", conv)
            setattr(visual, f"bn{index}", nn.BatchNorm2d(out))
        given = width
        for stage, count in enumerate(config["layers"]):
            blocks = []
            for block in range(count):
                planes = width * 2**stage
                blocks.append(Bottleneck(given, planes, halves=stage > 0 and block == 0))
                given = 4 * planes
            setattr(visual, f"layer{stage + 1}", nn.Sequential(*blocks))
        visual.attnpool = pool = nn.Module()
        cells = (config["size"] // 32) ** 2
        pool.positional_embedding = nn.Parameter(torch.zeros(cells + 1, given))
        for part in ("q_proj", "k_proj", "v_proj"):
            setattr(pool, part, nn.Linear(given, given))
        pool.c_proj = nn.Linear(given, config["embedding"])
        self.eval()

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        visual = self.visual
        x = pixels
        for index in (1, 2, 3):
            x = F.relu(getattr(visual, f"bn{index}")(getattr(visual, f"conv{index}")(x)))
        x = F.avg_pool2d(x, 2)
        for stage in (1, 2, 3, 4):
            x = getattr(visual, f"layer{stage}")(x)
        pool = visual.attnpool
        x = x.flatten(2).transpose(1, 2)
        x = torch.cat([x.mean(1, keepdim=True), x], 1) + pool.positional_embedding
        n, length, channels = x.shape
        heads = [
            layer(rows).view(n, -1, self.heads, channels // self.heads).transpose(1, 2)
            for layer, rows in ((pool.q_proj, x[:, :1]), (pool.k_proj, x), (pool.v_proj, x))
        ]
        mixed = F.scaled_dot_product_attention(*heads).transpose(1, 2).reshape(n, channels)
        return pool.c_proj(mixed)


class SiglipBlock(nn.Module):
    def __init__(self, config: dict) -> None:
        super().__init__()
        width = config["width"]
        self.heads = config["heads"]
        self.attn = nn.MultiheadAttention(width, self.heads, batch_first=True)
        self.ln_1 = nn.LayerNorm(width, eps=1e-6)
        self.ln_2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = siglip_mlp(config)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        normed = self.ln_1(x)
        x = x + self.attn(normed, normed, normed, need_weights=False)[0]
        return x + fed(self.mlp, self.ln_2(x))


def siglip_mlp(config: dict) -> nn.ModuleDict:
    width, hidden = config["width"], config["hidden"]
    return nn.ModuleDict({"c_fc": nn.Linear(width, hidden), "c_proj": nn.Linear(hidden, width)})


def fed(mlp: nn.ModuleDict, x: torch.Tensor) -> torch.Tensor:
    return mlp["c_proj"](F.gelu(mlp["c_fc"](x), approximate="tanh"))


def siglip_transformer(config: dict) -> nn.Module:
    transformer = nn.Module()
    transformer.resblocks = nn.ModuleList(SiglipBlock(config) for _ in range(config["layers"]))
    return transformer


class SiglipImage(nn.Module):
    """Normalised pixels [n, 3, size, size] to embeddings [n, width], pooled by a probe that attends."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        width, patch = config["width"], config["patch"]
        self.visual = visual = nn.Module()
        visual.conv1 = nn.Conv2d(3, width, patch, stride=patch)
        visual.positional_embedding = nn.Parameter(torch.zeros((config["size"] // patch) ** 2, width))
        visual.transformer = siglip_transformer(config)
        visual.ln_post = nn.LayerNorm(width, eps=1e-6)
        visual.attnpool = pool = nn.MultiheadAttention(width, config["heads"], batch_first=True)
        pool.probe = nn.Parameter(torch.zeros(1, 1, width))
        pool.ln = nn.LayerNorm(width, eps=1e-6)
        pool.mlp = siglip_mlp(config)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        visual, pool = self.visual, self.visual.attnpool
        x = visual.conv1(pixels).flatten(2).transpose(1, 2) + visual.positional_embedding
        for block in visual.transformer.resblocks:
            x = block(x)
        x = visual.ln_post(x)
        seen = pool(pool.probe.expand(len(x), 1, -1), x, x, need_weights=False)[0]
        return (seen + fed(pool.mlp, pool.ln(seen)))[:, 0]


class SiglipText(nn.Module):
    """Token ids int64 [n, context] to embeddings [n, embedding], read at the last position."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        width = config["width"]
        self.token_embedding = nn.Embedding(config["vocabulary"], width)
        self.positional_embedding = nn.Parameter(torch.zeros(config["context"], width))
        self.transformer = siglip_transformer(config)
        self.ln_final = nn.LayerNorm(width, eps=1e-6)
        self.text_projection = nn.Linear(width, config["embedding"])

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        x = self.token_embedding(ids) + self.positional_embedding
        for block in self.transformer.resblocks:
            x = block(x)
        return self.text_projection(self.ln_final(x[:, -1]))
