"""What the commands about evidence print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.terminal.page import Page, counted, or_dash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.evidence.holdings import Holding


def show_holdings(holdings: Sequence[Holding]) -> None:
    """What is declared, estimated and verified, side by side, never merged."""
    page = Page()
    if not holdings:
        page.line("The case makes no claim about what anybody holds.")
        return
    for h in holdings:
        low, mid, high = h.estimated or (None, None, None)
        span = "-" if h.estimated is None else f"{or_dash(low)} to {or_dash(high)}, central {or_dash(mid)}"
        page.head(f"{h.party}: {h.category} ({h.unit})")
        claims = counted(len(h.claims), "claim")
        page.say(f"declared {or_dash(h.declared)}; estimated {span}; verified {or_dash(h.verified)}; {claims}")
        page.say(h.method)
