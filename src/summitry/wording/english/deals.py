"""What is possible, and what it costs."""

from __future__ import annotations

MESSAGES = {
    "package.asked": "the package asked for",
    "package.best": "where to start",
    "package.nearest": "the nearest miss",
    "package.untold": "a swap of which the draws do not tell whether it passes",
    "package.solution": "the {word:text} solution",
    "price.offered": (
        "It is on the table already, without a condition: what is paid here buys only that {giver:name} takes part in a deal at "
        "all."
    ),
    "price.head": "PRICE of {deliverable:move}",
    "price.state.not for sale": "Not for sale",
    "price.state.too dear": "Too dear",
    "price.state.buyable": "Buyable",
    "price.state.free": "Free",
    "price.state.not found": "Not found",
    "price.unbought": (
        "{state:word price.state}: even all giveaways of all parties together reach {probability:whole} acceptance where "
        "{at:percent} is asked for."
    ),
    "price.unfound": (
        "{state:word price.state}: the search stopped; the best found reaches {probability:whole} acceptance where {at:percent} "
        "is asked for."
    ),
    "price.allies": "No such package is accepted as often as it must be by all others who give something and all allies.",
    "price.floor": "[[Nothing that {payer:name} alone can give for less than {floor:number} points buys it.]]",
    "price.helped": (
        "Not for what {payer:name} alone can give: that reaches {alone_probability:whole} acceptance at most, and {at:percent} "
        "is asked for. With what others give too, listed here, the least willing accepts in {probability:whole}."
    ),
    "price.helped.unproven": (
        "Nothing was found that {payer:name} alone can give for it. With what others give too, listed here, the least willing "
        "accepts in {probability:whole}."
    ),
    "price.cost": (
        "{state:word price.state}: {price:number} of {payer:name}'s points"
        "[[ ({price_range[0]:number} to {price_range[1]:number} over seeds)]] at {at:percent} acceptance; worth "
        "{worth_alone:number}."
    ),
    "price.cost.steady": (
        "{state:word price.state}: {price:number} of {payer:name}'s points, with every seed, at {at:percent} acceptance; worth "
        "{worth_alone:number}."
    ),
    "price.paid": "[[Paid with: {package:moves}.]]",
    "price.unpaid": "Paid with: nothing.",
    "price.payers": "Who pays, what that costs it in its own points with what comes along, and how often it accepts the whole:",
    "price.payer": "{party:name} gives {gives:moves}: {cost:number}, accepts in {accepts:whole}.",
    "price.near": (
        "[[A cheaper package is just short of that, and other draws may accept it, in {near.chance:beside at}: "
        "{near.saved:number} points less; sampling error {near.error:percent}: {near.package:moves}.]]"
    ),
    "price.joint": "[[A price asks no home: all accept and every home ratifies this in {joint:whole} of draws.]]",
    "price.brings": "[[It brings with it: {brings:moves}.]]",
    "price.worth": "In {at:percent} of draws it is worth at least {worth_sure:number}.",
    "price.opportunity": "[[Against the best small swap without it: {worth_opportunity:signed}.]]",
    "price.nothing": "[[Buying the acceptance of nothing at all costs {price_of_nothing:number}.]]",
    "price.proven": "Every cheaper package was tested.",
    "price.proven.helped": (
        "Every package with fewer moves of others was tested, and of those with as many every one that {payer:name} prefers."
    ),
    "price.unproven": "The search stopped before every cheaper package was tested.",
    "price.unlocks": "WHAT IT UNLOCKS, with what each party gains or loses by it in its own points",
    "price.unlocks.none": "Nothing: no option of the case requires it.",
    "price.unlocked": (
        "{issue:name}: {option:option issue marked} ({givers:names})[[ after {after:moves}]][[, if {also:moves} is met too]]: "
        "{worth:each signed}."
    ),
    "solution.nash": "Nash",
    "solution.kalai_smorodinsky": "Kalai-Smorodinsky",
    "solution.raiffa": "Raiffa",
    "solution.egalitarian": "egalitarian",
    "solution.utilitarian": "utilitarian",
    "frontier.head": "WHAT IS POSSIBLE",
    "frontier.note": "{.:text}",
    "frontier.size": "{points:plural efficient point|efficient points} of {packages:plural package|packages}.",
    "frontier.zone": (
        "{points:plural efficient point|efficient points} of {packages:plural package|packages} in the zone of possible "
        "agreement, where every party has its reservation value."
    ),
    "frontier.exact": "The frontier is exact.",
    "frontier.bounded": "The frontier is within {epsilon:number2} of each party's span.",
    "frontier.progress": "{points} efficient packages, {zones} zones open, within {epsilon:.1%} of each party's span ...",
    "frontier.incomparable": "Points of two parties are not compared.",
    "frontier.apart": (
        "No package gives every party its reservation value, and no lottery over packages does: there is no zone of possible "
        "agreement."
    ),
    "frontier.mixed": (
        "No package gives every party its reservation value, but a lottery over packages does: ask for lotteries to see which."
    ),
    "frontier.short": (
        "While all others have theirs, {party:name} has {.:number} at most, and takes no less than {/reservation[party]:number}."
    ),
    "frontier.solution": "{name:word solution}: {values:each number4}",
    "frontier.tied": "{name:word solution}: {values:each number4} ({ties} packages tie)",
    "frontier.package": "{package:moves}",
    "frontier.lottery": "{name:word solution} over lotteries: {values:each number4} expected",
    "frontier.share": "{share:fine}: {package:moves}",
    "frontier.reservation": "The least that each party takes: {reservation:each number}.",
    "frontier.points": "Efficient packages",
    "frontier.points.package": "Package",
    "frontier.points.count": "Packages of these values",
    "frontier.party": "{party:name}",
    "frontier.values": "Values",
    "frontier.solutions": "Bargaining solutions",
    "frontier.solutions.name": "Solution",
    "frontier.solutions.ties": "Tied packages",
    "frontier.solutions.share": "Share of draws",
    "ask.title": "the best ask",
    "ask.head": "ASK FOR",
    "ask.nothing": "Nothing: no ask has an expected gain above zero for {principal:name}.",
    "ask.gain": (
        "Expected gain {best.expected:number} of {principal:name}'s points over its reservation value (sampling error "
        "{best.error:number2}): it comes off in {best.probability:whole} of draws and then brings {best.gain:number} on average."
    ),
    "ask.regret": (
        "Knowing everything beforehand would bring {perfect:number}: regret {regret:number}. In {no_ask_share:whole} of draws no "
        "ask pays."
    ),
    "ask.theirs": "WHAT TO FIND OUT ABOUT {others:names} FIRST",
    "ask.start": (
        "[[The best ask under the gates, START HERE of `summitry rung`, is another one; as changes of this ask: "
        "{start.differs:moves}. Its expected gain is {start.expected:number}.]]"
    ),
    "ask.start.none": "No ask passes all gates today; `summitry rung` shows what comes nearest.",
    "ask.ours": "WHAT TO SETTLE AMONG OURSELVES FIRST",
    "ask.question": (
        "{number}. To know it is worth {worth:number2} points: the best ask brings {low:number2} if it is low, {high:number2} if "
        "it is high."
    ),
    "ask.question.law": (
        "{number}. To know it is worth {worth:number2} points: the best ask brings {low:number2} if the law stands, "
        "{high:number2} if it is waived."
    ),
    "ask.counts": (
        "In all, {worthwhile:plural number is|numbers are} worth knowing; {worthless:plural number is|numbers are} worth nothing "
        "that the draws can show."
    ),
    "ask.questions": "What single numbers are worth knowing",
    "ask.questions.number": "Number",
    "ask.questions.worth": "Worth",
    "ask.questions.error": "Sampling error",
    "ask.questions.switches": "Draws in which another ask is made",
    "ask.questions.low": "The best ask where it is low",
    "ask.questions.high": "Where it is high",
    "number.value": "{who:name}: its value of {about:names}",
    "number.together": "{who:name}: its value of {about:names} together",
    "number.reservation": "{who:name}: its reservation value",
    "number.aspiration": "{who:name}: what it holds out for",
    "number.home": "{who:name}: its threshold",
    "number.stance": "{who:name}: its stance on {about:names}",
    "number.law": "{who:name}: whether it waives {about:names}",
    "ask.leaders": "OFTEN THE BEST IN HINDSIGHT, as changes of the best ask",
    "ask.leader": "{share:percent} of draws, expected gain {expected:number}: {differs:moves}",
    "ask.itself": "{share:percent} of draws, expected gain {expected:number}: the best ask itself",
    "ask.unlisted": "{unlisted} more are the best in some draw, together in {unlisted_share:whole}.",
    "ask.scope": "Looked at {candidates}; {contenders} of them in every draw.",
    "ask.searched": "{first}[[; and {more} more, found by climbing from the best]]",
    "ask.searched.every": "all {packages:plural package|packages} that may be formed",
    "ask.searched.exact": "{small}; and the {efficient} efficient packages that every party accepts by its means",
    "ask.searched.grid": "{small}; and the {efficient} efficient packages of a grid that every party accepts by its means",
    "counter.head": "FOR {giveaway:move}",
    "counter.brings": "[[It brings with it: {brings:moves}.]]",
    "counter.cost": (
        "It costs {payer:name} {cost:number}; with nothing asked, {givers:names} would accept it in {probability_alone:whole}."
    ),
    "counter.never": "A mandate forbids it.",
    "counter.refused": (
        "No package with it is accepted by all who must, whatever else anybody gives. With nothing asked and nothing added:"
    ),
    "counter.refused.all": "No package with it is allowed and accepted as often as it must be, whatever else anybody gives.",
    "counter.unsearched": "The search stopped before it found a package that is accepted by all who must. With nothing asked:",
    "counter.unsearched.all": "The search stopped before it found a package that is allowed and accepted as often as it must be.",
    "counter.short": "{party:name} accepts in {accepts:beside needed}, {needed:percent} needed.",
    "counter.most": "[[No answer worth more than {most:number} is accepted for this alone.]]",
    "counter.helped": "With this alone no package is accepted; with something given beside it, one is.",
    "counter.ask.each": "Ask for:",
    "counter.gift": "{party:name} gives {gives:moves}.",
    "counter.also": "[[Beside it {also:moves} must be given too, which costs {payer:name} {also_cost:number}.]]",
    "counter.ask": "Ask for: {answer:moves}.",
    "counter.nothing": "Ask for: nothing; no answer is accepted that is worth more.",
    "counter.worth": (
        "Worth {worth:number} of {payer:name}'s points, net {net:signed}, accepted in {probability:whole} ({at:percent} asked "
        "for). Every answer that is worth more was tested."
    ),
    "counter.worth.helped": (
        "Worth {worth:number} of {payer:name}'s points, net {net:signed}, accepted in {probability:whole} ({at:percent} asked "
        "for). No package with fewer moves beside the giveaway is accepted."
    ),
    "counter.unbought": "No giveaways buy this answer from the status quo.",
    "counter.unfound": "No giveaways were found that buy this answer from the status quo.",
    "counter.cheapest": "The cheapest way to the same answer costs {cheapest:number}: {cheapest_package:moves}.",
    "counter.free": "The cheapest way to the same answer costs {cheapest:number}: nothing.",
    "rate.head": "HOW MANY OF ({a:move}) FOR ONE ({b:move})",
    "rate.brings_a": "[[{a:move} is valued with its prerequisites: {brings_a:moves}.]]",
    "rate.brings_b": "[[{b:move} is valued with its prerequisites: {brings_b:moves}.]]",
    "rate.presupposes": "[[Taken as given: {presupposes:moves}.]]",
    "rate.undefined": "There is no rate: {chit:move} costs {giver:name} something in only {.:whole} of draws.",
    "rate.ask": "[[{giver_b:name} asks {ask[1]:number} (20 to 80 %: {ask[0]:number} to {ask[2]:number}).]]",
    "rate.bid": "[[{giver_a:name} bids {bid[1]:number} (20 to 80 %: {bid[0]:number} to {bid[2]:number}).]]",
    "rate.chance": "[[A rate suits both in {chance:whole} of draws.]]",
    "improve.head": "THE DEAL",
    "improve.deal": "{deal:moves}",
    "improve.unmoved": "Nothing moves.",
    "improve.values": "Worth by means: {values:each number}.",
    "improve.accept": "[[Accept: {accept:each whole}.]]",
    "improve.below": "[[Below its reservation value by means, so that no deal serves it better: {below:names}.]]",
    "improve.better": "WHAT NOBODY MINDS AND SOMEBODY PREFERS",
    "improve.change": "{changed:changes} ({gains:each signed2})",
    "improve.efficient": "{changed:changes} ({gains:each signed2}; efficient)",
    "improve.nothing": "Nothing: the deal is efficient.",
    "improve.unfound": "Nothing was found.",
    "improve.unlisted": "{unlisted} more, with at least as many changes for what they bring.",
    "improve.scope": "Looked at {searched}.",
    "improve.searched.exact": ("every package that differs in at most {changes:plural issue|issues}, and every efficient one"),
    "improve.searched.grid": (
        "every package that differs in at most {changes:plural issue|issues}, and the efficient ones of a grid "
        "({epsilon:number2} of each party's span)"
    ),
    "improve.table": "Improvements",
    "improve.table.changed": "Changes",
    "improve.table.gains": "Gains",
    "improve.table.efficient": "Efficient",
    "sensitivity.fresh": "fresh draws",
    "divide.head": "EACH GETS {of_own:percent} OF ITS OWN POINTS",
    "divide.values": "{first:number} points for the first party, {second:number} for the second.",
    "divide.parts": "Who wins what",
    "divide.parts.issue": "Issue",
    "divide.parts.first": "First",
    "divide.parts.second": "Second",
    "divide.parts.share": "First wins",
    "divide.split": "Split is only {split:text}.",
    "divide.whole": "No issue has to be split.",
    "divide.fair": (
        "Neither would rather have what the other gets, and no other division gives one more without giving the other less."
    ),
    "divide.open": (
        "This holds if points add up over issues and are honest: who knows the other's can gain by laying its own otherwise."
    ),
    "sensitivity.open": "others answer to an offer while talk goes on, not to this or nothing",
    "sensitivity.closing": "others answer to this or nothing, not to an offer while talk goes on",
    "sensitivity.no-deal": "others take whatever is better than no deal, and nobody slips",
    "sensitivity.slips": "each party slips by itself, not all in one talk",
    "sensitivity.correlation": "correlation of values {correlation:number} instead of {instead:number}",
}
