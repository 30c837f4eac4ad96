"""Commands about words, deeds and what they tell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from summitry.cli.options import AS, CASE, JSON, QUIET, show
from summitry.errors import BadArgument


def signals(
    case: Annotated[str | None, CASE.__metadata__[0]] = None,
    events: Annotated[
        Path | None, typer.Option("--events", metavar="FILE", help="Instead of a case: a file written by `summitry events`.")
    ] = None,
    dyad: Annotated[
        tuple[str, str] | None, typer.Option("--dyad", metavar="A B", help="With --events: two sides as the file names them.")
    ] = None,
    classes: Annotated[
        Literal["codebook", "gdelt"],
        typer.Option("--classes", help="With --events: which roots are words, by CAMEO's codebook or as GDELT has it."),
    ] = "codebook",
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """How serious each side is by its record, whether words drift from deeds, who answers whom, and what each gesture weighs."""
    from summitry.desk import signals as desk
    from summitry.terminal import signals as told

    if case is not None and events is None and dyad is None:
        opened, found = desk.signals(case, viewer=viewer)
        show(found.document(), as_json=as_json, quiet=quiet, tell=lambda: told.show_signals(opened, found))
    elif case is None and events is not None and dyad is not None:
        of_dyad = desk.of_dyad(events, *dyad, classes)
        show(of_dyad.document(), as_json=as_json, quiet=quiet, tell=lambda: told.show_dyad(*dyad, of_dyad.record))
    else:
        raise BadArgument("Say whose record: `summitry signals CASE`, or `summitry signals --events FILE --dyad A B`.")
