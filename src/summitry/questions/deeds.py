"""What each side said and did, what was surrendered or moved so far, and the belief that follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.document import Block, Figure, Folded, Phrase, bullets, column, escaped, head, places, say, table
from summitry.errors import LinkMissing
from summitry.questions import Question

if TYPE_CHECKING:
    from summitry.evidence.conduct import Record
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DeedsRequest:
    """Nothing more is asked."""


def answer(workspace: Workspace, _: DeedsRequest) -> Record:
    """The record of the case."""
    if workspace.record is None:
        raise LinkMissing(
            "What was said and done",
            "it has no events, no commitments and no beliefs",
            "Write evidence/events.csv and evidence/commitments.csv, and `trust` in the preference files.",
        )
    return workspace.record


def view(record: Record, _: Names) -> Iterator[Block]:
    """The deeds in favour, newest first; each belief; behind them every piece of evidence, and words and deeds by month."""
    yield from map(Figure, ("words-and-deeds", "words-jump", "belief"))
    yield head("deeds.head")
    if record.deeds:
        yield bullets(None, [Phrase("deeds.deed", place) for place in places("deeds", record.deeds)])
    else:
        yield say("deeds.none")
    pieces = ("date", "what = .:phrase deeds.what", "log_ratio:signed", "why:reason", "source:source")
    for place, belief in zip(places("beliefs", record.beliefs), record.beliefs, strict=True):
        yield head("deeds.belief", place, level=2)
        yield say("deeds.posterior", place)
        yield say("deeds.trust", place)
        yield Folded((table("deeds.pieces", places(f"{place}.contributions", belief.contributions), pieces),))
    by_month = ("month", "words:number", "word_count:count", "deeds:number", "deed_count:count")
    for actor, months in record.months.items():
        place = f"months[{escaped(actor)}]"
        rows = [f"{place}[{k}]" for k, month in enumerate(months) if month.word_count or month.deed_count]
        silent = f"silent[{escaped(actor)}]"
        code = "deeds.months.gaps" if record.silent[actor] else "deeds.months"
        columns = [column(f"deeds.months.{name.partition(':')[0]}", name) for name in by_month]
        yield Folded((table(code, rows, columns, place=silent, actor=actor),))


QUESTION = Question(
    name="deeds",
    group="evidence",
    request=DeedsRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {}),
)
