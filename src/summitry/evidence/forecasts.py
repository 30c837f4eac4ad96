"""A record that anybody can check: what was forecast, what came of it, and how good forecasts of past answers would have been.

A forecast says that a party accepts a package by a day, with a chance; it is written down before the answer and never changed.
An answer is what a party accepts on one day, as one package, or an option that it refuses. Scores: Brier (p - y)^2 and log
-ln P(what came); less is better. Their intervals resample whole days, since answers of one day are no independent tries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.evidence.positions import known_rows
from summitry.kernels.draw import generator

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.case.rows import Forecast, Position
    from summitry.case.types import Case

YES = frozenset({"accepted", "offered", "tabled"})
NO = frozenset({"refused", "withdrawn"})
PUT, REFUSED = 0.8, 0.3
"""The chance that a party accepts what it has put forward itself, and what it has refused: judgements, made with the records of
six talks in view (Cuba 1962, INF 1981-87, Brexit, NBA 2011, Panama 1974, Korea 2018-19), so that their score there is no test."""
SAMPLES = 2000
SURE = 0.01
"""No forecast counts as surer than this in the log score, so that one certain error does not outweigh everything."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A forecast with what came of it: yes, no, or open, where its day has not passed; `since` is the day of the answer."""

    date: str
    until: str
    party: str
    moves: dict[str, str]
    chance: float
    outcome: Literal["yes", "no", "open"]
    since: str
    about: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the record, with the chance of a yes that each way of forecasting gave it from what came before."""

    date: str
    party: str
    moves: dict[str, str]
    yes: bool
    chances: dict[str, float]
    source: str


@dataclass(frozen=True, slots=True)
class Score:
    """How good forecasts were: of `count` answers, `yes` were yes; means of both scores, with 95 % intervals over days.

    `gain` is how much less its Brier score is than the base rate's on the same answers, with its interval; None of itself.
    """

    way: str
    count: int
    yes: int
    brier: float
    brier_range: tuple[float, float]
    log: float
    log_range: tuple[float, float]
    gain: float | None
    gain_range: tuple[float, float] | None


def settle(case: Case) -> tuple[Settled, ...]:
    """The forecasts that this reader has written, with what the record up to the case's day says of each, in their order."""
    rows = [row for row in known_rows(case) if row.own]
    return tuple(_settled(forecast, rows, case.file.as_of) for forecast in case.forecasts)


def _settled(forecast: Forecast, rows: Sequence[Position], today: dt.date) -> Settled:
    """Yes from the day on which the party has accepted, offered or tabled every part; no once its day has passed without."""
    moves = dict(word.split("=", 1) for word in forecast.package.split())
    stands: dict[str, bool] = {}
    since = None
    for row in rows:
        if row.party == forecast.party and forecast.date < row.date <= forecast.until and moves.get(row.issue) == row.option:
            stands[row.issue] = True if row.status in YES else False if row.status in NO else stands.get(row.issue, False)
            if since is None and len(stands) == len(moves) and all(stands.values()):
                since = row.date
    outcome: Literal["yes", "no", "open"] = "yes" if since is not None else "no" if today > forecast.until else "open"
    return Settled(
        forecast.date.isoformat(),
        forecast.until.isoformat(),
        forecast.party,
        moves,
        forecast.chance,
        outcome,
        "" if since is None else since.isoformat(),
        forecast.about,
    )


def past_answers(
    case: Case, by_values: Callable[[str, dict[str, str], Sequence[Position]], float] | None = None
) -> tuple[Answered, ...]:
    """Every answer of the record, each forecast from the rows of the days before it alone.

    `base`: the share of yes among the earlier answers, (yes + 1) / (n + 2). `record`: what the
    party itself had last said of it counts: PUT where it had put it forward, REFUSED where it had said no, else `base`.
    `values`, where `by_values` gives it: the chance by the case's values.
    """
    rows = [row for row in known_rows(case) if row.own and row.party in case.file.parties]
    answers = _answers(rows)
    result = []
    for first, *more in answers:
        earlier = [answer[0].status == "accepted" for answer in answers if answer[0].date < first.date]
        base = (1.0 + sum(earlier)) / (2.0 + len(earlier))
        chances = {"base": base, "record": _by_record([first, *more], rows, base)}
        moves = {row.issue: row.option for row in (first, *more)}
        if by_values is not None:
            chances["values"] = by_values(first.party, moves, [row for row in rows if row.date < first.date])
        result.append(Answered(first.date.isoformat(), first.party, moves, first.status == "accepted", chances, first.source))
    return tuple(result)


def _answers(rows: Sequence[Position]) -> list[list[Position]]:
    """The answers by day: what a party accepts on one day is one, each of its refusals another, unless they are of one offer."""
    answers: dict[tuple[str, ...], list[Position]] = {}
    for row in rows:
        if row.status in {"accepted", "refused"}:
            alone = () if row.status == "accepted" else (row.offer,) if row.offer else (row.issue, row.option)
            answers.setdefault((row.date.isoformat(), row.party, row.status, *alone), []).append(row)
    return list(answers.values())


def _by_record(answer: Sequence[Position], rows: Sequence[Position], base: float) -> float:
    """The chance of a yes by what the same party had last said of any of it before its day."""
    options = {(row.issue, row.option) for row in answer}
    words = [
        row.status
        for row in rows
        if row.date < answer[0].date and row.party == answer[0].party and (row.issue, row.option) in options
    ]
    return base if not words else REFUSED if words[-1] in NO else PUT


def scores(case: Case, written: Sequence[Settled], answers: Sequence[Answered]) -> Iterator[Score]:
    """The score of what was written down, and of each way of forecasting the answers of the record."""
    past = [one for one in written if one.outcome != "open"]
    if past:
        days = np.array([one.until for one in past])
        truth = np.array([one.outcome == "yes" for one in past], dtype=np.float64)
        yield _score("written", np.array([one.chance for one in past]), truth, days, None, case)
    if answers:
        days = np.array([one.date for one in answers])
        truth = np.array([one.yes for one in answers], dtype=np.float64)
        base = np.array([one.chances["base"] for one in answers])
        for way in answers[0].chances:
            chance = np.array([one.chances[way] for one in answers])
            yield _score(way, chance, truth, days, None if way == "base" else base, case)


def _score(
    way: str,
    chance: NDArray[np.float64],
    truth: NDArray[np.float64],
    days: NDArray[np.str_],
    base: NDArray[np.float64] | None,
    case: Case,
) -> Score:
    brier, log = brier_of(chance, truth), log_of(chance, truth)
    gain = None if base is None else brier_of(base, truth) - brier
    ranges = [interval(each, days, case.name, way) for each in (brier, log, *(() if gain is None else (gain,)))]
    return Score(
        way=way,
        count=len(truth),
        yes=int(truth.sum()),
        brier=float(brier.mean()),
        brier_range=ranges[0],
        log=float(log.mean()),
        log_range=ranges[1],
        gain=None if gain is None else float(gain.mean()),
        gain_range=None if gain is None else ranges[2],
    )


def brier_of(chance: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """The Brier score of each forecast: (p - y)^2."""
    return np.asarray((chance - truth) ** 2)


def log_of(chance: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log score of each forecast, -ln of the chance of what came; no forecast counts as surer than 99 %."""
    safe = np.clip(chance, SURE, 1.0 - SURE)
    return np.asarray(-np.log(np.where(truth > 0.0, safe, 1.0 - safe)))


def interval(each: NDArray[np.float64], groups: NDArray[np.str_], *key: str) -> tuple[float, float]:
    """The 95 % interval of a mean, from 2,000 samples of whole groups with replacement."""
    _, group = np.unique(groups, return_inverse=True)
    count = int(group.max()) + 1
    total, size = np.bincount(group, each, count), np.bincount(group, minlength=count)
    picks = generator(0, "score", *key).integers(0, count, (SAMPLES, count))
    low, high = np.quantile(total[picks].sum(axis=1) / size[picks].sum(axis=1), (0.025, 0.975))
    return float(low), float(high)
