"""What the commands about evidence print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.terminal.page import Page, counted, or_dash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.desk.evidence import Inspection
    from summitry.evidence.holdings import Holding
    from summitry.evidence.inspections import Sizes
    from summitry.evidence.visits import Visits


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


def show_inspection(answer: Inspection) -> None:
    """Sample sizes, the curve of the sample, what may be left, and when to inspect."""
    page = Page()
    if answer.sizes is not None:
        _sizes(page, answer.sizes)
    if answer.left is not None:
        left = answer.left
        page.head(f"AFTER {left.found} WRONG AMONG {left.drawn:,} OF {left.items:,}")
        limits = ", ".join(f"{q} at most {n:,}" for q, n in (("50 %", left.at_most["p50"]), ("95 %", left.at_most["p95"])))
        page.say(f"Nothing is left: {_percent(left.none)}. Left on average: {left.mean:.3g}; {limits}.")
        page.say("Before the result every number of wrong items was held equally likely; that is an assumption.")
    if answer.game is not None:
        game = answer.game
        page.head(f"WHEN TO INSPECT: {counted(game.inspections, 'inspection')} in {counted(game.periods, 'period')}")
        page.say(f"Inspect in the first period with probability {game.inspect_now:.3g}, by lot; value {game.value:.3g}.")
        page.say(f"The other side's best answer: act now with probability {game.violate_now:.3g}.")
        page.say("The value is 1 for an act that is caught, -1 for one that is missed, 0 for none; inspections are seen.")


def _sizes(page: Page, sizes: Sizes) -> None:
    page.head(f"HOW MANY OF {sizes.items:,}, so that {sizes.defects:,} wrong ones show with {_percent(sizes.detect)}")
    page.say(f"Exact {sizes.exact:,}; by the IAEA's formula {sizes.iaea:,}.")
    if sizes.power is not None:
        told = (
            f"{sizes.imperfect:,}" if isinstance(sizes.imperfect, int) else f"{sizes.imperfect}: even all find them only so often"
        )
        page.say(f"With a method that recognises a wrong item with {_percent(sizes.power)}: {told}.")
    page.say(f"Looking at {sizes.looked_at:,} finds {sizes.defects:,} wrong ones with {_percent(sizes.detection)}.")
    page.say("Chance that at least one is found, by how many are wrong:")
    shown = sizes.curve[:: max(1, len(sizes.curve) // 8)]
    page.say(", ".join(f"{point.defects:,}: {_percent(point.detected)}" for point in shown), 4)


def show_visits(answer: Visits) -> None:
    """Both spreads of the budget, a line for each site."""
    page = Page()
    for title, spread in (
        ("MOST DETECTION WHERE IT MATTERS MOST", answer.mean),
        ("MOST DETECTION WHERE IT IS WEAKEST", answer.least),
    ):
        page.head(title)
        mean, least = _percent(spread.mean), _percent(spread.least)
        page.say(f"Costs {spread.cost:,.4g} of {answer.budget:,.4g}; weighted mean {mean}, least {least}, within each time.")
        for row in spread.visits:
            where = row.site if row.site == row.category else f"{row.site}, {row.category}"
            visits = counted(row.visits, "visit")
            page.say(
                f"{where} ({row.manner}, weight {row.weight:.3g}): {visits}, found in time with {_percent(row.detection)}", 4
            )
    for line in answer.left_out:
        page.say(f"Left out: {line}.")


def _percent(share: float) -> str:
    """A probability in percent, with the digits that keep it apart from 0 and from 100."""
    shown = f"{100 * share:.3g}"
    return "over 99.9 %" if shown == "100" and share < 1 else f"{shown} %"
