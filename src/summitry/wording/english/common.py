"""Words that every part uses."""

from __future__ import annotations

MESSAGES = {
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
    "moves.other": "{givers:names} gives",
    "moves.together": "Together",
}
