"""Write what follows from the table of questions in docs/reference, commands.md and python.md: run `tools/reference.py`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

from summitry import questions
from summitry.questions import schema as schemas
from summitry.wording import messages

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
MARK = "<!-- What follows is made of the table of questions: run tools/reference.py. -->"


def section(question: questions.Question[Any, Any]) -> str:
    """A question as the reference shows it: what it answers, its options, its JSON, its call from Python."""
    fields = questions.fields_of(question.request)
    positions = [field for field in fields if field.ask.position]
    case = {"needed": ["CASE"], "optional": ["[CASE]"], "none": []}[question.case]
    words = [*case, *(f"[{f.ask.metavar}]" if f.default is not ... else str(f.ask.metavar) for f in positions)]
    more = inspect.cleandoc(inspect.getdoc(sys.modules[question.request.__module__]) or "").partition("\n\n")[2]
    lines = [f"### `{' '.join(['summitry', question.name, *words])}`", "", question.summary, *(["", more] if more else []), ""]
    rows = [f"| `{_written(field)}` | {question.help(field.name)} |" for field in fields]
    rows += ["| `--convention genius\\|raw` | How a GENIUS scenario's evaluations become values. |"] if question.foreign else []
    if question.files:
        default = f" (default: {question.folder})" if question.folder else ""
        rows.append(f"| `--out FOLDER` | Write {', '.join(f'`{name}`' for name in question.files)} there{default}. |")
    if question.template is not None:
        rows.append(f"| `--template FILE` | {question.help('template')} |")
    lines += ["| argument or option | |", "|---|---|", *rows, ""] if rows else []
    definitions = schemas.answer_schema(question).get("$defs", {})
    kind = schemas.answer_type(question)
    answer = definitions.get(getattr(kind, "__name__", ""), {})
    if question.folder:
        lines += ["JSON: the same document as [findings.json](findings.md), byte for byte.", ""]
    elif answer:
        lines += [f"JSON: {', '.join(f'`{key}`' for key in answer['properties'])}.", "", answer["description"], ""]
    lines += [f"Python: `{call(question)}`."]
    return "\n".join(lines)


def call(question: questions.Question[Any, Any]) -> str:
    """How a question is asked from Python."""
    fields = questions.fields_of(question.request)
    arguments = ", ".join(field.name if field.default is ... else f"{field.name}={field.default!r}" for field in fields)
    return f"workspace.{question.method}({arguments})"


def _written(field: questions.Field) -> str:
    if field.ask.position:
        return str(field.ask.metavar)
    flag = field.ask.flag or f"--{field.name.replace('_', '-')}"
    return flag if field.type is bool or field.ask.metavar is None else f"{flag} {field.ask.metavar}"


def reference() -> str:
    """All questions, by group."""
    parts = []
    for group, inside in questions.by_group().items():
        if inside:
            parts += [f"## {messages()[f'group.{group}']}", *map(section, map(questions.question, inside))]
    return "\n\n".join(parts) + "\n"


def python() -> str:
    """All questions as methods, each with what it answers, then the types of the answers."""
    table = questions.questions()
    kinds = {kind.__name__: f"{kind.__module__}.{kind.__qualname__}" for kind in map(schemas.answer_type, table)}
    names = [schemas.answer_type(question).__name__ for question in table]
    rows = [
        f"| `{call(question)}` | {question.summary} | {{class}}`{name} <{kinds[name]}>` |"
        for question, name in zip(table, names, strict=True)
    ]
    classes = [f".. autoclass:: {path}" for _, path in sorted(kinds.items())]
    return "\n".join(
        [
            "## The questions",
            "",
            "| method | what it answers | gives an answer whose `value` is |",
            "|---|---|---|",
            *rows,
            "",
            "## What they answer",
            "",
            "```{eval-rst}",
            "\n\n".join(classes),
            "```",
            "",
        ]
    )


PAGES = {"commands.md": reference, "python.md": python}


def main() -> None:
    """Rewrite the pages below their mark."""
    for name, write in PAGES.items():
        page, mark, _ = (FOLDER / name).read_text(encoding="utf-8").partition(MARK)
        (FOLDER / name).write_text(f"{page}{mark or MARK}\n\n{write()}", encoding="utf-8")


if __name__ == "__main__":
    main()
