"""How an issue is inspected and what a declaration is held against, as the case states it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from summitry.case.fields import Days, Doc, Names, Range


class Inspection(Doc):
    """How an issue is inspected: enough of its `items` are looked at to find, with probability `goal`, that something is wrong.

    `significant` is the number of wrong items that matters (the significant quantity), `power` the probability that a wrong item
    is recognised when it is looked at, `days` the time within which it must be found (timeliness). `drawn` is how many items are
    looked at where that is agreed; without it the fewest that meet the goal. `options` limits it to some of the issue's options.
    A `challenge` answers a suspicion at short notice, and `suspicion` is the probability that one would arise in time.
    """

    items: Annotated[int, Field(ge=1, le=1_000_000)]
    significant: Annotated[int, Field(ge=1)]
    days: Days
    goal: Annotated[float, Field(gt=0, lt=1)] = 0.95
    power: Annotated[float, Field(gt=0, le=1)] = 1.0
    drawn: Annotated[int, Field(ge=0)] | None = None
    cost: Annotated[float, Field(gt=0)] = 1.0
    challenge: bool = False
    suspicion: Annotated[float, Field(gt=0, le=1)] | None = None
    options: Names = ()
    of: str = ""
    why: Annotated[str, Field(min_length=1)]
    source: str = ""
    kind: Literal["judgement", "fact"] = "judgement"


class Balance(Doc):
    """What one unit of a category takes of others, so that claims can be held against each other.

    Each of `takes` alone suffices, and amounts of several add up: a warhead is made of plutonium or of enriched uranium.
    """

    of: str
    takes: Annotated[dict[str, Annotated[Range, Field(description="above zero")]], Field(min_length=1)]
    why: str = ""
    source: str = ""
    kind: Literal["judgement", "fact"] = "judgement"


class Search(Doc):
    """Where visits look for what a declaration leaves out of a category; visits to what is declared do not look for that.

    If anything is left out, then with probability `reach` it lies among the `places`, at `hidden` of them; a visit to such a
    place recognises it with probability `power`. `visits` is how many of the places, drawn at random, are to be visited.
    """

    of: Annotated[str, Field(min_length=1)]
    places: Annotated[int, Field(ge=1, le=1_000_000)]
    visits: Annotated[int, Field(ge=1)]
    reach: Annotated[Range, Field(description="probabilities between 0 and 1")]
    hidden: Annotated[int, Field(ge=1)] = 1
    power: Annotated[float, Field(gt=0, le=1)] = 1.0
    why: Annotated[str, Field(min_length=1)]
    source: str = ""
    kind: Literal["judgement", "fact"] = "judgement"


class Declarations(Doc):
    """What a declaration is held against: how often such declarations prove complete, what categories take of each other.

    Without `base_rate` the history of arms declarations speaks. `search` says by category where visits look for the rest.
    """

    base_rate: Annotated[Range, Field(description="probabilities between 0 and 1")] | None = None
    balances: tuple[Balance, ...] = ()
    search: dict[str, Search] = {}
    why: str = ""
    source: str = ""
