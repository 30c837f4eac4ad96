"""Commands that ask people or write files, and so are no questions: elicit, convert, events."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summitry.cli.commands import AS, CASE, CONVENTION, JSON, QUIET, SEED, WORDS, show_answer
from summitry.document import Block, Lines, Phrase, bullets, head, places, say
from summitry.errors import BadArgument

if TYPE_CHECKING:
    from summitry.evidence.event_files import Loaded
    from summitry.wording import Names


@dataclass(frozen=True, slots=True)
class Conversion:
    """The files that were written, what the format could not hold, and the conventions under which the source was read."""

    files: tuple[str, ...]
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def elicit(
    case: CASE,
    viewer: AS = None,
    method: Annotated[
        Literal["tradeoffs", "swing", "direct"] | None,
        typer.Option("--method", help=WORDS["command.elicit.method"]),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help=WORDS["command.elicit.from"]),
    ] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="FILE", help=WORDS["command.elicit.template"])] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=WORDS["command.elicit.out"])] = None,
    comparisons: Annotated[
        int | None, typer.Option("--comparisons", min=0, max=500, metavar="N", help=WORDS["command.elicit.comparisons"])
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help=WORDS["command.elicit.resume"])] = False,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Ask a party what it wants, and write its preference file: weights by trade-offs, ranges, contradictions named."""
    from summitry import dialogue
    from summitry.answers import Answer, Door

    if viewer is None:
        raise BadArgument("Say whose values these are: --as PARTY.")
    if template is not None:
        dialogue.write_template(case, viewer, template)
        _show_conversion(Conversion((str(template),)), quiet=quiet)
        return
    if sheet is not None:
        session = dialogue.from_sheet(case, viewer, sheet, resume=resume, out=out, seed=seed)
    else:
        session = dialogue.begin(case, viewer, method=method, comparisons=comparisons, resume=resume, out=out, seed=seed)
        session = dialogue.converse(session, None if quiet else sys.stderr if as_json else sys.stdout)
    answer = Answer(Door("elicit", dialogue.view), dialogue.finish(session), session.wording.names)
    show_answer(answer, as_json=as_json, quiet=quiet)


def convert(
    source: Annotated[str | None, typer.Argument(metavar="CASE", help=WORDS["command.convert.source"])] = None,
    target: Annotated[Path | None, typer.Argument(metavar="TARGET", help=WORDS["command.convert.target"])] = None,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=WORDS["command.convert.to"])] = "summitry",
    template: Annotated[Path | None, typer.Option("--template", metavar="FILE", help=WORDS["command.convert.template"])] = None,
    convention: CONVENTION = "genius",
    viewer: AS = None,
    quiet: QUIET = False,
) -> None:
    """Write a case or another tool's scenario in another format, and say what that format cannot hold."""
    from summitry import formats

    if template is not None:
        formats.template(template)
        conversion = Conversion((str(template),))
    elif source is None or target is None:
        raise BadArgument("Say what to convert and where to: `summitry convert CASE TARGET --to FORMAT`, or `--template FILE`.")
    else:
        case = formats.load(source, viewer=viewer, convention=convention)
        paths = formats.write(case, target, to)
        conversion = Conversion(tuple(map(str, paths)), tuple(formats.losses(case, to)), case.notes)
    _show_conversion(conversion, quiet=quiet)


def view_conversion(conversion: Conversion, _: Names) -> Iterator[Block]:
    """The files, what is left out, the conventions."""
    yield Lines("files")
    if conversion.losses:
        yield bullets("convert.losses", (Phrase("convert.text", place) for place in places("losses", conversion.losses)))
    for place in places("notes", conversion.notes):
        yield say("convert.text", place)


def _show_conversion(conversion: Conversion, *, quiet: bool) -> None:
    from summitry.answers import Answer, Door
    from summitry.wording import Names

    show_answer(Answer(Door("convert", view_conversion), conversion, Names()), as_json=False, quiet=quiet)


def events(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=WORDS["command.events.files"])],
    to: Annotated[Path, typer.Option("--to", metavar="OUT.parquet", help=WORDS["command.events.to"])],
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help=WORDS["command.events.until"])
    ] = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Event files of other sources as one Parquet file; rows that cannot be used are counted and kept aside with the reason."""
    from summitry.answers import Answer, Door
    from summitry.evidence import event_files
    from summitry.wording import Names

    loaded = event_files.load(files, to, until=None if until is None else until.date())
    show_answer(Answer(Door("events", view_events), loaded, Names()), as_json=as_json, quiet=quiet)


def view_events(loaded: Loaded, _: Names) -> Iterator[Block]:
    """What became of every row, by file and by reason."""
    for place in places("cleared", loaded.cleared):
        yield say("events.cleared", place)
    for file, form in loaded.forms.items():
        yield say("events.form" if loaded.rows[file] else "events.form.empty", file=file, form=form)
    yield bullets("events.rows", (Phrase("events.reason", f"reasons[{why}]", {"why": why}) for why in loaded.reasons))
    yield head("files.head")
    yield Lines("file")
    if loaded.rejected_file is not None:
        yield Lines("rejected_file")
