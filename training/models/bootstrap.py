"""Reads the exported ONNX files of an earlier round back into the PyTorch modules, to continue from them.

Weights lie in the graph as half-precision initialisers behind Cast nodes. The exporter folded each BatchNorm that
follows a convolution into it; the module's own BatchNorm is then set to the identity, and `calibrate` gives it real
statistics without changing what the network computes, so that training can go on.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from training.models.clip import ImageTower, TextTower
from training.models.quantiser import Quantiser
from training.models.vqgan import Residual, Vqgan, VqganShape


class Graph:
    """An ONNX file's nodes in order and its weights as float32."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        self.weights = {w.name: numpy_helper.to_array(w).astype(np.float32) for w in graph.initializer}
        # a weight may be renamed: by the Cast from half precision, and by an Identity where two were equal
        self.nodes = []
        for node in graph.node:
            if node.op_type in ("Cast", "Identity") and node.input[0] in self.weights:
                self.weights[node.output[0]] = self.weights[node.input[0]]
            else:
                self.nodes.append(node)

    def of(self, kind: str) -> list[list[np.ndarray]]:
        """The weight operands of each node of one kind, in graph order; nodes without any are skipped."""
        found = [[self.weights[name] for name in node.input if name in self.weights] for node in self.nodes if node.op_type == kind]
        return [operands for operands in found if operands]


def copy_weight(target: torch.Tensor, source: np.ndarray) -> None:
    if tuple(target.shape) != source.shape:
        raise ValueError(f"Expected a weight of shape {tuple(target.shape)}, got {source.shape}.")
    with torch.no_grad():
        target.copy_(torch.from_numpy(source.copy()))


def _fill_norms(norms: Iterable[nn.BatchNorm2d], operands: list[list[np.ndarray]]) -> None:
    for norm, (weight, bias, mean, variance) in zip(norms, operands, strict=True):
        for target, source in ((norm.weight, weight), (norm.bias, bias), (norm.running_mean, mean), (norm.running_var, variance)):
            copy_weight(target, source)


def _set_identity(norm: nn.BatchNorm2d) -> None:
    with torch.no_grad():
        norm.weight.fill_((1 + norm.eps) ** 0.5)
        norm.bias.zero_()
        norm.running_mean.zero_()
        norm.running_var.fill_(1.0)


def load_vqgan(folder: Path) -> Vqgan:
    """The VQGAN of vqgan-encoder.onnx, vqgan-decoder.onnx and codebook.f32, in evaluation mode."""
    shape = VqganShape()
    vqgan = Vqgan(shape, Quantiser(shape.codes, shape.latent))
    for half, name in ((vqgan.encoder, "vqgan-encoder.onnx"), (vqgan.decoder, "vqgan-decoder.onnx")):
        graph = Graph(folder / name)
        convolutions = [m for m in half.modules() if isinstance(m, nn.Conv2d)]
        for convolution, (weight, bias) in zip(convolutions, graph.of("Conv"), strict=True):
            copy_weight(convolution.weight, weight)
            copy_weight(convolution.bias, bias)
        folded = [m.n2 for m in half.modules() if isinstance(m, Residual)]
        kept = [m for m in half.modules() if isinstance(m, nn.BatchNorm2d) and m not in folded]
        _fill_norms(kept, graph.of("BatchNormalization"))
        for norm in folded:
            _set_identity(norm)
    codebook = np.fromfile(folder / "codebook.f32", "<f4").reshape(shape.codes, shape.latent)
    copy_weight(vqgan.quantiser.codebook, codebook)
    copy_weight(vqgan.quantiser.sums, codebook / shape.codes)
    return vqgan.eval()


def load_image_tower(path: Path) -> ImageTower:
    """The image tower of clip-image.onnx, in evaluation mode."""
    tower = ImageTower()
    graph = Graph(path)
    pairs: list[tuple[nn.Conv2d, nn.BatchNorm2d]] = [(tower.stem[0], tower.stem[1])]
    for block in tower.blocks:
        if isinstance(block.skip, nn.Sequential):
            pairs.append((block.skip[1], block.skip[2]))
        pairs += [(block.c1, block.n1), (block.c2, block.n2)]
    for (convolution, norm), (weight, bias) in zip(pairs, graph.of("Conv"), strict=True):
        copy_weight(convolution.weight, weight)
        _set_identity(norm)
        copy_weight(norm.bias, bias)
    copy_weight(tower.project.weight, graph.of("MatMul")[0][0].T)
    return tower.eval()


def load_text_tower(path: Path) -> TextTower:
    """The text tower of clip-text.onnx, in evaluation mode."""
    graph = Graph(path)
    ((table,),) = graph.of("Gather")
    tower = TextTower(table.shape[0])
    copy_weight(tower.tokens.weight, table)
    # files of the first round say t.p, t.b.0.…, t.n; our own exports say positions, blocks.0.…, norm
    short = {"positions": "t.p", "blocks.": "t.b.", "norm.": "t.n."}
    named = {}
    for name, weight in graph.weights.items():
        ours = name.removesuffix("_fp16")
        start = next((s for s in short if ours.startswith(s)), None)
        named[short[start] + ours.removeprefix(start) if start else ours] = weight
    copy_weight(tower.positions, named["t.p"])
    matrices = iter(operands[0] for operands in graph.of("MatMul"))
    for index, block in enumerate(tower.blocks):
        for part in ("l1", "qkv", "o", "l2", "f1", "f2"):
            module = getattr(block, part)
            if isinstance(module, nn.LayerNorm):
                copy_weight(module.weight, named[f"t.b.{index}.{part}.weight"])
            else:
                copy_weight(module.weight, next(matrices).T)
            copy_weight(module.bias, named[f"t.b.{index}.{part}.bias"])
    copy_weight(tower.norm.weight, named["t.n.weight"])
    copy_weight(tower.norm.bias, named["t.n.bias"])
    copy_weight(tower.project.weight, next(matrices).T)
    return tower.eval()


@torch.no_grad()
def calibrate(network: nn.Module, run: Callable[[], object]) -> None:
    """Gives every BatchNorm the statistics of what `run` sends through it, and an affine part that undoes the change."""
    seen: dict[nn.BatchNorm2d, tuple[torch.Tensor, torch.Tensor]] = {}

    def look(norm: nn.BatchNorm2d, inputs: tuple[torch.Tensor, ...]) -> None:
        x = inputs[0].float()
        seen[norm] = (x.mean((0, 2, 3)), x.var((0, 2, 3)))

    norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
    hooks = [norm.register_forward_pre_hook(look) for norm in norms]
    network.eval()
    run()
    for hook in hooks:
        hook.remove()
    for norm, (mean, variance) in seen.items():
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        offset = norm.bias - norm.running_mean * scale
        norm.weight.copy_(scale * (variance + norm.eps).sqrt())
        norm.bias.copy_(offset + scale * mean)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
