"""What a party's offers, demands and refusals say about its values, on top of the judgement in the holder's file.

1. `offers.read_record` turns rows into statements: this package is worth at least, or at most, so much to the party.
2. The judgement is the prior, exactly as the model draws it: one quantile for the options of an issue, one common factor.
3. A statement is believed with a stated error: with probability SLIP the row is misread or meant otherwise and says nothing; else
   it is made with the probability that a normal error of TOLERANCE times the points at stake leaves its margin positive.
4. The posterior is drawn by elliptical slice sampling in the normal scores, by many chains, with R-hat and effective size.

Beside it stands which statements no values within the judged ranges can meet at once, whatever the error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import LinkMissing
from summitry.interests.offers import read_record
from summitry.kernels import conflict, draw, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case, Preferences, Together
    from summitry.interests.offers import Silent, Statement

    Span = tuple[float, float, float]

SLIP = 0.1
"""Chance that a row is misread, mistranslated or meant otherwise, so that it says nothing about values."""
TOLERANCE = 0.1
"""Standard error of a statement's margin, as a share of the points at stake in it."""
CHAINS, WARM, STEPS = 64, 200, 400
PRIOR = 16_384
SHOWN = 3
NOTABLE = 0.02
"""Shifts below this share of a judged range are not listed."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far one statement moves the mean of one option, in points."""

    place: str
    points: float


@dataclass(frozen=True, slots=True)
class Heard:
    """One statement, the share of draws in which it holds before and after the whole record is heard, and what it moves."""

    statement: Statement
    before: float
    after: float
    moves: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """An option (or, without issue, the reservation value): judged range, 5, 50, 95 % before and after, and a range to paste."""

    issue: str
    option: str
    judged: Span
    before: Span
    after: Span
    paste: Span


@dataclass(frozen=True, slots=True)
class Inferred:
    """What the record says about a party's values, beside the judgement of `holder`.

    `contradiction` names statements that no values within the judged ranges meet at once; leaving out any one of them would do.
    `agree` is the share of draws of the judgement in which every statement holds; `r_hat` is the largest, `effective` the least
    over options.
    """

    party: str
    holder: str
    heard: tuple[Heard, ...]
    silent: tuple[Silent, ...]
    values: tuple[Learned, ...]
    contradiction: tuple[str, ...]
    agree: float
    slip: float
    tolerance: float
    draws: int
    chains: int
    effective: float
    r_hat: float


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A judgement as points of its K parts (options, interactions and, last, the reservation value) by independent normal scores.

    `score` numbers the score that each part hangs on; score 0 is the common factor, which all but the reservation value share.
    """

    places: tuple[tuple[str, str], ...]
    extras: tuple[Together, ...]
    spans: tuple[Span, ...]
    score: tuple[int, ...]
    correlation: float

    @property
    def names(self) -> list[str]:
        """ISSUE.OPTION of each option, and the reservation value."""
        return [f"{issue}.{option}" for issue, option in self.places] + ["reservation"]

    @property
    def size(self) -> int:
        """The number of scores."""
        return max(self.score) + 1

    @property
    def learned(self) -> list[int]:
        """The parts that are reported: the options and the reservation value."""
        return [*range(len(self.places)), len(self.spans) - 1]

    def points(self, scores: NDArray[np.float64], parts: Sequence[int] | None = None) -> NDArray[np.float64]:
        """Points of the parts (all by default, zero where left out) at scores (N, n), shape (N, K)."""
        from scipy.special import ndtr

        found = np.zeros((len(scores), len(self.spans)))
        mixed = np.sqrt(self.correlation) * scores[:, :1] + np.sqrt(1.0 - self.correlation) * scores
        mixed[:, -1] = scores[:, -1]
        quantile = ndtr(mixed)
        for k in range(len(self.spans)) if parts is None else parts:
            found[:, k] = draw.pert_quantile(*self.spans[k], quantile[:, self.score[k]])
        return found

    def rows(self, statements: Sequence[Statement]) -> NDArray[np.float64]:
        """Statements as rows (S, K): points @ row is the margin by which a statement holds."""
        found = np.zeros((len(statements), len(self.spans)))
        at = {place: k for k, place in enumerate(self.places)}
        for k, (row, statement) in enumerate(zip(found, statements, strict=True)):
            for moves, sign in ((statement.moves, 1.0), (statement.than, -1.0)):
                row[[at[place] for place in moves.items() if place in at]] += sign
                for n, extra in enumerate(self.extras, start=len(at)):
                    row[n] += sign * all(moves.get(issue) in options for issue, options in extra.when.items())
            row[-1] = -1.0 if statement.reservation else 0.0
            found[k] *= 1.0 if statement.least else -1.0
        return found

    def stakes(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The points at stake in each statement: the modes of all that it moves, without their signs; at least 0.1."""
        modes = np.abs([span[1] for span in self.spans[:-1]])
        return np.asarray(np.maximum(0.1, np.abs(rows[:, :-1]) @ modes))


def judged_by(told: Preferences, correlation: float) -> Judged:
    """The judgement of a preference file, with the correlation that the case sets for the values of one party."""
    places = tuple((issue, option) for issue, said in told.values.items() for option in said.options)
    issues = list(told.values)
    extras = tuple(told.together)
    score = [1 + issues.index(issue) for issue, _ in places] + [1 + len(issues) + k for k in range(len(extras) + 1)]
    spans = [told.values[i].options[o] for i, o in places] + [extra.value for extra in extras] + [told.reservation]
    return Judged(places, extras, tuple(spans), tuple(score), correlation)


def infer(case: Case, party: str, *, seed: int = 0) -> Inferred:
    """Combine the judgement that this reader holds of `party` with the party's record.

    Raises LinkMissing where there is no judgement, or where no row implies anything.
    """
    told = case.believed(party)
    holder = case.viewer or party
    if told is None:
        raise LinkMissing(
            f"What the record says about the values of {party}",
            f"there is no preferences/{holder}/{party}.yaml to begin from",
            "Write it with wide ranges: the record narrows them.",
        )
    statements, silent = read_record(case.file, case.evidence.positions, party)
    if not statements:
        why = "evidence/positions.csv has no row of it that implies anything about values"
        if silent:
            why += f" ({silent[0].said}: {silent[0].why})"
        raise LinkMissing(
            f"What the record says about the values of {party}", why, "Add its offers, demands and refusals with date and source."
        )
    judged = judged_by(told, case.file.settings.correlation)
    rows = judged.rows(statements)
    stakes = judged.stakes(rows)
    prior = judged.points(draw.generator(seed, "record", party, "prior").standard_normal((PRIOR, judged.size)))
    path = _walk(judged, rows, stakes, draw.generator(seed, "record", party))
    post = judged.points(path.reshape(-1, judged.size))
    kept = post[:, judged.learned].reshape(STEPS, CHAINS, -1)
    named = conflict.contradiction(rows, np.arange(len(rows)), np.array(judged.spans)[:, [0, 2]])
    return Inferred(
        party=party,
        holder=holder,
        heard=tuple(_heard(judged, statements, rows, stakes, prior, post)),
        silent=silent,
        values=tuple(_learned(judged, prior, post)),
        contradiction=tuple(statements[k].said for k in named),
        agree=float((prior @ rows.T >= 0.0).all(axis=1).mean()),
        slip=SLIP,
        tolerance=TOLERANCE,
        draws=len(post),
        chains=CHAINS,
        effective=float(walk.effective(kept).min()),
        r_hat=float(walk.r_hat(kept).max()),
    )


def likelihood(margin: NDArray[np.float64], stake: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """The chance that a statement is made, given its margin: SLIP / 2 + (1 - SLIP) Phi(margin / (TOLERANCE stake))."""
    from scipy.special import ndtr

    found: NDArray[np.float64] = SLIP / 2.0 + (1.0 - SLIP) * ndtr(margin / (TOLERANCE * stake))
    return found


def _walk(
    judged: Judged, rows: NDArray[np.float64], stakes: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Normal scores of the posterior, shape (STEPS, CHAINS, n); only the parts that a statement names are computed on the way."""
    named = np.flatnonzero(np.abs(rows).any(axis=0)).tolist()

    def log_likelihood(scores: NDArray[np.float64]) -> NDArray[np.float64]:
        total: NDArray[np.float64] = np.log(likelihood(judged.points(scores, named) @ rows.T, stakes)).sum(axis=1)
        return total

    return walk.elliptical_slice(log_likelihood, rng.standard_normal((CHAINS, judged.size)), rng, WARM + STEPS)[WARM:]


def _heard(
    judged: Judged,
    statements: Sequence[Statement],
    rows: NDArray[np.float64],
    stakes: NDArray[np.float64],
    prior: NDArray[np.float64],
    post: NDArray[np.float64],
) -> list[Heard]:
    """Each statement with what it moves: the posterior against the posterior without it, by weighing the draws anew."""
    learned = judged.learned
    spans = np.array(judged.spans)[learned]
    width = spans[:, 2] - spans[:, 0]
    before, margin = prior @ rows.T >= 0.0, post @ rows.T
    weight = 1.0 / likelihood(margin, stakes)
    shift = post.mean(axis=0) - (weight.T @ post) / weight.sum(axis=0)[:, None]
    found = []
    for k, statement in enumerate(statements):
        moved = shift[k, learned]
        share = np.divide(np.abs(moved), width, out=np.zeros_like(width), where=width > 0.0)
        most: dict[str, Shift] = {}
        for at in np.argsort(-share, kind="stable"):
            issue = judged.names[at].partition(".")[0]
            if share[at] >= NOTABLE and issue not in most and len(most) < SHOWN:
                most[issue] = Shift(judged.names[at], float(moved[at]))
        chances = float(before[:, k].mean()), float((margin[:, k] >= 0.0).mean())
        found.append(Heard(statement, *chances, tuple(most.values())))
    return found


def _learned(judged: Judged, prior: NDArray[np.float64], post: NDArray[np.float64]) -> Iterator[Learned]:
    """What is known of each part before and after; the range to paste has 1 and 99 % at its ends, and the mean of the draws."""
    old, new = (np.quantile(points, (0.05, 0.5, 0.95), axis=0).T for points in (prior, post))
    edges, means = np.quantile(post, (0.01, 0.99), axis=0).T, post.mean(axis=0)
    for k, (issue, option) in zip(judged.learned, [*judged.places, ("", "reservation")], strict=True):
        low, high = _digits(edges[k, 0]), _digits(edges[k, 1])
        mode = _digits((6.0 * means[k] - low - high) / 4.0)
        yield Learned(issue, option, judged.spans[k], _three(old[k]), _three(new[k]), (low, min(max(mode, low), high), high))


def _digits(number: float) -> float:
    return float(f"{float(number):.3g}")


def _three(numbers: NDArray[np.float64]) -> Span:
    low, mid, high = numbers.tolist()
    return low, mid, high
