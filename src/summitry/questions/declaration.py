"""Whether a declaration, made or imagined, is complete.

By category: the probability that nothing is left out, how much may be, and whether the categories fit each other. A table has the
columns `category`, `declared`, and may have `party`, `unit`, `source`. PARTY.CATEGORY=NUMBER where several parties hold a
category. The model stands in [declarations and inspections](../explanation/inspections.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Figure, Folded, head, places, say, table, why
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.evidence.declarations import Completeness, Declaration
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DeclarationRequest:
    """What is declared, or might be."""

    declared: Annotated[tuple[str, ...], Ask("CATEGORY=NUMBER...|TABLE.csv", position=True)]


def answer(workspace: Workspace, request: DeclarationRequest) -> Declaration:
    """Judge a declaration given as CATEGORY=NUMBER (or PARTY.CATEGORY=NUMBER), as a table, or as both."""
    from summitry.case.tables import read_table
    from summitry.evidence.declarations import Declared, judge
    from summitry.packages import parse_amount

    rows: list[Declared] = []
    for word in request.declared:
        if "=" not in word and word.lower().endswith(".csv"):
            rows += read_table(word, Declared).rows
            continue
        name, amount = parse_amount(word, "warheads=30")
        party, dot, category = name.rpartition(".")
        rows.append(Declared(category=category, declared=amount, party=party if dot else ""))
    return judge(workspace.case, rows, workspace.seed, inventory=workspace.holdings)


def view(declaration: Declaration, _: Names) -> Iterator[Block]:
    """The prior, each category with what would move it, the categories together and against each other, and the history."""
    yield head("declaration.prior")
    yield Figure("declaration")
    yield say("declaration.before", "prior")
    yield why("prior.basis")
    yield say("declaration.supposed" if declaration.supposed else "declaration.assumed")
    for place, category in zip(places("categories", declaration.categories), declaration.categories, strict=True):
        yield from _category(place, category)
    yield Folded((Figure("looked-in-vain"), say("declaration.visits")))
    if declaration.all_complete is not None and len(declaration.categories) > 1:
        yield head("declaration.together", level=2)
        yield say("declaration.all")
    yield from _balances(declaration)
    if declaration.undeclared_categories:
        yield say("declaration.unnamed")
    if declaration.history is not None and declaration.history.rows:
        columns = ("declaration:text", "item:text", "declared = {declared:text} {unit:text}", "found:text", "outcome:text")
        rows = places("history.rows", declaration.history.rows)
        yield Folded((table("declaration.past", rows, (*columns, "status:text", "source:source")),))


def _category(place: str, category: Completeness) -> Iterator[Block]:
    """One category: complete or not, how much may be left out, what would move that."""
    yield head("declaration.category" if category.made else "declaration.category.supposed", place, level=2)
    for code in ("estimated", "verified_amount", "complete", "left_out", "if_incomplete"):
        yield say(f"declaration.{code}", place)
    for reason in places(f"{place}.why", category.why):
        yield why(reason)
    if category.amounts:
        amounts = table(
            "declaration.amounts", places(f"{place}.amounts", category.amounts), ("amount = [0]:number", "complete = [1]:fine")
        )
        misses = table(
            "declaration.misses", places(f"{place}.misses", category.misses), ("miss = [0]:percent", "complete = [1]:fine")
        )
        yield Folded((amounts, misses))
    if category.search is not None:
        yield say("declaration.search", f"{place}.search")
        yield say("declaration.search.source", f"{place}.search")
    if category.inspection is not None:
        yield say("declaration.inspection", f"{place}.inspection")


def _balances(declaration: Declaration) -> Iterator[Block]:
    """What one category allows of another."""
    if declaration.consistency:
        yield head("declaration.balances", level=2)
    for place, balance in zip(places("consistency", declaration.consistency), declaration.consistency, strict=True):
        yield say("declaration.uncompared" if balance.possible is None else "declaration.balance", place)
    if declaration.leaves_room:
        yield say("declaration.room")


QUESTION = Question(
    name="declaration",
    group="evidence",
    request=DeclarationRequest,
    answer=answer,
    view=view,
    example=("korea-2019", {"declared": ("warheads=30",)}),
)
