"""Questions about words, deeds and what they tell."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from summitry import case
from summitry.errors import LinkMissing
from summitry.evidence import dyads
from summitry.evidence import signals as record_of
from summitry.evidence.record import record as read
from summitry.model import build
from summitry.trade import frontier, signal

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case
    from summitry.evidence.dyads import Classes
    from summitry.evidence.signals import Signals
    from summitry.trade.signal import SignalAsk


@dataclass(frozen=True, slots=True)
class Told:
    """What the record tells, the signals to ask for, and why a part that needs the values of deals was left out."""

    record: Signals
    ask: tuple[SignalAsk, ...] = ()
    omitted: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """One object: the record's parts, then the rest."""
        parts = {field.name: getattr(self.record, field.name) for field in fields(self.record)}
        return parts | {"ask": self.ask, "omitted": self.omitted}


def signals(name: str, *, viewer: str | None = None) -> tuple[Case, Told]:
    """How serious each side is by its record, whether words drift from deeds, who answers whom, and every event weighed.

    Where this reader has everybody's values, deeds are weighed in points, too, and the signal to ask for is found.
    """
    opened = case.load(name, viewer=viewer)
    seen = read(opened)
    found = record_of.signals(opened, seen)
    if found is None:
        raise LinkMissing(
            "What the record says",
            "it has no events, no commitments and no beliefs",
            "Write evidence/events.csv and evidence/commitments.csv, and `trust` in the preference files.",
        )
    try:
        made = build(opened, draws=0, record=seen, homes=False)
    except LinkMissing as problem:
        return opened, Told(found, omitted=(f"points and the signal to ask for: {problem}",))
    told = replace(found, events=signal.in_points(made, opened.evidence.events, found.events))
    asks = signal.signal_asks(made, frontier.explore(made, zone=True))
    none = "the signal to ask for: no belief of one side in another is open here (`trust` in the preference files)"
    return opened, Told(told, asks, () if asks else (none,))


def of_dyad(path: Path, a: str, b: str, classes: Classes) -> Told:
    """Drift, breaks and answers of two sides from an events file."""
    return Told(
        dyads.signals(dyads.months(path, a, b, classes)),
        omitted=("beliefs and the signal to ask for: event data hold neither promises nor values",),
    )
