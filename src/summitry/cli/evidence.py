"""Commands about what is known: who holds what, who said and did what."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.options import AS, CASE, JSON, QUIET, SEED, show


def inventory(case: CASE, viewer: AS = None, as_json: JSON = False, quiet: QUIET = False) -> None:
    """What each party is claimed to hold: declared, estimated, verified, the fused estimate, and shares of it in units."""
    from summitry.desk import evidence
    from summitry.terminal import evidence as told

    opened, found = evidence.inventory(case, viewer=viewer)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_inventory(opened, found))


def inspect(
    items: Annotated[int | None, typer.Option("--items", metavar="N", help="How many items there are.")] = None,
    defects: Annotated[int | None, typer.Option("--defects", metavar="D", help="How many wrong ones matter.")] = None,
    detect: Annotated[float | None, typer.Option("--detect", metavar="P", help="Probability wanted of finding one.")] = None,
    power: Annotated[
        float | None, typer.Option("--power", metavar="P", help="Probability that a wrong item is recognised.")
    ] = None,
    drawn: Annotated[int | None, typer.Option("--drawn", metavar="N", help="How many were looked at.")] = None,
    found: Annotated[int | None, typer.Option("--found", metavar="X", help="How many of them were wrong.")] = None,
    periods: Annotated[int | None, typer.Option("--periods", metavar="N", help="Periods in which something may happen.")] = None,
    inspections: Annotated[int | None, typer.Option("--inspections", metavar="M", help="Inspections for these periods.")] = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """How many items to look at, what a sample would find, what may be left after a result, and when to inspect."""
    from summitry.desk import evidence
    from summitry.terminal import evidence as told

    answer = evidence.inspect(
        items=items,
        defects=defects,
        detect=detect,
        power=power,
        drawn=drawn,
        found=found,
        periods=periods,
        inspections=inspections,
    )
    show(evidence.inspect_json(answer), as_json=as_json, quiet=quiet, tell=lambda: told.show_inspection(answer))


def visits(
    where: Annotated[
        str, typer.Argument(metavar="CASE|SITES.csv", help="A case whose issues state inspections, or a table of sites.")
    ],
    budget: Annotated[float, typer.Option("--budget", metavar="B", help="For one year, in the unit of the costs.")],
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Where a year's inspections go, so that what matters most is found within its time."""
    from summitry.desk import evidence
    from summitry.terminal import evidence as told

    answer = evidence.visits(where, budget, viewer=viewer)
    show(answer, as_json=as_json, quiet=quiet, tell=lambda: told.show_visits(answer))


def declaration(
    case: CASE,
    declared: Annotated[list[str], typer.Argument(metavar="CATEGORY=NUMBER...|TABLE.csv", help="What is declared, or might be.")],
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Whether a declaration, made or imagined, is complete; by category, what it may leave out; whether it fits itself."""
    from summitry.desk import evidence
    from summitry.terminal import evidence as told

    opened, answer = evidence.declaration(case, declared, viewer=viewer, seed=seed)
    show(answer, as_json=as_json, quiet=quiet, tell=lambda: told.show_declaration(opened, answer))


def exchange(
    before: Annotated[str, typer.Argument(metavar="BEFORE.csv", help="The earlier list: id, type, location, status, count.")],
    after: Annotated[str, typer.Argument(metavar="AFTER.csv", help="The later list.")],
    limit: Annotated[
        list[str] | None, typer.Option("--limit", metavar="TYPE=NUMBER", help="A limit on a type, a status, or all; repeatable.")
    ] = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What changed between two lists of identified things: new, gone, moved, converted; and whether limits are kept."""
    from summitry.desk import evidence
    from summitry.terminal import evidence as told

    answer = evidence.exchange(before, after, limit or [])
    show(answer, as_json=as_json, quiet=quiet, tell=lambda: told.show_exchange(answer))
