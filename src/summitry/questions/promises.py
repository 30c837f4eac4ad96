"""What was promised, by when, and what was delivered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.document import Block, head, places, say, table
from summitry.errors import LinkMissing
from summitry.questions import Question

if TYPE_CHECKING:
    from summitry.evidence.conduct import Promises
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

COLUMNS = (
    "agreement:text",
    "signed:date",
    "parties:names",
    "what:text",
    "due:text",
    "delivered:text",
    "state:word promises.state",
    "source:source",
)


@dataclass(frozen=True, slots=True)
class PromisesRequest:
    """Nothing more is asked."""


def answer(workspace: Workspace, _: PromisesRequest) -> Promises:
    """All promises of the record."""
    from summitry.evidence.conduct import Promises, deliveries

    promises = deliveries(workspace.case)
    if not promises:
        raise LinkMissing("What was promised", "it has no commitments", "Write who promised what in evidence/commitments.csv.")
    return Promises(promises)


def view(answer: Promises, _: Names) -> Iterator[Block]:
    """A row for each promise."""
    yield head("promises.head")
    yield say("promises.judged")
    yield table("promises", places("promises", answer.promises), COLUMNS)


QUESTION = Question(
    name="promises",
    group="evidence",
    request=PromisesRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {}),
)
