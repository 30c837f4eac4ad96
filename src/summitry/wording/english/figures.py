"""Words of the pictures: the question that each answers, its labels, its notes, and the text that says the same in words."""

from __future__ import annotations

MESSAGES = {
    "figure.axis.own": "{it:name}, own points",
    "figure.holding": "{of.party:name}: {of.category:text} ({of.unit:text})",
    "figure.more": "{left:plural more is|more are} in the table, not in the figure.",
    "figure.gates.question": "Which gates are open?",
    "figure.gates.start": "START HERE",
    "figure.gates.missed": "NEAREST MISS",
    "figure.gates.untold": "TOO NEAR TO TELL",
    "figure.gates.later": "NOT TODAY",
    "figure.gates.heading": "{head:text}[[: {title:text}]]",
    "figure.gates.alt": "{head:text}[[, {title:clip 80}]]: {gates:each text}.",
    "figure.gates.alt.gate": "{gate.name:word gate}: {state:text}",
    "figure.gates.gate": "{gate.name:word gate}",
    "figure.gates.state": "{state:word gate.state}[[: {score:text}]]",
    "figure.inventory.question": "What does each side have, and who says so?",
    "figure.inventory.alt": "Holdings by source. {holdings:each text}.",
    "figure.inventory.alt.holding": (
        "{holding.party:name}, {holding.category:text}: {holding.claims:plural claim|claims}"
        "[[, declared {holding.declared:number}]][[, verified {holding.verified:number}]]"
        "[[, estimates fused {band[0]:number} to {band[2]:number}, middle {band[1]:number}]]"
    ),
    "figure.inventory.band": "estimates fused: {band[0]:number} to {band[2]:number}, middle {band[1]:number} (band, line)",
    "figure.inventory.claims": (
        "{holding.category:text}: {left:plural more claim is|more claims are} in the table, not in the figure."
    ),
    "figure.inventory.kind": "{kind:word claim.kind}",
    "figure.inventory.more": "{left:plural more category is|more categories are} in the table, not in the figure.",
    "figure.declaration.question": "Is it all? Declared against believed",
    "figure.declaration.note": (
        "Band: 90 % of what the estimates allow; line: their middle. Filled: declared. Hollow: if so much were declared."
    ),
    "figure.declaration.alt": "{categories:each text}.",
    "figure.declaration.alt.category": "{of.party:name}: {of.category:text} ({of.unit:text}): {declared:text}",
    "figure.declaration.declared": (
        "{of.declared:number} declared; complete with {of.complete:whole} "
        "({of.complete_range[0]:whole} to {of.complete_range[1]:whole})"
    ),
    "figure.declaration.supposed": "nothing declared lately[[; complete if it were {amounts:texts or}]]",
    "figure.declaration.amount": "{amount:number}: {chance:whole}",
    "figure.looked-in-vain.question": "What if visits find nothing?",
    "figure.looked-in-vain.note": (
        "Line: chance that the declaration is complete; band: with the base rate and with where it could lie. Dot: as planned."
    ),
    "figure.looked-in-vain.alt.visits": (
        "{of.party:name}: {of.category:text} ({of.unit:text}): complete with {first.complete:whole} before any visit, "
        "{search.after.complete:whole} after {search.after.visits} that find nothing, "
        "{last.complete:whole} after all {last.visits}"
    ),
    "figure.looked-in-vain.axis": "visits",
    "figure.looked-in-vain.declared": "{of.party:name}: {of.category:text}, {of.declared:number} declared",
    "figure.looked-in-vain.supposed": "{of.party:name}: {of.category:text}, {of.declared:number} supposed",
    "figure.looked-in-vain.places": "visits to {search.of:text}",
    "figure.inspections.question": "What would the inspections find?",
    "figure.inspections.alt": "Chance of finding one, by how many are wrong. {samples:each text}.",
    "figure.inspections.alt.sample": (
        "{it.issue:name}: {it.check.drawn} of {it.check.items} looked at find {it.check.significant} wrong with "
        "{it.check.detection:percent}"
    ),
    "figure.inspections.axis": "wrong items",
    "figure.inspections.sample": "{it.issue:name}: {it.check.drawn} of {it.check.items}[[ {it.check.of:text}]]",
    "figure.words-and-deeds.question": "Do the deeds of {actor:name} follow its words?",
    "figure.words-and-deeds.lead": "Words and deeds of {actor:name} by month",
    "figure.words-jump.question": "Where do the words of {of.speaker:name} jump against the deeds of {of.doer:name}?",
    "figure.words-jump.question.own": "Where do the words of {of.speaker:name} jump against its own deeds?",
    "figure.words-jump.lead": "Words of {of.speaker:name} and the deeds of {of.doer:name} by month",
    "figure.words-jump.lead.own": "Words of {of.speaker:name} and its own deeds by month",
    "figure.words-jump.note": "Drawn because a break was found here.",
    "figure.words-jump.reach": "Tested on words less the deeds of the {of.reach} months up to them.",
    "figure.words-jump.more": "Of {left:plural more such pair|more such pairs} the table tells.",
    "figure.beside.alt": (
        "{lead:text}, {first.month:text} to {last.month:text}, mean sign from −2 to +2.[[ {gap:text}]][[ {jumps:text}]]"
    ),
    "figure.beside.above": "In months with both, words lie {gap:number2} above deeds on average.",
    "figure.beside.below": "In months with both, words lie {gap:number2} below deeds on average.",
    "figure.beside.level": "In months with both, words lie level with deeds on average.",
    "figure.beside.jumps": "The gap between words and deeds jumps in {jumps:each text}.",
    "figure.beside.jump": "{it.month:text}, from {it.before:signed2} to {it.after:signed2}",
    "figure.beside.earlier": "The last {years} years are drawn; {left:plural earlier month is|earlier months are} in the table.",
    "figure.beside.break": "Break: words jump against deeds.",
    "figure.beside.band": "Break: words jump against deeds. The band is where it may as well lie.",
    "figure.beside.mark": "break",
    "figure.beside.words": "words",
    "figure.beside.deeds": "deeds",
    "figure.beside.cooperative": "cooperative",
    "figure.beside.hostile": "hostile",
    "figure.belief.question": "Does {belief.other:name} mean to deliver? What the record adds",
    "figure.belief.alt": (
        "From a prior of {belief.prior[1]:number} the record leads {belief.party:name} to {belief.posterior[1]:number}: "
        "{pieces:each text}."
    ),
    "figure.belief.alt.piece": "{it[0]:text} {it[1]:signed2} in log-odds",
    "figure.belief.before": "before the record",
    "figure.belief.lesser": "{pieces:plural lesser piece|lesser pieces}",
    "figure.belief.below": "Below: how many times as likely the record so far is if it means it as if it does not.",
    "figure.belief.right": "At the right: the belief by the middle prior. The range and every piece are in the tables.",
    "figure.frontier.question": "How much is there for both, and where do we start?",
    "figure.frontier.question.all": "Which packages can nobody improve without loss to another?",
    "figure.frontier.alt": "{points:plural efficient package|efficient packages}[[; {marks:each text}]].",
    "figure.frontier.alt.mark": "{it[label]:text} at {it[x]:number} and {it[y]:number}",
    "figure.frontier.alt.all": (
        "{points:plural efficient package|efficient packages} for {parties:plural party|parties}[[; {solutions:each text}]]."
    ),
    "figure.frontier.alt.solution": "{it[title]:text}: {it[values]:each number}",
    "figure.frontier.solution": "{name:word solution}",
    "figure.frontier.least": "dashed: the least that each side takes",
    "figure.frontier.accepted": "least accepted",
    "figure.frontier.status": "status quo",
    "figure.frontier.missed": "nearest miss",
    "figure.frontier.untold": "too near to tell",
    "figure.frontier.zone": "Of the efficient packages, those that give every party its reservation value are drawn.",
    "figure.frontier.rest": "Efficient for all {parties:plural party|parties}; the values of {rest:names} are not drawn.",
    "figure.frontier.thinned": "{shown:count} of {every:count} points are drawn, evenly spread; both ends are kept.",
    "figure.frontier.lines": "{shown:count} of {every:count} packages are drawn, evenly spread.",
    "figure.support.question": "Who is for it at home, and who against?",
    "figure.support.note": (
        "Each row on its own scale; one piece is one move. The line is the sum less the threshold: right of the middle is yes."
    ),
    "figure.support.more": "{left:plural more constituency is|more constituencies are} in the table.",
    "figure.support.alt": "{homes:each text}.",
    "figure.support.alt.home": "{home.party:name}: {seats:texts}",
    "figure.support.alt.seat": "{seat:text} yes in {yes:about}",
    "figure.support.home": "{home.party:name} ratifies in {home.support.probability:about}",
    "figure.support.veto": "{home.party:name} ratifies in {home.support.probability:about} (* veto)",
    "figure.win-sets.question": "Which efficient packages do the homes carry?",
    "figure.win-sets.alt": "{kinds:each text}.",
    "figure.win-sets.alt.kind": "{kind:word figure.win-sets.kind}: {count} of {all:count}",
    "figure.win-sets.kind": "{kind:word figure.win-sets.kind} ({count})",
    "figure.win-sets.kind.every": "every home carries it",
    "figure.win-sets.kind.ours": "only our side's homes",
    "figure.win-sets.kind.theirs": "only other sides'",
    "figure.win-sets.kind.neither": "neither side's homes",
    "figure.win-sets.note": "A home carries a package that it ratifies in at least {home.needed:percent} of draws by itself.",
    "figure.win-sets.some": "{shown:count} of {every:count} efficient packages, evenly spread.",
    "figure.ladder.question": "What does today's trust carry?",
    "figure.ladder.alt": "{carried:count} of {rungs:plural rung lies|rungs lie} within today's trust.[[ {ideas:each text}]]",
    "figure.ladder.alt.idea": "{idea.title:text}: {load:text}",
    "figure.ladder.load": "load {load:number2}",
    "figure.ladder.note": (
        "Dots: rungs, the large one the first; numbers: named ideas. Right of the line today's trust does not carry a deal."
    ),
    "figure.ladder.short": "[[{short}]]",
    "figure.ladder.orderless": "no order carries it",
    "figure.ladder.idea": "{number} {title:clip 90}",
    "figure.ladder.up": "Up: substance for {party:clip 34}",
    "figure.ladder.right": "Right: trust needed over trust there is, as odds",
    "figure.ladder.today": "today's trust",
    "figure.ladder.never": "never",
    "figure.exposure.question": "What does each side hold if everything stops?",
    "figure.exposure.alt": (
        "Held after each of {plan.steps:count} steps but the last, which leaves nothing to stop. {parties:each text}."
    ),
    "figure.exposure.alt.party": "{party:name} is exposed to {most:number2} of its own points at most",
    "figure.exposure.more": "{left:plural more party is|more parties are} in the table, not in the figure.",
    "figure.exposure.axis": "if everything stops after step …",
    "figure.exposure.worst": "{held:number2} after step {step}",
    "figure.exposure.party": "{party:name} holds (own points)",
    "figure.gantt.question": "Who does what, and when?",
    "figure.gantt.alt": (
        "{plan.steps:plural step|steps} from {plan.steps[0].start:date} to {last:date}; full bars are steps of our side."
    ),
    "figure.gantt.step": "{number}. {step.issue:name}",
    "figure.gantt.more": "The first {shown:count} of {every:count} steps are drawn.",
    "figure.gantt.bars": "Full bars: our side; outlined bars: the others; thin grey: verification",
    "figure.gantt.bars.shared": "Full bars: our side, alone or with others; outlined bars: the others; thin grey: verification",
    "figure.gantt.legend": "{bars:text}.",
    "figure.gantt.legend.decisions": "{bars:text}; diamonds: decision points.",
    "figure.gantt.horizon": "Dashed: the horizon, {plan.horizon:date}.",
    "figure.staircase.question": "How far is each side exposed, and when?",
    "figure.staircase.alt": "Exposure by day: {parties:each text}, own points.",
    "figure.staircase.alt.party": "{party:name} at most {most:number2}",
    "figure.staircase.more": "{left:plural more party is|more parties are} in the table.",
    "figure.staircase.note": "A receipt counts once it is verified. Parties that are never exposed are not drawn.",
    "figure.staircase.party": "{party:name}, own points[[; its limit: {limit:number2}]]",
    "figure.stops.question": "What does each side hold if all stops here?",
    "figure.stops.alt": "Held if all stops at {last.id:text}: {parties:each text}, own points.",
    "figure.stops.alt.party": "{party:name} {hold:number2}, then {back:number2}",
    "figure.stops.line": "D1 and on: the decision points, in the table. Line: at the end of the plan.",
    "figure.stops.dot": "Dot: if all stays as it is there. Bar end: once what can be taken back is taken back.",
    "figure.stops.more": "The first {shown:count} of {every:count} decision points are drawn.",
    "figure.stops.party": "{party:name} (own points)",
    "figure.groundwork.question": "Which groundwork, and when?",
    "figure.groundwork.alt": "Groundwork: {moves:plural move|moves}, the first to begin on {first:date}, all done by {by:date}.",
    "figure.groundwork.note": (
        "Full bars: the principal; outlined bars: its allies. Thin: how long the work can wait and still be done in time."
    ),
    "figure.groundwork.meeting": "Dashed: the meeting, {meets:date}.",
    "figure.groundwork.more": "The first {shown:count} of {every:count} moves are drawn.",
}
