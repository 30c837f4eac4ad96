"""What all figures share: one width, one font, few colours that differ in lightness too, and text as data marks only.

Case text enters a spec as values of the field `label` or as title lines, never as a field's name, a sort order, a domain or an
expression; Vega's generated descriptions are off, because they would quote titles inside expressions.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from summitry.wording.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summitry.wording import Names, Wording
    from summitry.wording.numbers import Written

Spec: TypeAlias = dict[str, Any]

WIDTH = 360
"""Width of every figure in CSS pixels: legible at 80 mm on the page and at 360 px on a telephone."""
ROW = 19
DAY = 86_400_000
"""Milliseconds of a day."""
EAST_ASIAN = 0x1100
FONT = "Liberation Sans"
INK, MUTED, FAINT = "#1b1b1b", "#6b6b6b", "#dadada"
DARK, LIGHT, WARM, BAND = "#1f4e79", "#5992c8", "#b45000", "#d6e6f5"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture: the question it answers, its Vega-Lite spec, a text that says the same in words, and what it leaves out."""

    key: str
    question: str
    spec: Spec
    alt: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of pictures: `words(CODE, ...)` is the message `figure.CODE` about the values that it names."""

    wording: Wording

    @property
    def names(self) -> Names:
        """Titles by id, and whose side is ours."""
        return self.wording.names

    def __call__(self, code: str, **values: Any) -> str:  # noqa: ANN401 (what the message names)
        """A message as one string."""
        return "".join(span.text for span in self.wording.message(f"figure.{code}", values))

    def number(self, value: Written) -> str:
        """A number as it is shown."""
        return self.wording.number(value)

    def each(self, code: str, items: Iterable[Any], **values: Any) -> list[str]:  # noqa: ANN401 (what the message names)
        """The message about each item, which it calls `it`."""
        return [self(code, it=item, **values) for item in items]

    def more(self, code: str, left: int) -> tuple[str, ...]:
        """The note that so many are left out; nothing where none is."""
        return (self(code, left=left),) if left > 0 else ()

    def name(self, key: str) -> str:
        """The title of a party or an issue."""
        return self.names.name(key)

    def seat(self, party: str, key: str) -> str:
        """The title of a constituency at a party's home."""
        return clean(self.names.titles.get(f"{party}/{key}", key))


def finish(body: Spec) -> Spec:
    """The spec with what does not depend on data: transparent ground, fonts and colours, no generated descriptions."""
    axis = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": INK, "titleColor": INK}
    lines = {"gridColor": FAINT, "domainColor": MUTED, "tickColor": MUTED, "tickSize": 4, "titlePadding": 4}
    return {
        "$schema": SCHEMA,
        "padding": 3,
        **body,
        "background": None,
        "config": {
            "aria": False,
            "font": FONT,
            "view": {"stroke": None},
            "axis": axis | lines,
            "text": {"fontSize": 12, "color": INK},
            "title": {
                "fontSize": 12,
                "color": INK,
                "subtitleColor": INK,
                "subtitleFontSize": 12,
                "anchor": "start",
                "frame": "group",
                "offset": 6,
            },
            "concat": {"spacing": 14},
        },
    }


def rows(*values: Spec) -> Spec:
    """Inline data."""
    return {"values": list(values)}


def frame(left: int, plot: int, right: int) -> Spec:
    """An invisible line as wide as the figure, so that every figure has the same width whatever its labels say."""
    ends = {"x": {"value": -left + 3}, "x2": {"value": plot + right - 3}, "y": {"value": 0}}
    return {"data": rows({}), "mark": {"type": "rule", "opacity": 0}, "encoding": ends}


def text(values: Sequence[Spec], x: Spec, y: Spec, *, align: str = "left", dx: int = 0, dy: int = 0, **mark: Any) -> Spec:  # noqa: ANN401 (mark properties)
    """A layer of direct labels from the field `label`; x and y are the figure's own channels or fixed places in pixels.

    Layers share one axis, and a layer without it would remove it for all, so the channels are always passed on whole.
    """
    return {
        "data": {"values": list(values)},
        "mark": {"type": "text", "align": align, "baseline": "middle", "dx": dx, "dy": dy, **mark},
        "encoding": {"text": {"field": "label", "type": "nominal"}, "x": x, "y": y},
    }


def quantity(field: str, domain: Sequence[float] | None = None, axis: Spec | None = None, *, reverse: bool = False) -> Spec:
    """A quantitative channel on one of our own field names, without an axis unless one is given."""
    scale: Spec = {"zero": False, "nice": False, "reverse": reverse}
    if domain is not None:
        scale["domain"] = list(domain)
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def plane(titles: Sequence[str], across: tuple[float, float], up: tuple[float, float], *below: str) -> tuple[Spec, Spec]:
    """The channels of two parties' own points, with a title along each axis and lines of `below` under the lower one."""
    one, other = titles
    title = [*lines(one, 50, 1), *below]
    x = quantity("x", across, {"title": title, "values": ticks(*across), "grid": False})
    return x, quantity("y", up, {"title": lines(other, 34, 1), "values": ticks(*up), "grid": False})


def moment(field: str, axis: Spec | None = None, domain: Sequence[int] | None = None) -> Spec:
    """A time channel in UTC, from milliseconds, so that no machine's time zone moves a date."""
    scale: Spec = {"type": "utc"}
    if domain is not None:
        scale["domain"] = list(domain)
    return {"field": field, "type": "temporal", "scale": scale, "axis": axis}


def milliseconds(day: dt.date | str) -> int:
    """UTC milliseconds of a day's start; a text is an ISO date."""
    date = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return calendar.timegm(date.timetuple()) * 1000


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round values inside [low, high] for an axis."""
    span = high - low
    if span <= 0:
        return [low]
    raw = span / count
    power = 10.0 ** _floor_log10(raw)
    unit = min((m * power for m in (1, 2, 5, 10)), key=lambda s: abs(span / s - count))
    start = -(-low // unit)
    values = []
    while start * unit <= high + 1e-9 * unit:
        values.append(float(f"{start * unit:.12g}"))
        start += 1
    return values


def whole(last: int) -> list[int]:
    """At most five whole numbers from 0 to `last` for an axis of counts."""
    return list(range(0, last + 1, max(1, -(-last // 4))))


def _floor_log10(value: float) -> int:
    return int(f"{value:e}".partition("e")[2])


def padded(values: Sequence[float], share: float = 0.05) -> tuple[float, float]:
    """A domain a little wider than the values; one unit wide around a single value."""
    low, high = min(values), max(values)
    room = (high - low) * share or max(abs(high), 1.0) * 0.5
    return low - room, high + room


def breadth(words: str) -> float:
    """About how wide a text is, in widths of an ordinary small letter of the figures' font."""
    return sum(
        0.5 if c in "iljtfI.,:;'|! " else 1.6 if c in "WMmw@%" or ord(c) >= EAST_ASIAN else 1.25 if c.isupper() else 1.0
        for c in words
    )


def lines(words: str, limit: int = 52, most: int = 2) -> list[str]:
    """A title as an array of lines about `limit` small letters wide, at most `most`, the last one cut with an ellipsis."""
    left = clean(words)
    out: list[str] = []
    while left and len(out) < most:
        fits = next((k for k in range(len(left) + 1) if breadth(left[:k]) > limit), len(left) + 1) - 1
        if fits >= len(left):
            return [*out, left]
        cut = left.rfind(" ", fits // 2, fits + 1)
        cut = fits if cut < 0 else cut
        out.append(left[:cut])
        left = left[cut:].lstrip()
    if left and out:
        out[-1] = out[-1][:-1].rstrip() + "…"
    return out or [" "]
