from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import summitry
from summitry import case
from summitry.deals.candidates import search
from summitry.deals.climbing import discounted, kept_steps, taught
from summitry.deals.ladder import climb
from summitry.deals.mend import Terms, mends, order_under, temptations, tempted_with
from summitry.evidence.conduct import record
from summitry.evidence.seriousness import MOST, log_kept, pretender_keeps
from summitry.model import Model, build
from summitry.reasons import reason
from summitry.sequence import orders
from summitry.sequence.critical_path import least_days

if TYPE_CHECKING:
    from summitry.deals.ladder import LadderResult
    from summitry.deals.mend import Mend


@cache
def model(name: str) -> Model:
    opened = case.load(name)
    return build(opened, draws=512, record=record(opened))


@cache
def ladder(name: str, principal: str) -> LadderResult:
    made = model(name)
    return climb(made, principal, search(made, principal))


BOTH = pytest.mark.parametrize(("name", "principal"), [("supply-contract", "buyer"), ("korea-2019", "us")])


@BOTH
def test_rungs_stand_in_rising_load(name: str, principal: str) -> None:
    loads = [rung.load for rung in ladder(name, principal).rungs]
    assert loads
    assert loads == sorted(loads, key=lambda load: load or 0.0)


@BOTH
def test_the_first_rung_is_the_most_substantive_that_trust_carries(name: str, principal: str) -> None:
    found = ladder(name, principal)
    assert found.first is not None
    first = found.rungs[found.first]
    carried = [rung for rung in found.rungs if rung.load is not None and rung.load <= 1.0 and rung.in_time is not False]
    assert first in carried
    assert first.substance[principal] >= max(rung.substance[principal] for rung in carried) - 1e-9


@BOTH
def test_no_rung_is_beaten_in_values_ratification_and_trust_needed(name: str, principal: str) -> None:
    rungs, made = ladder(name, principal).rungs, model(name)
    rows = []
    for rung in rungs:
        least = orders.least_load(made, made.row(rung.package))
        assert least is not None
        rows.append([*rung.values.values(), *(x or 0.0 for x in rung.ratification.values()), *(-least.trust_needed).tolist()])
    for row in np.round(rows, 9):
        assert not ((np.round(rows, 9) >= row).all(axis=1) & (np.round(rows, 9) > row).any(axis=1)).any()


def test_where_enough_accept_and_ratify_every_rung_passes_and_else_it_is_said() -> None:
    assert all(rung.passes for rung in ladder("supply-contract", "buyer").rungs)
    assert not ladder("supply-contract", "buyer").short
    short = ladder("korea-2019", "us").short
    assert short is not None
    assert short.code == "ladder.short"


def test_every_idea_is_placed() -> None:
    found = ladder("korea-2019", "us")
    assert [idea.title for idea in found.ideas] == [idea.title for idea in model("korea-2019").ideas.values()]


def test_a_partys_ladder_does_not_feel_the_other_holders_files(tmp_path: Path) -> None:
    folder = tmp_path / "supply"
    shutil.copytree(Path(summitry.__file__).parent / "cases" / "supply-contract", folder)

    def seen() -> LadderResult:
        made = build(opened := case.load(folder, viewer="buyer"), draws=128, record=record(opened))
        return climb(made, "buyer", search(made, "buyer"))

    before = seen()
    for path in (folder / "preferences" / "supplier").iterdir():
        path.write_text(path.read_text().replace("pretender: [", "pretender: [-9").replace("prior: [0.4", "prior: [0.1"))
    assert seen() == before


def test_without_beliefs_there_is_no_rung_and_the_gap_is_named() -> None:
    made = replace(model("supply-contract"), beliefs=())
    found = climb(made, "buyer", search(made, "buyer"))
    assert (found.rungs, found.ideas, found.first, found.short) == ((), (), None, None)
    assert found.gaps == (reason("ladder.gap.trust", parties=("buyer", "supplier")),)


@pytest.mark.parametrize(("cost", "ratio"), [(-10, 1.06), (5, 1.41), (8, 2.1), (14, 10.6)])
def test_a_kept_step_tells_the_more_the_more_it_costs_a_pretender(cost: float, ratio: float) -> None:
    assert exp(log_kept(pretender_keeps(cost, 2, 14))) == pytest.approx(ratio, abs=0.05)
    assert exp(log_kept(pretender_keeps(1000, 2, 14))) == pytest.approx(MOST)


def test_repeats_of_cheap_steps_are_discounted_and_dear_ones_are_not() -> None:
    assert discounted([0.2, 0.2, 0.2]) == pytest.approx(0.2 + 0.1 + 0.05)
    assert discounted([1.0, 1.0]) == pytest.approx(2.0)
    rng = np.random.default_rng(0)
    for _ in range(200):
        some = rng.uniform(0.0, 1.0, 6).tolist()
        assert discounted(some[:5]) <= discounted(some) + 1e-12


def test_kept_steps_never_lower_what_is_believed() -> None:
    made = model("korea-2019")
    package = made.row(made.ideas["yongbyon-for-corresponding-measures"].package)
    steps = orders.steps(made, package)
    order = orders.least_load(made, package, steps)
    assert order is not None
    learnt = taught(made, steps, order)
    assert (np.diff(learnt, axis=1) >= -1e-12).all()
    assert learnt[:, -1].max() > 0.0


def doubting(made: Model, serious: float) -> Model:
    """The same case among parties who believe little and whose pretenders pay nothing."""
    return replace(made, beliefs=tuple(replace(b, serious=serious, pretender=(-60.0, -50.0)) for b in made.beliefs))


IDEAS = [
    ("supply-contract", idea, serious)
    for idea in ("alliance", "volume-for-speed", "cash-for-discount")
    for serious in (0.02, 0.1)
] + [("korea-2019", "relief-for-declaration", 0.05), ("korea-2019", "relief-for-inspectors", 0.3)]


@pytest.mark.parametrize(("name", "idea", "serious"), IDEAS)
def test_each_advice_applied_makes_an_order_hold(name: str, idea: str, serious: float) -> None:
    made = doubting(model(name), serious)
    package = made.row(made.ideas[idea].package)
    order = orders.least_load(made, package)
    if order is not None and order.load <= 1.0:
        return
    found = mends(made, package)
    assert found
    for kind in {mend.kind for mend in found}:
        held = order_under(made, package, terms(made, [mend for mend in found if mend.kind == kind]))
        assert held is not None, kind
        assert held.load <= 1.0, kind
        assert (held.exposure <= made.limit + 1e-9).all()


def terms(made: Model, found: list[Mend]) -> Terms:
    """What one kind of advice says."""
    first, count = found[0], len(made.parties)
    if first.kind == "bond":
        bond = np.zeros(count)
        for mend in found:
            bond[made.party(mend.party)] = mend.amount
        return Terms(bond=bond)
    if first.kind == "guarantor":
        return Terms(covered=np.full(count, first.amount))
    if first.kind == "snapback":
        return Terms(recoverable=np.maximum(made.recoverable, first.amount))
    i = made.issues.index(first.move.partition(".")[0])
    if first.kind == "escrow":
        back = made.recoverable.copy()
        back[made.first[i] : made.first[i + 1]] = 1.0
        return Terms(recoverable=back)
    return Terms(finer={i: int(first.amount)})


def test_advice_against_the_last_temptation_ends_it() -> None:
    seen = set()
    for name in ("supply-contract", "korea-2019"):
        made, rng = model(name), np.random.default_rng(1)
        some = np.array([[rng.integers(0, size) * rng.integers(0, 2) for size in made.sizes] for _ in range(20)], dtype=np.int64)
        for package in (*made.idea_rows(), *made.closure(some)):
            steps = orders.steps(made, package)
            order = orders.least_load(made, package, steps)
            if order is None:
                continue
            for found in temptations(made, steps, order, deep=True):
                assert found.gain > 0.0
                assert not found.holds
                for mend in found.mends:
                    seen.add(mend.kind)
                    p = made.party(found.party)
                    if mend.kind == "snapback":
                        assert tempted_with(made, steps, order, p, mend.amount) <= found.cost + 1e-9
                    else:
                        assert found.gain - mend.amount <= found.cost + 1e-9
    assert seen == {"bond", "snapback", "free last step"}


def test_trust_that_only_kept_steps_bring_is_counted_in_steps() -> None:
    made = model("supply-contract")
    row = made.row(made.ideas["volume-for-speed"].package)
    steps = orders.steps(made, row)
    count = len(made.beliefs)
    low = replace(made, beliefs=tuple(replace(b, serious=0.02, pretender=(-60.0, -50.0)) for b in made.beliefs))
    before = orders.least_load(low, row)
    assert before is not None
    assert before.load > 1.0
    learnt = np.tile(np.array([0.0, 0.5, 3.0, 4.0]), (count, 1))
    number, order = kept_steps(low, row, learnt)
    assert steps.count == 2
    assert number in {1, 2, 3}
    assert order is not None
    assert order.load <= 1.0


def test_the_first_rung_is_one_that_can_be_done_in_time() -> None:
    found = ladder("korea-2019", "us")
    assert found.first is not None
    assert found.rungs[found.first].in_time
    made = model("korea-2019")
    rows = np.array([made.row(rung.package) for rung in found.rungs])
    assert (least_days(made, rows) <= made.settings.horizon).all()
