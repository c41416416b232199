"""Makes packages/onnx-gradients/test/fixtures/onnx-opset-*.onnx: one small network as PyTorch writes it at opsets 11 to 23.

    python training/reference/onnx_fixtures.py

needs torch, onnx and onnxscript. The exports differ as much as exporters and opsets make them differ (axes as
attributes or inputs, decomposed or whole normalisations, activations and attention, shape arithmetic); what they
compute is the same, and the test runs them all to see that Easel's rewriting keeps it so.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
import torch.nn.functional as functional
from torch import Tensor, nn

FOLDER = Path(__file__).parents[2] / "packages" / "onnx-gradients" / "test" / "fixtures"
OLD_OPSETS = (11, 13, 17)
NEW_OPSETS = (18, 20, 23)
INPUTS = ["picture", "ids"]
OUTPUTS = ["output", "winners"]


class Mixture(nn.Module):
    """A little of everything that exporters write differently from opset to opset."""

    def __init__(self, *, fused_attention: bool) -> None:
        super().__init__()
        # The old exporter knows the fused form from opset 14 on.
        self.fused_attention = fused_attention
        self.enter = nn.Conv2d(3, 8, 3, padding=1)
        self.groups = nn.GroupNorm(2, 8)
        self.batch = nn.BatchNorm2d(8)
        self.layer = nn.LayerNorm(8)
        self.heads = nn.Linear(8, 24)
        self.projection = nn.Linear(8, 8)
        self.dropout = nn.Dropout(0.1)
        self.words = nn.Embedding(7, 8)
        self.leave = nn.Conv2d(8, 3, 3, padding=1, padding_mode="reflect")

    def attend(self, x: Tensor) -> Tensor:
        n, length, _ = x.shape
        q, k, v = self.heads(self.layer(x)).view(n, length, 3, 2, 4).permute(2, 0, 3, 1, 4).unbind(0)
        if self.fused_attention:
            y = functional.scaled_dot_product_attention(q, k, v)
        else:
            y = (q @ k.transpose(-1, -2) / 2).softmax(-1) @ v
        return self.projection(self.dropout(y.transpose(1, 2).reshape(n, length, 8)))

    def forward(self, picture: Tensor, ids: Tensor) -> tuple[Tensor, Tensor]:
        h = self.batch(self.groups(self.enter(picture)))
        h = functional.gelu(h) + h * functional.relu6(h + 3) / 6 * h.clamp(-0.5, 0.7)
        n, _, height, width = h.shape
        tokens = h.flatten(2).transpose(1, 2)
        tokens = tokens + self.attend(tokens) + self.words(ids).mean(1, keepdim=True)
        tokens = tokens + tokens.sum(1, keepdim=True) * 0.01 + tokens.amax(1, keepdim=True) * 0.1
        h = tokens.transpose(1, 2).reshape(n, 8, height, width)
        h = functional.interpolate(h, scale_factor=2, mode="nearest")
        h = functional.avg_pool2d(h, 2) + functional.interpolate(h, size=(height, width), mode="bilinear")
        h = torch.cat(h.chunk(2, dim=1)[::-1], 1)
        h = functional.pad(h.softmax(1)[..., 1:-1], (1, 1, 0, 0))
        h = torch.where(h > 0.1, h, h * h) + h.std(dim=(2, 3), keepdim=True)
        return self.leave(h), h.log_softmax(1).argmax(1)


def network(*, fused_attention: bool) -> Mixture:
    torch.manual_seed(11)
    mixture = Mixture(fused_attention=fused_attention)
    for parameter in mixture.parameters():
        nn.init.normal_(parameter, std=0.4)
    nn.init.normal_(mixture.batch.running_mean)
    nn.init.uniform_(mixture.batch.running_var, 0.5, 2)
    return mixture.eval()


def export(path: Path, opset: int) -> None:
    example = (torch.randn(2, 3, 6, 5), torch.randint(0, 7, (2, 4)))
    model = network(fused_attention=opset >= 14)
    if opset in NEW_OPSETS:
        axes = {"picture": {0: "n", 2: "h", 3: "w"}, "ids": {0: "n"}}
        options = {"dynamo": True, "dynamic_shapes": axes, "external_data": False, "verbose": False}
    else:
        axes = {"picture": {0: "n", 2: "h", 3: "w"}, "ids": {0: "n"}}
        options = {"dynamo": False, "dynamic_axes": axes}
    torch.onnx.export(
        model, example, path, opset_version=opset, input_names=INPUTS, output_names=OUTPUTS, **options
    )


def strip(path: Path) -> None:
    """Drops what only people read: source lines and value types are most of a small export."""
    model = onnx.load(path)
    del model.graph.value_info[:]
    del model.graph.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(model)
    onnx.save(model, path)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for opset in OLD_OPSETS + NEW_OPSETS:
        path = FOLDER / f"onnx-opset-{opset}.onnx"
        export(path, opset)
        strip(path)
        print(path.name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
