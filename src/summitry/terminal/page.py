"""The only way onto the terminal: plain sentences, broken where it ends; text from a case is never read as markup."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from summitry.brief import words
from summitry.evidence.holdings import holdings
from summitry.evidence.shares import shares, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from summitry.case.types import Case
    from summitry.reasons import Reason

PERCENT = re.compile(r"(?<=\d) %")


def console(*, stderr: bool = False, quiet: bool = False) -> Console:
    """A console that reads nothing into text; what comes from a case goes through `Page`, which cleans it."""
    return Console(highlight=False, markup=False, emoji=False, stderr=stderr, quiet=quiet)


@contextmanager
def waiting(what: str, *, quiet: bool) -> Iterator[None]:
    """On a terminal, while something takes its time, what it is; nothing elsewhere."""
    errors = console(stderr=True, quiet=quiet)
    if not errors.is_terminal or quiet:
        yield
        return
    with errors.status(Text(words.clean(what))):
        yield


class Page:
    """The only way onto the terminal: text from a case passes `words.clean`, is never read as markup, and names are titles.

    `they` is the other side that is named first; without it the first that gives something.
    """

    def __init__(
        self,
        names: Mapping[str, str] | None = None,
        sides: Mapping[str, str] | None = None,
        givers: Mapping[str, Sequence[str]] | None = None,
        principal: str = "",
        they: str | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        self.names, self.sides, self.givers = names or {}, sides or {}, givers or {}
        self.principal, self.they = principal, they
        self.console = console(quiet=quiet)
        self.width = max(self.console.width, 40)

    def head(self, text: str) -> None:
        """A heading."""
        self.line()
        self._wrapped(text, 0, 0, "bold")

    def line(self, text: str = "", *, indent: int = 0, style: str = "", whole: bool = False) -> None:
        """A line, broken where the terminal ends unless it is to stay `whole`, as a path must."""
        if whole or not text:
            self.console.print(Text(" " * indent + words.clean(text), style=style), soft_wrap=True)
        else:
            self._wrapped(text, indent, indent, style)

    def say(self, text: str, indent: int = 2) -> None:
        """A paragraph, its further lines indented two more."""
        self._wrapped(text, indent, indent + 2)

    def _wrapped(self, text: str, first: int, further: int, style: str = "") -> None:
        """Lines that never end between a number and its percent sign; spaces that hold words together are printed plain."""
        from textwrap import wrap

        tied = PERCENT.sub(f"{words.NBSP}%", words.clean(text))
        start, rest = " " * first, " " * further
        told = wrap(tied, self.width, initial_indent=start, subsequent_indent=rest, break_on_hyphens=False)
        if told:
            self.console.print(Text("\n".join(told).replace(words.NBSP, " "), style=style), soft_wrap=True)

    def name(self, key: str) -> str:
        """The title of an id, of a seat of a back table with its party."""
        return words.blocker(self, key)

    def moves(self, moves: Mapping[str, str]) -> None:
        """Who gives what, a line for each side."""
        givers = (giver for issue in moves for giver in self.givers.get(issue, ()))
        they = self.they or next((giver for giver in givers if not words.ours(self, giver)), None)
        for heading, told in words.shared_out(self, moves, they):
            self.say(f"{heading}: {'; '.join(told)}")

    def sentence(self, value: Reason | str) -> str:
        """The sentence of a reason, or a text as it may be shown."""
        return words.sentence(self, value)


def show_lines(lines: Sequence[str], *, quiet: bool) -> None:
    """Plain lines, unless quiet."""
    page = Page(quiet=quiet)
    for line in lines:
        page.line(line, whole=True)


def warn_left_out(left: Sequence[str]) -> None:
    """What could not be written, on standard error, where --quiet and --json leave it too."""
    errors = console(stderr=True)
    for what in left:
        errors.print(Text(f"left out: {words.clean(what)}"), soft_wrap=True)


def page_of(case: Case, principal: str = "") -> Page:
    """A page that knows the names of a case and whose side is ours."""
    file = case.file
    names = {k: v.name for k, v in file.parties.items()} | {k: v.title for k, v in file.issues.items()}
    names |= titles(shares(case, holdings(case)))
    names |= {
        f"{party}/{k}": f"{file.parties[party].name}: {v.name}"
        for party, seats in file.constituencies.items()
        for k, v in seats.items()
    }
    return Page(names, file.sides, {name: issue.giver for name, issue in file.issues.items()}, principal)


def or_dash(number: float | None) -> str:
    """A number in four digits, a dash where there is none."""
    return "-" if number is None else f"{float(f'{number:.4g}'):,.12g}"
