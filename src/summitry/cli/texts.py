"""Commands about what was said and signed: the state of play, what a text commits to, what a deal or a text delivers."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.options import AS, CASE, JSON, PACKAGE, QUIET, show
from summitry.errors import BadArgument


def play(case: CASE, viewer: AS = None, as_json: JSON = False, quiet: QUIET = False) -> None:
    """The state of play: who floated, demanded, offered or refused what, what stands, and what nobody has answered."""
    from summitry.desk import texts
    from summitry.terminal import texts as told

    opened, found = texts.play(case, viewer=viewer)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_play(opened, found))


def audit(
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="A file, a case, or a document as CASE:DOCUMENT.")],
    against: Annotated[
        list[str] | None, typer.Option("--against", metavar="TEXT", help="Compare with this earlier text; may be repeated.")
    ] = None,
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What a text commits to: who, what, how much, by when, verified how; what each commitment lacks, what is new or recycled."""
    from summitry.desk import texts
    from summitry.terminal import texts as told
    from summitry.terminal.page import waiting

    with waiting("reading and comparing the texts", quiet=quiet):
        found = texts.audits(text, against or (), viewer=viewer)
    show({"audits": found}, as_json=as_json, quiet=quiet, tell=lambda: told.show_audits(found))


def substance(
    case: CASE,
    moves: Annotated[
        list[str] | None, typer.Argument(metavar="[ISSUE=OPTION...]", help="A deal; the rest stays at the status quo.")
    ] = None,
    package: PACKAGE = None,
    text: Annotated[str | None, typer.Option("--text", metavar="DOC", help="A document of the case, or a text file.")] = None,
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What a deal or a text delivers against its ceremony: what moves, how much, by when, verified how, and for whom."""
    from summitry.desk import texts
    from summitry.terminal import texts as told

    if sum(given is not None and given != [] for given in (moves, package, text)) != 1:
        raise BadArgument("Say what to weigh, and only one thing: ISSUE=OPTION..., --package DEAL or --text DOC.")
    opened, found = texts.substance(case, moves=moves or (), package=package, text=text, viewer=viewer)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_substance(opened, found))
