"""Reads an exported judge back into its towers, to continue from it: a judge may go on learning, since nothing learns from it."""

from pathlib import Path

import torch

from training.models.bootstrap import Graph, copy_weight
from training.models.bootstrap_prior import fill, named
from training.models.clip import SIDE
from training.models.judge import JudgeImage, JudgeText


def load_judge_image(path: Path) -> JudgeImage:
    """The tower of judge-image.onnx. A group norm's scale and shift stand in the graph without names, in order."""
    tower, graph = JudgeImage(), Graph(path)
    fill(tower, graph, lambda: tower(torch.zeros(1, 3, SIDE, SIDE)))
    norms = [m for m in tower.stem if isinstance(m, torch.nn.GroupNorm)]
    flat = lambda kind: [found[0].reshape(-1) for found in graph.of(kind) if found[0].ndim == 3 and found[0].shape[1:] == (1, 1)]
    for norm, scale, shift in zip(norms, flat("Mul"), flat("Add"), strict=True):
        copy_weight(norm.weight, scale)
        copy_weight(norm.bias, shift)
    return tower.eval()


def load_judge_text(path: Path) -> JudgeText:
    """The tower of judge-text.onnx. ONNX orders a GRU's gates update, reset, new; PyTorch reset, update, new."""
    graph = Graph(path)
    table = named(graph)["tokens.weight"]
    tower = JudgeText(len(table))
    copy_weight(tower.tokens.weight, table)
    ((inner, outer, bias),) = graph.of("GRU")
    width = tower.gru.hidden_size
    gates = torch.cat([torch.arange(width, 2 * width), torch.arange(width), torch.arange(2 * width, 3 * width)])
    for way, suffix in enumerate(("", "_reverse")):
        copy_weight(getattr(tower.gru, f"weight_ih_l0{suffix}"), inner[way][gates])
        copy_weight(getattr(tower.gru, f"weight_hh_l0{suffix}"), outer[way][gates])
        copy_weight(getattr(tower.gru, f"bias_ih_l0{suffix}"), bias[way][: 3 * width][gates])
        copy_weight(getattr(tower.gru, f"bias_hh_l0{suffix}"), bias[way][3 * width :][gates])
    copy_weight(tower.project.weight, graph.of("MatMul")[0][0].T)
    return tower.eval()
