from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.build import case, claim
from in_words import in_words
from summitry import load
from summitry.case.types import Case, Issue
from summitry.evidence.inventory import holdings
from summitry.evidence.quantities import amounts, not_in_units, shares, titles

ESTIMATES = [claim("SIPRI", 20, 30, 40), claim("DIA", 25, 32, 45), claim("FAS", 90, 100, 110)]


def with_issue(told: Case, **fields: object) -> Case:
    issue = Issue.model_validate({"title": "Handed over", "giver": "north", "holding": "warheads"} | fields)
    return told.model_copy(update={"file": told.file.model_copy(update={"issues": {"handed": issue}})})


@given(st.integers(1, 100))
def test_a_share_in_units_is_the_share_of_the_holding(percent: int) -> None:
    told = with_issue(case(ESTIMATES), options={"none": 0, "few": 3, "part": f"{percent}%"})
    (holding,) = holdings(told)
    (found,) = shares(told, (holding,))
    assert holding.posterior is not None
    assert (found.option, found.unit) == ("part", "weapons")
    units = [holding.posterior[p] * percent / 100 for p in ("p05", "p50", "p95")]
    assert [found.low, found.middle, found.high] == pytest.approx(units)


def test_what_nobody_estimates_or_another_holds_has_no_units() -> None:
    declared = with_issue(case([claim("the north", central=5, kind="declared")]), options={"none": 0, "part": "33%"})
    assert shares(declared, holdings(declared)) == ()
    assert "nobody estimates" in in_words(not_in_units(declared, holdings(declared))["handed"])
    others = with_issue(case(ESTIMATES), giver="west", options={"none": 0, "part": "33%"})
    assert shares(others, holdings(others)) == ()


def test_a_share_counts_of_what_the_givers_hold_wherever_it_is_counted() -> None:
    """The same holding decides the units that are shown and the amounts that lumps are made of."""
    part = {"none": 0, "part": "50%"}
    west = [claim("DIA", 4, 6, 8, holder="west")]
    joint = [claim("FAS", 40, 60, 80, holder="west + north")]
    both = ["west", "north"]
    for claims, giver, middle in (
        (ESTIMATES[:1], "north", 15.0),
        (west, both, 3.0),
        ([*west, *ESTIMATES[:1]], both, None),
        ([*west, *ESTIMATES[:1], *joint], both, 30.0),
        (west, "north", None),
    ):
        told = with_issue(case(claims), giver=giver, options=part)
        counted = amounts(told)[1]
        shown = shares(told, holdings(told))
        assert (middle is None) == bool(not_in_units(told, holdings(told)))
        if middle is None:
            assert math.isnan(counted)
            assert shown == ()
        else:
            assert counted == pytest.approx(middle, rel=0.02)
            assert [row.middle for row in shown] == [pytest.approx(counted)]


def test_leaving_one_out_is_the_answer_without_its_claim() -> None:
    (holding,) = holdings(case(ESTIMATES))
    assert holding.posterior is not None
    moves = [abs(w.shift) for w in holding.without]
    assert moves == sorted(moves, reverse=True)
    assert len(moves) == len(ESTIMATES)
    for told in holding.without:
        (rest,) = holdings(case([c for c in ESTIMATES if c.claimant != told.claimant]))
        assert rest.posterior is not None
        assert told.middle == pytest.approx(rest.posterior["p50"], rel=1e-6)
        assert told.shift == pytest.approx(told.middle - holding.posterior["p50"])
    assert holdings(case(ESTIMATES[:1]))[0].without == ()


@pytest.mark.parametrize(("name", "place"), [("korea-2019", "warheads.third"), ("supply-contract", "volume.half")])
def test_bundled_cases_tell_shares_in_units(name: str, place: str) -> None:
    told = load(name)
    found = titles(shares(told, holdings(told)))
    assert " to " in found[place]
