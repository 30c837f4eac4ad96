"""The state of play: who floated, demanded, offered, tabled, refused, withdrew or accepted which option, and what stands now.

Rules, each stated because each decides what is said to stand:
1. Rows count up to the as-of date, by date. Of the rows of one day on one option what ends something counts last, and an
   acceptance after an offer, in whatever order they are written.
2. A party's later row on the same option supersedes its earlier one. A later offer on the same issue supersedes an earlier one,
   also where it gives less; an offer on a condition supersedes its like, and what was offered without one where it gives no more.
   What is refused or withdrawn ends earlier offers of as much or more. What was superseded does not come back when its successor
   is withdrawn.
3. A demand is answered by a giver's later row on the same issue, an offer by a later row of whoever is not its giver, as long as
   that answer stands itself. What meets it in full, in part or not at all follows from the order of the options. What is
   repeated after its answer is open again, and what is only floated is no answer.
4. An option is agreed where every giver offers, tables or accepts it, and every party of the other sides but a mediator accepts
   it; where all sides give, where all givers accept it. It stays agreed until one of them takes it back, or another option of
   the issue is agreed. Where some accept and others have not spoken, who is missing is named.
5. Whoever is no party of the case stands apart: it answers nothing, and nothing waits for its answer. What somebody else reports
   of a party is shown, and binds nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from summitry.case.rows import GIVING, UNSTATED, PositionStatus

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from summitry.case.rows import Position
    from summitry.case.types import Case, Issue

    Group = dict[tuple[str, str, str, str], list[Position]]

Answer = Literal["open", "reopened", "floated", "refused", "met", "met in part", "countered", "accepted"]
Direction = Literal["further", "back", "same"]
End = Literal["", "withdrawn", "superseded", "ended", "reported"]
GIVES, WANTS = GIVING, frozenset({"demanded"})
ENDS = frozenset({"withdrawn"})
NO = ENDS | {"refused"}
STATUSES: tuple[PositionStatus, ...] = ("floated", "demanded", "offered", "tabled", "accepted", "refused", "withdrawn")
"""In the order in which the rows of one day on one option count."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row says of an issue: its status, and the option that it speaks of."""

    status: str
    option: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """What a party last said about one option: since when, how often, and whether it still stands; with its source.

    `end` says why it stands no more: the party withdrew it, a later offer superseded it, a later no to as much or less ended it,
    or it never bound anybody, because somebody else, `by`, reports it. `offer` names the rows that belong together, `conditions`
    what it hangs on, `asks` what the party demands in rows that belong to it.
    """

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
    offer: str = ""
    conditions: tuple[str, ...] = ()
    by: str = ""
    end: End = ""
    asks: tuple[str, ...] = ()

    @property
    def hangs(self) -> tuple[str, ...]:
        """The conditions that are options of the case."""
        return tuple(name for name in self.conditions if name != UNSTATED)

    @property
    def unstated(self) -> bool:
        """Whether it hangs on something that nobody has named."""
        return UNSTATED in self.conditions

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
class Agreement:
    """An option on which all agree whose agreement is needed: since when, and whether conditions hang on it.

    `missing` are those who have not said so yet, where only some have; `by` who took it back on `until`, and `source` where.
    """

    issue: str
    option: str
    since: str
    conditional: bool = False
    agree: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    by: str = ""
    until: str = ""
    source: str = ""

    @property
    def label(self) -> str:
        """ISSUE.OPTION."""
        return f"{self.issue}.{self.option}"


@dataclass(frozen=True, slots=True)
class Positions:
    """The state of play: the board by issue and party, what is on the table, what waits for an answer, and how all moved.

    `board` holds every party's last word on every option, `table` the standing offers (also tabled and accepted ones),
    `agreements` what is agreed as ISSUE.OPTION, `settled` the same with days, `partial` what only some of those needed have
    agreed to, `taken_back` what was agreed and is no more, `waiting` standing demands and offers with their answers, `shifts` the
    moves by date, `outside` the stands of those who are not in the room, `untouched` the issues on which no party said anything.
    """

    as_of: str
    board: dict[str, dict[str, tuple[Stand, ...]]]
    table: tuple[Stand, ...]
    agreements: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    shifts: tuple[Shift, ...]
    outside: tuple[Stand, ...]
    untouched: tuple[str, ...]
    settled: tuple[Agreement, ...] = ()
    partial: tuple[Agreement, ...] = ()
    taken_back: tuple[Agreement, ...] = ()

    @property
    def unanswered(self) -> tuple[Waiting, ...]:
        """Standing demands and offers without an answer, repeated after it, or answered only by something floated."""
        return tuple(w for w in self.waiting if w.waits)


def read_positions(case: Case) -> Positions | None:
    """The state of play on the as-of date; None where the case has no positions."""
    rows = known_rows(case)
    if not rows:
        return None
    parties = case.file.parties
    inside = [row for row in rows if row.party in parties and row.own]
    reports = [row for row in rows if row.party in parties and not row.own]
    stands = read_stands(case, inside)
    settled, taken_back = _agreements(case, inside)
    answers = [row for row in inside if _counts(row, stands)]
    return Positions(
        as_of=case.file.as_of.isoformat(),
        board=_board(case, (*stands, *read_stands(case, reports))),
        table=tuple(s for s in stands if offers(case, s)),
        agreements=tuple(one.label for one in settled),
        waiting=tuple(_waiting(case, s, answers) for s in stands if s.stands and not s.in_force and _waits(case, s)),
        shifts=tuple(_shifts(case, inside)),
        outside=read_stands(case, [row for row in rows if row.party not in parties]),
        untouched=_untouched(case, inside),
        settled=settled,
        partial=_partial(case, stands, settled),
        taken_back=taken_back,
    )


def offers(case: Case, stand: Stand) -> bool:
    """Whether a stand is an offer of its own issue that stands."""
    return stand.stands and stand.status in GIVES and _gives(case, stand)


def _untouched(case: Case, rows: Sequence[Position]) -> tuple[str, ...]:
    """The issues on which no party said anything itself."""
    return tuple(issue for issue in case.file.issues if all(row.issue != issue for row in rows))


def known_rows(case: Case) -> list[Position]:
    """The rows up to the as-of date, by date; of one day by what they do, so that the order in the file does not matter."""
    issues = case.file.issues

    def order(row: Position) -> tuple[object, ...]:
        rank = STATUSES.index(row.status), _rank(issues[row.issue], row.option)
        return row.date, *rank, row.party, row.issue, row.source, row.note, row.offer, row.condition, row.by

    return sorted((r for r in case.evidence.positions if r.date <= case.file.as_of), key=order)


def _board(case: Case, stands: Sequence[Stand]) -> dict[str, dict[str, tuple[Stand, ...]]]:
    """By issue and party, in the order of the case, what each said; without those who said nothing."""
    board: dict[str, dict[str, list[Stand]]] = {issue: {party: [] for party in case.file.parties} for issue in case.file.issues}
    for stand in stands:
        board[stand.issue][stand.party].append(stand)
    by_issue = {issue: {party: tuple(own) for party, own in row.items() if own} for issue, row in board.items()}
    return {issue: row for issue, row in by_issue.items() if row}


def read_stands(case: Case, rows: Sequence[Position]) -> tuple[Stand, ...]:
    """The last word of every party on every option, in the order of the case, and whether it stands."""
    groups: Group = {}
    for row in rows:
        groups.setdefault((row.issue, row.option, row.party, "" if row.own else row.by), []).append(row)
    order = {issue: k for k, issue in enumerate(case.file.issues)}
    people = {key: k for k, key in enumerate((*case.file.parties, *case.file.outsiders))}
    last = [_run(group) for group in groups.values()]
    last.sort(key=lambda run: (order[run[0].issue], _rank(case.file.issues[run[0].issue], run[0].option), people[run[0].party]))
    stands = []
    for row, since, times in last:
        end = _end(case, row, rows)
        stands.append(
            Stand(
                party=row.party,
                issue=row.issue,
                option=row.option,
                status=row.status,
                since=since.isoformat(),
                date=row.date.isoformat(),
                times=times,
                stands=not end,
                in_force=row.option == case.file.issues[row.issue].status_quo,
                source=row.source,
                note=row.note,
                offer=row.offer,
                conditions=row.conditions if row.status in GIVES else (),
                by="" if row.own else row.by,
                end=end,
                asks=_asks(row, rows) if row.status in GIVES and row.party in case.file.issues[row.issue].giver else (),
            )
        )
    return tuple(stands)


def _end(case: Case, row: Position, rows: Sequence[Position]) -> End:
    """Why a party's last word on an option stands no more; empty where it stands."""
    if not row.own:
        return "reported"
    if row.status in ENDS:
        return "withdrawn"
    issue = case.file.issues[row.issue]
    if row.status not in GIVES or row.party not in issue.giver:
        return ""
    rank = _rank(issue, row.option)
    later = [r for r in rows if r.party == row.party and r.issue == row.issue and r.date > row.date]
    if any(r.status in NO and _rank(issue, r.option) <= rank for r in later):
        return "ended"
    return "superseded" if row.status != "accepted" and any(_supersedes(issue, r, row) for r in later) else ""


def _asks(offer: Position, rows: Sequence[Position]) -> tuple[str, ...]:
    """What the party demands, and has not withdrawn, in the rows that belong to an offer: by its name, or by day and source."""
    asks = (
        row
        for row in rows
        if (row.party, row.by) == (offer.party, offer.by)
        and row.status in WANTS
        and _last(row, rows).status not in ENDS
        and (row.offer == offer.offer if offer.offer else (row.offer, row.date, row.source) == ("", offer.date, offer.source))
    )
    return tuple(dict.fromkeys(f"{row.issue}.{row.option}" for row in asks))


def _last(row: Position, rows: Sequence[Position]) -> Position:
    """The party's last row on the same option."""
    return [r for r in rows if (r.party, r.issue, r.option) == (row.party, row.issue, row.option)][-1]


def _supersedes(issue: Issue, later: Position, row: Position) -> bool:
    """Whether a later offer of the same party on the same issue takes the place of an earlier one.

    A free one takes the place of every free one, and of an offer on a condition that gives no more; an offer on a condition that
    of its like (one of the same name, or, where neither has a name, one on the same condition), and of a free one that gives as
    much or more: who now asks for a return no longer gives it for nothing.
    """
    if later.status not in GIVES:
        return False
    if not _free(later):
        same = later.offer == row.offer and (bool(row.offer) or set(later.conditions) == set(row.conditions))
        return _rank(issue, later.option) <= _rank(issue, row.option) if _free(row) else same
    return _free(row) or _rank(issue, later.option) >= _rank(issue, row.option)


def _free(row: Position) -> bool:
    return not row.offer and not row.conditions


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


def needed(case: Case, issue: str) -> tuple[str, ...]:
    """Whose agreement an option of an issue needs: every giver's, and of the other sides every party's but a mediator's."""
    givers, sides = case.file.issues[issue].giver, case.file.sides
    giving = {sides[giver] for giver in givers}
    return tuple(
        party for party in case.file.parties if party in givers or (party != case.file.mediator and sides[party] not in giving)
    )


def _agreements(case: Case, rows: Sequence[Position]) -> tuple[tuple[Agreement, ...], tuple[Agreement, ...]]:
    """What is agreed now, and what was agreed and taken back, in the order of the case.

    Day by day: an option is agreed on the day on which all whose agreement is needed say so, until one of them withdraws or
    refuses as much, or a later day agrees on another option of the issue.
    """
    current: dict[str, Agreement] = {}
    gone: dict[str, Agreement] = {}
    for day in sorted({row.date for row in rows}):
        today = [row for row in rows if row.date == day]
        for issue in case.file.issues:
            ended = None if issue not in current else _taken_back(case, current[issue], today)
            if ended is not None:
                gone[issue] = ended
                del current[issue]
        for one in _formed(case, read_stands(case, [row for row in rows if row.date <= day])):
            before = current.get(one.issue)
            if before is None or (before.option, before.conditional) != (one.option, one.conditional):
                current[one.issue] = replace(one, since=day.isoformat())
            gone.pop(one.issue, None)
    in_order = [issue for issue in case.file.issues if issue in current or issue in gone]
    return tuple(current[i] for i in in_order if i in current), tuple(gone[i] for i in in_order if i in gone)


def _formed(case: Case, stands: Sequence[Stand]) -> Iterator[Agreement]:
    """The options on which all who are needed agree by these stands; of one issue the last."""
    for name, issue in case.file.issues.items():
        best = None
        for option in issue.options:
            who = _agreeing(case, name, option, stands)
            if issue.giver and set(needed(case, name)) <= who.keys():
                conditional = any(stand.conditions or stand.offer for stand in who.values())
                best = Agreement(name, option, "", conditional, tuple(who))
        if best is not None:
            yield best


def _agreeing(case: Case, issue: str, option: str, stands: Sequence[Stand]) -> dict[str, Stand]:
    """Who agrees to an option now: givers who offer, table or accept it, and others who accept it."""
    givers = case.file.issues[issue].giver
    shared = set(needed(case, issue)) <= set(givers)
    return {
        s.party: s
        for s in stands
        if (s.issue, s.option) == (issue, option)
        and s.stands
        and (s.status == "accepted" or (s.party in givers and s.status in GIVES and not shared))
    }


def _taken_back(case: Case, agreement: Agreement, rows: Sequence[Position]) -> Agreement | None:
    """The agreement with who ended it on a day; None where nobody did."""
    issue = case.file.issues[agreement.issue]
    for row in rows:
        mine = row.issue == agreement.issue and row.party in agreement.agree and row.status in NO
        if mine and _rank(issue, row.option) <= _rank(issue, agreement.option):
            return replace(agreement, by=row.party, until=row.date.isoformat(), source=row.source)
    return None


def _partial(case: Case, stands: Sequence[Stand], settled: Sequence[Agreement]) -> tuple[Agreement, ...]:
    """The options that somebody accepts and somebody who is needed neither agreed to yet nor demands."""
    labels = {one.label for one in settled}
    partial = []
    for name, issue in case.file.issues.items():
        for option in list(issue.options)[1:]:
            who = _agreeing(case, name, option, stands)
            wants = {s.party for s in stands if (s.issue, s.option) == (name, option) and s.status in WANTS}
            missing = tuple(party for party in needed(case, name) if party not in who and party not in wants)
            accepted = [s for s in who.values() if s.status == "accepted"]
            if issue.giver and accepted and missing and len(who) > 1 and f"{name}.{option}" not in labels:
                since = max(s.date for s in who.values())
                partial.append(Agreement(name, option, since, agree=tuple(who), missing=missing, source=accepted[0].source))
    return tuple(partial)


def _counts(row: Position, stands: Sequence[Stand]) -> bool:
    """Whether a row can answer something: what it says still stands."""
    return any(
        s.stands and (s.party, s.issue, s.option, s.status) == (row.party, row.issue, row.option, row.status) for s in stands
    )


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
    reply = Statement(
        row.status,
        row.option,
        (*_asks(row, rows), *(name for name in row.conditions if name != UNSTATED)) if row.status in GIVES else (),
    )
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
        speaks, ends = (GIVES, NO) if gives else (WANTS, ENDS)
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
