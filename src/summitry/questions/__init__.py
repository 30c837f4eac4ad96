"""The table of questions. A question is one module here; every door shows it: command line, Python, book, and those to come.

To add one, write a module with a `QUESTION`, a test, and its words in `wording/english`. The package finds its modules itself,
and reads from their text under which group each stands: help lists all questions and loads none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from summitry.wording import messages

if TYPE_CHECKING:
    from summitry.additions import Addition
    from summitry.document import Block
    from summitry.wording.names import Names

Q = TypeVar("Q")
A = TypeVar("A")

_GROUP = re.compile(r'\bgroup="(\w+)"')

GROUPS = ("start", "evidence", "values", "homes", "deals", "plan", "files")
"""The groups in the order of help, menus and reference; the message `group.NAME` titles a group."""


@dataclass(frozen=True, slots=True)
class Ask:
    """How a field of a request is asked for: what its value is called, whether it stands by position, and its bounds.

    What it asks is the message `question.NAME.FIELD`.
    """

    metavar: str | None = None
    position: bool = False
    low: float | None = None
    high: float | None = None
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A file to fill in that belongs to an answer; what it is for is the message `question.NAME.template`."""

    contents: Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class Question(Generic[Q, A]):
    """A question: `answer` computes from a workspace and a request, `view` lays the answer out as blocks.

    `group` is one of `GROUPS`, written out in the module, where help reads it.
    What it answers is the message `question.NAME`. `answer` takes a Workspace, or None where no case is named; `case` says
    whether a question needs one. `request` is a frozen dataclass whose fields are annotated with `Ask`. The answer is a
    frozen dataclass of numbers and coded reasons. `files` names what `--out FOLDER` writes, `*.svg` its pictures; `template`
    is a file that `--template FILE` writes. `folder` is where the files go without `--out`, CASE standing for the name of the
    case; without a folder they are written only where `--out` asks. `additions` are rows for the case's tables, added where
    `--write` asks; what they are is the message `question.NAME.write`. `example` is a case and a request by which documents and
    tests show the question. `foreign` says that other tools' scenarios answer it too, under a convention that may be chosen.
    `exit_code` is the command's for an answer that tells of a fault. `digits` are the significant digits of numbers in JSON;
    None keeps all. `kind` says what Python, the command and its files make of the answer: its fields, or the brief of a study,
    whose JSON has the keys `document`.
    """

    name: str
    group: str
    request: type[Q]
    answer: Callable[[Any, Q], A]
    view: Callable[[A, Names], Iterable[Block]]
    example: tuple[str, Mapping[str, Any]]
    case: Literal["needed", "optional", "none"] = "needed"
    files: tuple[str, ...] = ()
    folder: str = ""
    template: Template | None = None
    additions: Callable[[A], Iterable[Addition]] | None = None
    foreign: bool = False
    exit_code: Callable[[A], int] | None = None
    digits: int | None = 6
    kind: Literal["fields", "study"] = "fields"
    document: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What it answers, in a sentence."""
        return summary_of(self.name)

    def help(self, field: str) -> str:
        """What a field of its request asks, or what its template is for."""
        return messages()[f"question.{self.name}.{field}"]

    @property
    def method(self) -> str:
        """Its name in Python."""
        return method_of(self.name)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a request: its name, its type, its default (`...` where it must be given), and what it asks."""

    name: str
    type: Any
    default: Any
    ask: Ask


def fields_of(request: type) -> tuple[Field, ...]:
    """The fields of a request in order."""
    from dataclasses import MISSING

    hints = get_type_hints(request, include_extras=True)
    result = []
    for field in fields(request):
        if get_origin(hints[field.name]) is not Annotated:
            msg = f"{request.__name__}.{field.name} does not say what it asks: annotate it with Ask"
            raise TypeError(msg)
        base, ask = get_args(hints[field.name])[:2]
        default = ... if field.default is MISSING else field.default
        result.append(Field(field.name, base, default, ask))
    return tuple(result)


@cache
def question(name: str) -> Question[Any, Any]:
    """The question of this name. Raises KeyError where there is none."""
    result: Question[Any, Any] = import_module(f"{__name__}.{_modules()[name].stem}").QUESTION
    return result


@cache
def names() -> tuple[str, ...]:
    """The names of all questions, sorted."""
    return tuple(sorted(_modules()))


@cache
def by_group() -> Mapping[str, tuple[str, ...]]:
    """The names of all questions, sorted, by group."""
    group = {name: _GROUP.findall(module.read_text(encoding="utf-8")) for name, module in _modules().items()}
    return {key: tuple(name for name in names() if key in group[name]) for key in GROUPS}


def method_of(name: str) -> str:
    """The name of a question in Python."""
    return "try_package" if name == "try" else name.replace("-", "_")


def summary_of(name: str) -> str:
    """What a question answers, in a sentence."""
    return messages()[f"question.{name}"]


def questions() -> tuple[Question[Any, Any], ...]:
    """All questions, by group and name."""
    return tuple(question(name) for members in by_group().values() for name in members)


@cache
def _modules() -> Mapping[str, Path]:
    """The module of each question by its name: `try_.py` is that of `try`; one with a leading underscore is none."""
    return {module.stem.rstrip("_").replace("_", "-"): module for module in Path(__file__).parent.glob("[a-z]*.py")}
