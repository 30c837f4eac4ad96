from __future__ import annotations

from dataclasses import replace

from report.sample import findings
from summitry.report import figures


def test_what_is_drawn_ahead_and_elsewhere_is_what_is_drawn_here() -> None:
    found = findings()
    with figures.engine() as drawing:
        drawing.begin(
            figures.drawn(replace(found, frontier=None, holdings=found.holdings[:1]))
        )  # one figure changes later, one is added
        assert drawing(figures.drawn(found)) == figures.svgs(figures.drawn(found))
