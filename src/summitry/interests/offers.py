"""What a party's record says about its values: each row of the state of play as a package that it prefers, or does not.

Rows name one option of one issue, so packages are formed from the rows of one day. What a row can imply, and no more:

- offered or tabled, with demands of the same party on the same day: together they are worth at least its reservation value to it
- offered without a demand that day: nothing, because the price was not stated
- demanded: worth more to it than the option below it (the status quo at the bottom)
- refused: with what the other sides offered that day, worth at most the reservation value; where they offered nothing it still
  holds, because whatever was offered unseen could only have added worth
- accepted, all of one day: at least the reservation value if something is given and something received, at least the status quo
  if all is received; own giveaways alone imply nothing, because what they were given for is not in the row
- floated, withdrawn: nothing, because nobody is bound by it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summitry.case.rows import Position
    from summitry.case.types import CaseFile
    from summitry.reasons import Reason

OFFERS = ("offered", "tabled")
WHOLE = (*OFFERS, "accepted")
"""What a party did of these on one day is one package."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One inequality on values: moves less `than`, less the reservation value if `reservation`, is at least 0 or at most 0.

    `rows` number the rows of evidence/positions.csv that it is made of, the first is 1; `status` is that of the row that gave it;
    `label` names what the party did.
    """

    date: str
    party: str
    status: str
    rows: tuple[int, ...]
    moves: dict[str, str]
    than: dict[str, str]
    reservation: bool
    least: bool
    label: Reason


@dataclass(frozen=True, slots=True)
class Silent:
    """A row that implies nothing about values, and why."""

    row: int
    label: Reason
    why: Reason


def read_record(file: CaseFile, positions: Sequence[Position], party: str) -> tuple[tuple[Statement, ...], tuple[Silent, ...]]:
    """All that the rows of `party` imply about its values, in the order of the rows, and the rows that imply nothing."""
    statements: list[Statement] = []
    silent: list[Silent] = []
    for number, row in _rows(positions):
        if row.party != party:
            continue
        reading = _read(file, positions, number, row)
        if not isinstance(reading, Statement):
            silent.append(Silent(number, _label(row, [row]), reading))
        elif row.status in {"demanded", "refused"} or not any(
            number in other.rows for other in statements if other.status in WHOLE
        ):
            statements.append(reading)
    return tuple(statements), tuple(silent)


def _read(file: CaseFile, positions: Sequence[Position], number: int, row: Position) -> Statement | Reason:
    """What one row says, or why it says nothing."""
    if row.option == file.issues[row.issue].status_quo:
        return reason("infer.silent.status_quo")
    if row.status in {"floated", "withdrawn"}:
        return reason("infer.silent.free", status=row.status)
    if row.status in OFFERS:
        return _package(file, positions, row) or reason("infer.silent.priceless")
    if row.status == "demanded":
        return _demand(file, number, row)
    reply = read_answer(file, positions, number, row)
    if row.status == "accepted" and all(row.party in file.issues[issue].giver for issue in reply.moves):
        return reason("infer.silent.giveaway")
    return reply


def read_answer(file: CaseFile, positions: Sequence[Position], number: int, row: Position) -> Statement:
    """An acceptance or a refusal as a package: the option with what the other sides offered on that day.

    Where the option is theirs to give, with what they demanded for it that day. What a party accepted on one day is one package;
    what it refused is one for each row.
    """
    least = row.status == "accepted"
    own = _on(positions, row, row.party, ("accepted",), file) if least else [(number, row)]
    others = _others(positions, row, file)
    moves = {other.issue: other.option for _, other in (*others, *own)}
    two_sided = len({row.party in file.issues[issue].giver for issue in moves}) > 1
    return Statement(
        date=row.date.isoformat(),
        party=row.party,
        status=row.status,
        rows=tuple(dict.fromkeys(k for k, _ in (*own, *others))),
        moves=moves,
        than={},
        reservation=two_sided or not least,
        least=least,
        label=_label(row, [other for _, other in own]),
    )


def _label(day: Position, rows: Iterable[Position]) -> Reason:
    """What a party did on a day to the options of these rows."""
    return reason("infer.row", date=day.date.isoformat(), status=day.status, options=_options(rows))


def _options(rows: Iterable[Position]) -> tuple[str, ...]:
    return tuple(f"{row.issue}.{row.option}" for row in rows)


def _rows(positions: Sequence[Position]) -> Iterable[tuple[int, Position]]:
    return enumerate(positions, start=1)


def _on(
    positions: Sequence[Position], day: Position, party: str, statuses: Iterable[str], file: CaseFile
) -> list[tuple[int, Position]]:
    """The party's rows of that day with one of these statuses, those that stand in the status quo left out."""
    return [
        (k, row)
        for k, row in _rows(positions)
        if row.date == day.date
        and row.party == party
        and row.status in statuses
        and row.option != file.issues[row.issue].status_quo
    ]


def _others(positions: Sequence[Position], row: Position, file: CaseFile) -> list[tuple[int, Position]]:
    """What the other sides offered on the day of an answer and, if the option is theirs to give, what they demanded for it."""
    sides = file.sides
    theirs = [party for party in file.parties if sides[party] != sides[row.party]]
    statuses = OFFERS if row.party in file.issues[row.issue].giver else (*OFFERS, "demanded")
    pairs = [pair for party in theirs for pair in _on(positions, row, party, statuses, file)]
    return [(k, other) for k, other in pairs if other.issue != row.issue]


def _package(file: CaseFile, positions: Sequence[Position], row: Position) -> Statement | None:
    """What a party offered on a day, for what it demanded that day; None where it demanded nothing."""
    gives = _on(positions, row, row.party, OFFERS, file)
    wants = _on(positions, row, row.party, ("demanded",), file)
    if not wants:
        return None
    moves = {other.issue: other.option for _, other in (*gives, *wants)}
    numbers = tuple(k for k, _ in (*gives, *wants))
    gives_wants = {"gives": _options(other for _, other in gives), "wants": _options(other for _, other in wants)}
    label = reason("infer.package", date=row.date.isoformat(), **gives_wants)
    return Statement(row.date.isoformat(), row.party, row.status, numbers, moves, {}, reservation=True, least=True, label=label)


def _demand(file: CaseFile, number: int, row: Position) -> Statement:
    options = list(file.issues[row.issue].options)
    below = options[options.index(row.option) - 1]
    than = {} if below == options[0] else {row.issue: below}
    return Statement(
        row.date.isoformat(),
        row.party,
        row.status,
        (number,),
        {row.issue: row.option},
        than,
        reservation=False,
        least=True,
        label=_label(row, [row]),
    )
