"""What is known: holdings, declarations, data exchanges, inspections."""

from __future__ import annotations

_POOL = "Linear pool of {estimates} estimates as PERT distributions of equal weight"
_TEST = "chi-square {chi_square:number} with {degrees:plural degree|degrees} of freedom, p = {chance:number2}"

MESSAGES = {
    "inventory.none": "The case makes no claim about what anybody holds.",
    "inventory.holding": "{party:name}: {category:text} ({unit:text})",
    "inventory.claims": (
        "[[Declared {declared:number4}. ]]Estimated {estimated[0]:number4} to {estimated[2]:number4}, central "
        "{estimated[1]:number4}[[; verified {verified:number4}]]; {claims:plural claim|claims}"
    ),
    "inventory.claims.unestimated": (
        "[[Declared {declared:number4}. ]]Not estimated[[; verified {verified:number4}]]; {claims:plural claim|claims}"
    ),
    "inventory.without": "Moved most by {claimant:text}: central {middle:number4} without it",
    "inventory.claim": "Claims",
    "inventory.claim.claimant": "Who says so",
    "inventory.claim.kind": "Kind",
    "claim.kind.declared": "declared",
    "claim.kind.estimated": "estimated",
    "claim.kind.verified": "verified",
    "inventory.claim.as_of": "As of",
    "inventory.claim.low": "Low",
    "inventory.claim.central": "Central",
    "inventory.claim.high": "High",
    "inventory.claim.unit": "Unit",
    "inventory.claim.used": "Used",
    "inventory.claim.source": "Source",
    "inventory.claim.status": "Status",
    "inventory.left_out": "Leaving one claimant out",
    "inventory.left_out.claimant": "Claimant",
    "inventory.left_out.middle": "Middle without it",
    "inventory.left_out.shift": "Shift",
    "inventory.shares": "SHARES IN UNITS",
    "inventory.share": (
        "{issue:name}: {option:text}, {share:percent} of {category:text}: {low:number4} to {high:number4} {unit:text}, central "
        "{middle:number4}"
    ),
    "inventory.not_in_units": "Not in units, {issue:name}: {why:reason}",
    "inventory.apart": "{parties:names} each hold some, and it is not said whose share moves.",
    "inventory.unclaimed": "nobody claims how much of {category:text} its giver has.",
    "inventory.unestimated": "nobody estimates the {category:text} of {party:name}.",
    "holdings.one": "One estimate, as a PERT distribution.",
    "holdings.pool.certain": f"{_POOL}, because one of them allows no doubt, so that no chi-square exists.",
    "holdings.pool.disagree": f"{_POOL}, because they disagree ({_TEST}).",
    "holdings.mean": f"Inverse-variance mean of {{estimates}} estimates, which agree ({_TEST}).",
    "holdings.width.others": "A single number was given {spread:whole} either way (the median of the others).",
    "holdings.width.assumed": "A single number was given {spread:whole} either way (an assumption).",
    "holdings.not_carried": "Not carried forward, because no claim states a rate.",
    "holdings.carried": "Carried forward to {as_of:date} at {low:number} {unit:text}.",
    "holdings.carried.range": "Carried forward to {as_of:date} at {low:number} to {high:number} {unit:text}.",
    "holdings.unused.unaccounted": "{claims} not used: unaccounted for is not held.",
    "holdings.unused.late": "{claims} not used: later than the case's date.",
    "holdings.unused.unit": "{claims} not used: in {what:text}.",
    "holdings.unused.bound": "{claims} not used: a bound alone, or no number.",
    "holdings.unused.thing": "{claims} not used: of {what:text}, another thing.",
    "holdings.unused.whole": "{claims} not used: of the whole, another thing.",
    "holdings.unused.repeated": "{claims} not used: the claimant has a later one, or the figure is repeated.",
    "holdings.unused.declared.unit": "{claims} declared, but not used: in {what:text}, where others count {unit:text}.",
    "holdings.unused.verified.unit": "{claims} verified, but not used: in {what:text}, where others count {unit:text}.",
    "holdings.unused.unverified": "{claims} used, though marked unverified.",
    "holdings.nothing.kinds": "Nothing fused: the claims are {kinds:words claim.kind and}, and there is no estimate.",
    "holdings.nothing.unit": ("Nothing fused: no estimate in {unit:text} has a central value or both bounds by the case's date."),
    "declaration.prior": "BEFORE THIS DECLARATION",
    "declaration.before": "Complete with {low:fine} to {high:fine}, central {central:fine}.",
    "declaration.history": ("{complete} of {decided} decided arms declarations were complete, as known on {as_of:date}."),
    "declaration.stated": "Stated by the case: {text:text}",
    "declaration.assumed": "Complete is not correct: more may be declared than is there.",
    "declaration.supposed": (
        "Nothing was declared in the year before the case's date where it says “supposed”: the middle of the estimates stands "
        "in. Complete is not correct: more may be declared than is there."
    ),
    "declaration.category": "{party:name}: {category:text}, {declared:number4} {unit:text} declared",
    "declaration.category.supposed": "{party:name}: {category:text}, {declared:number4} {unit:text} supposed",
    "declaration.estimated": ("[[Estimated {estimated[0]:number4} to {estimated[2]:number4}, central {estimated[1]:number4}.]]"),
    "declaration.verified_amount": "[[Verified {verified:number4}.]]",
    "declaration.complete": (
        "[[Complete with {complete:fine} ({complete_range[0]:fine} to {complete_range[1]:fine} with the prior).]]"
    ),
    "declaration.left_out": (
        "[[Left out, with 50, 80, 95 %, at most {undeclared[p50]:number4}, {undeclared[p80]:number4}, "
        "{undeclared[p95]:number4}.]]"
    ),
    "declaration.if_incomplete": (
        "[[If anything is left out: at most {if_incomplete[p50]:number4}, {if_incomplete[p80]:number4}, "
        "{if_incomplete[p95]:number4}.]]"
    ),
    "declaration.verified": ("{verified:number4} were verified: unless it shrank since, the declaration is not complete."),
    "declaration.denial": (
        "Nothing is declared, which is a denial and not a question of how much; only the base rate speaks. {basis:reason}"
    ),
    "declaration.no_estimate": "No estimate to compare with; only the base rate speaks. {basis:reason}",
    "declaration.far": "It lies so far from every estimate that they say nothing; either they or it must be wrong.",
    "declaration.below": "Less is declared than any estimate allows: complete only if they all miss.",
    "declaration.above": "More is declared than any estimate allows: overstated, or they all miss.",
    "declaration.amounts": "If so much were declared",
    "declaration.amounts.amount": "Declared",
    "declaration.amounts.complete": "Complete",
    "declaration.misses": "If the estimates miss altogether with another chance than 10 %",
    "declaration.misses.miss": "Chance",
    "declaration.misses.complete": "Complete",
    "declaration.visits": (
        "Visits to what is declared test whether it is right. Other visits look for what is left out; if they find nothing, "
        "completeness becomes more likely, and never more than the places can tell."
    ),
    "declaration.search": (
        "If visits to {of:text} find nothing: complete with {points[0].complete:fine} before them, {after.complete:fine} after "
        "the {planned} planned ({after.complete_range[0]:fine} to {after.complete_range[1]:fine} with prior and reach), "
        "{points[-1].complete:fine} after all {places}."
    ),
    "declaration.search.source": (
        "{hidden} of the places hide some; a visit sees that with {power:whole}[[: {why:text}]] {source:source}"
    ),
    "declaration.inspection": (
        "An inspection of {drawn} of {items} {of:text} finds {significant:plural wrong one|wrong ones} with {detection:fine}: it "
        "tests what is declared."
    ),
    "declaration.together": "TOGETHER",
    "declaration.all": (
        "All of it complete: between {all_complete[0]:fine} and {all_complete[1]:fine}, depending on how they hang together."
    ),
    "declaration.balances": "ONE CATEGORY AGAINST ANOTHER",
    "declaration.balance": (
        "{of:text} from {inputs:pairs word balance.input}: enough for {possible[0]:number4} to {possible[2]:number4}, central "
        "{possible[1]:number4}; {declared:number4} declared: {verdict:text}[[; {why:reason}]] {source:source}"
    ),
    "declaration.uncompared": "{of:text} from {inputs:pairs word balance.input}: {verdict:text}, because {why:reason}",
    "balance.input.declared": "(declared)",
    "balance.input.estimated": "(estimated)",
    "balance.input.unknown": "(unknown)",
    "balance.undeclared": "{of:text} is not declared.",
    "balance.unknown": "nobody says how much there is of {categories:texts}.",
    "balance.stated": "{text:text}",
    "declaration.room": "What could have been made is not held: room asks a question, it is no finding.",
    "declaration.unnamed": "Not named in it, though estimated: {undeclared_categories:texts}.",
    "declaration.past": "What became of earlier declarations; counts what is decided, not what is from memory",
    "declaration.past.declaration": "Declaration",
    "declaration.past.item": "Item",
    "declaration.past.declared": "Declared",
    "declaration.past.found": "What turned up",
    "declaration.past.outcome": "Outcome",
    "declaration.past.status": "Status",
    "declaration.past.source": "Source",
    "changes.head": "WHAT CHANGED",
    "changes.new": "New: {new:count}",
    "changes.gone": "Gone: {gone:count}",
    "changes.moved": "Moved: {moved:count}",
    "changes.converted": "Converted: {converted:count}",
    "changes.restated": "Other status: {restated:count}",
    "changes.recounted": "Other count: {recounted:count}",
    "changes.thing": "{id:text} ({type:text})",
    "changes.change": "{id:text} ([[{before:text}]] → [[{after:text}]])",
    "changes.more": "Further ones",
    "changes.same": "The same: {same}",
    "changes.counts": "HOW MANY, before and after",
    "changes.counts.what": "",
    "changes.counts.before": "Before",
    "changes.counts.after": "After",
    "changes.limit.met": "Limit of {limit:number4} on {what:text}: kept ({before:number4} → {after:number4})",
    "changes.limit.exceeded": (
        "Limit of {limit:number4} on {what:text}: EXCEEDED by {over:number4} ({before:number4} → {after:number4})"
    ),
    "inspect.sizes": "HOW MANY OF {items}, so that {defects:plural wrong one|wrong ones} would show with {detect:percent}",
    "inspect.exact": "Exact {exact}; by the IAEA's formula {iaea}.",
    "inspect.power": "With a method that recognises a wrong item with {power:percent}: {imperfect}.",
    "inspect.unreachable": (
        "With a method that recognises a wrong item with {power:percent}: {imperfect:text}; even all find them only so often."
    ),
    "inspect.finds": "Looking at {looked_at} finds {defects:plural wrong one|wrong ones} with {detection:fine}.",
    "inspect.curve": "Chance that at least one is recognised, by how many are wrong",
    "inspect.curve.defects": "Wrong",
    "inspect.curve.detected": "Recognised",
    "inspect.curve.passes": "Passes",
    "inspect.left": "AFTER {found} WRONG AMONG {drawn} OF {items}",
    "inspect.rest": (
        "Nothing is left: {none:fine}. Left on average: {mean:number}; 50 % at most {at_most[p50]}, 95 % at most {at_most[p95]}."
    ),
    "inspect.prior": "Before the result every number of wrong items was held equally likely; that is an assumption.",
    "inspect.game": "WHEN TO INSPECT: {inspections:plural inspection|inspections} in {periods:plural period|periods}",
    "inspect.now": "Inspect in the first period with probability {inspect_now:number}, by lot; value {value:number}.",
    "inspect.violate": "The inspected side's best answer: act now with probability {violate_now:number}.",
    "inspect.value": "The value is 1 for an act that is caught, −1 for one that is missed, 0 for none; inspections are seen.",
    "inspect.stated": "Inspections that the case states",
    "inspect.stated.lead": (
        "A sample finds at least one of the wrong items that matter with the chance stated, if items are drawn at random."
    ),
    "inspect.stated.none": "No issue of the case states how it is inspected.",
    "inspect.stated.issue": "Issue",
    "inspect.stated.options": "Options",
    "inspect.stated.of": "What",
    "inspect.stated.drawn": "Looked at",
    "inspect.stated.significant": "That matter",
    "inspect.stated.detection": "Recognised with",
    "inspect.stated.within": "{check.days:plural day|days}",
    "inspect.stated.days": "Within",
    "inspect.stated.why": "Why",
    "inspect.kind.judgement": "judgement",
    "inspect.kind.fact": "fact",
    "inspect.stated.source": "Source",
    "visits.mean": "MOST DETECTION WHERE IT MATTERS MOST",
    "visits.least": "MOST DETECTION WHERE IT IS WEAKEST",
    "visits.spread": (
        "Costs {cost:number4} of {/budget:number4}; weighted mean {mean:fine}, least {least:fine}, within each time."
    ),
    "visits.site": (
        "{site:name}, {category:text} ({manner:text}, weight {weight:number}): {visits:plural visit|visits}, found in time with "
        "{detection:fine}"
    ),
    "visits.no_option": "Left out: {issue:name}: its inspection holds for no option.",
    "visits.worthless": "Left out: {issue:name}: it is worth nothing to whom the analysis serves, or nobody says what.",
    "visits.no_suspicion": "Left out: {issue:name}: a challenge without the probability of a suspicion.",
    "visits.nothing": "Left out: {issue:name}: a visit looks at nothing.",
    "visits.dear": "Left out: {site:name}, {category:text}: one visit costs {cost:number}, more than the budget.",
    "balance.head": "UNACCOUNTED FOR: {muf:number}",
    "balance.sum": "{beginning:number} at first, {received:number} in, {shipped:number} out, {ending:number} now.",
    "balance.alarm": "ALARM: errors of measurement alone pass {threshold:number} with {false_alarm:percent}.",
    "balance.quiet": "No alarm: errors of measurement alone pass {threshold:number} with {false_alarm:percent}.",
    "balance.detection": "[[A loss of {amount:number} would raise the alarm with {detection:percent}.]]",
    "balance.held": "What is unaccounted for is not therefore held by anybody.",
    "overlap.head": "BEHIND TWO LISTS: {total:number} IN ALL, if they are independent",
    "overlap.lists": "{first} on the first list, {second} on the second, {both} on both.",
    "overlap.total": "Chapman's estimate; it says how many there are, not where.",
    "overlap.dependent": "If the lists depend on each other",
    "overlap.dependent.odds": "Odds times",
    "overlap.dependent.unlisted": "On neither",
    "overlap.dependent.total": "In all",
    "overlap.concealed": (
        "Odds times: by how much a thing on the one list is likelier to stand on the other. Who conceals the same things from "
        "both makes it large, and the first number too low."
    ),
}
