"""The prior: what a step sees, that the cache changes nothing, and that the exported graphs agree."""

import numpy as np
import onnxruntime
import torch

from training.data.layouts import NAMES
from training.models.clip import TextTower
from training.models.prior import OUTSIDE, POSITIONS, Prior, PriorShape, neighbours
from training.models.prior_graphs import export_prior
from training.models.retrieval import CELLS, EMPTY, Joints, Retrieval
from training.models.sampling import SamplingOptions, draw, neighbours_at

NO_JOINTS = Joints(of=-2, wearing=-2, owner=-2)


def tiny_prior() -> Prior:
    torch.manual_seed(3)
    return Prior(PriorShape(vocabulary=20, width=64, depth=2, heads=2, planner_depth=1), TextTower(20), tiny_retrieval()).eval()


def tiny_retrieval() -> Retrieval:
    """Three things, each in two styles: word 3; words 4 5; word 5. Word 9 asks for the second style."""
    codes = np.arange(3 * 2)[:, None].repeat(CELLS, 1).reshape(3, 2, CELLS)
    names = np.array([[3, -1], [4, 5], [5, -1]])
    return Retrieval(codes, names, np.array([3, 5, 3]), np.arange(3), np.array([[-1, -1], [9, -1]]), NO_JOINTS)


def ids_of(*words: int) -> torch.Tensor:
    return torch.tensor([[*words, 1] + [0] * (15 - len(words))])


def test_the_longest_name_is_found_and_things_keep_the_order_of_the_words() -> None:
    retrieval = tiny_retrieval()
    assert retrieval.find(ids_of(7, 4, 5)).tolist() == [[1, 3]]
    assert retrieval.find(ids_of(5, 7, 4)).tolist() == [[2, 3]]
    assert retrieval.find(ids_of(4, 5, 7, 3)).tolist() == [[1, 0]]
    assert retrieval.find(ids_of(3, 7, 4, 5)).tolist() == [[0, 1]]
    assert retrieval.find(ids_of(7, 8)).tolist() == [[3, 3]]


def test_every_word_knows_the_longest_name_it_belongs_to() -> None:
    assert tiny_retrieval().longest(ids_of(3, 7, 4, 5, 5))[0, :6].tolist() == [1, 0, 2, 2, 1, 0]


def test_drawings_come_in_the_style_that_the_words_name() -> None:
    retrieval = tiny_retrieval()
    assert retrieval.drawings(ids_of(4, 5))[0, [0, CELLS - 1, CELLS, -1]].tolist() == [2, 2, EMPTY, EMPTY]
    assert retrieval.drawings(ids_of(4, 5, 9))[0, [0, CELLS - 1, CELLS, -1]].tolist() == [3, 3, EMPTY, EMPTY]


def test_a_layout_puts_each_thing_into_its_spots() -> None:
    retrieval = tiny_retrieval()
    drawings = retrieval.drawings(ids_of(3, 7, 4, 5))
    laid = {name: retrieval.lay_out(drawings, torch.tensor([NAMES.index(name)])).view(2, 16, 16) for name in NAMES}
    assert (laid["none"] == EMPTY).all()
    assert laid["single"][0, 1:15, 1:15].unique().tolist() == [0]
    assert laid["single"][0, 0].unique().tolist() == [EMPTY]
    assert laid["beside"][0, 5, [0, 7, 8, 15]].tolist() == [0, 0, 2, 2]
    assert laid["above"][0, [0, 15], 7].tolist() == [0, 2]
    assert laid["below"][0, [0, 15], 7].tolist() == [2, 0]
    assert laid["on the eyes"][:, 5, 5].tolist() == [0, 2]
    assert laid["four"][0].unique().tolist() == [0]


def random_codes(count: int = 2) -> torch.Tensor:
    return torch.randint(0, 1024, (count, POSITIONS), generator=torch.Generator().manual_seed(5))


def test_neighbours_are_the_same_for_the_whole_grid_and_for_one_position() -> None:
    codes = random_codes()
    whole = neighbours(codes).numpy()
    for position in (0, 7, 15, 16, 31, 100, 255):
        np.testing.assert_array_equal(whole[:, position], neighbours_at(codes.numpy(), position))
    assert whole[0, 0].tolist() == [OUTSIDE] * 3


def test_a_later_code_changes_no_earlier_logits() -> None:
    prior, codes, ids = tiny_prior(), random_codes(1), torch.tensor([[3, 1] + [0] * 14])
    changed = codes.clone()
    changed[0, 40] = (codes[0, 40] + 1) % 1024
    before, after = prior(codes, ids), prior(changed, ids)
    torch.testing.assert_close(before[:, :41], after[:, :41])
    assert (before[:, 41] - after[:, 41]).abs().max() > 1e-4


def test_steps_with_the_cache_give_the_logits_of_the_whole_sequence() -> None:
    prior, codes, ids = tiny_prior(), random_codes(2), torch.tensor([[3, 4, 1] + [0] * 13, [1] + [0] * 15])
    with torch.no_grad():
        whole = prior(codes, ids)
        plan, past = prior.planner(ids), torch.zeros(2, 2, 2, 2, POSITIONS, 32)
        for position in range(40):
            near = torch.from_numpy(neighbours_at(codes.numpy(), position))
            logits, present = prior.step(near, torch.tensor([position]), plan[:, position], past)
            past[..., position, :] = present[..., 0, :]
            torch.testing.assert_close(logits, whole[:, position], atol=2e-4, rtol=1e-3)


def test_exported_graphs_agree_with_the_network(tmp_path) -> None:
    prior, ids = tiny_prior(), torch.tensor([[3, 4, 1] + [0] * 13, [1] + [0] * 15])
    paths = export_prior(prior, tmp_path)
    plan_session, step_session = (onnxruntime.InferenceSession(str(p), providers=["CPUExecutionProvider"]) for p in paths)
    (plan,) = plan_session.run(None, {"ids": ids.numpy()})
    past = torch.randn(2, 2, 2, 2, POSITIONS, 32, generator=torch.Generator().manual_seed(1))
    near, at = torch.tensor([[3, 9, OUTSIDE], [1, 2, 3]]), torch.tensor([17])
    with torch.no_grad():
        expected_plan = prior.planner(ids)
        expected, expected_present = prior.step(near, at, expected_plan[:, 17], past)
    np.testing.assert_allclose(plan, expected_plan.numpy(), atol=5e-3, rtol=5e-3)
    feeds = {"near": near.numpy(), "position": at.numpy(), "plan": expected_plan[:, 17].numpy(), "past": past.numpy()}
    logits, present = step_session.run(None, feeds)
    np.testing.assert_allclose(logits, expected.numpy(), atol=5e-3, rtol=5e-3)
    np.testing.assert_allclose(present, expected_present.numpy(), atol=5e-3, rtol=5e-3)


def test_the_step_graph_takes_several_candidates(tmp_path) -> None:
    prior, rows = tiny_prior(), 6
    session = onnxruntime.InferenceSession(str(export_prior(prior, tmp_path)[1]), providers=["CPUExecutionProvider"])
    generator = torch.Generator().manual_seed(2)
    near, at = torch.randint(0, 1025, (rows, 3), generator=generator), torch.tensor([9])
    plan, past = torch.randn(rows, 64, generator=generator), torch.randn(2, 2, rows, 2, POSITIONS, 32, generator=generator)
    with torch.no_grad():
        expected, _ = prior.step(near, at, plan, past)
    logits, present = session.run(None, {"near": near.numpy(), "position": at.numpy(), "plan": plan.numpy(), "past": past.numpy()})
    np.testing.assert_allclose(logits, expected.numpy(), atol=1e-2, rtol=1e-2)
    assert present.shape == (2, 2, rows, 2, 1, 32)


def test_drawing_keeps_to_the_likeliest_codes() -> None:
    logits = np.zeros((1, 1024))
    logits[0, :3] = 5
    random = np.random.default_rng(0)
    drawn = {int(draw(logits, SamplingOptions(top_k=3), random)[0]) for _ in range(60)}
    assert drawn == {0, 1, 2}
