"""The whole chain, and what is worth reading of it by itself.

It overwrites what it wrote itself and nothing else: a file of yours, or one that you edited, stops it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated

from summitry.additions import Addition
from summitry.document import Block, Heading, Moves, Phrase, bullets, head, places, say, within
from summitry.questions import Ask, Question, price
from summitry.questions._verdict import show_chances, show_changes, show_gates

if TYPE_CHECKING:
    from summitry.study import Findings
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

MOST_DEEDS = 2


DOCUMENT = (
    "format",
    "case",
    "title",
    "as_of",
    "viewer",
    "principal",
    "version",
    "seed",
    "draws",
    "digest",
    "names",
    "givers",
    "calls",
    "nevers",
    "sides",
    "settings",
    "counts",
    "holdings",
    "shares",
    "declaration",
    "inspections",
    "record",
    "signals",
    "frontier",
    "rung",
    "sensitivity",
    "ideas",
    "price",
    "ladder",
    "plan",
    "homes",
    "positions",
    "promises",
    "audits",
    "groundwork",
    "readiness",
    "omitted",
    "notes",
    "page",
)
"""The keys of findings.json in their order; the message `findings.KEY` says what each means."""


@dataclass(frozen=True, slots=True)
class PrepareRequest:
    """Whether what is offered or agreed today is left open."""

    open: Annotated[bool, Ask()] = False


def answer(workspace: Workspace, request: PrepareRequest) -> Findings:
    """All that a study of the case finds."""
    from summitry.study import run

    return run(workspace.reopened() if request.open else workspace)


def view(findings: Findings, names: Names) -> Iterator[Block]:
    """Where to start, what is not for today, the price, the deeds so far, and what was left out."""
    yield head("prepare.head")
    yield say("prepare.analyst" if findings.viewer is None else "prepare.viewer")
    yield from _start(findings)
    yield from _not_today(findings)
    if findings.price is not None:
        blocks = price.view(findings.price, names)
        yield from within("price", takewhile(lambda block: not (isinstance(block, Heading) and block.level > 1), blocks))
    yield from _deeds(findings)
    if findings.omitted:
        yield head("prepare.omitted")
        yield from (say("prepare.omission", at) for at in places("omitted", findings.omitted))
    yield say("prepare.same")


def _start(findings: Findings) -> Iterator[Block]:
    """The swap to start with or the nearest miss: its chances, the gates in its way, and what would flip it."""
    rung = findings.rung
    if rung is None:
        yield head("prepare.start")
        yield say("prepare.gateless")
        return
    verdict, at = rung.chosen, "rung.best" if rung.best else "rung.nearest"
    yield head("rung.head.best" if rung.best else "rung.head.nearest" if rung.nearest else "rung.head.none")
    if not rung.best:
        yield say("rung.searched")
    if verdict is None:
        return
    yield Moves(f"{at}.moves")
    yield from show_chances(verdict, at)
    yield from show_gates(verdict, at, closed=True)
    yield from show_changes(verdict.opens, f"{at}.opens")
    conflicts = () if findings.plan is None else findings.plan.conflicts
    for conflict, place in zip(conflicts, places("plan.conflicts", conflicts), strict=True):
        if conflict.applied:
            yield say("prepare.unfit" if conflict.about else "prepare.unfit.horizon", place)
    if findings.sensitivity:
        yield bullets("rung.otherwise", (Phrase("rung.assumed", place) for place in places("sensitivity", findings.sensitivity)))
    if rung.flips:
        yield bullets("rung.flips", (Phrase("rung.flip", "rung.flips[0]"),))


def _not_today(findings: Findings) -> Iterator[Block]:
    """The idea that is ruled out for today: the gates that close it, and what would open them."""
    idea = findings.not_today
    if idea is not None:
        at = f"ideas[{findings.ideas.index(idea)}]"
        yield head("prepare.not today", at)
        yield from show_gates(idea, at, closed=True)
        yield from show_changes(idea.opens, f"{at}.opens")


def _deeds(findings: Findings) -> Iterator[Block]:
    """What the other side did so far: how many deeds of each weight, and the first of them."""
    if findings.record is not None:
        yield head("deeds.head")
        yield say("prepare.tally" if findings.other_deeds else "deeds.none")
        deeds = [f"other_deeds[{k}]" for k in range(min(MOST_DEEDS, len(findings.other_deeds)))]
        yield from (say("deeds.deed", place, depth=1) for place in deeds)


def additions(findings: Findings) -> Iterator[Addition]:
    """What the study forecasts: who accepts where to start and each named idea by the horizon, for `summitry score` to settle."""
    from summitry.deals.forecasting import forecasts_of

    rung = findings.rung
    best = None if rung is None else rung.chosen
    verdicts = [] if rung is None or best is None else [("start" if rung.best else "nearest miss", best)]
    verdicts += [(str(idea.title), idea) for idea in findings.ideas]
    today = dt.date.fromisoformat(findings.as_of)
    until = today + dt.timedelta(days=int(findings.settings["horizon"] or 0))
    for party, about, moves, chance in forecasts_of(verdicts, findings.principal):
        package = " ".join(f"{issue}={option}" for issue, option in moves.items())
        row = {
            "date": today.isoformat(),
            "until": until.isoformat(),
            "party": party,
            "package": package,
            "chance": f"{chance:.3f}",
        }
        yield Addition(f"preferences/{findings.viewer or findings.principal}/forecasts.csv", {**row, "about": about})


QUESTION = Question(
    name="prepare",
    group="start",
    request=PrepareRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {}),
    files=("brief.pdf", "book.html", "findings.json"),
    folder="CASE-brief",
    kind="study",
    document=DOCUMENT,
    additions=additions,
)
