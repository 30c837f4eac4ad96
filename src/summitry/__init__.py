"""summitry prepares hard negotiations: which deals are possible, what each costs, where to start and in what order.

Reading order: `case` (what is known), `evidence` (what is believed), `interests` (who wants what, and who must be carried at
home), `model` (all of it as arrays), `trade` (packages, gates, prices), `plan` (order and exposure), `study` (the flow),
`brief` (what is read).

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
    from summitry.case import check, load
    from summitry.model import build
    from summitry.study import Findings, Settings
    from summitry.trade.ask import best_ask
    from summitry.trade.counter import counter_ask, exchange_rate
    from summitry.trade.frontier import explore
    from summitry.trade.gates import judge
    from summitry.trade.improve import improve_deal
    from summitry.trade.price import price_deliverable
    from summitry.trade.rung import first_rung


_HOMES = {
    "build": "summitry.model",
    "check": "summitry.case",
    "explore": "summitry.trade.frontier",
    "Findings": "summitry.study",
    "best_ask": "summitry.trade.ask",
    "counter_ask": "summitry.trade.counter",
    "exchange_rate": "summitry.trade.counter",
    "first_rung": "summitry.trade.rung",
    "improve_deal": "summitry.trade.improve",
    "judge": "summitry.trade.gates",
    "load": "summitry.case",
    "price_deliverable": "summitry.trade.price",
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
