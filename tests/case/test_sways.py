"""Who sways whom is checked where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sound_case import Written


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("    congress: {positions: {}, sways: {hawks: 1}}", "has a vote of its own"),
        ("    press: {positions: {}, sways: {hwks: 1}}", "neither votes nor has a veto"),
        ("    press: {positions: {}, sways: {hawks: -1}}", "more than 0"),
        ("    press: {positions: {}, sways: {hawks: .nan}}", "number"),
    ],
)
def test_who_sways_whom_is_checked_with_its_place(sound: Written, line: str, said: str) -> None:
    name = line.partition(":")[0].strip()
    if name == "congress":
        sound.change("preferences/us/us.yaml", "      influence: 2\n", "      influence: 2\n      sways: {hawks: 1}\n")
    else:
        sound.change("preferences/us/us.yaml", "trust:\n", f"{line}\ntrust:\n")
    problem = sound.only()
    assert said in str(problem)
    assert problem.line is not None
    assert "sways" in problem.path
