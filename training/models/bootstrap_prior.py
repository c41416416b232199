"""Reads an exported prior back into its module, to continue from it, and the drawings that its planner holds.

Tables, norms and biases keep their names in a graph; the weight of a linear layer that ran on a sequence, or has no bias, is a
transposed constant without a name, so these are read in the order in which the layers run.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from training.models.bootstrap import Graph, copy_weight, load_text_tower
from training.models.clip import CONTEXT
from training.models.prior import NO_TEXT, OUTSIDE, POSITIONS, Prior, PriorShape
from training.models.retrieval import Retrieval


def load_prior(folder: Path, retrieval: Retrieval) -> Prior:
    """The prior of prior-plan.onnx and prior-step.onnx, in evaluation mode; the head used in training only starts as the other one."""
    plan, step = Graph(folder / "prior-plan.onnx"), Graph(folder / "prior-step.onnx")
    text = load_text_tower(folder / "clip-text.onnx")
    width = named(plan)["blend.norm.weight"].shape[0]
    vocabulary = named(plan)["text.tokens.weight"].shape[0]
    text.tokens = nn.Embedding(vocabulary, text.tokens.embedding_dim)
    depth = sum(name.endswith("n1.weight") for name in named(step))
    planner_depth = sum(name.startswith("blocks.") and name.endswith("n1.weight") for name in named(plan))
    prior = Prior(PriorShape(vocabulary, width, depth, width // 64, planner_depth), text, retrieval)
    ids = torch.tensor([NO_TEXT])
    assert ids.shape[1] == CONTEXT
    fill(prior.planner, plan, lambda: prior.planner(ids))
    past = torch.zeros(depth, 2, 1, prior.shape.heads, POSITIONS, width // prior.shape.heads)
    near, at = torch.full((1, 3), OUTSIDE), torch.zeros(1, dtype=torch.int64)
    wrapper = nn.ModuleDict({"prior": prior})
    fill(wrapper, step, lambda: prior.step(near, at, torch.zeros(1, width), past))
    prior.plan_head.load_state_dict(prior.head.state_dict())
    return prior.eval()


def named(graph: Graph) -> dict[str, np.ndarray]:
    """Weights by the name of the parameter they were."""
    return {name.removesuffix("_fp16"): weight for name, weight in graph.weights.items()}


@torch.no_grad()
def fill(module: nn.Module, graph: Graph, run: Callable[[], object]) -> None:
    """Copies what has a name, then the matrices of the linear layers in the order in which `run` calls them."""
    kept = named(graph)
    for name, parameter in module.named_parameters():
        if name in kept:
            copy_weight(parameter, kept[name])
    order: list[nn.Linear] = []
    linears = [m for m in module.modules() if isinstance(m, nn.Linear)]
    hooks = [
        m.register_forward_pre_hook(lambda layer, inputs: order.append(layer) if inputs[0].dim() == 3 or layer.bias is None else None)
        for m in linears
    ]
    run()
    for hook in hooks:
        hook.remove()
    for layer, (weight,) in zip(order, graph.of("MatMul"), strict=True):
        copy_weight(layer.weight, weight.T)


def read_drawings(path: Path) -> dict[str, np.ndarray]:
    """codes int16 [N, styles, 360], names int64 [R, 5], rank and exemplar int64 [R]: what `exemplars` wrote, from a prior-plan.onnx."""
    found: dict[str, np.ndarray] = {}
    for node in onnx.load(str(path)).graph.node:
        if node.op_type != "Constant":
            continue
        value = numpy_helper.to_array(node.attribute[0].t)
        if value.ndim and value.size > 1000:
            found[node.output[0]] = value
    return found
