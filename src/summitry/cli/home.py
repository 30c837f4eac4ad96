"""Commands about homes: who must be carried, what may be signed, what allies hold together."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.options import AS, CASE, JSON, PACKAGE, QUIET, SEED, show

MOVES = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ISSUE=OPTION]...", help="The package; issues that are not named stay at the status quo."),
]


def home(
    case: CASE,
    moves: MOVES = None,
    package: PACKAGE = None,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Who must be carried at home: P(ratify) of a package, who blocks it and what carries it; without one, the win-sets."""
    from summitry.desk import home as asked
    from summitry.terminal import home as told

    opened, found = asked.home(case, moves or (), package=package, viewer=viewer, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_home(opened, found))


def mandate(
    case: CASE,
    moves: MOVES = None,
    package: PACKAGE = None,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What a delegation may concede: authorised, call home, never; what can be signed in the room, and what calls would add."""
    from summitry.desk import home as asked
    from summitry.terminal import allies as told

    opened, found = asked.mandate(case, moves or (), package=package, viewer=viewer, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_mandate(opened, found))


def allies(
    case: CASE,
    moves: MOVES = None,
    package: PACKAGE = None,
    as_one: Annotated[bool, typer.Option("--as-one", help="Also treat the allies as one, and say what that changes.")] = False,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What allies hold in common, what splits them, what holds an unwilling one, and the most that they can concede together."""
    from summitry.desk import home as asked
    from summitry.terminal import allies as told

    opened, found = asked.allies(case, moves or (), package=package, as_one=as_one, viewer=viewer, seed=seed)
    show({"coalitions": found}, as_json=as_json, quiet=quiet, tell=lambda: told.show_allies(opened, found))
