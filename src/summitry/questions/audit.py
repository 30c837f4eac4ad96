"""What a text commits to, what each commitment lacks, and what is new or recycled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Folded, Marked, Phrase, bullets, head, places, say
from summitry.errors import BadArgument
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.evidence.texts.audit import Audit, Audits, Promise
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

MOST = 200
"""So many commitments of a text are shown; nobody reads more on a terminal."""
MARKED = ("actor", "act", "quantity", "deadline", "verification", "condition", "reciprocity")
"""The fields that are marked in a text; the object is what is left of the sentence."""


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """The texts, and further ones to compare them with."""

    texts: Annotated[tuple[str, ...], Ask("TEXT...", position=True)] = ()
    against: Annotated[tuple[str, ...], Ask("TEXT")] = ()
    viewer: Annotated[str | None, Ask("PARTY", flag="--as")] = None


def answer(workspace: Workspace | None, request: AuditRequest) -> Audits:
    """What each text commits to, by date; without a text the documents of the workspace's case.

    Each is compared with what is older among all that was named, and in its own case.
    """
    from summitry.evidence.texts.audit import Audits, audit_text
    from summitry.evidence.texts.documents import audits, earlier, in_order, of_name, texts

    if not request.texts and workspace is None:
        raise BadArgument("Name a text: a file, a case, or a document of a case as CASE:DOCUMENT.")
    older = tuple(dict.fromkeys(text for name in request.against for text in of_name(name, request.viewer)))
    of_texts = {text: case for name in request.texts for text, case in of_name(name, request.viewer).items()}
    if not request.texts and workspace is not None:
        of_texts = dict.fromkeys(texts(workspace.case), workspace.case)
    every: list[Audit] = []
    for text in in_order(list(of_texts)):
        case, others = of_texts[text], (*older, *(t for t in earlier(text, list(of_texts)) if t not in older))
        every += [audit_text(text, others)] if case is None else audits(case, [text], others)
    return Audits(tuple(every))


def view(answer: Audits, _: Names) -> Iterator[Block]:
    """Each text: how concrete it is, its commitments with the words of each field, what they lack, what is recycled."""
    for place, audit in zip(places("audits", answer.audits), answer.audits, strict=True):
        yield head("audit.head", place)
        if not audit.commitments:
            yield say("audit.none", place)
        else:
            yield say("audit.having.points" if audit.numbered else "audit.having", place)
            yield say("audit.concreteness", place)
            yield say("audit.others", place)
            yield say("audit.beside", place)
        yield from _promises(f"{place}.commitments", audit.commitments)
        if audit.apart:
            yield say("audit.apart")
        yield from _promises(f"{place}.apart", audit.apart)
        for note in places(f"{place}.notes", audit.notes):
            yield say("audit.note", note)
        yield Folded((say("audit.grammar"), Marked(f"{place}.body", "audit.mark", marks(audit))))


def _promises(place: str, promises: Sequence[Promise]) -> Iterator[Block]:
    for where, promise in zip(places(place, promises[:MOST]), promises[:MOST], strict=True):
        fields = zip(places(f"{where}.fields", promise.fields), promise.fields.items(), strict=True)
        items = [Phrase("audit.field", field, {"name": name}) for field, (name, words) in fields if words]
        items.append(Phrase("audit.lacks" if promise.lacks else "audit.complete", where))
        if promise.reuse is not None:
            items.append(Phrase(f"reuse.{promise.reuse.state}", f"{where}.reuse"))
        yield bullets("audit.commitment", items, where)
    if len(promises) > MOST:
        yield say("audit.first", place)


def marks(audit: Audit) -> tuple[tuple[int, int, str], ...]:
    """The stretches of a text that commitments and their fields cover, in order; none begins inside another."""
    edges: list[tuple[int, int, str]] = []
    for promise in (*audit.commitments, *audit.apart):
        at = promise.start
        spans = sorted(
            (w.start, w.end, name) for name in MARKED for w in promise.fields[name] if promise.start <= w.start < promise.end
        )
        for start, end, name in spans:
            if start >= at:
                edges += [(at, start, "commitment"), (start, min(end, promise.end), name)]
                at = min(end, promise.end)
        edges.append((at, promise.end, "commitment"))
    stretches: list[tuple[int, int, str]] = []
    for start, end, name in sorted(edges):
        begins = stretches[-1][1] if stretches else 0
        if begins <= start < min(end, len(audit.body)):
            stretches.append((start, min(end, len(audit.body)), name))
    return tuple(stretches)


QUESTION = Question(
    name="audit",
    group="evidence",
    request=AuditRequest,
    answer=answer,
    view=view,
    example=("", {"texts": ("korea-2019:singapore-2018",)}),
    case="none",
)
