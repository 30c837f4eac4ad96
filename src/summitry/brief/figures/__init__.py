"""Pictures as data first: Vega-Lite specs of what a study found, one question each, drawn to SVG without network or clock."""

from __future__ import annotations

import re
from threading import Thread
from typing import TYPE_CHECKING

from markupsafe import escape

from summitry.brief.figures import deals, evidence, sequence
from summitry.brief.figures.style import FONT, Figure, Spec

if TYPE_CHECKING:
    from summitry.study import Findings

__all__ = ["Figure", "drawn", "specs", "svg", "warm"]

VEGA_LITE = "6.4"


def drawn(found: Findings) -> tuple[Figure, ...]:
    """Every figure that the findings carry, in the order of the chain; a figure without data is absent."""
    made = (
        deals.gates(found),
        evidence.inventory(found),
        evidence.words_and_deeds(found),
        deals.frontier(found),
        sequence.exposure(found),
        sequence.gantt(found),
    )
    return tuple(figure for figure in made if figure is not None)


def specs(found: Findings) -> dict[str, Spec]:
    """The Vega-Lite specs by key, as plain data for any tool that draws them."""
    return {figure.key: figure.spec for figure in drawn(found)}


def warm() -> None:
    """Start the drawing engine on another core: a third of a second that nothing has to wait for; no answer depends on it."""

    def start() -> None:
        import vl_convert

        vl_convert.vegalite_to_svg({"data": {"values": []}, "mark": "point"}, vl_version=VEGA_LITE, allowed_base_urls=[])

    Thread(target=start, name="drawing engine").start()


def svg(figure: Figure) -> str:
    """The figure as one SVG element: its text alternative on the root, identifiers of its own, fonts left to whoever shows it."""
    import vl_convert

    raw = vl_convert.vegalite_to_svg(figure.spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    body = re.sub(r"<[a-zA-Z][^>]*>", lambda tag: _own(tag[0], figure.key), raw)
    return body.replace('class="marks"', f'class="marks" role="img" aria-label="{escape(figure.alt)}"', 1)


def _own(tag: str, key: str) -> str:
    """One start tag without roles of its own (the root speaks), without a font, and with the figure's name on every id."""
    tag = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", tag).replace(f' font-family="{FONT}"', "")
    tag = re.sub(r' id="([^"]+)"', rf' id="{key}-\1"', tag)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", tag)
