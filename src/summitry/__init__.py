"""summitry prepares hard negotiations: which deals are possible, what each costs, where to start and in what order.

Reading order: `case` (what is known), `evidence` (what is believed), `interests` (who wants what, and who must be carried at
home), `model` (all of it as arrays), `deals` (packages, gates, prices), `plan` (order and exposure), `study` (the flow),
`report` (what is read).

    import summitry
    workspace = summitry.open("korea-2019")
    workspace.price("declaration.full")
    findings = summitry.study.run(workspace)
"""

from __future__ import annotations

from importlib import import_module

from summitry.version import __version__

TYPE_CHECKING = False
"""As in `typing`, which takes longer to import than all that stands before the command line waits for Ctrl-C."""

if TYPE_CHECKING:
    from summitry import study
    from summitry.answers import open_case as open  # noqa: A004 (the word for it)
    from summitry.deals.ask import best_ask
    from summitry.deals.counter import counter_ask, exchange_rate
    from summitry.deals.frontier import explore
    from summitry.deals.gates import judge
    from summitry.deals.improve import improve_deal
    from summitry.deals.price import price_deliverable
    from summitry.deals.rung import first_rung
    from summitry.formats import check, load
    from summitry.model import build
    from summitry.study import Findings, Settings


_HOMES = {
    "build": "summitry.model",
    "check": "summitry.formats",
    "explore": "summitry.deals.frontier",
    "Findings": "summitry.study",
    "best_ask": "summitry.deals.ask",
    "counter_ask": "summitry.deals.counter",
    "exchange_rate": "summitry.deals.counter",
    "first_rung": "summitry.deals.rung",
    "improve_deal": "summitry.deals.improve",
    "judge": "summitry.deals.gates",
    "load": "summitry.formats",
    "price_deliverable": "summitry.deals.price",
    "Settings": "summitry.study",
}

__all__ = [
    "Findings",
    "Settings",
    "__version__",
    "best_ask",
    "build",
    "check",
    "counter_ask",
    "exchange_rate",
    "explore",
    "first_rung",
    "improve_deal",
    "judge",
    "load",
    "open",
    "price_deliverable",
    "study",
]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for, so that `summitry --help` stays fast."""
    if name == "study":
        return import_module("summitry.study")
    if name == "open":
        return import_module("summitry.answers").open_case
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    msg = f"module 'summitry' has no attribute {name!r}"
    raise AttributeError(msg)
