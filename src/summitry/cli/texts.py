"""Commands about what was said and signed: the state of play, and what a text commits to."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.options import AS, CASE, JSON, QUIET, show


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

    found = texts.audits(text, against or (), viewer=viewer)
    show({"audits": found}, as_json=as_json, quiet=quiet, tell=lambda: told.show_audits(found))
