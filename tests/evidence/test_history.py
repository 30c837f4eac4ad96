from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from summitry.evidence.history import base_rate, share

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 1, 1)


def test_nothing_that_became_known_later_counts_or_is_shown() -> None:
    before, after = base_rate(dt.date(2019, 2, 15)), base_rate(TODAY)
    assert not any("Syria" in row.declaration for row in before.rows)
    assert (before.complete, before.decided) == (2, 6)
    assert (after.complete, after.decided) == (2, 7)
    assert base_rate(dt.date(1990, 1, 1)).decided == 0


def test_unaccounted_for_is_never_a_finding() -> None:
    unaccounted = [row for row in base_rate(TODAY).rows if "unaccounted" in row.found or "no evidence" in row.found]
    assert len(unaccounted) >= 3
    assert all(row.outcome == "open" for row in unaccounted)


def test_memory_is_shown_and_not_counted() -> None:
    rows = base_rate(TODAY).rows
    remembered = {row.declaration for row in rows if "unverified" in row.status}
    counted = {row.declaration for row in rows if "unverified" not in row.status}
    assert remembered - counted == {"Albania to the OPCW"}  # decided by memory alone, so it is no observation


def test_every_row_names_its_source() -> None:
    assert all(row.source and row.status and row.outcome in {"complete", "incomplete", "open"} for row in base_rate(TODAY).rows)


def test_few_cases_leave_a_wide_interval() -> None:
    """Jeffreys interval of 0 of 10 at 90 %: Beta(1/2, 21/2); of nothing at all: the arcsine law's 5 and 95 % quantiles."""
    low, mean, high = share(0, 10)
    assert mean == pytest.approx(0.5 / 11)
    assert high == pytest.approx(0.171, abs=0.001)
    assert low < 0.001
    assert list(share(0, 0)) == pytest.approx([0.00616, 0.5, 0.99384], abs=1e-4)


def test_facts_are_those_of_the_collected_table(shared_data: Path) -> None:
    with (shared_data / "verification" / "declared_vs_verified.csv").open(encoding="utf-8", newline="") as table:
        known = {row["source"] for row in csv.DictReader(table)}
    assert all(row.source in known for row in base_rate(TODAY).rows if "unverified" not in row.status)
