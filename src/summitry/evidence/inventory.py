"""Holdings: declared, estimated and verified claims, side by side and never merged; estimates fused, their disagreement shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.case import rows as rows_of
from summitry.errors import LinkMissing
from summitry.evidence import fuse
from summitry.evidence.matching import matcher
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.case.rows import Claim, Read
    from summitry.case.types import Case

AGREE_AT = 0.05
"""Estimates whose chi-square is less probable than this disagree, and are pooled."""
POINT_SPREAD = 0.25
"""Assumption: half the relative width of an estimate given as one number, where no other estimate of the thing states a range."""
DAYS_PER_YEAR = 365.25
HALF = 0.5
NOTHING = (np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as it is drawn: who says it, as of when, the range, the kind, the source; `used`: whether the fusion used it."""

    claimant: str
    item: str
    as_of: str
    low: float | None
    central: float | None
    high: float | None
    kind: str
    source: str
    status: str
    used: bool
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Without:
    """The fused middle without one claimant, and by how much that moves it."""

    claimant: str
    middle: float
    shift: float


@dataclass(frozen=True, slots=True)
class Holding:
    """What a party has of a category on the as-of date; None where nobody claims.

    `estimated` is the fused 5 %, 50 % and 95 % quantile; `posterior` has p05, p20, p50, p80 and p95; `curve` has the quantiles
    at the probabilities `at`, from which `draw` reads. `disagreement` is the chi-square of the fused estimates; the reasons of
    `method` say how many degrees of freedom it has, what was assumed, and what was not used. `without` leaves each fused claimant
    out in turn, the one that moves the middle most first; empty where fewer than two are fused. `declared_as_of` is what the
    claim behind `declared` says of when.
    """

    party: str
    category: str
    unit: str
    declared: float | None
    estimated: tuple[float, float, float] | None
    verified: float | None
    posterior: dict[str, float] | None
    method: tuple[Reason, ...]
    disagreement: float | None
    claims: tuple[ClaimLine, ...]
    curve: tuple[float, ...] = ()
    at: tuple[float, ...] = ()
    without: tuple[Without, ...] = ()
    declared_as_of: str = ""


def holdings(case: Case) -> tuple[Holding, ...]:
    """What each holder has of each category of which there are claims, in the order of the parties, then by name.

    1. Same rows count once. The unit is the one in which most claimants give a usable figure; other units are shown, not used.
    2. Usable is a central value or both bounds, known and as of no later than the case's date; a bound alone, a projection,
       and what is called unaccounted for are shown, not used.
    3. The item is the whole category where its text is empty or names the category or the unit; any other item is a thing of its
       own. Fused is the whole, or, where nobody speaks of the whole, the item with most claimants.
    4. Of each claimant (years in its name aside) the latest counts; a figure that several repeat counts once.
    5. Where a claim in UNIT/year states a rate, each estimate is carried to the as-of date at that rate; otherwise none is.
    6. Estimates that agree (chi-square not significant at 5 %) give the inverse-variance mean, others the equally weighted linear
       pool of PERT distributions.
    """
    match = matcher(case)
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in dict.fromkeys(case.evidence.claims):
        groups.setdefault(("+".join(match(claim.holder)), claim.category), []).append(claim)
    order = {party: k for k, party in enumerate(case.file.parties)}
    keys = sorted(groups, key=lambda key: (order.get(key[0], len(order)), *key))
    return tuple(_holding(party, category, groups[party, category], case.file.as_of) for party, category in keys)


def draw(holding: Holding, uniforms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values (D,) of the holding at `uniforms` (D,), by its quantile function: monotone and never below zero.

    Raises LinkMissing where nothing could be fused.
    """
    if holding.posterior is None:
        raise LinkMissing(
            f"How much of {holding.category!r} {holding.party!r} has",
            "no estimate of it has a central value or both bounds by the case's date",
            "Add an estimate with a central value or both bounds.",
        )
    return fuse.read_curve(np.array(holding.at), np.array(holding.curve), uniforms)


@dataclass(frozen=True, slots=True)
class _Readings:
    """The claims of one category as they count: those of the main thing in the main unit, the estimates among them, the rates."""

    unit: str
    thing: str
    rows: Sequence[Read]
    same: Sequence[Read]
    estimates: Sequence[Read]
    rates: Sequence[Read]

    @property
    def used(self) -> set[Claim]:
        """The claims that the fusion uses."""
        return {r.claim for r in (*self.estimates, *self.rates)} if self.estimates else set()


def _read_claims(category: str, claims: Sequence[Claim], as_of: dt.date) -> _Readings:
    """The readings of a category, by rules 1 to 5 of `holdings`."""
    unit = rows_of.main_unit(claims, as_of)
    rows = [rows_of.read(claim, category, unit, as_of) for claim in claims]
    usable = [r for r in rows if r.in_time and r.span is not None and r.thing != rows_of.UNACCOUNTED]
    amounts = [r for r in usable if r.claim.unit == unit]
    thing = rows_of.main_thing(amounts)
    same = [r for r in amounts if r.thing == thing]
    estimates = rows_of.independent(r for r in same if r.claim.kind == "estimated")
    rates = rows_of.latest(r for r in usable if rows_of.is_rate(r.claim.unit, unit) and r.claim.kind == "estimated")
    return _Readings(unit, thing, rows, same, estimates, rates)


def _holding(party: str, category: str, claims: Sequence[Claim], as_of: dt.date) -> Holding:
    read = _read_claims(category, claims, as_of)
    spans, assumed = _spans(read.estimates, read.rates, as_of)
    (at, curve), fusion, disagreement = _fused(spans) if read.estimates else (NOTHING, _nothing(read.rows, read.unit), None)
    posterior = _posterior(at, curve) if read.estimates else None
    declared, verified = (_newest(read.same, kind) for kind in ("declared", "verified"))
    return Holding(
        party=party,
        category=category,
        unit=read.unit,
        declared=_middle(declared),
        estimated=None if posterior is None else (posterior["p05"], posterior["p50"], posterior["p95"]),
        verified=_middle(verified),
        posterior=posterior,
        method=(fusion, *assumed, *_left_out(read.rows, read.used, read.unit, read.thing)),
        disagreement=disagreement,
        claims=tuple(_line(r.claim, used=r.claim in read.used) for r in _shown(read.rows, read.used, read.unit)),
        curve=tuple(curve.tolist()),
        at=tuple(at.tolist()),
        without=_without(read.estimates, spans, posterior),
        declared_as_of="" if declared is None else declared.claim.as_of,
    )


def _posterior(at: NDArray[np.float64], curve: NDArray[np.float64]) -> dict[str, float]:
    quantiles = np.interp(fuse.QUANTILES, at, curve).tolist()
    return {f"p{100 * q:02.0f}": x for q, x in zip(fuse.QUANTILES, quantiles, strict=True)}


def _spans(estimates: Sequence[Read], rates: Sequence[Read], as_of: dt.date) -> tuple[NDArray[np.float64], list[Reason]]:
    """Low, mode and high (K, 3) of each estimate on the as-of date, and what was assumed for it."""
    spans = np.array([r.span for r in estimates], dtype=np.float64).reshape(-1, 3).clip(min=0.0)
    if not estimates:
        return spans, []
    assumed = []
    width = spans[:, 2] - spans[:, 0]
    ranged, points = width > 0.0, (width == 0.0) & (spans[:, 1] > 0.0)
    if points.any():
        spread = float(np.median(width[ranged] / (spans[ranged, 0] + spans[ranged, 2]))) if ranged.any() else POINT_SPREAD
        spans[points, 0], spans[points, 2] = spans[points, 1] * (1.0 - spread), spans[points, 1] * (1.0 + spread)
        assumed.append(reason("holdings.width.others" if ranged.any() else "holdings.width.assumed", spread=spread))
    if not rates:
        return spans, [*assumed, reason("holdings.not_carried")]
    rate = np.array([r.span for r in rates]).mean(axis=0)
    years = np.array([(as_of - r.middle(as_of)).days for r in estimates]) / DAYS_PER_YEAR
    steady = "holdings.carried" if rate[0] == rate[2] else "holdings.carried.range"
    span = {"low": float(rate[0]), "high": float(rate[2])}
    assumed.append(reason(steady, as_of=as_of.isoformat(), unit=rates[0].claim.unit, **span))
    return np.maximum(spans + np.outer(years, rate), 0.0), assumed


def _without(estimates: Sequence[Read], spans: NDArray[np.float64], posterior: dict[str, float] | None) -> tuple[Without, ...]:
    """Each claimant left out in turn; what was assumed about the width of single numbers stays as it was."""
    if posterior is None or len(estimates) < 2:  # noqa: PLR2004 (of one estimate nothing is left without it)
        return ()
    lines = []
    for k, r in enumerate(estimates):
        middle = float(np.interp(HALF, *_fused(np.delete(spans, k, axis=0))[0]))
        lines.append(Without(r.claim.claimant, middle, middle - posterior["p50"]))
    return tuple(sorted(lines, key=lambda w: (-abs(w.shift), w.claimant)))


def _fused(spans: NDArray[np.float64]) -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], Reason, float | None]:
    """K >= 1 spans (K, 3) together, as probabilities and amounts; the method; the chi-square of two or more."""
    count, scale = len(spans), float(spans.max()) or 1.0
    low, mode, high = (spans / scale).T
    mean, deviation = fuse.pert_moments(low, mode, high)

    def pooled() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        at, amounts = fuse.pool_table(low, mode, high)
        return at, scale * amounts

    if count == 1:
        return pooled(), reason("holdings.one"), None
    if not (deviation > 0.0).all():
        return pooled(), reason("holdings.pool.certain", estimates=count), None
    fused, spread, statistic = fuse.inverse_variance(mean, deviation)
    chance = fuse.chi_square_tail(statistic, count - 1)
    test = {"estimates": count, "chi_square": statistic, "degrees": count - 1, "chance": chance}
    if chance < AGREE_AT:
        return pooled(), reason("holdings.pool.disagree", **test), statistic
    normal = fuse.AT, scale * fuse.normal_quantiles(fused, spread, fuse.AT)
    return normal, reason("holdings.mean", **test), statistic


def _left_out(rows: Sequence[Read], used: set[Claim], unit: str, thing: str) -> list[Reason]:
    """Which claims were not used, counted by reason, and how many of those used are marked as unverified."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for r in rows:
        if r.claim not in used and r.claim.kind == "estimated":
            counts[_unused(r, unit, thing)] += 1
        elif r.claim.kind != "estimated" and r.claim.unit != unit and not rows_of.is_rate(r.claim.unit, unit):
            counts[f"{r.claim.kind}.unit", r.claim.unit, unit] += 1
        elif r.claim in used and "unverified" in r.claim.status.casefold():
            counts["unverified", "", ""] += 1
    return [
        reason(f"holdings.unused.{code}", claims=count, what=what, unit=main)
        for (code, what, main), count in sorted(counts.items())
    ]


def _unused(r: Read, unit: str, thing: str) -> tuple[str, str, str]:
    """Why an estimate was not used: the end of a code, what it speaks of, and the unit that counts."""
    if r.thing == rows_of.UNACCOUNTED:
        return "unaccounted", "", ""
    if not r.in_time:
        return "late", "", ""
    if r.claim.unit != unit:
        return "unit", r.claim.unit, unit
    if r.span is None:
        return "bound", "", ""
    if r.thing != thing:
        return ("thing" if r.thing else "whole"), r.thing, ""
    return "repeated", "", ""


def _nothing(rows: Sequence[Read], unit: str) -> Reason:
    kinds = {r.claim.kind for r in rows}
    if "estimated" not in kinds:
        return reason("holdings.nothing.kinds", kinds=sorted(kinds))
    return reason("holdings.nothing.unit", unit=unit)


def _shown(rows: Sequence[Read], used: set[Claim], unit: str) -> list[Read]:
    """The rows as they are read: what counts first, then what was left out, then other units; each newest first."""

    def place(r: Read) -> int:
        return 2 if r.claim.unit != unit else int(r.claim.kind == "estimated" and r.claim not in used)

    return sorted(sorted(rows, key=lambda r: r.age_order, reverse=True), key=place)


def _newest(rows: Sequence[Read], kind: str) -> Read | None:
    """The latest claim of a kind."""
    return max((r for r in rows if r.claim.kind == kind), key=lambda r: r.age_order, default=None)


def _middle(r: Read | None) -> float | None:
    """A claim as one figure: its central value, or the middle of its bounds."""
    return None if r is None or r.span is None else r.span[1]


def _line(claim: Claim, *, used: bool) -> ClaimLine:
    return ClaimLine(
        claimant=claim.claimant,
        item=claim.item,
        as_of=claim.as_of,
        low=claim.low,
        central=claim.central,
        high=claim.high,
        kind=claim.kind,
        source=claim.source,
        status=claim.status,
        used=used,
        unit=claim.unit,
    )
