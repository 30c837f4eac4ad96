"""Precision and recall of the grammar on sentences marked by hand, per field, over all sentences of a set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.evidence.texts.audit import Text, audit_text

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = {
    "a": "actor",
    "v": "act",
    "o": "object",
    "q": "quantity",
    "t": "deadline",
    "p": "verification",
    "c": "condition",
    "r": "reciprocity",
}
SENTENCES = Path(__file__).with_name("sentences.txt")
Span = tuple[int, int]


@dataclass
class Score:
    """True and false positives and misses of one field."""

    hits: int = 0
    extra: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hits / max(self.hits + len(self.extra), 1)

    @property
    def recall(self) -> float:
        return self.hits / max(self.hits + len(self.missed), 1)


def marked(line: str) -> tuple[str, dict[str, list[Span]]]:
    """The plain sentence and the marked spans of each field."""
    text, spans, open_ = "", {name: list[Span]() for name in FIELDS.values()}, list[tuple[str, int]]()
    for piece in re.split(r"(\[[avoqtpcr]:|\])", line):
        if re.fullmatch(r"\[[avoqtpcr]:", piece):
            open_.append((FIELDS[piece[1]], len(text)))
        elif piece == "]" and open_:
            name, start = open_.pop()
            spans[name].append((start, len(text)))
        else:
            text += piece
    return text, spans


def lines(block: str) -> Iterator[str]:
    """The sentences of a set (`tuned` or `held out`) without their kinds."""
    _, _, rest = SENTENCES.read_text(encoding="utf-8").partition(f"== {block}\n")
    for line in rest.partition("\n== ")[0].strip().splitlines():
        yield line.partition(" | ")[2]


def measured(block: str) -> dict[str, Score]:
    """Scores by field and, as `commitment`, for the count of commitments in each sentence."""
    scores = {name: Score() for name in ("commitment", *FIELDS.values())}
    for line in lines(block):
        text, wanted = marked(line)
        found = audit_text(Text("sentence", text))
        promises = [*found.commitments, *found.apart]
        score = scores["commitment"]
        both = min(len(promises), len(wanted["act"]))
        score.hits += both
        score.extra += [text] * (len(promises) - both)
        score.missed += [text] * (len(wanted["act"]) - both)
        for name in FIELDS.values():
            spans = {(w.start, w.end) for p in promises for w in p.fields[name] if w.kind != "vague"}
            _match(scores[name], text, spans, wanted[name])
    return scores


def _match(score: Score, text: str, found: set[Span], wanted: list[Span]) -> None:
    """A found span meets a marked one where they share at least half of the longer one."""
    left = list(wanted)
    for span in sorted(found):
        near = next((w for w in left if _alike(span, w)), None)
        if near is None:
            score.extra.append(f"{text[slice(*span)]!r} in {text!r}")
        else:
            score.hits += 1
            left.remove(near)
    score.missed += [f"{text[slice(*w)]!r} in {text!r}" for w in left]


def _alike(a: Span, b: Span) -> bool:
    return 2 * (min(a[1], b[1]) - max(a[0], b[0])) >= max(a[1] - a[0], b[1] - b[0])
