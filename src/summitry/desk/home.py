"""Questions about homes: who must be carried there, what a delegation may sign, what allies can hold together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from summitry import case, study
from summitry.case.source import shown
from summitry.desk.answers import split
from summitry.errors import BadArgument
from summitry.evidence.record import record
from summitry.model import build
from summitry.trade import allies as coalitions
from summitry.trade import frontier, homes, winset
from summitry.trade import mandate as mandates
from summitry.trade.rung import first_rung

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from summitry.case.types import Case
    from summitry.model import Model
    from summitry.trade.results_home import AlliesAnswer, HomeAnswer, MandateAnswer, WinSets

MOST_BYTES = 1_000_000


def home(
    name: str, moves: Sequence[str] = (), *, package: str | None = None, viewer: str | None = None, seed: int = 0
) -> tuple[Case, HomeAnswer | WinSets]:
    """A package before every home; without one, the packages that each home carries."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    homes.require_homes(made)
    found = chosen(made, moves, package)
    if found is None:
        return opened, winset.win_sets(made, study.principal_of(opened, study.Settings()))
    return opened, homes.answer(made, *found)


def mandate(
    name: str, moves: Sequence[str] = (), *, package: str | None = None, viewer: str | None = None, seed: int = 0
) -> tuple[Case, MandateAnswer]:
    """What each delegation may concede, which calls home a package needs, and what can be signed in the room."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    found = chosen(made, moves, package)
    return opened, mandates.answer(made, study.principal_of(opened, study.Settings()), None if found is None else found[0])


def allies(
    name: str,
    moves: Sequence[str] = (),
    *,
    package: str | None = None,
    as_one: bool = False,
    viewer: str | None = None,
    seed: int = 0,
) -> tuple[Case, tuple[AlliesAnswer, ...]]:
    """What each coalition holds in common, what splits it, what holds it together, and the most that it can concede."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    blocs = coalitions.blocs(made)
    found = chosen(made, moves, package)
    asked = None if found is None else found[0]
    return opened, tuple(coalitions.answer(made, bloc, asked, as_one=as_one) for bloc in blocs)


def chosen(made: Model, moves: Sequence[str], package: str | None) -> tuple[NDArray[np.int64], str] | None:
    """The package that is asked about with its title: ISSUE=OPTION..., or best, nash, or a file; None where none is named."""
    if package is None:
        return (made.row(dict(split(move) for move in moves)), "") if moves else None
    if moves:
        raise BadArgument("Name the package by ISSUE=OPTION or by --package, not by both.")
    principal = study.principal_of(made.case, study.Settings())
    if package == "best":
        extra = [made.row(idea.package) for idea in made.case.file.ideas.values()]
        found = first_rung(made, principal, extra=extra)
        verdict = found.best or found.nearest
        if verdict is None:
            raise BadArgument("There is no best package: nothing was found that comes near the gates. Name one by ISSUE=OPTION.")
        return made.row(verdict.moves), "Start here" if found.best else "The nearest miss"
    if package == "nash":
        for solution in frontier.explore(made, zone=True).solutions:
            if solution.name == "nash":
                return made.row(solution.package), "The Nash package"
        raise BadArgument("There is no Nash package: no package gives every party its reservation value.")
    return made.row(read_package(Path(package))), Path(package).name


def read_package(path: Path) -> dict[str, str]:
    """A package from a file: a JSON object {"issue": "option"}, or a line ISSUE=OPTION for each move; # begins a comment."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except OSError as problem:
        msg = f"{path}: {problem.strerror}. --package takes best, nash, or a file with the package."
        raise BadArgument(msg) from None
    except UnicodeDecodeError as problem:
        msg = f"{path}: byte {problem.start} is not UTF-8. Save the file as UTF-8."
        raise BadArgument(msg) from None
    if len(raw) > MOST_BYTES:
        msg = f"{path} is larger than a package can be. Give a JSON object or lines ISSUE=OPTION."
        raise BadArgument(msg)
    if text.lstrip().startswith("{"):
        return _object(path, text)
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        issue, sign, option = (part.strip() for part in said.partition("="))
        if not (sign and issue and option):
            msg = f"{path}:{number}: {shown(said)} is not a move. Write ISSUE=OPTION, for example declaration=full."
            raise BadArgument(msg)
        if issue in found:
            msg = f"{path}:{number}: {issue} is settled twice. Keep one of the lines."
            raise BadArgument(msg)
        found[issue] = option
    if not found:
        msg = f"{path} names no move. Write ISSUE=OPTION on a line for each."
        raise BadArgument(msg)
    return found


def _object(path: Path, text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        where = f":{problem.lineno}:{problem.colno}" if isinstance(problem, json.JSONDecodeError) else ""
        msg = f'{path}{where}: this is not JSON. Write {{"issue": "option"}}.'
        raise BadArgument(msg) from None
    if not found or not isinstance(found, dict) or not all(isinstance(option, str) for option in found.values()):
        msg = f'{path}: expected an object of option by issue, such as {{"declaration": "full"}}.'
        raise BadArgument(msg)
    return found
