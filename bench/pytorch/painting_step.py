"""A whole painting step in PyTorch eager mode, as the widely used notebooks do it: decode, cutouts, CLIP, loss, Adam."""

import torch
from networks import ClipImage, VqganDecoder
from torch.nn import functional as F

MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)


class PaintingStep:
    """One latent under optimisation; weights are random and frozen."""

    def __init__(self, case: dict, layout: torch.memory_format) -> None:
        vqgan, clip = case["vqgan"], case["clip"]
        self.cutouts, self.chunk, self.size = case["cutouts"], case["chunk"], clip["size"]
        self.layout = layout
        self.decoder = VqganDecoder(vqgan).requires_grad_(False).to(memory_format=layout)
        self.clip = ClipImage(clip).requires_grad_(False).to(memory_format=layout)
        self.codebook = torch.randn(vqgan["codes"], vqgan["embeddingWidth"])
        cells = case["side"] // 2 ** (len(vqgan["multipliers"]) - 1)
        latent = torch.randn(1, vqgan["embeddingWidth"], cells, cells)
        self.latent = latent.contiguous(memory_format=layout).requires_grad_()
        self.optimiser = torch.optim.Adam([self.latent], lr=0.1)
        self.prompt = F.normalize(torch.randn(1, clip["embedding"]), dim=1)
        self.mean, self.std = (torch.tensor(values).view(1, 3, 1, 1) for values in (MEAN, STD))

    def run(self) -> None:
        picture = self.decode()
        if self.chunk == self.cutouts:
            self.loss(picture, self.cutouts).backward()
        else:
            # The graph of one chunk at a time: its gradient at the picture first, the decoder's once at the end.
            leaf = picture.detach().requires_grad_()
            for _ in range(self.cutouts // self.chunk):
                self.loss(leaf, self.chunk).backward()
            picture.backward(leaf.grad)
        self.optimiser.step()
        self.optimiser.zero_grad()

    def decode(self) -> torch.Tensor:
        flat = self.latent.detach().permute(0, 2, 3, 1).flatten(0, 2)
        distances = (flat**2).sum(1, True) - 2 * flat @ self.codebook.T + (self.codebook**2).sum(1)
        nearest = self.codebook[distances.argmin(1)].view(1, *self.latent.shape[2:], -1).permute(0, 3, 1, 2)
        straight = nearest + self.latent - self.latent.detach()
        return self.decoder(straight.contiguous(memory_format=self.layout)).add(1).div(2).clamp(0, 1)

    def loss(self, picture: torch.Tensor, count: int) -> torch.Tensor:
        side = picture.shape[-1]
        views = []
        for _ in range(count):
            size = int(torch.rand([]) * (side - side // 2) + side // 2)
            x, y = (int(torch.randint(0, side - size + 1, ())) for _ in range(2))
            crop = picture[:, :, y : y + size, x : x + size]
            views.append(F.interpolate(crop, (self.size, self.size), mode="bilinear", antialias=True))
        batch = torch.cat(views)
        batch = batch + torch.rand(count, 1, 1, 1) * 0.1 * torch.randn_like(batch)
        embeddings = self.clip(((batch - self.mean) / self.std).contiguous(memory_format=self.layout))
        chord = (F.normalize(embeddings, dim=1) - self.prompt).norm(dim=1)
        return chord.div(2).arcsin().square().mul(2).sum() / self.cutouts
