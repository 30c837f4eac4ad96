"""How numbers are written: without false precision, with a true minus, percent signs tied to their numbers."""

from __future__ import annotations

import math

PERCENT = 100
GRAINS = (5, 1, 0.1)
NBSP = "\N{NO-BREAK SPACE}"
NOTHING = "–"
TENTH = 0.0005
HUNDREDTH = 0.01
DUST = 1e-12


def number(value: float | None, digits: int = 3) -> str:
    """A number at `digits` significant digits with a true minus and thousands apart; a dash where there is none."""
    if value is None:
        return NOTHING
    if not math.isfinite(value):
        return "undefined" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    whole = 0.0 if value == 0 else round(value, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{whole:,.0f}" if abs(whole) >= 10 ** (digits - 1) or whole == int(whole) else f"{whole:.{digits}g}"
    return (text if "e" not in text else f"{whole:.{digits}e}").replace("-", "−")


def probability(value: float) -> str:
    """A probability with two decimals; what they would hide is said as under and over."""
    if 0.0 < value < HUNDREDTH / 2.0:
        return f"under {HUNDREDTH:g}"
    if 1.0 - HUNDREDTH / 2.0 < value < 1.0:
        return f"over {1.0 - HUNDREDTH:g}"
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
    """A difference of probabilities in percentage points, to a tenth."""
    return f"{share * PERCENT:{'+' if sign else ''}.1f}".replace("-", "−")


def about_percent(share: float, step: float = 5) -> str:
    """A probability as an about-percent at a grain of `step`; the ends are said as under and over."""
    whole = round(share * PERCENT / step) * step
    if whole <= 0:
        return f"under{NBSP}{step:g}{NBSP}%"
    if whole > PERCENT - step / 2:
        return f"over{NBSP}{PERCENT - step:g}{NBSP}%"
    return f"about{NBSP}{round(whole, 1):g}{NBSP}%"


def whole_percent(share: float) -> str:
    """A probability to a whole percent; the ends are said as under and over."""
    return about_percent(share, 1).replace(f"about{NBSP}", "")


def fine_percent(share: float) -> str:
    """A probability with the digits that keep it apart from 0 and from 100."""
    text = number(share * PERCENT)
    if share and share < 2 * TENTH:
        return f"under 0.1{NBSP}%"
    return f"over 99.9{NBSP}%" if text == "100" and share < 1 else f"{text}{NBSP}%"


def percent_with_error(share: float, error: float) -> str:
    """A probability with its sampling error, both to a tenth of a percent."""
    return " ± ".join(exact_percent(p) if p == 0 or p >= TENTH else f"under {exact_percent(2 * TENTH)}" for p in (share, error))


def telling_grain(*shares: float | None) -> float:
    """The coarsest of `GRAINS` at which probabilities that differ are also shown as different; the finest where none does."""
    real = [s for s in shares if s is not None]
    return next((g for g in GRAINS if len({about_percent(s, g) for s in real}) == len(set(real))), GRAINS[-1])


def percent_beside(share: float, limit: float) -> str:
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
    return f"just {'over' if share > limit else 'under'} {exact_percent(limit)}"


def percent_apart(share: float, other: float) -> str:
    """A probability as coarsely as still tells it from another one; where a tenth hides the difference, in words."""
    text = about_percent(share, telling_grain(share, other))
    if share == other or text != about_percent(other, telling_grain(share, other)):
        return text
    return f"just {'over' if share > other else 'under'} {exact_percent(other)}"


def tight(text: str) -> str:
    """A text with a sign for "about", where there is little room."""
    return text.replace(f"about{NBSP}", f"≈{NBSP}")


def number_beside(score: float, limit: float) -> str:
    """A number at two digits, or as few more as tell on which side of `limit` it lies."""
    shown = next((text for d in (2, 3, 4) if (text := number(score, d)) != number(limit, d)), None)
    return shown or (number(limit, 2) if score == limit else f"just {'over' if score > limit else 'under'} {number(limit, 2)}")


def apart(value: float, other: float) -> str:
    """A number with as many digits, from three on, as tell it from another."""
    digits = next((d for d in range(3, 16) if number(value, d) != number(other, d)), 3)
    return number(value, digits)


def count(number_of: int) -> str:
    """A count in full, thousands apart."""
    return f"{number_of:,}"
