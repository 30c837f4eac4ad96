"""Where to start, one package under all gates, and the ladder."""

from __future__ import annotations

MESSAGES = {
    "verdict.accept": "Accept: {accept:each whole}.",
    "verdict.ratify": "Ratify: {ratify:each whole}.",
    "verdict.joint": "All of it together: {joint:whole} (sampling error {joint_error:percent}).",
    "verdict.trust": (
        "[[Chance that what remains is performed, where the deal strains each most: needed "
        "{trust_needed:each probability}; believed {trust:each probability}.]]"
    ),
    "verdict.gain": "Expected gain over no deal, in own points: {gain:each number}.",
    "verdict.order.strained": "[[Trust carries no order; this one needs least of it: {order:moves}.]]",
    "verdict.order": "[[In this order, which trust carries: {order:moves}.]]",
    "verdict.opens": "What it would take:",
    "verdict.values": "Worth in own points, 20, 50 and 80 % of draws: {values:each range}.",
    "verdict.substance": "Substance, the share of what it could receive: {substance:each about}.",
    "verdict.share": "[[Trust suffices in so many draws: {trust_share:each whole}.]]",
    "verdict.exposure": "[[Most exposed, in own points: {exposure:each number}.]]",
    "verdict.source": "[[Source: {source:source}]]",
    "rung.head.best": "START HERE",
    "rung.head.best.untrusted": "START HERE, IF TRUST CARRIES IT: the case does not say how far each trusts the other",
    "rung.head.nearest": "NOTHING PASSES TODAY; the nearest miss:",
    "rung.head.untold": "NOTHING IS SHOWN TO PASS TODAY; the draws do not tell whether this does:",
    "rung.head.none": "NO SWAP CAN BE FORMED",
    "table.offered": "On the table already, without a condition: {offered:moves}.",
    "table.bound": "Offered already for what this holds: {bound:moves}.",
    "table.agreed": "Agreed already: {agreed:moves}.",
    "table.refused": "Today {by:name} refuses {label:move} ({date:date}): it may not be refused for good.[[ {source:source}]]",
    "rung.title.best": "the swap to start with",
    "rung.title.nearest": "the nearest miss",
    "rung.title.untold": "a swap of which the draws do not tell whether it passes",
    "rung.title.safest": "the safest that passes",
    "rung.title.between": "between both",
    "rung.title.boldest": "the boldest that passes",
    "rung.title.unexposed": "the best that needs no trust",
    "rung.searched": ("Looked at {rung.candidates:reason}. All accept and ratify {rung.ratified:count} of them often enough."),
    "rung.tested": (
        "{rung.ordered:plural swap|swaps} tested at all gates one by one, those of the largest expected gain first; "
        "{rung.passing:count} passed."
    ),
    "rung.serves": (
        "{rung.principal:name} mediates: what is made as large as can be is the least share, among {rung.serves:names}, of what "
        "each could expect of a deal that passes the gates; its own acceptance stays a gate."
    ),
    "rung.near": "No change of {rung.changed:plural option|options} that passes all gates betters it.",
    "rung.rivals": "The draws do not tell these apart from it; another seed may name one of them:",
    "rung.rival": "{.:moves}",
    "rung.unexposed": "Needs no trust at all: {moves:moves}; all of it together: {joint:whole}.",
    "rung.unexposed.none": "No swap that was looked at leaves everybody unexposed: each needs some trust.",
    "rung.failing": "First gate that closed:",
    "rung.failed": "{gate:word gate}: {.:count}",
    "rung.flips": "What flips it:",
    "rung.flip": "{what:reason}: then {effect:reason}",
    "rung.otherwise": "All of it together with other assumptions:",
    "rung.assumed": "{assumption:reason}: {joint:whole}",
    "rung.curve": "What passes, from the safest to the boldest:",
    "rung.itself": "{title}: START HERE itself.",
    "rung.other": ("{title}: all of it together {joint:whole}, substance {substance[party]:about}: {moves:moves}."),
    "rung.idea.open": "{title:text}: passes",
    "rung.idea.closed": "{title:text}: not today",
    "rung.idea.near": "{title:text}: too near to tell",
    "rung.ideas": "All ideas side by side",
    "rung.ideas.idea": "Idea",
    "rung.ideas.moves": "Moves",
    "rung.ideas.joint": "Accepted and ratified",
    "rung.ideas.load": "Load",
    "rung.ideas.source": "Source",
    "try.head": "[[{title}: ]]{state:word try.state}",
    "try.state.open": "PASSES ALL GATES",
    "try.state.closed": "DOES NOT PASS",
    "try.state.near": "TOO NEAR TO TELL: no gate is closed, and the draws do not tell whether it passes",
    "try.state.untested": "NO GATE THAT COULD BE TESTED IS CLOSED",
    "try.nothing": "Nothing moves.",
    "try.exposure": "[[Most exposed, in own points: {exposure:each number}.]]",
    "try.days": "[[It takes {days:integer} days from the signature.]]",
    "try.calls": "Who must call home:",
    "try.call": "{party:name}: {issue:name}, {option:text}{permission:word try.permission}{stated:word try.stated}",
    "try.permission.call home": "",
    "try.permission.never": " (never)",
    "try.permission.authorised": " (authorised)",
    "try.stated.true": "",
    "try.stated.false": " (its mandate is silent)",
    "try.unknown": "[[Mandates that are not known here: {unknown:names}.]]",
    "ladder.head": "THE LADDER",
    "ladder.short": (
        "No swap that was looked at and can be done in time is accepted and ratified by all in {needed:percent} of draws; the "
        "rungs are those that come nearest, in {low:whole} to {high:whole}."
    ),
    "ladder.never": "No swap that was looked at and can be done in time is ever accepted and ratified by all.",
    "ladder.first": "THE FIRST RUNG: the most that today's trust carries in time",
    "ladder.rung": "Rung {number:count}",
    "ladder.uncarried": "Today's trust carries none of them in time.",
    "ladder.none": "NO RUNG",
    "ladder.how": "HOW IT WAS FOUND",
    "ladder.searched": (
        "Looked at {searched:reason}. Of {considered:count} that remain {bounded:count} were bounded and {ordered:count} put in "
        "order; {rungs:count} of those are beaten by none in values, ratification and trust needed. Shown are the first rung and "
        "those that bring a hundredth more than every one of less load."
    ),
    "ladder.walk.quickest": "THE QUICKEST ORDER that trust carries (load {load:number2}{exact:word ladder.exact})",
    "ladder.walk.receive-first": (
        "THE ORDER IN WHICH {principal:name} receives most first (load {load:number2}{exact:word ladder.exact})"
    ),
    "ladder.walk.least-trust": "THE ORDER THAT needs least trust (load {load:number2}{exact:word ladder.exact})",
    "ladder.exact.true": "",
    "ladder.exact.false": ", not proven the best",
    "ladder.moment": "{step:move} ({mover:names}); if all stops: {held:each number}",
    "ladder.sensitivity": "LOAD OF THE FIRST RUNG if",
    "ladder.assumed": "{assumption:reason}: {load:number2}",
    "ladder.assumed.none": "{assumption:reason}: no order is allowed",
    "ladder.idea": "{title:text}",
    "ladder.substance": "Substance {.:about}.",
    "ladder.joint": "All accept and ratify in {joint:whole}.",
    "ladder.joint.short": "All accept and ratify in {joint:whole}, not enough.",
    "ladder.orderless": ("No order meets the prerequisites, the exposure limits and the phases that the horizon allows."),
    "ladder.load": (
        "Least load {load:number2}{exact:word ladder.exact}"
        "[[; of the quickest order, in 20, 50 and 80 % of draws at most {load_range:range number2}]]."
    ),
    "ladder.late": "No order that trust carries keeps every date of the calendar.",
    "ladder.unkept": "Even all kept steps of the first rung do not bring trust there.",
    "ladder.kept": (
        "After {kept_steps:plural kept step|kept steps} of the first rung trust carries it: {trust_after:each probability}."
    ),
    "ladder.mend": "An order would hold with {kind:message mend}.",
    "mend.bond": (
        "a bond: {amount:number4} points of its own that {party:name} gets if everything stops[[, together with the bond of "
        "{others:names}]]"
    ),
    "mend.guarantor": "a guarantor: {amount:percent} of each party's loss that a third party makes good",
    "mend.snapback": "a snapback: {amount:percent} of every step that returns after a breakdown, at least",
    "mend.escrow": "escrow: {move:move}, held by a third party until the end",
    "mend.finer lumps": "finer lumps: {amount:integer} equal parts of {move:move}",
    "ladder.temptation": (
        "{party:name} could hold {gain:number} points more by stopping before {step:move} than by going on; stopping costs it "
        "{cost:number}."
    ),
    "ladder.remedy": "That ends with {kind:message remedy}.",
    "remedy.bond": "a bond: {amount:number4} points of its own that {party:name} loses if it stops",
    "remedy.snapback": "a snapback: {amount:percent} of what {party:name} receives that returns if it stops, at least",
    "remedy.free last step": "a free last step: {amount:number4} points that {move:move} may no longer cost {party:name}",
    "ladder.if.as-it-is": "as it is, at most {phases:plural phase|phases}",
    "ladder.if.half-the-time": "half the time, at most {phases:count}",
    "ladder.if.twice-the-time": "twice the time, at most {phases:count}",
    "ladder.if.one-lump": "each move in one lump",
    "ladder.if.two-lumps": "each move in two lumps",
    "ladder.if.cost": "each step costs everybody {points:number2} points more",
    "ladder.if.less-returns": "{share:percent} less returns",
    "ladder.if.more-returns": "{share:percent} more returns",
    "ladder.gap.trust": "The case does not say how far {parties:names} trust those whose moves they wait for.",
    "ladder.gap.pretender": (
        "What a pretender would pay is not stated by {party:name} of {other:name}: its trust does not see the deal."
    ),
    "ladder.gap.defection": (
        "No party states what stopping would cost it otherwise; with none, no order of costly steps holds to the end."
    ),
    "ladder.rungs": "Rungs, in rising load",
    "ladder.ideas": "The named ideas",
    "ladder.rungs.deal": "Deal",
    "ladder.rungs.substance": "Substance",
    "ladder.rungs.load": "Load",
    "ladder.rungs.joint": "All accept and ratify",
    "ladder.rungs.kept": "Kept steps of the first rung that it takes",
    "ladder.ideas.deal": "Deal",
    "ladder.ideas.substance": "Substance",
    "ladder.ideas.load": "Load",
    "ladder.ideas.joint": "All accept and ratify",
    "ladder.ideas.kept": "Kept steps of the first rung that it takes",
    "ladder.needs": "Trust that {party:name} needs",
}
