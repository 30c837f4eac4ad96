"""Laws of the frontier as people hold it in Python."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

import summitry
from brief.test_figures import strings
from generators import build as small
from generators import cases
from summitry.brief.explorer import Frontier, frontier
from summitry.brief.figures.space import MOST_LINES
from summitry.errors import BadArgument, CaseNotFound

if TYPE_CHECKING:
    from summitry.case.types import Case

VALUES = {
    "us": {"declaration": {"part": 10, "full": 20}, "relief": {"some": -4, "all": -12}},
    "dprk": {"declaration": {"part": -5, "full": -16}, "relief": {"some": 8, "all": 20}},
}


def test_solutions_by_name_are_those_of_the_result() -> None:
    found = summitry.frontier("panama-1977")
    assert isinstance(found, Frontier)
    assert found.nash() == next(s for s in found.result.solutions if s.name == "nash")
    assert found.kalai_smorodinsky().values == {"us": 15.5, "panama": 15.5}
    assert found.raiffa().name == "raiffa"


def test_points_are_compared_only_where_the_case_says_so() -> None:
    with pytest.raises(BadArgument, match="comparable"):
        frontier(small(VALUES)).egalitarian()
    compared = frontier(small(VALUES, settings={"comparable": True}))
    assert compared.utilitarian().values == {"us": 8.0, "dprk": 4.0}
    assert compared.egalitarian().values == {"us": 8.0, "dprk": 4.0}


def test_without_a_zone_of_agreement_that_is_said() -> None:
    nothing = small(VALUES, reservation={"us": 100, "dprk": 100})
    with pytest.raises(BadArgument, match="no zone of possible agreement"):
        frontier(nothing).nash()
    empty = frontier(nothing, zone=True)
    assert len(empty) == 0
    with pytest.raises(BadArgument, match="nothing to draw"):
        empty.plot()
    assert list(empty._repr_mimebundle_()) == ["text/plain"]
    with pytest.raises(CaseNotFound):
        frontier("atlantis")


@given(cases(evidence=False))
@settings(max_examples=30)
def test_every_efficient_point_is_a_row(case: Case) -> None:
    found = frontier(case)
    rows = found.rows()
    assert len(rows) == len(found) == len(found.result.points)
    assert [tuple(row[p] for p in found.result.parties) for row in rows] == list(found.result.points)
    assert [{i: row[i] for i in case.file.issues} for row in rows] == list(found.result.packages)


def test_a_frame_needs_pandas_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    found = frontier(small(VALUES))
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError, match="pandas, which is not installed"):
        found.to_frame()
    fake = ModuleType("pandas")
    fake.DataFrame = list  # type: ignore[attr-defined] # stands for the class that takes rows
    monkeypatch.setitem(sys.modules, "pandas", fake)
    assert found.to_frame() == found.rows()


@given(cases(evidence=False))
@settings(max_examples=10)
def test_a_notebook_shows_a_picture(case: Case) -> None:
    found = frontier(case)
    spec = found.plot()
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    bundle = found._repr_mimebundle_()
    assert bundle["application/vnd.vegalite.v6+json"] == spec
    assert bundle["image/svg+xml"].startswith("<svg")
    assert bundle["text/plain"] == repr(found)
    assert list(found._repr_mimebundle_(include=["text/plain"])) == ["text/plain"]
    assert "text/plain" not in found._repr_mimebundle_(exclude=["text/plain"])


def test_names_of_a_case_are_only_labels_and_titles_of_the_picture() -> None:
    hostile = "datum['x'] <b>$"
    case = small({**VALUES, "rok": VALUES["us"]})
    parties = {key: party.model_copy(update={"name": hostile}) for key, party in case.file.parties.items()}
    for keys in (["us", "dprk"], ["us", "dprk", "rok"]):
        held = {key: case.preferences[key] for key in keys}
        file = case.file.model_copy(update={"parties": {key: parties[key] for key in keys}})
        spec = frontier(case.model_copy(update={"file": file, "preferences": held})).plot()
        places = {path[-1] if path[-1] != "title" else "axis.title" for path, text in strings(spec) if "datum" in text}
        assert places
        assert places <= {"label", "axis.title"}


def test_what_is_left_out_of_the_picture_is_announced() -> None:
    many = {f"i{k}": {"x": float(2**k)} for k in range(9)}
    values = {"us": many, "dprk": {i: {"x": -w["x"]} for i, w in many.items()}, "rok": many}
    figure = frontier(small(values))._figure()
    assert figure.notes == (f"{MOST_LINES} of 512 packages are drawn, evenly spread.",)
