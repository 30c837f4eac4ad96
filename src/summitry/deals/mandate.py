"""Mandates: what a delegation may concede by itself, and what can therefore be signed in the room.

An option that a stated mandate does not name needs a call home: silence is not authority. Of an issue that several parties can
give, every one of them whose mandate is known must be free to concede it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.deals import gates
from summitry.deals.rung import first_rung
from summitry.errors import LinkMissing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.model import Model, Package


@dataclass(frozen=True, slots=True)
class Authority:
    """What a party's delegation may say of one of its own options; `stated` is False where the mandate is silent on it."""

    party: str
    issue: str
    option: str
    permission: Literal["authorised", "call home", "never"]
    stated: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """A swap in short: its moves, the joint probability that all accept and ratify, substance and load; `passed` its gates."""

    moves: Package
    joint: float
    substance: dict[str, float]
    load: float | None
    passed: bool
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MandateAnswer:
    """What can be signed in the room, and what calls home would add.

    `calls` are the options of `moves` (a package that was asked about) that need a call home or that a mandate rules out.
    `room` is the first rung within what every known delegation is authorised to concede, `reach` the first rung with calls home,
    `reach_calls` the calls that it needs. None where nothing passes. `unknown` names parties whose mandate this reader cannot
    see.
    """

    principal: str
    moves: Package
    options: tuple[Authority, ...]
    calls: tuple[Authority, ...]
    room: Signed | None
    reach: Signed | None
    reach_calls: tuple[Authority, ...]
    unknown: tuple[str, ...]


def read_mandates(model: Model, principal: str, package: NDArray[np.int64] | None = None) -> MandateAnswer:
    """What every known delegation may concede, what a package calls home for, and what can be signed without calling."""
    known = authorities(model)
    if not known:
        raise LinkMissing(
            "What may be signed in the room",
            "no mandate is written down",
            "Add `mandate` to preferences/PARTY/PARTY.yaml: authorised, call home or never for each of its own options.",
        )
    room = _signed(replace(model, allowed=model.allowed & authorised(model, known)), model, principal)
    reach = _signed(model, model, principal)
    return MandateAnswer(
        principal=principal,
        moves={} if package is None else model.named(package),
        options=known,
        calls=() if package is None else calls(model, known, package),
        room=room,
        reach=reach,
        reach_calls=() if reach is None else calls(model, known, model.row(reach.moves)),
        unknown=tuple(party for party in model.parties if not any(a.party == party for a in known)),
    )


def authorities(model: Model) -> tuple[Authority, ...]:
    """Every own option of every party whose mandate this reader can see, in the order of the case."""
    found = []
    for p, party in enumerate(model.parties):
        believed = model.preferences[party]
        if not believed.mandate:
            continue
        for i in np.flatnonzero(model.giver[:, p]):
            issue = model.issues[i]
            for option in model.options[i][1:]:
                stated = believed.mandate.get(issue, {}).get(option)
                found.append(Authority(party, issue, option, stated or "call home", stated is not None))
    return tuple(found)


def authorised(model: Model, known: Sequence[Authority]) -> NDArray[np.bool_]:
    """The columns that no known delegation must call home about, shape (Q,)."""
    free = np.ones(int(model.first[-1]), dtype=np.bool_)
    for authority in known:
        if authority.permission != "authorised":
            free[model.column(authority.issue, authority.option)] = False
    return free


def calls(model: Model, known: Sequence[Authority], package: NDArray[np.int64]) -> tuple[Authority, ...]:
    """Who must call home about which moves of a package, or may never make them."""
    moves = model.named(package)
    return tuple(a for a in known if moves.get(a.issue) == a.option and a.permission != "authorised")


def _signed(restricted: Model, model: Model, principal: str) -> Signed | None:
    """The first rung of a model with fewer options, judged in the whole one; the nearest miss where nothing passes."""
    found = first_rung(restricted, principal)
    verdict = found.chosen
    if verdict is None:
        return None
    judged = gates.judge(model, model.row(verdict.moves))
    return Signed(judged.moves, judged.joint, judged.substance, judged.load, judged.passed, judged.closed)
