"""Questions about words, deeds and what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry import case
from summitry.errors import LinkMissing
from summitry.evidence import event_files, event_months
from summitry.evidence import signals as record_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from summitry.case.types import Case
    from summitry.evidence.event_files import Loaded
    from summitry.evidence.event_months import Classes
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


def of_dyad(path: Path, a: str, b: str, classes: Classes) -> Signals:
    """Drift, breaks and answers of two sides from an events file."""
    return event_months.signals(event_months.months(path, a, b, classes))


def events(files: Sequence[Path], target: Path, *, until: dt.date | None = None) -> Loaded:
    """Event files of other sources as one Parquet file, bad rows aside."""
    return event_files.load(files, target, until=until)
