"""Whether one side's deeds follow the other's: what came next after a favourable and after a hostile deed, and by month."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.rows import Event
    from summitry.evidence.record import Month

WITHIN = 90
"""Days within which the next deed of the other side counts as its answer."""
ENOUGH, MONTHS = 5, 12
Z = 1.959964


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
    lead = {_number(m.month): m.deeds for m in first if m.deeds is not None}
    after = {_number(m.month) - 1: m.deeds for m in follower if m.deeds is not None}
    both = sorted(lead.keys() & after.keys())
    x, y = np.array([lead[k] for k in both]), np.array([after[k] for k in both])
    if len(both) < MONTHS or x.std() == 0.0 or y.std() == 0.0:
        return None
    r = float(np.corrcoef(x, y)[0, 1])
    shared = max(_memory(x), 0.0) * max(_memory(y), 0.0)
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
        why.append(reason("answers.months", needed=MONTHS))
    return Reciprocity(first, follower, good, bad, difference, low, high, correlation, least, most, tuple(why))


def _verdict(by_answer: tuple[float, float, float]) -> Reason:
    difference, low, high = by_answer
    code = "answers.follows" if low > 0.0 else "answers.opposite" if high < 0.0 else "answers.unclear"
    return reason(code, difference=difference, low=low, high=high)


def _memory(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    centred = values - values.mean()
    return float(centred[1:] @ centred[:-1] / (centred @ centred))


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
