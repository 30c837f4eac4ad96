"""Words and deeds by month: whether words drift from deeds, where their difference jumps, and whether one side answers the other.

One scale for words and deeds: -2 hostile to 2 cooperative, anchored by the coder's rules and by no other data, so that a month
never depends on a later one. The sum over months is drawn but never tested: on pure noise a trend test of sums alarms half the
time.

The trend's statistic is Mann-Kendall's with the variance of Hamed & Rao (1998), J. Hydrology 204, 182-196. Their sample
autocorrelations are replaced by those of a first-order process, because they alarm far too often on short series. False alarms
at 5 % on noise of n = 12 to 96 values: 2 to 7 % for memory of 0 to .7, up to 10 % for .85 (tests/evidence/test_months.py measures
the first).

Breaks are the best cuts for K breaks (`kernels.segments`). K breaks count only if they lower n log(sum of squares) by more than K
times a penalty. The gain is first divided by (1 + r) / (1 - r), by which a first-order memory r increases the variance of a mean.
The penalty was set by simulation, so that noise of 10 to 150 values and memory 0 to .7 alarms in at most 7 %
(tests/evidence/test_months.py measures it); a normal approximation does not hold for the best of many cuts.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.segments import best_cuts, squares
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.rows import Event


FEWEST = 10
"""Fewer values than this make no test: the normal approximation of Kendall's statistic needs ten (Kendall 1975)."""
REACH = 3
"""Where too few months have both, a month's words are held against the deeds of this many months up to it."""
ALARM = 0.05
MOST_BREAKS = 5
CERTAIN = 3.841
"""95 % of chi-square with one degree of freedom: places of a break that lose no more than this are as good."""
Tally = tuple[float, int]
WITHIN = 90
"""Days within which the next deed of the other side counts as its answer."""
ENOUGH, ENOUGH_MONTHS = 5, 12
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one actor: mean sign of words and of deeds on -2..2 (None where there were none), and how many of each."""

    month: str
    words: float | None
    deeds: float | None
    word_count: int
    deed_count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """One month: mean sign of words and of deeds (null where none), and words minus the deeds they are held against.

    `against` is the mean sign of these deeds: those of the month, or of the months up to it that the series reaches back.
    """

    month: str
    words: float | None
    deeds: float | None
    against: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class Drift:
    """The words of `speaker` against the deeds of `doer`, by month; the deeds of `reach` months up to the words count."""

    speaker: str
    doer: str
    reach: int
    months: tuple[Gap, ...]

    @property
    def compared(self) -> int:
        """How many months have words and deeds to compare."""
        return sum(month.difference is not None for month in self.months)


@dataclass(frozen=True, slots=True)
class DriftTrend:
    """Whether the differences rise or fall; all numbers null where there are too few, and `why` says what was found."""

    speaker: str
    doer: str
    n: int
    tau: float | None
    p: float | None
    slope: float | None
    why: Reason


@dataclass(frozen=True, slots=True)
class DriftBreak:
    """A jump of the differences: the first month after it, the first and last it may as well be, the means around it."""

    speaker: str
    doer: str
    month: str
    earliest: str
    latest: str
    before: float
    after: float
    why: Reason


@dataclass(frozen=True, slots=True)
class Trend:
    """Monotone trend of a series: how many values, Kendall's tau, two-sided p, and Sen's slope per month."""

    n: int
    tau: float
    p: float
    slope: float


@dataclass(frozen=True, slots=True)
class Break:
    """A jump: the index of the first value after it, the first and last index it may as well have, and the means around it."""

    at: int
    earliest: int
    latest: int
    before: float
    after: float


def monthly(events: Sequence[Event]) -> tuple[Month, ...]:
    """Mean sign of words and of deeds by month, from the first month to the last; every story is told once."""
    signs: dict[tuple[int, str], list[float]] = {}
    for event in events:
        signs.setdefault((_ordinal(event.date.isoformat()), event.kind), []).append(event.sign)
    numbers = [_ordinal(event.date.isoformat()) for event in events]
    months = []
    for number in range(min(numbers), max(numbers) + 1):
        words, deeds = signs.get((number, "word"), []), signs.get((number, "deed"), [])
        months.append(Month(_month_name(number), _mean(words), _mean(deeds), len(words), len(deeds)))
    return tuple(months)


def _ordinal(day: str) -> int:
    """The number of the month of a day or a month."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _month_name(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def compare_months(speaker: str, doer: str, words: Sequence[Month], deeds: Sequence[Month]) -> Drift | None:
    """The series over the months in which either spoke or did something; None where one of the two is silent throughout."""
    levels = {_ordinal(m.month): m.words for m in words if m.words is not None}
    acts = {_ordinal(m.month): (m.deeds * m.deed_count, m.deed_count) for m in deeds if m.deeds is not None}
    if not levels or not acts:
        return None
    reach = 1 if len(levels.keys() & acts.keys()) >= FEWEST else REACH
    months = []
    for k in range(min(*levels, *acts), max(*levels, *acts) + 1):
        level, against = levels.get(k), _mean_of_acts(acts, k, reach)
        difference = None if level is None or against is None else level - against
        months.append(Gap(_month_name(k), level, _mean_of_acts(acts, k, 1), against, difference))
    return Drift(speaker, doer, reach, tuple(months))


def judge_drift(series: Drift) -> tuple[DriftTrend, tuple[DriftBreak, ...]]:
    """Mann-Kendall's test of the differences, corrected for memory, and their breaks."""
    values = differences(series)
    trend, jumps = find_trend(values), find_breaks(values)
    n = series.compared
    if trend is None:
        why = reason("drift.few", months=n, needed=FEWEST)
        return DriftTrend(series.speaker, series.doer, n, None, None, None, why), ()
    code = "drift.none" if trend.p >= ALARM else "drift.rises" if trend.tau > 0.0 else "drift.falls"
    why = reason(code, slope=abs(trend.slope), p=trend.p, months=n)
    breaks = tuple(_as_break(series, jump) for jump in jumps or ())
    return DriftTrend(series.speaker, series.doer, n, trend.tau, trend.p, trend.slope, why), breaks


def differences(series: Drift) -> NDArray[np.float64]:
    """The tested series, shape (T,); NaN where there is nothing to compare, because silence is not zero."""
    return np.array([np.nan if m.difference is None else m.difference for m in series.months], dtype=np.float64)


def _as_break(series: Drift, jump: Break) -> DriftBreak:
    month, earliest, latest = (series.months[k].month for k in (jump.at, jump.earliest, jump.latest))
    why = reason(
        "drift.break",
        before=_level(jump.before),
        after=_level(jump.after),
        month=month,
        earliest=earliest if earliest != latest else None,
        latest=latest,
    )
    return DriftBreak(series.speaker, series.doer, month, earliest, latest, jump.before, jump.after, why)


def _level(mean: float) -> Reason:
    return reason("drift.above" if mean >= 0.0 else "drift.below", distance=abs(mean))


def _mean_of_acts(acts: Mapping[int, Tally], month: int, reach: int) -> float | None:
    near = [acts[k] for k in range(month - reach + 1, month + 1) if k in acts]
    return math.fsum(total for total, _ in near) / sum(count for _, count in near) if near else None


def mann_kendall(values: NDArray[np.float64]) -> tuple[float, float]:
    """Kendall's S and its variance without memory, corrected for ties: (n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18."""
    n = values.size
    score = float(sum(np.sign(values[k + 1 :] - values[k]).sum() for k in range(n - 1)))
    ties = np.unique(values, return_counts=True)[1].astype(np.float64)
    return score, float(n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18.0


def memory(values: NDArray[np.float64], fitted: float) -> float:
    """First autocorrelation of n values, within [0, .97].

    A series from which `fitted` coefficients were taken shows less of it than there is, by about (1 + 4 r) / n where a mean was
    taken (Marriott & Pope 1954), and more where a slope was, too; (n r + fitted) / (n - 4) undoes that.
    """
    n = values.size
    centred = values - values.mean()
    power = float(centred @ centred)
    raw = float(centred[1:] @ centred[:-1]) / power if power > 0.0 else 0.0
    return min(max((n * raw + fitted) / (n - 4.0), 0.0), 0.97)


def inflation(n: int, first: float) -> float:
    """How many times a first-order process of memory `first` increases the variance of S (Hamed & Rao 1998).

    The ranks of a normal process of autocorrelation r have the autocorrelation 6/pi arcsin(r / 2).
    """
    lag = np.arange(1, n, dtype=np.float64)
    ranks = 6.0 / math.pi * np.arcsin(first**lag / 2.0)
    return 1.0 + 2.0 * float(((n - lag) * (n - lag - 1) * (n - lag - 2) * ranks).sum()) / (n * (n - 1.0) * (n - 2.0))


def find_trend(series: NDArray[np.float64]) -> Trend | None:
    """Whether a monthly series (T,), NaN where there is no value, rises or falls; None with fewer than `FEWEST` values.

    1. Kendall's S and tau of the values that there are, and Sen's slope per month.
    2. Memory: halfway between that of the series, which takes a trend for memory, and that of what is left without its slope,
       which takes memory for a trend.
    3. Two-sided p of S, normal with continuity correction, its variance increased for the memory.

    Values are taken as evenly spaced where months are missing between them.
    """
    month = np.flatnonzero(np.isfinite(series))
    values = series[month]
    n = values.size
    if n < FEWEST:
        return None
    score, variance = mann_kendall(values)
    if variance <= 0.0:
        return Trend(n, 0.0, 1.0, 0.0)
    early, late = np.triu_indices(n, 1)
    slope = float(np.median((values[late] - values[early]) / (month[late] - month[early])))
    first = (memory(values, 1.0) + memory(values - slope * month, 2.0)) / 2.0
    deviation = math.sqrt(variance * inflation(n, first))
    chance = math.erfc(max(abs(score) - 1.0, 0.0) / deviation / math.sqrt(2.0))
    return Trend(n, score / (n * (n - 1) / 2.0), chance, slope)


def penalty(n: int) -> float:
    """What a break must gain on n values."""
    return 9.4 - 38.0 / n


def find_breaks(series: NDArray[np.float64]) -> tuple[Break, ...] | None:
    """The breaks of a series (T,), NaN where there is no value, as indices into it; None with fewer than `FEWEST` values.

    1. The best cuts for every K up to five, no piece shorter than three values or a tenth of them.
    2. The K whose gain, reduced for memory, exceeds K penalties by most. Memory is halfway between that of the series, which
       takes breaks for memory, and that of what is left without the breaks, which takes memory for breaks.
    3. Around each break, the places that fit as well with the other breaks as they are.
    """
    index = np.flatnonzero(np.isfinite(series))
    values = series[index]
    n = values.size
    if n < FEWEST:
        return None
    cost = squares(values)
    least = max(3, n // 10)
    if cost[0, n] <= 1e-12 * float(np.abs(values).max(initial=1.0)) ** 2:
        return ()
    fits = best_cuts(cost, least, min(MOST_BREAKS, n // least - 1))
    scored = [(_gain(values, cost[0, n], rest, cuts) - penalty(n) * len(cuts), cuts) for rest, cuts in fits]
    cuts = max(scored, key=lambda pair: (pair[0], -len(pair[1])))[1]
    return tuple(_break(values, cost, index, cuts, k, least) for k in range(len(cuts)))


def residuals(values: NDArray[np.float64], cuts: tuple[int, ...]) -> NDArray[np.float64]:
    """What is left of the values without the means of their pieces."""
    return np.concatenate([piece - piece.mean() for piece in np.split(values, cuts)])


def _gain(values: NDArray[np.float64], whole: float, rest: float, cuts: tuple[int, ...]) -> float:
    if not cuts:
        return 0.0
    n = values.size
    left = memory(residuals(values, cuts), 2.0 * len(cuts) + 1.0) if rest > 1e-9 * whole else 0.0
    r = (memory(values, 1.0) + left) / 2.0
    return n * math.log(whole / max(rest, 1e-9 * whole)) * (1.0 - r) / (1.0 + r)


def _break(
    values: NDArray[np.float64], cost: NDArray[np.float64], index: NDArray[np.int64], cuts: tuple[int, ...], k: int, least: int
) -> Break:
    n, ends = values.size, (0, *cuts, values.size)
    low, at, high = ends[k : k + 3]
    elsewhere = sum(float(cost[a, b]) for a, b in pairwise(ends)) - float(cost[low, at] + cost[at, high])
    cut = np.arange(low + least, high - least + 1)
    total = np.maximum(elsewhere + cost[low, cut] + cost[cut, high], 1e-9 * float(cost[0, n]))
    good = cut[n * np.log(total / total.min()) <= CERTAIN]
    before, after = float(values[low:at].mean()), float(values[at:high].mean())
    return Break(int(index[at]), int(index[good[0]]), int(index[good[-1]]), before, after)


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """How `follower` answered the deeds of `first`.

    `after_good` and `after_bad` hold how many of `first`'s deeds were answered within `WITHIN` days, and how many of the answers
    were favourable. `difference` is the difference of the two shares with its 95 % interval `low`, `high`; `correlation` that of
    `first`'s deeds in one month with `follower`'s in the next, with `least`, `most`. Null where there are too few; `why` says it.
    """

    first: str
    follower: str
    after_good: tuple[int, int] | None
    after_bad: tuple[int, int] | None
    difference: float | None
    low: float | None
    high: float | None
    correlation: float | None
    least: float | None
    most: float | None
    why: tuple[Reason, ...]


def answered(first: Sequence[Event], follower: Sequence[Event]) -> tuple[tuple[int, int], tuple[int, int]]:
    """(answered, favourably answered) after the favourable and after the hostile deeds of `first`.

    The answer is the next deed with a sign that comes later than the day itself and within `WITHIN` days.
    """
    counts = {True: [0, 0], False: [0, 0]}
    replies = sorted((e for e in follower if e.sign), key=lambda e: (e.date, e.sign))
    for deed in first:
        until = deed.date + dt.timedelta(days=WITHIN)
        reply = next((e for e in replies if deed.date < e.date <= until), None)
        if deed.sign and reply is not None:
            counts[deed.sign > 0.0][0] += 1
            counts[deed.sign > 0.0][1] += reply.sign > 0.0
    return (counts[True][0], counts[True][1]), (counts[False][0], counts[False][1])


def wilson(good: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    share, spread = good / n, Z * Z / n
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = Z / (1.0 + spread) * math.sqrt(share * (1.0 - share) / n + spread / (4.0 * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def newcombe(a: tuple[int, int], b: tuple[int, int]) -> tuple[float, float, float]:
    """The difference of two shares (n, good) with its 95 % interval (Newcombe 1998, method 10)."""
    p, q = a[1] / a[0], b[1] / b[0]
    (p_low, p_high), (q_low, q_high) = wilson(a[1], a[0]), wilson(b[1], b[0])
    low, high = math.hypot(p - p_low, q_high - q), math.hypot(p_high - p, q - q_low)
    return p - q, p - q - low, p - q + high


def lagged(first: Sequence[Month], follower: Sequence[Month]) -> tuple[float, float, float] | None:
    """Correlation of `first`'s deeds with those of `follower` a month later, and its 95 % interval (Fisher); None with too few.

    The number of months is reduced by (1 - r s) / (1 + r s) for the memories r and s of the two series (Bartlett 1935).
    """
    lead = {_ordinal(m.month): m.deeds for m in first if m.deeds is not None}
    after = {_ordinal(m.month) - 1: m.deeds for m in follower if m.deeds is not None}
    both = sorted(lead.keys() & after.keys())
    x, y = np.array([lead[k] for k in both]), np.array([after[k] for k in both])
    if len(both) < ENOUGH_MONTHS or x.std() == 0.0 or y.std() == 0.0:
        return None
    r = float(np.corrcoef(x, y)[0, 1])
    shared = max(_autocorrelation(x), 0.0) * max(_autocorrelation(y), 0.0)
    count = max(len(both) * (1.0 - shared) / (1.0 + shared), 4.0)
    z, half = math.atanh(min(max(r, -0.999999), 0.999999)), Z / math.sqrt(count - 3.0)
    return r, math.tanh(z - half), math.tanh(z + half)


def compare_answers(
    first: str,
    follower: str,
    months: tuple[Sequence[Month], Sequence[Month]],
    deeds: tuple[Sequence[Event], Sequence[Event]] | None = None,
) -> Reciprocity:
    """Both views of one dyad; without single `deeds` (counts of a large source) the one by month alone."""
    good, bad = answered(*deeds) if deeds is not None else (None, None)
    by_answer = newcombe(good, bad) if good and bad and min(good[0], bad[0]) >= ENOUGH else None
    by_month = lagged(*months)
    why = []
    if good is not None and bad is not None:
        after = (("answers.good", good), ("answers.bad", bad))
        why += [reason(code, answers=n, favourable=favourable) for code, (n, favourable) in after if n]
        why.append(_verdict(by_answer) if by_answer else reason("answers.few", days=WITHIN, needed=ENOUGH))
    difference, low, high = by_answer or (None, None, None)
    correlation, least, most = by_month or (None, None, None)
    if by_month:
        why.append(reason("answers.lagged", correlation=correlation, least=least, most=most))
    else:
        why.append(reason("answers.months", needed=ENOUGH_MONTHS))
    return Reciprocity(first, follower, good, bad, difference, low, high, correlation, least, most, tuple(why))


def _verdict(by_answer: tuple[float, float, float]) -> Reason:
    difference, low, high = by_answer
    code = "answers.follows" if low > 0.0 else "answers.opposite" if high < 0.0 else "answers.unclear"
    return reason(code, difference=difference, low=low, high=high)


def _autocorrelation(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    centred = values - values.mean()
    return float(centred[1:] @ centred[:-1] / (centred @ centred))
