"""A plan after signature: how far each provision is carried out, what each side is exposed to now, and the plan of what remains.

What was kept and broken enters the record as the parts of one agreement, so that beliefs move by the one likelihood of
`evidence.seriousness`, however many steps a plan has.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from summitry.case.rows import Commitment
from summitry.evidence.conduct import record
from summitry.evidence.contributions import settled
from summitry.kernels.trust import Joint, along
from summitry.model import build
from summitry.plan.schedule import Past, lay_out
from summitry.reasons import reason
from summitry.sequence import orders

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.tables import Status
    from summitry.case.types import Case
    from summitry.evidence.conduct import Record
    from summitry.model import Model
    from summitry.plan.schedule import Plan
    from summitry.plan.timeline import Step
    from summitry.reasons import Reason
    from summitry.sequence.orders import Steps

KEPT = {"done": 1.0, "late": 0.5, "disputed": 0.5, "broken": 0.0}
"""Assumption: what is late or disputed counts as kept to half."""
HALF = 0.5
ROUNDING = 1e-9
"""Sums that differ by less than this share of them are equal."""
Level: TypeAlias = Literal["none", "minimal", "intermediate", "full"]
SCORES: tuple[Level, ...] = ("none", "minimal", "intermediate", "full")


@dataclass(frozen=True, slots=True)
class Provision:
    """How far one issue's move is carried out: `score` 0 none, 1 minimal, 2 intermediate, 3 full.

    `share` of it is done; `steps` gives the status of each step by id.
    """

    issue: str
    givers: tuple[str, ...]
    steps: dict[str, str]
    share: float
    score: int
    level: Level


@dataclass(frozen=True, slots=True)
class Learnt:
    """What `party` believed of `other` at the start and believes now: the probability that it means to deliver."""

    party: str
    other: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Following:
    """Where a plan stands on `now`: scores, what each party holds and is exposed to, what was learnt, and the plan of the rest.

    `score` is the mean over provisions as a share of full implementation. `remaining` is None where nothing remains or no order
    carries it, with the reason in `why`. `unverified` are steps that are disputed, or done without evidence; `broken_by` says by
    step who failed, where that was not who signed.
    """

    now: str
    status: dict[str, str]
    score: float
    provisions: tuple[Provision, ...]
    held: dict[str, float]
    exposure: dict[str, float]
    learnt: tuple[Learnt, ...]
    unverified: tuple[str, ...]
    overdue: tuple[str, ...]
    remaining: Plan | None
    why: Reason | None
    broken_by: dict[str, str] = field(default_factory=dict)


def follow(
    case: Case, package: NDArray[np.int64], plan: Plan, walk: Sequence[int], rows: Mapping[str, Status], start: dt.date, seed: int
) -> Following:
    """Where the plan stands after what `rows` tell, as of the last day that they name.

    1. Scores by provision. 2. The record with what was kept and broken, and beliefs from it. 3. What is held now: receipts that
    are disputed, or done without evidence, count nothing. 4. The quickest order of the rest from there that trust carries, on the
    calendar.
    """
    now = _last_day(rows, start)
    states: dict[str, str] = {step.id: rows[step.id].status if step.id in rows else "open" for step in plan.steps}
    doubtful = _doubtful(rows)
    before = record(case)
    by_id = dict(zip((step.id for step in plan.steps), walk, strict=True))
    signed = build(case, seed=seed, record=before)
    later = _recorded(case, plan, rows, now, _weights(signed, orders.steps(signed, package), by_id), start)
    after = record(later)
    model = build(later, seed=seed, record=after)
    work = orders.steps(model, package)
    so_far = [by_id[k] for k, state in states.items() if state in {"done", "disputed"}]
    rest = [s for s in range(work.count) if s not in so_far]
    work = _doubted(model, work, [by_id[k] for k in doubtful])
    holds = along(so_far, work.balance, work.joint, work.joint.balance)[-1]
    provisions = _provisions(plan, states, by_id, work)
    remaining, why = _remaining(model, work, so_far, rest, by_id, now, start)
    return Following(
        now=now.isoformat(),
        status=states,
        score=float(np.mean([p.score for p in provisions])) / (len(SCORES) - 1),
        provisions=provisions,
        held={party: float(holds[p]) for p, party in enumerate(model.parties)},
        exposure={party: float(max(0.0, -holds[p])) if rest else 0.0 for p, party in enumerate(model.parties)},
        learnt=_learnt(before, after),
        unverified=tuple(doubtful),
        overdue=tuple(s.id for s in plan.steps if states[s.id] in {"open", "late"} and s.end < now.isoformat()),
        remaining=remaining,
        why=why,
        broken_by={name: row.broken_by for name, row in rows.items() if row.broken_by},
    )


def _last_day(rows: Mapping[str, Status], start: dt.date) -> dt.date:
    """The last day on which something happened, by the rows; the start where nothing did."""
    days = [row.date for row in rows.values() if row.date is not None and row.status in {"done", "disputed", "broken"}]
    return max([start, *days])


def _doubtful(rows: Mapping[str, Status]) -> list[str]:
    """The steps that are disputed, or done without evidence."""
    return [k for k, row in rows.items() if row.status == "disputed" or (row.status == "done" and not row.evidence)]


def _learnt(before: Record | None, after: Record | None) -> tuple[Learnt, ...]:
    """The beliefs of one record beside those of a later one."""
    return tuple(
        Learnt(old.party, old.other, old.posterior[1], new.posterior[1])
        for old, new in zip(before.beliefs if before else (), after.beliefs if after else (), strict=False)
    )


def _provisions(plan: Plan, states: Mapping[str, str], by_id: Mapping[str, int], work: Steps) -> tuple[Provision, ...]:
    """One provision for each issue: full where all is done, intermediate from half on, minimal where anything is."""
    provisions = []
    for issue in dict.fromkeys(step.issue for step in plan.steps):
        own = [step for step in plan.steps if step.issue == issue]
        weight = [work.share[by_id[step.id]] for step in own]
        part = sum(w for w, step in zip(weight, own, strict=True) if states[step.id] == "done")
        share = part / sum(weight)
        begun = any(states[step.id] in {"disputed", "done"} for step in own)
        score = 3 if all(states[step.id] == "done" for step in own) else 2 if share >= HALF else 1 if begun else 0
        provisions.append(
            Provision(issue, own[0].givers, {step.id: states[step.id] for step in own}, share, score, SCORES[score])
        )
    return tuple(provisions)


def _recorded(
    case: Case, plan: Plan, rows: Mapping[str, Status], now: dt.date, weight: Mapping[str, float], start: dt.date
) -> Case:
    """The case as of now, with a commitment of each giver of each step whose fate is known: parts of one agreement, the plan.

    A step weighs by its value to the other sides. What is worth most to them of all that a party gives is central: the agreement
    counts as kept no better. What is late, disputed or broken counts for those alone whom the table names in `by`, where it names
    them.
    """
    file, commitments = case.file, [_dated(row, case.file.as_of) for row in case.evidence.commitments]
    blamed = {step.id: rows[step.id].blamed if step.id in rows else () for step in plan.steps}
    promises = [(step, giver) for step in plan.steps for giver in blamed[step.id] or step.givers]
    kept = {
        step.id: KEPT[rows[step.id].status] for step in plan.steps if step.id in rows and _is_known(rows[step.id], step.end, now)
    }
    central = {giver: _central(plan, giver, weight, kept) for giver in dict.fromkeys(giver for _, giver in promises)}
    commitments += [
        _commitment(case, step, giver, rows[step.id], now).model_copy(
            update={
                "signed": min(now, start),
                "outcome": kept[step.id],
                "weight": weight[step.id],
                "central": step.issue == central[giver],
            }
        )
        for step, giver in promises
        if step.id in kept
    ]
    evidence = case.evidence.model_copy(update={"commitments": tuple(commitments)})
    return case.model_copy(update={"evidence": evidence, "file": file.model_copy(update={"as_of": max(now, file.as_of)})})


def _commitment(case: Case, step: Step, giver: str, row: Status, now: dt.date) -> Commitment:
    """A step of the plan as a promise of one of its givers, with what its row tells."""
    return Commitment(
        agreement="plan",
        signed=now,
        party=case.file.parties[giver].name,
        commitment=f"{step.id}, {case.file.issues[step.issue].title}: {step.after}",
        due=step.end if step.end <= now.isoformat() or row.status != "broken" else now.isoformat(),
        delivered="" if row.status != "done" or row.date is None else row.date.isoformat(),
        known=now,
        broken_by=row.broken_by,
        note=row.note,
        source=row.evidence or "status file",
    )


def _is_known(row: Status, end: str, now: dt.date) -> bool:
    return row.status != "open" and not (row.status == "late" and end > now.isoformat())


def _dated(row: Commitment, as_of: dt.date) -> Commitment:
    """A promise whose outcome was known on the case's date, and is not told anew because time goes on."""
    day = settled(row, as_of)
    return row.model_copy(update={"known": day}) if row.outcome is not None and row.known is None and day == as_of else row


def _central(plan: Plan, giver: str, weight: Mapping[str, float], kept: Mapping[str, float]) -> str:
    """The issue that weighs most of all that a party gives; of equals the one that it kept least."""
    weights: dict[str, float] = {}
    share: dict[str, float] = {}
    for step in plan.steps:
        if giver in step.givers:
            weights[step.issue] = weights.get(step.issue, 0.0) + weight[step.id]
            share[step.issue] = share.get(step.issue, 0.0) + weight[step.id] * kept.get(step.id, 1.0)
    most = max(weights.values(), default=0.0) * (1.0 - ROUNDING)
    heaviest = [issue for issue in weights if weights[issue] >= most]
    return min(heaviest, key=lambda issue: share[issue], default="")


def _weights(model: Model, work: Steps, by_id: Mapping[str, int]) -> dict[str, float]:
    """What each step is worth to the other sides, as a share of all that each of them gains from such steps, on average.

    Where nobody gains, steps weigh by their part of a move.
    """
    gains = np.zeros((work.count, len(model.parties)))
    for s in range(work.count):
        receives = ~np.isin(model.side, model.side[list(work.givers[s])])
        moved = work.share[s] * (model.value[:, work.after[s]] - model.value[:, work.before[s]])
        gains[s, receives] = np.maximum(moved[receives], 0.0)
    totals = gains.sum(axis=0)
    shares = (gains[:, totals > 0.0] / totals[totals > 0.0]).sum(axis=1)
    if not shares.any():
        shares = np.array(work.share)
    return {name: float(shares[s]) for name, s in by_id.items()}


def _doubted(model: Model, work: Steps, doubtful: Sequence[int]) -> Steps:
    """The steps, with what others gain from the doubtful ones at nothing."""
    holds = work.balance.copy()
    for s in doubtful:
        receives = ~np.isin(model.side, model.side[list(work.givers[s])])
        holds[s, receives] = np.minimum(holds[s, receives], 0.0)
    return replace(work, balance=holds)


def _remaining(
    model: Model,
    work: Steps,
    so_far: Sequence[int],
    rest: Sequence[int],
    by_id: Mapping[str, int],
    now: dt.date,
    start: dt.date,
) -> tuple[Plan | None, Reason | None]:
    """The plan of what is not done yet, from what is held now; else why there is none."""
    if not rest:
        return None, reason("plan.rest.nothing")
    if not orders.trust_tested(model):
        return None, reason("plan.rest.trust")
    left = _collapsed(work, so_far, rest)
    number = {s: int(name[1:]) for name, s in by_id.items()}
    specs = tuple((work.issue[s], work.before[s], work.after[s], work.share[s]) for s in so_far)
    past = Past((*(number[s] for s in rest), 0), specs)
    horizon = start + dt.timedelta(days=model.settings.horizon)
    laid_out = lay_out(model, left, reason("plan.rest"), now, horizon=horizon, past=past)
    return (None, reason("plan.rest.unordered")) if laid_out is None else (laid_out[0], None)


def _collapsed(work: Steps, so_far: Sequence[int], rest: Sequence[int]) -> Steps:
    """The steps of `rest`, and behind them one step that stands for everything done and comes first."""
    last = len(rest)
    first = np.zeros((last + 1, last + 1), dtype=np.bool_)
    first[:last, :last] = work.first[np.ix_(rest, rest)]
    first[last, :last] = True
    joint = work.joint
    need = np.column_stack([joint.need[:, list(rest)], joint.need[:, list(so_far)].any(axis=1)])
    ends = np.column_stack([joint.ends[:, list(rest)], joint.ends[:, list(so_far)].any(axis=1)])
    joint = Joint(need, ends, joint.balance, joint.theirs)
    trust = replace(work.trust, theirs=np.vstack([work.trust.theirs[list(rest)], work.trust.theirs[list(so_far)].sum(axis=0)]))
    end = rest[-1]

    def of_rest(values: Sequence[object]) -> tuple[object, ...]:
        return (*(values[s] for s in rest), values[end])

    fields = {name: of_rest(getattr(work, name)) for name in ("issue", "before", "after", "share", "givers")}
    return replace(
        work,
        mover=np.append(work.mover[list(rest)], -1),
        balance=np.vstack([work.balance[list(rest)], work.balance[list(so_far)].sum(axis=0)]),
        first=first,
        trust=trust,
        joint=joint,
        **fields,  # type: ignore[arg-type] # each field with the elements of its own
    )
