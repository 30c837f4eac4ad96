"""Commands made of the table of questions: a question's request becomes arguments and options, its answer words or JSON.

Here are also the options that mean the same in every command, how an answer is printed, and how a long command says where it is.
"""

from __future__ import annotations

import inspect
import os
import re
import shutil
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from summitry.questions import fields_of
from summitry.wording import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from summitry.additions import Addition
    from summitry.answers import Answer
    from summitry.questions import Field, Question

WORDS = messages()
CASE = Annotated[str, typer.Argument(metavar="CASE", help=WORDS["option.case"])]
AS = Annotated[str | None, typer.Option("--as", metavar="PARTY", help=WORDS["option.as"])]
SEED = Annotated[int, typer.Option("--seed", min=0, help=WORDS["option.seed"])]
JSON = Annotated[bool, typer.Option("--json", help=WORDS["option.json"])]
CONVENTION = Annotated[Literal["genius", "raw"], typer.Option("--convention", help=WORDS["option.convention"])]
QUIET = Annotated[bool, typer.Option("--quiet", help=WORDS["option.quiet"])]
LINKS = ("reading", "evidence", "model", "frontier", "rung", "plan", "price", "brief")
"""The links of a study in the order in which they begin."""
_OPTIONAL_CASE = Annotated[str | None, CASE.__metadata__[0]]


def command(question: Question[Any, Any]) -> Callable[..., None]:
    """The command of a question, as a function whose signature typer reads."""
    fields = fields_of(question.request)

    def run(**options: Any) -> None:  # noqa: ANN401 (the options of the question)
        if options.get("write"):
            _own_folder(options["case"])
        if question.kind == "study":
            answer, paths, left_out = _publish(question, options)
        else:
            answer = _ask(question, {field.name: options[field.name] for field in fields}, options)
            paths, left_out = _write_files(question, answer, options.get("out"), options.get("template"))
        if question.additions is not None and options["write"]:
            paths += _add(options["case"], question.additions(answer.value))
        show_answer(answer, as_json=options["as_json"], quiet=options["quiet"])
        if paths and not options["as_json"] and not options["quiet"]:
            write("\n".join([f"\n{answer.wording.catalogue['files.head']}", *(f"  {path}" for path in paths)]))
        if left_out:
            sys.stderr.write("".join(f"{WORDS['files.left_out']} {line}\n" for line in left_out))
        if question.exit_code is not None and (code := question.exit_code(answer.value)):
            raise typer.Exit(code)

    parameters = [*_case(question), *(_parameter(question, field) for field in fields), *_common(question)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # what typer reads instead of **options
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__name__, run.__doc__ = question.name, question.summary
    return run


def _ask(question: Question[Any, Any], request: dict[str, Any], options: dict[str, Any]) -> Any:  # noqa: ANN401 (any Answer)
    from summitry.answers import ask, open_case

    case = options.get("case")
    workspace = None if case is None else open_case(case, options["viewer"], options["seed"], options.get("convention", "genius"))
    if workspace is None:
        return ask(question)(workspace, **request)
    with show_steps(quiet=options["quiet"] or options["as_json"]) as workspace.progress:
        return ask(question)(workspace, **request)


def _publish(
    question: Question[Any, Any],
    options: dict[str, Any],
) -> tuple[Any, list[str], list[str]]:
    """Study the case and write its brief, telling how far it is; gives the answer, the paths, and nothing left out."""
    import gc

    from summitry import publish
    from summitry.answers import Study, open_case
    from summitry.wording.text import clean

    gc.freeze()  # what was loaded stays to the end, and need not be looked through for cycles again and again
    with show_progress(quiet=options["quiet"] or options["as_json"]) as progress:
        progress("reading")
        workspace = open_case(options["case"], options["viewer"], options["seed"])
        workspace = workspace.reopened() if options["open"] else workspace
        folder = options["out"] or Path(question.folder.replace("CASE", workspace.case.name))
        findings, paths = publish.prepare(workspace, folder, progress)
    return Study(question, findings, workspace.names), [clean(str(path)) for path in paths], []


def _write_files(
    question: Question[Any, Any],
    answer: Any,  # noqa: ANN401 (any Answer)
    out: Path | None,
    template: Path | None,
) -> tuple[list[str], list[str]]:
    """Write the template and the files that are asked for; gives their paths, and what is left out with the reason."""
    paths, left_out = list[Path](), list[str]()
    if out is None and template is None:
        return [], []
    from summitry import files
    from summitry.wording.text import clean

    if question.template is not None and template is not None:
        paths += files.write(template.parent, {template.name: question.template.contents(answer.value)})
    if out is not None:
        ready = answer.files()
        older = [WORDS["files.older"].format(name=name) if (out / name).exists() else "" for name in ready.left_out]
        left_out = [f"{name}: {reason} {old}".rstrip() for (name, reason), old in zip(ready.left_out.items(), older, strict=True)]
        paths += files.write(out, ready.contents)
    return [clean(str(path)) for path in paths], [clean(line) for line in left_out]


def _own_folder(case: str) -> None:
    """Refuse before anything is computed where the case may not be written to."""
    from summitry.additions import own_folder

    own_folder(case)


def _add(case: str, additions: Iterable[Addition]) -> list[str]:
    """Add rows to the tables of the case; gives the tables that changed."""
    from summitry.additions import add
    from summitry.wording.text import clean

    return [clean(str(path)) for path in add(case, additions)]


def _case(question: Question[Any, Any]) -> list[inspect.Parameter]:
    if question.case == "none":
        return []
    if question.case == "needed":
        return [_keyword("case", CASE, ...)]
    return [_keyword("case", _OPTIONAL_CASE, None)]


def _common(question: Question[Any, Any]) -> list[inspect.Parameter]:
    """The options that every question has."""
    of_case = [_keyword("viewer", AS, None), _keyword("seed", SEED, 0)] if question.case != "none" else []
    if question.foreign:
        of_case.append(_keyword("convention", CONVENTION, "genius"))
    where = WORDS["option.out.default" if question.folder else "option.out"]
    text = where.format(files=", ".join(question.files), folder=question.folder)
    to_files = [_path("out", "FOLDER", text)] if question.files else []
    if question.template is not None:
        to_files.append(_path("template", "FILE", question.help("template")))
    if question.additions is not None:
        to_files.append(_keyword("write", Annotated[bool, typer.Option("--write", help=question.help("write"))], default=False))
    return [*to_files, *of_case, _keyword("as_json", JSON, default=False), _keyword("quiet", QUIET, default=False)]


def _path(name: str, metavar: str, text: str) -> inspect.Parameter:
    """An option that names a place to write to."""
    return _keyword(name, Annotated[Path | None, typer.Option(f"--{name}", metavar=metavar, help=text)], None)


def _parameter(question: Question[Any, Any], field: Field) -> inspect.Parameter:
    """A field of a request as an argument or an option."""
    ask, kind = field.ask, _plain(field.type)
    if ask.position:
        info: Any = typer.Argument(metavar=ask.metavar, help=question.help(field.name))
    else:
        flag = ask.flag or f"--{field.name.replace('_', '-')}"
        info = typer.Option(flag, metavar=ask.metavar, help=question.help(field.name), min=ask.low, max=ask.high)
    default = list(field.default) if isinstance(field.default, tuple) else field.default
    return _keyword(field.name, Annotated[kind, info], default)


def _plain(kind: Any) -> Any:  # noqa: ANN401 (any type)
    """A type as typer knows it: tuples of any length are lists there."""
    match = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", str(kind).replace("typing.", ""))
    return list[str] if match else kind


def _keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:  # noqa: ANN401 (as inspect)
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if default is ... else default,
        annotation=annotation,
    )


def show_answer(answer: Answer[Any], *, as_json: bool, quiet: bool) -> None:
    """Print an answer: as one JSON object, or in words, or not at all."""
    if as_json:
        write(answer.to_json())
    elif not quiet:
        terminal = sys.stdout.isatty()
        write(answer.to_text(shutil.get_terminal_size().columns, bold=terminal and "NO_COLOR" not in os.environ))


def write(text: str) -> None:
    """Write a text to standard output as it is, with one line end at its end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()  # so that a full disk is told here


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, plain lines elsewhere; the yielded function names the link that begins."""
    from rich.console import Console

    errors = Console(highlight=False, markup=False, emoji=False, stderr=True)
    if quiet:
        yield lambda _: None
        return
    if not errors.is_terminal:
        yield lambda link: errors.print(f"{link} ...")
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("{task.description:>9}"), BarColumn(), TimeElapsedColumn(), console=errors, transient=True) as bar:
        task = bar.add_task("", total=len(LINKS))
        yield lambda link: bar.update(task, description=link, completed=LINKS.index(link))


@contextmanager
def show_steps(*, quiet: bool) -> Iterator[Callable[..., None]]:
    """One line that changes on a terminal, plain lines a second apart elsewhere; the yielded function takes a message's code."""
    last = -1.0

    def tell(code: str, **values: float) -> None:
        nonlocal last
        if not quiet and time.monotonic() >= last + 1.0:
            last = time.monotonic()
            line = WORDS[code].format(**values)
            sys.stderr.write(f"\r{line}\x1b[K" if sys.stderr.isatty() else f"{line}\n")
            sys.stderr.flush()

    yield tell
    if last >= 0.0 and sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
