"""Declarations: how probable it is that one is complete, what those of a case come to, and how two lists of things differ."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from summitry.case.dates import period
from summitry.case.fields import Doc
from summitry.errors import BadArgument, LinkMissing, UnknownName
from summitry.evidence.completeness import BaseRate, Consistency, SearchInVain, base_rate, compare_categories, search_in_vain
from summitry.evidence.inspections import Check, check_of
from summitry.evidence.inventory import holdings
from summitry.kernels import complete as kernel
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from summitry.case.types import Case
    from summitry.evidence.inventory import Holding

LIMITS = (50, 80, 95)
MISS = 0.1
"""Assumption: the probability that the estimates miss altogether, because those who made them looked at the same wrong thing."""
MISSES = (0.0, 0.05, 0.2, 0.3)
"""Other values of `MISS` for which the answer is told as well."""
AMOUNTS = ("p05", "p20", "p50", "p80", "p95")
"""The quantiles of the estimates that other declared amounts are taken from."""
RECENT = dt.timedelta(days=365)
"""An older declaration is not judged: what was made or used since then is no omission."""
ALL = "all"


class Declared(Doc):
    """One row of a declaration: of which category how much is declared; `party` where several parties hold the category."""

    category: Annotated[str, Field(min_length=1)]
    declared: Annotated[float, Field(ge=0)]
    party: str = ""
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Prior:
    """How often such declarations are complete, before this one is looked at: low, central, high, and what that rests on."""

    low: float
    central: float
    high: float
    basis: Reason


@dataclass(frozen=True, slots=True)
class Completeness:
    """One category: what is declared, what is estimated (5, 50, 95 %), and whether the one may be all of the other.

    `complete` is the probability that nothing is left out, at the central prior, `complete_range` at its low and high end;
    `undeclared` and `if_incomplete` are amounts that what is left out does not exceed with 50, 80 and 95 %. All None where
    nothing can be compared; `why` says so. `verified` is shown beside and enters no probability. `made` is False where nothing is
    declared and the middle of the estimates is supposed. `amounts` pairs the 5, 20, 50, 80 and 95 % quantiles of the estimates
    with the probability that a declaration of so much would be complete; `misses` pairs other chances that the estimates miss
    altogether with the probability that follows; None where the estimates exclude the amount. `miss` is the chance that is
    assumed of that. `inspection` tests what is
    declared; `search` looks for what is left out.
    """

    party: str
    category: str
    unit: str
    declared: float
    estimated: tuple[float, float, float] | None
    verified: float | None
    complete: float | None
    complete_range: tuple[float, float] | None
    undeclared: dict[str, float] | None
    if_incomplete: dict[str, float] | None
    why: tuple[Reason, ...]
    inspection: Check | None
    made: bool = True
    miss: float = MISS
    amounts: tuple[tuple[float, float | None], ...] = ()
    misses: tuple[tuple[float, float | None], ...] = ()
    search: SearchInVain | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration by category, the prior, and the consistency between categories.

    `all_complete` bounds the probability that every declared category is complete, whatever their dependence (Frechet); None
    where none is declared or one cannot be judged. `history` is None where the case states its own base rate.
    `undeclared_categories` are held by estimate and not named in the declaration.
    """

    as_of: str
    prior: Prior
    history: BaseRate | None
    categories: tuple[Completeness, ...]
    all_complete: tuple[float, float] | None
    consistency: tuple[Consistency, ...]
    undeclared_categories: tuple[str, ...]

    @property
    def supposed(self) -> bool:
        """True where the middle of the estimates stands in for something that nobody declared."""
        return not all(c.made for c in self.categories)

    @property
    def leaves_room(self) -> bool:
        """True where what is declared of one category leaves room for more of another."""
        return any(c.verdict == "leaves room" for c in self.consistency)


def judge(
    case: Case,
    rows: Sequence[Declared],
    seed: int = 0,
    *,
    inventory: Sequence[Holding] | None = None,
    supposed: Collection[tuple[str, str]] = (),
) -> Declaration:
    """Judge a declaration, or a hypothetical one.

    `inventory` spares a second reading of the claims; `supposed` are the (party, category) that nobody declared.

    1. The prior is the case's `declarations.base_rate`, else the history of arms declarations as known on the as-of date.
    2. Each category is weighed against the posterior of the estimates (kernels.complete), which contains no declaration; with
    probability `MISS` the estimates miss altogether.
    3. Categories are compared with each other where the case says what one unit of one takes of others.
    Raises UnknownName for a category of which there is no claim, BadArgument for one that is named twice or in another unit.
    """
    inventory = holdings(case) if inventory is None else inventory
    if not inventory:
        raise LinkMissing(
            "Whether a declaration is complete", "it makes no claim about what anybody holds", "Add evidence/claims.csv."
        )
    declared = {_key(row, inventory): row for row in rows}
    if len(declared) < len(rows):
        raise BadArgument("A category is declared twice: keep one figure for each.")
    entry = case.file.declarations
    history = base_rate(case.file.as_of) if entry is None or entry.base_rate is None else None
    prior = _prior(case, history)
    judged = tuple(_judged(case, key, row, inventory, prior, made=key not in supposed) for key, row in declared.items())
    amounts = {key: row.declared for key, row in declared.items() if key not in supposed}
    return Declaration(
        as_of=case.file.as_of.isoformat(),
        prior=prior,
        history=history,
        categories=judged,
        all_complete=_all_complete([c.complete for c in judged if c.made]),
        consistency=compare_categories(() if entry is None else entry.balances, inventory, amounts, seed),
        undeclared_categories=_unnamed(case, inventory, declared),
    )


def _all_complete(chances: Sequence[float | None]) -> tuple[float, float] | None:
    """Frechet's bounds of the chance that all of them are complete."""
    sure = [chance for chance in chances if chance is not None]
    return (max(0.0, 1.0 - sum(1.0 - c for c in sure)), min(sure)) if sure and len(sure) == len(chances) else None


def _prior(case: Case, history: BaseRate | None) -> Prior:
    entry = case.file.declarations
    if history is not None:
        as_of = case.file.as_of.isoformat()
        basis = reason("declaration.history", complete=history.complete, decided=history.decided, as_of=as_of)
        return Prior(history.low, history.mean, history.high, basis)
    if entry is None or entry.base_rate is None:
        raise LinkMissing("Whether a declaration is complete", "there is no base rate", "State `declarations: base_rate`.")
    return Prior(*entry.base_rate, reason("declaration.stated", text=entry.why or entry.source))


def _key(row: Declared, inventory: Sequence[Holding]) -> tuple[str, str]:
    of = [h for h in inventory if h.category == row.category and row.party in {"", h.party}]
    if not of:
        raise UnknownName("claim of the category", row.category, [*dict.fromkeys(h.category for h in inventory)])
    if len(of) > 1:
        owners = ", ".join(h.party for h in of)
        raise BadArgument(
            f"{row.category} is held by several ({owners}): say whose with PARTY.{row.category}, or in the column `party`."
        )
    if row.unit and row.unit != of[0].unit:
        raise BadArgument(f"{row.category} is declared in {row.unit}, and the claims count it in {of[0].unit}: convert it.")
    return of[0].party, of[0].category


def _judged(
    case: Case, key: tuple[str, str], row: Declared, inventory: Sequence[Holding], prior: Prior, *, made: bool
) -> Completeness:
    holding = next(h for h in inventory if (h.party, h.category) == key)
    chance, span, limits, if_not, search = None, None, None, None, None
    why = [*_verified(row.declared, holding)]
    amounts: tuple[tuple[float, float | None], ...] = ()
    misses: tuple[tuple[float, float | None], ...] = ()
    if row.declared == 0.0:
        why.append(reason("declaration.denial", basis=prior.basis))
    elif holding.posterior is None:
        why.append(reason("declaration.no_estimate", basis=prior.basis))
    else:
        weighed = _weighed(holding, row.declared)
        low, chance, high = (weighed.probability(p) for p in (prior.low, prior.central, prior.high))
        if low is None or chance is None or high is None:
            chance = None
            why.append(reason("declaration.far"))
        else:
            span = (low, high)
            limits = {f"p{q}": weighed.undeclared(q / 100.0, chance) for q in LIMITS}
            if_not = {f"p{q}": weighed.undeclared(q / 100.0, 0.0) for q in LIMITS} if chance < 1.0 else None
            why += _place(row.declared, holding.curve)
            search = _search(case, holding, chance, span)
        amounts = tuple((x, _weighed(holding, x).probability(prior.central)) for x in _amounts(holding.posterior))
        misses = tuple((miss, _weighed(holding, row.declared, miss).probability(prior.central)) for miss in MISSES)
    return Completeness(
        party=holding.party,
        category=holding.category,
        unit=holding.unit,
        declared=row.declared,
        estimated=holding.estimated,
        verified=holding.verified,
        complete=chance,
        complete_range=span,
        undeclared=limits,
        if_incomplete=if_not,
        why=tuple(why),
        inspection=_inspection(case, holding),
        made=made,
        amounts=amounts,
        misses=misses,
        search=search,
    )


def _verified(declared: float, holding: Holding) -> list[Reason]:
    """What a verified amount above the declared one says; when it was verified decides, so it enters no probability."""
    above = holding.verified is not None and holding.verified > declared
    return [reason("declaration.verified", verified=holding.verified)] if above else []


def _weighed(holding: Holding, declared: float, miss: float = MISS) -> kernel.Evidence:
    return kernel.weigh(np.array(holding.at), np.array(holding.curve), declared, miss)


def _amounts(posterior: Mapping[str, float]) -> list[float]:
    return sorted({posterior[q] for q in AMOUNTS if posterior[q] > 0.0})


def _search(case: Case, holding: Holding, chance: float, span: tuple[float, float]) -> SearchInVain | None:
    entry = case.file.declarations
    search = None if entry is None else entry.search.get(holding.category)
    return None if search is None else search_in_vain(search, chance, span)


def _inspection(case: Case, holding: Holding) -> Check | None:
    """The inspection of the first issue that moves this holding and states one."""
    for name, issue in case.file.issues.items():
        if holding.category in {issue.holding, name} and holding.party in issue.giver:
            check = next((c for o in reversed(issue.options) if (c := check_of(issue, o)) is not None), None)
            if check is not None:
                return check
    return None


def asked_about(case: Case) -> set[str]:
    """The categories that an issue moves, a balance names or visits look for."""
    entry = case.file.declarations
    categories = {issue.holding for issue in case.file.issues.values() if issue.holding}
    if entry is not None:
        categories |= {category for balance in entry.balances for category in (balance.of, *balance.takes)} | set(entry.search)
    return categories


def _unnamed(case: Case, inventory: Sequence[Holding], declared: Mapping[tuple[str, str], Declared]) -> tuple[str, ...]:
    """What the declaring parties hold by estimate, that the case asks about, and that the declaration does not name."""
    parties, categories = {party for party, _ in declared}, asked_about(case)
    unnamed = [h for h in inventory if h.party in parties and h.posterior and (h.party, h.category) not in declared]
    return tuple(h.category for h in unnamed if h.category in categories)


def _place(declared: float, curve: Sequence[float]) -> list[Reason]:
    """What has to be said where the declared amount lies beyond the tabulated estimates."""
    if declared < curve[0]:
        return [reason("declaration.below")]
    return [reason("declaration.above")] if declared > curve[-1] else []


def outlook(case: Case, inventory: Sequence[Holding], seed: int = 0) -> Declaration | None:
    """Judge what the case's parties declared; None where nothing is declared, nor asked about, of which there is an estimate.

    1. A declared figure counts if it speaks of the year before the as-of date and somebody estimates the same thing.
    2. Of the other categories that issues move, balances name or visits look for, the middle of the estimates is supposed.
    """
    categories = asked_about(case)
    rows: list[Declared] = []
    supposed: set[tuple[str, str]] = set()
    for holding in inventory:
        if holding.posterior is None:
            continue
        amount = _declared_lately(holding, case.file.as_of)
        if amount is None and holding.category in categories and holding.posterior["p50"] > 0.0:
            amount = holding.posterior["p50"]
            supposed.add((holding.party, holding.category))
        if amount is not None:
            rows.append(Declared(category=holding.category, declared=amount, party=holding.party))
    return judge(case, rows, seed, inventory=inventory, supposed=supposed) if rows else None


def _declared_lately(holding: Holding, as_of: dt.date) -> float | None:
    span = period(holding.declared_as_of)
    return holding.declared if span is not None and span[1] >= as_of - RECENT else None


class Item(Doc):
    """One row of an exchange: a thing with its identifier, type, place and status; `count` where a row stands for several."""

    id: Annotated[str, Field(min_length=1)]
    type: Annotated[str, Field(min_length=1)]
    location: str = ""
    status: str = ""
    count: Annotated[float, Field(ge=0)] = 1.0


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing that stands on one of the lists only."""

    id: str
    type: str
    location: str
    status: str
    count: float


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between the lists, with what it was and what it is."""

    id: str
    type: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on a type, a status, or all of it, against both lists; `over` is by how much the later one exceeds it."""

    what: str
    limit: float
    before: float
    after: float
    met: bool
    over: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """What changed from the first list to the second. A thing may have moved, been converted and changed status at once.

    `recounted` are rows of one identifier whose count changed; `counts` are (before, after) by type, by status and in all.
    """

    new: tuple[Listed, ...]
    gone: tuple[Listed, ...]
    moved: tuple[Change, ...]
    converted: tuple[Change, ...]
    restated: tuple[Change, ...]
    recounted: tuple[Change, ...]
    same: int
    counts: dict[str, tuple[float, float]]
    limits: tuple[Limit, ...]


def compare_lists(before: Sequence[Item], after: Sequence[Item], limits: Mapping[str, float]) -> Exchange:
    """Compare two lists by identifier. Raises BadArgument for an identifier that stands twice or a limit on what neither has."""
    old, new = _by_id(before, "first"), _by_id(after, "second")
    both = [(old[name], new[name]) for name in old if name in new]
    counts = _counts(before, after)
    return Exchange(
        new=tuple(Listed(**item.model_dump()) for name, item in new.items() if name not in old),
        gone=tuple(Listed(**item.model_dump()) for name, item in old.items() if name not in new),
        moved=_changes(both, "location"),
        converted=_changes(both, "type"),
        restated=_changes(both, "status"),
        recounted=_changes(both, "count"),
        same=sum(first == second for first, second in both),
        counts=counts,
        limits=tuple(_kept_limit(what, limit, counts) for what, limit in limits.items()),
    )


def _by_id(items: Iterable[Item], which: str) -> dict[str, Item]:
    by_id: dict[str, Item] = {}
    for item in items:
        if item.id in by_id:
            raise BadArgument(f"The {which} list has {item.id!r} twice: an identifier stands for one thing.")
        by_id[item.id] = item
    return by_id


def _changes(both: Sequence[tuple[Item, Item]], field: str) -> tuple[Change, ...]:
    def text_of(item: Item) -> str:
        value = getattr(item, field)
        return f"{value:g}" if isinstance(value, float) else str(value)

    return tuple(Change(b.id, b.type, text_of(a), text_of(b)) for a, b in both if getattr(a, field) != getattr(b, field))


def _counts(before: Sequence[Item], after: Sequence[Item]) -> dict[str, tuple[float, float]]:
    """Counts before and after by type, then by status, then in all; a status that is also a type counts as the type."""
    types = {item.type for item in (*before, *after)}
    counts: dict[str, list[float]] = {}
    for k, items in enumerate((before, after)):
        for item in items:
            status = "" if item.status in types else item.status
            for name in {item.type, status, ALL} - {""}:
                counts.setdefault(name, [0.0, 0.0])[k] += item.count
    return {name: (first, second) for name, (first, second) in sorted(counts.items())}


def _kept_limit(what: str, limit: float, counts: Mapping[str, tuple[float, float]]) -> Limit:
    if what not in counts:
        raise BadArgument(f"There is no type or status {what!r} to limit; the lists have: {', '.join(counts)}.")
    before, after = counts[what]
    return Limit(what, limit, before, after, after <= limit, max(0.0, after - limit))
