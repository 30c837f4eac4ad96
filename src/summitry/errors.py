"""Every failure that a user can cause, as one small family: what is wrong, where, and what to do about it.

A leaf is built from values and words its own message, so that the command line, the web page and Python show the same sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding of `check` in a case's files: place, what is wrong, what would be right."""

    file: str
    line: int | None
    column: int | None
    path: str
    what: str
    remedy: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        if self.line is not None and self.column is not None:
            place += f":{self.column}"
        at = f" at {self.path}" if self.path else ""
        return f"{place}: {self.level}{at}: {self.what}. {self.remedy}"


class SummitryError(Exception):
    """Base of all: the message says what is wrong and what to do; `exit_code` is the command line's."""

    exit_code = 2


class CaseNotFound(SummitryError):
    """The CASE argument is neither a folder, nor a bundled case, nor a readable foreign scenario."""

    def __init__(self, name: str, bundled: Sequence[str]) -> None:
        self.name = name
        super().__init__(
            f"There is no case {name!r}: give a folder with a case.yaml, a scenario file, or one of the bundled cases "
            f"({', '.join(bundled)}).{_nearest(name, bundled)}"
        )


class CaseInvalid(SummitryError):
    """The case's files, or a table beside it, contradict the format or themselves; carries every problem at once."""

    def __init__(self, problems: Iterable[Problem], what: str = "The case") -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.column or 0, p.path, p.what)))
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        super().__init__("\n".join([f"{what} cannot be used as it is: {head}.", *map(str, self.problems)]))


class UnknownName(SummitryError):
    """A party, issue or option was asked for that the case does not have."""

    def __init__(self, kind: str, name: str, known: Sequence[str], *, more: str = "") -> None:
        self.kind, self.name = kind, name
        shown = ", ".join(known) if known else "none"
        super().__init__(f"There is no {kind} {name!r} in this case{more}; it has: {shown}.{_nearest(name, known)}")


class BadArgument(SummitryError):
    """An argument that is readable but cannot be used, with the reason and the remedy in the message."""


class LinkMissing(SummitryError):
    """A question needs a link of the chain that this case has no evidence for."""

    def __init__(self, question: str, missing: str, remedy: str) -> None:
        self.missing = missing
        super().__init__(f"{question} cannot be answered from this case: {missing}. {remedy}")


class ExtraMissing(SummitryError):
    """A library that only some files need is not installed; `what` needs it, and `extra` brings it."""

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(
            f"{what} need {library}, which is not installed. In summitry's checkout run `pip install '.[{extra}]'`; or run "
            "`make setup` there and use .venv/bin/summitry."
        )


class LibraryIncomplete(SummitryError):
    """A library is installed without a part that it needs, as a build from source may be."""

    def __init__(self, library: str, part: str) -> None:
        super().__init__(
            f"{library} is installed without {part}. Install it anew from a wheel, `pip install --force-reinstall "
            f"--only-binary :all: {library.lower()}`; or run `make setup` in summitry's checkout and use .venv/bin/summitry."
        )


class OutputInTheWay(SummitryError):
    """A file that summitry did not write stands where it would write."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} exists and was not written by summitry, so it is left alone: move it, or choose another place.")


def _nearest(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
