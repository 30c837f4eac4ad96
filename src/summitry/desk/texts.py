"""Questions about what was said and signed: the state of play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry import case
from summitry.errors import LinkMissing
from summitry.evidence import play as positions

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.evidence.play import Play


def play(name: str, *, viewer: str | None = None) -> tuple[Case, Play]:
    """Who floated, demanded, offered, tabled, refused, withdrew or accepted what, and what stands."""
    opened = case.load(name, viewer=viewer)
    found = positions.play(opened)
    if found is None:
        raise LinkMissing("The state of play", "it has no positions", "Write who said what in evidence/positions.csv.")
    return opened, found
