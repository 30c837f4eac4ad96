"""How the brief words what was said and signed: positions, answers to them, and what an audit finds in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.words import clean, clip, counted, name

if TYPE_CHECKING:
    from summitry.brief.words import Named
    from summitry.evidence.play import Stand, Waiting
    from summitry.evidence.texts.audit import Audit, Words
    from summitry.evidence.texts.reuse import Reuse
    from summitry.trade.substance import Substance

SHIFTS = {
    ("gives", "further"): "offers more",
    ("gives", "back"): "takes back",
    ("gives", "same"): "stays",
    ("asks", "further"): "asks less",
    ("asks", "back"): "asks more",
    ("asks", "same"): "stays",
}
"""What a move between two positions is called, by role and direction."""


def stand(said: Stand) -> str:
    """A party's last word on an option: status, option, since when, and whether it is the status quo."""
    when = said.date if said.since == said.date else f"{said.since}, repeated until {said.date}"
    note = f", {clean(said.note)}" if said.note else ""
    return f"{said.status} {clean(said.option)} ({when}{', in force' if said.in_force else ''}{note})"


def waiting(found: Named, said: Waiting) -> str:
    """A standing demand or offer with the answer to it."""
    when = said.date if said.since == said.date else f"{said.since} to {said.date}"
    asked = f"{said.status} {clean(said.option)} ({when})"
    if said.answer == "open":
        return f"{asked}; no answer"
    by = f"{name(found, said.by)} {clean(said.what)} on {said.answered}"
    told = {
        "reopened": f"{by}, and it was repeated since",
        "floated": f"{by}, which is no answer yet",
        "met": f"{by}, which meets it; conditions may differ",
        "met in part": f"{by}, which meets a part",
        "countered": f"{by}, which asks for more",
    }
    return f"{asked}; {told.get(said.answer, by)}"


def audited(found: Audit) -> list[str]:
    """What an audit says of a text as a whole, in a few sentences."""
    total = len(found.commitments)
    if not total:
        return [f"No commitment was found. Sentences that only declare: {len(found.declared)}; that tell: {found.told}."]
    named = [f"{found.having[name]} with a {name}" for name in ("quantity", "deadline", "verification")]
    where = " in its numbered points" if found.apart or any(p.place == "point" for p in found.commitments) else ""
    said = [f"{counted(total, 'commitment')}{where}: {', '.join(named)}; {found.having['actor']} name who acts."]
    parts = ", ".join(f"{name} {share:.2f}" for name, share in found.parts.items())
    said.append(f"Concreteness {found.concreteness or 0:.2f} of 1 ({parts}).")
    said.append(f"Sentences that declare and promise nothing: {len(found.declared)}; that tell: {found.told}.")
    if found.against:
        split = f"{found.new} new, {total - found.new - found.recycled} partly recycled, {found.recycled} recycled"
        said.append(f"Beside {counted(len(found.against), 'earlier text')}: {split}.")
    return said


def quotation(found: Words) -> str:
    """Words as a text has them, with the day that they mean, and who read them so if it was not the grammar."""
    dated = found.kind in {"date", "start", "span"} and found.value
    day = f" = {found.value}" if dated else " (vague)" if found.kind == "vague" else ""
    day += " (from then on)" if found.kind == "start" else ""
    by = "" if found.by == "grammar" else f" (from {clean(found.by)})"
    return f"{clean(found.words)}{day}{by}"


def recycled(found: Reuse) -> str:
    """Whether a commitment is new, and else from which text and year, in which words."""
    if found.state == "new":
        return "new" if not found.text else f"new (nearest: {clean(found.text)}, likeness {found.likeness:.2f})"
    first = (
        f"; something alike first in {clean(found.first_text)} {found.first_date[:4]}" if found.first_text != found.text else ""
    )
    said = f"{clean(found.text)} {found.date[:4]}, \u201c{clip(found.sentence, 120)}\u201d"
    return f"{found.state}, likeness {found.likeness:.2f}: {said}{first}"


LIGHT, WEIGHTY = 0.1, 0.5
"""Assumption: under a tenth of what could be received a meeting is light for that side; from a half on it is weighty."""


def delivered(found: Named, told: Substance) -> list[str]:
    """What a deal or a text delivers, in a few sentences, the parts before any judgement."""
    lines = []
    if told.kind == "text":
        named = ", ".join(f"{told.having[field]} with a {field}" for field in ("quantity", "deadline", "verification"))
        lines.append(f"{counted(told.commitments, 'commitment')}: {named}; concreteness {told.concreteness or 0:.2f}.")
    if told.kind == "text" and not told.moves:
        lines.append("None belongs to an issue of this case, so who receives how much is left out.")
    else:
        lines += [_share(name(found, party), share, told.firm[party]) for party, share in told.substance.items()]
    honours = counted(len(told.ceremony), "move")
    lines.append(f"Ceremony: {honours} without substance; sentences that only declare: {told.declared}.")
    return lines


def _share(party: str, share: float, firm: float) -> str:
    how = "light" if share < LIGHT else "weighty" if share >= WEIGHTY else "moderate"
    return f"{party} receives {100 * share:.0f} % of what it could receive ({how}); {100 * firm:.0f} % weighed by how firm it is."
