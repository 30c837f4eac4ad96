"""Questions about what was said and signed: the state of play, what a text commits to, what a deal or a text delivers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from summitry import case
from summitry.case.rows import stem
from summitry.case.source import DOCUMENT_LIMIT, Folder, is_file, target
from summitry.case.types import require_native
from summitry.errors import BadArgument, CaseNotFound, LinkMissing, UnknownName
from summitry.evidence import play as positions
from summitry.evidence.record import record
from summitry.evidence.texts import ofcase
from summitry.evidence.texts.audit import Audit, audit
from summitry.model import build
from summitry.packages import moves as read_moves
from summitry.packages import named
from summitry.trade import substance as weighing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.evidence.play import Play
    from summitry.evidence.texts.audit import Text
    from summitry.trade.substance import Substance


def play(name: str, *, viewer: str | None = None) -> tuple[Case, Play]:
    """Who floated, demanded, offered, tabled, refused, withdrew or accepted what, and what stands."""
    opened = case.load(name, viewer=viewer)
    found = positions.play(opened)
    if found is None:
        raise LinkMissing("The state of play", "it has no positions", "Write who said what in evidence/positions.csv.")
    return opened, found


def audits(names: Sequence[str], against: Sequence[str] = (), *, viewer: str | None = None) -> tuple[Audit, ...]:
    """What each text commits to, by date; each is compared with what is older among all that was named, and in its own case."""
    older = tuple(dict.fromkeys(text for name in against for text in _texts(name, viewer)))
    asked = {text: opened for name in names for text, opened in _texts(name, viewer).items()}
    found: list[Audit] = []
    for text in ofcase.in_order(list(asked)):
        opened, others = asked[text], (*older, *(t for t in ofcase.earlier(text, list(asked)) if t not in older))
        found += [audit(text, others)] if opened is None else ofcase.audits(opened, [text], others)
    return tuple(found)


def _texts(name: str, viewer: str | None) -> dict[Text, Case | None]:
    """The texts that a name means: a file, a document of a case as CASE:DOCUMENT, or all documents of a case."""
    if is_file(Path(name)) and Path(name).name != "case.yaml":
        return {_read(name): None}
    holder, colon, document = name.rpartition(":")
    try:
        opened = case.load(holder if colon else name, viewer=viewer)
    except CaseNotFound as missing:
        msg = f"There is no text {name!r}: give a file, a case, or a document of a case as CASE:DOCUMENT."
        raise BadArgument(msg) from missing
    every = ofcase.texts(opened)
    if not colon:
        if not every:
            raise LinkMissing("An audit", "it has no documents", "Put agreed texts into evidence/documents/.")
        return dict.fromkeys(every, opened)
    found = [text for text in every if text.name == stem(document)]
    if not found:
        raise UnknownName("document", document, [text.name for text in every])
    return dict.fromkeys(found, opened)


def substance(
    name: str,
    *,
    moves: Sequence[str] = (),
    package: str | None = None,
    text: str | None = None,
    viewer: str | None = None,
) -> tuple[Case, Substance]:
    """What a deal (`moves` as ISSUE=OPTION, or `package` in a word or a file) or a text delivers against its ceremony."""
    opened = require_native(case.load(name, viewer=viewer), "Substance")
    if package is not None:
        made = build(opened, record=record(opened))
        row, title = named(made, (package,))
        return opened, weighing.of_package(made, made.named(row), title)
    made = build(opened, draws=0, homes=False)
    if text is not None:
        known = {found.name: found for found in ofcase.texts(opened)}
        if stem(text) not in known and not is_file(Path(text)):
            raise UnknownName("document", text, list(known))
        chosen = known.get(stem(text)) or _read(text)
        return opened, weighing.of_text(made, ofcase.audits(opened, [chosen])[0])
    return opened, weighing.of_package(made, read_moves(moves), "the deal")


def _read(name: str) -> Text:
    path = target(Path(name))
    folder = Folder(path.parent)
    body = folder.text(path.name, DOCUMENT_LIMIT, required=True)
    if body is None:
        raise BadArgument("\n".join(map(str, folder.problems)))
    if not body.strip():
        msg = f"{name} is empty: give a text with at least one sentence."
        raise BadArgument(msg)
    return ofcase.text_of(path.name, body)
