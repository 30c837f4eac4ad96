"""The book: the titles of its sections, and what it says of the study itself."""

from __future__ import annotations

MESSAGES = {
    "book.start": "Start here",
    "book.not-today": "Not today: the other ideas",
    "book.price": "Price",
    "book.frontier": "What is possible",
    "book.home": "At home",
    "book.ladder": "The ladder",
    "book.plan": "Plan",
    "book.groundwork": "Groundwork",
    "book.readiness": "Readiness",
    "book.positions": "State of play",
    "book.promised": "Promised, due, delivered",
    "book.audits": "What the texts commit to",
    "book.record": "Words, deeds and the belief that follows",
    "book.signals": "Signals: how serious, and what to ask for",
    "book.inventory": "Inventory",
    "book.declaration": "Declarations: is it all?",
    "book.inspections": "Inspections",
    "book.settings": "Settings and assumptions",
    "book.left-out": "Left out, and notes",
    "book.no ideas": "The case names no ideas of its own.",
    "book.missing": "Left out – {link:word link}: {why:reason}",
    "book.unexplained": "Left out – {about:text}: the study holds no answer and gives no reason.",
    "book.judgements": (
        "Values, back tables, trust and mandates are judgements of whoever wrote the preference files; holdings, words and deeds "
        "are claims with the source named beside them. Probabilities are shares of draws from those judgements, not frequencies."
    ),
    "book.chosen": "Settings",
    "book.chosen.what": "Setting",
    "book.chosen.value": "Value",
    "book.counts": "Size of the case",
    "book.counts.what": "What",
    "book.counts.value": "How many",
    "book.same": "To get the same again",
    "book.same.what": "What",
    "book.same.value": "Value",
    "book.omitted": "Links that were left out",
    "book.omitted.link": "Link",
    "book.omitted.why": "Why",
    "book.complete": "No link was left out.",
    "book.notes": "Notes that belong to every number here:",
}
