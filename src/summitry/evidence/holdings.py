"""Holdings: declared, estimated and verified claims, side by side and never merged; estimates fused, their disagreement shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.case import claims as rows_of
from summitry.errors import LinkMissing
from summitry.evidence import fuse
from summitry.evidence.matching import matcher

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.case.claims import Read
    from summitry.case.rows import Claim
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
    at the probabilities `at`, from which `draw` reads. `disagreement` is the chi-square of the fused estimates; `method` says how
    many degrees of freedom it has, what was assumed, and what was not used. `without` leaves each fused claimant out in turn, the
    one that moves the middle most first; empty where fewer than two are fused. `declared_as_of` is what the claim behind
    `declared` says of when.
    """

    party: str
    category: str
    unit: str
    declared: float | None
    estimated: tuple[float, float, float] | None
    verified: float | None
    posterior: dict[str, float] | None
    method: str
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
        question = f"How much of {holding.category!r} {holding.party!r} has"
        raise LinkMissing(question, holding.method.rstrip("."), "Add an estimate with a central value or both bounds.")
    return fuse.read_curve(np.array(holding.at), np.array(holding.curve), uniforms)


def _holding(party: str, category: str, claims: Sequence[Claim], as_of: dt.date) -> Holding:
    unit = rows_of.main_unit(claims, as_of)
    rows = [rows_of.read(claim, category, unit, as_of) for claim in claims]
    usable = [r for r in rows if r.known and r.span is not None and r.thing != rows_of.UNACCOUNTED]
    amounts = [r for r in usable if r.claim.unit == unit]
    thing = rows_of.main_thing(amounts)
    same = [r for r in amounts if r.thing == thing]
    estimates = rows_of.independent(r for r in same if r.claim.kind == "estimated")
    rates = rows_of.latest(r for r in usable if rows_of.is_rate(r.claim.unit, unit) and r.claim.kind == "estimated")
    spans, assumed = _spans(estimates, rates, as_of)
    (at, curve), named, disagreement = _fused(spans) if estimates else (NOTHING, _nothing(rows, unit), None)
    told = np.interp(fuse.QUANTILES, at, curve).tolist() if estimates else []
    posterior = {f"p{100 * q:02.0f}": x for q, x in zip(fuse.QUANTILES, told, strict=True)} if estimates else None
    used = {r.claim for r in (*estimates, *rates)} if estimates else set()
    declared, verified = (_newest(same, kind) for kind in ("declared", "verified"))
    return Holding(
        party=party,
        category=category,
        unit=unit,
        declared=_middle(declared),
        estimated=None if posterior is None else (posterior["p05"], posterior["p50"], posterior["p95"]),
        verified=_middle(verified),
        posterior=posterior,
        method="; ".join([named, *assumed, *_left_out(rows, used, unit, thing)]) + ".",
        disagreement=disagreement,
        claims=tuple(_line(r.claim, used=r.claim in used) for r in _shown(rows, used, unit)),
        curve=tuple(curve.tolist()),
        at=tuple(at.tolist()),
        without=_without(estimates, spans, posterior),
        declared_as_of="" if declared is None else declared.claim.as_of,
    )


def _spans(estimates: Sequence[Read], rates: Sequence[Read], as_of: dt.date) -> tuple[NDArray[np.float64], list[str]]:
    """Low, mode and high (K, 3) of each estimate on the as-of date, and what was assumed for it, in words."""
    spans = np.array([r.span for r in estimates], dtype=np.float64).reshape(-1, 3).clip(min=0.0)
    if not estimates:
        return spans, []
    said = []
    width = spans[:, 2] - spans[:, 0]
    ranged, points = width > 0.0, (width == 0.0) & (spans[:, 1] > 0.0)
    if points.any():
        spread = float(np.median(width[ranged] / (spans[ranged, 0] + spans[ranged, 2]))) if ranged.any() else POINT_SPREAD
        spans[points, 0], spans[points, 2] = spans[points, 1] * (1.0 - spread), spans[points, 1] * (1.0 + spread)
        origin = "the median of the others" if ranged.any() else "an assumption"
        said.append(f"a single number was given {100 * spread:.0f} % either way ({origin})")
    if not rates:
        return spans, [*said, "not carried forward, because no claim states a rate"]
    rate = np.array([r.span for r in rates]).mean(axis=0)
    years = np.array([(as_of - r.middle(as_of)).days for r in estimates]) / DAYS_PER_YEAR
    said.append(f"carried forward to {as_of} at {_from_to(rate[0], rate[2])} {rates[0].claim.unit}")
    return np.maximum(spans + np.outer(years, rate), 0.0), said


def _without(estimates: Sequence[Read], spans: NDArray[np.float64], posterior: dict[str, float] | None) -> tuple[Without, ...]:
    """Each claimant left out in turn; what was assumed about the width of single numbers stays as it was."""
    if posterior is None or len(estimates) < 2:  # noqa: PLR2004 (of one estimate nothing is left without it)
        return ()
    found = []
    for k, r in enumerate(estimates):
        middle = float(np.interp(HALF, *_fused(np.delete(spans, k, axis=0))[0]))
        found.append(Without(r.claim.claimant, middle, middle - posterior["p50"]))
    return tuple(sorted(found, key=lambda w: (-abs(w.shift), w.claimant)))


def _from_to(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _fused(spans: NDArray[np.float64]) -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], str, float | None]:
    """K >= 1 spans (K, 3) together, as probabilities and amounts; the method in words; the chi-square of two or more."""
    count, scale = len(spans), float(spans.max()) or 1.0
    low, mode, high = (spans / scale).T
    mean, deviation = fuse.pert_moments(low, mode, high)

    def pooled() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        at, amounts = fuse.pool_table(low, mode, high)
        return at, scale * amounts

    pool = f"linear pool of {count} estimates as PERT distributions of equal weight"
    if count == 1:
        return pooled(), "one estimate, as a PERT distribution", None
    if not (deviation > 0.0).all():
        return pooled(), f"{pool}, because one of them allows no doubt, so that no chi-square exists", None
    fused, spread, statistic = fuse.inverse_variance(mean, deviation)
    chance = fuse.chi_square_tail(statistic, count - 1)
    degrees = "1 degree" if count == 2 else f"{count - 1} degrees"  # noqa: PLR2004 (two estimates leave one degree)
    shown = f"chi-square {statistic:.2f} with {degrees} of freedom, p = {chance:.2g}"
    if chance < AGREE_AT:
        return pooled(), f"{pool}, because they disagree ({shown})", statistic
    words = f"inverse-variance mean of {count} estimates, which agree ({shown})"
    return (fuse.AT, scale * fuse.normal_quantiles(fused, spread, fuse.AT)), words, statistic


def _left_out(rows: Sequence[Read], used: set[Claim], unit: str, thing: str) -> list[str]:
    """Which claims were not used, counted by reason, and how many of those used are marked as unverified."""
    found: Counter[str] = Counter()
    for r in rows:
        if r.claim not in used and r.claim.kind == "estimated":
            found[f"not used: {_reason(r, unit, thing)}"] += 1
        elif r.claim.kind != "estimated" and r.claim.unit != unit and not rows_of.is_rate(r.claim.unit, unit):
            found[f"{r.claim.kind}, but not used: in {r.claim.unit}, where others count {unit}"] += 1
        elif r.claim in used and "unverified" in r.claim.status.casefold():
            found["used, though marked unverified"] += 1
    return [f"{count} {words}" for words, count in sorted(found.items())]


def _reason(r: Read, unit: str, thing: str) -> str:
    if r.thing == rows_of.UNACCOUNTED:
        return "unaccounted for is not held"
    if not r.known:
        return "later than the case's date"
    if r.claim.unit != unit:
        return f"in {r.claim.unit}"
    if r.span is None:
        return "a bound alone, or no number"
    if r.thing != thing:
        return f"of {r.thing or 'the whole'}, another thing"
    return "the claimant has a later one, or the figure is repeated"


def _nothing(rows: Sequence[Read], unit: str) -> str:
    kinds = {r.claim.kind for r in rows}
    if "estimated" not in kinds:
        return f"nothing fused: the claims are {' and '.join(sorted(kinds))}, and there is no estimate"
    return f"nothing fused: no estimate in {unit} has a central value or both bounds by the case's date"


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
