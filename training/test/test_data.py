"""The pictures and captions: names, judge compositions kept out, hold-outs, tokens."""

import json
from pathlib import Path

import numpy as np

from training.data.batches import held_out_samples
from training.data.compose import Recipe, say
from training.data.exemplars import choose_exemplars, find_names
from training.data.names import article, plural, split_joined, to_words
from training.data.samples import StyledSampler
from training.data.tokens import Tokenizer, find_words
from training.judge.scoring import paint_real
from training.running.workplace import Workplace


def test_names_become_words() -> None:
    lexicon = frozenset({"bouquet", "of", "flowers", "flower"})
    assert split_joined("bouquetofflowers", lexicon) == "bouquet of flowers"
    assert to_words("streamline-emojis", "cloud-2") == "cloud"
    assert to_words("meteocons", "rain-fill") == "rain"
    assert [article("apple"), article("cactus"), article("sunglasses")] == ["an apple", "a cactus", "sunglasses"]
    assert [plural("strawberry"), plural("fox"), plural("balloon")] == ["strawberries", "foxes", "balloons"]


def test_captions_say_what_the_recipe_shows() -> None:
    assert say(Recipe("single", ("apple",), "blue", "red")) == "a red apple on a blue background"
    assert say(Recipe("wearing", ("cat face", "sunglasses"))) == "a cat wearing sunglasses"
    assert say(Recipe("count", ("fox",), count=2)) == "two foxes"
    assert say(Recipe("pair", ("owl", "tree"), relation="above")) == "an owl above a tree"


def test_every_judge_prompt_is_what_its_recipe_says(work) -> None:
    for text, recipe in Workplace(work).judged():
        assert say(recipe) == text


def test_there_are_fifty_prompts_and_half_are_compositions(work) -> None:
    judged = Workplace(work).judged()
    assert len(judged) == 50
    assert sum(bool(recipe.signatures()) for _, recipe in judged) >= 20


def test_no_training_sample_shows_a_judged_composition(work) -> None:
    place = Workplace(work)
    sampler = place.sampler(seed=4)
    compositions = {text for text, recipe in place.judged() if recipe.signatures()}
    for _ in range(3000):
        recipe = sampler.draw()
        assert not recipe.signatures() & sampler.forbidden
        assert sampler.caption(recipe, sampler.choose(recipe.things[0], sampler.random)) not in compositions


def test_the_same_seed_gives_the_same_pictures(work) -> None:
    first, second = (iter(Workplace(work).sampler(seed=9)) for _ in range(2))
    for _ in range(12):
        a, b = next(first), next(second)
        assert a.caption == b.caption
        np.testing.assert_array_equal(a.picture, b.picture)


def test_exemplars_hold_no_held_out_concept_and_answer_to_each_name_once(work) -> None:
    place = Workplace(work)
    pack = place.pack()
    exemplars = choose_exemplars(pack)
    assert not {e.concept for e in exemplars} & pack.held_out_concepts
    assert not {s.icon_set for e in exemplars for s in e.sprites} & pack.held_out_sets
    names = find_names(exemplars)
    assert len({name.words for name in names}) == len(names)
    # an index behind the last stands for words that name no drawing
    of = {" ".join(name.words): exemplars[name.exemplar].concept for name in names if name.exemplar < len(exemplars)}
    assert of["cat wearing"] == "cat face"
    assert of["strawberries"] == "strawberry"
    assert "launch" not in of  # a keyword says what one may think of, not what a thing is called


def test_things_of_a_styled_sample_are_where_its_layout_says(work) -> None:
    place = Workplace(work)
    samples = place.sampler(2, kind=StyledSampler)
    for sample, _ in zip(samples, range(40), strict=False):
        if sample.recipe.layout == "beside" and not sample.recipe.background:
            assert (sample.picture[:32] == 255).all()
            assert (sample.picture[32:96, :64] < 250).any()
            assert (sample.picture[32:96, 64:] < 250).any()


def test_held_out_sprites_are_not_in_training(work) -> None:
    pack = Workplace(work).pack()
    assert pack.held_out_concepts
    for concept in pack.by_concept:
        assert not {s.row for s in pack.training(concept)} & {s.row for s in pack.held_out(concept)}
    assert all(s.picture.shape == (128, 128, 3) for s, _ in zip(held_out_samples(pack, "set", 1), range(5), strict=False))


def test_every_prompt_has_a_real_picture(work) -> None:
    place = Workplace(work)
    pictures, missing = paint_real(place.pack(), [recipe for _, recipe in place.judged()], seed=1)
    assert len(pictures) == 50
    assert missing == []


def test_new_words_start_from_known_ones() -> None:
    tokenizer = Tokenizer(["<pad>", "<eos>", "<unk>", "a", "cat"]).extended({"cats", "an", "feline", "xylophone"})
    assert tokenizer.words[5:] == ["an", "feline", "xylophone"]  # a plural stands for its own word
    assert tokenizer.nearest_known(5, {"feline": "house cat"}) == [3, 4, 2]
    assert tokenizer.encode("A cat, 2 zebras").tolist() == [3, 4, 2, 2, 1] + [0] * 11


def test_words_are_suggested_that_the_shipped_model_knows_for_words_that_it_does_not() -> None:
    pocket = Path(__file__).parents[2] / "models" / "pocket"
    ids, said = Tokenizer.load(pocket / "tokenizer.json").ids, json.loads((pocket / "words.json").read_text())
    assert not ids.keys() & {*said["instead"], *said["silent"]}
    assert {word for texts in said["instead"].values() for text in texts for word in find_words(text)} <= ids.keys()
