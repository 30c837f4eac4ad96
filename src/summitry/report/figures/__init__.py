"""Pictures as data first: Vega-Lite specs of what a study findings, one question each, drawn to SVG without network or clock."""

from __future__ import annotations

import os
import re
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from summitry.report.figures import deals, evidence, home, plan, record
from summitry.report.figures.style import FONT, Figure, Spec, Words
from summitry.wording import Wording, messages
from summitry.wording.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future

    from summitry.plan.schedule import Plan
    from summitry.questions.plan import PlanAnswer
    from summitry.study import Findings

__all__ = ["Drawing", "Figure", "Words", "drawn", "engine", "of_answer", "specs", "svg", "svgs"]

VEGA_LITE = "6.4"


OF_FINDINGS: tuple[Callable[[Findings, Words], Figure | None], ...] = (
    deals.gates,
    evidence.inventory,
    evidence.declared,
    evidence.looked_in_vain,
    evidence.inspections,
    record.words_and_deeds,
    record.jumped,
    record.waterfall,
    deals.frontier,
    home.support,
    home.win_sets,
    deals.ladder,
    lambda findings, words: plan.exposure(findings.plan, words),
    lambda findings, words: plan.gantt(findings.plan, words),
    lambda findings, words: plan.staircase(findings.plan, words),
    lambda findings, words: plan.stops(findings.plan, words),
    plan.groundwork,
)
"""Pictures of findings, in the order of the chain; each is None where the findings hold nothing to draw."""


def drawn(findings: Findings, language: str | None = None) -> tuple[Figure, ...]:
    """Every figure that the findings carry, in the order of the chain; a figure without data is absent."""
    words = Words(Wording(findings.plain_names, messages(language)))
    return tuple(figure for draw in OF_FINDINGS if (figure := draw(findings, words)) is not None)


def _of_plan(draw: Callable[[Plan, Words], Figure | None]) -> Callable[[PlanAnswer, Words], Figure | None]:
    """A picture of the answer about a plan: of the plan, or of what remains of it."""

    def picture(answer: PlanAnswer, words: Words) -> Figure | None:
        steps = answer.plan if answer.following is None else answer.following.remaining
        return None if steps is None else draw(steps, words)

    return picture


OF_ANSWERS: Mapping[str, Callable[[Any, Words], Figure | None]] = {
    "frontier": deals.space,
    "gantt": _of_plan(plan.gantt),
    "staircase": _of_plan(plan.staircase),
    "stops": _of_plan(plan.stops),
    "exposure": _of_plan(plan.exposure),
}
"""Pictures that an answer alone gives, by their keys."""


def of_answer(answer: object, keys: Iterable[str], wording: Wording) -> tuple[Figure, ...]:
    """The pictures by these keys, as far as the answer alone gives them."""
    pictures = (OF_ANSWERS[key](answer, Words(wording)) for key in keys if key in OF_ANSWERS)
    return tuple(figure for figure in pictures if figure is not None)


def specs(findings: Findings) -> dict[str, Spec]:
    """The Vega-Lite specs by key, as plain data for any tool that draws them."""
    return {figure.key: figure.spec for figure in drawn(findings)}


def _help() -> None:
    """Begin as a helper: leave an interrupt to the parent, and end when it is gone, also where it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold interruptions back, in processes that begin meanwhile for good, where this system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Drawing:
    """Draws figures in a process of its own, which can begin with those of finished links while other links are studied.

    The engine takes a third of a second to start and holds the interpreter's lock all the while. Same figures, same SVG.
    """

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool
        with _uninterrupted():  # the process begins here, and would print what it was at
            self._started = pool.submit(svg, Figure("start", "", {"data": {"values": []}, "mark": "point"}, ""))
        self._begun: dict[str, tuple[Figure, Future[str]]] = {}

    def begin(self, figures: tuple[Figure, ...]) -> None:
        """Begin with these figures; one that changes later is drawn again."""
        for figure in figures:
            if figure.key not in self._begun or self._begun[figure.key][0] != figure:
                self._begun[figure.key] = figure, self._pool.submit(svg, figure)

    def __call__(self, figures: tuple[Figure, ...]) -> dict[str, str]:
        """Every figure as SVG, by key."""
        self._started.result()
        self.begin(figures)
        return {figure.key: self._begun[figure.key][1].result() for figure in figures}


@contextmanager
def engine() -> Iterator[Drawing]:
    """A drawing process for as long as the context lasts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_help) as pool:
        try:
            yield Drawing(pool)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def svgs(figures: tuple[Figure, ...]) -> dict[str, str]:
    """Every figure as SVG, by key."""
    return {figure.key: svg(figure) for figure in figures}


def svg(figure: Figure) -> str:
    """The figure as one SVG element: its text alternative on the root, identifiers of its own, fonts left to whoever shows it."""
    import vl_convert

    raw = vl_convert.vegalite_to_svg(figure.spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    body = re.sub(r"<[a-zA-Z][^>]*>", lambda tag: _own(tag[0], figure.key), raw)
    return body.replace('class="marks"', f'class="marks" role="img" aria-label="{escape(clean(figure.alt))}"', 1)


def alone(figure: Figure) -> str:
    """The figure as a file of its own, with the name of its font."""
    return svg(figure).replace("<svg ", f'<svg font-family="{FONT}, Arial, Helvetica, DejaVu Sans Condensed, sans-serif" ', 1)


def _own(tag: str, key: str) -> str:
    """One start tag without roles of its own (the root speaks), without a font, and with the figure's name on every id."""
    tag = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", tag).replace(f' font-family="{FONT}"', "")
    tag = re.sub(r' id="([^"]+)"', rf' id="{key}-\1"', tag)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", tag)
