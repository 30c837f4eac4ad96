"""A back-test on the record of 2017-2019: what the belief and the drift said each month, and how well a due promise is forecast.

`python benchmarks/bench_backtest.py [CASE]`. Every line uses the record up to its month only; a promise's outcome counts
from the day on which it is settled. The second part leaves one agreement out at a time. The case has a few dozen promises, coded
by hand, made in a handful of agreements: that proves little, and the interval says how little.
"""

from __future__ import annotations

import datetime as dt
import sys
from calendar import monthrange
from collections import defaultdict
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from summitry import load
from summitry.case.dates import periods as named
from summitry.evidence import contributions
from summitry.evidence.credibility import belief_on, monthly_of
from summitry.evidence.matching import matcher, promised_once
from summitry.evidence.months import REACH, compare_months
from summitry.evidence.seriousness import performs, updated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.rows import Commitment
    from summitry.case.types import Case

FIRST, LAST = 2017, 2019
DELIVERED = 0.7
AHEAD = 3
STUDENT = {1: 12.71, 2: 4.30, 3: 3.18, 4: 2.78, 5: 2.57, 6: 2.45, 7: 2.36, 8: 2.31, 9: 2.26, 10: 2.23, 11: 2.20, 12: 2.18}
"""97.5 % quantiles of Student's t by degrees of freedom; 2 beyond."""


def months(case: Case) -> list[dt.date]:
    """The ends of the months of the years in question up to the case's date."""
    ends = [dt.date(y, m, monthrange(y, m)[1]) for y in range(FIRST, LAST + 1) for m in range(1, 13)]
    return [day for day in ends if day <= case.file.as_of]


def by_month(case: Case, party: str, other: str) -> None:
    """The belief and the drift of each month beside the other's deeds of the three months after it."""
    match = matcher(case)
    believed = case.believed(party)
    if believed is None or other not in believed.trust:
        sys.exit(f"{party} has no prior about {other}")
    prior = believed.trust[other].prior
    events = [e for e in case.evidence.events if other in match(e.actor)]
    print(f"\n{other} as {party} sees it, prior {prior[1]:.2f}; words minus deeds; what it did in the {AHEAD} months after")
    print("month     low  mode  high   words-deeds  next: favourable, hostile deeds")
    for day in months(case):
        low, mode, high = belief_on(case, party, other, prior, day, match)
        past = [e for e in events if e.date <= day]
        change = compare_months(
            other, other, monthly_of(e for e in past if e.kind == "word"), monthly_of(e for e in past if e.kind == "deed")
        )
        now = next((m.difference for m in change.months if m.month == day.isoformat()[:7]), None) if change else None
        until = day + dt.timedelta(days=91)
        after = [e.sign for e in events if e.kind == "deed" and day < e.date <= until]
        whole = "" if until <= case.file.as_of else "  (the record ends before)"
        figure = "    silent" if now is None else f"{now:+10.2f}"
        print(
            f"{day.isoformat()[:7]}  {low:.2f}  {mode:.2f}  {high:.2f}  {figure}   "
            f"{sum(s > 0 for s in after):2d}, {sum(s < 0 for s in after):2d}{whole}"
        )


def forecasts(case: Case, party: str, other: str) -> list[tuple[str, float, float, float]]:
    """For each settled promise of `other`: its agreement, the forecast, the base rate of other agreements, whether it was kept.

    The agreement is left out of the record, with the deeds of the days on which it was delivered, and of the base rate.
    The forecast is the probability of performing that follows from the belief; the rest of the record is whole, later rows too.
    """
    match, as_of = matcher(case), case.file.as_of
    believed = case.believed(party)
    prior = believed.trust[other].prior[1] if believed else 0.5
    rows = [r for r in promised_once(case.evidence.commitments) if r.outcome is not None and other in match(r.party)]
    outcomes = []
    for agreement in dict.fromkeys(r.agreement for r in rows):
        rest = [r for r in rows if r.agreement != agreement]
        days = {first for r in rows if r.agreement == agreement for first, last in named(r.delivered) if first == last}
        events = [e for e in case.evidence.events if e.kind == "word" or e.date not in days]
        parts = contributions.of(party, other, events, rest, match, as_of)
        chance = performs(updated(prior, sum(p.log_ratio for p in parts)))
        base = fmean(was_kept(r) for r in rest) if rest else 0.5
        outcomes += [(agreement, chance, base, was_kept(r)) for r in rows if r.agreement == agreement]
    return outcomes


def was_kept(row: Commitment) -> float:
    """One where the outcome counts as delivered."""
    return float((row.outcome or 0.0) >= DELIVERED)


def interval(scores: Sequence[tuple[str, float]]) -> tuple[float, float, float]:
    """Mean with a 95 % interval: provisions of one agreement stand and fall together, so an agreement is one observation."""
    by: dict[str, list[float]] = defaultdict(list)
    for agreement, score in scores:
        by[agreement].append(score)
    mean, n, whole = fmean(s for _, s in scores), len(by), len(scores)
    if n <= 1:
        return mean, float("nan"), float("nan")
    shifts = [sum(s - mean for s in group) / whole * n for group in by.values()]
    half = STUDENT.get(n - 1, 2.0) * stdev(shifts) / n**0.5
    return mean, mean - half, mean + half


def brier(case: Case) -> None:
    """Brier scores of the forecast and of the base rate, and of their difference, over all pairs of sides with a prior."""
    sides = {k: p.coalition or k for k, p in case.file.parties.items()}
    for party in case.file.parties:
        believed = case.believed(party)
        for other in believed.trust if believed else ():
            if sides[other] == sides[party] or case.file.settings.principal not in {party, other}:
                continue
            rows = forecasts(case, party, other)
            if not rows:
                continue
            share, agreements = 100 * fmean(r[3] for r in rows), len({r[0] for r in rows})
            print(f"\na due promise of {other} is kept (outcome >= {DELIVERED}), forecast by {party}:")
            print(f"  {len(rows)} promises, {agreements} agreements, {share:.0f} % kept")
            for name, scores in (
                ("forecast", [(a, (f - k) ** 2) for a, f, _, k in rows]),
                ("base rate", [(a, (b - k) ** 2) for a, _, b, k in rows]),
                ("difference", [(a, (f - k) ** 2 - (b - k) ** 2) for a, f, b, k in rows]),
            ):
                mean, low, high = interval(scores)
                print(f"  Brier, {name:10s} {mean:+.3f}  (95 %: {low:+.3f} to {high:+.3f})")
    print("\nLower is better; a forecast of one half scores .25. A few dozen promises coded by one person prove little:")
    print("an interval of the difference that holds zero means that the record does not show whether the belief forecasts")
    print("better than the base rate.")


def main() -> None:
    """Both parts."""
    case = load(sys.argv[1] if len(sys.argv) > 1 else "korea-2019")
    by_month(case, "us", "dprk")
    print(f"\n(deeds of {REACH} months up to the words count where months with both are few)")
    brier(case)


if __name__ == "__main__":
    main()
