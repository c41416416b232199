"""Drawing a picture from the prior: the cached loop, guidance, temperature and top-k; the same in PyTorch and in ONNX Runtime."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from training.models.prior import GRID, OUTSIDE, POSITIONS

# near int64 [B, 3], position, plan rows [B, width] -> logits [B, 1024]; keeps its own cache
StepRunner = Callable[[np.ndarray, int, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class SamplingOptions:
    guidance: float = 2.0  # logits = without + guidance * (with - without); 1 is no guidance
    temperature: float = 0.7
    top_k: int = 30


def neighbours_at(codes: np.ndarray, position: int) -> np.ndarray:
    """int64 [B, 3]: codes left, above and above right of `position`, OUTSIDE beyond the grid; codes int64 [B, 256]."""
    row, column = divmod(position, GRID)
    outside = np.full(len(codes), OUTSIDE, np.int64)
    return np.stack([
        codes[:, position - 1] if column > 0 else outside,
        codes[:, position - GRID] if row > 0 else outside,
        codes[:, position - GRID + 1] if row > 0 and column < GRID - 1 else outside,
    ], 1)  # fmt: skip


def draw(logits: np.ndarray, options: SamplingOptions, random: np.random.Generator) -> np.ndarray:
    """One code a row from logits [N, 1024]: the k likeliest, at the temperature."""
    scaled = logits.astype(np.float64) / options.temperature
    if options.top_k < scaled.shape[1]:
        threshold = np.partition(scaled, -options.top_k, axis=1)[:, -options.top_k, None]
        scaled = np.where(scaled < threshold, -np.inf, scaled)
    weights = np.cumsum(np.exp(scaled - scaled.max(1, keepdims=True)), 1)
    picked = (weights < random.random((len(weights), 1)) * weights[:, -1:]).sum(1)
    return np.minimum(picked, logits.shape[1] - 1)


def sample(step: StepRunner, plan: np.ndarray, options: SamplingOptions, random: np.random.Generator) -> np.ndarray:
    """Codes int64 [N, 256] for plans [2N, 256, width]: first the N with their prompt, then the same N without."""
    count = len(plan) // 2
    codes = np.full((count, POSITIONS), OUTSIDE, np.int64)
    for position in range(POSITIONS):
        near = neighbours_at(codes, position)
        logits = step(np.concatenate([near, near]), position, plan[:, position])
        with_text, without = logits[:count], logits[count:]
        codes[:, position] = draw(without + options.guidance * (with_text - without), options, random)
    return codes
