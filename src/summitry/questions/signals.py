"""What the record says of how serious each side is, and which signal to ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

from summitry.document import Block, Folded, Phrase, bullets, head, places, say, table, why
from summitry.errors import BadArgument, LinkMissing
from summitry.questions import Ask, Question
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from summitry.evidence.credibility import Belief, Signals
    from summitry.evidence.months import Drift, DriftBreak, DriftTrend
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SignalsRequest:
    """Instead of a case: two sides of an events file."""

    events: Annotated[str | None, Ask("FILE")] = None
    dyad: Annotated[tuple[str, str] | None, Ask("A B")] = None
    classes: Annotated[Literal["codebook", "gdelt"], Ask()] = "codebook"


def answer(workspace: Workspace | None, request: SignalsRequest) -> Signals:
    """The signals of a case, or drift, breaks and answers of two sides of event data."""
    if workspace is not None and request.events is None and request.dyad is None:
        return _of_case(workspace)
    if workspace is None and request.events is not None and request.dyad is not None:
        return _of_dyad(request.events, *request.dyad, request.classes)
    raise BadArgument("Say whose record: `summitry signals CASE`, or `summitry signals --events FILE --dyad A B`.")


def _of_case(workspace: Workspace) -> Signals:
    """Where this reader has everybody's values, deeds are weighed in points, too, and the signal to ask for is found."""
    from summitry.deals.frontier import explore
    from summitry.deals.signal import in_points, with_asks
    from summitry.evidence.credibility import signals
    from summitry.evidence.positions import read_positions

    of_record = signals(workspace.case, workspace.record)
    if of_record is None:
        raise LinkMissing(
            "What the record says",
            "it has no events, no commitments and no beliefs",
            "Write evidence/events.csv and evidence/commitments.csv, and `trust` in the preference files.",
        )
    try:
        model = workspace.build(draws=0, homes=False)
    except LinkMissing as problem:
        return replace(of_record, omitted=(reason("signals.no-values", problem=str(problem)),))
    weighed = replace(of_record, events=in_points(model, workspace.case.evidence.events, of_record.events))
    return with_asks(weighed, model, explore(model, zone=True), read_positions(workspace.case))


def _of_dyad(path: str, a: str, b: str, classes: Literal["codebook", "gdelt"]) -> Signals:
    from pathlib import Path

    from summitry.evidence.credibility import compare_sides
    from summitry.evidence.event_files import read_dyad

    dyad = read_dyad(Path(path), a, b, classes)
    return replace(compare_sides(dyad), dyad=(a, b), omitted=(reason("signals.no-case"),))


def view(signals: Signals, _: Names) -> Iterator[Block]:
    """Beliefs with what moved them most, drift and jumps, answers, the deeds in favour with their weight, what to ask for."""
    if signals.dyad is None:
        yield from _beliefs(signals)
    yield head("signals.drift" if signals.dyad is None else "signals.dyad", level=2 if signals.dyad is None else 1)
    yield from _drift(signals)
    yield head("signals.answers", level=2)
    for place in places("reciprocity", signals.reciprocity):
        yield say("signals.answer", place)
    if not signals.reciprocity:
        yield say("signals.unanswered")
    if signals.dyad is None:
        yield from _deeds(signals)
        yield from _asks(signals)
    for place in places("omitted", signals.omitted):
        yield why(place)


def _beliefs(signals: Signals) -> Iterator[Block]:
    yield head("signals.head")
    for place, belief in zip(places("seriousness", signals.seriousness), signals.seriousness, strict=True):
        yield from _belief(place, belief)
    yield say("signals.question" if signals.seriousness else "signals.unbelieved")


def _belief(place: str, belief: Belief) -> Iterator[Block]:
    yield say("signals.belief", place)
    yield say("signals.switching", place, depth=1)
    for k in belief.strongest:
        yield say("signals.piece", f"{place}.contributions[{k}]", depth=2)
    yield say("signals.lesser", place, depth=2)
    yield say("signals.sensitivity", place, depth=1)
    yield say("signals.uneven" if belief.even is None else "signals.even", place, depth=1)
    yield say("signals.otherwise", place, depth=1)


def _pair(one: Drift | DriftTrend | DriftBreak) -> Reason:
    """Whose words are held against whose deeds."""
    return reason("drift.own" if one.speaker == one.doer else "drift.other", speaker=one.speaker, doer=one.doer)


def _drift(signals: Signals) -> Iterator[Block]:
    trends = [*zip(places("trend", signals.trend), signals.trend, strict=True)]
    tested = [(place, trend) for place, trend in trends if trend.p is not None]
    if signals.dyad is not None:
        for place, series in zip(places("dissonance", signals.dissonance), signals.dissonance, strict=True):
            yield say("signals.series", place, pair=_pair(series))
    for place, trend in tested:
        yield say("signals.trend", place, pair=_pair(trend))
    for place, jump in zip(places("breaks", signals.breaks), signals.breaks, strict=True):
        yield say("signals.break", place, pair=_pair(jump))
    few = [Phrase("signals.few.pair", place, {"pair": _pair(trend)}) for place, trend in trends if trend.p is None]
    if few:
        yield bullets("signals.few", few)
    if not trends:
        yield say("signals.undrifted")
    pairs = {(trend.speaker, trend.doer) for _, trend in tested}
    yield Folded(
        tuple(
            table(
                "signals.months",
                [f"dissonance[{k}].months[{m}]" for m, gap in enumerate(series.months) if gap.difference is not None],
                ("month", "words:number", "against:number", "difference:number"),
                pair=_pair(series),
            )
            for k, series in enumerate(signals.dissonance)
            if (series.speaker, series.doer) in pairs
        )
    )


def _deeds(signals: Signals) -> Iterator[Block]:
    yield head("signals.deeds", level=2)
    deeds = [
        (place, event) for place, event in zip(places("events", signals.events), signals.events, strict=True) if event.reads_as
    ]
    for place, event in deeds:
        yield say("signals.deed", place)
        yield say("signals.weight", place, depth=1)
        if event.measured is not None:
            yield say("signals.points", place, depth=1)
    if not deeds:
        yield say("signals.undone")


def _asks(signals: Signals) -> Iterator[Block]:
    yield head("signals.asks", level=2)
    if signals.ask:
        yield say("signals.tells")
    for place in places("ask", signals.ask):
        yield say("signals.ask", place)
        yield say("signals.pretender", place, depth=1)
    rows = [f"ask[{k}]" for k, ask in enumerate(signals.ask) if ask.best is not None]
    if rows:
        columns = ("party:name", "other:name", "moves = best.moves:moves", "cost = best.cost:range", "ratio = best.ratio:range")
        yield Folded((table("signals.best", rows, columns),))


QUESTION = Question(
    name="signals",
    group="evidence",
    request=SignalsRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {}),
    case="optional",
)
