"""The comparer of recorded answers: what must stay, what may move, and what it says of the rest."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

TOOL = runpy.run_path(str(Path(__file__).resolve().parents[1] / "tools" / "snapshot.py"))
OLD = {
    "best": [{"joint": 0.41, "passed": True, "moves": {"declaration": "full"}, "why": "All accept in 41 % of draws."}],
    "notes": ["The first of two notes.", "The second of two notes."],
    "floor": None,
    "left_out": [],
}


def differences(
    new: object,
    old: object = OLD,
    *,
    keys: dict[tuple[str, str], str] | None = None,
    gone: tuple[tuple[str, str, str], ...] = (),
) -> list[str]:
    """What the comparer says of two answers of `price`."""
    before, after = ({"words": ["price", "case"], "code": 0, "answer": answer} for answer in (old, new))
    found: list[str] = TOOL["compare_records"](before, after, keys or {}, gone).differences
    return found


def best(**changes: object) -> dict[str, Any]:
    """The old answer with another best offer."""
    return OLD | {"best": [{**OLD["best"][0], **changes}]}  # type: ignore[index]


def test_the_same_answer_has_no_difference() -> None:
    assert differences(OLD) == []
    assert differences(best(joint=0.41 * (1 + 1e-10))) == []


@pytest.mark.parametrize("now", [0.41 * (1 + 1e-8), 0.42, -0.41, "0.41", None, True])
def test_a_changed_number_is_reported_with_its_path(now: object) -> None:
    (line,) = differences(best(joint=now))
    assert line.startswith("best.0.joint: 0.41 became ")


@pytest.mark.parametrize("now", [False, 1, None])
def test_a_truth_value_is_no_number(now: object) -> None:
    (line,) = differences(best(passed=now))
    assert line.startswith("best.0.passed: true became ")


def test_zero_stays_zero() -> None:
    assert differences({"a": 0.0}, {"a": 0}) == []
    assert differences({"a": 1e-12}, {"a": 0.0}) == ["a: 0.0 became 1e-12"]


def test_another_id_is_reported() -> None:
    assert differences(best(moves={"declaration": "weapons"})) == ['best.0.moves.declaration: "full" became "weapons"']


@pytest.mark.parametrize("key", ["best", "floor", "left_out"])
def test_a_lost_key_is_reported_even_where_it_held_nothing(key: str) -> None:
    lines = differences({name: value for name, value in OLD.items() if name != key})
    assert lines
    assert all(line.startswith(key) and line.endswith("is lost") for line in lines)


def test_a_list_that_grew_or_shrank_is_reported() -> None:
    more = OLD | {"best": [OLD["best"][0], OLD["best"][0]]}  # type: ignore[index]
    assert differences(more) == ["best.#: 1 became 2"]
    assert differences(OLD, more)[0] == "best.#: 2 became 1"


def test_sentences_may_change_and_become_codes() -> None:
    assert differences(best(why={"code": "accept", "share": 0.41}) | {"notes": []}) == []


def test_a_word_is_no_sentence() -> None:
    assert differences({"unit": "soldiers in Korea"}, {"unit": "troops in Korea"}) != []


def test_a_renamed_key_is_found_where_the_table_says() -> None:
    new = {"offers": [{"chance": 0.41, "passed": True, "moves": {"declaration": "full"}}], "floor": None, "left_out": []}
    keys = {("price", "best"): "offers", ("price", "offers.*.joint"): "offers.*.chance"}
    assert differences(new, keys=keys) == []
    assert differences(new, keys={("*", old): place for (_, old), place in keys.items()}) == []
    assert differences(new, keys={("ask", old): place for (_, old), place in keys.items()}) != []
    changed = {**new, "offers": [{**new["offers"][0], "chance": 0.5}]}  # type: ignore[index]
    assert differences(changed, keys=keys) == ["best.0.joint (now offers.0.chance): 0.41 became 0.5"]


def test_an_answer_may_lose_its_envelope() -> None:
    assert differences(OLD, {"answer": OLD}, keys={("price", "answer"): ""}) == []


def test_what_is_said_to_be_gone_is_not_missed() -> None:
    without = {name: value for name, value in OLD.items() if name != "best"}
    assert differences(without, gone=(("price", "best", "a reason"),)) == []
    assert differences(without, gone=(("ask", "best", "a reason"),)) != []


def test_new_fields_are_counted_apart() -> None:
    record = {"words": ["price", "case"], "code": 0, "answer": OLD}
    verdict = TOOL["compare_records"](record, {**record, "answer": best(code="accept")}, {}, ())
    assert (verdict.differences, dict(verdict.additions)) == ([], {"best.*.code": 1})


def test_a_refusal_where_there_was_an_answer_is_reported() -> None:
    record = {"words": ["price", "case"], "code": 0, "answer": {"price": 2.5}}
    verdict = TOOL["compare_records"](record, {"words": ["price", "case"], "code": 2}, {}, ())
    assert verdict.differences == ["exit code: 0 became 2", "price: 2.5 is lost"]


def test_a_changed_number_in_a_written_file_is_reported() -> None:
    old, new = ({"words": ["prepare", "case"], "code": 0, "files": {"findings.json": {"seed": seed}}} for seed in (0, 1))
    assert TOOL["compare_records"](old, new, {}, ()).differences == ["findings.json: seed: 0 became 1"]
    moved = TOOL["compare_records"](
        old, {**old, "files": {"findings.json": {"draw": 0}}}, {("findings.json", "seed"): "draw"}, ()
    )
    assert moved.differences == []
