"""What gates find, and what would open them; which set of swaps was searched."""

from __future__ import annotations

_ANSWERS = (
    "[[ At least as good as the own offer of today: {own:names}.]]"
    "[[ By chance alone, where the values say no: {slipping:names}.]]"
    "[[ So sure only because what no deal is worth is stated without a range: {certain:names}.]]"
)

MESSAGES = {
    "gate.accept": "All accept",
    "gate.ratify": "Homes ratify too",
    "gate.trust": "Trust carries it",
    "gate.prerequisites": "Prerequisites",
    "gate.time": "Done in time",
    "gate.state.open": "open",
    "gate.state.closed": "closed",
    "gate.state.near": "too near to tell",
    "gate.state.untested": "not tested",
    "gate.score.met": "met",
    "gate.score.unmet": "not met",
    "gate.score.orderless": "no order carries it",
    "gate.score.untested": "not tested",
    "gate.score.trust": (
        "needs {trust_needed[party]:percent_apart trust[party]}, has {trust[party]:percent_apart trust_needed[party]}"
    ),
    "gate.score.windows": "not with its windows",
    "gate.score.days": "{score:integer}\N{NO-BREAK SPACE}days, there are {needed:integer}",
    "gate.score.load": "load {score:number_beside needed}, at most {needed:number2}",
    "gate.score.share": "{score:beside needed}, needs {needed:percent}",
    "gate.score.number": "{score:number_beside needed}, needs {needed:number2}",
    "gate.line.open": "{name:word gate}: open. {why:reason}",
    "gate.line.closed": "{name:word gate}: CLOSED. {why:reason}[[ Blocked by {who:names}.]]",
    "gate.line.untested": "{name:word gate}: {why:reason}",
    "gate.accept.why": (
        f"All accept in {{score:beside needed}} of draws, {{needed:percent}} needed: {{chances:each whole}}.{_ANSWERS}"
    ),
    "gate.accept.near": (
        "All accept in {score:beside needed} of {draws:count} draws, which does not tell it apart from the {needed:percent} "
        f"needed: {{chances:each whole}}.{_ANSWERS}"
    ),
    "gate.ratify.near": (
        "All accept and ratify in {score:beside needed} of {draws:count} draws, which does not tell it apart from the "
        "{needed:percent} needed. Each home ratifies: {chances:each whole}."
    ),
    "gate.ratify.untested": "Not tested: the case has no back table.",
    "gate.ratify.why": (
        "All accept and ratify in {score:beside needed} of draws, {needed:percent} needed. Each home ratifies: "
        "{chances:each whole}."
    ),
    "gate.trust.untested": "Not tested: the case does not say how far {parties:names} trust those whose moves they wait for.",
    "gate.trust.still": "Nothing moves, so nobody is exposed.",
    "gate.trust.free": (
        "In this order nobody is ever exposed, so that no trust is needed (load {load:number2}{exact:word gate.trust.exact})."
        "[[ {unseen:reason}]]"
    ),
    "gate.trust.hopeless": (
        "{party:name} is exposed by up to {exposure:number} points and gains nothing from the whole: no trust carries that."
        "[[ {unseen:reason}]]"
    ),
    "gate.trust.unbelieving": (
        "{party:name} believes nobody and is exposed (load {load:number2}{exact:word gate.trust.exact}).[[ {unseen:reason}]]"
    ),
    "gate.trust.strained": (
        "Where it is strained most, {party:name} must believe with {needed:probability} that {other:name} performs what remains, "
        "and believes it with {believed:probability} (load {load:number2}[[; an order that needs least trust {least:number2}]]"
        "{exact:word gate.trust.exact}). {other:name} is serious "
        "with {serious:probability}, and a pretender would perform with {pretender:probability}[[{stop:reason}]]."
        "[[ {unseen:reason}]]"
    ),
    "gate.trust.more": ", because stopping there leaves it {points:number} points more than going on",
    "gate.trust.less": ", because stopping there leaves it {points:number} points less than going on",
    "gate.trust.exact.true": "",
    "gate.trust.exact.false": "; the best order found, not proven the best",
    "gate.trust.orderless": "No order was found that meets the prerequisites in at most {phases:plural phase|phases}.",
    "gate.trust.beyond": (
        "Every order that was found in at most {phases:plural phase|phases} exposes somebody beyond a limit. {over:reason}"
    ),
    "gate.trust.over": "{party:name} is exposed by {exposure:number} points and bears {limit:number}.",
    "gate.trust.over-least": "{party:name} is exposed by at least {exposure:number} points and bears {limit:number}.",
    "gate.trust.blind": (
        "What a pretender would pay is not stated: {beliefs:list}. It is taken to perform with {performs:probability} whatever "
        "it costs."
    ),
    "trust.of": "by {party:name} of {other:name}",
    "gate.trust.coarse": "Counted coarsely: {moves:list}.",
    "steps.coarse": "{move:move} in {lumps:plural lump|lumps} instead of {allowed:count}",
    "steps.uncounted": "{move:move} in one lump, because its amount is not known",
    "gate.prerequisites.open": "All prerequisites are in the package and nobody leaves its mandate.",
    "gate.prerequisites.closed": "{faults:reason}",
    "fault.mandate": "{move:move bare} is outside its giver's mandate (never).",
    "fault.expired": "{move:move} expired on {since:date}.",
    "fault.requires": "{move:move} requires {other:move}.",
    "fault.excludes": "{move:move} excludes {other:move}.",
    "gate.time.still": "Nothing moves, so nothing takes time.",
    "gate.time.untested": "Not tested: {why:reason}.",
    "time.unordered": "no order of its steps is allowed",
    "time.refused": "{problem:text}",
    "gate.time.proven": (
        "It takes {days:plural day|days} at least, even with everything at once, and there are {allowed:count} until {by:date}."
    ),
    "gate.time.carried": "The quickest order that trust carries ends on {ends:date}; all must be done by {by:date}.",
    "gate.time.kept": (
        "The quickest order that trust carries misses a date; one that keeps every date ends on {ends:date}; all must be done by "
        "{by:date}."
    ),
    "gate.time.free": "With everything at once, whatever trust bears, it ends on {ends:date}; all must be done by {by:date}.",
    "gate.time.strained": (
        "The quickest order of those that need least trust, though trust carries none, ends on {ends:date}; all must be done by "
        "{by:date}."
    ),
    "gate.time.late": (
        "The quickest order found that trust carries ends on {ends:date}, after {days:plural day|days}"
        "[[ (with everything at once it would take {fewest:count})]]; all must be done by {by:date}."
    ),
    "gate.time.late-strained": (
        "The quickest order found ends on {ends:date}, after {days:plural day|days}"
        "[[ (with everything at once it would take {fewest:count})]]; all must be done by {by:date}."
    ),
    "gate.time.windows": "No order was found that keeps the windows, expiries and capacities, with all done by {by:date}.",
    "change": "{gate:word gate}: {what:reason}; then {effect:reason}",
    "change.option": "{after:move} instead of {before:option}",
    "change.value": "the whole worth {after:each} in own points, today {before:each}",
    "change.laws": "{laws:names} lifted for certain, today in {before:percent} of draws",
    "change.seat": "{seat:name} is {after:number} points more in favour",
    "change.seats": "{seats:names} all in favour, today against it",
    "change.votes": "the votes of {party:name} together in favour, today against it",
    "change.exposure": "exposure borne up to {after:each} in own points, today {before:each}",
    "change.phases": "more phases than the {before:count} that the horizon allows",
    "change.gain": "the whole bringing {after:each} in own points, today {before:each}",
    "change.belief": "belief that the other is serious {beliefs:list}",
    "change.belief.of": "of {party:name} in {other:name} from {before:apart after} to {after:apart before}",
    "change.doubt": "belief of {party:name} that others are serious from {before:apart after} to {after:apart before}",
    "change.reservation": (
        "reservation value of {party:name} from {before:apart after} to {after:apart before}{inside:word change.inside}"
    ),
    "change.aspiration": (
        "what {party:name} holds out for from {before:apart after} to {after:apart before}{inside:word change.inside}"
    ),
    "change.inside.true": " (inside its stated range)",
    "change.inside.false": "",
    "change.mandate": "{move:move bare} within its giver's mandate",
    "change.expired": "{move:move}, which expired on {before:date}, on offer again",
    "change.requires": "{after:move} or further instead of {before:option}",
    "change.excludes": "an option that is not excluded instead of {before:move}",
    "change.windows": "windows, expiries and capacities eased",
    "change.horizon": "the day by which all must be done from {before:date} to {after:date}",
    "effect.accept": "all accept in {chance:whole} of draws",
    "effect.ratify": "all accept and ratify in {chance:whole} of draws",
    "effect.falls": "acceptance and ratification fall to {needed:percent}",
    "effect.waived": "the law no longer forbids it",
    "effect.carries": "{party:name} carries it in {chance:whole} of draws",
    "effect.carries all": "{party:name} carries it; none of them suffices alone",
    "effect.carries lawless": "with the law lifted, {party:name} carries it in {chance:whole} of draws",
    "effect.carries rest": "{party:name} carries the rest in {chance:whole} of draws",
    "effect.not enough": "that is not enough by itself",
    "effect.none": "no single change carries it",
    "effect.order": "an order can meet all prerequisites",
    "effect.order next": "an order exists; its load is tested next",
    "effect.carried": "today's trust carries it",
    "effect.not carried": "today's trust no longer carries it",
    "effect.free": "this stands no longer in its way",
    "effect.required": "{move:move} has what it requires",
    "effect.windows": "`summitry plan` tells the least change",
    "effect.done": "the quickest order that trust carries is done",
    "effect.done strained": "the quickest order found, which trust does not carry, is done",
    "search.scope": "{start:reason}; and {larger:count} larger ones, found by climbing from the likeliest",
    "search.around": "what differs from it in one or two options",
    "search.swaps.free": (
        "all swaps that ask for at most two moves and give at most {most:count}"
        "[[, and {named:plural named package|named packages}]]: {packages:count}"
    ),
    "search.swaps.around": (
        "all swaps that ask for the deliverable, its prerequisites and at most one more move and give at most {most:count}"
        "[[, and {named:plural named package|named packages}]]: {packages:count}"
    ),
    "search.every": "all {packages:count} packages that may be formed and move something",
}
