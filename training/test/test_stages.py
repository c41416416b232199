"""Every stage runs on a handful of pictures, leaves its checkpoint, and resumes."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training.data import pool
from training.running.workplace import Workplace
from training.stages import clip, codes, exemplars, judge, prior, sheet, vqgan


def logged(work: Path, stage: str) -> list[dict]:
    return [json.loads(line) for line in (work / f"{stage}.log.jsonl").read_text().splitlines()]


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "SHARD", 8)
    monkeypatch.setattr(codes, "HELD_OUT", 6)


def test_vqgan_trains_with_the_discriminator_and_resumes(work, options) -> None:
    for form in ("ema", "loss"):
        for _ in range(2):
            vqgan.run(options("vqgan", "--batch", "2", "--adversarial-after", "0", "--codebook-form", form))
    runs = logged(work, "vqgan")
    assert [r["step"] for r in runs] == sorted({r["step"] for r in runs})
    assert {"psnr", "ssim", "codes_used", "lambda"} <= set(runs[-1])


def test_clip_trains_against_attacks(work, options) -> None:
    clip.run(options("clip", "--batch", "6", "--decoded", "0.5"))
    last = logged(work, "clip")[-1]
    assert last["seen"] >= 6
    assert {"concept", "set", "set_attacked"} <= set(last)


def test_exemplars_are_encoded_by_several_processes(work, options) -> None:
    Workplace(work).exemplars.unlink(missing_ok=True)
    exemplars.run(options("exemplars", "--part", "0/2"))
    assert not Workplace(work).exemplars.exists()
    exemplars.run(options("exemplars", "--part", "1/2"))
    with np.load(Workplace(work).exemplars) as saved:
        assert saved["codes"].shape[1:] == (3, 360)
        assert saved["exemplar"].max() <= len(saved["codes"])  # one behind the last stands for no drawing
        assert len(saved["names"]) == len(saved["rank"]) == len(saved["exemplar"])


def test_codes_prior_sheet_and_judge_in_a_row(work, options, small_shards) -> None:
    exemplars.run(options("exemplars"))
    codes.run(options("codes", "--shards", "1", "--minutes", "1"))
    shard = np.load(work / "codes" / "train-00000.npz")
    assert shard["codes"].shape == (8, 256)
    assert shard["ids"].shape == (8, 16)
    assert shard["laid"].shape == (8, 2, 256)

    small = ("--width", "64", "--depth", "1", "--planner-depth", "1", "--batch", "4")
    prior.run(options("prior", *small))
    prior.run(options("prior", *small, "--last"))
    runs = logged(work, "prior")
    assert runs[-1]["step"] > runs[0]["step"]
    assert all(np.isfinite(runs[-1][name]) for name in ("concept", "set", "set_without_text"))

    listed = work / "some.txt"
    listed.write_text("a red apple\na rocket\n")
    sheet.run(options("sheet", "--prompts", str(listed), "--out", str(work / "some.png")))
    assert (work / "some.png").stat().st_size > 1000

    judge.run(options("judge", "--batch", "6", "--drawings", "12", "--locked"))
    judge.run(options("judge", "--score", "--samples", "1", "--paint", "1"))
    groups = {row["group"]: row for row in logged(work, "judged") if "group" in row}
    assert {"real-0", "prior-0", "prior-guided-0", "noise-guided"} <= set(groups)
    assert 0 <= groups["prior-0"]["ranked_first"] <= 1


def test_clip_goes_on_from_weights_alone(work, options) -> None:
    clip.run(options("clip", "--batch", "4", "--decoded", "0"))
    path = Workplace(work).checkpoint("clip")
    state = torch.load(path, weights_only=True)
    torch.save({key: state[key] for key in ("image", "text", "scale")}, path)
    clip.run(options("clip", "--batch", "4", "--decoded", "0"))
    assert torch.load(path, weights_only=True)["step"] > 0


def test_a_checkpoint_is_plain_tensors(work, options) -> None:
    clip.run(options("clip", "--batch", "4", "--decoded", "0"))
    state = torch.load(Workplace(work).checkpoint("clip"), weights_only=True)
    assert state["step"] > 0


def test_the_pool_of_a_gpu_gives_every_picture_once_an_epoch(work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "CHUNK", 6)
    pictures, ids = pool.load_pool(Workplace(work), seed=3, size=10, device=torch.device("cpu"))
    assert pictures.shape == (12, 128, 128, 3)
    stream = pool.draw_batches(pictures, ids, size=4, seed=1)
    epoch = torch.cat([next(stream)[0] for _ in range(3)])
    whole = (pictures.permute(0, 3, 1, 2).float() / 127.5 - 1).flatten(1).sum(1).sort().values
    torch.testing.assert_close(epoch.flatten(1).sum(1).sort().values, whole)
