"""A whole study: which links of the chain it left out, and why."""

from __future__ import annotations

MESSAGES = {
    "link.holdings": "holdings",
    "link.words and deeds": "words and deeds",
    "link.state of play": "state of play",
    "link.texts": "texts",
    "link.rung": "rung",
    "link.plan": "plan",
    "link.groundwork": "groundwork",
    "link.price": "price",
    "link.trust": "trust",
    "link.ratification": "ratification",
    "prepare.head": "{title:text}",
    "prepare.viewer": "As of {as_of:date}, for {principal:name}; seen by {viewer:name}.",
    "prepare.analyst": "As of {as_of:date}, for {principal:name}; seen by the analyst, who reads every side's files.",
    "prepare.start": "START HERE",
    "prepare.gateless": "No answer: the case lacks what the gates need (see LEFT OUT).",
    "prepare.not today": "NOT TODAY: {title:text}",
    "prepare.unfit": "Its plan does not fit: {about:name}: {what:reason}.",
    "prepare.unfit.horizon": "Its plan does not fit the horizon: {what:reason}.",
    "prepare.tally": "[[By {other:name}: ]]{tally:tally deed.class}; first:",
    "prepare.omitted": "LEFT OUT",
    "prepare.omission": "{link:word link}: {why:reason}",
    "prepare.same": (
        "Values are judgements, not facts; seed {seed:seed}, {draws:count} draws, input {digest:clip 13}, summitry "
        "{version:text}."
    ),
    "study.note": "{note:text}",
    "study.refused": "{problem:text}",
    "study.no swap": "no swap can be formed, of {candidates:reason}",
    "study.unpriced": "neither the case nor the call names a deliverable to price",
    "study.silent.holdings": "the case makes no claim about what anybody holds",
    "study.silent.words and deeds": "the case has no events and no commitments",
    "study.silent.state of play": "the case has no positions",
    "study.silent.texts": "the case has no documents to audit",
    "study.untested.trust": (
        "the case does not say what each side believes of the other, so no swap was tested against trust or the calendar"
    ),
    "study.untested.home": "no back table is given for {party:name}; its home is taken as willing",
}
