"""The exported folder: files agree with the networks (the stage checks that itself), names and hashes are right."""

import hashlib
import json

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from training.data.tokens import Tokenizer
from training.models.bootstrap import load_image_tower, load_text_tower, load_vqgan
from training.models.judge import JudgeImage, JudgeText
from training.models.load import load_clip_of, load_judge_of, load_vqgan_of
from training.running.workplace import Workplace
from training.stages import export, pieces


def test_the_folder_holds_what_the_manifest_says(work, options, tmp_path) -> None:
    export.run(options("export", "--out", str(tmp_path)))
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert {"vqgan-decoder.onnx", "vqgan-encoder.onnx", "codebook.f32", "clip-image.onnx", "clip-text.onnx"} <= set(manifest["files"])
    for name, entry in manifest["files"].items():
        content = (tmp_path / name).read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert Tokenizer.load(tmp_path / "tokenizer.json").words == Workplace(work).tokenizer().words
    tokenizer, words = json.loads((tmp_path / "tokenizer.json").read_text()), Workplace(work).tokenizer().words
    assert [tokenizer["model"]["vocab"][word] for word in words] == list(range(len(words)))


def test_an_exported_folder_can_be_continued_from(work, options, tmp_path) -> None:
    place = Workplace(work)
    image, text = load_clip_of(place, None)
    torch.save({"image": image.state_dict(), "text": text.state_dict()}, place.checkpoint("clip"))
    torch.save({"model": load_vqgan_of(place, None).state_dict()}, place.checkpoint("vqgan"))
    export.run(options("export", "--out", str(tmp_path)))
    for name, loaded, own in (
        ("image", load_image_tower(tmp_path / "clip-image.onnx"), load_clip_of(place, None)[0]),
        ("text", load_text_tower(tmp_path / "clip-text.onnx"), load_clip_of(place, None)[1]),
    ):
        given = torch.rand(2, 3, 64, 64) if name == "image" else torch.tensor([[3, 4, 1] + [0] * 13])
        with torch.no_grad():
            torch.testing.assert_close(loaded(given), own(given), atol=5e-3, rtol=5e-3)
    vqgan, own = load_vqgan(tmp_path), load_vqgan_of(place, None)
    picture = torch.rand(1, 3, 32, 32)
    with torch.no_grad():
        torch.testing.assert_close(vqgan.encoder(picture), own.encoder(picture), atol=5e-3, rtol=5e-3)
    place.checkpoint("clip").unlink()
    place.checkpoint("vqgan").unlink()


def test_a_judge_goes_on_where_the_vocabulary_has_grown(work) -> None:
    place = Workplace(work)
    words = len(place.tokenizer().words)
    earlier = nn.ModuleDict({"image": JudgeImage(), "text": JudgeText(words - 2)})
    torch.save({"model": earlier.state_dict()}, place.checkpoint("judge"))
    _, text = load_judge_of(place)
    place.checkpoint("judge").unlink()
    assert text.tokens.num_embeddings == words
    assert torch.equal(text.tokens.weight[: words - 2], earlier["text"].tokens.weight)


def test_pieces_come_together_again(work, options, tmp_path) -> None:
    place = Workplace(work)
    torch.save({"image": {"w": torch.rand(4)}, "text": {"w": torch.rand(3)}, "scale": 2.7, "own": 1}, place.checkpoint("clip"))
    pieces.run(options("pieces", "--out", str(tmp_path), "--only", "clip"))
    before = torch.load(place.checkpoint("clip"))
    pieces.run(options("pieces", "--join", str(tmp_path), "--only", "clip"))
    after = torch.load(place.checkpoint("clip"))
    place.checkpoint("clip").unlink()
    assert "own" not in after
    torch.testing.assert_close(after["image"]["w"].float(), before["image"]["w"], atol=1e-3, rtol=1e-3)


def test_weights_are_halved_and_batches_free(work, options, tmp_path) -> None:
    export.run(options("export", "--out", str(tmp_path)))
    model = onnx.load(str(tmp_path / "clip-image.onnx"))
    assert model.opset_import[0].version == 17
    large = [w for w in model.graph.initializer if np.prod(w.dims) >= 512]
    assert large and all(w.data_type == onnx.TensorProto.FLOAT16 for w in large)
    session = onnxruntime.InferenceSession(str(tmp_path / "clip-image.onnx"), providers=["CPUExecutionProvider"])
    (embedding,) = session.run(["embedding"], {"pixels": np.zeros((5, 3, 64, 64), np.float32)})
    assert embedding.shape == (5, 256)
