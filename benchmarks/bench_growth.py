"""How the exact frontier's time grows with issues, options and parties: python benchmarks/bench_growth.py [PATH OF opposed.py].

A sum is an efficient point of the later issues and an option of the next one. Beside each time stands what this machine needs to
copy the numbers of all sums, and to merge as many: a way that lists every sum cannot be faster. Prints a table and draws
docs/pictures/growth.svg. Times are the best of some rounds.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import measure
import numpy as np

from summitry.kernels.pareto import frontier

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

PICTURE = measure.ROOT / "docs" / "pictures" / "growth.svg"
SWEEPS: dict[str, list[tuple[int, int, int]]] = {
    "issues (2 parties, 10 options each)": [(n, 10, 2) for n in (5, 10, 20, 40, 80, 160)],
    "options of an issue (2 parties, 20 issues)": [(20, n, 2) for n in (3, 5, 10, 20, 40, 80)],
    "parties (6 issues, 10 options each)": [(6, 10, n) for n in (2, 3, 4, 5, 6)],
}
"""What is varied, and the issues, options and parties of each point."""
SERIES = ["exact frontier", "merging its sums", "copying its sums"]
NUMBERS = 1_000_000
"""Numbers in the arrays that the machine's speed is measured on."""
SPARE = 2.0
"""Seconds of measuring from which a size is not repeated any more."""


@dataclass(frozen=True, slots=True)
class Point:
    """One size: what varies and how much of it, efficient points, sums looked at, and milliseconds by series."""

    sweep: str
    size: int
    packages: str
    efficient: int
    sums: int
    times: dict[str, float]


def main() -> int:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("opposed", nargs="?", type=Path, help="opposed.py, the generator of the opposed family")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    arguments = parser.parse_args()
    place = measure.find_opposed(arguments.opposed)
    if place is None:
        return 0
    copy, merge = machine()
    opposed = measure.generator(place)
    points = [point(opposed, sweep, size, copy, merge) for sweep, sizes in SWEEPS.items() for size in sizes]
    print(f"this machine copies a number in {copy * 1e9:.2f} ns and merges one in {merge * 1e9:.1f} ns\n")
    rows = [
        [p.sweep, str(p.size), p.packages, str(p.efficient), f"{p.sums:,}", *(f"{p.times[name]:.2f}" for name in SERIES)]
        for p in points
    ]
    print(measure.table(["varied", "size", "packages", "efficient", "sums", *(f"{name}, ms" for name in SERIES)], rows))
    draw(points, arguments.picture)
    print(f"\ndrawn: {arguments.picture}")
    return 0


def machine() -> tuple[float, float]:
    """Seconds that one 64-bit number takes to be copied, and to be merged from two sorted halves into one."""
    rng = np.random.default_rng(0)
    halves = np.sort(rng.integers(0, 2**62, (2, NUMBERS // 2)), axis=1).ravel()
    into = np.empty_like(halves)
    copy = measure.seconds(lambda: np.copyto(into, halves), 20)
    # Numpy's stable sort of 64-bit numbers is Timsort: on two sorted runs it is one merge.
    merge = measure.seconds(lambda: np.sort(halves, kind="stable"), 20)
    return copy / NUMBERS, merge / NUMBERS


def point(
    opposed: Callable[[int, int, int], NDArray[np.float64]],
    sweep: str,
    size: tuple[int, int, int],
    copy: float,
    merge: float,
) -> Point:
    """Measure one size. A sum has a number for each party; a merge compares by the first."""
    issues, options, parties = size
    groups = measure.groups(opposed(*size))
    frontier([group[:2] for group in groups[:2]], compiled=True)  # compiles
    front = frontier(groups, compiled=True)
    spent = measure.seconds(lambda: frontier(groups, compiled=True), 1)
    if spent < SPARE:
        spent = min(spent, measure.seconds(lambda: frontier(groups, compiled=True), 10 if spent < SPARE / 10 else 2))
    sums = sum(behind.shape[1] * len(group) for group, behind in zip(groups, front.layers.points[1:], strict=True))
    varied = issues if sweep.startswith("issues") else options if sweep.startswith("options") else parties
    times = dict(zip(SERIES, (spent * 1e3, sums * merge * 1e3, sums * parties * copy * 1e3), strict=True))
    exponent = issues * np.log10(options)
    return Point(sweep, varied, f"10^{exponent:.0f}", len(front.values), sums, times)


def draw(points: list[Point], picture: Path) -> None:
    """Three panels side by side with one scale of time."""
    import vl_convert

    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(vl_convert.vegalite_to_svg(spec(points)))


def spec(points: list[Point]) -> dict[str, Any]:
    """The picture as a Vega-Lite specification."""
    times = [time for p in points for time in p.times.values()]
    scale = {"type": "log", "domain": [min(times) / 1.5, max(times) * 1.5], "nice": False}
    panels = [panel(sweep, [p for p in points if p.sweep == sweep], scale, first=not k) for k, sweep in enumerate(SWEEPS)]
    axis = {"labelFontSize": 12, "titleFontSize": 13, "titleFontWeight": "normal", "gridColor": "#dadada", "labelFlush": False}
    legend = {
        "orient": "top",
        "labelFontSize": 13,
        "labelLimit": 0,
        "symbolType": "stroke",
        "symbolSize": 600,
        "symbolStrokeWidth": 2.5,
        "columns": 3,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "padding": 8,
        "background": "white",
        "hconcat": panels,
        "spacing": 22,
        "config": {
            "font": "Liberation Sans, Arial, sans-serif",
            "axis": axis,
            "legend": legend,
            "view": {"stroke": None},
            "aria": False,
        },
    }


def panel(sweep: str, points: list[Point], scale: dict[str, Any], *, first: bool) -> dict[str, Any]:
    """One panel: time over what is varied; the title of the shared axis of time stands at the first alone."""
    sizes = [p.size for p in points]
    rows = [{"size": p.size, "ms": ms, "what": name} for p in points for name, ms in p.times.items()]
    what, fixed = sweep.removesuffix(")").split(" (")
    wide = sizes[-1] > 2 * sizes[0] and sizes[-1] > 10  # noqa: PLR2004 (parties are few: they stand on an even scale)
    ends = [sizes[0] / 1.15, sizes[-1] * 1.15] if wide else [sizes[0] - 0.3, sizes[-1] + 0.3]
    across = {"type": "log" if wide else "linear", "nice": False, "domain": ends}
    series = {"field": "what", "type": "nominal", "sort": SERIES, "title": None}
    return {
        "width": 220,
        "height": 260,
        "data": {"values": rows},
        "mark": {"type": "line", "point": {"size": 45}, "strokeWidth": 2},
        "encoding": {
            "x": {
                "field": "size",
                "type": "quantitative",
                "scale": across,
                "axis": {"title": [what, f"({fixed})"], "values": sizes, "grid": False},
            },
            "y": {
                "field": "ms",
                "type": "quantitative",
                "scale": scale,
                "axis": {"title": "time (milliseconds)" if first else None, "labels": first, "format": "~g", "tickCount": 6},
            },
            "color": series | {"scale": {"domain": SERIES, "range": ["#1f4e79", "#c45a00", "#6b6b6b"]}},
            "strokeDash": series | {"scale": {"domain": SERIES, "range": [[1, 0], [6, 3], [2, 3]]}},
        },
    }


if __name__ == "__main__":
    sys.exit(main())
