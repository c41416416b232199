"""The newest weights of each network: this run's checkpoint where there is one, the bootstrap's files otherwise."""

from pathlib import Path
from typing import TypeVar

import torch

from training.data.exemplars import SYNONYMS
from training.data.tokens import Tokenizer
from training.models.bootstrap import load_image_tower, load_text_tower, load_vqgan
from training.models.bootstrap_prior import load_prior
from training.models.clip import ImageTower, TextTower
from training.models.judge import JudgeImage, JudgeText
from training.models.prior import Prior, PriorShape
from training.models.quantiser import Quantiser
from training.models.retrieval import Retrieval
from training.models.scenes import SceneBank
from training.models.vqgan import Vqgan, VqganShape
from training.running.workplace import Workplace, load_if_there


def load_vqgan_of(place: Workplace, bootstrap: Path | None) -> Vqgan:
    """In evaluation mode; random weights where nothing is there to start from."""
    state = load_if_there(place.checkpoint("vqgan"))
    if state is None and bootstrap is not None:
        return load_vqgan(bootstrap)
    shape = VqganShape()
    vqgan = Vqgan(shape, Quantiser(shape.codes, shape.latent))
    if state is not None:
        vqgan.load_state_dict(state["model"])
    return vqgan.eval()


Reader = TypeVar("Reader", TextTower, JudgeText)


def extend_tokens(tower: Reader, tokenizer: Tokenizer) -> Reader:
    """Grows the embedding table to the vocabulary; a new word starts as its singular, its article or the unknown word."""
    known = tower.tokens.num_embeddings
    rows = tokenizer.nearest_known(known, SYNONYMS)
    if rows:
        table = torch.cat([tower.tokens.weight.data, tower.tokens.weight.data[rows]])
        tower.tokens = torch.nn.Embedding.from_pretrained(table, freeze=False)
    return tower


def load_clip_of(place: Workplace, bootstrap: Path | None) -> tuple[ImageTower, TextTower]:
    """Both towers in evaluation mode, the text tower as wide as the vocabulary; with the words of scenes where it learnt them."""
    image, text = load_towers(place, bootstrap)
    state = load_if_there(place.checkpoint("text"))
    if state is not None:
        text.load_state_dict(state["mixed"])
    return image, text


def load_towers(place: Workplace, bootstrap: Path | None) -> tuple[ImageTower, TextTower]:
    tokenizer = place.tokenizer()
    state = load_if_there(place.checkpoint("clip"))
    if state is None and bootstrap is not None:
        image, text = load_image_tower(bootstrap / "clip-image.onnx"), load_text_tower(bootstrap / "clip-text.onnx")
        return image, extend_tokens(text, tokenizer)
    image, text = ImageTower(), TextTower(len(tokenizer.words))
    if state is not None:
        image.load_state_dict(state["image"])
        text.load_state_dict(state["text"])
    return image.eval(), text.eval()


def load_prior_of(place: Workplace, bootstrap: Path | None) -> Prior:
    """The averaged weights of the prior's checkpoint, or those of the bootstrap's files; in evaluation mode."""
    tokenizer = place.tokenizer()
    retrieval = Retrieval.load(place.exemplars, tokenizer)
    scenes = SceneBank.load(place.bank) if place.bank.exists() else None
    state = load_if_there(place.checkpoint("prior"))
    if state is not None:
        text = TextTower(len(tokenizer.words))
        prior = Prior(PriorShape(**state["shape"]), text, retrieval, scenes=scenes)
        prior.load_state_dict(state["averaged"])
        return prior.eval()
    if bootstrap is None or not (bootstrap / "prior-plan.onnx").exists():
        raise FileNotFoundError(f"Expected a prior in {place.checkpoint('prior')}: run the stage `prior` first.")
    prior = load_prior(bootstrap, retrieval)
    prior.planner.scenes = scenes
    extend_tokens(prior.planner.text, tokenizer)
    return prior.eval()


def load_judge_of(place: Workplace) -> tuple[JudgeImage, JudgeText]:
    """Both towers of the judge with averaged weights, in evaluation mode, the text tower as wide as the vocabulary."""
    state = load_if_there(place.checkpoint("judge"))
    if state is None:
        raise FileNotFoundError(f"Expected a judge in {place.checkpoint('judge')}: run the stage `judge` first.")
    image, text = JudgeImage(), JudgeText(len(state["model"]["text.tokens.weight"]))
    torch.nn.ModuleDict({"image": image, "text": text}).load_state_dict(state["model"])
    return image.eval(), extend_tokens(text, place.tokenizer()).eval()
