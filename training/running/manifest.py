"""The manifest of an exported model, format 1, and the tokenizer in the shape that tokenizer libraries read."""

import hashlib
import json
from pathlib import Path

from training.data.exemplars import STYLE_WORDS, STYLES
from training.data.tokens import END, PADDING, PART, UNKNOWN, Tokenizer
from training.models.clip import CONTEXT, SIDE
from training.models.prior import GRID, NO_TEXT, OUTSIDE, PriorShape
from training.models.sampling import SamplingOptions
from training.models.vqgan import VqganShape
from training.running.workplace import SOURCES

DTYPES = {".onnx": "float16", ".f32": "float32", ".json": "json"}
PRESETS = {
    "quick": {"steps": 10, "cutouts": 8, "coarse": 0.5},
    "artist": {"width": 256, "height": 256, "steps": 60, "cutouts": 20, "learningRate": 0.06, "coarse": 0.4},
}
SUGGESTIONS = [
    "a red apple", "a cat wearing sunglasses", "a rocket on a blue background", "a lighthouse in a storm", "a castle at night",
    "a sunflower", "a penguin", "two balloons", "mountains at sunrise", "a city at night, stained glass", "a forest in the fog, watercolor",
    "the sea at sunset, monet", "loneliness",
]  # fmt: skip


def write_tokenizer(tokenizer: Tokenizer, path: Path) -> None:
    """Lower-case words and digits as whole tokens, and their parts. A WordPiece model takes the longest from the left."""
    words = dict(sorted(tokenizer.ids.items(), key=lambda entry: (entry[1], entry[0] != tokenizer.words[entry[1]])))
    whole = dict.fromkeys(sorted(tokenizer.whole), UNKNOWN)
    parts = {PART + word: index for word, index in sorted(tokenizer.parts.items())}
    sequence = lambda name, kind: {"Sequence": {"id": name, "type_id": kind}}
    end = {"SpecialToken": {"id": "<eos>", "type_id": 0}}
    path.write_text(
        json.dumps({
            "version": "1.0",
            "truncation": {"direction": "Right", "max_length": CONTEXT, "strategy": "LongestFirst", "stride": 0},
            "padding": {
                "strategy": {"Fixed": CONTEXT}, "direction": "Right", "pad_to_multiple_of": None, "pad_id": PADDING,
                "pad_type_id": 0, "pad_token": "<pad>",
            },
            "added_tokens": [],
            "normalizer": {"type": "Lowercase"},
            "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[a-z]+|[0-9]"}, "behavior": "Removed", "invert": True},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [sequence("A", 0), end],
                "pair": [sequence("A", 0), sequence("B", 1), end],
                "special_tokens": {"<eos>": {"id": "<eos>", "ids": [END], "tokens": ["<eos>"]}},
            },
            "decoder": None,
            "model": {
                "type": "WordPiece", "unk_token": "<unk>", "continuing_subword_prefix": PART, "max_input_chars_per_word": 100,
                "vocab": words | whole | parts,
            },
        })
        + "\n"
    )  # fmt: skip


def describe_prior(shape: PriorShape) -> dict:
    """What PRIOR.md says, for a program."""
    options = SamplingOptions()
    return {
        "file": "prior-step.onnx",
        "grid": [GRID, GRID],
        "conditioning": {
            "file": "prior-plan.onnx", "input": "ids", "output": "plan", "width": shape.width, "empty": list(NO_TEXT),
            "styles": [f", {STYLE_WORDS[style]} style" if STYLE_WORDS[style] else "" for style in STYLES],
            "guidance": options.guidance, "temperature": options.temperature, "topK": options.top_k,
        },
        "cache": {
            "inputs": {"codes": "near", "position": "position", "plan": "plan", "past": "past"},
            "outputs": {"logits": "logits", "present": "present"},
            "outside": OUTSIDE, "layers": shape.depth, "rows": 2, "heads": shape.heads, "size": shape.width // shape.heads,
        },
    }  # fmt: skip


def write_manifest(folder: Path, prior: PriorShape | None) -> None:
    """manifest.json over every other file of the folder, with sizes and hashes."""
    sets = [entry["set"] for entry in json.loads(SOURCES.read_text())["sets"]]
    vqgan = VqganShape()
    files = {}
    for path in sorted(p for p in folder.iterdir() if p.name not in ("manifest.json", "vocabulary.json") and p.suffix in DTYPES):
        content = path.read_bytes()
        files[path.name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "dtype": DTYPES[path.suffix]}
    manifest = {
        "format": 1,
        "name": "pocket",
        "title": "Pocket",
        "licence": "MIT",
        "source": f"Trained for Easel on openly licensed icons (Apache 2.0, MIT, CC BY): {', '.join(sets)}; and on scenes painted for it",
        "vqgan": {
            "factor": vqgan.factor, "codes": vqgan.codes, "dim": vqgan.latent,
            "decoder": {"file": "vqgan-decoder.onnx", "input": "z", "output": "image"},
            "encoder": {"file": "vqgan-encoder.onnx", "input": "image", "output": "z"},
            "codebook": {"file": "codebook.f32"}, "range": [-1, 1],
        },
        "clips": [{
            "image": {
                "file": "clip-image.onnx", "input": "pixels", "output": "embedding", "size": SIDE, "mean": [0, 0, 0], "std": [1, 1, 1],
                "range": [0, 1],
            },
            "text": {"file": "clip-text.onnx", "input": "ids", "output": "embedding", "context": CONTEXT},
            "tokenizer": {"file": "tokenizer.json"}, "weight": 1,
        }],
        **({"prior": describe_prior(prior)} if prior else {}),
        "words": {"file": "words.json"},
        "defaults": {
            "width": 128, "height": 128, "steps": 40, "cutouts": 16, "learningRate": 0.03, "coarse": 0.3,
            "start": "prior" if prior else "noise",
        },
        "presets": PRESETS,
        "suggestions": SUGGESTIONS,
        "files": files,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
