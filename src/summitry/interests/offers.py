"""What a party's offers, demands and refusals say about its values, on top of the judgement in the holder's file.

1. `read_record` turns rows into statements: this package is worth at least, or at most, so much to the party.
2. The judgement is the prior, exactly as the model draws it: one quantile for the options of an issue, one common factor.
3. A statement is believed with a stated error: with probability SLIP the row is misread or meant otherwise and says nothing; else
   it is made with the probability that a normal error of TOLERANCE times the points at stake leaves its margin positive.
4. The posterior is drawn by elliptical slice sampling in the normal scores, by many chains, with R-hat and effective size.

Beside it stands which statements no values within the judged ranges can meet at once, whatever the error.

Rows name one option of one issue, so packages are formed from the rows of one day. What a row can imply, and no more:

- offered or tabled, with demands of the same party on the same day: together they are worth at least its reservation value to it
- offered without a demand that day: nothing, because the price was not stated
- demanded: worth more to it than the option below it (the status quo at the bottom)
- refused: with what the other sides offered that day, worth at most the reservation value; where they offered nothing it still
  holds, because whatever was offered unseen could only have added worth
- accepted, all of one day: at least the reservation value if something is given and something received, at least the status quo
  if all is received; own giveaways alone imply nothing, because what they were given for is not in the row
- floated, withdrawn: nothing, because nobody is bound by it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from summitry.errors import LinkMissing
from summitry.kernels import conflict, draw, walk
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.case.rows import Position
    from summitry.case.types import Case, CaseFile, Preferences, Together
    from summitry.reasons import Reason

OFFERS = ("offered", "tabled")
WHOLE = (*OFFERS, "accepted")
"""What a party did of these on one day is one package."""
Span: TypeAlias = tuple[float, float, float]
SLIP = 0.1
"""Chance that a row is misread, mistranslated or meant otherwise, so that it says nothing about values."""
TOLERANCE = 0.1
"""Standard error of a statement's margin, as a share of the points at stake in it."""
CHAINS, WARM, STEPS = 64, 200, 400
PRIOR = 16_384
SHOWN = 3
NOTABLE = 0.02
"""Shifts below this share of a judged range are not listed."""
DOUBTFUL = 0.2
"""A statement that holds in fewer draws than this, even after the record was read, does not fit the judgement."""
TELLING = 0.1
"""A value whose median moves by less than this share of the judged range tells nothing new."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One inequality on values: moves less `than`, less the reservation value if `reservation`, is at least 0 or at most 0.

    `rows` number the rows of evidence/positions.csv that it is made of, the first is 1; `status` is that of the row that gave it;
    `label` names what the party did.
    """

    date: str
    party: str
    status: str
    rows: tuple[int, ...]
    moves: dict[str, str]
    than: dict[str, str]
    reservation: bool
    least: bool
    label: Reason


@dataclass(frozen=True, slots=True)
class Silent:
    """A row that implies nothing about values, and why."""

    row: int
    label: Reason
    why: Reason


def read_record(file: CaseFile, positions: Sequence[Position], party: str) -> tuple[tuple[Statement, ...], tuple[Silent, ...]]:
    """All that the rows of `party` imply about its values, in the order of the rows, and the rows that imply nothing."""
    statements: list[Statement] = []
    silent: list[Silent] = []
    for number, row in _rows(positions):
        if row.party != party:
            continue
        reading = _read(file, positions, number, row)
        if not isinstance(reading, Statement):
            silent.append(Silent(number, _label(row, [row]), reading))
        elif row.status in {"demanded", "refused"} or not any(
            number in other.rows for other in statements if other.status in WHOLE
        ):
            statements.append(reading)
    return tuple(statements), tuple(silent)


def _read(file: CaseFile, positions: Sequence[Position], number: int, row: Position) -> Statement | Reason:
    """What one row says, or why it says nothing."""
    if row.option == file.issues[row.issue].status_quo:
        return reason("infer.silent.status_quo")
    if row.status in {"floated", "withdrawn"}:
        return reason("infer.silent.free", status=row.status)
    if row.status in OFFERS:
        return _package(file, positions, row) or reason("infer.silent.priceless")
    if row.status == "demanded":
        return _demand(file, number, row)
    reply = read_answer(file, positions, number, row)
    if row.status == "accepted" and all(row.party in file.issues[issue].giver for issue in reply.moves):
        return reason("infer.silent.giveaway")
    return reply


def read_answer(file: CaseFile, positions: Sequence[Position], number: int, row: Position) -> Statement:
    """An acceptance or a refusal as a package: the option with what the other sides offered on that day.

    Where the option is theirs to give, with what they demanded for it that day. What a party accepted on one day is one package;
    what it refused is one for each row.
    """
    least = row.status == "accepted"
    own = _on(positions, row, row.party, ("accepted",), file) if least else [(number, row)]
    others = _others(positions, row, file)
    moves = {other.issue: other.option for _, other in (*others, *own)}
    two_sided = len({row.party in file.issues[issue].giver for issue in moves}) > 1
    return Statement(
        date=row.date.isoformat(),
        party=row.party,
        status=row.status,
        rows=tuple(dict.fromkeys(k for k, _ in (*own, *others))),
        moves=moves,
        than={},
        reservation=two_sided or not least,
        least=least,
        label=_label(row, [other for _, other in own]),
    )


def _label(day: Position, rows: Iterable[Position]) -> Reason:
    """What a party did on a day to the options of these rows."""
    return reason("infer.row", date=day.date.isoformat(), status=day.status, options=_options(rows))


def _options(rows: Iterable[Position]) -> tuple[str, ...]:
    return tuple(f"{row.issue}.{row.option}" for row in rows)


def _rows(positions: Sequence[Position]) -> Iterable[tuple[int, Position]]:
    return enumerate(positions, start=1)


def _on(
    positions: Sequence[Position], day: Position, party: str, statuses: Iterable[str], file: CaseFile
) -> list[tuple[int, Position]]:
    """The party's rows of that day with one of these statuses, those that stand in the status quo left out."""
    return [
        (k, row)
        for k, row in _rows(positions)
        if row.date == day.date
        and row.party == party
        and row.status in statuses
        and row.option != file.issues[row.issue].status_quo
    ]


def _others(positions: Sequence[Position], row: Position, file: CaseFile) -> list[tuple[int, Position]]:
    """What the other sides offered on the day of an answer and, if the option is theirs to give, what they demanded for it."""
    sides = file.sides
    theirs = [party for party in file.parties if sides[party] != sides[row.party]]
    statuses = OFFERS if row.party in file.issues[row.issue].giver else (*OFFERS, "demanded")
    pairs = [pair for party in theirs for pair in _on(positions, row, party, statuses, file)]
    return [(k, other) for k, other in pairs if other.issue != row.issue]


def _package(file: CaseFile, positions: Sequence[Position], row: Position) -> Statement | None:
    """What a party offered on a day, for what it demanded that day; None where it demanded nothing."""
    gives = _on(positions, row, row.party, OFFERS, file)
    wants = _on(positions, row, row.party, ("demanded",), file)
    if not wants:
        return None
    moves = {other.issue: other.option for _, other in (*gives, *wants)}
    numbers = tuple(k for k, _ in (*gives, *wants))
    gives_wants = {"gives": _options(other for _, other in gives), "wants": _options(other for _, other in wants)}
    label = reason("infer.package", date=row.date.isoformat(), **gives_wants)
    return Statement(row.date.isoformat(), row.party, row.status, numbers, moves, {}, reservation=True, least=True, label=label)


def _demand(file: CaseFile, number: int, row: Position) -> Statement:
    options = list(file.issues[row.issue].options)
    below = options[options.index(row.option) - 1]
    than = {} if below == options[0] else {row.issue: below}
    return Statement(
        row.date.isoformat(),
        row.party,
        row.status,
        (number,),
        {row.issue: row.option},
        than,
        reservation=False,
        least=True,
        label=_label(row, [row]),
    )


@dataclass(frozen=True, slots=True)
class Shift:
    """How far one statement moves the mean of one option, in points."""

    place: str
    points: float


@dataclass(frozen=True, slots=True)
class Effect:
    """One statement, the share of draws in which it holds before and after the whole record is read, and what it moves.

    `doubtful` says that even the record leaves it improbable: the ranges are off, or what one day brought is no package.
    """

    statement: Statement
    before: float
    after: float
    moves: tuple[Shift, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Estimate:
    """An option, or, without issue, the reservation value: the range of the judgement, 5, 50, 95 % before and after.

    `paste` is the range for a preference file; `telling` says whether the median moved enough to change one.
    """

    issue: str
    option: str
    judgement: Span
    before: Span
    after: Span
    paste: Span
    telling: bool


@dataclass(frozen=True, slots=True)
class Inference:
    """What the record says about a party's values, beside the judgement of `holder`.

    `contradiction` names statements that no values within the judged ranges meet at once; leaving out any one of them would do.
    `paste` are lines for a preference file: the issues with a telling change, each with all of its options. `steady` counts the
    values without one. `agree` is the share of draws of the judgement in which every statement holds. `r_hat` is the largest,
    `effective` the least over options.
    """

    party: str
    holder: str
    effects: tuple[Effect, ...]
    silent: tuple[Silent, ...]
    values: tuple[Estimate, ...]
    contradiction: tuple[Reason, ...]
    paste: tuple[str, ...]
    steady: int
    agree: float
    slip: float
    tolerance: float
    draws: int
    chains: int
    effective: float
    r_hat: float


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
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
    def reported(self) -> list[int]:
        """The parts that are reported: the options and the reservation value."""
        return [*range(len(self.places)), len(self.spans) - 1]

    def points(self, scores: NDArray[np.float64], parts: Sequence[int] | None = None) -> NDArray[np.float64]:
        """Points of the parts (all by default, zero where left out) at scores (N, n), shape (N, K)."""
        from scipy.special import ndtr

        points = np.zeros((len(scores), len(self.spans)))
        mixed = np.sqrt(self.correlation) * scores[:, :1] + np.sqrt(1.0 - self.correlation) * scores
        mixed[:, -1] = scores[:, -1]
        quantile = ndtr(mixed)
        for k in range(len(self.spans)) if parts is None else parts:
            points[:, k] = draw.pert_quantile(*self.spans[k], quantile[:, self.score[k]])
        return points

    def rows(self, statements: Sequence[Statement]) -> NDArray[np.float64]:
        """Statements as rows (S, K): points @ row is the margin by which a statement holds."""
        rows = np.zeros((len(statements), len(self.spans)))
        at = {place: k for k, place in enumerate(self.places)}
        for k, (row, statement) in enumerate(zip(rows, statements, strict=True)):
            for moves, sign in ((statement.moves, 1.0), (statement.than, -1.0)):
                row[[at[place] for place in moves.items() if place in at]] += sign
                for n, extra in enumerate(self.extras, start=len(at)):
                    row[n] += sign * all(moves.get(issue) in options for issue, options in extra.when.items())
            row[-1] = -1.0 if statement.reservation else 0.0
            rows[k] *= 1.0 if statement.least else -1.0
        return rows

    def stakes(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The points at stake in each statement: the modes of all that it moves, without their signs; at least 0.1."""
        modes = np.abs([span[1] for span in self.spans[:-1]])
        return np.asarray(np.maximum(0.1, np.abs(rows[:, :-1]) @ modes))


def judgement_of(file: Preferences, correlation: float) -> Judgement:
    """The judgement of a preference file, with the correlation that the case sets for the values of one party."""
    places = tuple((issue, option) for issue, values in file.values.items() for option in values.options)
    issues = list(file.values)
    extras = tuple(file.together)
    score = [1 + issues.index(issue) for issue, _ in places] + [1 + len(issues) + k for k in range(len(extras) + 1)]
    spans = [file.values[i].options[o] for i, o in places] + [extra.value for extra in extras] + [file.reservation]
    return Judgement(places, extras, tuple(spans), tuple(score), correlation)


def infer_values(case: Case, party: str, *, seed: int = 0) -> Inference:
    """Combine the judgement that this reader holds of `party` with the party's record.

    Raises LinkMissing where there is no judgement, or where no row implies anything.
    """
    believed = case.believed(party)
    holder = case.viewer or party
    if believed is None:
        raise LinkMissing(
            f"What the record says about the values of {party}",
            f"there is no preferences/{holder}/{party}.yaml to begin from",
            "Write it with wide ranges: the record narrows them.",
        )
    statements, silent = read_record(case.file, case.evidence.positions, party)
    if not statements:
        rows_of_it = f" (its rows there: {', '.join(str(row.row) for row in silent)})" if silent else ""
        raise LinkMissing(
            f"What the record says about the values of {party}",
            f"evidence/positions.csv has no row of it that implies anything about values{rows_of_it}",
            "Add its offers, demands and refusals with date and source.",
        )
    judgement = judgement_of(believed, case.file.settings.correlation)
    rows = judgement.rows(statements)
    stakes = judgement.stakes(rows)
    prior = judgement.points(draw.generator(seed, "record", party, "prior").standard_normal((PRIOR, judgement.size)))
    path = _walk(judgement, rows, stakes, draw.generator(seed, "record", party))
    post = judgement.points(path.reshape(-1, judgement.size))
    reported = post[:, judgement.reported].reshape(STEPS, CHAINS, -1)
    clash = conflict.contradiction(rows, np.arange(len(rows)), np.array(judgement.spans)[:, [0, 2]])
    values = tuple(_estimates(judgement, prior, post))
    return Inference(
        party=party,
        holder=holder,
        effects=tuple(_effects(judgement, statements, rows, stakes, prior, post)),
        silent=silent,
        values=values,
        contradiction=tuple(statements[k].label for k in clash),
        paste=tuple(_lines(values)),
        steady=sum(not one.telling for one in values),
        agree=float((prior @ rows.T >= 0.0).all(axis=1).mean()),
        slip=SLIP,
        tolerance=TOLERANCE,
        draws=len(post),
        chains=CHAINS,
        effective=float(walk.effective(reported).min()),
        r_hat=float(walk.r_hat(reported).max()),
    )


def likelihood(margin: NDArray[np.float64], stake: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """The chance that a statement is made, given its margin: SLIP / 2 + (1 - SLIP) Phi(margin / (TOLERANCE stake))."""
    from scipy.special import ndtr

    chance: NDArray[np.float64] = SLIP / 2.0 + (1.0 - SLIP) * ndtr(margin / (TOLERANCE * stake))
    return chance


def _walk(
    judgement: Judgement, rows: NDArray[np.float64], stakes: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Normal scores of the posterior, shape (STEPS, CHAINS, n); only the parts that a statement names are computed on the way."""
    parts = np.flatnonzero(np.abs(rows).any(axis=0)).tolist()

    def log_likelihood(scores: NDArray[np.float64]) -> NDArray[np.float64]:
        total: NDArray[np.float64] = np.log(likelihood(judgement.points(scores, parts) @ rows.T, stakes)).sum(axis=1)
        return total

    return walk.elliptical_slice(log_likelihood, rng.standard_normal((CHAINS, judgement.size)), rng, WARM + STEPS)[WARM:]


def _effects(
    judgement: Judgement,
    statements: Sequence[Statement],
    rows: NDArray[np.float64],
    stakes: NDArray[np.float64],
    prior: NDArray[np.float64],
    post: NDArray[np.float64],
) -> Iterator[Effect]:
    """Each statement with what it moves: the posterior against the posterior without it, by weighing the draws anew."""
    reported = judgement.reported
    spans = np.array(judgement.spans)[reported]
    width = spans[:, 2] - spans[:, 0]
    before, margin = prior @ rows.T >= 0.0, post @ rows.T
    weight = 1.0 / likelihood(margin, stakes)
    shift = post.mean(axis=0) - (weight.T @ post) / weight.sum(axis=0)[:, None]
    for k, statement in enumerate(statements):
        shifts = shift[k, reported]
        share = np.divide(np.abs(shifts), width, out=np.zeros_like(width), where=width > 0.0)
        most: dict[str, Shift] = {}
        for at in np.argsort(-share, kind="stable"):
            issue = judgement.names[at].partition(".")[0]
            if share[at] >= NOTABLE and issue not in most and len(most) < SHOWN:
                most[issue] = Shift(judgement.names[at], float(shifts[at]))
        after = float((margin[:, k] >= 0.0).mean())
        yield Effect(statement, float(before[:, k].mean()), after, tuple(most.values()), after < DOUBTFUL)


def _estimates(judgement: Judgement, prior: NDArray[np.float64], post: NDArray[np.float64]) -> Iterator[Estimate]:
    """What is known of each part before and after; the range to paste has 1 and 99 % at its ends, and the mean of the draws."""
    old, new = (np.quantile(points, (0.05, 0.5, 0.95), axis=0).T for points in (prior, post))
    edges, means = np.quantile(post, (0.01, 0.99), axis=0).T, post.mean(axis=0)
    for k, (issue, option) in zip(judgement.reported, [*judgement.places, ("", "reservation")], strict=True):
        low, high = _digits(edges[k, 0]), _digits(edges[k, 1])
        mode = _digits((6.0 * means[k] - low - high) / 4.0)
        least, _, most = judgement.spans[k]
        telling = bool(abs(new[k, 1] - old[k, 1]) > TELLING * (most - least))
        paste = (low, min(max(mode, low), high), high)
        yield Estimate(issue, option, judgement.spans[k], _three(old[k]), _three(new[k]), paste, telling)


def _lines(values: Sequence[Estimate]) -> Iterator[str]:
    """The issues with a telling change as lines of a preference file, each with all of its options, and the reservation value."""
    from summitry.case.yaml import block

    issues = {one.issue for one in values if one.telling}
    body: dict[str, object] = {one.option: list(one.paste) for one in values if not one.issue and "" in issues}
    options = {
        issue: {one.option: list(one.paste) for one in values if one.issue == issue}
        for issue in dict.fromkeys(one.issue for one in values)
        if issue and issue in issues
    }
    yield from block(body | ({"values": options} if options else {}), "")


def _digits(number: float) -> float:
    return float(f"{float(number):.3g}")


def _three(numbers: NDArray[np.float64]) -> Span:
    low, mid, high = numbers.tolist()
    return low, mid, high
