"""Small cases made by hand, of claims, events and commitments."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from summitry.case.rows import Claim, Commitment, Event, Evidence
from summitry.case.types import Case, CaseFile, Coalition, Issue, Outsider, Party, Preferences, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable

AS_OF = dt.date(2019, 2, 15)
PRIOR = (0.15, 0.3, 0.5)


def claim(
    claimant: str = "SIPRI", low: float | None = None, central: float | None = None, high: float | None = None, **more: object
) -> Claim:
    fields: dict[str, object] = {
        "holder": "north",
        "category": "warheads",
        "unit": "weapons",
        "as_of": "2018-06",
        "kind": "estimated",
    }
    numbers = {"claimant": claimant, "low": low, "central": central, "high": high, "source": f"{claimant}, report"}
    return Claim.model_validate(numbers | fields | more)


def event(date: str, text: str, sign: float, *, kind: str = "deed", actor: str = "north", **more: object) -> Event:
    fields: dict[str, object] = {"date": date, "event": text, "sign": sign, "kind": kind, "actor": actor, "source": "news"}
    return Event.model_validate(fields | more)


def promise(text: str, outcome: float | None, **more: object) -> Commitment:
    fields: dict[str, object] = {
        "agreement": text,
        "signed": "2018-06-12",
        "party": "north",
        "commitment": text,
        "source": "text",
    }
    return Commitment.model_validate({"outcome": outcome} | fields | more)


def case(
    claims: Iterable[Claim] = (),
    events: Iterable[Event] = (),
    commitments: Iterable[Commitment] = (),
    priors: dict[str, dict[str, tuple[float, float, float]]] | None = None,
    viewer: str | None = None,
) -> Case:
    trust = {"west": {"north": PRIOR}, "north": {"west": PRIOR}} if priors is None else priors
    return Case(
        name="by-hand",
        file=CaseFile(
            summitry=1,
            title="By hand",
            as_of=AS_OF,
            parties={
                "west": Party(name="Western Republic", coalition="allies"),
                "ally": Party(name="The Ally", coalition="allies"),
                "north": Party(name="Northern State"),
            },
            coalitions={"allies": Coalition(name="The allies", lead="west")},
            outsiders={"un": Outsider(name="Security Council", interest="peace")},
            issues={"list": Issue(title="A list", giver=("north",), options={"none": None, "full": None})},
        ),
        preferences={
            who: {
                who: Preferences(
                    basis="by hand",
                    reservation=(0.0, 0.0, 0.0),
                    values={},
                    indifferent=("list",),
                    trust={other: Trust(prior=prior) for other, prior in of.items()},
                )
            }
            for who, of in trust.items()
        },
        evidence=Evidence(claims=tuple(claims), events=tuple(events), commitments=tuple(commitments)),
        viewer=viewer,
    )
