"""What Easel trains, in PyTorch: the transformer over codes, the patch discriminator, and both stages' losses.

Module names are those of the parameters of src/train and src/zoo/architectures; a configuration is the same dict as JSON.
"""

import torch
from networks import Transformer, VqganDecoder, VqganEncoder
from torch import nn
from torch.nn import functional as F


class CodeTransformer(nn.Module):
    """Ids [n, context], near [n, places, 3] → logits [n, places, codes] (Esser et al. 2021, section 3.2)."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        width, heads = config["width"], config["heads"]
        places = config["grid"][0] * config["grid"][1]
        block = {"width": width, "heads": heads, "activation": "gelu"}
        read, written = ({**block, "layers": config[count]} for count in ("textLayers", "layers"))
        self.heads = heads
        self.text = nn.Module()
        self.text.token_embedding = nn.Embedding(config["vocabulary"], width)
        self.text.positional_embedding = nn.Parameter(torch.zeros(config["context"], width))
        self.text.transformer = Transformer(read, causal=False)
        self.text.ln_final = nn.LayerNorm(width)
        self.plan = nn.Module()
        self.plan.query_embedding = nn.Parameter(torch.zeros(places, width))
        self.plan.attn = nn.Module()
        self.plan.attn.kv_proj_weight = nn.Parameter(torch.zeros(2 * width, width))
        self.plan.attn.kv_proj_bias = nn.Parameter(torch.zeros(2 * width))
        self.plan.attn.out_proj = nn.Linear(width, width)
        self.near = nn.ModuleDict({side: nn.Embedding(config["codes"] + 1, width) for side in ("left", "above", "right")})
        self.positional_embedding = nn.Parameter(torch.zeros(places, width))
        self.transformer = Transformer(written, causal=True)
        self.ln_final = nn.LayerNorm(width)
        self.head = nn.Linear(width, config["codes"], bias=False)

    def planned(self, ids: torch.Tensor) -> torch.Tensor:
        x = self.text.token_embedding(ids) + self.text.positional_embedding
        words = self.text.ln_final(self.text.transformer(x))
        packed = F.linear(words, self.plan.attn.kv_proj_weight, self.plan.attn.kv_proj_bias)
        n, width = len(ids), packed.shape[-1] // 2

        def by_head(rows: torch.Tensor) -> torch.Tensor:
            return rows.unflatten(-1, (self.heads, width // self.heads)).transpose(-3, -2)

        key, value = (by_head(part) for part in packed.split(width, -1))
        query = by_head(self.plan.query_embedding).expand(n, -1, -1, -1)
        mixed = F.scaled_dot_product_attention(query, key, value)
        return self.plan.attn.out_proj(mixed.transpose(1, 2).flatten(2))

    def forward(self, ids: torch.Tensor, near: torch.Tensor) -> torch.Tensor:
        around = self.near["left"](near[..., 0]) + self.near["above"](near[..., 1]) + self.near["right"](near[..., 2])
        x = around + self.positional_embedding + self.planned(ids)
        return self.head(self.ln_final(self.transformer(x)))


def nats(model: CodeTransformer, batch: dict) -> torch.Tensor:
    """Mean cross-entropy of the next codes."""
    return F.cross_entropy(model(batch["ids"], batch["near"]).flatten(0, 1), batch["targets"].flatten())


class Discriminator(nn.Module):
    """The patch discriminator (Isola et al. 2017); normalised by its own batch."""

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        built: list[nn.Module] = [nn.Conv2d(3, width, 4, 2, 1), nn.LeakyReLU(0.2)]
        channels = width
        for layer in range(1, layers + 1):
            out = width * min(2**layer, 8)
            built += [
                nn.Conv2d(channels, out, 4, 1 if layer == layers else 2, 1, bias=False),
                nn.BatchNorm2d(out, track_running_stats=False),
                nn.LeakyReLU(0.2),
            ]
            channels = out
        self.main = nn.Sequential(*built, nn.Conv2d(channels, 1, 4, 1, 1))

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        return self.main(picture)


class Vqgan(nn.Module):
    """Encoder, codebook and decoder (Esser et al. 2021, section 3.1)."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        ours, theirs = VqganEncoder(config), VqganDecoder(config)
        self.encoder, self.quant_conv = ours.encoder, ours.quant_conv
        self.decoder, self.post_quant_conv = theirs.decoder, theirs.post_quant_conv
        self.quantize = nn.Module()
        self.quantize.embedding = nn.Embedding(config["codes"], config["embeddingWidth"])

    def forward(self, picture: torch.Tensor, indices: torch.Tensor | None = None):
        """Reconstruction, latent before and after quantisation, and the indices, which can be given."""
        z = self.quant_conv(self.encoder(picture))
        n, width, h, w = z.shape
        cells = z.permute(0, 2, 3, 1).reshape(-1, width)
        table = self.quantize.embedding.weight
        if indices is None:
            indices = (table.pow(2).sum(1) - 2 * cells @ table.t()).argmin(1)
        zq = table[indices].reshape(n, h, w, width).permute(0, 3, 1, 2)
        return self.decoder(self.post_quant_conv(z + (zq - z).detach())), z, zq, indices


def vqgan_losses(
    vqgan: Vqgan, discriminator: Discriminator | None, picture: torch.Tensor, indices=None, commitment=0.25, share=0.8
) -> dict[str, torch.Tensor]:
    """The losses of a step; `total` is minimised by the VQGAN, `discriminator` by the discriminator."""
    copy, z, zq, indices = vqgan(picture, indices)
    l1 = (copy - picture).abs().mean()
    codebook = (z.detach() - zq).pow(2).mean()
    total = l1 + codebook + commitment * (z - zq.detach()).pow(2).mean()
    losses = {"l1": l1, "codebook": codebook, "indices": indices}
    if discriminator is not None:
        generator = -discriminator(copy).mean()
        last = vqgan.decoder.conv_out.weight
        by_l1 = torch.autograd.grad(l1, last, retain_graph=True)[0].norm()
        by_wish = torch.autograd.grad(generator, last, retain_graph=True)[0].norm()
        weight = (by_l1 / (by_wish + 1e-4)).clamp(0, 1e4).detach() * share
        total = total + weight * generator
        scores = discriminator(picture), discriminator(copy.detach())
        own = 0.5 * (F.relu(1 - scores[0]).mean() + F.relu(1 + scores[1]).mean())
        losses |= {"generator": generator, "lambda": weight, "discriminator": own}
    return {**losses, "total": total}
