"""Eliciting a party's values: what was answered in, the next question out, and in the end a preference file. No input, no output.

Three methods. `direct`: points for every option on one scale. `swing`: options rated within each issue; then the issue that
matters most counts 100 and every other issue its part of it (von Winterfeldt & Edwards 1986). `tradeoffs`: options rated within
each issue; then comparisons between two moves, each the one whose answer is expected to tell most of the weights. A few
comparisons check the first two methods. Every answer may be a range.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import numpy as np
from pydantic import Field

from summitry.case.fields import Doc, Slug
from summitry.case.types import OptionValues, Preferences
from summitry.errors import BadArgument
from summitry.interests import weights
from summitry.kernels import draw
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import CaseFile
    from summitry.reasons import Reason

    _Row = tuple[NDArray[np.float64], NDArray[np.float64], float, float, int]
    """Left and right weights, least and largest ratio, number of the answer."""

Method: TypeAlias = Literal["tradeoffs", "swing", "direct"]
Span: TypeAlias = tuple[float, float, float]

WIDEN = 0.1
"""A single number stands for itself plus and minus this share."""
LARGEST = 1e6
LONGEST = 2000
SAME = 1.1
"""What is called the same lies within this ratio."""
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2})?"
_SPAN = re.compile(rf"({_NUMBER})(?:\.\.({_NUMBER}))?(?:\.\.({_NUMBER}))?")
CHECKS = 3
TOP = 100.0


class Answer(Doc):
    """One answer: the key of its question, and the text as it was typed."""

    key: tuple[str, ...]
    text: Annotated[str, Field(max_length=LONGEST)]


class Interview(Doc):
    """All that has been answered so far; at most `comparisons` comparisons are asked (None: by the number of issues)."""

    summitry: Literal[1] = 1
    party: Slug
    method: Method = "tradeoffs"
    comparisons: Annotated[int, Field(ge=0, le=500)] | None = None
    answers: tuple[Answer, ...] = ()

    def text(self, *key: str) -> str | None:
        """The answer to one question."""
        return next((answer.text for answer in self.answers if answer.key == key), None)

    def keys(self, kind: str) -> list[tuple[str, ...]]:
        """The questions of one kind that have been answered, in order."""
        return [answer.key for answer in self.answers if answer.key[0] == kind]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question: its text, what it is about, and the form in which an answer is written."""

    number: int
    key: tuple[str, ...]
    text: Reason
    about: tuple[Reason, ...]
    form: Reason


def span(word: str) -> Span:
    """A number, low..high, or low..mode..high; a single number is widened by WIDEN on both sides."""
    match = _SPAN.fullmatch(word)
    if match is None:
        raise BadArgument(f"{word[:40]!r} is no number and no range: write 30, 20..40, or 20..30..45.")
    numbers = [float(part) for part in match.groups() if part is not None]
    if max(map(abs, numbers)) > LARGEST:
        raise BadArgument(f"{word[:40]!r} is too large: use numbers of a handy size, such as 0 to 100.")
    if numbers != sorted(numbers):
        raise BadArgument(f"{word[:40]!r} does not rise: write the low end first.")
    if len(numbers) == 1:
        edge = WIDEN * abs(numbers[0])
        return numbers[0] - edge, numbers[0], numbers[0] + edge
    low, high = numbers[0], numbers[-1]
    return low, (low + high) / 2.0 if len(numbers) == 2 else numbers[1], high  # noqa: PLR2004 (low and high)


def split_reason(text: str) -> tuple[str, str]:
    """An answer and, after a semicolon, the reason for it."""
    reply, _, why = text.partition(";")
    return reply.strip(), " ".join(why.split())


def spans(text: str, options: Sequence[str]) -> dict[str, Span]:
    """One number or range for each option, in order."""
    words = split_reason(text)[0].replace(",", " ").split()
    if len(words) != len(options):
        raise BadArgument(f"{len(options)} numbers are expected, one for each of {', '.join(options)}; found {len(words)}.")
    return {option: span(word) for option, word in zip(options, words, strict=True)}


def ratio(text: str) -> tuple[float, float] | None:
    """How the first compares with the second, as a range of ratios; None where the answer is left open.

    a, b: the one matters more; = : the same; `a 2..3`: two to three times as much; ? leaves it open.
    """
    words = split_reason(text)[0].lower().split()
    match words:
        case ["?"] | ["skip"]:
            return None
        case ["="] | ["same"]:
            return 1.0 / SAME, SAME
        case ["a"]:
            return 1.0, float("inf")
        case ["b"]:
            return 0.0, 1.0
        case ["a" | "b" as side, times]:
            low, _, high = span(times)
            if low < 0.0 or high <= 0.0:
                raise BadArgument("How many times as much is a number above 0, such as 2 or 2..3.")
            return (low, high) if side == "a" else (1.0 / high, 1.0 / low if low else float("inf"))
        case _:
            raise BadArgument(f"{text[:40]!r} is no answer here: write a, b, = for the same, a 2..3 for so many times, or ?.")


def ask(file: CaseFile, interview: Interview, *, seed: int = 0) -> Prompt | None:
    """The next question, None at the end. Same answers, same question.

    1. Who answers. 2. The options of each issue. 3. The weights of the issues, by the method. 4. The reservation value.
    """
    number = len(interview.answers) + 1
    if interview.text("who") is None:
        return _prompt(number, ("who",))
    kind = _rating(interview)
    for name, issue in file.issues.items():
        if interview.text(kind, name) is None:
            about = [reason("elicit.option", option=option) for option in _options(file, name)]
            return _prompt(number, (kind, name), about, issue=name, today=issue.status_quo)
    return _weigh(file, interview, number, seed) or _least(file, interview, number, seed)


def answer(file: CaseFile, interview: Interview, key: tuple[str, ...], text: str, *, seed: int = 0) -> Interview:
    """The interview with one answer more; raises BadArgument where it cannot be read."""
    if interview.text(*key) is not None:
        raise BadArgument(f"The question about {' '.join(key)} has been answered: take that answer back first.")
    text = " ".join(text.split())
    read(file, key, text)
    if key == ("reservation",):
        _reachable(file, interview, text, seed)
    if key == ("most",) and text not in shares(file, interview):
        raise BadArgument(f"{text} makes no difference to you, by your own answer: name another issue.")
    return interview.model_copy(update={"answers": (*interview.answers, Answer(key=key, text=text))})


def take_back(interview: Interview, number: int) -> Interview:
    """The interview without answer `number` (the first is 1); what counts against the most important issue goes with that."""
    if not 1 <= number <= len(interview.answers):
        raise BadArgument(f"There is no answer {number}: there are {len(interview.answers)} so far.")
    gone = interview.answers[number - 1]
    rest = [a for a in interview.answers if a is not gone and not (gone.key[0] == "most" and a.key[0] == "swing")]
    return interview.model_copy(update={"answers": tuple(rest)})


def read(file: CaseFile, key: tuple[str, ...], text: str) -> object:
    """What an answer says: a line, spans by option, an issue, a span, or a range of ratios; raises BadArgument."""
    if not text.strip():
        raise BadArgument("An answer is needed here.")
    if not text.isprintable() or len(text) > LONGEST:
        raise BadArgument(f"An answer is one line of text of at most {LONGEST} characters.")
    match key:
        case ("who",):
            return " ".join(text.split())
        case ("rate" | "points", issue) if issue in file.issues:
            return _rated(spans(text, _options(file, issue)))
        case ("most",):
            return _one_of(text.strip(), list(file.issues))
        case ("swing", issue) if issue in file.issues:
            return _importance(text)
        case ("compare", i, a, j, b) if _known(file, i, a) and _known(file, j, b):
            return ratio(text)
        case ("reservation",):
            return span(split_reason(text)[0])
    raise BadArgument(f"The answer about {' '.join(key)[:80]!r} belongs to no question of this case: it may have changed since.")


def _importance(text: str) -> Span:
    importance = span(split_reason(text)[0])
    if importance[0] < 0.0:
        raise BadArgument("Its importance counts, not its direction: write a number from 0 to 100.")
    return importance


def _rated(rating: dict[str, Span]) -> dict[str, Span]:
    """The spans of one issue; where no option leans either way, but some may, nothing could be weighed."""
    if any(map(any, rating.values())) and not any(mode for _, mode, _ in rating.values()):
        raise BadArgument("Say which way it is more likely to go: -20..10..30 instead of -20..20, or 0 where you do not care.")
    return rating


def describe(interview: Interview, number: int) -> Reason:
    """Answer `number` (the first is 1), for lists: what it is about, and its text."""
    one = interview.answers[number - 1]
    match one.key:
        case ("compare", i, a, j, b):
            about = reason("elicit.about.compare", first=f"{i}.{a}", second=f"{j}.{b}")
        case (kind, issue):
            about = reason(f"elicit.about.{kind}", issue=issue)
        case _:
            about = reason(f"elicit.about.{one.key[0]}")
    return reason("elicit.answer", number=number, about=about, text=one.text)


def contradiction(file: CaseFile, interview: Interview) -> tuple[int, ...]:
    """The numbers of answers that contradict each other, or (); taking back any one of them resolves it."""
    return weights.contradicting(comparisons(file, interview))


def comparisons(file: CaseFile, interview: Interview) -> weights.Comparisons:
    """All answers about weights as ratios of the weights of the issues that count; answers about others are left out.

    Points given directly are ratios to the worth of a round number of points, which is one column more.
    """
    sizes = shares(file, interview)
    at = {issue: k for k, issue in enumerate(sizes)}
    unit = np.eye(len(at) + (interview.method == "direct"))
    top = interview.text("most")
    most = None if top is None else _one_of(top, list(file.issues))
    rows: list[_Row] = []
    for number, one in enumerate(interview.answers, start=1):
        match one.key:
            case ("compare", i, a, j, b) if i in at and j in at:
                bounds = ratio(one.text)
                first, second = (abs(sizes[issue].get(option, (0.0,) * 3)[1]) for issue, option in ((i, a), (j, b)))
                if bounds is not None and first and second:
                    rows.append((first * unit[at[i]], second * unit[at[j]], *bounds, number))
            case ("most",) if most in at:
                rows += [(unit[at[most]], unit[k], 1.0, np.inf, number) for issue, k in at.items() if issue != most]
            case ("swing", i) if i in at and most in at:
                low, _, high = span(split_reason(one.text)[0])
                rows.append((unit[at[i]], unit[at[most]], low / TOP, max(high, 1.0) / TOP, number))
    return _stacked([*rows, *_direct(file, interview, at, unit)], len(unit))


def _stacked(rows: Sequence[_Row], width: int) -> weights.Comparisons:
    """Rows as arrays."""
    left, right = (np.array([row[k] for row in rows]).reshape(len(rows), width) for k in (0, 1))
    low, high = (np.array([row[k] for row in rows], dtype=np.float64) for k in (2, 3))
    return weights.Comparisons(left, right, low, high, np.array([row[4] for row in rows], dtype=np.int64))


def shares(file: CaseFile, interview: Interview) -> dict[str, dict[str, Span]]:
    """By issue that counts and option: its points as a share of those of the issue's strongest option, from -1 to 1."""
    by_issue = {}
    for issue, rated in ratings(file, interview).items():
        most = max(abs(mode) for _, mode, _ in rated.values())
        if most:
            by_issue[issue] = {o: (low / most, mode / most, high / most) for o, (low, mode, high) in rated.items()}
            strongest = next(o for o, (_, mode, _) in rated.items() if abs(mode) == most)
            sign = 1.0 if rated[strongest][1] > 0 else -1.0
            by_issue[issue][strongest] = (sign, sign, sign)
    return by_issue


def ratings(file: CaseFile, interview: Interview) -> dict[str, dict[str, Span]]:
    """The options' points by issue as they were answered, in the order of the case."""
    kind = _rating(interview)
    texts = {issue: interview.text(kind, issue) for issue in file.issues}
    return {issue: spans(text, _options(file, issue)) for issue, text in texts.items() if text is not None}


def weigh_issues(file: CaseFile, interview: Interview, *, seed: int = 0) -> dict[str, Span]:
    """Weights of the issues that count, 5, 50 and 95 % of what the answers leave, the largest mean weight counting 100."""
    at = shares(file, interview)
    if not at:
        return {}
    draws = _draw_weights(file, interview, seed, each=weights.LONG)
    low, mid, high = np.quantile(draws, (0.05, 0.5, 0.95), axis=0) * (TOP / draws.mean(axis=0).max())
    return {issue: (float(low[k]), float(mid[k]), float(high[k])) for k, issue in enumerate(at)}


def result(file: CaseFile, interview: Interview, *, basis: str | None = None, seed: int = 0) -> Preferences:
    """The preference file that the answers make: values with ranges, reservation value, reasons.

    Its basis is `basis`, or who answered. Raises BadArgument where the interview is not finished.
    """
    least = interview.text("reservation")
    if least is None:
        raise BadArgument("The interview is not finished.")
    kind = _rating(interview)
    valued = _valued(file, interview, seed)
    whys = {issue: split_reason(interview.text(kind, issue) or "")[1] for issue in file.issues}
    return Preferences(
        basis=basis or str(read(file, ("who",), interview.text("who") or "")),
        reservation=_rounded(span(split_reason(least)[0])),
        values={issue: OptionValues(options=options, why=whys[issue]) for issue, options in valued.items()},
        indifferent=tuple(issue for issue in file.issues if issue not in valued),
    )


def _weigh(file: CaseFile, interview: Interview, number: int, seed: int) -> Prompt | None:
    """The next question about the weights of issues."""
    at = list(shares(file, interview))
    if len(at) > 1 and interview.method == "swing":
        if interview.text("most") is None:
            about = [reason("elicit.choice.issue", key=issue, move=move) for issue, move in _moves(file, interview).items()]
            return _prompt(number, ("most",), about)
        most = _one_of(interview.text("most") or "", list(file.issues))
        for issue in at:
            if issue != most and interview.text("swing", issue) is None:
                moves = _moves(file, interview)
                return _prompt(number, ("swing", issue), (moves[issue], moves.get(most, reason("elicit.issue", issue=most))))
    return _compare(file, interview, number, seed)


def _compare(file: CaseFile, interview: Interview, number: int, seed: int) -> Prompt | None:
    """The comparison that is expected to tell most, of all pairs of options of different issues that were not asked yet."""
    sizes = shares(file, interview)
    default = 2 * len(sizes) - 2 if interview.method == "tradeoffs" else min(CHECKS, len(sizes) - 1)
    wanted = default if interview.comparisons is None else interview.comparisons
    past = interview.keys("compare")
    if len(sizes) < 2 or len(past) >= wanted:  # noqa: PLR2004 (a comparison takes two issues)
        return None
    issues = list(sizes)
    items = [(k, o, abs(sizes[i][o][1])) for k, i in enumerate(issues) for o in sizes[i] if sizes[i][o][1]]
    pairs = _new_pairs(issues, items, {frozenset(((i, a), (j, b))) for _, i, a, j, b in past})
    if not pairs:
        return None
    place, size = np.array([k for k, _, _ in items]), np.array([s for _, _, s in items])
    best = int(np.argmax(weights.informative(_draw_weights(file, interview, seed), place, size, np.array(pairs))))
    (k, a, _), (m, b, _) = (items[p] for p in pairs[best])
    moves = (_move(file, interview, issues[n], option) for n, option in ((k, a), (m, b)))
    about = [reason("elicit.choice.letter", key=letter, move=move) for letter, move in zip("ab", moves, strict=True)]
    return _prompt(number, ("compare", issues[k], a, issues[m], b), about)


def _new_pairs(
    issues: Sequence[str], items: Sequence[tuple[int, str, float]], past: set[frozenset[tuple[str, str]]]
) -> list[tuple[int, int]]:
    """Pairs of items, options of different issues, that were not compared yet."""
    return [
        (p, q)
        for p, (k, a, _) in enumerate(items)
        for q, (m, b, _) in enumerate(items[p + 1 :], start=p + 1)
        if k != m and frozenset(((issues[k], a), (issues[m], b))) not in past
    ]


def _least(file: CaseFile, interview: Interview, number: int, seed: int) -> Prompt | None:
    if interview.text("reservation") is not None:
        return None
    valued = _valued(file, interview, seed)
    best = {issue: max(options, key=lambda o: options[o][1]) for issue, options in valued.items()}
    about = [
        reason("elicit.move.points", move=_move(file, interview, issue, option), points=valued[issue][option][1])
        for issue, option in best.items()
        if valued[issue][option][1] > 0
    ]
    return _prompt(number, ("reservation",), about)


def _prompt(number: int, key: tuple[str, ...], about: Sequence[Reason] = (), **values: str) -> Prompt:
    """The question of a kind."""
    return Prompt(number, key, reason(f"elicit.{key[0]}", **values), tuple(about), reason(f"elicit.form.{key[0]}"))


def _reachable(file: CaseFile, interview: Interview, text: str, seed: int) -> None:
    best = sum(max(0.0, *(s[2] for s in options.values())) for options in _valued(file, interview, seed).values())
    if span(split_reason(text)[0])[1] > best:
        raise BadArgument(f"Even the best package brings only {best:.4g} points, so no deal could ever be accepted: name less.")


def _valued(file: CaseFile, interview: Interview, seed: int) -> dict[str, dict[str, Span]]:
    """Points by issue that counts and option; where weights were asked for, the extremes of weight times share."""
    if interview.method == "direct":
        counting = {issue: rated for issue, rated in ratings(file, interview).items() if any(map(any, rated.values()))}
        return {issue: {o: _rounded(points) for o, points in rated.items()} for issue, rated in counting.items()}
    weight = weigh_issues(file, interview, seed=seed)
    valued: dict[str, dict[str, Span]] = {}
    for issue, options in shares(file, interview).items():
        low, mid, high = weight[issue]
        valued[issue] = {}
        for option, (least, mode, most) in options.items():
            corners = [w * s for w in (low, high) for s in (least, most)]
            valued[issue][option] = _rounded((min(corners), mid * mode, max(corners)))
    return valued


def _draw_weights(file: CaseFile, interview: Interview, seed: int, *, each: int = weights.EACH) -> NDArray[np.float64]:
    """Weights of the issues that count, as the answers leave them, shape (M, n)."""
    answers = comparisons(file, interview)
    rng = draw.generator(seed, "elicit", interview.party, str(len(answers.low)))
    counting = weights.consistent(answers, rng, each=each)[:, : len(shares(file, interview))]
    return np.asarray(counting / counting.sum(axis=1, keepdims=True))


def _direct(file: CaseFile, interview: Interview, at: Mapping[str, int], unit: NDArray[np.float64]) -> list[_Row]:
    """Points given directly, as ratios to the most points given, so that comparisons can check each of them."""
    if interview.method != "direct" or not at:
        return []
    strongest = {issue: max(ratings(file, interview)[issue].values(), key=lambda s: abs(s[1])) for issue in at}
    ends = {i: (0.0 if s[0] < 0 < s[2] else min(abs(s[0]), abs(s[2])), max(abs(s[0]), abs(s[2]))) for i, s in strongest.items()}
    most = max(high for _, high in ends.values())
    number = {one.key[1]: n for n, one in enumerate(interview.answers, start=1) if one.key[0] == "points"}
    return [(unit[at[i]], unit[-1], low / most, high / most, number[i]) for i, (low, high) in ends.items()]


def _rating(interview: Interview) -> str:
    return "points" if interview.method == "direct" else "rate"


def _options(file: CaseFile, issue: str) -> list[str]:
    return list(file.issues[issue].options)[1:]


def _known(file: CaseFile, issue: str, option: str) -> bool:
    return issue in file.issues and option in _options(file, issue)


def _one_of(text: str, choices: list[str]) -> str:
    if text not in choices:
        raise BadArgument(f"{text[:40]!r} is none of {', '.join(choices)}.")
    return text


def _move(file: CaseFile, interview: Interview, issue: str, option: str) -> Reason:
    """A move away from today's state, and whether it is good for who answers."""
    kind = "good" if ratings(file, interview)[issue][option][1] > 0 else "bad"
    return reason(f"elicit.move.{kind}", issue=issue, today=file.issues[issue].status_quo, option=option)


def _moves(file: CaseFile, interview: Interview) -> dict[str, Reason]:
    """The move from today to the strongest option of each issue that counts."""
    moves = {}
    for issue, options in shares(file, interview).items():
        strongest = max(options, key=lambda o: abs(options[o][1]))
        moves[issue] = _move(file, interview, issue, strongest)
    return moves


def _rounded(points: Span) -> Span:
    low, mode, high = (float(f"{number:.3g}") for number in points)
    return low, mode, high
