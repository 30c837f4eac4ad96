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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summitry.case.rows import Position
    from summitry.case.types import CaseFile

MADE = ("offered", "tabled")
WHOLE = (*MADE, "accepted")
"""What a party did of these on one day is one package."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One inequality on values: moves less `than`, less the reservation value if `reservation`, is at least 0 or at most 0.

    `rows` number the rows of evidence/positions.csv that it is made of, the first is 1; `status` is that of the row that gave it.
    """

    date: str
    party: str
    status: str
    rows: tuple[int, ...]
    moves: dict[str, str]
    than: dict[str, str]
    reservation: bool
    least: bool
    said: str


@dataclass(frozen=True, slots=True)
class Silent:
    """A row that implies nothing about values, and why."""

    row: int
    said: str
    why: str


def read_record(file: CaseFile, positions: Sequence[Position], party: str) -> tuple[tuple[Statement, ...], tuple[Silent, ...]]:
    """All that the rows of `party` imply about its values, in the order of the rows, and the rows that imply nothing."""
    found: list[Statement] = []
    silent: list[Silent] = []
    for number, row in _rows(positions):
        if row.party != party:
            continue
        read = _read(file, positions, number, row)
        if isinstance(read, str):
            silent.append(Silent(number, label(row), read))
        elif row.status in {"demanded", "refused"} or not any(number in other.rows for other in found if other.status in WHOLE):
            found.append(read)
    return tuple(found), tuple(silent)


def _read(file: CaseFile, positions: Sequence[Position], number: int, row: Position) -> Statement | str:
    """What one row says, or why it says nothing."""
    if row.option == file.issues[row.issue].status_quo:
        return "it stands in the status quo, where all points begin"
    if row.status in {"floated", "withdrawn"}:
        return f"what is {row.status} binds nobody"
    if row.status in MADE:
        return _package(file, positions, row) or "no price was stated that day, so it does not say what it is worth"
    if row.status == "demanded":
        return _demand(file, number, row)
    made = answered(file, positions, number, row)
    if row.status == "accepted" and all(row.party in file.issues[issue].giver for issue in made.moves):
        return "an own giveaway, and what it was given for is not on the record of that day"
    return made


def answered(file: CaseFile, positions: Sequence[Position], number: int, row: Position) -> Statement:
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
        said=f"{row.date.isoformat()} {row.status} {', '.join(f'{other.issue}.{other.option}' for _, other in own)}",
    )


def label(row: Position) -> str:
    """A row in one phrase."""
    return f"{row.date.isoformat()} {row.status} {row.issue}.{row.option}"


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
    statuses = MADE if row.party in file.issues[row.issue].giver else (*MADE, "demanded")
    found = [pair for party in theirs for pair in _on(positions, row, party, statuses, file)]
    return [(k, other) for k, other in found if other.issue != row.issue]


def _package(file: CaseFile, positions: Sequence[Position], row: Position) -> Statement | None:
    """What a party offered on a day, for what it demanded that day; None where it demanded nothing."""
    given = _on(positions, row, row.party, MADE, file)
    wanted = _on(positions, row, row.party, ("demanded",), file)
    if not wanted:
        return None
    moves = {other.issue: other.option for _, other in (*given, *wanted)}
    numbers = tuple(k for k, _ in (*given, *wanted))
    offered, asked = (", ".join(f"{other.issue}.{other.option}" for _, other in part) for part in (given, wanted))
    said = f"{row.date.isoformat()} offered {offered} for {asked}"
    return Statement(row.date.isoformat(), row.party, row.status, numbers, moves, {}, reservation=True, least=True, said=said)


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
        said=label(row),
    )
