"""Questions about words, deeds and what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry import case
from summitry.errors import LinkMissing
from summitry.evidence import signals as record_of

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.evidence.signals import Signals


def signals(name: str, *, viewer: str | None = None) -> tuple[Case, Signals]:
    """How serious each side is by its record, whether words drift from deeds, who answers whom, and every event weighed."""
    opened = case.load(name, viewer=viewer)
    found = record_of.signals(opened)
    if found is None:
        raise LinkMissing(
            "What the record says",
            "it has no events, no commitments and no beliefs",
            "Write evidence/events.csv and evidence/commitments.csv, and `trust` in the preference files.",
        )
    return opened, found
