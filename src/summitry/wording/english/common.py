"""Words that every part uses."""

from __future__ import annotations

MESSAGES = {
    "language": "en",
    "number.about": "about\N{NO-BREAK SPACE}{number:text}",
    "number.about.tight": "≈\N{NO-BREAK SPACE}{number:text}",
    "number.under": "under\N{NO-BREAK SPACE}{number:text}",
    "number.over": "over\N{NO-BREAK SPACE}{number:text}",
    "number.just under": "just under {number:text}",
    "number.just over": "just over {number:text}",
    "group.start": "The whole chain, and where to start",
    "group.evidence": "What is known, said and done",
    "group.values": "What each side wants",
    "group.homes": "Who must be carried at home",
    "group.deals": "What is possible, and what it costs",
    "group.plan": "In what order, by when, with what groundwork",
    "group.files": "Files and formats",
    "list.and": "and",
    "list.or": "or",
    "yes.true": "yes",
    "yes.false": "no",
    "table.silent": "Not told in any row:",
    "table.part": ": {shown} of {rows}, evenly spread",
    "folded": "More",
    "sources": "SOURCES",
    "moves.they": "They give ({givers:names})",
    "moves.we": "We give ({givers:names})",
    "moves.other": "From {givers:names}",
    "moves.call": "(call home)",
    "moves.never": "(never)",
    "moves.together": "Together",
}
