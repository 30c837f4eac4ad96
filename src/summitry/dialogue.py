"""Asking a party what it wants: the interview at a terminal, the answers that are kept, the preference file in the end.

What is asked, and what follows from the answers, is computed in `interests.elicit`; here it meets people and files.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from pydantic import ValidationError

from summitry import case, files
from summitry.case.yaml import document
from summitry.document import Block, Lines, Phrase, bullets, head, places, say
from summitry.errors import BadArgument, OutputInTheWay, UnknownName
from summitry.formats import xlsx as sheets
from summitry.formats.files import open_one, write_file
from summitry.formats.native import preferences_of
from summitry.interests import elicit
from summitry.interests.elicit import Interview
from summitry.reasons import reason
from summitry.report.terminal import paragraph
from summitry.wording import Names, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from summitry.case.types import CaseFile, Preferences
    from summitry.interests.elicit import Method, Prompt, Span
    from summitry.reasons import Reason

LARGEST = 4_000_000
NOT_ASKED = ("together", "mandate", "back_table", "trust", "exposure_limit")
"""Parts of a preference file that no interview asks about."""


@dataclass(frozen=True, slots=True)
class Session:
    """An interview with the files that keep it: `folder` / `answers` and `folder` / `target`."""

    file: CaseFile
    interview: Interview
    folder: Path
    answers: str
    target: str
    seed: int = 0

    @property
    def wording(self) -> Wording:
        """Words about the issues and parties of the case."""
        titles = {key: party.name for key, party in self.file.parties.items()}
        titles |= {key: issue.title for key, issue in self.file.issues.items()}
        return Wording(Names(titles))

    def ask(self) -> Prompt | None:
        """The next question, None at the end."""
        return elicit.ask(self.file, self.interview, seed=self.seed)

    def answer(self, prompt: Prompt, text: str) -> Session:
        """The session with one answer more, kept on disk; raises BadArgument where it cannot be read."""
        return self.keep(elicit.answer(self.file, self.interview, prompt.key, text, seed=self.seed))

    def take_back(self, number: int) -> Session:
        """The session without one answer."""
        return self.keep(elicit.take_back(self.interview, number))

    def enough(self) -> Session:
        """The session without further comparisons."""
        return self.keep(self.interview.model_copy(update={"comparisons": len(self.interview.keys("compare"))}))

    def contradiction(self) -> tuple[Reason, ...]:
        """Answers that contradict each other, each with its number."""
        return tuple(elicit.describe(self.interview, number) for number in elicit.contradiction(self.file, self.interview))

    def keep(self, interview: Interview) -> Session:
        """The session with this interview, on disk."""
        files.write(self.folder, {self.answers: (interview.model_dump_json(indent=1) + "\n").encode()})
        return replace(self, interview=interview)


@dataclass(frozen=True, slots=True)
class Elicitation:
    """What an interview came to: the file, whether it is a draft beside one that was there, and what stands in it.

    `weights` are by issue, the largest counting 100; `from_file` names what a draft takes over from the file that was there.
    """

    party: str
    method: Method
    answers: int
    file: str
    draft: bool
    from_file: tuple[str, ...]
    contradiction: tuple[Reason, ...]
    weights: dict[str, Span]
    values: dict[str, dict[str, Span]]
    reservation: Span
    indifferent: tuple[str, ...]


def begin(
    name: str,
    party: str,
    *,
    method: Method | None = None,
    comparisons: int | None = None,
    resume: bool = False,
    out: Path | None = None,
    seed: int = 0,
) -> Session:
    """Open an interview: case.yaml and the party's own folder are all that is read."""
    root, file, bundled = case.outline(name)
    if party not in file.parties:
        raise UnknownName("party", party, tuple(file.parties))
    if out is None and bundled:
        raise BadArgument(
            f"{name} comes with summitry and stays as it is: copy it with `summitry convert {name} FOLDER`, or use --out."
        )
    folder, answers, target = (
        (root / "preferences" / party, "answers.json", f"{party}.yaml")
        if out is None
        else (out.parent, f"{out.name}.answers.json", out.name)
    )
    if folder.is_symlink():
        raise BadArgument(f"{folder} is a symbolic link, which is not followed: put the folder itself there.")
    earlier = _earlier(folder / answers, file, party)
    if earlier is not None and not resume:
        raise BadArgument(
            f"{folder / answers} holds answers ({len(earlier.answers)}): go on with --resume, or move that file away to begin "
            "anew."
        )
    if earlier is not None and method is not None and method != earlier.method:
        raise BadArgument(f"The answers in {folder / answers} were asked for by {earlier.method}: resume without --method.")
    interview = earlier or Interview(party=party, method=method or "tradeoffs", comparisons=comparisons)
    if comparisons is not None:
        interview = interview.model_copy(update={"comparisons": comparisons})
    return Session(file, interview, folder, answers, target, seed)


def from_sheet(name: str, party: str, sheet: Path, *, resume: bool = False, out: Path | None = None, seed: int = 0) -> Session:
    """An interview that a filled score sheet answers at once."""
    session = begin(name, party, method="direct", comparisons=0, resume=resume, out=out, seed=seed)
    interview = session.interview.model_copy(update={"answers": ()})
    for key, text in sheets.answers(open_one(sheet), session.file, party):
        interview = elicit.answer(session.file, interview, key, text, seed=seed)
    return session.keep(interview)


def write_template(name: str, party: str, target: Path) -> None:
    """Write an empty sheet for a party to fill in, as .xlsx."""
    _, file, _ = case.outline(name)
    if party not in file.parties:
        raise UnknownName("party", party, tuple(file.parties))
    write_file(target, sheets.for_party(file, party))


def finish(session: Session) -> Elicitation:
    """Write the preference file, or a draft beside one that somebody wrote by hand, and say what stands in it."""
    interview, name = session.interview, session.target
    about = {"who": interview.text("who") or "", "method": interview.method, "answers": len(interview.answers)}
    preferences = elicit.result(
        session.file, interview, basis=_worded(session, Phrase("elicit.basis", "", about)), seed=session.seed
    )
    from_file: tuple[str, ...] = ()
    try:
        files.check(session.folder, {name: None})
    except OutputInTheWay:
        if name != f"{interview.party}.yaml" or session.folder.name != interview.party:
            raise
        preferences, from_file = _beside(session, preferences)
        name = f"{name}.elicited"
    note = _worded(session, Phrase("elicit.note"))
    (path,) = files.write(session.folder, {name: document(preferences_of(preferences, session.file.issues), (note,))})
    return Elicitation(
        party=interview.party,
        method=interview.method,
        answers=len(interview.answers),
        file=str(path),
        draft=name != session.target,
        from_file=from_file,
        contradiction=session.contradiction(),
        weights=elicit.weigh_issues(session.file, interview, seed=session.seed),
        values={issue: values.options for issue, values in preferences.values.items()},
        reservation=preferences.reservation,
        indifferent=preferences.indifferent,
    )


def view(elicitation: Elicitation, _: Names) -> Iterator[Block]:
    """The weights with their ranges, what contradicts, and where the file is."""
    yield head("elicit.weights")
    for issue in sorted(elicitation.weights, key=lambda issue: -elicitation.weights[issue][1]):
        yield say("elicit.weight", f"weights[{issue}]")
    for place in places("indifferent", elicitation.indifferent):
        yield say("elicit.indifferent", place)
    if elicitation.contradiction:
        yield head("elicit.contradiction", level=2)
        yield bullets("elicit.clash", (Phrase("reason", place) for place in places("contradiction", elicitation.contradiction)))
        yield say("elicit.clash.remedy")
    yield head("elicit.file", level=2)
    yield Lines("file")
    if elicitation.draft:
        yield say("elicit.draft")
    yield say("elicit.rest")


def converse(session: Session, output: TextIO | None) -> Session:
    """Ask until the end, one line for an answer, on `output` where there is one.

    Raises BadArgument where the input ends or is interrupted, and says where the answers are kept.
    """
    page = _Page(session.wording, output)
    page.say(Phrase("elicit.help"), 0)
    clash: tuple[Reason, ...] = ()
    try:
        while (prompt := session.ask()) is not None:
            text = page.ask(prompt)
            if not text:
                break
            try:
                session = _heed(session, prompt, text.strip())
            except BadArgument as problem:
                page.write(paragraph(str(problem), page.width, 4))
                continue
            before, clash = clash, session.contradiction()
            if clash and clash != before:
                page.tell_clash(clash)
        else:
            page.write([""])
            return session
    except KeyboardInterrupt:
        pass  # said below, as where the input ends: the session is the one that was kept last
    except UnicodeDecodeError as problem:
        raise BadArgument(_worded(session, Phrase("elicit.undecoded", "", {"kept": _kept_where(session)}))) from problem
    page.write([""])
    raise BadArgument(_worded(session, Phrase("elicit.unfinished", "", {"kept": _kept_where(session)})))


class _Page:
    """Where an interview is shown; nowhere without an output."""

    def __init__(self, wording: Wording, output: TextIO | None) -> None:
        self.wording, self.output = wording, output
        self.width = max(shutil.get_terminal_size().columns, 40)

    def write(self, lines: Iterable[str], end: str = "\n") -> None:
        """Print lines."""
        if self.output is not None:
            self.output.write("\n".join(lines) + end)
            self.output.flush()

    def say(self, phrase: Phrase, indent: int) -> None:
        """Print a paragraph."""
        self.write(paragraph(self.wording.text(phrase, None), self.width, indent))

    def reason(self, reason: Reason, indent: int) -> None:
        """Print the sentence of a reason."""
        self.write(paragraph("".join(span.text for span in self.wording.reason(reason)), self.width, indent))

    def ask(self, prompt: Prompt) -> str:
        """Ask one question; the line that was typed, empty where the input ends."""
        self.write([""])
        self.say(Phrase("elicit.ask", "", {"number": prompt.number, "text": prompt.text}), 0)
        for line in prompt.about:
            self.reason(line, 4)
        self.say(Phrase("elicit.form", "", {"form": prompt.form}), 4)
        self.write(["> "], end="")
        return _read_line(sys.stdin)

    def tell_clash(self, clash: Iterable[Reason]) -> None:
        """Say which answers contradict each other, and what to do."""
        self.say(Phrase("elicit.clash"), 4)
        for answer in clash:
            self.reason(answer, 8)
        self.say(Phrase("elicit.clash.remedy"), 4)


def _read_line(stream: TextIO) -> str:
    return stream.readline()


def _heed(session: Session, prompt: Prompt, text: str) -> Session:
    match text.split():
        case ["back"]:
            return session.take_back(len(session.interview.answers))
        case ["redo", number] if number.isdecimal():
            return session.take_back(int(number))
        case ["enough"] if prompt.key[0] == "compare":
            return session.enough()
        case _:
            return session.answer(prompt, text)


def _worded(session: Session, phrase: Phrase) -> str:
    return session.wording.text(phrase, None)


def _kept_where(session: Session) -> Reason:
    """Where the answers are, or that there are none."""
    count = len(session.interview.answers)
    if not count:
        return reason("elicit.kept.nothing")
    return reason("elicit.kept", answers=count, file=str(session.folder / session.answers))


def _beside(session: Session, preferences: Preferences) -> tuple[Preferences, tuple[str, ...]]:
    """The draft with what the file that is there says on matters that no interview asks about."""
    there = case.own_preferences(session.folder, session.interview.party)
    parts = {} if there is None else {part: getattr(there, part) for part in NOT_ASKED if getattr(there, part)}
    return preferences.model_copy(update=parts), tuple(parts)


def _earlier(path: Path, file: CaseFile, party: str) -> Interview | None:
    """The answers that were kept, each still readable; None where there are none yet."""
    try:
        if not path.exists():
            return None
        if not path.is_file():  # a pipe would be waited for
            raise BadArgument(f"{path} is no file: move it away to begin anew.")
        if path.stat().st_size > LARGEST:
            raise BadArgument(f"{path} is too large for an interview: move it away to begin anew.")
        interview = Interview.model_validate(json.loads(path.read_bytes()))
    except (ValidationError, ValueError, OSError, RecursionError) as problem:
        raise BadArgument(f"{path} cannot be read as an interview: move it away to begin anew.") from problem
    if interview.party != party:
        raise BadArgument(f"{path} is an interview of {interview.party}, not of {party}.")
    for number, one in enumerate(interview.answers, start=1):
        try:
            elicit.read(file, one.key or ("",), one.text)
        except BadArgument as problem:
            raise BadArgument(f"Answer {number} in {path} no longer fits: {problem} Remove it there, or begin anew.") from problem
    return interview
