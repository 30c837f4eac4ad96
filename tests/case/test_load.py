"""Reading back what was written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings

import generators
from summitry.case import load

if TYPE_CHECKING:
    from summitry.case.types import Case


@settings(max_examples=30, deadline=None)
@given(case=generators.cases(estimates=True))
def test_a_written_case_reads_back_as_the_same_value(case: Case) -> None:
    with tempfile.TemporaryDirectory() as place:
        read = load(generators.write(case, Path(place) / case.name))
    assert read.model_copy(update={"digest": "", "notes": ()}) == case
