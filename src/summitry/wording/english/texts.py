"""What a text commits to, and what a deal or a text delivers."""

from __future__ import annotations

MESSAGES = {
    "case.text": "{text}",
    # the audit
    "audit.head": "{text}[[, {date:date}]]",
    "audit.grammar": (
        "A grammar read these texts; it can misread, and what a person corrected wins. Marked are commitments, and in them "
        "actor, act, quantity, deadline, verification, condition and reciprocity, each named by its raised letters."
    ),
    "audit.none": ("No commitment was found. Sentences that only declare: {declarations:count}; that tell: {others:count}."),
    "audit.having": (
        "{commitments:plural commitment|commitments}: {having[quantity]:count} with a quantity, {having[deadline]:count} with a "
        "deadline, {having[verification]:count} with a verification; {having[actor]:count} name who acts."
    ),
    "audit.having.points": (
        "{commitments:plural commitment|commitments} in its numbered points: {having[quantity]:count} with a quantity, "
        "{having[deadline]:count} with a deadline, {having[verification]:count} with a verification; {having[actor]:count} name "
        "who acts."
    ),
    "audit.concreteness": (
        "Concreteness {concreteness:number2} of 1 (actor {parts[actor]:number2}, act {parts[act]:number2}, quantity "
        "{parts[quantity]:number2}, deadline {parts[deadline]:number2}, verification {parts[verification]:number2})."
    ),
    "audit.others": "Sentences that declare and promise nothing: {declarations:count}; that tell: {others:count}.",
    "audit.beside": (
        "[[Beside {against:plural earlier text|earlier texts}: {new:count} new, {partly:count} partly recycled, {recycled:count} "
        "recycled.]]"
    ),
    "audit.commitment": "{number}  {words}",
    "audit.field": "{name:word audit.mark}: {.:each phrase audit.quotation}",
    "audit.mark.commitment": "",
    "audit.mark.actor": "actor",
    "audit.mark.act": "act",
    "audit.mark.object": "object",
    "audit.mark.quantity": "quantity",
    "audit.mark.deadline": "deadline",
    "audit.mark.verification": "verification",
    "audit.mark.condition": "condition",
    "audit.mark.reciprocity": "reciprocity",
    "audit.quotation": (
        "{words}[[ = {day:date}]][[ ({nuance:word audit.nuance})]][[ (from {inherited:word audit.inherited})]]"
        "[[ (from {person})]]"
    ),
    "audit.nuance.start": "from then on",
    "audit.nuance.vague": "vague",
    "audit.inherited.true": "the line above the list",
    "audit.lacks": "lacks: {lacks:words audit.lack}; concreteness {concreteness:number2}",
    "audit.complete": "lacks: nothing; concreteness {concreteness:number2}",
    "audit.lack.actor": "actor",
    "audit.lack.act": "an act that can be seen to be done",
    "audit.lack.quantity": "quantity",
    "audit.lack.deadline": "deadline",
    "audit.lack.verification": "verification",
    "reuse.new": "new[[ (nearest: {text}, likeness {likeness:number2})]]",
    "reuse.partly recycled": (
        "partly recycled, likeness {likeness:number2}: {text} {year}, “{sentence:clip 120}”"
        "[[; something alike first in {source}]]"
    ),
    "reuse.recycled": (
        "recycled, likeness {likeness:number2}: {text} {year}, “{sentence:clip 120}”[[; something alike first in {source}]]"
    ),
    "audit.apart": "Promised outside the numbered points, and not counted above:",
    "audit.first": "The first 200 of {.:count} are shown; all of them are in --json.",
    "audit.note": "Note: {.:reason}.",
    "audit.note.stopped": "more than {most:count} commitments: what begins at character {character:count} was not read",
    "audit.note.cut": (
        "sentences of more than {longest:count} characters were cut, {times:plural time|times}, first at character "
        "{character:count}"
    ),
    "audit.note.shown": "the text is shown up to character {character:count}; all of it was read",
    "audit.note.no-words": "the correction of “{words}” meets no words of this text",
    "audit.note.no-commitment": (
        "the correction of {field:word audit.mark} at “{words}” meets no commitment; say yes to it in the field commitment first"
    ),
    "audit.note.is-one": "the correction at “{words}” changes nothing: it is one already",
    "audit.note.is-none": "the correction at “{words}” changes nothing: it is none already",
    # substance
    "substance.deal": "the deal",
    "substance.head": "SUBSTANCE of {title}",
    "substance.having": (
        "{commitments:plural commitment|commitments}: {having[quantity]:count} with a quantity, {having[deadline]:count} with a "
        "deadline, {having[verification]:count} with a verification[[; concreteness {concreteness:number2}]]."
    ),
    "substance.unplaced": (
        "Not counted yet: no commitment is mapped to an issue of this case. Say in evidence/corrections.csv to which each "
        "belongs, and who receives how much is counted."
    ),
    "substance.uncounted": (
        "Not counted yet: of no commitment a person has said which option it reaches (evidence/corrections.csv)."
    ),
    "substance.light": (
        "{party:name} receives {share:percent} of what it could receive (light); {firm:percent} weighed by how firm it is."
    ),
    "substance.moderate": (
        "{party:name} receives {share:percent} of what it could receive (moderate); {firm:percent} weighed by how firm it is."
    ),
    "substance.weighty": (
        "{party:name} receives {share:percent} of what it could receive (weighty); {firm:percent} weighed by how firm it is."
    ),
    "substance.ceremony": (
        "Ceremony: {ceremony:plural move|moves} without substance; sentences that only declare: {declarations:count}."
    ),
    "substance.moves": "WHAT MOVES",
    "substance.honours": "CEREMONY, which counts as no substance",
    "substance.move": "{issue:name}: {option:option issue}",
    "substance.vague": "{issue:name}: how far is not said",
    "substance.term": "{name:word substance.term}: {.:reason}",
    "substance.silent": "{name:word substance.term}: not said",
    "substance.term.timing": "Timing",
    "substance.term.amount": "Amount",
    "substance.term.verification": "Verification",
    "substance.term.lasting": "Lasting",
    "substance.brings": "Firmness {firmness:number2}; brings {brings:each percent}",
    "substance.brings-nothing": "Firmness {firmness:number2}; brings nobody anything that can be counted",
    "substance.rests": "[[Rests on: {words:clip 160} (placed {mapped})]]",
    "term.days": "{days:plural day|days}",
    "term.lasting": "{share:percent} stays when all stops",
    "term.share": "{share}[[ of {holding}]]",
    "term.amount": "{amount:number}[[ {unit}]]",
    "placed.person": "by {person}",
    "placed.words": "by the words {words:each text}",
    "substance.perhaps": "COULD BELONG TO AN ISSUE: say to which in evidence/corrections.csv",
    "substance.candidate": "{words} (could be {.:names or})",
    "substance.nowhere": "BELONGS TO NO ISSUE OF THE CASE",
    "substance.words": "{.}",
    "substance.omitted": "LEFT OUT",
    "substance.no-option": "{issue:name}: the text does not say which option it reaches, so it brings no substance.",
    "substance.no-detection": "Detection: how likely a breach would be found is not known of promises.",
}
