"""Commands about preparation: what is ready, which groundwork to lay, what waiting costs."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.options import AS, CASE, JSON, QUIET, show


def ready(
    case: CASE,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The day to look from (default: the case's date).")
    ] = None,
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What is prepared and what is not, where it is missing, what it would take, and by when each task must start."""
    from summitry.desk import ground
    from summitry.terminal import ground as told

    opened, found = ground.ready(case, date=date, viewer=viewer)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_readiness(opened, found))
