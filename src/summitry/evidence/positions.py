"""The state of play: who floated, demanded, offered, tabled, refused, withdrew or accepted which option, and what stands now.

Rules, each stated because each decides what is said to stand:
1. Rows count up to the as-of date, by date, and as written within a day.
2. A party's later row on the same option supersedes its earlier one; a withdrawal ends what stood.
3. A demand is answered by a giver's later row on the same issue, an offer by a later row of whoever is not its giver. What meets
   it in full, in part or not at all follows from the order of the options. What is repeated after its answer is open again, and
   what is only floated is no answer.
4. An option is agreed where every giver offers, tables or accepts it, and somebody who is no giver accepts it; where all give,
   where all of them accept it. Later options of the same issue are not agreed by it.
5. Whoever is no party of the case stands apart: it answers nothing, and nothing waits for its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from summitry.case.rows import Position
    from summitry.case.types import Case, Issue

    Group = dict[tuple[str, str, str], list[Position]]

Answer = Literal["open", "reopened", "floated", "refused", "met", "met in part", "countered", "accepted"]
Direction = Literal["further", "back", "same"]
GIVES, WANTS = frozenset({"offered", "tabled", "accepted"}), frozenset({"demanded"})
ENDS = frozenset({"withdrawn"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row says of an issue: its status, and the option that it speaks of."""

    status: str
    option: str


@dataclass(frozen=True, slots=True)
class Stand:
    """What a party last said about one option: since when, how often, and whether it still stands; with its source."""

    party: str
    issue: str
    option: str
    status: str
    since: str
    date: str
    times: int
    stands: bool
    in_force: bool
    source: str
    note: str

    @property
    def again(self) -> str | None:
        """Until when it was repeated; None where it was not."""
        return self.date if self.date != self.since else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A standing demand or offer and the answer to it: by whom, when, what it says, from which source."""

    party: str
    issue: str
    option: str
    status: str
    since: str
    date: str
    answer: Answer
    by: str
    answer_date: str
    reply: Statement | None
    source: str
    answer_source: str

    @property
    def again(self) -> str | None:
        """Until when it was repeated; None where it was not."""
        return self.date if self.date != self.since else None

    @property
    def waits(self) -> bool:
        """Whether it has no answer, was repeated after it, or is answered only by something floated."""
        return self.answer in {"open", "reopened", "floated"}


@dataclass(frozen=True, slots=True)
class Shift:
    """A party's move between two of its demands, or two of its offers, on one issue: further towards the other side, or back."""

    party: str
    issue: str
    role: Literal["gives", "asks"]
    before: Statement
    after: Statement
    since: str
    date: str
    direction: Direction
    source: str

    @property
    def move(self) -> str:
        """Role and direction as one code."""
        return f"{self.role}-{self.direction}"


@dataclass(frozen=True, slots=True)
class Positions:
    """The state of play: the board by issue and party, what is on the table, what waits for an answer, and how all moved.

    `board` holds every party's last word on every option, `table` the standing offers (also tabled and accepted ones),
    `agreements` what is agreed as ISSUE.OPTION, `waiting` standing demands and offers with their answers, `shifts` the moves by
    date, `outside` the stands of those who are not in the room, `untouched` the issues on which no party said anything.
    """

    as_of: str
    board: dict[str, dict[str, tuple[Stand, ...]]]
    table: tuple[Stand, ...]
    agreements: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    shifts: tuple[Shift, ...]
    outside: tuple[Stand, ...]
    untouched: tuple[str, ...]

    @property
    def unanswered(self) -> tuple[Waiting, ...]:
        """Standing demands and offers without an answer, repeated after it, or answered only by something floated."""
        return tuple(w for w in self.waiting if w.waits)


def read_positions(case: Case) -> Positions | None:
    """The state of play on the as-of date; None where the case has no positions."""
    rows = sorted((r for r in case.evidence.positions if r.date <= case.file.as_of), key=lambda r: r.date)
    if not rows:
        return None
    inside = [row for row in rows if row.party in case.file.parties]
    stands = _stands(case, inside)
    board = _board(case, stands)
    return Positions(
        as_of=case.file.as_of.isoformat(),
        board=board,
        table=tuple(s for s in stands if s.stands and s.status in GIVES and _gives(case, s)),
        agreements=_agreements(case, stands),
        waiting=tuple(_waiting(case, s, inside) for s in stands if s.stands and not s.in_force and _waits(case, s)),
        shifts=tuple(_shifts(case, inside)),
        outside=_stands(case, [row for row in rows if row.party not in case.file.parties]),
        untouched=tuple(issue for issue in case.file.issues if issue not in board),
    )


def _board(case: Case, stands: Sequence[Stand]) -> dict[str, dict[str, tuple[Stand, ...]]]:
    """By issue and party, in the order of the case, what each said; without those who said nothing."""
    board: dict[str, dict[str, list[Stand]]] = {issue: {party: [] for party in case.file.parties} for issue in case.file.issues}
    for stand in stands:
        board[stand.issue][stand.party].append(stand)
    by_issue = {issue: {party: tuple(own) for party, own in row.items() if own} for issue, row in board.items()}
    return {issue: row for issue, row in by_issue.items() if row}


def _stands(case: Case, rows: Iterable[Position]) -> tuple[Stand, ...]:
    groups: Group = {}
    for row in rows:
        groups.setdefault((row.issue, row.option, row.party), []).append(row)
    order = {issue: k for k, issue in enumerate(case.file.issues)}
    keys = sorted(groups, key=lambda key: (order[key[0]], _rank(case.file.issues[key[0]], key[1])))
    stands = []
    for key in keys:
        last, since, times = _run(groups[key])
        stands.append(
            Stand(
                party=last.party,
                issue=last.issue,
                option=last.option,
                status=last.status,
                since=since.isoformat(),
                date=last.date.isoformat(),
                times=times,
                stands=last.status not in ENDS,
                in_force=last.option == case.file.issues[last.issue].status_quo,
                source=last.source,
                note=last.note,
            )
        )
    return tuple(stands)


def _run(rows: Sequence[Position]) -> tuple[Position, dt.date, int]:
    """The last row, and since when and how often in a row its status was repeated."""
    last = rows[-1]
    run = [last]
    for row in reversed(rows[:-1]):
        if row.status != last.status:
            break
        run.append(row)
    return last, run[-1].date, len(run)


def _rank(issue: Issue, option: str) -> int:
    return list(issue.options).index(option)


def _gives(case: Case, stand: Stand) -> bool:
    return stand.party in case.file.issues[stand.issue].giver


def _waits(case: Case, stand: Stand) -> bool:
    return stand.status in WANTS if not _gives(case, stand) else stand.status in {"offered", "tabled"}


def _agreements(case: Case, stands: Sequence[Stand]) -> tuple[str, ...]:
    agreements = []
    for name, issue in case.file.issues.items():
        for option in issue.options:
            last = {s.party: s.status for s in stands if s.issue == name and s.option == option and s.stands}
            offered_by_all = bool(issue.giver) and all(last.get(giver) in GIVES for giver in issue.giver)
            takers = [party for party in case.file.parties if party not in issue.giver]
            accepts = any(last.get(party) == "accepted" for party in takers)
            all_give = not takers and all(last.get(giver) == "accepted" for giver in issue.giver)
            if offered_by_all and (accepts or all_give):
                agreements.append(f"{name}.{option}")
    return tuple(agreements)


def _waiting(case: Case, stand: Stand, rows: Sequence[Position]) -> Waiting:
    """The last answer to a standing demand or offer, and whether it was repeated after it."""
    issue = case.file.issues[stand.issue]
    sides = case.file.sides
    wants = stand.status in WANTS
    answers = [
        row
        for row in rows
        if row.issue == stand.issue
        and sides[row.party] != sides[stand.party]
        and (row.party in issue.giver or not wants)
        and row.date.isoformat() >= stand.since
    ]
    judged = [(row, answer) for row in answers if (answer := _answer(issue, stand, row)) is not None]
    mine = (stand.party, stand.issue, stand.option, stand.status, stand.since, stand.date)
    if not judged:
        return Waiting(*mine, "open", "", "", None, stand.source, "")
    row, answer = judged[-1]
    if row.date.isoformat() < stand.date and answer not in {"met", "accepted"}:
        answer = "reopened"
    reply = Statement(row.status, row.option)
    return Waiting(*mine, answer, row.party, row.date.isoformat(), reply, stand.source, row.source)


def _answer(issue: Issue, stand: Stand, row: Position) -> Answer | None:
    """What a row of the other side says to a standing demand or offer; None where it says nothing to it."""
    mine, theirs = _rank(issue, stand.option), _rank(issue, row.option)
    answer: Answer | None = None
    if row.status == "refused":
        answer = "refused" if theirs <= mine else None
    elif stand.status not in WANTS:
        if row.status == "accepted":
            answer = "accepted" if theirs >= mine else "met in part"
        elif row.status in WANTS and theirs > mine:
            answer = "countered"
    elif row.status == "floated" and theirs >= mine:
        answer = "floated"
    elif row.status in GIVES and theirs:
        answer = "met" if theirs >= mine else "met in part"
    return answer


def _shifts(case: Case, rows: Sequence[Position]) -> list[Shift]:
    """Each party's moves on each issue, from one demand to the next and from one offer to the next, by date.

    A level is how far along the options a party gives or asks. To refuse or withdraw an option leaves what lies before it.
    """
    last: dict[tuple[str, str, str], tuple[Position, int]] = {}
    shifts = []
    for row in rows:
        issue = case.file.issues[row.issue]
        gives = row.party in issue.giver
        speaks, ends = (GIVES, ENDS | {"refused"}) if gives else (WANTS, ENDS)
        if row.status not in speaks | ends:
            continue
        role: Literal["gives", "asks"] = "gives" if gives else "asks"
        before, was = last.get((row.party, row.issue, role), (None, 0 if gives else len(issue.options)))
        rank = _rank(issue, row.option)
        level = rank if row.status in speaks else min(was, rank - 1)
        last[row.party, row.issue, role] = row, level
        if before is not None:
            towards = level - was if gives else was - level
            direction: Direction = "same" if towards == 0 else "further" if towards > 0 else "back"
            statements = Statement(before.status, before.option), Statement(row.status, row.option)
            days = before.date.isoformat(), row.date.isoformat()
            shifts.append(Shift(row.party, row.issue, role, *statements, *days, direction, row.source))
    return shifts
