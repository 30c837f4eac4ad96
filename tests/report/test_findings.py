from __future__ import annotations

import dataclasses
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.sample import findings, verdict
from summitry.questions.prepare import DOCUMENT
from summitry.report import data
from summitry.study import Findings


def test_every_top_level_key_is_documented_in_the_order_in_which_it_stands() -> None:
    text = data.findings_json(findings())
    assert list(json.loads(text)) == list(DOCUMENT)
    assert {f.name for f in dataclasses.fields(Findings)} | {"format", "page"} == set(DOCUMENT)
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_keep_six_significant_digits_and_no_negative_zero(value: float) -> None:
    rounded = data.rounded(value)
    assert isinstance(rounded, float)
    assert math.isclose(rounded, value, rel_tol=5.1e-6, abs_tol=0.0) or math.isinf(rounded) or abs(value) < 1e-300
    assert str(rounded) != "-0.0"


def test_infinite_loads_are_named_and_the_document_stays_strict_json() -> None:
    found = findings()
    assert found.rung is not None
    endless = dataclasses.replace(found, rung=dataclasses.replace(found.rung, best=dataclasses.replace(verdict(), load=math.inf)))
    document = json.loads(data.findings_json(endless), parse_constant=pytest.fail)
    assert document["rung"]["best"]["load"] == "Infinity"


def test_derived_answers_stand_beside_their_fields() -> None:
    document = json.loads(data.findings_json(findings()))
    assert document["rung"]["best"]["passed"] is True
    assert document["ideas"][0]["passed"] is False
    assert document["frontier"]["exact"] is True


def test_packages_are_rows_that_count_into_the_options_of_their_issues() -> None:
    found = findings()
    assert found.frontier is not None
    told = json.loads(data.findings_json(found))["frontier"]
    read = tuple(
        {issue: options[k] for (issue, options), k in zip(told["issues"].items(), row, strict=True) if k >= 0}
        for row in told["rows"]
    )
    assert read == tuple(point.package for point in found.frontier.points)
    assert [point["values"] for point in told["points"]] == [data.plain(point.values) for point in found.frontier.points]


def test_text_that_is_no_unicode_is_escaped() -> None:
    text = data.findings_json(dataclasses.replace(findings(), title="a\udc80b"))
    assert json.loads(text.encode("utf-8"))["title"] == "a\udc80b"
