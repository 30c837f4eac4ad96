"""Questions about what is known, and about what inspections would show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summitry import case
from summitry.case.fields import MOST
from summitry.case.tables import table
from summitry.errors import BadArgument
from summitry.evidence import declarations
from summitry.evidence import exchange as exchanges
from summitry.evidence import inspections as numbers
from summitry.evidence import visits as spreading
from summitry.evidence.holdings import holdings
from summitry.evidence.shares import not_in_units, shares
from summitry.kernels.draw import pert_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.evidence.declarations import Declaration
    from summitry.evidence.exchange import Exchange
    from summitry.evidence.holdings import Holding
    from summitry.evidence.inspections import Game, Left, Sizes
    from summitry.evidence.shares import Share
    from summitry.evidence.visits import Visits


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was asked of an inspection: sample sizes, what may be left after a result, and when to inspect; None if not asked."""

    sizes: Sizes | None
    left: Left | None
    game: Game | None


@dataclass(frozen=True, slots=True)
class Inventory:
    """What each party is claimed to hold, what the options that move a share of it come to in units, and why some do not."""

    holdings: tuple[Holding, ...]
    shares: tuple[Share, ...]
    not_in_units: dict[str, str]


def inventory(name: str, *, viewer: str | None = None) -> tuple[Case, Inventory]:
    """What each party is claimed to hold, by kind of claim, the fused estimate, and shares of it in units."""
    opened = case.load(name, viewer=viewer)
    held = holdings(opened)
    return opened, Inventory(held, shares(opened, held), not_in_units(opened, held))


def inspect(
    *,
    items: int | None,
    defects: int | None,
    detect: float | None,
    power: float | None,
    drawn: int | None,
    found: int | None,
    periods: int | None,
    inspections: int | None,
) -> Inspection:
    """Answer whatever is given whole: items, defects and detect; items, drawn and found; periods and inspections."""
    sizes = _asked({"--items": items, "--defects": defects, "--detect": detect}, of={"--defects": defects, "--detect": detect})
    left = _asked({"--items": items, "--drawn": drawn, "--found": found}, of={"--drawn": drawn, "--found": found})
    game = _asked({"--periods": periods, "--inspections": inspections})
    if not (sizes or left or game):
        msg = "Give --items, --defects and --detect; or --items, --drawn and --found; or --periods and --inspections."
        raise BadArgument(msg)
    return Inspection(
        numbers.sizes(items, defects, detect, power)
        if sizes and items is not None and defects is not None and detect is not None
        else None,
        numbers.left(items, drawn, found, 1.0 if power is None else power)
        if left and items is not None and drawn is not None and found is not None
        else None,
        numbers.game(periods, inspections) if game and periods is not None and inspections is not None else None,
    )


def inspect_json(answer: Inspection) -> dict[str, Any]:
    """The answer as one object: the sample sizes stand at the top, null where they were not asked for."""
    fields = numbers.Sizes.__dataclass_fields__
    sizes = dict.fromkeys(fields) if answer.sizes is None else {key: getattr(answer.sizes, key) for key in fields}
    return {**sizes, "left": answer.left, "game": answer.game}


def visits(name: str, budget: float, *, viewer: str | None = None) -> Visits:
    """Spread a yearly budget over a table of sites, or over the issues of a case that state an inspection.

    In a case an issue weighs what its last inspected option is worth to whom the analysis serves, on average.
    """
    if name.lower().endswith(".csv"):
        return spreading.spread(table(name, spreading.Site).rows, budget)
    opened = case.load(name, viewer=viewer)
    served = opened.believed(opened.principal)
    values = {} if served is None else served.values
    weights = {issue: max((pert_mean(*span) for span in told.options.values()), default=0.0) for issue, told in values.items()}
    sites, left_out = spreading.sites_of(opened, weights)
    if not sites:
        msg = (
            f"No issue of this case can be visited: {'; '.join(left_out) or 'none states an inspection'}. Give a table of sites."
        )
        raise BadArgument(msg)
    return spreading.spread(sites, budget, left_out)


def declaration(name: str, declared: Sequence[str], *, viewer: str | None = None, seed: int = 0) -> tuple[Case, Declaration]:
    """Judge a declaration given as CATEGORY=NUMBER (or PARTY.CATEGORY=NUMBER), as a table, or as both."""
    opened = case.load(name, viewer=viewer)
    rows: list[declarations.Declared] = []
    for word in declared:
        if "=" not in word and word.lower().endswith(".csv"):
            rows += table(word, declarations.Declared).rows
            continue
        left, amount = _number(word, "warheads=30")
        party, dot, category = left.rpartition(".")
        rows.append(declarations.Declared(category=category, declared=amount, party=party if dot else ""))
    return opened, declarations.judge(opened, rows, seed)


def exchange(before: str, after: str, limits: Sequence[str]) -> Exchange:
    """Compare two lists of identified things, and test limits given as TYPE=NUMBER."""
    first, second = table(before, exchanges.Item).rows, table(after, exchanges.Item).rows
    return exchanges.compare(first, second, dict(_number(word, "launchers=700") for word in limits))


def _number(word: str, example: str) -> tuple[str, float]:
    """NAME and NUMBER from NAME=NUMBER."""
    name, sign, text = word.rpartition("=")
    try:
        amount = float(text)
    except ValueError:
        amount = math.nan
    if not name.rpartition(".")[2] or not sign or not 0.0 <= amount <= MOST:
        msg = f"Write NAME=NUMBER with a number from 0 to {MOST:g}, for example {example}, or a CSV file; found {word!r}."
        raise BadArgument(msg)
    return name, amount


def _asked(needed: dict[str, float | None], of: dict[str, float | None] | None = None) -> bool:
    """Whether a question was asked: all that it needs was given; a part of it is a mistake in the call."""
    if all(value is None for value in (needed if of is None else of).values()):
        return False
    missing = [name for name, value in needed.items() if value is None]
    if missing:
        given = [name for name in needed if name not in missing]
        msg = f"{' and '.join(given)} also {'needs' if len(given) == 1 else 'need'} {' and '.join(missing)}."
        raise BadArgument(msg)
    return True
