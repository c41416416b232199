"""What is read of a place, a light and a manner, and which picture shows them."""

from pathlib import Path

import numpy as np
import torch

from training.data.scene_bank import build_phrases, nearest_scenes
from training.data.scene_pictures import Scene
from training.data.tokens import UNKNOWN, Tokenizer
from training.models.scenes import SceneBank
from training.running.manifest import write_tokenizer

WORDS = {
    "subject": {"backdrop": ["a backdrop"], "hills": ["rolling hills"], "village": ["a village"], "meadow": ["a meadow"]},
    "light": {"noon": ["at noon"], "sunset": ["at sunset"], "night": ["at night"]},
    "manner": {"oil": ["oil painting"], "swirls": ["van gogh", "swirling"]},
}
KNOWN = "a at by on in hill portrait horse winter meadow backdrop rolling hills village noon sunset night oil painting van gogh starry"
TOKENIZER = Tokenizer(["<pad>", "<eos>", "<unk>", *KNOWN.split(), "galaxy", "cat"])
SHOWN = [
    ("backdrop", None, "swirls"), ("hills", "noon", None), ("village", "noon", "oil"), ("village", "night", "swirls"),
    ("village", "night", None), ("village", "noon", None), ("village", "sunset", "oil"),
]  # fmt: skip
SCENES = [Scene(Path(str(row)), "", *shown) for row, shown in enumerate(SHOWN)]


def bank() -> SceneBank:
    phrases = build_phrases(WORDS, TOKENIZER)
    return SceneBank({
        "codes": np.arange(len(SCENES))[:, None].repeat(256, 1), "table": nearest_scenes(SCENES, WORDS), "words": phrases.words,
        "slot": phrases.slot, "value": phrases.value, "alone": phrases.alone, "where": phrases.where, "without_place": np.array([1, 2]),
    })  # fmt: skip


def read(text: str) -> tuple[list[int], list[int]]:
    """The values of subject, light and manner, and the ids that are left for drawings."""
    values, _, left, _ = bank().read(torch.from_numpy(TOKENIZER.encode(text)[None]))
    return values[0].tolist(), left[0].tolist()


def shown(text: str) -> int:
    """The scene that a text is shown as."""
    values, *_ = bank().read(torch.from_numpy(TOKENIZER.encode(text)[None]))
    return int(bank().canvas(values, torch.zeros(1, dtype=torch.int64))[0, 0])


def test_a_saying_names_place_light_and_manner_at_once() -> None:
    assert read("starry night")[0] == [3, 3, 2]
    assert shown("starry night") == 3


def test_every_word_for_the_manner_is_taken_out_and_things_are_left() -> None:
    values, left = read("a cat, starry night by van gogh")
    assert values == [3, 3, 2]
    cat = TOKENIZER.ids["cat"]
    assert cat in left
    assert TOKENIZER.ids["van"] not in left
    assert left.count(UNKNOWN) == 4


def test_the_manner_comes_first_then_the_light_then_one_like_it() -> None:
    assert shown("a village at night") == 4
    assert shown("a village at night, oil painting") == 6  # none by night: the sunset is more like it than noon
    assert shown("a village at noon, van gogh") == 3


def test_a_second_place_is_no_thing_before_the_first() -> None:
    values, left = read("rolling hills, a village")
    assert values == [2, 0, 0]
    assert TOKENIZER.ids["village"] not in left


def test_where_a_place_is_gives_way_to_the_place() -> None:
    for text, subject in (("a village on a hill", 3), ("on a hill, a village", 2), ("a cat on a hill", 2), ("a portrait on a hill", 2)):
        values, left = read(text)
        assert values[0] == subject, text
        assert TOKENIZER.ids["hill"] not in left


def test_a_thing_is_shown_at_home_where_a_light_or_a_manner_is_asked_for_but_no_place() -> None:
    for text, values in (("a horse at night", [4, 3, 0]), ("two horses, van gogh", [4, 0, 2]), ("a horse, a village", [3, 0, 0]),
                         ("winter in a village", [3, 0, 0]), ("winter", [2, 0, 0])):  # fmt: skip
        found, left = read(text)
        assert found == values, text
        assert ("horse" in text) == (TOKENIZER.ids["horse"] in left)
    _, wanted, *_ = bank().read(torch.from_numpy(TOKENIZER.encode("a horse")[None]))
    assert not wanted.item()


def test_what_is_part_of_a_longer_name_is_no_place() -> None:
    ids = torch.from_numpy(TOKENIZER.encode("a village cat")[None])
    in_two_words = torch.tensor([[0, 2, 2] + [0] * 13])
    assert bank().read(ids)[0].tolist() == [[3, 0, 0]]
    assert bank().read(ids, in_two_words)[0].tolist() == [[0, 0, 0]]


def test_what_names_no_place_is_shown_on_a_landscape_where_there_is_no_thing() -> None:
    backdrop, village = torch.tensor([[1, 0, 2]]), torch.tensor([[3, 0, 2]])
    for bare, shown in ((False, [1, 0, 2]), (True, [2, 0, 2])):
        assert bank().with_landscape(backdrop, torch.tensor([bare])).tolist() == [shown]
        assert bank().with_landscape(village, torch.tensor([bare])).tolist() == [[3, 0, 2]]


def test_a_word_may_stand_for_another_and_a_plural_for_its_own() -> None:
    ids = TOKENIZER.ids
    assert ids["universe"] == ids["galaxy"]
    assert ids["villages"] == ids["village"]
    assert "fjord" not in ids  # stands for a lake, which this vocabulary lacks


def test_words_that_stand_for_others_survive_a_tokenizer_file(tmp_path: Path) -> None:
    write_tokenizer(TOKENIZER, tmp_path / "tokenizer.json")
    loaded = Tokenizer.load(tmp_path / "tokenizer.json")
    assert loaded.words == TOKENIZER.words
    assert loaded.ids == TOKENIZER.ids
