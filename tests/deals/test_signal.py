from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from summitry import case
from summitry.case.types import Law
from summitry.deals import frontier
from summitry.deals.signal import TELLING, ask_for_signals, in_points
from summitry.evidence.conduct import record
from summitry.evidence.credibility import signals
from summitry.evidence.seriousness import log_kept, pretender_keeps
from summitry.model import build
from summitry.reasons import reason

if TYPE_CHECKING:
    from summitry.evidence.credibility import SignalAsk
    from summitry.model import Model


def model(name: str, viewer: str | None = None) -> Model:
    opened = case.load(name, viewer=viewer)
    return build(opened, draws=0, record=record(opened), homes=False)


def asks_of(made: Model) -> tuple[SignalAsk, ...]:
    return ask_for_signals(made, frontier.explore(made, zone=True))


@pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])
def test_signal_is_the_cheapest_that_tells_enough_and_that_a_serious_side_would_do(name: str) -> None:
    made = model(name)
    asks = asks_of(made)
    assert asks
    for ask in asks:
        belief = next(b for b in made.beliefs if (made.parties[b.party], made.parties[b.other]) == (ask.party, ask.other))
        assert ask.gain is not None
        passing = []
        for q in range(len(made.allowed)):
            i = int(made.issue_of[q])
            if q == made.first[i] or not made.allowed[q]:
                continue
            row = made.closure(np.eye(len(made.issues), dtype=np.int64)[[i]] * (q - made.first[i]))[0]
            givers = made.giver[np.flatnonzero(row)]
            alone = all(g[belief.other] and not g[made.side != made.side[belief.other]].any() for g in givers)
            if not alone or made.faults(row) or belief.tables:
                continue
            columns = made.columns(row)
            cost = -float(belief.value[columns].sum())
            ratio = math.exp(log_kept(pretender_keeps(cost, *ask.pretender)))
            if made.verified[columns].all() and cost <= ask.gain and ratio >= TELLING:
                passing.append(cost)
        if not belief.tables:
            assert (ask.best is None) == (not passing)
        if ask.best is not None and passing:
            assert ask.best.cost[1] == pytest.approx(min(passing))
        assert (ask.best is None) == (ask.why.code in {"signal.unseen", "signal.dear", "signal.weak", "signal.costless"})


def forbidden(made: Model, party: str, moves: tuple[str, ...]) -> Model:
    """The same model with one more law at home."""
    law = Law(party=party, name="Act of 1998", forbids=moves, waiver=(0.1, 0.2, 0.3))
    return replace(made, laws=(*made.laws, law))


def test_a_deed_that_nothing_forbids_goes_before_a_cheaper_one_and_else_the_law_is_named() -> None:
    made = model("korea-2019")
    before = asks_of(made)[0].best
    assert before is not None
    assert not before.barred
    struck = [before.deliverable]
    for _ in range(len(made.allowed)):
        ask = asks_of(forbidden(made, "dprk", tuple(struck)))[0]
        assert ask.best is not None
        if ask.best.barred:
            break
        assert ask.best.cost[1] >= before.cost[1]
        assert ask.why.values["free"] == reason("signal.free")
        struck.append(ask.best.deliverable)
    assert ask.best is not None
    law = ask.best.barred[0]
    assert (law.code, law.values["party"], law.values["law"]) == ("barred.law", "dprk", "Act of 1998")
    assert law.values["moves"] == (ask.best.deliverable,)
    assert law.values["chance"] == pytest.approx(0.2)
    assert ask.why.values["barred"] == ask.best.barred


def test_a_mandate_that_withholds_a_deed_is_named_beside_it() -> None:
    ask = asks_of(model("supply-contract"))[0]
    assert ask.best is not None
    assert ask.best.barred == (reason("barred.mandate", party="supplier", move="warranty.five-years", silent=None),)


def test_what_nobody_verifies_is_no_signal() -> None:
    blind = replace(model("supply-contract"), verified=np.zeros_like(model("supply-contract").verified))
    for ask in asks_of(blind):
        assert ask.best is None
        assert ask.why == reason("signal.unseen")


def test_without_a_zone_no_deal_is_known_to_pay_for_a_signal() -> None:
    made = model("supply-contract")
    for ask in asks_of(replace(made, reserve=made.reserve + 1e6)):
        assert (ask.best, ask.gain) == (None, None)
        assert ask.why == reason("signal.unpriced")


def test_without_stated_costs_the_coders_scale_stands_in_and_is_named() -> None:
    made = model("supply-contract")
    object.__setattr__(made, "beliefs", tuple(replace(belief, pretender=None) for belief in made.beliefs))
    assert [ask.stated for ask in asks_of(made)] == [False, False]


def test_deed_that_is_the_status_quo_by_now_buys_nothing_again() -> None:
    opened = case.load("korea-2019")
    found = signals(opened, path=False)
    assert found is not None
    rows = in_points(model("korea-2019"), opened.evidence.events, found.events)
    by = {row.what: row for row in rows}
    assert by["exercises suspended"].points == {}
    assert by["exercises suspended"].measured == reason("points.status-quo", option="exercises.suspended")
    assert (by["three US detainees released"].points or {})["dprk"] < 0.0
    assert all(row.measured is None for row in rows if not row.reads_as)


@pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])
def test_nobody_asks_for_a_deed_that_is_worth_nothing_to_it(name: str) -> None:
    made = model(name)
    for ask in asks_of(made):
        for deed in (*ask.nearest, *([ask.best] if ask.best else [])):
            row = made.row(deed.moves)
            assert made.means(np.stack([np.zeros_like(row), row]))[:, made.party(ask.party)] @ [-1.0, 1.0] > 0.0
