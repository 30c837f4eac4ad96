"""Which question to ask first: what it would be worth to know one uncertain number before asking for a deal.

The expected value of partial perfect information of one number (a quantile that all options of an issue share, a reservation
value, a constituency's threshold, a law's waiver), without drawing anew. After Strong & Oakley (2013), "An efficient method for
computing single-parameter partial expected value of perfect information", Medical Decision Making 33(6), and Strong, Oakley &
Brennan (2014), "Estimating multiparameter partial expected value of perfect information from a probabilistic sensitivity
analysis sample: a nonparametric regression approach", Medical Decision Making 34(3): what each ask pays is regressed on the
number, here on Legendre polynomials of its rank, and in each part of its range the ask with the largest fitted value is made.

The fitted best is too good on the draws it was fitted to. So draws are split in four; the rule fitted on three quarters is paid
out on the fourth, and the average over quarters, less the expected gain of the one best ask, is the worth: on average too low,
never noise that looks like information. Below zero, nothing was found, and the worth is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.model import Model
    from summitry.reasons import Reason

NumberKind: TypeAlias = Literal["value", "together", "reservation", "aspiration", "home", "law"]

DEGREE = 4
FOLDS = 4
BATCH = 32
CELLS = 64
"""Parts of a number's range, each with one rule."""
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Unknown:
    """What it is worth to know one uncertain number of `party`; `about` names the issues, or the law.

    The number is its value of an issue or of issues together, its reservation value, the points of a constituency (`seat`) for
    an issue or its threshold, or whether a law is waived.

    `worth` is the rise of the expected gain with sampling `error`, `expected` the expected gain when the number is known,
    `switches` the share of draws in which another ask is then made. `low` and `high` are the expected gain of the unchanged
    best ask when the number stands at its 10 % and 90 % quantile (for a law: when it stands, when it is waived).
    """

    kind: NumberKind
    party: str
    seat: str
    about: tuple[str, ...]
    worth: float
    error: float
    expected: float
    low: float
    high: float
    switches: float

    @property
    def shows(self) -> bool:
        """Whether the draws show that it is worth something."""
        return self.worth > 2.0 * self.error

    @property
    def number(self) -> Reason:
        """Which number it is."""
        kind = "stance" if self.kind == "home" and self.about else self.kind
        return reason(f"number.{kind}", who=f"{self.party}/{self.seat}" if self.seat else self.party, about=self.about)


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """One uncertain number: what it is, and `at` (D,) its quantile in each draw; `ends` are the quantiles called low and high."""

    kind: NumberKind
    party: str
    seat: str
    about: tuple[str, ...]
    at: NDArray[np.float64]
    ends: tuple[float, float] = (LOW, HIGH)


def worth(model: Model, pays: NDArray[np.float64], best: int) -> tuple[Unknown, ...]:
    """What knowing each uncertain number is worth, the most valuable first; empty below 256 draws, which tell too little.

    `pays` (K, D) is what each ask pays in each draw, `best` the one with the largest expected gain, or -1 where none is worth
    asking; making no ask, which pays 0, is one of the choices. Names order equal worths.
    """
    draws = pays.shape[1]
    if not len(pays) or draws < FOLDS * CELLS:
        return ()
    asks = np.concatenate([pays, np.zeros((1, draws))])
    answers, uncertain = [], list(numbers(model))
    parts = [np.ascontiguousarray(asks[:, f::FOLDS]) for f in range(FOLDS)]
    for start in range(0, len(uncertain), BATCH):
        some = uncertain[start : start + BATCH]
        basis = np.stack([_polynomials(number.at) for number in some], axis=1)
        moments = [
            (part @ basis[f::FOLDS].reshape(part.shape[1], -1)).reshape(len(asks), len(some), -1) for f, part in enumerate(parts)
        ]
        moment = np.stack(moments)
        answers += [_weigh(number, asks, best, moment[:, :, n], basis[:, n]) for n, number in enumerate(some)]
    return tuple(sorted(answers, key=lambda q: (-q.worth, q.kind, q.party, q.seat, q.about)))


def numbers(model: Model) -> Iterator[Number]:
    """Every uncertain number of the model; what is certain is left out.

    One quantile serves all options of an issue, so that the order statistics of its widest option are the quantile's ranks.
    """
    for p, party in enumerate(model.parties):
        for i, issue in enumerate(model.issues):
            yield from _number("value", party, "", (issue,), model.value_draws[p, model.first[i] : model.first[i + 1]])
        yield from _number("reservation", party, "", (), model.reserve_drawn[p][None, :])
        if not model.answers.by_no_deal[p]:
            yield from _number("aspiration", party, "", (), model.answers.aspiration[p][None, :])
        for table in model.tables:
            yield from _number("together", party, "", tuple(model.issues[i] for i, _ in table.where), table.draws[p][None, :])
    for party, home in model.homes.items():
        for c, seat in enumerate(home.seats):
            for i, issue in enumerate(model.issues):
                yield from _number("home", party, seat, (issue,), home.stance[c, model.first[i] : model.first[i + 1]])
            yield from _number("home", party, seat, (), home.threshold[c][None, :])
        for law in home.laws:
            if 0 < law.waived.sum() < model.draws:
                yield Number("law", party, "", (law.name,), np.where(law.waived, 0.75, 0.25), (0.25, 0.75))


def _number(kind: NumberKind, party: str, seat: str, about: tuple[str, ...], draws: NDArray[np.float64]) -> Iterator[Number]:
    width = draws.max(axis=1) - draws.min(axis=1)
    widest = int(np.argmax(width))
    if width[widest] > 0.0:
        at = np.empty(draws.shape[1])
        at[np.argsort(draws[widest], kind="stable")] = (np.arange(draws.shape[1]) + 0.5) / draws.shape[1]
        yield Number(kind, party, seat, about, at)


def _weigh(
    number: Number, asks: NDArray[np.float64], best: int, moment: NDArray[np.float64], basis: NDArray[np.float64]
) -> Unknown:
    """Fit on three quarters of the draws, pay out on the fourth; the last of `asks` (K + 1, D) is no ask.

    `basis` (D, J) holds the polynomials, `moment` (4, K + 1, J) the sums over each quarter of what asks pay times polynomials.
    """
    cells = _polynomials((np.arange(CELLS) + 0.5) / CELLS).T
    cell = np.minimum((number.at * CELLS).astype(np.int64), CELLS - 1)
    gram = np.stack([basis[f::FOLDS].T @ basis[f::FOLDS] for f in range(FOLDS)])
    who = np.empty(asks.shape[1], dtype=np.int64)
    for f in range(FOLDS):
        fitted = (moment.sum(axis=0) - moment[f]) @ (np.linalg.pinv(gram.sum(axis=0) - gram[f]) @ cells)
        who[f::FOLDS] = fitted.argmax(axis=0)[cell[f::FOLDS]]
    gain = asks[who, np.arange(asks.shape[1])] - asks[best]
    rise = max(float(gain.mean()), 0.0)
    line = moment[:, best].sum(axis=0) @ np.linalg.pinv(gram.sum(axis=0))
    low, high = _polynomials(np.array(number.ends)) @ line
    return Unknown(
        kind=number.kind,
        party=number.party,
        seat=number.seat,
        about=number.about,
        worth=rise,
        error=float(gain.std() / np.sqrt(gain.size)),
        expected=float(asks[best].mean()) + rise,
        low=float(low),
        high=float(high),
        switches=float((who != best % len(asks)).mean()),
    )


def _polynomials(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Legendre polynomials up to `DEGREE` on [0, 1], shape (D, DEGREE + 1)."""
    powers: NDArray[np.float64] = np.polynomial.legendre.legvander(2.0 * at - 1.0, DEGREE).astype(np.float64)
    return powers
