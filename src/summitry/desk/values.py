"""Questions about what parties want: interviews with their files, and what the other side's record says."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from summitry import case
from summitry.brief import files
from summitry.case.formats.yaml_out import document
from summitry.errors import BadArgument, OutputInTheWay, UnknownName
from summitry.interests import elicit
from summitry.interests.infer import infer as from_record
from summitry.interests.interview import Interview

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case, CaseFile, Preferences
    from summitry.interests.infer import Inferred
    from summitry.interests.interview import Method, Question, Span

LARGEST = 4_000_000
TOLD = ("values, reservation and basis come from `summitry elicit`; mandate, back table and trust are not asked",)


@dataclass(frozen=True, slots=True)
class Session:
    """An interview with the files that keep it: `folder` / `answers` and `folder` / `written`."""

    file: CaseFile
    told: Interview
    folder: Path
    answers: str
    written: str
    seed: int = 0

    @property
    def kept(self) -> Path:
        """Where the answers are."""
        return self.folder / self.answers

    def ask(self) -> Question | None:
        """The next question, None at the end."""
        return elicit.ask(self.file, self.told, seed=self.seed)

    def answer(self, question: Question, text: str) -> Session:
        """The session with one answer more, kept on disk; raises BadArgument where it cannot be read."""
        return self._keep(elicit.answer(self.file, self.told, question.key, text, seed=self.seed))

    def take_back(self, number: int) -> Session:
        """The session without one answer."""
        return self._keep(elicit.take_back(self.told, number))

    def enough(self) -> Session:
        """The session without further comparisons."""
        return self._keep(self.told.model_copy(update={"comparisons": len(self.told.keys("compare"))}))

    def contradiction(self) -> tuple[str, ...]:
        """Answers that contradict each other, each in a phrase with its number."""
        return tuple(_phrase(self, number) for number in elicit.contradiction(self.file, self.told))

    def _keep(self, told: Interview) -> Session:
        files.write(self.folder, {self.answers: (told.model_dump_json(indent=1) + "\n").encode()})
        return replace(self, told=told)


@dataclass(frozen=True, slots=True)
class Elicited:
    """What an interview came to: the file, whether it is a draft beside one that was there, and what stands in it.

    `weights` are by issue, the largest counting 100; `carried` names what a draft takes over from the file that was there.
    """

    party: str
    method: Method
    answers: int
    file: str
    draft: bool
    carried: tuple[str, ...]
    contradiction: tuple[str, ...]
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
    folder, answers, written = (
        (root / "preferences" / party, "answers.json", f"{party}.yaml")
        if out is None
        else (out.parent, f"{out.name}.answers.json", out.name)
    )
    if folder.is_symlink():
        raise BadArgument(f"{folder} is a symbolic link, which is not followed: put the folder itself there.")
    told = _kept(folder / answers, file, party)
    if told is not None and not resume:
        raise BadArgument(
            f"{folder / answers} holds answers ({len(told.answers)}): go on with --resume, or move that file away to begin anew."
        )
    if told is not None and method is not None and method != told.method:
        raise BadArgument(f"The answers in {folder / answers} were asked for by {told.method}: resume without --method.")
    told = told or Interview(party=party, method=method or "tradeoffs", comparisons=comparisons)
    if comparisons is not None:
        told = told.model_copy(update={"comparisons": comparisons})
    return Session(file, told, folder, answers, written, seed)


def from_sheet(name: str, party: str, sheet: Path, *, resume: bool = False, out: Path | None = None, seed: int = 0) -> Session:
    """An interview that a filled score sheet answers at once."""
    from summitry.case.formats import answers
    from summitry.case.formats.files import open_one

    session = begin(name, party, method="direct", comparisons=0, resume=resume, out=out, seed=seed)
    told = session.told.model_copy(update={"answers": ()})
    for key, text in answers.answers(open_one(sheet), session.file, party):
        told = elicit.answer(session.file, told, key, text, seed=seed)
    return session._keep(told)  # noqa: SLF001 (its own module)


def template(name: str, party: str, target: Path) -> Path:
    """Write an empty sheet for a party to fill in, as .xlsx."""
    from summitry.case.formats import answers
    from summitry.case.formats.files import write_file

    _, file, _ = case.outline(name)
    if party not in file.parties:
        raise UnknownName("party", party, tuple(file.parties))
    write_file(target, answers.empty(file, party))
    return target


def finish(session: Session) -> Elicited:
    """Write the preference file, or a draft beside one that somebody wrote by hand, and say what stands in it."""
    from summitry.case.formats.native import preferences_of

    made = elicit.result(session.file, session.told, seed=session.seed)
    name = session.written
    carried: tuple[str, ...] = ()
    try:
        files.check(session.folder, {name: None})
    except OutputInTheWay:
        if name != f"{session.told.party}.yaml" or session.folder.name != session.told.party:
            raise
        made, carried = _beside(session, made)
        name = f"{name}.elicited"
    (path,) = files.write(session.folder, {name: document(preferences_of(made, session.file.issues), TOLD)})
    return Elicited(
        party=session.told.party,
        method=session.told.method,
        answers=len(session.told.answers),
        file=str(path),
        draft=name != session.written,
        carried=carried,
        contradiction=session.contradiction(),
        weights=elicit.weighed(session.file, session.told, seed=session.seed),
        values={issue: said.options for issue, said in made.values.items()},
        reservation=made.reservation,
        indifferent=made.indifferent,
    )


def infer(name: str, party: str, *, viewer: str | None = None, seed: int = 0) -> tuple[Case, Inferred]:
    """What the record says about a party's values, beside what the viewer (or the analyst) judges."""
    opened = case.load(name, viewer=viewer)
    if party not in opened.file.parties:
        raise UnknownName("party", party, tuple(opened.file.parties))
    return opened, from_record(opened, party, seed=seed)


def _phrase(session: Session, number: int) -> str:
    one = session.told.answers[number - 1]
    return f"{number}: {elicit.name(session.file, one.key)}: {one.text}"


def _beside(session: Session, made: Preferences) -> tuple[Preferences, tuple[str, ...]]:
    """The draft with what the file that is there says on matters that no interview asks about."""
    there = case.own_preferences(session.folder, session.told.party)
    parts = ("together", "mandate", "back_table", "trust", "exposure_limit")
    kept = {} if there is None else {part: getattr(there, part) for part in parts if getattr(there, part)}
    return made.model_copy(update=kept), tuple(kept)


def _kept(path: Path, file: CaseFile, party: str) -> Interview | None:
    """The answers that were kept, each still readable; None where there are none yet."""
    try:
        if not path.exists():
            return None
        if not path.is_file():  # a pipe would be waited for
            raise BadArgument(f"{path} is no file: move it away to begin anew.")
        if path.stat().st_size > LARGEST:
            raise BadArgument(f"{path} is too large for an interview: move it away to begin anew.")
        told = Interview.model_validate(json.loads(path.read_bytes()))
    except (ValidationError, ValueError, OSError, RecursionError) as problem:
        raise BadArgument(f"{path} cannot be read as an interview: move it away to begin anew.") from problem
    if told.party != party:
        raise BadArgument(f"{path} is an interview of {told.party}, not of {party}.")
    for number, one in enumerate(told.answers, start=1):
        try:
            elicit.read(file, one.key or ("",), one.text)
        except BadArgument as problem:
            raise BadArgument(f"Answer {number} in {path} no longer fits: {problem} Remove it there, or begin anew.") from problem
    return told
