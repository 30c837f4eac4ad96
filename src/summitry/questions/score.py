"""How good forecasts were: those written down beforehand, and each answer of the record from what came before it.

Less is better in both scores: Brier, the mean square of chance less what came, and log. Beside every score stands that of the
base rate, which knows nothing but how often the answer was yes so far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.document import Block, Phrase, bullets, head, places, say
from summitry.errors import LinkMissing
from summitry.questions import Question

if TYPE_CHECKING:
    from summitry.evidence.forecasts import Answered, Score, Settled
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """Nothing more is asked."""


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """The forecasts that were written down with what came of them, the answers of the record with theirs, and the scores."""

    forecasts: tuple[Settled, ...]
    answers: tuple[Answered, ...]
    scores: tuple[Score, ...]


def answer(workspace: Workspace, _: ScoreRequest) -> ScoreAnswer:
    """Settle what was written down, and forecast every answer of the record from the days before it."""
    from summitry.deals.forecasting import chance_of_answers
    from summitry.evidence.forecasts import past_answers, scores, settle

    case = workspace.case
    forecasts = settle(case)
    answers = past_answers(case, chance_of_answers(workspace.model))
    if not forecasts and not answers:
        raise LinkMissing(
            "A score",
            "nothing was forecast, and nobody has accepted or refused anything",
            "Write forecasts with `summitry prepare CASE --write`, and answers in evidence/positions.csv.",
        )
    return ScoreAnswer(forecasts, answers, tuple(scores(case, forecasts, answers)))


def view(result: ScoreAnswer, _: Names) -> Iterator[Block]:
    """The scores beside the base rate, then what was written down, then the answers of the record."""
    yield head("score.head")
    rows = zip(places("scores", result.scores), result.scores, strict=True)
    if result.scores:
        yield bullets(
            "score.scores", (Phrase("score.base" if one.gain is None else "score.way", at, {"at": one.way}) for at, one in rows)
        )
    yield say("score.rule" if result.scores else "score.undecided")
    if result.answers:
        yield say("score.judged")
    if result.forecasts:
        yield head("score.written", level=2)
        for place, one in zip(places("forecasts", result.forecasts), result.forecasts, strict=True):
            yield say(f"score.written.{one.outcome}", place)
    if result.answers:
        yield head("score.answers", level=2)
        for place, past in zip(places("answers", result.answers), result.answers, strict=True):
            yield say("score.answer.yes" if past.yes else "score.answer.no", place)


QUESTION = Question(name="score", group="evidence", request=ScoreRequest, answer=answer, view=view, example=("korea-2019", {}))
