"""What was said, done and promised, and what follows from it."""

from __future__ import annotations

MESSAGES = {
    # what each piece adds to a belief
    "cost.assumed": "assumed, not coded",
    "cost.score.irreversible": "irreversible",
    "cost.score.verified": "verified",
    "cost.deed": (
        "cost {cost:number2}[[ ({assumed})]][[, irreversible {irreversible:number2}]][[, verified {verified:number2}]]"
        "[[, not coded as {uncoded:words cost.score}]]"
    ),
    "cost.promise": "cost not coded, as many willing pretenders would keep it as not",
    "promise.kept": "Kept",
    "promise.broken": "Broken[[ by {who:text}]]",
    "promise.partly": "Kept to {kept:percent}[[, broken by {who:text}]]",
    "promise.central": "its agreement counts as kept no better than what is central to it, as this is",
    "promise.beside": "its agreement counts as kept no better than what is central to it, as this is not",
    "promise.pending": "not due yet, so what is missing does not count",
    "belief.promise": (
        "{state}: {times:number} times as likely from a party that means it ({cost})"
        "[[; one of {shared:count} provisions of its agreement, which count as one, this as {part:percent} of it]]"
        "[[; of the whole agreement {in_all:percent} was kept]][[; {central}]]"
        "[[; another row says that it was kept to {otherwise:each percent}, and the least counts]]"
        "[[; an agreement of {years:number} years, which counts as {observations:number} observations]]"
        "[[; promised by {makers:count} together, so that one answers for its part]]; weight {age:number2} for its age"
        "[[; {pending}]]."
    ),
    "belief.delivery": "Counted once, as the delivery of {agreement}: {commitment}.",
    "deed.group.cheap": "cheap",
    "deed.group.hostile": "hostile",
    "deed.repeat": "as a repeat of {group:word deed.group} deeds {share:number2} of that",
    "belief.deed": (
        "Done: {times:number} times as likely from a party that means it ({detail})[[; {repeat}]]; "
        "weight {age:number2} for its age."
    ),
    "belief.hostile": (
        "Hostile, sign {detail:number2}: {times:number} times as likely from a party that means it[[; {repeat}]]; "
        "weight {age:number2} for its age."
    ),
    "belief.talk": (
        "Talk, mean sign {mean:signed2}: a month counts once and for little"
        "[[; all talk is held within its bounds, here by {factor:number2}]]."
    ),
    "assumption.mild": "if a broken promise counts no more than a hostile deed",
    "assumption.harsh": "if a hostile deed counts as much as a broken promise",
    "assumption.unfaded": "if nothing fades with age",
    "assumption.one": "if all of its agreements were one",
    # deeds as signals
    "deed.class.": "not weighed",
    "deed.class.token": "token",
    "deed.class.humanitarian": "humanitarian",
    "deed.class.substantive": "substantive",
    "deed.spent": "cost {cost:number2}[[ ({assumed})]], of which {sunk:number2} stays spent",
    "deed.humanitarian": "about persons, as the coder says; {spent}[[; the coder says {coder:word deed.class}]].",
    "deed.unseen": (
        "nobody is said to have verified it, so it can be feigned; {spent}[[; the coder says {coder:word deed.class}]]."
    ),
    "deed.cheap": (
        "{spent}: less than the {limit:number} that nine in ten pretenders would pay[[; the coder says {coder:word deed.class}]]."
    ),
    "deed.dear": (
        "{spent}: no less than the {limit:number} that nine in ten pretenders would pay, and seen"
        "[[; the coder says {coder:word deed.class}]]."
    ),
    "event.word": "a word: cheap.",
    "event.hostile": "a hostile deed.",
    "event.unsigned": "a deed of no sign.",
    "points.status-quo": "{option:move} is the status quo now: it is given, and buys nothing again",
    "points.option": "as {option:move} would count in a deal",
    "points.scale": "by the coder's scale, where 1 is the dearest thing it could give",
    # words against deeds
    "drift.own": "words of {speaker:name} against its own deeds",
    "drift.other": "words of {speaker:name} against deeds of {doer:name}",
    "drift.few": "too few: {months:plural month has|months have} words and deeds to compare, {needed:count} are needed.",
    "drift.rises": (
        "words rise above deeds by {slope:number2} a month (p {p:number2}, corrected for memory, {months:plural month|months})."
    ),
    "drift.falls": (
        "words fall towards or below deeds by {slope:number2} a month (p {p:number2}, corrected for memory, "
        "{months:plural month|months})."
    ),
    "drift.none": (
        "no trend that noise could not make as well (p {p:number2}, corrected for memory, {months:plural month|months})."
    ),
    "drift.above": "{distance:number2} above",
    "drift.below": "{distance:number2} below",
    "drift.break": (
        "words stood {before} deeds before {month:date} and {after} them from then on"
        "[[; the jump may lie between {earliest:date} and {latest:date}]]."
    ),
    # who answers whom
    "answers.good": "{favourable:count} of {answers:count} answers to favourable deeds are favourable.",
    "answers.bad": "{favourable:count} of {answers:count} answers to hostile deeds are favourable.",
    "answers.few": "Too few answers within {days:count} days to tell ({needed:count} of each are needed).",
    "answers.follows": "It follows: difference {difference:signed2} ({low:signed2} to {high:signed2}).",
    "answers.opposite": "It does the opposite: difference {difference:signed2} ({low:signed2} to {high:signed2}).",
    "answers.unclear": "It is not shown to follow: difference {difference:signed2} ({low:signed2} to {high:signed2}).",
    "answers.lagged": "Correlation with the month after {correlation:signed2} ({least:signed2} to {most:signed2}).",
    "answers.months": "Too few months with deeds of both in a row ({needed:count} are needed).",
    # which signal to ask for
    "signal.unpriced": "There is none: no deal is known that all would take.",
    "signal.unwanted": "There is none: nothing that {other:name} could do alone is worth anything to {party:name}.",
    "signal.refused": "{party:name} has refused {move:move bare} since {since:date}",
    "signal.costless": "There is none: nothing it could do costs it anything.",
    "signal.unseen": "There is none: nothing it could do would be verified.",
    "signal.dear": "There is none: whatever would be verified costs it more than the {gain:number} that a deal brings.",
    "signal.weak": ("There is none: what a side that means it would do tells at most {ratio:number2} to 1 ({deliverable:move})."),
    "signal.free": "and that nothing at home forbids",
    "signal.sure.true": "at every cost in its range",
    "signal.sure.false": "at its middle cost, not at its lowest",
    "signal.best": (
        "{deliverable:move} is the cheapest deed that tells enough[[ {free}]]. It {deed}; that holds {sure:word signal.sure}"
        "[[; but {barred:each reason}]][[; and {refused:each reason}]]."
    ),
    "signal.feigned": "but nobody would verify it, so it can be feigned",
    "signal.deed": (
        "costs its giver {cost[1]:number} of its points ({cost[0]:number} to {cost[2]:number})"
        "[[, and is {ratio:number2} times as likely from who means it]][[, {unseen}]]"
        "[[; more than the {gain:number} that a deal brings it]]"
    ),
    "barred.law": "a law of {party:name}, {law}, forbids {moves:moves}, lifted with a probability of {chance:number2}",
    "barred.mandate": "the delegation of {party:name} must call home about {move:move bare}[[{silent}]]",
    "barred.silent": ", which its mandate does not name",
    # the answer of `signals`
    "signals.head": "HOW SERIOUS, BY THE RECORD",
    "signals.belief": (
        "{other:name} as {party:name} sees it: {prior:range number2} before the record, {posterior:range number2} after."
    ),
    "signals.switching": "If it may change its mind (two-state model): {switching:range number2}.",
    "signals.piece": "{date:date} {log_ratio:signed} {.:phrase deeds.what}",
    "signals.lesser": "[[And {lesser:count} more that tell less; all with --json.]]",
    "signals.prior": "{[0]:number} to {[1]:number2}",
    "signals.sensitivity": "Prior to result: {sensitivity:each phrase signals.prior}.",
    "signals.even": "It leads to one half from a prior of {even:about}.",
    "signals.uneven": "No prior from .02 to .98 would leave it even.",
    "signals.assumed": "{assumption}: {belief:range number2}",
    "signals.otherwise": "After the record {otherwise:each phrase signals.assumed}.",
    "signals.question": (
        "The question is whether a side delivers what it promised. So a broken promise, whatever its subject, counts down to a "
        "ratio of {assumed.broken:number}. A hostile deed that no promise forbade counts only down to {assumed.hostile:number}, "
        "each repeat half. These are assumptions, and “after the record if” shows what rests on them."
    ),
    "signals.unbelieved": "No preference file that is open here says what anybody believes of another (`trust`).",
    "signals.drift": "WORDS AGAINST DEEDS",
    "signals.dyad": "WORDS AGAINST DEEDS, {dyad[0]} and {dyad[1]}",
    "signals.series": "{pair}: {compared:plural month|months} to compare, {months[0].month:date} to {months[-1].month:date}.",
    "signals.trend": "{pair}: {why}",
    "signals.break": "Break, {pair}: {why}",
    "signals.few": "Too few months to test:",
    "signals.few.pair": "{pair} ({n:count})",
    "signals.undrifted": "No side has both words and deeds to compare.",
    "signals.answers": "WHO ANSWERS WHOM",
    "signals.answer": "{follower:name} after deeds of {first:name}: {why:reason}",
    "signals.unanswered": "No two sides have both done something to each other.",
    "signals.deeds": "DEEDS IN FAVOUR, WEIGHED",
    "signals.deed": "{date:date} [[{actors:names}: ]]{what}[[ {source:source}]]",
    "signals.weight": "{reads_as:word deed.class}[[ ({times:number} times as likely from who means it)]]: {why}",
    "signals.points": "In points: [[{points:each signed2}, ]]{measured}.",
    "signals.undone": "Nothing was done in favour of an agreement, by this record.",
    "signals.asks": "WHICH SIGNAL TO ASK FOR",
    "signals.tells": (
        "A signal tells where a side that means it would do it and a pretender would not: it is so many times as likely from who "
        "means it. Costs are in the giver's own points."
    ),
    "signals.ask": "For {party:name}, of {other:name}: {why}",
    "signals.stated.true": "as stated",
    "signals.stated.false": "not stated: the coder's scale stands in",
    "signals.pretender": (
        "Nine in ten pretenders would pay {pretender[0]:number}, one in ten {pretender[1]:number} ({stated:word signals.stated})"
        "[[; a deal brings it {gain:number}]]."
    ),
    "signals.no-values": "Left out: points and the signal to ask for: {problem}",
    "signals.unasked": (
        "Left out: the signal to ask for: no belief of one side in another is open here (`trust` in the preference files)."
    ),
    "signals.no-case": "Left out: beliefs and the signal to ask for: event data hold neither promises nor values.",
    "signals.best": "The signals to ask for, low/middle/high",
    "signals.best.party": "For",
    "signals.best.other": "Of",
    "signals.best.moves": "Ask for",
    "signals.best.cost": "Costs it",
    "signals.best.ratio": "Times as likely",
    "signals.months": "{pair}, month by month",
    "signals.months.month": "Month",
    "signals.months.words": "Words",
    "signals.months.against": "Deeds held against them",
    "signals.months.difference": "Words minus deeds",
    # the answer of `deeds`
    "deeds.head": "SURRENDERED, MOVED OR DONE SO FAR",
    "deeds.deed": "{date:date} [[{actors:names}: ]]{what} ({weight:word deed.class})[[ {source:source}]]",
    "deeds.none": "Nothing was surrendered or moved so far, by this record.",
    "deeds.belief": "{party:name} on whether {other:name} means to deliver",
    "deeds.posterior": "Prior {prior:range number2}; after the record {posterior:range number2} (low / mode / high).",
    "deeds.trust": "Trust that follows where nothing is known of what stopping would bring a pretender: {trust:range number2}.",
    "deeds.what": "{what}[[; and {more:count} more]]",
    "deeds.pieces": "What each piece of the record adds",
    "deeds.pieces.date": "Date",
    "deeds.pieces.what": "What",
    "deeds.pieces.log_ratio": "Log-odds",
    "deeds.pieces.why": "Why",
    "deeds.pieces.source": "Source",
    "deeds.months": "{actor:name} by month, −2 hostile to +2 cooperative",
    "deeds.months.gaps": ("{actor:name} by month, −2 hostile to +2 cooperative; {.:plural month|months} without either left out"),
    "deeds.months.month": "Month",
    "deeds.months.words": "Words, mean sign",
    "deeds.months.word_count": "Words, count",
    "deeds.months.deeds": "Deeds, mean sign",
    "deeds.months.deed_count": "Deeds, count",
    # the answer of `promises`
    "promises.head": "PROMISED, DUE, DELIVERED",
    "promises.judged": ("Whether a promise was kept is the judgement of whoever coded it; what is still open is not judged."),
    "promises": "Promises in the order in which they were signed",
    "promises.signed": "Signed",
    "promises.agreement": "Agreement",
    "promises.parties": "Who",
    "promises.what": "Promised",
    "promises.due": "Due",
    "promises.delivered": "Delivered",
    "promises.state": "Judged",
    "promises.source": "Source",
    "promises.state.kept": "kept",
    "promises.state.partly kept": "partly kept",
    "promises.state.broken": "broken",
    "promises.state.open": "open",
    # the answer of `positions`
    "positions.head": "STATE OF PLAY on {as_of:date}",
    "positions.rule": (
        "A party's last word on each option stands; a later offer supersedes an earlier one on the same issue, and a withdrawal "
        "ends it. What others report of a party binds nobody."
    ),
    "positions.issue": "{issue:name}[[, given by {givers:names}]]:",
    "positions.party": "{party:name}: {.:each phrase positions.stand}",
    "positions.stand": (
        "{status:word position} {option:option issue}[[ for {asks:moves}]][[ if {hangs:moves}]]"
        "{unstated:word position.unstated} ({since:date}[[, repeated until {again:date}]]{in_force:word position.force}"
        "{end:word position.end}[[, reported by {by:name}]][[, {note}]])[[ {source:source}]]"
    ),
    "position.unstated.true": " on a condition that nobody has named",
    "position.unstated.false": "",
    "position.end.superseded": ", superseded",
    "position.end.ended": ", ended by a later no",
    "position.end.reported": "",
    "position.end.withdrawn": "",
    "position.end.": "",
    "position.force.true": ", in force",
    "position.force.false": "",
    "position.floated": "floated",
    "position.demanded": "demanded",
    "position.offered": "offered",
    "position.tabled": "tabled",
    "position.refused": "refused",
    "position.withdrawn": "withdrew",
    "position.accepted": "accepted",
    "positions.untouched": "[[Nobody has said anything about {untouched:names}.]]",
    "positions.agreed": "AGREED",
    "positions.agreements": "[[{agreements:moves}.]]",
    "positions.disagreed": "Nothing.",
    "positions.conditional": "{label:move} is agreed on conditions (since {since:date}): it is not fixed.",
    "positions.partial": "Not agreed yet: {label:move}; {agree:names} said yes, {missing:names} not.[[ {source:source}]]",
    "positions.taken_back": (
        "Gone back on: {label:move}, agreed on {since:date}; {by:name} took it back on {until:date}.[[ {source:source}]]"
    ),
    "positions.unanswered": "NOT ANSWERED",
    "positions.answered": "ANSWERED, and still standing",
    "positions.nothing": "Nothing that stands.",
    "positions.shifts": "HOW EACH SIDE MOVED",
    "positions.shift": (
        "{date:date} {party:name}, {issue:name}: {before.status:word position} {before.option:option issue} ({since:date}), then "
        "{after.status:word position} {after.option:option issue}: {move:word position.move}[[ {source:source}]]"
    ),
    "position.move.gives-further": "offers more",
    "position.move.gives-back": "takes back",
    "position.move.gives-same": "stays",
    "position.move.asks-further": "asks less",
    "position.move.asks-back": "asks more",
    "position.move.asks-same": "stays",
    "positions.unmoved": "Nobody has spoken twice on one issue.",
    "positions.outside": "NOT IN THE ROOM",
    "positions.outsider": "{party:name}, {issue:name}: {.:phrase positions.stand}",
    "positions.open": (
        "{issue:name}: {party:name} {status:word position} {option:option issue} ({since:date}[[ to {again:date}]]); no answer."
        "[[ {source:source}]]"
    ),
    "positions.reply": (
        "{issue:name}: {party:name} {status:word position} {option:option issue} ({since:date}[[ to {again:date}]]); "
        "{by:name} {reply.status:word position} {reply.option:option issue}[[ if {reply.conditions:moves}]] on {answer_date:date}"
        "{answer:word positions.reply}.[[ {answer_source:source}]]"
    ),
    "positions.reply.reopened": ", and it was repeated since",
    "positions.reply.floated": ", which is no answer yet",
    "positions.reply.met": ", which meets it; conditions may differ",
    "positions.reply.met in part": ", which meets a part",
    "positions.reply.countered": ", which asks for more",
    "positions.reply.refused": "",
    "positions.reply.accepted": "",
}
