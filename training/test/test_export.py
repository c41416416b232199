"""The exported folder: files agree with the networks (the stage checks that itself), names and hashes are right."""

import hashlib
import json

import numpy as np
import onnx
import onnxruntime

from training.running.workplace import Workplace
from training.stages import export


def test_the_folder_holds_what_the_manifest_says(work, options, tmp_path) -> None:
    export.run(options("export", "--out", str(tmp_path)))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert {"vqgan-decoder.onnx", "vqgan-encoder.onnx", "codebook.f32", "clip-image.onnx", "clip-text.onnx"} <= set(manifest["files"])
    for name, entry in manifest["files"].items():
        content = (tmp_path / name).read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    tokenizer, words = json.loads((tmp_path / "tokenizer.json").read_text()), Workplace(work).tokenizer().words
    assert [tokenizer["model"]["vocab"][word] for word in words] == list(range(len(words)))


def test_weights_are_halved_and_batches_free(work, options, tmp_path) -> None:
    export.run(options("export", "--out", str(tmp_path)))
    model = onnx.load(str(tmp_path / "clip-image.onnx"))
    assert model.opset_import[0].version == 17
    large = [w for w in model.graph.initializer if np.prod(w.dims) >= 512]
    assert large and all(w.data_type == onnx.TensorProto.FLOAT16 for w in large)
    session = onnxruntime.InferenceSession(str(tmp_path / "clip-image.onnx"), providers=["CPUExecutionProvider"])
    (embedding,) = session.run(["embedding"], {"pixels": np.zeros((5, 3, 64, 64), np.float32)})
    assert embedding.shape == (5, 256)
