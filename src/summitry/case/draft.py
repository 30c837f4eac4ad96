"""A case while it is being checked: its parsed parts with the places where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.case.rows import TABLES, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.case.rows import Claim, Commitment, Correction, Document, Event, Position
    from summitry.case.tables import Table
    from summitry.case.types import CaseFile, Issue, Preferences
    from summitry.case.yaml import Layout

CASE = "case.yaml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One preference file: what `holder` believes of `about`, with its layout."""

    holder: str
    about: str
    preferences: Preferences
    layout: Layout


@dataclass(frozen=True, slots=True)
class Tables:
    """The evidence with the line of each row."""

    claims: Table[Claim]
    events: Table[Event]
    positions: Table[Position]
    commitments: Table[Commitment]
    documents: tuple[Document, ...]
    corrections: Table[Correction]

    def evidence(self) -> Evidence:
        """The rows alone."""
        return Evidence(documents=self.documents, **{name: getattr(self, name).rows for name in TABLES})


@dataclass(frozen=True, slots=True)
class Draft:
    """What the checks look at: everything that could be read, and where it stands.

    `files` names the preference files that exist, readable or not, by holder.
    """

    file: CaseFile
    layout: Layout
    viewer: str | None
    sheets: list[Sheet]
    files: dict[str, set[str]]
    tables: Tables

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
        beliefs: dict[str, dict[str, Preferences]] = {}
        for sheet in sorted(self.sheets, key=lambda s: (order[s.holder], order[s.about])):
            beliefs.setdefault(sheet.holder, {})[sheet.about] = sheet.preferences
        return beliefs
