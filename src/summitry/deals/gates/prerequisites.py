"""Whether the package may be formed: all that its options require is in it, nothing excludes another, every mandate is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.deals.gates.gate import Change, Gate, GateKind
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.deals.gates.gate import Subject


def test(subject: Subject) -> Gate:
    """How many faults the package has; none may be."""
    faults = subject.model.faults(subject.package)
    why = reason("gate.prerequisites.closed", faults=[f.reason for f in faults]) if faults else reason("gate.prerequisites.open")
    return Gate("prerequisites", not faults, float(len(faults)), 0.0, (), why)


def openings(subject: Subject) -> Iterator[Change]:
    """For each fault, what must change."""
    for fault in subject.model.faults(subject.package):
        effect = reason("effect.required", move=fault.move) if fault.kind == "requires" else reason("effect.free")
        if fault.kind in {"mandate", "expired"}:
            what = reason(f"change.{fault.kind}", move=fault.move, before=fault.since)
        else:
            what = reason(f"change.{fault.kind}", before=fault.now, after=fault.other)
        yield Change("prerequisites", what, effect)


GATE = GateKind("prerequisites", test, openings=openings, formed=True, place=4, lower=True, measure="whole")
