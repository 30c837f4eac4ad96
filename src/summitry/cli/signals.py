"""Commands about words, deeds and what they tell."""

from __future__ import annotations

from datetime import datetime
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


def events(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of GDELT 1.0 or 2.0, ICEWS, or plain CSV.")],
    to: Annotated[Path, typer.Option("--to", metavar="OUT.parquet", help="The file to write.")],
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="Put later events aside.")
    ] = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Event files of other sources as one Parquet file; rows that cannot be used are counted and kept aside with the reason."""
    from summitry.desk import events as desk
    from summitry.terminal import signals as told

    found = desk.events(files, to, until=None if until is None else until.date())
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_loaded(found))
