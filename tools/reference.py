"""Write the part of docs/reference/commands.md that follows from the table of questions: run `tools/reference.py`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

from summitry import questions, schemas

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "commands.md"
MARK = "<!-- What follows is made of the table of questions: run tools/reference.py. -->"


def section(question: questions.Question[Any, Any]) -> str:
    """A question as the reference shows it: what it answers, its options, its JSON, its call from Python."""
    fields = questions.fields_of(question.request)
    positions = [field for field in fields if field.ask.position]
    case = {"needed": ["CASE"], "optional": ["[CASE]"], "none": []}[question.case]
    words = [*case, *(f"[{f.ask.metavar}]" if f.default is not ... else str(f.ask.metavar) for f in positions)]
    more = inspect.cleandoc(inspect.getdoc(sys.modules[question.request.__module__]) or "").partition("\n\n")[2]
    lines = [f"### `{' '.join(['summitry', question.name, *words])}`", "", question.summary, *(["", more] if more else []), ""]
    rows = [f"| `{_written(field)}` | {field.ask.help} |" for field in fields]
    rows += ["| `--convention genius\\|raw` | How a GENIUS scenario's evaluations become values. |"] if question.foreign else []
    if question.files:
        default = f" (default: {question.folder})" if question.folder else ""
        rows.append(f"| `--out FOLDER` | Write {', '.join(f'`{name}`' for name in question.files)} there{default}. |")
    if question.template is not None:
        rows.append(f"| `--template FILE` | {question.template.help} |")
    lines += ["| argument or option | |", "|---|---|", *rows, ""] if rows else []
    definitions = schemas.answer_schema(question)["$defs"]
    kind = schemas.answer_type(question)
    answer = definitions.get(getattr(kind, "__name__", ""), {})
    if question.folder:
        lines += ["JSON: the same document as [findings.json](findings.md), byte for byte.", ""]
    elif answer:
        lines += [f"JSON: {', '.join(f'`{key}`' for key in answer['properties'])}.", "", answer["description"], ""]
    arguments = ", ".join(field.name if field.default is ... else f"{field.name}={field.default!r}" for field in fields)
    lines += [f"Python: `workspace.{question.method}({arguments})`."]
    return "\n".join(lines)


def _written(field: questions.Field) -> str:
    if field.ask.position:
        return str(field.ask.metavar)
    flag = field.ask.flag or f"--{field.name.replace('_', '-')}"
    return flag if field.type is bool or field.ask.metavar is None else f"{flag} {field.ask.metavar}"


def reference() -> str:
    """All questions, by group."""
    parts = []
    for group, title in questions.GROUPS:
        inside = [question for question in questions.questions() if question.group == group]
        if inside:
            parts += [f"## {title}", *map(section, inside)]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Rewrite the page below its mark."""
    page, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(f"{page}{mark or MARK}\n\n{reference()}", encoding="utf-8")


if __name__ == "__main__":
    main()
