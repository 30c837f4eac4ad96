"""A case while it is being checked: its parsed parts with the places where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from summitry.case.tables import Table
from summitry.case.types import CaseFile, Claim, Commitment, Document, Event, Issue, Position, Preferences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.case.layout import Layout

CASE = "case.yaml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One preference file: what `holder` believes of `about`, with its layout."""

    holder: str
    about: str
    preferences: Preferences
    layout: Layout


@dataclass(slots=True)
class Draft:
    """What the checks look at: everything that could be read, and where it stands.

    `held` names the preference files that exist, readable or not, by holder.
    """

    file: CaseFile
    layout: Layout
    viewer: str | None = None
    sheets: list[Sheet] = field(default_factory=list)
    held: dict[str, set[str]] = field(default_factory=dict)
    claims: Table[Claim] = field(default_factory=lambda: Table("evidence/claims.csv"))
    events: Table[Event] = field(default_factory=lambda: Table("evidence/events.csv"))
    positions: Table[Position] = field(default_factory=lambda: Table("evidence/positions.csv"))
    commitments: Table[Commitment] = field(default_factory=lambda: Table("evidence/commitments.csv"))
    documents: tuple[Document, ...] = ()

    @property
    def issues(self) -> dict[str, Issue]:
        """The case's issues by id."""
        return self.file.issues

    def believed(self) -> Iterator[Sheet]:
        """The sheets that this reader works with: the viewer's own folder, or for the analyst each party's own file."""
        return (s for s in self.sheets if s.holder == (self.viewer or s.about))

    def preferences(self) -> dict[str, dict[str, Preferences]]:
        """By holder and party, in the order of the parties of case.yaml."""
        order = {party: at for at, party in enumerate(self.file.parties)}
        found: dict[str, dict[str, Any]] = {}
        for sheet in sorted(self.sheets, key=lambda s: (order.get(s.holder, len(order)), order.get(s.about, len(order)))):
            found.setdefault(sheet.holder, {})[sheet.about] = sheet.preferences
        return found
