"""The command that reads event files of other sources."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from summitry.cli.options import JSON, QUIET, show


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
