"""The declaration of a case as it stands: what counts as declared, what is supposed, and what is not judged."""

from __future__ import annotations

import pytest

from evidence.build import case, claim
from evidence.test_declarations import ESTIMATES, declared, stated
from summitry.case.types import Balance
from summitry.evidence.declarations import MISS, judge, outlook
from summitry.evidence.inventory import holdings

PLUTONIUM = {"category": "plutonium", "unit": "kg", "item": ""}
SEARCH = {"warheads": {"of": "sheds", "places": 9, "visits": 3, "reach": 0.5, "why": "by hand"}}


def test_what_was_declared_within_the_year_is_judged_as_the_command_judges_it() -> None:
    told = case([*ESTIMATES, claim("the north", central=24, kind="declared", as_of="2018-10")])
    found = outlook(told, holdings(told))
    assert found is not None
    (row,) = found.categories
    assert (row.made, row.declared) == (True, 24)
    assert row.complete == judge(told, [declared(24)]).categories[0].complete


def test_an_old_declaration_is_no_answer_to_todays_question() -> None:
    told = case([*ESTIMATES, claim("the north", central=5, kind="declared", as_of="2008-06-26")])
    assert outlook(told, holdings(told)) is None
    asked = stated(told, search=SEARCH)
    found = outlook(asked, holdings(asked))
    assert found is not None
    (row,) = found.categories
    assert not row.made
    assert row.estimated is not None
    assert row.declared == row.estimated[1]


def test_a_part_declared_lately_does_not_make_an_old_figure_of_the_whole_recent() -> None:
    old = claim("the north", central=10, kind="declared", as_of="2005")
    part = claim("the north", central=2, kind="declared", as_of="2018-11", item="launch site")
    for rows in ([*ESTIMATES, old], [*ESTIMATES, old, part]):
        told = stated(case(rows), search=SEARCH)
        found = outlook(told, holdings(told))
        assert found is not None
        assert [c.made for c in found.categories] == [False]


def test_only_what_is_declared_counts_towards_all_of_it() -> None:
    material = claim("SIPRI", 40, 50, 60, **PLUTONIUM)
    lately = claim("the north", central=24, kind="declared", as_of="2018-10")
    told = stated(case([*ESTIMATES, lately, material]), search=SEARCH | {"plutonium": SEARCH["warheads"]})
    found = outlook(told, holdings(told))
    assert found is not None
    assert {c.category: c.made for c in found.categories} == {"warheads": True, "plutonium": False}
    assert found.all_complete is not None
    alone = next(c.complete for c in found.categories if c.made)
    assert list(found.all_complete) == pytest.approx([alone, alone])
    supposed = stated(case(ESTIMATES), search=SEARCH)
    nothing = outlook(supposed, holdings(supposed))
    assert nothing is not None
    assert nothing.all_complete is None


def test_a_category_that_visits_look_for_is_missed_in_a_declaration() -> None:
    material = claim("SIPRI", 40, 50, 60, **PLUTONIUM)
    told = stated(case([*ESTIMATES, material]), search={"plutonium": SEARCH["warheads"]})
    assert judge(told, [declared(24)]).undeclared_categories == ("plutonium",)


def test_what_is_supposed_is_held_against_nothing_but_the_estimates() -> None:
    material = claim("SIPRI", 40, 50, 60, **PLUTONIUM)
    told = stated(case([*ESTIMATES, material]), balances=[Balance(of="warheads", takes={"plutonium": (4.0, 5.0, 6.0)})])
    found = outlook(told, holdings(told))
    assert found is not None
    assert [(c.category, c.made) for c in found.categories] == [("plutonium", False), ("warheads", False)]
    assert found.consistency[0].verdict == "not compared"


def test_without_estimates_nothing_is_judged() -> None:
    assert outlook(case(), ()) is None
    alone = case([claim("the north", central=5, kind="declared", as_of="2018-10")])
    assert outlook(alone, holdings(alone)) is None


def test_visits_for_what_is_left_out_begin_at_what_is_believed_without_them() -> None:
    told = stated(case(ESTIMATES), search=SEARCH)
    (row,) = judge(told, [declared(24)]).categories
    assert row.search is not None
    assert row.complete is not None
    assert row.search.points[0].complete == pytest.approx(row.complete)
    assert row.search.after.complete > row.complete


def test_the_chance_that_the_estimates_miss_is_varied_about_what_is_assumed() -> None:
    (row,) = judge(case(ESTIMATES), [declared(24)]).categories
    at = dict(row.misses)
    below, above = max(m for m in at if m < MISS), min(m for m in at if m > MISS)
    values = at[below], row.complete, at[above]
    assert None not in values
    assert values in {tuple(sorted(values)), tuple(sorted(values, reverse=True))}  # type: ignore[type-var] # none is None
    (far,) = judge(case(ESTIMATES), [declared(3)]).categories
    assert dict(far.misses)[0.0] == 0.0


def test_other_amounts_are_judged_as_if_they_were_declared() -> None:
    told = case(ESTIMATES)
    (row,) = judge(told, [declared(24)]).categories
    for amount, chance in row.amounts:
        assert judge(told, [declared(amount)]).categories[0].complete == chance
