"""Commands about preparation: what is ready, which groundwork to lay, what waiting costs."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.options import AS, CASE, JSON, QUIET, SEED, show

TARGET = Annotated[
    list[str] | None,
    typer.Option(
        "--target", metavar="DEAL", help="best (default), nash or another solution, an idea, a file, or ISSUE=OPTION, repeated."
    ),
]


def groundwork(
    case: CASE,
    target: TARGET = None,
    budget: Annotated[float | None, typer.Option("--budget", metavar="COST", min=0, help="Most that the moves may cost.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="DATE", help="Last day (default: the case's horizon).")] = None,
    days: Annotated[int | None, typer.Option("--days", metavar="N", min=0, help="The same, as days from now.")] = None,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Which moves at home and abroad, within time and cost, raise the chance of a deal most, and by when each must begin."""
    from summitry.desk import ground
    from summitry.terminal import ground as told

    opened, found = ground.groundwork(case, target, budget=budget, by=by, days=days, viewer=viewer, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_groundwork(opened, found))


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


def wait(
    case: CASE,
    target: TARGET = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The last day looked at (default: the case's horizon).")
    ] = None,
    days: Annotated[int | None, typer.Option("--days", metavar="N", min=1, help="The same, as days from now.")] = None,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What waiting costs: a deal's values, its chance and the price of the deliverable on later days, and what is lost first."""
    from summitry.desk import ground
    from summitry.terminal import ground as told

    opened, found = ground.wait(case, target, until=until, days=days, viewer=viewer, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_waiting(opened, found))
