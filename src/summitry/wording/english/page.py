"""The one page, and what the book and a notebook take from it."""

from __future__ import annotations

MESSAGES = {
    "page.title": "{title:clip 110}",
    "page.title.case": "[[{case:text}]]",
    "page.title.none": "Untitled case",
    "page.reader": "Prepared for {principal:name}, from the files of {viewer:name} only",
    "page.reader.all": "Prepared for {principal:name}, from the files of all holders",
    "page.judgements": (
        "Values, back tables and trust are judgements; holdings, words and deeds are claims. The book names sources."
    ),
    "page.trust": "Trust: the chance that the other side performs what remains of the deal, where the deal strains a side most.",
    "page.same": "Seed {seed:text} · {draws:text} draws · case {digest:text} · summitry {version:text}",
    "page.shortened": "Long texts of this case are cut to fit; the book has all of them.",
    "page.no font": "Some characters of this case have no font on this computer; the book shows them.",
    # labels
    "page.label.start": "Start here",
    "page.label.later": "Not today",
    "page.label.price": "Price",
    "page.label.steps": "First steps",
    "page.label.as of": "As of",
    "page.label.fails": "Why not yet:",
    "page.label.closed": "Closed:",
    "page.label.opens": "What it would take:",
    "page.label.paid": "Paid with",
    "page.label.when": "Done by",
    "page.label.step": "Step, and how it is seen",
    "page.label.unfit": "Does not fit:",
    "page.label.held": "Holds: own points if everything stops after the step.",
    "page.label.omitted": "Left out:",
    # what is left to the book
    "page.more": "+{left:text} more in the book",
    "page.more.changes": "(+{left:text} more in the book)",
    "page.more.steps": "+{left:text} more in the book.",
    "page.missing": "Left out – {omissions:each text}",
    "page.missing.omission": "{link:word link}: {why:reason}",
    "page.unexplained": "Left out – {link:word link}: the study holds no answer and gives no reason.",
    "page.omission": "{link:word link} ({why:reason})",
    # where to start
    "page.start.best": "Start here",
    "page.start.nearest": "Start here: no swap passes all four gates in time today. The nearest miss",
    "page.start.flip": "What flips this: {change:text}",
    "page.start.opens": "What it would take: {change:text}",
    "page.start.sure": "All of it together with other assumptions – {chances:each text}.",
    "page.start.chance": "{assumption:text}: {joint:beside needed}",
    "page.tile.accepts": "{party:name 24} accepts",
    "page.tile.ratifies": "{party:name 24} ratifies at home",
    "page.tile.joint": "all of it together",
    "page.tile.trust": "trust needed by {party:name 24}",
    "page.tile.there": "there is {there:text}",
    "page.change": "{what:reason}; then {effect:reason}",
    "page.gate": "{name:word gate}: {score:text}.",
    "page.gate.blocked": "[[Blocked by {who:names}.]]",
    "page.gate.why": "{why:reason}",
    # not today
    "page.later.no ideas": "The case names no ideas of others, so there is none to rule out.",
    "page.later.none": "Every idea that the case names passes all four gates: nothing is ruled out for today.",
    "page.later.closed": "No change was found that opens it.",
    # the price
    "page.price.what": "{deliverable:move}",
    "page.price.state.not for sale": "Not for sale: even all giveaways together do not reach the chance asked for",
    "page.price.state.too dear": "Too dear: it costs more than it is worth",
    "page.price.state.buyable": "Buyable",
    "page.price.state.free": "Free: giving what buys it costs nothing",
    "page.price.state.not found": "Not found: the search stopped before every way to buy it was tested",
    "page.price.cost": "{least:text} own points of {payer:name 24}, if {giver:name 24} is to accept with {chance:text}",
    "page.price.short": "{chance:text} asked for, the best reached is {reached:text}",
    "page.price.worth": "worth {worth:text} to {payer:name 24}[[; with the homes {joint:text}]]",
    "page.price.unproven": (
        "worth {worth:text} to {payer:name 24}[[; with the homes {joint:text}]]; the search stopped early, so a cheaper way may "
        "exist"
    ),
    # what the other side did
    "page.deeds": "Surrendered so far",
    "page.deeds.by": "Surrendered so far by {they:name 30}",
    "page.deeds.tally": "{weights:tally deed.class}",
    "page.deeds.none": "Nothing on the record.",
    "page.deed": "{date:date}: [[{by:names}: ]]{what:text} ({weight:word deed.class})",
    # the first steps
    "page.step.givers": "{givers:names}",
    "page.step": "{issue:name}: {before:text} → {after:text}[[ ({part:percent} of the move)]]",
    "page.step.unverified": "not verified",
    "page.step.holds": "{party:name 18} holds",
    "page.step.unfit": "{about:name}: {what:reason}",
    "page.step.unfit.horizon": "the horizon: {what:reason}",
    "page.exposed": "[[Most exposed in the whole plan, in own points: {parties:texts}.]]",
    "page.exposed.party": "{party:name 24} {most:text}",
    "page.order.dates": "Trust above is for the order that needs least; dates forbid it here.",
    "page.order.sooner": "Trust above is for the order that needs least; this one ends sooner.",
}
