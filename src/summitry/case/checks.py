"""The checks that compare one part of a case with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.case.draft import Draft
    from summitry.errors import Problem


def cross_checks(draft: Draft) -> Iterator[Problem]:
    """Every contradiction between the parts of `draft`."""
    del draft
    yield from ()
