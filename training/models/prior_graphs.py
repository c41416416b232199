"""The prior as the engine runs it: a planner graph once a prompt, a step graph once a code. Described in PRIOR.md."""

from pathlib import Path

import torch
from torch import nn

from training.models.clip import CONTEXT
from training.models.prior import OUTSIDE, POSITIONS, Prior
from training.running.onnx_files import export_graph

ROWS = 2  # with the prompt and without; the step graph takes any number, N candidates with and the same N without
FREE = {"near": {0: "rows"}, "plan": {0: "rows"}, "past": {2: "rows"}, "logits": {0: "rows"}, "present": {2: "rows"}}


class StepGraph(nn.Module):
    def __init__(self, prior: Prior) -> None:
        super().__init__()
        self.prior = prior

    def forward(self, near: torch.Tensor, position: torch.Tensor, plan: torch.Tensor, past: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return self.prior.step(near, position, plan, past)


def export_prior(prior: Prior, folder: Path) -> list[Path]:
    """Writes prior-plan.onnx and prior-step.onnx."""
    prior = prior.eval().float().cpu()
    shape = prior.shape
    plan_path, step_path = folder / "prior-plan.onnx", folder / "prior-step.onnx"
    ids = torch.ones(ROWS, CONTEXT, dtype=torch.int64)
    export_graph(prior.planner, {"ids": ids}, ["plan"], plan_path)
    step_inputs = {
        "near": torch.full((ROWS, 3), OUTSIDE, dtype=torch.int64),
        "position": torch.zeros(1, dtype=torch.int64),
        "plan": torch.zeros(ROWS, shape.width),
        "past": torch.zeros(shape.depth, 2, ROWS, shape.heads, POSITIONS, shape.width // shape.heads),
    }
    export_graph(StepGraph(prior), step_inputs, ["logits", "present"], step_path, FREE)
    return [plan_path, step_path]
