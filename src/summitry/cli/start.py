"""Commands of the main job: the whole chain, and where to start."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from summitry.cli.options import AS, CASE, JSON, QUIET, SEED, write


def prepare(
    case: CASE,
    viewer: AS = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write the brief (default: CASE-brief).")
    ] = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """The whole chain: evidence, deals, gates, price, plan, and the brief in a folder."""
    from summitry.desk import start
    from summitry.terminal import page
    from summitry.terminal import start as told

    gc.freeze()  # what was loaded stays to the end, and need not be looked through for cycles again and again
    with page.progress(quiet=quiet or as_json) as tell:
        done = start.prepare(case, viewer=viewer, seed=seed, out=out, progress=tell)
    if as_json:
        write(start.prepared_json(done))
    elif not quiet:
        told.show_prepared(done)
