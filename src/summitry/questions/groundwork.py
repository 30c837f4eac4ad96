"""Which moves to make before a deal: at home and abroad, within time and cost, and by when each must begin.

Moves are speeches, consultations, working-level rounds, certificates: whatever raises the chance that all accept and all homes
ratify. The search is exact, or says that it stopped and what no set exceeds. A move is not laid where its gain, counted in the
same draws with and without it, cannot be told from nothing. The answer begins with it where no groundwork brings the deal to the
share of draws that is needed, or where a mandate or a missing prerequisite forbids the deal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Figure, Folded, Moves, head, places, say, table, why
from summitry.errors import BadArgument
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.plan.groundwork import GroundworkResult, MoveResult
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

MOST_SETS = 12


@dataclass(frozen=True, slots=True)
class GroundworkRequest:
    """The deal, and what its groundwork may take."""

    target: Annotated[
        tuple[str, ...],
        Ask("DEAL"),
    ] = ()
    budget: Annotated[float | None, Ask("COST", low=0)] = None
    by: Annotated[str | None, Ask("DATE")] = None
    days: Annotated[int | None, Ask("N", low=0)] = None


def answer(workspace: Workspace, request: GroundworkRequest) -> GroundworkResult:
    """The moves that raise the chance of the target deal most; by default of the first rung, or of the nearest miss."""
    from summitry.case.types import require_native
    from summitry.plan.groundwork import find_groundwork

    require_native(workspace.case, "A choice of groundwork")
    last = workspace.last_day(request.by, request.days)
    if request.budget is not None and not request.budget < float("inf"):
        raise BadArgument("A budget is a number in the unit of the case's groundwork, such as 20.")
    package, title = workspace.package(request.target)
    if not package.any():
        raise BadArgument("Everything stays at the status quo in this target, which needs no groundwork.")
    return find_groundwork(workspace.model, package, workspace.principal, by=last, budget=request.budget, title=title)


def view(value: GroundworkResult, _: Names) -> Iterator[Block]:
    """The portfolio with its dates, what each move adds, what more cost would bring, and who still stands in the way."""
    titles = {move.name: move.title for move in value.moves}
    moves = list(zip(places("moves", value.moves), value.moves, strict=True))
    yield head("groundwork.head")
    yield Moves("target")
    yield say("groundwork.closed")
    if value.most < value.needed:
        yield say("groundwork.short.proven" if value.proven else "groundwork.short.stopped")
    chosen = any(move.chosen for move in value.moves)
    yield say("groundwork.share" if chosen else "groundwork.share.none")
    if not chosen and any(move.gain for move in value.moves):
        yield say("groundwork.unsure")
    yield say("groundwork.counted" if value.proven else "groundwork.stopped")
    yield Figure("groundwork")
    for code, laid in (("groundwork.vain" if value.in_vain else "groundwork.lay", True), ("groundwork.leave", False)):
        group = [(place, move) for place, move in moves if move.chosen == laid]
        if group:
            yield head(code, level=2)
        for place, move in group:
            yield from _move(move, place, titles)
    yield head("groundwork.cost", level=2)
    yield from _sets(value, titles)
    yield from _obstacles(value)
    yield say("groundwork.judged")
    yield Folded(tuple(_details(value)))


def _move(move: MoveResult, place: str, titles: Mapping[str, str]) -> Iterator[Block]:
    needs, along, after = ([titles[name] for name in names] for names in (move.needs, move.along, move.after))
    yield say("groundwork.move", place)
    if move.chosen:
        yield say("groundwork.dates", place, depth=1, after=after)
    adds = any((move.gain, move.gain_error, move.own, move.own_error))
    gain = ("groundwork.gain.own" if needs else "groundwork.gain") if adds else "groundwork.gain.none"
    yield say(gain, place, depth=1, needs=needs)
    if move.chosen:
        yield say("groundwork.marginal", place, depth=1, along=along)
    else:
        yield why(f"{place}.out", depth=1)
    yield say("groundwork.touches", place, depth=1)
    yield say("groundwork.idle", place, depth=1)


def _sets(value: GroundworkResult, titles: Mapping[str, str]) -> Iterator[Block]:
    """The efficient sets that can be told apart, and the best one by the meeting."""
    sets = zip(places("efficient", value.efficient), value.efficient, strict=True)
    apart = [(place, [titles[name] for name in one.moves]) for place, one in sets if one.apart]
    for place, names in apart[:MOST_SETS]:
        yield say("groundwork.set" if names else "groundwork.set.none", place, names=names)
    if len(apart) > MOST_SETS:
        yield say("groundwork.sets")
    if len(value.efficient) > len(apart):
        yield say("groundwork.alike")
    if value.meeting is not None:
        yield say("groundwork.meeting", names=[titles[name] for name in value.meeting.moves])


def _obstacles(value: GroundworkResult) -> Iterator[Block]:
    yield head("groundwork.way", level=2)
    for place, obstacle in zip(places("obstacles", value.obstacles), value.obstacles, strict=True):
        yield say("groundwork.obstacle.short" if obstacle.short else "groundwork.obstacle", place)
    closed = [place for place, gate in zip(places("gates", value.gates), value.gates, strict=True) if not gate.passed]
    yield from (say("groundwork.gate", place) for place in closed)
    if not value.obstacles and not closed:
        yield say("groundwork.free")
    yield from (say("groundwork.left_out", place) for place in places("left_out", value.left_out))


def _details(value: GroundworkResult) -> Iterator[Block]:
    columns = (
        "title", "party:name", "cost:number", "takes", "begin", "end", "latest",
        "gain = {gain:signed_points} ± {gain_error:points}",
        "own = {own:signed_points} ± {own_error:points}", "marginal = {marginal:signed_points} ± {marginal_error:points}", "out",
        "why", "source:source",
    )  # fmt: skip
    yield table("groundwork.moves", places("moves", value.moves), columns)
    if value.obstacles:
        shares = ("who", "before:percent", "after:percent", "all:percent", "short:number")
        yield table("groundwork.obstacles", places("obstacles", value.obstacles), shares)


QUESTION = Question(
    name="groundwork",
    group="plan",
    request=GroundworkRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"target": ("volume-for-speed",)}),
)
