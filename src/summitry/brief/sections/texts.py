"""Sections about what was said and signed: the state of play, what was promised and delivered, and the audited texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import said, words
from summitry.brief.parts import Bullets, Heading, Marked, Paragraph, Part, Sources, Table, row
from summitry.brief.sections.about import missing

if TYPE_CHECKING:
    from summitry.evidence.play import Play
    from summitry.evidence.texts.audit import Audit
    from summitry.study import Findings

SHOWN = ("actor", "act", "quantity", "deadline", "verification", "condition", "reciprocity")
"""The fields that are marked in a text; the object is what is left of the sentence."""


def play(found: Findings, sources: Sources) -> list[Part]:
    """The board by issue and party, what waits for an answer, how each side moved, and who is not in the room."""
    if found.play is None:
        return missing(found, "state of play", "position")
    board = tuple(
        row(words.name(found, issue), words.name(found, party), said.stand(stand), sources.cell(stand.source))
        for issue, parties in found.play.board.items()
        for party, stands in parties.items()
        for stand in stands
    )
    parts: list[Part] = [
        Paragraph("A party's last word on each option; a later one supersedes an earlier one, and a withdrawal ends it."),
        Table("Who stands where", "play.board", ("Issue", "Who", "Position", "Source"), board),
    ]
    if found.play.agreed:
        parts.append(Bullets("Agreed", tuple(words.deliverable(found, place) for place in found.play.agreed)))
    waiting = tuple(
        row(
            words.name(found, w.issue),
            words.name(found, w.party),
            said.waiting(found, w),
            sources.cell(w.answer_source or w.source),
        )
        for w in found.play.unanswered
    )
    if waiting:
        parts.append(
            Table("What nobody has answered", "play.unanswered", ("Issue", "Who", "Stands, and why open", "Source"), waiting)
        )
    if found.play.untouched:
        parts.append(Bullets("Nobody has said anything about", tuple(words.name(found, i) for i in found.play.untouched)))
    return parts + _moves(found, found.play, sources)


def _moves(found: Findings, play: Play, sources: Sources) -> list[Part]:
    parts: list[Part] = []
    if play.shifts:
        rows = tuple(
            row(s.date, words.name(found, s.party), words.name(found, s.issue), f"{s.before}, then {s.after}",
                said.SHIFTS[s.role, s.direction], sources.cell(s.source))
            for s in play.shifts
        )  # fmt: skip
        parts.append(Table("How each side moved", "play.shifts", ("Date", "Who", "Issue", "From, to", "Move", "Source"), rows))
    if play.outside:
        rows = tuple(
            row(words.name(found, s.party), words.name(found, s.issue), said.stand(s), sources.cell(s.source))
            for s in play.outside
        )
        parts.append(Table("Not in the room", "play.outside", ("Who", "Issue", "Position", "Source"), rows))
    return parts


def promised(found: Findings, sources: Sources) -> list[Part]:
    """Promised, due, delivered."""
    if not found.promised:
        return missing(found, "words and deeds", "commitments")
    rows = tuple(
        row(p.signed, p.agreement, ", ".join(words.name(found, who) for who in p.parties), p.what, p.due, p.delivered, p.state,
            sources.cell(p.source))
        for p in found.promised
    )  # fmt: skip
    head = ("Signed", "Agreement", "Who", "Promised", "Due", "Delivered", "Judged", "Source")
    return [
        Paragraph("Whether a promise was kept is the judgement of whoever coded it; what is still open is not judged."),
        Table("Promised, due, delivered", "promised", head, rows),
    ]


def audits(found: Findings, _: Sources) -> list[Part]:
    """Each text with its commitments marked, what they lack, and what is recycled."""
    if not found.audits:
        return missing(found, "texts", "document")
    parts: list[Part] = [
        Paragraph(
            "A grammar read these texts; it can misread, and what a person corrected wins. Marked are commitments, and in them "
            "actor, act, quantity, deadline, verification, condition and reciprocity, each named by its raised letters."
        ),
    ]
    for k, audit in enumerate(found.audits):
        parts += [
            Heading(f"{words.clean(audit.text)}{f', {audit.date}' if audit.date else ''}"),
            Paragraph(" ".join(said.audited(audit))),
        ]
        parts.append(Marked(marks(audit)))
        rows = tuple(
            row(
                p.number,
                p.words,
                ", ".join(p.lacks) or "nothing",
                p.concreteness,
                said.recycled(p.reuse) if p.reuse else "not compared",
            )
            for p in audit.commitments
        )
        if rows:
            head = ("Point", "Commitment", "Lacks", "Concreteness", "New or recycled")
            parts.append(Table(f"Commitments: {words.clean(audit.text)}", f"audits[{k}].commitments", head, rows))
        if audit.notes:
            parts.append(Bullets("Notes on this text", tuple(map(words.clean, audit.notes))))
    return parts


def marks(audit: Audit) -> tuple[tuple[str, str], ...]:
    """The text in pieces with what each is: a field, `commitment` for the rest of one, or empty."""
    edges: list[tuple[int, int, str]] = []
    for promise in (*audit.commitments, *audit.apart):
        at = promise.start
        spans = sorted(
            (w.start, w.end, name) for name in SHOWN for w in promise.fields[name] if promise.start <= w.start < promise.end
        )
        for start, end, name in spans:
            if start >= at:
                edges += [(at, start, "commitment"), (start, min(end, promise.end), name)]
                at = min(end, promise.end)
        edges.append((at, promise.end, "commitment"))
    pieces: list[tuple[str, str]] = []
    at = 0
    for start, end, name in sorted(edges):
        if start < at or start >= min(end, len(audit.body)):
            continue
        pieces += [(audit.body[at:start], ""), (audit.body[start:end], name)]
        at = end
    return tuple((words.lines(text), name) for text, name in [*pieces, (audit.body[at:], "")] if text)
