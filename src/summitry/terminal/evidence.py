"""What the commands about evidence print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.words import counted, sentence
from summitry.evidence.declarations import MISS
from summitry.terminal.page import Page, or_dash, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summitry.case.types import Case
    from summitry.desk.evidence import Inspection, Inventory
    from summitry.evidence.completeness import Consistency
    from summitry.evidence.declarations import Completeness, Declaration
    from summitry.evidence.exchange import Exchange
    from summitry.evidence.holdings import Holding
    from summitry.evidence.inspections import Sizes
    from summitry.evidence.visits import Visits

SLIGHT = 0.001


def show_inventory(case: Case, found: Inventory) -> None:
    """What each holds, and what options that move a share of it come to in units."""
    page = page_of(case)
    show_holdings(page, found.holdings)
    if found.shares:
        page.head("SHARES IN UNITS")
    for a in found.shares:
        span = f"{or_dash(a.low)} to {or_dash(a.high)} {a.unit}, central {or_dash(a.middle)}"
        page.say(f"{page.name(a.issue)}: {a.option}, {100 * a.share:g} % of {a.category}: {span}")
    for issue, why in found.not_in_units.items():
        page.say(f"Not in units, {page.name(issue)}: {why}.")


def show_holdings(page: Page, holdings: Sequence[Holding]) -> None:
    """What is declared, estimated and verified, side by side, never merged; and whose estimate moves the answer most."""
    if not holdings:
        page.line("The case makes no claim about what anybody holds.")
        return
    for h in holdings:
        low, mid, high = h.estimated or (None, None, None)
        span = "-" if h.estimated is None else f"{or_dash(low)} to {or_dash(high)}, central {or_dash(mid)}"
        page.head(f"{page.name(h.party)}: {h.category} ({h.unit})")
        claims = counted(len(h.claims), "claim")
        page.say(f"declared {or_dash(h.declared)}; estimated {span}; verified {or_dash(h.verified)}; {claims}")
        page.say(h.method)
        if h.without:
            most = h.without[0]
            page.say(f"moved most by {most.claimant}: central {or_dash(most.middle)} without it")


def show_inspection(answer: Inspection) -> None:
    """Sample sizes, the curve of the sample, what may be left, and when to inspect."""
    page = Page()
    if answer.sizes is not None:
        _sizes(page, answer.sizes)
    if answer.left is not None:
        left = answer.left
        page.head(f"AFTER {left.found:,} WRONG AMONG {left.drawn:,} OF {left.items:,}")
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
    page.head(
        f"HOW MANY OF {sizes.items:,}, so that {counted(sizes.defects, 'wrong one')} would show with {_percent(sizes.detect)}"
    )
    page.say(f"Exact {sizes.exact:,}; by the IAEA's formula {sizes.iaea:,}.")
    if sizes.power is not None:
        told = (
            f"{sizes.imperfect:,}" if isinstance(sizes.imperfect, int) else f"{sizes.imperfect}: even all find them only so often"
        )
        page.say(f"With a method that recognises a wrong item with {_percent(sizes.power)}: {told}.")
    page.say(f"Looking at {sizes.looked_at:,} finds {counted(sizes.defects, 'wrong one')} with {_percent(sizes.detection)}.")
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


def show_declaration(case: Case, answer: Declaration) -> None:
    """By category: complete or not, and how much may be left out; then what the categories say of each other."""
    page = page_of(case)
    page.head("BEFORE THIS DECLARATION")
    prior = answer.prior
    page.say(f"Complete with {_percent(prior.low)} to {_percent(prior.high)}, central {_percent(prior.central)}: {prior.basis}.")
    for c in answer.categories:
        page.head(f"{page.name(c.party)}: {c.category}, {or_dash(c.declared)} {c.unit} declared")
        if c.estimated is not None:
            low, mid, high = c.estimated
            page.say(f"Estimated {or_dash(low)} to {or_dash(high)}, central {or_dash(mid)}; verified {or_dash(c.verified)}.")
        if c.complete is not None and c.complete_range is not None:
            span = f"{_percent(c.complete_range[0])} to {_percent(c.complete_range[1])} with the prior"
            page.say(f"Complete with {_percent(c.complete)} ({span}).")
        if c.undeclared is not None:
            page.say(f"Left out, with 50, 80, 95 %, at most {', '.join(or_dash(v) for v in c.undeclared.values())}.")
        if c.if_incomplete is not None:
            page.say(f"If anything is left out: at most {', '.join(or_dash(v) for v in c.if_incomplete.values())}.")
        if c.why:
            page.say(f"{c.why[0].upper()}{c.why[1:]}.")
        _what_would_move(page, c)
    if answer.all_complete is not None and len(answer.categories) > 1:
        low, high = answer.all_complete
        page.head("TOGETHER")
        page.say(f"All of it complete: between {_percent(low)} and {_percent(high)}, depending on how they hang together.")
    _consistency(page, answer)
    if answer.undeclared_categories:
        page.say(f"Not named in it, though estimated: {', '.join(answer.undeclared_categories)}.")


def _what_would_move(page: Page, c: Completeness) -> None:
    """Other amounts, other chances that the estimates miss, and visits: to what is declared, and for what is left out."""
    if c.amounts:
        page.say(f"If so much were declared, complete with: {_pairs((f'{or_dash(a)}', p) for a, p in c.amounts)}.")
    if c.misses and c.complete is not None:
        said = _pairs((_percent(miss) if miss else "0 %", p) for miss, p in c.misses)
        page.say(f"If the estimates miss altogether with another chance than {_percent(MISS)}: {said}.")
    if c.search is not None:
        s = c.search
        low, high = map(_percent, s.after.complete_range)
        page.say(
            f"If visits to {s.of} find nothing: complete with {_percent(s.points[0].complete)} before them, "
            f"{_percent(s.after.complete)} after the {s.planned:,} planned ({low} to {high} with prior and reach), "
            f"{_percent(s.points[-1].complete)} after all {s.places:,}."
        )
    if c.inspection is not None:
        check = c.inspection
        would = f"{check.drawn:,} of {check.items:,} {check.of}"
        wrong = counted(check.significant, "wrong one")
        page.say(f"An inspection of {would} finds {wrong} with {_percent(check.detection)}: it tests what is declared.")


def _pairs(told: Iterable[tuple[str, float | None]]) -> str:
    return ", ".join(f"{at}: {'excluded' if chance is None else _percent(chance)}" for at, chance in told)


def _consistency(page: Page, answer: Declaration) -> None:
    if answer.consistency:
        page.head("ONE CATEGORY AGAINST ANOTHER")
    for c in answer.consistency:
        inputs = ", ".join(f"{name} ({how})" for name, how in c.inputs.items())
        if c.possible is None or c.enough is None or c.room is None:
            page.say(f"{c.of} from {inputs}: {c.verdict}{_because(page, c)}.")
            continue
        low, mid, high = c.possible
        said = f"{or_dash(low)} to {or_dash(high)}, central {or_dash(mid)}"
        page.say(f"{c.of} from {inputs}: enough for {said}; {or_dash(c.declared)} declared: {c.verdict}.")
    if any(c.verdict == "leaves room" for c in answer.consistency):
        page.say("What could have been made is not held: room asks a question, it is no finding.")


def _because(page: Page, compared: Consistency) -> str:
    return "" if compared.uncompared is None else f", because {sentence(page, compared.uncompared)}"


def show_exchange(answer: Exchange) -> None:
    """What changed, a line for each kind; then the counts and the limits."""
    page, unknown = Page(), "-"
    page.head("WHAT CHANGED")
    for title, items in (("new", answer.new), ("gone", answer.gone)):
        page.say(f"{title}: {_some([f'{item.id} ({item.type})' for item in items])}")
    for title, changes in (
        ("moved", answer.moved),
        ("converted", answer.converted),
        ("other status", answer.restated),
        ("other count", answer.recounted),
    ):
        page.say(f"{title}: {_some([f'{c.id} ({c.before or unknown} -> {c.after or unknown})' for c in changes])}")
    page.say(f"the same: {answer.same:,}")
    page.head("HOW MANY, before -> after")
    for name, (before, after) in answer.counts.items():
        page.say(f"{name}: {or_dash(before)} -> {or_dash(after)}")
    for limit in answer.limits:
        kept = "kept" if limit.met else f"EXCEEDED by {or_dash(limit.over)}"
        page.say(f"limit of {or_dash(limit.limit)} on {limit.what}: {kept} ({or_dash(limit.before)} -> {or_dash(limit.after)})")


def _some(names: Sequence[str], most: int = 12) -> str:
    """How many, and the first of them by name."""
    more = f" and {len(names) - most:,} more (all with --json)" if len(names) > most else ""
    return f"{len(names):,}: {', '.join(names[:most])}{more}" if names else "0"


def _percent(share: float) -> str:
    """A probability in percent, with the digits that keep it apart from 0 and from 100."""
    shown = f"{100 * share:.3g}"
    if share and share < SLIGHT:
        return "under 0.1 %"
    return "over 99.9 %" if shown == "100" and share < 1 else f"{shown} %"
