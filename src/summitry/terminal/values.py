"""What the commands about values ask and print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from summitry.brief.words import counted
from summitry.errors import BadArgument
from summitry.terminal.page import Page, console, page_of

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.desk.values import Elicited, Session
    from summitry.interests.infer import Heard, Inferred, Learned
    from summitry.interests.interview import Question

HELP = "`back` takes the last answer back, `redo N` answer N, `enough` ends the comparisons; every answer is kept at once."
DOUBTFUL = 0.2
"""A statement that holds in fewer draws than this, even after the record was heard, does not fit the judgement."""
LEAST_WHOLE = 0.01
WORTH_SHOWING = 0.1
"""Values whose median moves by less than this share of the judged range are counted and not listed."""


def interview(session: Session, *, quiet: bool, stderr: bool) -> Session:
    """Ask until the end, one line for an answer; where the input ends or is interrupted, say where the answers are kept."""
    page = Page(quiet=quiet)
    page.console = console(stderr=stderr, quiet=quiet)
    page.line(HELP)
    clash: tuple[str, ...] = ()
    try:
        while (question := session.ask()) is not None:
            text = _put(page, question)
            if not text:
                break
            try:
                session = _heed(session, question, text.strip())
            except BadArgument as problem:
                page.say(str(problem), 4)
                continue
            before, clash = clash, session.contradiction()
            if clash and clash != before:
                _clash(page, clash)
        else:
            return session
    except KeyboardInterrupt:
        pass  # told below, as where the input ends: the session is the one that was kept last
    except UnicodeDecodeError as problem:
        raise BadArgument(f"The input is no text in UTF-8. {_unfinished(session)}") from problem
    page.line()
    raise BadArgument(f"The interview is not finished. {_unfinished(session)}")


def _unfinished(session: Session) -> str:
    if not session.told.answers:
        return "Nothing was answered yet."
    kept = counted(len(session.told.answers), "answer")
    return f"{kept} kept in {session.kept}: go on with the same command and --resume."


def _put(page: Page, question: Question) -> str:
    """Ask one question; the line that was typed, empty where the input ends."""
    page.line()
    page.say(f"{question.number}. {question.text}", 0)
    for line in question.lines:
        page.say(line, 4)
    page.say(f"[{question.form}]", 4)
    page.console.print("> ", end="")
    return _read(sys.stdin)


def _read(stream: TextIO) -> str:
    return stream.readline()


def _heed(session: Session, question: Question, text: str) -> Session:
    match text.split():
        case ["back"]:
            return session.take_back(len(session.told.answers))
        case ["redo", number] if number.isdecimal():
            return session.take_back(int(number))
        case ["enough"] if question.key[0] == "compare":
            return session.enough()
        case _:
            return session.answer(question, text)


def _clash(page: Page, clash: tuple[str, ...]) -> None:
    page.say("These answers contradict each other, more than an error of a fifth in each explains:", 4)
    for answer in clash:
        page.say(answer, 8)
    page.say("Take one back with `redo N`, or go on: what fits none of them well stays wide.", 4)


def show_elicited(found: Elicited) -> None:
    """The weights with their ranges, what contradicts, and where the file is."""
    page = Page()
    page.head("WEIGHTS (the largest counts 100; nine in ten of what your answers leave)")
    for issue, (low, mid, high) in sorted(found.weights.items(), key=lambda item: -item[1][1]):
        page.say(f"{issue}: {mid:.0f}, from {low:.0f} to {high:.0f}")
    for issue in found.indifferent:
        page.say(f"{issue}: makes no difference to you")
    if found.contradiction:
        page.head("CONTRADICTION")
        _clash(page, found.contradiction)
    page.head("FILE")
    page.line(f"  {found.file}", whole=True)
    if found.draft:
        kept = f" ({', '.join(found.carried)} taken over from it)" if found.carried else ""
        page.say(f"A draft: the file that was there was not written by summitry and stays as it is{kept}.")
    page.say("Mandate, back table and trust are not asked: add them by hand.")


def show_inferred(case: Case, found: Inferred) -> None:
    """What each statement implies and moves, what fits badly, what says nothing, values before and after, lines to paste."""
    page = page_of(case)
    judge = page.name(found.holder) if found.holder != found.party else "the analyst"
    page.line(f"The values of {page.name(found.party)}: its record on top of the judgement of {judge}", style="bold")
    page.say(
        f"Taken to be meaningless in {100 * found.slip:.0f} % of cases, else off by {100 * found.tolerance:.0f} % of the points "
        f"at stake. All of it holds in {_share(found.agree)} of the draws of the judgement.",
        0,
    )
    telling = [heard for heard in found.heard if heard.moves or heard.after < DOUBTFUL]
    page.head("WHAT IT IMPLIES")
    for heard in telling:
        _heard(page, heard)
    rest = [heard.statement.said for heard in found.heard if heard not in telling]
    if rest:
        page.say(f"Nothing that the judgement did not say already: {'; '.join(rest)}.")
    if found.contradiction:
        page.head("CONTRADICTION")
        page.say("No values within the judged ranges meet these at once:")
        for said in found.contradiction:
            page.say(said, 4)
    if found.silent:
        page.head("WHAT IMPLIES NOTHING")
        for row in found.silent:
            page.say(f"{row.said}: {row.why}")
    _values(page, found)
    page.line()
    page.say(
        f"{found.draws:,} draws of {found.chains} chains; effective size at least {found.effective:,.0f}, "
        f"R-hat at most {found.r_hat:.3f}. A consequence of judgements, no measurement."
    )


def _heard(page: Page, heard: Heard) -> None:
    told = heard.statement
    if told.than:
        bar = f"than {', '.join(f'{issue}.{option}' for issue, option in told.than.items())}"
        meaning = f"worth more {bar}"
    else:
        bar = "its reservation value" if told.reservation else "today's state"
        meaning = f"worth at {'least' if told.least else 'most'} {bar}"
    page.say(f"{told.said}")
    package = ", ".join(f"{issue}.{option}" for issue, option in told.moves.items())
    page.say(f"{package}: {meaning}; holds in {_share(heard.before)} of draws before, {_share(heard.after)} after", 6)
    if heard.moves:
        page.say(f"moves {', '.join(f'{shift.place} by {shift.points:+.2g}' for shift in heard.moves)}", 6)
    if heard.after < DOUBTFUL:
        page.say("does not fit the judgement: the ranges are off, or what was said on one day is no package", 6)


def _values(page: Page, found: Inferred) -> None:
    moved = [one for one in found.values if _moved(one)]
    if moved:
        page.head("VALUES (5, 50, 95 % of draws: by the judgement, then with the record)")
    for one in moved:
        place = f"{one.issue}.{one.option}" if one.issue else one.option
        page.say(f"{place}: {_three(one.before)}, then {_three(one.after)}")
    if moved:
        page.say(f"{counted(len(found.values) - len(moved), 'other value')} moved by less than a tenth of the judged range.")
        page.head("TO PASTE")
        for line in paste(found):
            page.line(line, indent=2 + len(line) - len(line.lstrip()), whole=True)
    else:
        page.line()
        page.say("No value moved by a tenth of its judged range: the record and the judgement agree.")


def paste(found: Inferred) -> list[str]:
    """The issues that moved as lines of a preference file, each with all of its options, and the reservation value."""
    from summitry.case.formats.yaml_out import block

    issues = {one.issue for one in found.values if _moved(one)}
    body: dict[str, object] = {one.option: list(one.paste) for one in found.values if not one.issue and "" in issues}
    values = {
        issue: {one.option: list(one.paste) for one in found.values if one.issue == issue}
        for issue in dict.fromkeys(one.issue for one in found.values)
        if issue and issue in issues
    }
    return list(block(body | ({"values": values} if values else {}), ""))


def _moved(one: Learned) -> bool:
    return abs(one.after[1] - one.before[1]) > WORTH_SHOWING * (one.judged[2] - one.judged[0])


def _three(numbers: tuple[float, float, float]) -> str:
    return " ".join(f"{number:.3g}" for number in numbers)


def _share(share: float) -> str:
    return f"{100 * share:.0f} %" if share == 0 or share > LEAST_WHOLE else f"{100 * share:.2g} %"
