"""The laws of what is on the table, on drawn records: what binds a search, what does not, and that it only lifts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry import load
from summitry.case.rows import Evidence, Position
from summitry.deals import swaps
from summitry.deals.price import price_deliverable
from summitry.evidence.positions import read_positions
from summitry.evidence.standing import NOTHING, standing_offers
from summitry.kernels.rules import barred
from summitry.model import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.model import Model

CASE = load("supply-contract")
ISSUES = CASE.file.issues
STATUSES = ("floated", "demanded", "offered", "tabled", "accepted", "refused", "withdrawn")


@st.composite
def rows(draw: st.DrawFn) -> Position:
    issue = draw(st.sampled_from(sorted(ISSUES)))
    others = [f"{name}.{option}" for name, body in ISSUES.items() if name != issue for option in list(body.options)[1:]]
    return Position(
        date=dt.date(2024, 1, 1) + dt.timedelta(days=draw(st.integers(0, 20))),
        party=draw(st.sampled_from(sorted(CASE.file.parties))),
        issue=issue,
        option=draw(st.sampled_from(sorted(ISSUES[issue].options))),
        status=draw(st.sampled_from(STATUSES)),
        source=draw(st.sampled_from(("note", "minutes"))),
        offer=draw(st.sampled_from(("", "", "a"))),
        condition=draw(st.sampled_from(("", "", "unstated", draw(st.sampled_from(others))))),
    )


RECORDS = st.lists(rows(), max_size=14)


def with_rows(record: Sequence[Position]) -> Case:
    return CASE.model_copy(update={"evidence": Evidence(positions=tuple(record))})


def model_of(record: Sequence[Position], seed: int = 0) -> Model:
    return build(with_rows(record), seed=seed, draws=0, homes=False)


def reopened(model: Model, issue: str | None = None) -> Model:
    return replace(model, bounds=model.bounds.reopened(issue))


def every(model: Model) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.stack([axis.reshape(-1) for axis in np.indices(tuple(model.sizes.tolist()))], axis=1)


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_what_is_on_the_table_lifts_and_never_lowers_what_is_not_agreed(record: list[Position]) -> None:
    model = model_of(record)
    packages = every(model)
    rows = model.bounds.lift(packages)
    settled, bars = model.bounds.fixed >= 0, model.bounds.reach.bars
    assert (rows[:, ~settled] >= packages[:, ~settled]).all()
    assert (model.bounds.lift(rows) == rows).all()
    free = ~(barred(rows, bars) | barred(packages, bars))  # what excludes each other is left as it is
    assert (rows[free][:, settled] == model.bounds.fixed[settled]).all()
    assert (rows[free][:, ~settled] >= model.bounds.floor[~settled]).all()


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_the_floor_is_theirs_to_give_and_worth_something_to_us(record: list[Position]) -> None:
    model = model_of(record)
    p = model.party(model.principal)
    for i in np.flatnonzero(model.bounds.floor):
        assert model.given_by(p, others=True)[i]
    closed = model.closure(model.bounds.floor)
    assert (np.where(model.given_by(p), closed, 0) == 0).all()


@settings(max_examples=40, deadline=None)
@given(RECORDS)
def test_with_all_open_a_search_looks_at_the_packages_of_a_case_without_a_record(record: list[Position]) -> None:
    model, silent = reopened(model_of(record)), model_of(())
    assert model.bounds.standing is NOTHING
    assert (swaps.feasible(model, every(model)) == swaps.feasible(silent, every(silent))).all()


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.lists(rows(), min_size=1, max_size=4))
def test_what_others_report_and_what_is_floated_binds_nobody(record: list[Position], more: list[Position]) -> None:
    reports = [row.model_copy(update={"by": next(p for p in CASE.file.parties if p != row.party)}) for row in more]
    assert standing_offers(with_rows([*record, *reports])) == standing_offers(with_rows(record))
    floats = [row.model_copy(update={"status": "floated", "date": dt.date(2023, 1, 1)}) for row in more]
    assert standing_offers(with_rows([*floats, *record])) == standing_offers(with_rows(record))


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_rows_and_the_seed_do_not_matter(record: list[Position], random: object, seed: int) -> None:
    mixed = list(record)
    random.shuffle(mixed)  # type: ignore[attr-defined] # a Random
    assert standing_offers(with_rows(mixed)) == standing_offers(with_rows(record))
    assert read_positions(with_rows(mixed)) == read_positions(with_rows(record))
    one, other = model_of(record), model_of(mixed, seed)
    assert (one.bounds.floor == other.bounds.floor).all()
    assert (one.bounds.fixed == other.bounds.fixed).all()


@settings(max_examples=60, deadline=None)
@given(RECORDS, rows())
def test_an_offer_that_is_withdrawn_leaves_what_stood_without_it(record: list[Position], new: Position) -> None:
    before = [row for row in record if (row.party, row.issue) != (new.party, new.issue)]
    last = dt.date(2024, 2, 1)
    offer = new.model_copy(update={"status": "offered", "date": last, "offer": "", "source": "letter"})
    taken = offer.model_copy(update={"status": "withdrawn", "date": dt.date(2024, 2, 2)})
    assert standing_offers(with_rows([*before, offer, taken])) == standing_offers(with_rows(before))


def row(date: str, party: str, option: str, status: str, **more: str) -> Position:
    issue, _, name = option.partition(".")
    return Position.model_validate(
        {"date": date, "party": party, "issue": issue, "option": name, "status": status, "source": "letter"} | more
    )


def test_an_offer_binds_only_what_holds_its_condition() -> None:
    model = model_of([row("2024-05-06", "supplier", "price.less-2", "offered", condition="payment.net-30")])
    with_it, without = model.row({"payment": "net-30"}), model.row({"warranty": "two-years"})
    assert not model.bounds.floor.any()
    assert model.named(model.bounds.lift(with_it[None, :])[0]) == {"price": "less-2", "payment": "net-30"}
    assert (model.bounds.lift(without[None, :])[0] == without).all()


def test_offers_of_a_day_hang_on_the_demands_of_that_day_and_source() -> None:
    offer = row("2024-05-06", "supplier", "price.less-2", "offered")
    wants = row("2024-05-06", "supplier", "payment.net-30", "demanded")
    assert standing_offers(with_rows([offer, wants])).floors == {}
    assert standing_offers(with_rows([offer, wants])).bundles[0].conditions == {"payment": "net-30"}
    apart = wants.model_copy(update={"source": "another letter"})
    assert standing_offers(with_rows([offer, apart])).floors == {"price": "less-2"}
    gone = row("2024-05-20", "supplier", "payment.net-30", "withdrawn")
    assert standing_offers(with_rows([offer, wants, gone])).floors == {"price": "less-2"}


def test_an_agreed_point_is_fixed_and_asking_about_it_reopens_it() -> None:
    record = [
        row("2024-05-06", "supplier", "price.less-2", "offered"),
        row("2024-05-07", "buyer", "price.less-2", "accepted"),
    ]
    model = model_of(record)
    price = model.issues.index("price")
    assert set(swaps.feasible(model, every(model))[:, price].tolist()) == {1}
    again = reopened(model, "price")
    assert set(swaps.feasible(again, every(again))[:, price].tolist()) == set(range(1, int(model.sizes[price])))


def test_a_condition_that_nobody_named_is_never_met() -> None:
    standing = standing_offers(with_rows([row("2024-05-06", "supplier", "price.less-2", "offered", condition="unstated")]))
    assert (standing.floors, standing.bundles) == ({}, ())


def test_what_is_offered_already_is_worth_nothing_more_and_opening_the_table_prices_it_anew() -> None:
    case = with_rows([row("2024-05-06", "supplier", "price.less-2", "offered")])
    model = build(case, draws=256, homes=False)
    offered = price_deliverable(model, "price", "less-2", payer="buyer")
    assert (offered.worth_alone, offered.worth_sure, offered.closure) == (0.0, 0.0, {})
    more = price_deliverable(model, "price", "less-5", payer="buyer")
    anew = price_deliverable(reopened(model), "price", "less-5", payer="buyer")
    silent = price_deliverable(build(with_rows([]), draws=256, homes=False), "price", "less-5", payer="buyer")
    assert more.worth_alone < anew.worth_alone
    assert (anew.price, anew.worth_alone, anew.package) == (silent.price, silent.worth_alone, silent.package)
    assert more.price == anew.price
