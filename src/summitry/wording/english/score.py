"""How good forecasts were."""

from __future__ import annotations

_SCORES = (
    "Brier {brier:number2} ({brier_range[0]:number2} to {brier_range[1]:number2}), log {log:number2} "
    "({log_range[0]:number2} to {log_range[1]:number2})"
)
_ANSWER = (
    "{date:date}: {party:name} {said} {moves:moves}. Chance of a yes: base rate "
    "{chances[base]:number2}, by the record {chances[record]:number2}[[, by the values {chances[values]:number2}]]."
)

MESSAGES = {
    "question.prepare.write": (
        "Add to forecasts.csv beside your values who is taken to accept what by the horizon, for `summitry score` to settle."
    ),
    "question.score": "How good forecasts were: those written down, and every past answer from what came before it.",
    "score.head": "HOW GOOD FORECASTS WERE",
    "score.scores": "Less is better; 95 % intervals over days",
    "score.undecided": "Nothing that was written down is decided yet.",
    "score.base": "{at:word score.way}: {count:plural answer|answers}, {yes:count} of them yes. " + _SCORES + ".",
    "score.way": (
        "{at:word score.way}: {count:plural answer|answers}, {yes:count} of them yes. "
        + _SCORES
        + "[[; Brier better than the base rate by {gain:signed2} ({gain_range[0]:signed2} to {gain_range[1]:signed2})]]."
    ),
    "score.way.written": "written down beforehand",
    "score.way.base": "the base rate, how often earlier answers were yes",
    "score.way.record": "the record, what the party itself had last said of it",
    "score.way.values": "the values of the case",
    "score.rule": (
        "Every past answer is forecast from the rows of the days before it alone. A few answers of one talk say little: "
        "look at the intervals before you believe a difference."
    ),
    "score.judged": (
        "The values were judged with this record in view, so their score is a fit and no forecast. Only what is written down "
        "beforehand (`summitry prepare CASE --write`) tests them."
    ),
    "score.written": "WRITTEN DOWN BEFOREHAND",
    "score.written.yes": (
        "{date:date}: {party:name} accepts by {until:date} with {chance:number2}[[ ({about:text})]]: {moves:moves}. It did, on "
        "{since:date}."
    ),
    "score.written.no": (
        "{date:date}: {party:name} accepts by {until:date} with {chance:number2}[[ ({about:text})]]: {moves:moves}. It did not."
    ),
    "score.written.open": (
        "{date:date}: {party:name} accepts by {until:date} with {chance:number2}[[ ({about:text})]]: {moves:moves}. Open."
    ),
    "score.answers": "THE ANSWERS OF THE RECORD",
    "score.answer.yes": _ANSWER.replace("{said}", "accepts"),
    "score.answer.no": _ANSWER.replace("{said}", "refuses"),
}
