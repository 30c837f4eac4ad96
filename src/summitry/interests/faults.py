"""Why a package may not be formed: what is closed, what lacks its prerequisite, and what excludes each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason against a package; `what` is the move, in titles, that may not be in it.

    Kinds: `mandate` (outside its giver's mandate), `expired` (on the day `option`), `requires` and `excludes`, of the `option` of
    the issue that is titled `issue`; `now` is the option that the package holds there.
    """

    what: str
    kind: Literal["mandate", "expired", "requires", "excludes"]
    issue: str = ""
    option: str = ""
    now: str = ""

    def __str__(self) -> str:
        """The fault in words."""
        if self.kind == "mandate":
            return f"{self.what} is outside its giver's mandate (never)"
        if self.kind == "expired":
            return f"{self.what} expired on {self.option}"
        return f"{self.what} {self.kind} {self.issue}: {self.option}"

    @property
    def opened(self) -> tuple[str, str, str, str]:
        """What must change, from what, to what, and what follows."""
        follows = "this stands no longer in its way"
        if self.kind == "mandate":
            return self.what, "outside its giver's mandate", "within it", follows
        if self.kind == "expired":
            return self.what, f"expired on {self.option}", "on offer again", follows
        if self.kind == "requires":
            return self.issue, self.now, f"{self.option} or further", f"{self.what} has what it requires"
        return self.issue, self.now, "an option that is not excluded", follows
