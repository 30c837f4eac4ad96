"""An answer as people meet it in Python: its fields, its words, its JSON and its table, whatever the question."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from summitry.document import Document, Table, look_up
from summitry.document import Figure as Place
from summitry.errors import ExtraMissing
from summitry.report import calendar, data, html, pdf, terminal, workbook
from summitry.report.layout import unfolded
from summitry.wording import Names, Wording, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from summitry.document import Block
    from summitry.questions import Question
    from summitry.report.figures import Figure
    from summitry.workspace import Workspace

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Door(Generic[A]):
    """What is no question because it writes files or asks people, but has an answer that is shown like any other."""

    name: str
    view: Callable[[A, Names], Iterable[Block]]
    digits: int | None = 6
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Files:
    """Files by name, and those that are left out with the reason."""

    contents: dict[str, bytes]
    left_out: dict[str, str]


class Answer(Generic[A]):
    """What a question answered: `value` is the plain result, whose fields are also attributes of the answer."""

    def __init__(self, question: Question[Any, A] | Door[A], value: A, names: Names, language: str | None = None) -> None:
        self.question, self.value, self.language = question, value, language
        self.wording = Wording(names, messages(language))

    def document(self) -> Document:
        """The answer laid out as blocks."""
        return Document(self.value, tuple(self.question.view(self.value, self.wording.names)))

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, as `--json` prints it."""
        plain: dict[str, Any] = data.plain(self.value, self.wording, self.question.digits)
        return plain

    def to_json(self) -> str:
        """The answer as one JSON object."""
        return data.to_json(self.value, self.wording, self.question.digits)

    def to_text(self, width: int = 80, *, bold: bool = False) -> str:
        """The answer in words, as the terminal shows it."""
        return terminal.render(self.document(), self.wording, width, bold=bold)

    def to_html(self) -> str:
        """The answer as a fragment of HTML, with its pictures."""
        from summitry.report.book import picture
        from summitry.report.figures import svg

        drawings = {figure.key: picture(figure, svg(figure)) for figure in self.figures()}
        return html.render(self.document(), self.wording, figures=drawings)

    def figures(self) -> tuple[Figure, ...]:
        """The pictures that the answer alone gives."""
        from summitry.report.figures import of_answer

        keys = (block.key for block in unfolded(self.document().blocks) if isinstance(block, Place))
        return of_answer(self.value, keys, self.wording)

    def plot(self) -> dict[str, Any]:
        """The first picture as a Vega-Lite specification; raises TypeError where the answer gives none."""
        for figure in self.figures():
            return figure.spec
        msg = f"the answer of {self.question.name} gives nothing to draw: its fields are in to_dict()"
        raise TypeError(msg)

    def to_pdf(self) -> bytes:
        """The answer as a PDF."""
        return pdf.render(self.document(), self.wording)

    def files(self) -> Files:
        """The files that the question names, as bytes; one that nothing here can write is left out, with the reason."""
        contents: dict[str, bytes] = {}
        left_out: dict[str, str] = {}
        for name in self.question.files:
            try:
                contents |= WRITERS[name.rpartition(".")[2]](self, name)
            except ExtraMissing as missing:
                left_out[name] = str(missing)
        return Files(contents, left_out)

    def write(self, folder: str | Path) -> tuple[Path, ...]:
        """Write the files into a folder, all or nothing; gives their paths. Raises OutputInTheWay where one is not ours."""
        from summitry import files

        return files.write(Path(folder), self.files().contents)

    def rows(self) -> list[dict[str, Any]]:
        """The rows of the answer's first table as plain data, all of them; raises TypeError where the answer has no table.

        What a field holds by name is a column each, named `FIELD.NAME`.
        """
        for block in unfolded(self.document().blocks):
            if isinstance(block, Table):
                return [_row(data.plain(look_up(self.value, place), None, self.question.digits)) for place in block.rows]
        msg = f"the answer of {self.question.name} has no table: its fields are in to_dict()"
        raise TypeError(msg)

    def to_frame(self) -> Any:  # noqa: ANN401 (a pandas.DataFrame; pandas is not a dependency)
        """`rows` as a pandas.DataFrame; raises ModuleNotFoundError where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ModuleNotFoundError as missing:
            msg = "to_frame needs the package pandas, which is not installed: install it, or use rows(), a list of dicts."
            raise ModuleNotFoundError(msg, name="pandas") from missing
        return pandas.DataFrame(self.rows())

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (a field of the answer)
        if name.startswith("_") or name == "value":
            raise AttributeError(name)
        return getattr(self.value, name)

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_html()


class Study(Answer[Any]):
    """The answer of a study: its data are those of findings.json, its files the brief."""

    def to_dict(self) -> dict[str, Any]:
        """The document of findings.json."""
        return data.document(self.value, self.language)

    def to_json(self) -> str:
        """The text of findings.json, byte for byte."""
        return data.findings_json(self.value, self.language)

    def _repr_html_(self) -> str:
        from summitry.report.book import notebook

        return notebook(self.value, self.language)

    def files(self) -> Files:
        """The page, the book and the data."""
        from summitry.publish import render

        return Files(render(self.value, language=self.language), {})


KINDS: Mapping[str, type[Answer[Any]]] = {"fields": Answer, "study": Study}
"""What Python makes of an answer, by the kind of its question."""


def _pictures(answer: Answer[Any], _: str) -> dict[str, bytes]:
    from summitry.report.figures import alone

    return {f"{figure.key}.svg": alone(figure).encode() for figure in answer.figures()}


WRITERS: Mapping[str, Callable[[Answer[Any], str], dict[str, bytes]]] = {
    "json": lambda answer, name: {name: (answer.to_json() + "\n").encode()},
    "ics": lambda answer, name: {name: calendar.ics(answer.value, answer.wording)},
    "xlsx": lambda answer, name: {name: workbook.render(answer.document(), answer.wording)},
    "svg": _pictures,
}
"""What writes a file of a question, by its ending; each gives the files by name."""


def _row(value: object) -> dict[str, Any]:
    """A row with one level of names spread out."""
    if not isinstance(value, dict):
        return {"value": value}
    row: dict[str, Any] = {}
    for key, inner in value.items():
        row |= {f"{key}.{name}": one for name, one in inner.items()} if isinstance(inner, dict) else {key: inner}
    return row


def ask(question: Question[Any, A]) -> Callable[..., Answer[A]]:
    """A question as a method of a workspace: its request's fields are the arguments, by position or by name."""

    def method(workspace: Workspace | None, *args: Any, **options: Any) -> Answer[A]:  # noqa: ANN401 (the fields of the request)
        names = Names() if workspace is None else workspace.names
        return KINDS[question.kind](question, question.answer(workspace, question.request(*args, **options)), names)

    method.__name__ = method.__qualname__ = question.method
    method.__doc__ = question.summary
    return method


class Methods(dict[str, Any]):
    """All questions as methods by name, each loaded when it is asked for."""

    def __init__(self) -> None:
        from summitry.questions import method_of, names

        super().__init__({method_of(name): name for name in names()})

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401, D102 (as dict)
        from summitry.questions import question

        return ask(question(self[key])) if key in self else default


def open_case(case: str, viewer: str | None = None, seed: int = 0, convention: Literal["genius", "raw"] = "genius") -> Workspace:
    """Open a folder with a case.yaml, a bundled case by name, or another tool's scenario, as `viewer` and with a seed.

    `convention` says how the evaluations of a GENIUS scenario become values.
    """
    from summitry.formats import load
    from summitry.workspace import Workspace

    methods: Mapping[str, Callable[..., Any]] = Methods()
    return Workspace(load(case, viewer=viewer, convention=convention), seed=seed, questions=methods)
