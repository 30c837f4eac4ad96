"""Eliciting a party's values: what was answered in, the next question out, and in the end a preference file. No input, no output.

Three methods. `direct`: points for every option on one scale. `swing`: options rated within each issue; then the issue that
matters most counts 100 and every other issue its part of it (von Winterfeldt & Edwards 1986). `tradeoffs`: options rated within
each issue; then comparisons between two moves, each the one whose answer is expected to tell most of the weights. A few
comparisons check the first two methods. Every answer may be a range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.case.types import OptionValues, Preferences
from summitry.errors import BadArgument
from summitry.interests import weights
from summitry.interests.interview import LONGEST, Answer, Interview, Question, Span, ratio, reason, span, spans
from summitry.kernels import draw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from summitry.case.types import CaseFile

CHECKS = 3
TOP = 100.0
WAYS = {"direct": "points for every option", "swing": "swing weights", "tradeoffs": "trade-offs between two moves"}
RATE = "a number or range for each, today's state being 0 and the one that matters most 100 (or -100); then ; and the reason"
POINTS = "points for each as number or range, below 0 where it is worse than today; then ; and the reason"
COMPARE = "a 2..3 for two to three times as much; a or b alone; = for the same; ? to leave it open"
SWING = "a number or range; the one that matters most counts 100"
LEAST = "a number or range; 0 if any deal that is better than today will do"


def ask(file: CaseFile, told: Interview, *, seed: int = 0) -> Question | None:
    """The next question, None at the end. Same answers, same question.

    1. Who answers. 2. The options of each issue. 3. The weights of the issues, by the method. 4. The reservation value.
    """
    number = len(told.answers) + 1
    if told.text("who") is None:
        return Question(number, ("who",), "Who answers, in which role, and when?", (), "a line for the file's `basis`")
    kind = _rating(told)
    for name, issue in file.issues.items():
        if told.text(kind, name) is None:
            text = f"{issue.title}: how do these compare with today ({issue.status_quo})?"
            return Question(number, (kind, name), text, tuple(_options(file, name)), POINTS if kind == "points" else RATE)
    return _weigh(file, told, number, seed) or _least(file, told, number, seed)


def answer(file: CaseFile, told: Interview, key: tuple[str, ...], text: str, *, seed: int = 0) -> Interview:
    """The interview with one answer more; raises BadArgument where it cannot be read."""
    if told.text(*key) is not None:
        raise BadArgument(f"{name(file, key)} has been answered: take that answer back first.")
    text = " ".join(text.split())
    read(file, key, text)
    if key == ("reservation",):
        _reachable(file, told, text, seed)
    if key == ("most",) and text not in shares(file, told):
        raise BadArgument(f"{text} makes no difference to you, by your own answer: name another issue.")
    return told.model_copy(update={"answers": (*told.answers, Answer(key=key, text=text))})


def take_back(told: Interview, number: int) -> Interview:
    """The interview without answer `number` (the first is 1); what counts against the most important issue goes with that."""
    if not 1 <= number <= len(told.answers):
        raise BadArgument(f"There is no answer {number}: there are {len(told.answers)} so far.")
    gone = told.answers[number - 1]
    kept = [a for a in told.answers if a is not gone and not (gone.key[0] == "most" and a.key[0] == "swing")]
    return told.model_copy(update={"answers": tuple(kept)})


def read(file: CaseFile, key: tuple[str, ...], text: str) -> object:
    """What an answer says: a line, spans by option, an issue, a span, or a range of ratios; raises BadArgument."""
    kind = key[0]
    if not text.strip():
        raise BadArgument("An answer is needed here.")
    if not text.isprintable() or len(text) > LONGEST:
        raise BadArgument(f"An answer is one line of text of at most {LONGEST} characters.")
    if kind == "who" and len(key) == 1:
        return " ".join(text.split())
    if kind in {"rate", "points"} and key[1:2] and key[1] in file.issues:
        return _rated(spans(text, _options(file, key[1])))
    if kind == "most" and len(key) == 1:
        return _one_of(text.strip(), list(file.issues))
    if kind == "swing" and key[1:2] and key[1] in file.issues:
        found = span(reason(text)[0])
        if found[0] < 0.0:
            raise BadArgument("Its importance counts, not its direction: write a number from 0 to 100.")
        return found
    if kind == "compare" and len(key) == 5 and all(_known(file, *key[k : k + 2]) for k in (1, 3)):  # noqa: PLR2004 (two moves)
        return ratio(text)
    if kind == "reservation" and len(key) == 1:
        return span(reason(text)[0])
    raise BadArgument(f"The answer about {' '.join(key)[:80]!r} belongs to no question of this case: it may have changed since.")


def _rated(found: dict[str, Span]) -> dict[str, Span]:
    """The spans of one issue; where no option leans either way, but some may, nothing could be weighed."""
    if any(map(any, found.values())) and not any(mode for _, mode, _ in found.values()):
        raise BadArgument("Say which way it is more likely to go: -20..10..30 instead of -20..20, or 0 where you do not care.")
    return found


def name(file: CaseFile, key: tuple[str, ...]) -> str:
    """A question in one phrase, for lists."""
    match key:
        case ("compare", i, a, j, b):
            return f"{file.issues[i].title}: {a}, against {file.issues[j].title}: {b}"
        case (kind, issue):
            return f"{file.issues[issue].title} ({'how much it matters' if kind == 'swing' else 'its options'})"
        case ("most",):
            return "which issue matters most"
        case ("reservation",):
            return "the least that a deal must bring"
        case _:
            return "who answers"


def contradiction(file: CaseFile, told: Interview) -> tuple[int, ...]:
    """The numbers of answers that contradict each other, or (); taking back any one of them resolves it."""
    return weights.contradicting(comparisons(file, told))


def comparisons(file: CaseFile, told: Interview) -> weights.Comparisons:
    """All answers about weights as ratios of the weights of the issues that count; answers about others are left out.

    Points given directly are ratios to the worth of a round number of points, which is one column more.
    """
    sizes = shares(file, told)
    at = {issue: k for k, issue in enumerate(sizes)}
    top = told.text("most")
    rows: list[tuple[NDArray[np.float64], NDArray[np.float64], float, float, int]] = []
    unit = np.eye(len(at) + (told.method == "direct"))
    for number, one in enumerate(told.answers, start=1):
        match one.key:
            case ("compare", i, a, j, b) if i in at and j in at:
                bounds = ratio(one.text)
                first, second = (abs(sizes[issue].get(option, (0.0,) * 3)[1]) for issue, option in ((i, a), (j, b)))
                if bounds is not None and first and second:
                    rows.append((first * unit[at[i]], second * unit[at[j]], *bounds, number))
            case ("most",) if (chosen := _one_of(one.text, list(file.issues))) in at:
                rows += [(unit[at[chosen]], unit[k], 1.0, np.inf, number) for k in at.values() if k != at[chosen]]
            case ("swing", i) if i in at and top is not None and (chosen := _one_of(top, list(file.issues))) in at:
                low, _, high = span(reason(one.text)[0])
                rows.append((unit[at[i]], unit[at[chosen]], low / TOP, max(high, 1.0) / TOP, number))
    rows += _direct(file, told, at, unit)
    left, right = (np.array([row[k] for row in rows]).reshape(len(rows), len(unit)) for k in (0, 1))
    least, most = (np.array([row[k] for row in rows], dtype=np.float64) for k in (2, 3))
    return weights.Comparisons(left, right, least, most, np.array([row[4] for row in rows], dtype=np.int64))


def shares(file: CaseFile, told: Interview) -> dict[str, dict[str, Span]]:
    """By issue that counts and option: its points as a share of those of the issue's strongest option, from -1 to 1."""
    found = {}
    for issue, rated in ratings(file, told).items():
        most = max(abs(mode) for _, mode, _ in rated.values())
        if most:
            found[issue] = {o: (low / most, mode / most, high / most) for o, (low, mode, high) in rated.items()}
            strongest = next(o for o, (_, mode, _) in rated.items() if abs(mode) == most)
            sign = 1.0 if rated[strongest][1] > 0 else -1.0
            found[issue][strongest] = (sign, sign, sign)
    return found


def ratings(file: CaseFile, told: Interview) -> dict[str, dict[str, Span]]:
    """The options' points by issue as they were answered, in the order of the case."""
    kind = _rating(told)
    texts = {issue: told.text(kind, issue) for issue in file.issues}
    return {issue: spans(text, _options(file, issue)) for issue, text in texts.items() if text is not None}


def weighed(file: CaseFile, told: Interview, *, seed: int = 0) -> dict[str, Span]:
    """Weights of the issues that count, 5, 50 and 95 % of what the answers leave, the largest mean weight counting 100."""
    at = shares(file, told)
    if not at:
        return {}
    drawn = _drawn(file, told, seed, kept=weights.LONG)
    found = np.quantile(drawn, (0.05, 0.5, 0.95), axis=0) * (TOP / drawn.mean(axis=0).max())
    return {issue: (float(found[0, k]), float(found[1, k]), float(found[2, k])) for k, issue in enumerate(at)}


def result(file: CaseFile, told: Interview, *, seed: int = 0) -> Preferences:
    """The preference file that the answers make: values with ranges, reservation value, reasons and basis."""
    least = told.text("reservation")
    if least is None:
        raise BadArgument("The interview is not finished.")
    kind = _rating(told)
    valued = _valued(file, told, seed)
    whys = {issue: reason(told.text(kind, issue) or "")[1] for issue in file.issues}
    return Preferences(
        basis=f"{read(file, ('who',), told.text('who') or '')}; asked for by {WAYS[told.method]}, {len(told.answers)} answers",
        reservation=_rounded(span(reason(least)[0])),
        values={issue: OptionValues(options=options, why=whys[issue]) for issue, options in valued.items()},
        indifferent=tuple(issue for issue in file.issues if issue not in valued),
    )


def _weigh(file: CaseFile, told: Interview, number: int, seed: int) -> Question | None:
    """The next question about the weights of issues."""
    at = list(shares(file, told))
    if len(at) > 1 and told.method == "swing":
        if told.text("most") is None:
            return Question(number, ("most",), "Which of these moves matters most to you?", tuple(_moves(file, told)), "its id")
        most = _one_of(told.text("most") or "", list(file.issues))
        for issue in at:
            if issue != most and told.text("swing", issue) is None:
                moves = dict(zip(at, _moves(file, told), strict=True))
                text = "How much does the first matter, where the second counts 100?"
                return Question(number, ("swing", issue), text, (moves[issue], moves.get(most, most)), SWING)
    return _compare(file, told, number, seed)


def _compare(file: CaseFile, told: Interview, number: int, seed: int) -> Question | None:
    """The comparison that is expected to tell most, of all pairs of options of different issues that were not asked yet."""
    sizes = shares(file, told)
    default = 2 * len(sizes) - 2 if told.method == "tradeoffs" else min(CHECKS, len(sizes) - 1)
    wanted = default if told.comparisons is None else told.comparisons
    asked = told.keys("compare")
    if len(sizes) < 2 or len(asked) >= wanted:  # noqa: PLR2004 (a comparison takes two issues)
        return None
    issues = list(sizes)
    items = [(k, o, abs(sizes[i][o][1])) for k, i in enumerate(issues) for o in sizes[i] if sizes[i][o][1]]
    gone = {frozenset(((i, a), (j, b))) for _, i, a, j, b in asked}
    pairs = [
        (p, q)
        for p, (k, a, _) in enumerate(items)
        for q, (m, b, _) in enumerate(items[p + 1 :], start=p + 1)
        if k != m and frozenset(((issues[k], a), (issues[m], b))) not in gone
    ]
    if not pairs:
        return None
    place, size = np.array([k for k, _, _ in items]), np.array([s for _, _, s in items])
    best = int(np.argmax(weights.informative(_drawn(file, told, seed), place, size, np.array(pairs))))
    (k, a, _), (m, b, _) = (items[p] for p in pairs[best])
    lines = tuple(f"{mark}) {_move(file, told, issues[n], o)}" for mark, n, o in (("a", k, a), ("b", m, b)))
    return Question(
        number, ("compare", issues[k], a, issues[m], b), "Which matters more to you, and how many times as much?", lines, COMPARE
    )


def _least(file: CaseFile, told: Interview, number: int, seed: int) -> Question | None:
    if told.text("reservation") is not None:
        return None
    valued = _valued(file, told, seed)
    best = {issue: max(options, key=lambda o: options[o][1]) for issue, options in valued.items()}
    lines = [
        f"{_move(file, told, issue, option)} = {valued[issue][option][1]:g} points"
        for issue, option in best.items()
        if valued[issue][option][1] > 0
    ]
    text = "With your best course without a deal in mind: how many points must a deal bring you, at the least?"
    return Question(number, ("reservation",), text, tuple(lines), LEAST)


def _reachable(file: CaseFile, told: Interview, text: str, seed: int) -> None:
    best = sum(max(0.0, *(s[2] for s in options.values())) for options in _valued(file, told, seed).values())
    if span(reason(text)[0])[1] > best:
        raise BadArgument(f"Even the best package brings only {best:.4g} points, so no deal could ever be accepted: name less.")


def _valued(file: CaseFile, told: Interview, seed: int) -> dict[str, dict[str, Span]]:
    """Points by issue that counts and option; where weights were asked for, the extremes of weight times share."""
    if told.method == "direct":
        given = {issue: rated for issue, rated in ratings(file, told).items() if any(map(any, rated.values()))}
        return {issue: {o: _rounded(points) for o, points in rated.items()} for issue, rated in given.items()}
    weight = weighed(file, told, seed=seed)
    found: dict[str, dict[str, Span]] = {}
    for issue, options in shares(file, told).items():
        low, mid, high = weight[issue]
        found[issue] = {}
        for option, (least, mode, most) in options.items():
            corners = [w * s for w in (low, high) for s in (least, most)]
            found[issue][option] = _rounded((min(corners), mid * mode, max(corners)))
    return found


def _drawn(file: CaseFile, told: Interview, seed: int, *, kept: int = weights.KEPT) -> NDArray[np.float64]:
    """Weights of the issues that count, as the answers leave them, shape (M, n)."""
    said = comparisons(file, told)
    drawn = weights.consistent(said, draw.generator(seed, "elicit", told.party, str(len(said.low))), kept=kept)
    counting = drawn[:, : len(shares(file, told))]
    return np.asarray(counting / counting.sum(axis=1, keepdims=True))


def _direct(
    file: CaseFile, told: Interview, at: Mapping[str, int], unit: NDArray[np.float64]
) -> list[tuple[NDArray[np.float64], NDArray[np.float64], float, float, int]]:
    """Points given directly, as ratios to the most points given, so that comparisons can check each of them."""
    if told.method != "direct" or not at:
        return []
    strongest = {issue: max(ratings(file, told)[issue].values(), key=lambda s: abs(s[1])) for issue in at}
    ends = {i: (0.0 if s[0] < 0 < s[2] else min(abs(s[0]), abs(s[2])), max(abs(s[0]), abs(s[2]))) for i, s in strongest.items()}
    most = max(high for _, high in ends.values())
    number = {one.key[1]: n for n, one in enumerate(told.answers, start=1) if one.key[0] == "points"}
    return [(unit[at[i]], unit[-1], low / most, high / most, number[i]) for i, (low, high) in ends.items()]


def _rating(told: Interview) -> str:
    return "points" if told.method == "direct" else "rate"


def _options(file: CaseFile, issue: str) -> list[str]:
    return list(file.issues[issue].options)[1:]


def _known(file: CaseFile, issue: str, option: str) -> bool:
    return issue in file.issues and option in _options(file, issue)


def _one_of(text: str, known: list[str]) -> str:
    if text not in known:
        raise BadArgument(f"{text[:40]!r} is none of {', '.join(known)}.")
    return text


def _move(file: CaseFile, told: Interview, issue: str, option: str) -> str:
    body = file.issues[issue]
    mode = ratings(file, told)[issue][option][1]
    return f"{body.title}: from {body.status_quo} to {option} ({'good' if mode > 0 else 'bad'} for you)"


def _moves(file: CaseFile, told: Interview) -> list[str]:
    """The move from today to the strongest option of each issue that counts."""
    found = []
    for issue, options in shares(file, told).items():
        strongest = max(options, key=lambda o: abs(options[o][1]))
        found.append(f"{issue}: {_move(file, told, issue, strongest)}")
    return found


def _rounded(points: Span) -> Span:
    low, mode, high = (float(f"{number:.3g}") for number in points)
    return low, mode, high
