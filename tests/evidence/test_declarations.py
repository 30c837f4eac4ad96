from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evidence.build import case, claim
from in_words import in_words
from summitry.case.types import Balance, Declarations
from summitry.errors import BadArgument, LinkMissing, UnknownName
from summitry.evidence.declarations import Declared, Item, compare_lists, judge
from summitry.reasons import reason

if TYPE_CHECKING:
    from summitry.case.types import Case

ESTIMATES = [claim("SIPRI", 20, 30, 40), claim("DIA", 25, 32, 45)]


def stated(told: Case, **more: object) -> Case:
    return told.model_copy(update={"file": told.file.model_copy(update={"declarations": Declarations.model_validate(more)})})


def declared(amount: float, category: str = "warheads", **more: object) -> Declared:
    return Declared.model_validate({"category": category, "declared": amount} | more)


def test_naming_more_of_what_is_there_is_more_probably_complete() -> None:
    chances = [judge(case(ESTIMATES), [declared(d)]).categories[0].complete for d in (15, 24, 30)]
    assert None not in chances
    assert chances == sorted(chances)  # type: ignore[type-var] # none is None


def test_the_declarations_own_claim_enters_no_estimate() -> None:
    with_claim = case([*ESTIMATES, claim("the north", central=5, kind="declared")])
    alone, beside = judge(case(ESTIMATES), [declared(24)]), judge(with_claim, [declared(24)])
    assert alone.categories[0].complete == beside.categories[0].complete


def test_a_denial_and_a_category_without_estimate_leave_only_the_base_rate() -> None:
    denied = judge(case(ESTIMATES), [declared(0)]).categories[0]
    assert (denied.complete, denied.undeclared) == (None, None)
    assert "a denial" in in_words(denied.why)
    unknown = judge(case([claim("the north", central=5, kind="declared")]), [declared(5)]).categories[0]
    assert unknown.complete is None
    assert "only the base rate speaks" in in_words(unknown.why)


def test_more_verified_than_declared_is_pointed_out() -> None:
    told = case([*ESTIMATES, claim("inspectors", central=26, kind="verified")])
    assert "26 were verified" in in_words(judge(told, [declared(24)]).categories[0].why)
    assert "verified" not in in_words(judge(told, [declared(26)]).categories[0].why)
    assert judge(told, [declared(24)]).categories[0].complete == judge(case(ESTIMATES), [declared(24)]).categories[0].complete


def test_the_cases_own_base_rate_replaces_the_history_of_arms() -> None:
    own = judge(stated(case(ESTIMATES), base_rate=[0.5, 0.6, 0.7], why="by hand"), [declared(30)])
    assert own.history is None
    assert (own.prior.low, own.prior.central, own.prior.high) == (0.5, 0.6, 0.7)
    assert judge(case(ESTIMATES), [declared(30)]).history is not None


def test_material_and_what_is_made_of_it_are_compared() -> None:
    material = claim("SIPRI", 40, 50, 60, category="plutonium", unit="kg", item="")
    told = stated(case([*ESTIMATES, material]), balances=[Balance(of="warheads", takes={"plutonium": (4.0, 5.0, 6.0)})])
    fits, room, never = (judge(told, [declared(d)]).consistency[0] for d in (9, 3, 40))
    assert (fits.verdict, room.verdict, never.verdict) == ("fits", "leaves room", "cannot be")
    assert fits.possible is not None
    assert fits.possible[0] <= 50 / 5 <= fits.possible[2]
    exact = judge(told, [declared(9), declared(50, "plutonium")]).consistency[0]
    assert exact.inputs == {"plutonium": "declared"}
    undeclared = judge(told, [declared(50, "plutonium")]).consistency[0]
    assert undeclared.why == reason("balance.undeclared", of="warheads")
    without = stated(case(ESTIMATES), balances=[Balance(of="warheads", takes={"plutonium": (4.0, 5.0, 6.0)})])
    unknown = judge(without, [declared(9)]).consistency[0]
    assert unknown.why == reason("balance.unknown", categories=["plutonium"])


def test_bounds_on_all_of_it_hold_for_any_dependence() -> None:
    material = claim("SIPRI", 40, 50, 60, category="plutonium", unit="kg", item="")
    found = judge(case([*ESTIMATES, material]), [declared(30), declared(50, "plutonium")])
    chances = [c.complete for c in found.categories if c.complete is not None]
    assert found.all_complete is not None
    assert found.all_complete[0] == pytest.approx(max(0, sum(chances) - 1))
    assert found.all_complete[1] == min(chances)


def test_names_and_units_are_checked() -> None:
    with pytest.raises(UnknownName, match=r"'warhead'.*Did you mean 'warheads'"):
        judge(case(ESTIMATES), [declared(3, "warhead")])
    with pytest.raises(BadArgument, match="declared in kg"):
        judge(case(ESTIMATES), [declared(3, unit="kg")])
    with pytest.raises(BadArgument, match="declared twice"):
        judge(case(ESTIMATES), [declared(3), declared(4)])
    with pytest.raises(BadArgument, match=r"held by several \(west, north\)"):
        judge(case([*ESTIMATES, claim("DIA", 1, 2, 3, holder="west")]), [declared(3)])
    with pytest.raises(LinkMissing, match="no claim"):
        judge(case(), [declared(3)])


def item(name: str, kind: str = "silo", **more: object) -> Item:
    return Item.model_validate({"id": name, "type": kind} | more)


def test_each_difference_between_two_lists_is_named_once() -> None:
    before = [item("1", location="east"), item("2"), item("3", status="deployed"), item("4"), item("5", count=3)]
    after = [item("1", location="west"), item("2", "mobile"), item("3", status="stored"), item("5", count=4), item("6")]
    found = compare_lists(before, after, {"silo": 7, "mobile": 0, "all": 9})
    assert [x.id for x in found.new] == ["6"]
    assert [x.id for x in found.gone] == ["4"]
    kinds = (found.moved, found.converted, found.restated, found.recounted)
    assert [[(c.id, c.before, c.after) for c in kind] for kind in kinds] == [
        [("1", "east", "west")],
        [("2", "silo", "mobile")],
        [("3", "deployed", "stored")],
        [("5", "3", "4")],
    ]
    assert found.counts["silo"] == (7.0, 7.0)
    assert [(x.what, x.met, x.over) for x in found.limits] == [("silo", True, 0.0), ("mobile", False, 1.0), ("all", True, 0.0)]
    same = compare_lists(before, before, {})
    assert same.same == len(before)
    assert not any((same.new, same.gone, same.moved, same.converted, same.restated, same.recounted))


def test_lists_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(BadArgument, match="second list has '1' twice"):
        compare_lists([item("1")], [item("1"), item("1")], {})
    with pytest.raises(BadArgument, match="no type or status 'silos'"):
        compare_lists([item("1")], [item("1")], {"silos": 3})


@pytest.mark.parametrize(
    ("day", "counts", "kept"),
    [("2017-09-01", (501, 1561, 790), [True, False, True]), ("2018-02-05", (527, 1444, 779), [True, True, True])],
)
def test_russia_came_under_the_central_limits_of_new_start_by_2018(
    day: str, counts: tuple[int, int, int], kept: list[bool]
) -> None:
    """Aggregates of the exchanges (2018-02-05 from press excerpts, 2017-09-01 from memory) against the limits of the treaty."""
    kinds = ("deployed launchers", "deployed warheads", "all launchers")
    rows = [item(kind, kind, count=n) for kind, n in zip(kinds, counts, strict=True)]
    found = compare_lists(rows, rows, dict(zip(kinds, (700, 1550, 800), strict=True)))
    assert [limit.met for limit in found.limits] == kept, day
