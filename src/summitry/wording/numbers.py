"""How numbers are written: without false precision, with a true minus, percent signs tied to their numbers.

What is rounded comes as a `Rough`, whose word, such as "about", the catalogue holds.
"""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

PERCENT = 100
GRAINS = (5, 1, 0.1)
NBSP = "\N{NO-BREAK SPACE}"
NOTHING = "–"
TENTH = 0.0005
HUNDREDTH = 0.01
DUST = 1e-12


class Rough(NamedTuple):
    """A number and how the true one lies to it: the message `number.RELATION` says it."""

    relation: str
    number: str


Written: TypeAlias = str | Rough


def number(value: float | None, digits: int = 3) -> str:
    """A number at `digits` significant digits with a true minus and thousands apart; a dash where there is none."""
    if value is None:
        return NOTHING
    if not math.isfinite(value):
        return NOTHING if math.isnan(value) else ("∞" if value > 0 else "−∞")
    whole = 0.0 if value == 0 else round(value, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{whole:,.0f}" if abs(whole) >= 10 ** (digits - 1) or whole == int(whole) else f"{whole:.{digits}g}"
    return (text if "e" not in text else f"{whole:.{digits}e}").replace("-", "−")


def probability(value: float) -> Written:
    """A probability with two decimals; what they would hide is said as under and over."""
    if 0.0 < value < HUNDREDTH / 2.0:
        return Rough("under", f"{HUNDREDTH:g}")
    if 1.0 - HUNDREDTH / 2.0 < value < 1.0:
        return Rough("over", f"{1.0 - HUNDREDTH:g}")
    return f"{value:.2f}" if 0.0 < value < 1.0 else f"{value:g}"


def signed(value: float, digits: int = 3) -> str:
    """The same with its sign, also where it is above zero; what sums of decimals leave of nothing is zero."""
    if abs(value) < DUST:
        return "0"
    text = number(value, digits)
    return text if text.startswith("−") else f"+{text}"


def exact_percent(share: float) -> str:
    """A probability that somebody set, exact to a tenth of a percent."""
    return f"{number(round(share * PERCENT, 1))}{NBSP}%"


def points(share: float, *, sign: bool = False) -> str:
    """A difference of probabilities in percentage points, to a tenth; what is nothing has no sign and no tenths."""
    if abs(share) < DUST:
        return "0"
    return f"{share * PERCENT:{'+' if sign else ''}.1f}".replace("-", "−")


def about_percent(share: float, step: float = 5) -> Rough:
    """A probability as an about-percent at a grain of `step`; the ends are said as under and over."""
    whole = round(share * PERCENT / step) * step
    if whole <= 0:
        return Rough("under", f"{step:g}{NBSP}%")
    if whole > PERCENT - step / 2:
        return Rough("over", f"{PERCENT - step:g}{NBSP}%")
    return Rough("about", f"{round(whole, 1):g}{NBSP}%")


def whole_percent(share: float) -> Written:
    """A probability to a whole percent; the ends are said as under and over."""
    rough = about_percent(share, 1)
    return rough.number if rough.relation == "about" else rough


def fine_percent(share: float) -> Written:
    """A probability with the digits that keep it apart from 0 and from 100."""
    text = number(share * PERCENT)
    if share and share < 2 * TENTH:
        return Rough("under", f"0.1{NBSP}%")
    return Rough("over", f"99.9{NBSP}%") if text == "100" and share < 1 else f"{text}{NBSP}%"


def tenth_percent(share: float) -> Written:
    """A probability to a tenth of a percent; what that would hide is said as under."""
    return exact_percent(share) if share == 0 or share >= TENTH else Rough("under", exact_percent(2 * TENTH))


def telling_grain(*shares: float | None) -> float:
    """The coarsest of `GRAINS` at which probabilities that differ are also shown as different; the finest where none does."""
    real = [s for s in shares if s is not None]
    return next((g for g in GRAINS if len({about_percent(s, g) for s in real}) == len(set(real))), GRAINS[-1])


def percent_beside(share: float, limit: float) -> Written:
    """A probability as coarsely as still tells on which side of `limit` it lies; where a tenth hides it, in words."""
    for step in GRAINS if share != limit else ():
        nearest = round(share * PERCENT / step) * step
        low = 0.0 if nearest <= 0 else nearest - step / 2
        high = float(PERCENT) if nearest > PERCENT - step / 2 else nearest + step / 2
        low = min(low, PERCENT - step) if high == PERCENT else low
        high = max(high, step) if low == 0 else high
        if not low <= limit * PERCENT <= high:
            return about_percent(share, step)
    if share == limit:
        return exact_percent(limit)
    return Rough("just over" if share > limit else "just under", exact_percent(limit))


def percent_apart(share: float, other: float) -> Written:
    """A probability as coarsely as still tells it from another one; where a tenth hides the difference, in words."""
    rough = about_percent(share, telling_grain(share, other))
    if share == other or rough != about_percent(other, telling_grain(share, other)):
        return rough
    return Rough("just over" if share > other else "just under", exact_percent(other))


def number_beside(score: float, limit: float) -> Written:
    """A number at two digits, or as few more as tell on which side of `limit` it lies."""
    for digits in (2, 3, 4):
        if (text := number(score, digits)) != number(limit, digits):
            return text
    return number(limit, 2) if score == limit else Rough("just over" if score > limit else "just under", number(limit, 2))


def apart(value: float, other: float) -> str:
    """A number with as many digits, from three on, as tell it from another."""
    digits = next((d for d in range(3, 16) if number(value, d) != number(other, d)), 3)
    return number(value, digits)


def count(number_of: int) -> str:
    """A count in full, thousands apart."""
    return f"{number_of:,}"
