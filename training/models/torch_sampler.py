"""The prior's step in PyTorch with its cache, for contact sheets and the judge."""

import numpy as np
import torch

from training.data.tokens import Tokenizer
from training.models.prior import NO_TEXT, POSITIONS, Prior
from training.models.sampling import SamplingOptions, sample


@torch.no_grad()
def sample_prompts(prior: Prior, tokenizer: Tokenizer, prompts: list[str], options: SamplingOptions, seed: int) -> np.ndarray:
    """Codes int64 [N, 256], one picture a prompt."""
    device = next(prior.parameters()).device
    shape = prior.shape
    ids = torch.from_numpy(np.stack([tokenizer.encode(p) for p in prompts])).to(device)
    ids = torch.cat([ids, torch.tensor(NO_TEXT, device=device).expand(len(prompts), -1)])
    plan = prior.eval().planner(ids).float()
    past = torch.zeros(shape.depth, 2, len(ids), shape.heads, POSITIONS, shape.width // shape.heads, device=device)

    def step(near: np.ndarray, position: int, rows: np.ndarray) -> np.ndarray:
        at = torch.tensor([position], device=device)
        logits, present = prior.step(torch.from_numpy(near).to(device), at, torch.from_numpy(rows).to(device), past)
        past[..., position, :] = present[..., 0, :]
        return logits.cpu().numpy()

    return sample(step, plan.cpu().numpy(), options, np.random.default_rng(seed))
