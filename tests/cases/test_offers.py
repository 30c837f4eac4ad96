"""What the pages say about the answers to documented offers is what the case as it is gives today."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest

from summitry import case

ROOT = Path(__file__).resolve().parents[2]
BENCH = runpy.run_path(str(ROOT / "benchmarks" / "bench_offers.py"))
PAGE = (ROOT / "docs" / "explanation" / "values-from-answers-and-records.md").read_text()


@pytest.mark.parametrize(("name", "proposals"), [("answers", False), ("with what a party itself proposed", True)])
def test_the_page_tells_the_scores_of_today(name: str, *, proposals: bool) -> None:
    offers = BENCH["scored"](case.load("korea-2019"), proposals=proposals)
    yes, no = (np.array([one.chance for one in offers if one.accepted is kind]) for kind in (True, False))
    low, high = BENCH["interval"](yes, no)
    rate = yes.size / len(offers)
    brier = np.mean([(one.chance - one.accepted) ** 2 for one in offers])
    cells = (name, yes.size, no.size, f"{BENCH['auc'](yes, no):.2f}", f"{low:.2f} to {high:.2f}", f"{brier:.3f}")
    assert f"| {' | '.join(map(str, cells))} | {rate * (1 - rate):.3f} |" in PAGE, "run benchmarks/bench_offers.py"


def test_the_refusals_that_the_essay_names_are_thought_improbable() -> None:
    found = {one.answer: one.chance for one in BENCH["scored"](case.load("korea-2019"), proposals=False)}
    for said in ("dprk: 2018-08-08 refused warheads.most", "dprk: 2018-10-07 refused declaration.full"):
        assert found[said] < 0.05


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    yes, no = np.array([0.9, 0.4, 0.4]), np.array([0.4, 0.1])
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in yes for b in no]
    assert BENCH["auc"](yes, no) == pytest.approx(sum(pairs) / len(pairs))
    assert BENCH["interval"](np.ones(3), np.zeros(3)) == (1.0, 1.0)
