"""Commands about the order of steps: the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summitry.cli.options import AS, CASE, JSON, QUIET, SEED, show


def plan(
    case: CASE,
    package: Annotated[
        list[str] | None,
        typer.Option(
            "--package",
            metavar="DEAL",
            help="best (default), nash or another solution, an idea, a file, or ISSUE=OPTION, repeated.",
        ),
    ] = None,
    start: Annotated[str | None, typer.Option("--start", metavar="DATE", help="First day (default: the case's date).")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Write plan.ics, plan.xlsx, plan.json and pictures there.")
    ] = None,
    status: Annotated[
        Path | None, typer.Option("--status", metavar="FILE", help="What became of the steps (.csv): where the plan stands.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help="Write a status file of this plan to fill in (.csv).")
    ] = None,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """A package as dated steps: verification, decision points, critical path, and what each side holds wherever it stops."""
    from summitry.desk import sequence
    from summitry.terminal import page
    from summitry.terminal import sequence as told

    opened, answer = sequence.plan(
        case, package or (), viewer=viewer, start=start, seed=seed, out=out, status=status, template=template
    )
    show(sequence.plan_json(answer), as_json=as_json, quiet=quiet, tell=lambda: told.show_plan(opened, answer))
    page.warn_left_out(answer.left_out)
