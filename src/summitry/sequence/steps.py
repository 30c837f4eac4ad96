"""A package as steps, and the trust that its best order needs.

Each issue's move is one step of those who give it; an issue that `splits` goes through its options in between, and through equal
lumps of its `smallest` tranche where quantities are stated. What a party holds after a breakdown is (1 - recoverable) times its
value of what was done; what it received counts nothing while no option says how it is verified. Points that arise only when
several options hold count from the moment that they do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.errors import LinkMissing
from summitry.kernels import order as kernel
from summitry.kernels.front import front_load
from summitry.kernels.order import check_terms, strain
from summitry.reasons import reason
from summitry.sequence import trust as believed
from summitry.sequence.together import joint_of
from summitry.sequence.trust import held_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.kernels.order import Order, Strain
    from summitry.kernels.trust import Joint, Trust
    from summitry.model import Model
    from summitry.reasons import Reason

MOST_LUMPS = 4
"""Most lumps of one move: finer ones change the load little and the search a lot."""
TOGETHER = 1_000
"""A step that several sides give is nobody's alone: its mover is this number plus the first of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """n steps of a package. `before`, `after` are columns, `share` the part of that move that the step does.

    `givers` are all who do it; `mover` is their side (from `TOGETHER` on: several sides at once).
    `balance` (n, P) is what the step leaves each party after a breakdown, in PERT means; `first[a, b]` is True where a must
    precede b. `gain` (P,) is what the whole brings; `trust` what each believes of the others; `joint` what arises only of several
    steps together. `coarse` tells which moves go in larger lumps than the case allows.
    """

    package: tuple[int, ...]
    issue: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    share: tuple[float, ...]
    givers: tuple[tuple[int, ...], ...]
    mover: NDArray[np.int64]
    balance: NDArray[np.float64]
    first: NDArray[np.bool_]
    gain: NDArray[np.float64]
    trust: Trust
    joint: Joint | None
    coarse: tuple[Reason, ...] = ()

    @property
    def count(self) -> int:
        """The number of steps."""
        return len(self.issue)


def steps(model: Model, package: Sequence[int] | NDArray[np.int64], *, finer: Mapping[int, int] | None = None) -> Steps:
    """The steps of a package, in the order of the case's issues; issues without a giver take no step of anybody's.

    `finer` cuts each move of an issue into so many equal parts, whatever the case says.
    """
    row = tuple(int(o) for o in package)
    specs: list[tuple[int, int, int, float]] = []
    coarse: list[Reason] = []
    for i, option in enumerate(row):
        if option and model.giver[i].any():
            own, larger = lumps(model, i, option, (finer or {}).get(i))
            specs += own
            coarse += larger
    count = len(specs)
    issue, before, after, share = (tuple(column) for column in zip(*specs, strict=True)) if specs else ((), (), (), ())
    givers = tuple(tuple(int(p) for p in np.flatnonzero(model.giver[i])) for i in issue)
    balance = np.array([held_by(model, model.value, k, spec) for k, spec in zip(givers, specs, strict=True)])
    mean = model.means(np.array([row, [0] * len(row)], dtype=np.int64))
    return Steps(
        package=row,
        issue=issue,
        before=before,
        after=after,
        share=share,
        givers=givers,
        mover=np.array([mover_of(model, k) for k in givers], dtype=np.int64),
        balance=balance.reshape(count, len(model.parties)) - model.step_cost,
        first=_before(model, specs),
        gain=mean[0] - mean[1] - model.step_cost * count,
        trust=believed.of(model, specs, givers),
        joint=joint_of(model, specs, givers, believed.beliefs_tested(model, givers)),
        coarse=tuple(coarse),
    )


def lumps(model: Model, i: int, option: int, parts: int | None = None) -> tuple[list[tuple[int, int, int, float]], list[Reason]]:
    """(issue, column before, column after, share of the move) for each step of issue i to `option`; and what was made coarser.

    An issue that splits goes through the options in between, each in equal parts of at least the smallest tranche. `parts` cuts
    each move into so many equal parts instead.
    """
    issue = model.terms[model.issues[i]]
    base = int(model.first[i])
    specs: list[tuple[int, int, int, float]] = []
    coarse: list[Reason] = []
    before = base
    for stop in range(1, option + 1) if issue.splits else (option,):
        pieces, after = parts or 1, base + stop
        if parts is None and issue.splits and issue.smallest is not None:
            amount = float(abs(model.amounts[after] - model.amounts[before]))
            is_finite = bool(np.isfinite(amount))
            allowed = max(1, int((amount + 1e-9) // issue.smallest)) if is_finite else 1
            pieces = min(MOST_LUMPS, allowed)
            if allowed > pieces:
                coarse.append(reason("steps.coarse", move=model.label(after), lumps=pieces, allowed=allowed))
            if not is_finite:
                coarse.append(reason("steps.uncounted", move=model.label(after)))
        specs += [(i, before, after, 1.0 / pieces)] * pieces
        before = after
    return specs, coarse


def search_terms(
    model: Model, sequence: Steps, changes: int | None = None, limit: NDArray[np.float64] | None = None
) -> kernel.Terms:
    """The terms of a search over the orders of steps; with other changes of mover or exposure limits (P,) than the case's."""
    return check_terms(
        sequence.balance,
        sequence.gain,
        sequence.trust,
        sequence.mover,
        changes_allowed(model) if changes is None else changes,
        model.limit if limit is None else limit,
        sequence.joint,
    )


def least_load(model: Model, package: Sequence[int] | NDArray[np.int64], sequence: Steps | None = None) -> Order | None:
    """The order of least load of a package's steps within the case's horizon; None where no order is allowed."""
    sequence = steps(model, package) if sequence is None else sequence
    return next(kernel.fewer_changes(search_terms(model, sequence), sequence.first), None)


def beyond_limits(model: Model, sequence: Steps) -> dict[int, float] | None:
    """Where no order keeps the exposure limits: the least exposure that the parties who state one must bear, by party.

    One party where it suffices that it bears more; else all whose limits are broken by the order of least load without limits.
    None where even without limits no order meets the prerequisites and the changes of mover.
    """
    count, changes, joint = len(model.parties), changes_allowed(model), sequence.joint
    if joint is not None:
        joint = replace(joint, theirs=np.zeros((len(joint.need), count)))
    for p in np.flatnonzero(model.limit < np.inf).tolist():
        others, even = model.limit.copy(), np.ones(count)
        others[p], even[p] = np.inf, 0.5  # with these the load of an order is the exposure of p
        order = kernel.least_load(sequence.balance, np.ones(count), even, sequence.mover, sequence.first, changes, others, joint)
        if order is not None:
            return {p: float(order.exposure[p])}
    free = search_terms(model, sequence, limit=np.full(count, np.inf))
    order = next(kernel.fewer_changes(free, sequence.first), None)
    if order is None:
        return None
    return {p: float(order.exposure[p]) for p in range(count) if order.exposure[p] > model.limit[p]}


def fewer_changes(model: Model, sequence: Steps, most: int | None = None) -> Iterator[Order]:
    """The order of least load, then those of least load with one change of mover fewer each time, from `most` changes on."""
    changes = changes_allowed(model) if most is None else min(most, changes_allowed(model))
    return kernel.fewer_changes(search_terms(model, sequence, changes), sequence.first)


def least_bound(model: Model, sequence: Steps) -> float:
    """A load that no order of the steps can stay below, without a search: by how each must begin and end."""
    if sequence.count < 2:  # noqa: PLR2004 (a single step leaves nobody waiting for another)
        return 0.0
    return kernel.bound(search_terms(model, sequence), sequence.first)


def order_of(
    model: Model,
    package: Sequence[int] | NDArray[np.int64],
    kind: Literal["least-load", "front-load"] = "least-load",
    *,
    principal: str,
    sequence: Steps | None = None,
) -> Order | None:
    """An order of a package's steps: of least load, or the one that front-loads what `principal` receives.

    The latter has the greatest sum, over the moments before the end, of what the principal holds if everything stops, among the
    orders that today's trust carries; where it carries none, among those of the least load.
    """
    sequence = steps(model, package) if sequence is None else sequence
    least = least_load(model, package, sequence)
    if kind == "least-load" or least is None:
        return least
    early = front_load(search_terms(model, sequence), sequence.first, model.party(principal), max(1.0, least.load))
    return least if early is None else early


def trust_tested(model: Model) -> bool:
    """Whether the record tells every party's belief in the other sides, so that trust can be tested at all."""
    return not silent(model)


def silent(model: Model) -> list[int]:
    """The parties whose belief in somebody of another side is not known."""
    pairs = {(belief.party, belief.other) for belief in model.beliefs}
    sides = model.side.tolist()
    return [
        p
        for p in range(len(sides))
        if any(side != sides[p] and (p, other) not in pairs for other, side in enumerate(sides)) or len(set(sides)) == 1
    ]


def silent_parties(model: Model) -> tuple[str, ...]:
    """The same by name."""
    return tuple(model.parties[p] for p in silent(model))


def require_trust(model: Model, question: str) -> None:
    """Raise LinkMissing where a question that needs trust cannot be tested against it."""
    if not trust_tested(model):
        names = " and ".join(silent_parties(model))
        raise LinkMissing(
            question,
            f"it does not say how far {names} trust the other side",
            "Add `trust:` to the preference files, for each party about the other side.",
        )


def changes_allowed(model: Model) -> int:
    """K = floor(horizon / verification lag): how often the mover may change."""
    settings = model.settings
    return settings.horizon // max(settings.lag, 1)


def mover_of(model: Model, givers: tuple[int, ...]) -> int:
    """The number of the side that gives a step by itself, or from `TOGETHER` on that of several sides that give it at once."""
    sides = sorted(set(model.side[list(givers)].tolist()))
    return int(sides[0]) if len(sides) == 1 else TOGETHER + int(sides[0])


def strained(model: Model, sequence: Steps, order: Sequence[int]) -> Strain:
    """What an order asks of each party in every draw of the values, shapes (P, D)."""
    specs = list(zip(sequence.issue, sequence.before, sequence.after, sequence.share, strict=True))
    holds = np.array([held_by(model, model.value_draws, k, spec) for k, spec in zip(sequence.givers, specs, strict=True)])
    joint = joint_of(model, specs, sequence.givers, believed.beliefs_tested(model, sequence.givers), drawn=True)
    gain = model.values(sequence.package) - model.values([0] * len(sequence.package))
    cost = model.step_cost
    return strain(order, holds - cost, gain - cost * sequence.count, sequence.trust, joint)


def _before(model: Model, specs: list[tuple[int, int, int, float]]) -> NDArray[np.bool_]:
    """Which step must precede which: the lumps of an issue in turn, and what an option requires before its first lump."""
    count = len(specs)
    first = np.zeros((count, count), dtype=np.bool_)
    last_lump = {after: k for k, (_, _, after, _) in enumerate(specs)}
    for a, b in zip(range(count), range(1, count), strict=False):
        first[a, b] |= specs[a][0] == specs[b][0]
    for q, r in model.needs:
        if q in last_lump:
            enough = [last_lump[c] for c in last_lump if model.issue_of[c] == model.issue_of[r] and c >= r]
            if enough:
                opening = min(k for k in range(count) if specs[k][2] == q)
                first[min(enough), opening] = True
    return first
