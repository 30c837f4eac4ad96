"""GeniusWeb, NegoLog and NegMAS: what is read, and what is refused with its place."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.formats import list_of_files, scenarios, told
from summitry.errors import BadArgument, CaseInvalid
from summitry.formats import read
from summitry.formats.files import Source
from summitry.formats.trees import parse_json

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case

DOMAIN: dict[str, Any] = {
    "name": "shop",
    "issuesValues": {"price": {"values": ["low", "high"]}, "days": {"range": {"low": 0, "high": 1, "step": 0.5}}},
}
LINE = {"NumberValueSetUtilities": {"lowValue": 0, "highValue": 1, "lowUtility": 0.25, "highUtility": 0.75}}


def space(**more: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON)
    table = {"DiscreteValueSetUtilities": {"valueUtilities": {"low": 1.0, "high": 0.5}}}
    body = {
        "issueUtilities": {"price": table, "days": LINE},
        "issueWeights": {"price": 0.5, "days": 0.5},
        "name": "x",
        "domain": DOMAIN,
    }
    return {"LinearAdditiveUtilitySpace": body | more}


def put(folder: Path, **files: object) -> Path:
    for name, data in ({"domain": DOMAIN, "a": space(), "b": space()} | files).items():
        (folder / f"{name}.json").write_text(data if isinstance(data, str) else json.dumps(data, indent=1))
    return folder


def refusal(folder: Path, **files: object) -> str:
    with pytest.raises(CaseInvalid) as caught:
        read(put(folder, **files))
    return str(caught.value.problems[0])


def test_geniusweb_values_are_weight_times_utility_and_ranges_are_listed(tmp_path: Path) -> None:
    case = read(put(tmp_path))
    assert list(case.file.issues["days"].options) == ["0", "0.5", "1"]
    values = told(case)[0].values
    assert values["price"].options == {"low": (0.5,) * 3, "high": (0.25,) * 3}
    assert [points[1] for points in values["days"].options.values()] == [0.125, 0.25, 0.375]
    assert case.file.title == "shop"


def test_geniusweb_reservation_bid_gives_the_reservation_value(tmp_path: Path) -> None:
    bid = {"issuevalues": {"price": "high", "days": "1"}}
    case = read(put(tmp_path, a=space(reservationBid=bid)))
    assert [each.reservation[1] for each in told(case)] == [0.625, 0.0]


def test_geniusweb_profiles_are_enough_without_the_domain_file(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "domain.json").unlink()
    assert list(read(tmp_path).file.issues) == ["price", "days"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a": '{\n "LinearAdditiveUtilitySpace": {"issueWeights": NaN}}'}, "a.json:2:49: error at LinearAdditive"),
        (
            {"a": '{"LinearAdditiveUtilitySpace":\n{"x": 1, "x": 2}}'},
            "a.json:2:15: error at LinearAdditiveUtilitySpace.x: 'x' stands twice",
        ),
        ({"a": '{"LinearAdditiveUtilitySpace": [}'}, "a.json:1:33: error: this is not JSON"),
        ({"a": '{"LinearAdditiveUtilitySpace": ' + "[" * 99 + "]" * 99 + "}"}, "nested more than 64"),
        ({"a": '{"LinearAdditiveUtilitySpace": ' + "9" * 5000 + "}"}, "thousands of digits"),
        ({"a": {"SumOfGroupsUtilitySpace": {}}}, "SumOfGroupsUtilitySpace"),
        ({"a": space(issueWeights={"price": 1})}, "'days' has no weight"),
        ({"a": space(issueWeights={"price": True, "days": 0})}, "a number is expected here, found 'True'"),
        ({"a": space(issueWeights={"price": 1, "days": 0, "tax": 0})}, "no issue 'tax'"),
        ({"a": space(reservationBid={"issuevalues": {"price": "free", "days": "1"}})}, "'free'"),
        ({"domain": {"name": "shop", "issuesValues": {"price": {"values": ["low", "low"]}}}}, "names the option 'low' twice"),
        (
            {"domain": {"name": "shop", "issuesValues": {"days": {"range": {"low": 0, "high": 1e9, "step": 1e-3}}}}},
            "the range runs",
        ),
        ({"domain": {"name": "shop", "issuesValues": {"price": {"values": ["\ud800", "high"]}}}}, "a text is expected"),
    ],
)
def test_geniusweb_says_what_is_wrong_and_where(tmp_path: Path, files: dict[str, object], words: str) -> None:
    assert words in refusal(tmp_path, **files)


@settings(max_examples=30)
@given(case=scenarios())
def test_geniusweb_weights_sum_to_exactly_one_as_decimals(case: Case) -> None:
    for name, data in list_of_files("geniusweb", case).items():
        if name != f"{case.name}.json":
            weights = json.loads(data, parse_float=Decimal)["LinearAdditiveUtilitySpace"]["issueWeights"].values()
            assert sum(weights) == 1


def test_negolog_profiles_must_have_the_same_options(tmp_path: Path) -> None:
    for name, options in (("a", {"x": 1, "y": 0}), ("b", {"x": 0, "z": 1})):
        data = {"reservationValue": 0.5, "issueWeights": {"i": 1}, "issues": {"i": options}}
        (tmp_path / f"{name}.json").write_text(json.dumps(data))
    with pytest.raises(CaseInvalid, match="'z' is not in the first profile"):
        read(tmp_path)


def leaves() -> st.SearchStrategy[object]:
    return st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text())


def paths(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], object]]:
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [(path, data), *(each for key, part in parts for each in paths(part, (*path, key)))]


@given(
    data=st.recursive(
        leaves(), lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4))
    ),
    indent=st.sampled_from([None, 0, 2]),
    ascii_only=st.booleans(),
)
def test_every_part_of_a_json_text_is_found_where_it_stands(data: object, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001 (drawn)
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    node = parse_json(Source("x.json", text.encode()))
    assert node.value == data
    for path, part in paths(data):
        place = node.where(path)
        assert place.line is not None
        assert place.column is not None
        offset = sum(len(line) + 1 for line in text.split("\n")[: place.line - 1]) + place.column - 1
        assert json.JSONDecoder().raw_decode(text, offset)[0] == part


SPACE = """type: DiscreteCartesianOutcomeSpace
name: shop
issues:
- {name: price, type: CategoricalIssue, values: [low, high]}
- {name: days, type: ContiguousIssue, values: [1, 3]}
"""
FUNCTION = """type: LinearAdditiveUtilityFunction
reserved_value: 0.5
weights: [2, 0.5]
bias: 1
values:
- {type: TableFun, mapping: {low: 3, high: 1}}
- {type: AffineFun, slope: -1, bias: 4}
"""
BOXES = """type: HyperRectangleUtilityFunction
reserved_value: -.inf
outcome_ranges:
- {1: [2, 3]}
- null
utilities: [10, 5]
weights: [0.5, 1]
"""


def put_yaml(folder: Path, **files: str) -> Path:
    for name, text in ({"domain": SPACE, "a": FUNCTION, "b": FUNCTION} | files).items():
        (folder / f"{name}.yml").write_text(text)
    return folder


def test_negmas_functions_are_read_as_they_compute(tmp_path: Path) -> None:
    price, days = told(read(put_yaml(tmp_path, b=FUNCTION.replace("bias: 1\n", "", 1))))[1].values.values()
    assert [points[1] for points in price.options.values()] == [6.0, 2.0]
    assert [points[1] for points in days.options.values()] == [1.5, 1.0, 0.5]
    assert [points[1] for points in told(read(tmp_path))[0].values["price"].options.values()] == [7.0, 3.0]


def test_negmas_affine_functions_take_the_numbers_themselves(tmp_path: Path) -> None:
    affine = "type: AffineUtilityFunction\nreserved_value: 0\nweights: [0, 2]\nbias: 1\n"
    space_of_numbers = SPACE.replace("[low, high]", "[7, 9]")
    values = told(read(put_yaml(tmp_path, domain=space_of_numbers, a=affine, b=affine)))[0].values
    assert [points[1] for points in values["days"].options.values()] == [2.0, 4.0, 6.0]


def test_negmas_boxes_become_combinations_and_a_missing_reserve_a_bound(tmp_path: Path) -> None:
    case = read(put_yaml(tmp_path, a=BOXES))
    first = told(case)[0]
    assert first.together[0].when == {"days": ("2", "3")}
    assert first.together[0].value == (5.0,) * 3
    assert first.values["price"].options == {"low": (5.0,) * 3, "high": (5.0,) * 3}
    assert first.reservation == (5.0,) * 3
    assert any("no reserved value" in note for note in case.notes)


def test_negmas_discount_by_step_is_left_out_and_told_and_by_time_kept(tmp_path: Path) -> None:
    inner = "ufun:\n  " + FUNCTION.replace("\n", "\n  ")
    step = f"type: ExpDiscountedUFun\ndiscount: 0.5\nfactor: step\n{inner}"
    case = read(put_yaml(tmp_path, a=step, b=step.replace("step", "relative_time")))
    assert [each.discount for each in told(case)] == [1.0, 0.5]
    assert any("left out" in note for note in case.notes)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a": FUNCTION.replace("low: 3", "low: .nan")}, "a.yml:6:35: error at values[1].mapping.low: nan is no value"),
        ({"a": FUNCTION.replace("low: 3", "lov: 3")}, "'low' of 'price' has no value"),
        ({"a": FUNCTION.replace("TableFun", "LambdaFun")}, "'LambdaFun'"),
        ({"a": FUNCTION.replace("[2, 0.5]", "[2]")}, "1 entries for 2 issues"),
        ({"a": FUNCTION.replace("[2, 0.5]", "&w [2, 0.5]")}, "anchors"),
        ({"a": FUNCTION.replace("[2, 0.5]", "!!python/object:os.system [2]")}, "a tag"),
        ({"a": FUNCTION.replace("reserved_value: 0.5", "reserved_value: .inf")}, "inf is no value"),
        ({"a": "type: RandomUtilityFunction\n"}, "'RandomUtilityFunction'"),
        ({"domain": SPACE.replace("ContiguousIssue", "ContinuousIssue")}, "State it in steps"),
        ({"domain": SPACE.replace("[1, 3]", "[3, 1]")}, "no rising range"),
        ({"domain": SPACE.replace("days", "price")}, "'price' is named twice"),
        ({"a": BOXES.replace("{1:", "{7:")}, "no issue number '7'"),
        ({"a": BOXES.replace("weights: [0.5, 1]", "weights: [1]")}, "not of one length"),
    ],
)
def test_negmas_says_what_is_wrong_and_where(tmp_path: Path, files: dict[str, str], words: str) -> None:
    with pytest.raises(CaseInvalid) as caught:
        read(put_yaml(tmp_path, **files))
    assert words in str(caught.value.problems[0])


def test_a_folder_of_two_formats_is_unclear_until_a_file_is_named(tmp_path: Path) -> None:
    put_yaml(put(tmp_path))
    with pytest.raises(BadArgument, match="GeniusWeb JSON and NegMAS YAML"):
        read(tmp_path)
    assert read(tmp_path / "domain.yml").foreign == "negmas"
    assert read(tmp_path / "domain.json").foreign == "geniusweb"
