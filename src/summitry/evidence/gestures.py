"""What a deed is worth as a signal: its cost, whether it can be undone, whether it is seen; and its class by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.evidence.contributions import C90, UNCODED, of_deed

if TYPE_CHECKING:
    from summitry.case.rows import Event


@dataclass(frozen=True, slots=True)
class Weighed:
    """One event: what it told whom, and, for a deed in favour, how costly a signal it was.

    `contribution` maps each believer to what the event adds to its log-odds today. `sunk` is the cost that stays spent, 0..1;
    `log_ratio` what the deed tells when new. `weight` is the coder's class, `reads_as` the rule's; `why` gives the reason.
    `points` are the giver's own points (negative: it costs), by the option that the row names or by the scale; `measured` says
    which. Null where nothing is to be weighed.
    """

    date: str
    actors: tuple[str, ...]
    what: str
    kind: str
    sign: float
    contribution: dict[str, float]
    cost: float | None
    irreversible: float | None
    verified: float | None
    sunk: float | None
    log_ratio: float | None
    weight: str
    reads_as: str
    why: str
    source: str
    points: dict[str, float] | None = None
    measured: str = ""


def weighed(event: Event, actors: tuple[str, ...], contribution: dict[str, float]) -> Weighed:
    """An event with its class.

    A deed in favour is *humanitarian* where the coder says that it is about persons; else *token* where what stays spent is less
    than the cost that nine in ten pretenders would pay, or where nobody can see it; else *substantive*.
    """
    favourable = event.kind == "deed" and event.sign > 0.0
    cost = UNCODED[event.weight] if event.cost is None else event.cost
    sunk = cost * (1.0 + (event.irreversible or 0.0)) / 2.0
    reads_as, why = _class(event, cost, sunk) if favourable else ("", _unweighed(event))
    return Weighed(
        event.date.isoformat(),
        actors,
        event.event,
        event.kind,
        event.sign,
        contribution,
        event.cost,
        event.irreversible,
        event.verified,
        sunk if favourable else None,
        of_deed(event) if favourable else None,
        event.weight,
        reads_as,
        why,
        event.source,
    )


def _class(event: Event, cost: float, sunk: float) -> tuple[str, str]:
    assumed = " (assumed, not coded)" if event.cost is None else ""
    spent = f"cost {cost:.2g}{assumed}, of which {sunk:.2g} stays spent"
    if event.weight == "humanitarian":
        found, why = "humanitarian", f"about persons, as the coder says; {spent}"
    elif not event.verified:
        found, why = "token", f"nobody is said to have verified it, so it can be feigned; {spent}"
    elif sunk < C90:
        found, why = "token", f"{spent}: less than the {C90:g} that nine in ten pretenders would pay"
    else:
        found, why = "substantive", f"{spent}: no less than the {C90:g} that nine in ten pretenders would pay, and seen"
    return found, why + (f"; the coder says {event.weight}" if event.weight not in {"", found} else "")


def _unweighed(event: Event) -> str:
    return "a word: cheap" if event.kind == "word" else "a hostile deed" if event.sign < 0.0 else "a deed of no sign"
