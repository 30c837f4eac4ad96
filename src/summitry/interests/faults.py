"""Why a package may not be formed: what is closed, what lacks its prerequisite, and what excludes each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summitry.reasons import reason

if TYPE_CHECKING:
    from summitry.reasons import Reason


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason against a package; `move` is ISSUE.OPTION, which may not be in it.

    Kinds: `mandate` (outside its giver's mandate), `expired` (on the day `since`), `requires` and `excludes`, of the option
    `other`; `now` is the option that the package holds of that issue, both as ISSUE.OPTION. `titles` are those of `move` and
    `other`, for messages of errors.
    """

    move: str
    kind: Literal["mandate", "expired", "requires", "excludes"]
    other: str = ""
    now: str = ""
    since: str = ""
    titles: tuple[str, str] = ("", "")

    def __str__(self) -> str:
        """The fault in words."""
        title, other = self.titles
        if self.kind == "mandate":
            return f"{title} is outside its giver's mandate (never)"
        if self.kind == "expired":
            return f"{title} expired on {self.since}"
        return f"{title} {self.kind} {other}"

    @property
    def reason(self) -> Reason:
        """The fault as data."""
        return reason(f"fault.{self.kind}", move=self.move, other=self.other, since=self.since)
