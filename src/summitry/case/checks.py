"""The checks that compare one part of a case with another; each yields problems at their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.case.checks_calendar import calendar_checks
from summitry.case.checks_evidence import evidence_checks
from summitry.case.checks_inspections import declaration_checks, inspection_checks
from summitry.case.checks_issues import issue_checks
from summitry.case.checks_names import name_checks
from summitry.case.checks_preferences import preference_checks
from summitry.case.checks_preparation import preparation_checks
from summitry.case.checks_texts import text_checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.case.draft import Draft
    from summitry.errors import Problem


def cross_checks(draft: Draft) -> Iterator[Problem]:
    """Every contradiction between the parts of `draft`."""
    yield from name_checks(draft)
    yield from issue_checks(draft)
    yield from inspection_checks(draft)
    yield from calendar_checks(draft)
    yield from declaration_checks(draft)
    yield from preference_checks(draft)
    yield from preparation_checks(draft)
    yield from evidence_checks(draft)
    yield from text_checks(draft)
