"""Stage two of the VQGAN (Esser et al. 2021, section 3.2): a causal transformer over the 16 x 16 code indices.

The text enters through a *plan*: a planner reads the words once and lays out, for each of the 256 positions at once, a
vector that says what belongs there. The causal transformer then only has to write the plan out in codes. That puts the
knowledge of what things look like into a part that runs once a picture instead of 256 times, and it keeps the sampling step
free of the text.

The planner need not remember what things look like either: it looks up the drawings that the words name (retrieval.py),
chooses a layout for them, and adds what the words say beyond them, such as backgrounds, colours and surroundings.

Each step sees the codes to the left, above and above right directly, and all earlier positions by attention.
"""

from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional as F

from training.data.layouts import GRID, LAYOUTS
from training.data.tokens import END
from training.models.attention import CrossAttention, FeedForward, SelfAttention, join_heads
from training.models.clip import CONTEXT, TextTower
from training.models.retrieval import BARE, EMPTY, LAYERS, Retrieval
from training.models.scenes import SceneBank

POSITIONS = GRID * GRID
OUTSIDE = 1024  # the index that stands for a neighbour outside the grid
SINGLE, IN_SCENE = (tuple(LAYOUTS).index(name) for name in ("single", "scene"))
NO_TEXT = (1,) + (0,) * (CONTEXT - 1)  # the ids of the empty prompt: the unconditional side of guidance


@dataclass(frozen=True)
class PriorShape:
    vocabulary: int
    width: int = 256
    depth: int = 4
    heads: int = 4
    planner_depth: int = 2
    codes: int = 1024

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class PlannerBlock(nn.Module):
    def __init__(self, width: int, source: int, heads: int) -> None:
        super().__init__()
        self.n1, self.n2, self.n3 = nn.LayerNorm(width), nn.LayerNorm(width), nn.LayerNorm(width)
        self.self_attention = SelfAttention(width, heads, causal=False)
        self.cross_attention = CrossAttention(width, source, heads)
        self.feed = FeedForward(width)

    def forward(self, x: torch.Tensor, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = x + self.cross_attention(self.n1(x), tokens, mask)
        x = x + self.self_attention(self.n2(x))
        return x + self.feed(self.n3(x))


class Blend(nn.Module):
    """x + feed(norm(conv(x))) on the grid: each position sees the drawing two cells around it, also below and to the right."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.around = nn.Conv2d(width, width, 5, padding=2, groups=width)
        self.norm = nn.LayerNorm(width)
        self.feed = nn.Sequential(nn.Linear(width, 2 * width), nn.SiLU(), nn.Linear(2 * width, width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        grid = x.transpose(1, 2).reshape(-1, x.shape[2], GRID, GRID)
        return x + self.feed(self.norm(self.around(grid).flatten(2).transpose(1, 2)))


class Planner(nn.Module):
    """Ids int64 [B, 16] to the plan [B, 256, width], one vector a position in raster order.

    What the words say is worked out on an 8 x 8 grid seeded from the pooled text, each cell spread over 2 x 2 positions at
    the end; the drawings that they name are added code by code and blended in.
    """

    def __init__(self, shape: PriorShape, text: TextTower, retrieval: Retrieval, scenes: SceneBank | None = None) -> None:
        super().__init__()
        self.text = text
        self.retrieval = retrieval
        self.scenes = scenes
        source = text.norm.normalized_shape[0]
        pooled = text.project.out_features
        self.layout_head = nn.Linear(pooled, len(LAYOUTS))
        self.seed = nn.Linear(pooled, 4 * shape.width)  # a 2 x 2 draft
        self.places = nn.Parameter(torch.randn(64, shape.width) * 0.02)
        self.blocks = nn.ModuleList(PlannerBlock(shape.width, source, shape.heads) for _ in range(shape.planner_depth))
        self.norm = nn.LayerNorm(shape.width)
        self.spread = nn.Linear(shape.width, 4 * shape.width)
        self.drawn = nn.ModuleList(nn.Embedding(shape.codes + 1, shape.width) for _ in range(LAYERS))
        self.blend = Blend(shape.width)
        self.width = shape.width

    def read(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """What the words say: vectors [B, 256, width] and the logits of the layouts [B, layouts]."""
        hidden, counted = self.text.hidden(ids)
        mask = ((counted - 1) * 1e4).transpose(1, 2).unsqueeze(1)
        pooled = self.text.project(hidden.sum(1) / counted.sum(1))
        pooled = F.layer_norm(pooled.float(), pooled.shape[-1:])
        batch = ids.shape[0]
        draft = self.seed(pooled).view(batch, 2, 1, 2, 1, self.width)
        x = draft.expand(batch, 2, 4, 2, 4, self.width).reshape(batch, 64, self.width) + self.places
        for block in self.blocks:
            x = block(x, hidden, mask)
        fine = self.spread(self.norm(x)).view(batch, 8, 8, 2, 2, self.width)
        return fine.permute(0, 1, 3, 2, 4, 5).reshape(batch, POSITIONS, self.width), self.layout_head(pooled)

    def add(self, said: torch.Tensor, laid: torch.Tensor) -> torch.Tensor:
        """The plan of what the words say and of drawings laid out, codes int64 [B, 2, 256]."""
        return self.blend(said + sum(table(laid[:, layer]) for layer, table in enumerate(self.drawn)))

    def lay_out(self, ids: torch.Tensor, layout: torch.Tensor) -> torch.Tensor:
        """Codes int64 [B, 2, 256] of what the words name, in a layout int64 [B]: drawings, before a whole canvas where one is named.

        A thing that would stand alone stands smaller in a scene, so that the scene is seen. Words that name neither a thing nor
        a place are shown as a landscape.
        """
        if self.scenes is None:
            return self.retrieval.lay_out(self.retrieval.drawings(ids), layout)
        values, wanted, left, unlit = self.scenes.read(ids, self.retrieval.longest(ids))
        bare = (self.retrieval.drawings(unlit) == EMPTY).all(1)
        wanted = wanted | (bare & (ids[:, 0] != END))
        values = self.scenes.with_landscape(values, bare & wanted)
        drawings = self.retrieval.drawings(torch.where(wanted.unsqueeze(1), unlit, left))
        layout = torch.where(wanted & (layout == SINGLE), IN_SCENE, layout)
        below, above = self.retrieval.place(drawings, layout).unbind(1)
        # On a canvas there is one layer: the upper drawing, then the lower one, and the canvas where both leave it free.
        drawn = torch.where(above < EMPTY, above, below)
        seen = torch.where(drawn < EMPTY, drawn, self.scenes.canvas(values, self.retrieval.style(ids)))
        on_canvas = torch.stack([seen, torch.full_like(seen, EMPTY)], 1)
        return torch.where(wanted.view(-1, 1, 1), on_canvas, torch.stack([below, above], 1) % BARE)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        said, layouts = self.read(ids)
        return self.add(said, self.lay_out(ids, layouts.argmax(1)))


class PriorBlock(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = SelfAttention(width, heads, causal=True)
        self.feed = FeedForward(width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.attention(self.n1(x))
        return x + self.feed(self.n2(x))

    def step(self, x: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, hidden: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """One position x [B, 1, width] against cached keys and values [B, heads, T, size].

        `hidden` [T] is 0 where the cache is filled and -1e4 beyond. Returns x and this position's key and value.
        """
        q, k, v = self.attention.project(self.n1(x))
        scale = q.shape[-1] ** -0.5
        earlier = (q * scale) @ keys.transpose(-1, -2) + hidden
        own = ((q * scale) * k).sum(-1, keepdim=True)
        weights = torch.cat([earlier, own], -1).softmax(-1)
        mixed = weights[..., :-1] @ values + weights[..., -1:] * v
        x = x + self.attention.out(join_heads(mixed))
        return x + self.feed(self.n2(x)), k, v


def neighbours(codes: torch.Tensor) -> torch.Tensor:
    """The code to the left, above and above right of every position, OUTSIDE beyond the grid.

    int64 [B, 256] to int64 [B, 256, 3]; all three come earlier in raster order.
    """
    grid = F.pad(codes.view(-1, GRID, GRID), (1, 1, 1, 0), value=OUTSIDE)
    left, above, right = grid[:, 1:, :-2], grid[:, :-1, 1:-1], grid[:, :-1, 2:]
    return torch.stack([left, above, right], -1).view(-1, POSITIONS, 3)


class Prior(nn.Module):
    def __init__(
        self,
        shape: PriorShape,
        text: TextTower,
        retrieval: Retrieval,
        codebook: torch.Tensor | None = None,
        scenes: SceneBank | None = None,
    ) -> None:
        super().__init__()
        self.shape = shape
        self.planner = Planner(shape, text, retrieval, scenes)
        self.near = nn.ModuleList(nn.Embedding(shape.codes + 1, shape.width) for _ in range(3))
        self.places = nn.Parameter(torch.randn(POSITIONS, shape.width) * 0.02)
        self.blocks = nn.ModuleList(PriorBlock(shape.width, shape.heads) for _ in range(shape.depth))
        self.norm = nn.LayerNorm(shape.width)
        self.head = nn.Linear(shape.width, shape.codes)
        self.plan_head = nn.Linear(shape.width, shape.codes)  # used in training only
        if codebook is not None:
            self._start_from(codebook)

    @torch.no_grad()
    def _start_from(self, codebook: torch.Tensor) -> None:
        """Codes that look alike start alike: embeddings and heads begin as random projections of the codebook [K, D]."""
        codes = F.normalize(codebook - codebook.mean(0), dim=1)
        for table in (*self.near, *self.planner.drawn):
            table.weight.normal_(0, 0.1)
            table.weight[: self.shape.codes] += codes @ torch.randn(codes.shape[1], self.shape.width) * 0.5
        for head in (self.head, self.plan_head):
            head.weight.copy_(codes @ torch.randn(codes.shape[1], self.shape.width) * self.shape.width**-0.5)
            head.bias.zero_()

    def write(self, codes: torch.Tensor, plan: torch.Tensor) -> torch.Tensor:
        """Logits [B, 256, 1024] of every code given the earlier ones, for codes int64 [B, 256] and a plan [B, 256, width]."""
        near = neighbours(codes)
        x = plan + self.places + sum(table(near[..., i]) for i, table in enumerate(self.near))
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))

    def forward(self, codes: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
        """Logits [B, 256, 1024] for codes int64 [B, 256] and ids int64 [B, 16], drawings looked up and laid out by itself."""
        return self.write(codes, self.planner(ids))

    def step(self, near: torch.Tensor, position: torch.Tensor, plan: torch.Tensor, past: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits [B, 1024] of one position, and its keys and values [depth, 2, B, heads, 1, size].

        near int64 [B, 3], position int64 [1], plan [B, width] (this position's), past [depth, 2, B, heads, 256, size],
        of which only entries before `position` are read.
        """
        x = plan + self.places[position] + sum(table(near[:, i]) for i, table in enumerate(self.near))
        x = x.unsqueeze(1)
        hidden = torch.where(torch.arange(POSITIONS, device=x.device) < position, 0.0, -1e4)
        present = []
        for index, block in enumerate(self.blocks):
            x, key, value = block.step(x, past[index, 0], past[index, 1], hidden)
            present.append(torch.stack([key, value]))
        return self.head(self.norm(x)).squeeze(1), torch.stack(present)
