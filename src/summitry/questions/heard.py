"""An offer, a demand, a refusal or a yes that was just heard at the table: what it says, and what to answer.

It counts as if it stood in `evidence/positions.csv` already; `--write` puts it there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from summitry.document import Block, Moves, Phrase, bullets, head, places, say
from summitry.questions import Ask, Question
from summitry.questions._verdict import show_chances, show_gates, show_table, state_of

if TYPE_CHECKING:
    from summitry.additions import Addition
    from summitry.case.types import Case, CaseFile
    from summitry.deals.gates import Verdict
    from summitry.deals.table import OnTable
    from summitry.interests.offers import Effect
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

STATUS = {"offers": "offered", "demands": "demanded", "refuses": "refused", "accepts": "accepted"}


@dataclass(frozen=True, slots=True)
class HeardRequest:
    """Who said what, when, and where that is from."""

    party: Annotated[str, Ask("PARTY", position=True)]
    says: Annotated[Literal["offers", "demands", "refuses", "accepts"], Ask("offers|demands|refuses|accepts", position=True)]
    moves: Annotated[tuple[str, ...], Ask("ISSUE=OPTION...", position=True)]
    date: Annotated[str | None, Ask("DATE")] = None
    source: Annotated[str, Ask("TEXT")] = "heard"


@dataclass(frozen=True, slots=True)
class Said:
    """A row of the record, as it will stand there; rows with the same `offer` hang on each other."""

    date: str
    party: str
    issue: str
    option: str
    status: str
    source: str
    offer: str


@dataclass(frozen=True, slots=True)
class HeardAnswer:
    """What was heard, as `statements` for the record, and what follows from it.

    `later` is the day up to which the case had known the world, where what was heard is of a later one. `effects` are what it
    says of the party's values. `package` is what it comes to under all gates, `near` the best that passes within `changes`
    changes of it; `before` and `after` where to start without and with it, or the nearest misses, whose moves differ where it is
    `news`; `on_table` is what the record settles of the latter.
    """

    party: str
    says: str
    date: str
    later: str | None
    statements: tuple[Said, ...]
    effects: tuple[Effect, ...]
    package: Verdict
    near: Verdict | None
    changes: int
    before: Verdict | None
    after: Verdict | None
    news: bool
    on_table: OnTable | None = None


def answer(workspace: Workspace, request: HeardRequest) -> HeardAnswer:
    """Read it, judge it, and look where to start with it and without it."""
    from summitry.case.rows import Position
    from summitry.deals.gates import judge
    from summitry.deals.rung import first_rung, near_by
    from summitry.deals.table import lifts
    from summitry.interests.offers import infer_values

    case = workspace.case
    day = _day(request.date, case.file.as_of)
    rows = rows_of(case.file, request, day)
    positions = tuple(Position.model_validate(asdict(row)) for row in rows)
    with_it = workspace.hears(positions, max(day, case.file.as_of))
    number = len(case.evidence.positions)
    effects = (
        infer_values(with_it.case, request.party, seed=workspace.seed).effects
        if _says_something(with_it.case, request.party)
        else ()
    )
    before, after = (first_rung(one.model, one.principal) for one in (workspace, with_it))
    package = with_it.model.closure(with_it.model.row({row.issue: row.option for row in rows}))
    near, changes = near_by(with_it.model, package, with_it.principal)
    return HeardAnswer(
        party=request.party,
        says=request.says,
        date=day.isoformat(),
        later=case.file.as_of.isoformat() if day > case.file.as_of else None,
        statements=rows,
        effects=tuple(effect for effect in effects if max(effect.statement.rows) > number),
        package=judge(with_it.model, package),
        near=near,
        changes=changes,
        before=before.chosen,
        after=after.chosen,
        news=_moves(before.chosen) != _moves(after.chosen),
        on_table=lifts(with_it.model, _moves(after.chosen)),
    )


def rows_of(file: CaseFile, request: HeardRequest, day: dt.date) -> tuple[Said, ...]:
    """The rows of what was heard. An offer that names what others give is on that condition; its rows belong together.

    Raises UnknownName and BadArgument for what the case does not have.
    """
    from summitry.errors import BadArgument, UnknownName
    from summitry.packages import moves

    if request.party not in file.parties:
        raise UnknownName("party", request.party, tuple(file.parties))
    status = dict[tuple[str, str], str]()
    for issue, option in moves(request.moves).items():
        if issue not in file.issues:
            raise UnknownName("issue", issue, tuple(file.issues))
        if option not in file.issues[issue].options:
            raise UnknownName(f"option of {issue}", option, tuple(file.issues[issue].options))
        theirs = request.party in file.issues[issue].giver or not file.issues[issue].giver
        status[issue, option] = "demanded" if request.says == "offers" and not theirs else STATUS[request.says]
    if not status:
        raise BadArgument(f"Say what {request.party} {request.says}: ISSUE=OPTION, one or several.")
    if request.says == "offers" and "offered" not in status.values():
        raise BadArgument(f"{request.party} gives none of this, so it cannot offer it: write `demands`.")
    offer = f"{request.party}-{day}" if len(set(status.values())) > 1 else ""
    return tuple(Said(day.isoformat(), request.party, *move, does, request.source, offer) for move, does in status.items())


def _says_something(case: Case, party: str) -> bool:
    """Whether there is a judgement of the party's values, and a row of it that tells anything about them."""
    from summitry.interests.offers import read_record

    return case.believed(party) is not None and bool(read_record(case.file, case.evidence.positions, party)[0])


def _day(text: str | None, as_of: dt.date) -> dt.date:
    from summitry.case.dates import read_day

    return as_of if text is None else read_day(text)


def _moves(verdict: Verdict | None) -> dict[str, str] | None:
    return None if verdict is None else verdict.moves


def view(heard: HeardAnswer, _: Names) -> Iterator[Block]:
    """What was heard; what it says of their values; its gates; what to answer, and whether that is new."""
    from summitry.questions.infer import show_effect

    yield head("heard.head")
    yield from (
        say(f"heard.row.{row.status}", at)
        for row, at in zip(heard.statements, places("statements", heard.statements), strict=True)
    )
    yield say("heard.later")
    yield head("heard.values", level=2)
    for one, at in zip(heard.effects, places("effects", heard.effects), strict=True):
        yield from show_effect(at, one)
    if not heard.effects:
        yield say("heard.silent")
    yield head(f"heard.package.{state_of(heard.package)}", level=2)
    yield Moves("package.moves")
    yield from show_chances(heard.package, "package")
    yield from show_gates(heard.package, "package", closed=True)
    yield head("heard.near", level=2)
    if heard.near is None or heard.near.moves == heard.package.moves:
        yield say("heard.near.none" if heard.near is None else "heard.near.itself")
    else:
        yield Moves("near.moves")
        yield from show_chances(heard.near, "near")
    yield head("heard.answer", level=2)
    if heard.after is None:
        yield say("heard.nothing")
        return
    yield say("heard.news" if heard.news else "heard.same")
    yield Moves("after.moves")
    yield from show_chances(heard.after, "after")
    yield from show_gates(heard.after, "after", closed=True)
    yield from show_table(heard.on_table, "on_table")
    if heard.news and heard.before is not None:
        yield bullets("heard.before", [Phrase("heard.before.moves", "before")])


def additions(heard: HeardAnswer) -> Iterator[Addition]:
    """The rows of what was heard."""
    from summitry.additions import Addition

    yield from (Addition("evidence/positions.csv", asdict(row)) for row in heard.statements)


QUESTION = Question(
    name="heard",
    group="deals",
    request=HeardRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"party": "supplier", "says": "offers", "moves": ("delivery=four-weeks", "volume=half")}),
    additions=additions,
)
