"""What was heard at the table, and what to answer."""

from __future__ import annotations

MESSAGES = {
    "question.heard": "An offer, demand, refusal or yes just heard: what it says, its gates, what to answer.",
    "question.heard.party": "Who said it.",
    "question.heard.says": "What it did.",
    "question.heard.moves": "What it spoke of; an offer that names what others give is on that condition.",
    "question.heard.date": "When it was said; the day of the case by default.",
    "question.heard.source": "Where that is from.",
    "question.heard.write": "Add it to evidence/positions.csv.",
    "heard.head": "HEARD",
    "heard.row.offered": "{date:date}: {party:name} offers {issue:name}: {option:option issue}[[ (together: {offer:text})]].",
    "heard.row.demanded": "{date:date}: {party:name} demands {issue:name}: {option:option issue}[[ (together: {offer:text})]].",
    "heard.row.refused": "{date:date}: {party:name} refuses {issue:name}: {option:option issue}.",
    "heard.row.accepted": "{date:date}: {party:name} accepts {issue:name}: {option:option issue}.",
    "heard.later": "[[The case knows the world up to {later:date}; here it is taken to know it up to this day.]]",
    "heard.values": "WHAT IT SAYS OF WHAT THEY WANT",
    "heard.silent": "Nothing: it does not compare anything with anything, or we have no judgement to begin from.",
    "heard.package.open": "THE PACKAGE ITSELF PASSES ALL GATES",
    "heard.package.closed": "THE PACKAGE ITSELF DOES NOT PASS",
    "heard.package.near": "THE PACKAGE ITSELF IS TOO NEAR TO TELL",
    "heard.near": "WHAT TO ANSWER: THE BEST NEAR IT THAT PASSES",
    "heard.near.none": "Within {changes:plural change|changes} of it nothing passes.",
    "heard.near.itself": "It is the best within {changes:plural change|changes} of it: take it.",
    "rung.title.near": "the best near what was heard",
    "heard.answer": "WHERE TO START NOW",
    "heard.nothing": "No package was found.",
    "heard.news": "This is new: it changes where to start.",
    "heard.same": "As before: it does not change where to start.",
    "heard.before": "Before it was heard",
    "heard.before.moves": "{moves:moves}: all of it together {joint:whole}",
}
