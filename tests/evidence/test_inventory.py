from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.build import case, claim
from in_words import in_words
from summitry.case.dates import exact_period, period, periods
from summitry.case.rows import thing
from summitry.errors import LinkMissing
from summitry.evidence.inventory import Holding, draw, holdings

if TYPE_CHECKING:
    from summitry.case.rows import Claim

numbers = st.none() | st.floats(0, 1e6)
any_claim = st.builds(
    claim,
    claimant=st.sampled_from(["SIPRI", "SIPRI Yearbook 2018", "DIA", "FAS", "the north"]),
    low=numbers,
    central=numbers,
    high=numbers,
    unit=st.sampled_from(["weapons", "weapons/year", "kg"]),
    item=st.sampled_from(["", "weapons", "assembled", "unaccounted for"]),
    as_of=st.sampled_from(["", "2016", "2018-06", "2018-12-31", "2019", "2020-01", "2000-2018", "never"]),
    kind=st.sampled_from(["declared", "estimated", "verified"]),
    holder=st.sampled_from(["north", "Northern State", "west", "elsewhere"]),
)


def only(*rows: Claim) -> Holding:
    (holding,) = holdings(case(claims=rows))
    return holding


@given(st.lists(any_claim, max_size=12), st.randoms(use_true_random=False))
def test_order_and_repetition_of_rows_do_not_matter(rows: list[Claim], random: object) -> None:
    found = holdings(case(claims=rows))
    mixed = rows + rows[:3]
    random.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    assert holdings(case(claims=mixed)) == found


@given(st.lists(any_claim, min_size=1, max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_draws_are_monotone_and_never_negative(rows: list[Claim], first: float, second: float) -> None:
    for holding in holdings(case(claims=rows)):
        if holding.posterior is None:
            assert "Nothing fused" in in_words(holding.method)
            with pytest.raises(LinkMissing, match="no estimate of it"):
                draw(holding, np.array([first]))
            continue
        low, high = draw(holding, np.sort([first, second]))
        assert 0.0 <= low <= high
        assert draw(holding, np.array([0.05, 0.2, 0.5, 0.8, 0.95])).tolist() == pytest.approx(list(holding.posterior.values()))


def test_no_claims_make_no_holdings() -> None:
    assert holdings(case()) == ()


def test_kinds_are_never_merged() -> None:
    found = only(
        claim("north", central=20, kind="declared"), claim("IAEA", central=12, kind="verified"), claim("DIA", 40, 50, 60)
    )
    assert (found.declared, found.verified) == (20.0, 12.0)
    assert found.estimated == pytest.approx((43.78, 50.0, 56.22), abs=0.01)
    alone = only(claim("north", central=20, kind="declared"))
    assert (alone.declared, alone.estimated, alone.posterior) == (20.0, None, None)
    assert "there is no estimate" in in_words(alone.method)


def test_agreeing_estimates_sharpen_and_disagreeing_ones_are_pooled() -> None:
    agree = only(claim("A", 20, 30, 40), claim("B", 22, 32, 42))
    assert "Inverse-variance" in in_words(agree.method)
    apart = only(claim("A", 10, 15, 20), claim("B", 50, 55, 60))
    assert "Linear pool" in in_words(apart.method)
    assert agree.posterior is not None
    assert apart.posterior is not None
    assert agree.posterior["p95"] - agree.posterior["p05"] < 13.0
    assert apart.posterior["p05"] < 15.0
    assert apart.posterior["p95"] > 55.0
    assert apart.disagreement is not None
    assert agree.disagreement is not None
    assert apart.disagreement > 100 * agree.disagreement


def test_bounds_alone_projections_and_what_is_unaccounted_for_are_shown_and_not_used() -> None:
    found = only(
        claim("A", 20, 30, 40),
        claim("B", high=60),
        claim("C", 70, 80, 90, as_of="2020-01"),
        claim("D", 70, 80, 90, item="weapons unaccounted for"),
        claim("E", 70, 80, 90, published="2019-03"),
    )
    assert [(line.claimant, line.used) for line in found.claims if line.used] == [("A", True)]
    assert len(found.claims) == 5
    assert found.estimated == only(claim("A", 20, 30, 40)).estimated
    assert "unaccounted for is not held" in in_words(found.method)
    assert "later than the case's date" in in_words(found.method)
    assert "a bound alone" in in_words(found.method)


def test_other_units_and_other_things_stay_apart() -> None:
    found = only(
        claim("A", 20, 30, 40),
        claim("B", 30, 45, 60, unit="weapons-equivalent"),
        claim("C", 10, 15, 20, item="assembled"),
        claim("D", 6, 7, 8, unit="t/year"),
    )
    assert [line.claimant for line in found.claims if line.used] == ["A"]
    assert "in weapons-equivalent" in in_words(found.method)
    assert "of assembled, another thing" in in_words(found.method)
    stock = [
        claim(who, 30, 33, 36, category="fissile", unit="kg", item=item)
        for who, item in (("A", "plutonium (separated)"), ("B", "HEU"))
    ]
    other = claim("C", 30, 40, 48, category="fissile", unit="kg", item="Plutonium")
    assert [line.claimant for line in only(*stock, other).claims if line.used] == ["C", "A"]


def test_claimant_counts_once_and_latest_and_echoes_do_not_confirm() -> None:
    found = only(
        claim("SIPRI Yearbook", 10, 15, 20, as_of="2017-01"),
        claim("SIPRI Yearbook 2019", 20, 25, 30, as_of="2019-01"),
        claim("A newspaper", 20, 25, 30, as_of="2018-12"),
    )
    assert [line.claimant for line in found.claims if line.used] == ["SIPRI Yearbook 2019"]


def test_growth_is_carried_forward_only_at_a_claimed_rate() -> None:
    still = only(claim("A", 20, 30, 40, as_of="2017-02-15"))
    grown = only(claim("A", 20, 30, 40, as_of="2017-02-15"), claim("B", 5, 6, 7, unit="weapons/year"))
    assert "no claim states a rate" in in_words(still.method)
    assert "Carried forward to 2019-02-15 at 5 to 7 weapons/year" in in_words(grown.method)
    assert still.estimated is not None
    assert grown.estimated is not None
    assert grown.estimated[1] - still.estimated[1] == pytest.approx(12.0, abs=0.02)
    assert grown.unit == "weapons"


def test_single_number_gets_the_spread_of_the_others_or_a_stated_one() -> None:
    assert "25 % either way (an assumption)" in in_words(only(claim("A", central=30)).method)
    assert "50 % either way (the median of the others)" in in_words(only(claim("A", central=30), claim("B", 20, None, 60)).method)


def test_holding_of_nothing_is_no_division_by_nothing() -> None:
    assert only(claim("A", central=0)).estimated == (0.0, 0.0, 0.0)
    assert "allows no doubt" in in_words(only(claim("A", central=0), claim("B", 10, 20, 30)).method)


def test_holder_is_matched_by_id_or_name_and_kept_as_a_label_otherwise() -> None:
    rows = [claim("A", 1, 2, 3, holder=who) for who in ("NORTH", "northern state", "China")]
    assert [h.party for h in holdings(case(claims=rows))] == ["north", "China"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2018", "2018-12-31"),
        ("2018-02", "2018-02-28"),
        ("2000-2018", "2018-12-31"),
        ("2018-02-31", "2018-02-28"),
        ("late 2017", "2017-12-31"),
    ],
)
def test_latest_date_in_a_text_is_read(text: str, last: str) -> None:
    span = period(text)
    assert span is not None
    assert span[1] == dt.date.fromisoformat(last)


@pytest.mark.parametrize("text", ["1850", "2018", "2018-02", "2018-12", "2018-02-28", "1850-1862", "2015-2018", "9999-12"])
def test_a_text_that_is_nothing_but_a_date_is_read_the_same_wherever_it_stands(text: str) -> None:
    assert exact_period(text) is not None
    assert period(text) == exact_period(text)


@pytest.mark.parametrize("text", ["", "soon", "2018-13", "2018-02-30", "2018-2", "2018-06 or so", "2018-2015", "0000", "٢٠١٨"])
def test_what_is_no_date_alone_is_not_written_as_one(text: str) -> None:
    assert exact_period(text) is None


def test_bare_numbers_are_not_dates() -> None:
    assert periods("two 2000 MWe reactors; about 1995 t") == []
    assert period("120000 t") is None
    assert periods("never; first concrete 2002-08-07") == [(dt.date(2002, 8, 7), dt.date(2002, 8, 7))]


def test_words_of_the_category_or_unit_name_the_whole() -> None:
    assert thing("Weapons possible (70 % weaponised)", "warheads", "weapons") == ""
    assert thing("warhead", "warheads", "pieces") == ""
    assert thing("HEU (weapon grade)", "fissile", "kg") == "heu"


def test_declared_in_another_unit_is_named_where_it_is_left_out() -> None:
    rows = [claim("SIPRI", 20, 30, 40), claim("DIA", 25, 32, 45), claim("the north", central=5, kind="declared", unit="tubes")]
    (found,) = holdings(case(rows))
    assert found.declared is None
    assert "1 declared, but not used: in tubes, where others count weapons" in in_words(found.method)
