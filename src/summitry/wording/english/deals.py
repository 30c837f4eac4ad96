"""What is possible, and what it costs."""

from __future__ import annotations

MESSAGES = {
    "price.head": "PRICE of {deliverable:move}",
    "price.state.not for sale": "not for sale",
    "price.state.too dear": "too dear",
    "price.state.buyable": "buyable",
    "price.state.free": "free",
    "price.state.not found": "not found",
    "price.unbought": (
        "{state:word price.state}: even all giveaways together reach {probability:whole} acceptance where {at:percent} is asked "
        "for."
    ),
    "price.unfound": (
        "{state:word price.state}: the search stopped; the best found reaches {probability:whole} acceptance where {at:percent} "
        "is asked for."
    ),
    "price.allies": "No such package is accepted by all allies as often as they must.",
    "price.floor": "[[No package that costs less than {floor:number} points buys it.]]",
    "price.cost": (
        "{state:word price.state}: {price:number} of {payer:name}'s points"
        "[[ ({price_range[0]:number} to {price_range[1]:number} over seeds)]] at {at:percent} acceptance; worth "
        "{worth_alone:number}."
    ),
    "price.paid": "[[Paid with: {package:moves}.]]",
    "price.unpaid": "Paid with: nothing.",
    "price.near": (
        "[[A cheaper package is just short of that, and other draws may accept it, in {near.chance:beside at}: "
        "{near.saved:number} points less; sampling error {near.error:percent}: {near.package:moves}.]]"
    ),
    "price.joint": "[[A price asks no home: all accept and every home ratifies this in {joint:whole} of draws.]]",
    "price.brings": "[[It brings with it: {brings:moves}.]]",
    "price.worth": "In {at:percent} of draws it is worth at least {worth_sure:number}.",
    "price.opportunity": "[[Against the best small swap without it: {worth_opportunity:signed}.]]",
    "price.nothing": "[[Buying their acceptance of nothing at all costs {price_of_nothing:number}.]]",
    "price.proven": "Every cheaper package was tested.",
    "price.unproven": "The search stopped before every cheaper package was tested.",
    "price.unlocks": "WHAT IT UNLOCKS, with what each party gains or loses by it in its own points",
    "price.unlocks.none": "Nothing: no option of the case requires it.",
    "price.unlocked": (
        "{issue:name}: {option:text} ({givers:names})[[ after {after:moves}]][[, if {also:moves} is met too]]: "
        "{worth:each signed}."
    ),
}
