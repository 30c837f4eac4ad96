"""Commands made of the table of questions: a question's request becomes arguments and options, its answer words or JSON."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitry.cli.options import AS, CASE, CONVENTION, JSON, QUIET, SEED, show_answer, write
from summitry.questions import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.questions import Field, Question

_OPTIONAL_CASE = Annotated[str | None, CASE.__metadata__[0]]


def command(question: Question[Any, Any]) -> Callable[..., None]:
    """The command of a question, as a function whose signature typer reads."""
    fields = fields_of(question.request)

    def run(**given: Any) -> None:  # noqa: ANN401 (the options of the question)
        if question.folder:
            answer, paths, left_out = _published(question, given)
        else:
            answer = _ask(question, {field.name: given[field.name] for field in fields}, given)
            paths, left_out = _written(question, answer, given.get("out"), given.get("template"))
        show_answer(answer, as_json=given["as_json"], quiet=given["quiet"])
        if paths and not given["as_json"] and not given["quiet"]:
            write("\n".join([f"\n{answer.wording.catalogue['files.head']}", *(f"  {path}" for path in paths)]))
        if left_out:
            sys.stderr.write("".join(f"left out: {line}\n" for line in left_out))
        if question.exit_code is not None and (code := question.exit_code(answer.value)):
            raise typer.Exit(code)

    parameters = [*_case(question), *(_parameter(question, field) for field in fields), *_common(question)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # what typer reads instead of **given
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__name__, run.__doc__ = question.name, question.summary
    return run


def _ask(question: Question[Any, Any], request: dict[str, Any], given: dict[str, Any]) -> Any:  # noqa: ANN401 (any Answer)
    from summitry.answers import ask, open_case

    case = given.get("case")
    workspace = None if case is None else open_case(case, given["viewer"], given["seed"], given.get("convention", "genius"))
    return ask(question)(workspace, **request)


def _published(
    question: Question[Any, Any],
    given: dict[str, Any],
) -> tuple[Any, list[str], list[str]]:
    """Study the case and write its brief, telling how far it is; gives the answer, the paths, and nothing left out."""
    import gc

    from summitry import publish
    from summitry.answers import Study, open_case
    from summitry.cli.progress import show_progress
    from summitry.wording.text import clean

    gc.freeze()  # what was loaded stays to the end, and need not be looked through for cycles again and again
    with show_progress(quiet=given["quiet"] or given["as_json"]) as progress:
        progress("reading")
        workspace = open_case(given["case"], given["viewer"], given["seed"])
        folder = given["out"] or Path(question.folder.replace("CASE", workspace.case.name))
        findings, paths = publish.prepare(workspace, folder, progress)
    return Study(question, findings, workspace.names), [clean(str(path)) for path in paths], []


def _written(
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
        older = [f" The {name} that is there is of an earlier run." if (out / name).exists() else "" for name in ready.left_out]
        left_out = [f"{name}: {reason}{old}" for (name, reason), old in zip(ready.left_out.items(), older, strict=True)]
        paths += files.write(out, ready.contents)
    return [clean(str(path)) for path in paths], [clean(line) for line in left_out]


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
    default = f" (default: {question.folder})" if question.folder else ""
    to_files = [_path("out", "FOLDER", f"Write {', '.join(question.files)} there{default}.")] if question.files else []
    if question.template is not None:
        to_files.append(_path("template", "FILE", question.help("template")))
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
