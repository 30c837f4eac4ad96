"""Who must be carried at home: back tables, mandates, coalitions."""

from __future__ import annotations

MESSAGES = {
    "home.head": "THE PACKAGE[[: {title}]]",
    "home.nothing": "Nothing moves.",
    "home.all": (
        "All homes ratify it in the same draw in {ratified:beside needed}, {needed:percent} needed; all parties accept and all "
        "homes ratify in {together:whole}."
    ),
    "home.fault": "As it stands it may not be formed. {fault:reason}",
    "home.silent": "[[No back table is given for {silent:names}: such a home counts as willing.]]",
    "home.party": "{party:name}",
    "home.ratified": "{party:name}: ratified in {probability:error error}",
    "home.about": (
        "Who must be carried at home. A home ratifies where the yes-votes reach the quota, no veto says no and no law stands in "
        "the way; all homes are counted in the same draws."
    ),
    "home.swap": "So often it ratifies the swap under START HERE; with the laws aside, in {votes:whole}.",
    "home.opinions": "What each constituency says:",
    "home.opinion": (
        "{seat:seat} {role:word home.role}[[ with {influence:percent} of the votes]][[, and sways {swayed:names}]]: yes in "
        "{yes:whole}; {margin[1]:signed2} points over its threshold ({margin[0]:signed2} to {margin[2]:signed2})"
    ),
    "home.opinion.against": (
        "{seat:seat} {role:word home.role}[[ with {influence:percent} of the votes]][[, and sways {swayed:names}]]: yes in "
        "{yes:whole} AGAINST; {margin[1]:signed2} points over its threshold ({margin[0]:signed2} to {margin[2]:signed2})"
    ),
    "home.role.vote": "votes",
    "home.role.veto": "has a veto",
    "home.role.voice": "has no vote",
    "home.law": "Law in the way of {moves:moves}: {name:text}; lifted in {chance:percent} {source:source}.",
    "home.law.unsourced": "Law in the way of {moves:moves}: {name:text}; lifted in {chance:percent}. No source is given.",
    "home.votes": "With the laws aside the votes carry it in {votes:whole}.",
    "home.changes": "What carries it:",
    "home.change": "{what:reason}: {effect:reason}",
    "home.benchmark": "Plain benchmark: weighted mean {mean:signed2}, weighted median {median:signed2}; below zero is no.",
    "home.benchmark.note": (
        "The plain benchmark reads all scales as one and knows no veto, law, quota or uncertainty. The challenge model is not "
        "used: it predicted decisions of the European Union worse than such a mean does."
    ),
    "home.carries": "{party:name} carries {count:count} of {/win_sets.packages:count}",
    "home.options": "Its own options, each given alone and for nothing",
    "home.options.option": "Option",
    "home.options.alone": "Ratified",
    "home.options.move": "{issue:name}: {option:option issue marked}[[, with {brings:moves}]][[ (shared with {shared:names})]]",
    "home.options.none": "It has no options of its own.",
    "home.most": "Furthest that it carries alone and for nothing, each by itself:",
    "home.most.none": "It carries none of its own options alone and for nothing.",
    "home.given": (
        "Most that it gives and still carries: {moves:moves} (worth {values[party]:number} to {party:name}; ratified: "
        "{ratified:each whole}; together {probability:whole})."
    ),
    "home.preferences": "Plain benchmark: where its votes want each issue",
    "home.preferences.issue": "Issue",
    "home.preferences.median": "Weighted median",
    "home.preferences.mean": "Mean of option numbers",
    "home.common.head": "WHAT ALL HOMES CARRY",
    "home.common": (
        "{common:plural package|packages}, in the same draw in at least {needed:percent}; {each:count} where each home is "
        "counted by itself. All parties also accept {accepted:count} of them that often."
    ),
    "home.common.none": (
        "Nothing in the set is carried by all homes in the same draw often enough: the win-sets have nothing in common."
    ),
    "home.best": (
        "Best for {party:name}: {moves:moves} (worth {values[party]:number} to {party:name}; ratified: {ratified:each whole}; "
        "together {probability:whole})."
    ),
    "home.scope": "Counted: {scope:reason}.",
    "mandate.head": "THE MANDATE OF {party:name}",
    "mandate.authorised": "[[Authorised: {options:moves bare}.]]",
    "mandate.authorised.silent": "[[Authorised, though not stated: {options:moves bare}.]]",
    "mandate.call": "[[Call home: {options:moves bare}.]]",
    "mandate.call.silent": "[[Call home, as nothing is stated: {options:moves bare}.]]",
    "mandate.never": "[[Never: {options:moves bare}.]]",
    "mandate.never.silent": "[[Never, though not stated: {options:moves bare}.]]",
    "mandate.package": "THE PACKAGE",
    "mandate.calls": "Calls home:",
    "mandate.calls.none": "Calls home: none; it can be signed in the room.",
    "mandate.room": "WHAT CAN BE SIGNED IN THE ROOM",
    "mandate.reach": "WITH CALLS HOME",
    "mandate.nothing": "Nothing was found.",
    "mandate.nearest": "Nothing passes. The nearest miss fails here: {closed:words gate}.",
    "mandate.nearest.open": "Nothing is shown to pass: the draws do not tell whether this does.",
    "mandate.joint": "All accept and ratify in {joint:whole}[[; load {load:number2}]]. Substance: {substance:each whole}.",
    "mandate.scope": (
        "Both are the first rung of the swaps that `summitry rung` looks at, with and without the options that need a call."
    ),
    "mandate.unknown": "[[No mandate is known here for {unknown:names}: such a delegation is taken as free.]]",
    "allies.head": "COMMON POSITIONS of {allies:names}",
    "allies.none": "None: no package that was looked at is accepted by all others and by each ally often enough.",
    "allies.positions": (
        "{positions:plural package is|packages are} accepted by each party often enough, counted by itself, and none improves "
        "them for every ally. A first rung needs all parties and homes in the same draw in {needed:percent}."
    ),
    "allies.lead": "The lead decides. {lead_party:name} takes:",
    "allies.nash": "The allied Nash package:",
    "allies.one": (
        "Treated as one[[, a point of {unrated:names} counted as one of the lead's, which no file declares]], they would take:"
    ),
    "allies.one.same": (
        "Treated as one[[, a point of {unrated:names} counted as one of the lead's, which no file declares]]: the lead's choice "
        "stays."
    ),
    "allies.one.change": "Against the lead's choice: {as_one_change:each signed}.",
    "allies.scope": "Looked at {scope:reason}.",
    "allies.common": "Common positions",
    "allies.common.moves": "Package",
    "allies.common.values": "Worth",
    "allies.common.accept": "Accepted",
    "allies.common.allied": "Allies accept and ratify",
    "allies.common.joint": "All parties and homes",
    "allies.still": "Nothing moves.",
    "allies.worth": (
        "Worth {values:each number}. Accepted: {accept:each whole}; allies accept and ratify together in {allied:whole}, all "
        "parties and homes in {joint:whole}."
    ),
    "allies.splits": "WHAT SPLITS THEM, in the order of what it is to the lead",
    "allies.split": "{issue:name} ({kind:word allies.kind}):",
    "allies.kind.opposite sign": "opposite sign",
    "allies.kind.different rank": "different rank",
    "allies.split.ally": (
        "{ally:name}: {size[ally]:number2} of its points, no. {place[ally]} of its own ({values[ally]:pairs signed2})"
    ),
    "allies.splits.none": "Nothing: they rank the options of every issue alike.",
    "allies.payments": "WHAT HOLDS THEM",
    "allies.payments.nothing": (
        "{lead_party:name} by itself would choose nothing: the others accept no package that it accepts too."
    ),
    "allies.package": "The package to hold them to:",
    "allies.payments.none": "Every ally accepts it often enough; nobody needs to be paid.",
    "allies.payment": (
        "{ally:name} accepts it in {accepts:beside needed}, {needed:percent} needed: it lacks {short:number} of its points."
    ),
    "allies.payment.none": (
        "No chits hold it, of packages that differ in at most two issues that allies alone give, the moves of all others left "
        "as they are."
    ),
    "allies.payment.moves": (
        "Held by {payment:moves}: then it accepts in {then:whole}[[; that costs {costs:each number}]]"
        "[[; that brings {gains:each number}]]."
    ),
    "allies.payment.transfer": "At the declared rate that is {transfer[payer]:number} of {payer:name}'s points.",
    "allies.concession.head": "THE MOST THAT THEY CAN CONCEDE",
    "allies.concession.none": (
        "Nothing that was looked at is accepted by each ally and ratified by each allied home often enough."
    ),
    "allies.concession": ("What the allies give in it is worth {concession_worth:each number}. Found by climbing, not proven."),
}
