"""What cannot be asked of another tool's scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.errors import LinkMissing

if TYPE_CHECKING:
    from summitry.case.types import Case


def require_native(case: Case, question: str) -> Case:
    """The case itself; raise LinkMissing for scenarios of other tools, which say neither what holds today nor who gives what."""
    if case.foreign:
        raise LinkMissing(
            question,
            f"a {case.foreign} scenario names neither a status quo nor who gives what",
            "Convert it with `summitry convert` and add givers, or ask `summitry trade` for its frontier.",
        )
    return case
