"""What the book says of one swap: the four gates and time, each party's view, the order, and what would change it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import Bullets, Cell, Paragraph, Part, Sources, Table, row, share, spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summitry.study import Findings
    from summitry.trade.results import Change, Verdict


TRUST = Paragraph(
    f"Trust is a probability. {words.TRUST}: what each needs to believe, and what it believes. The belief that the other is "
    "serious is one part of it; what the deal leaves a pretender to gain by stopping is the other."
)


def compared(
    found: Findings, verdicts: Iterable[Verdict], sources: Sources
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Head and rows of a table that sets swaps side by side."""
    rows = tuple(
        row(v.title or "–", words.package(found, v.moves), share(v.joint), v.load, _closed(v), sources.cell(v.source))
        for v in verdicts
    )
    return ("Swap", "Moves", "Accepted and ratified", "Load", "Closed gates", "Source"), rows


def _closed(verdict: Verdict) -> str:
    return ", ".join(words.GATES[g.name] for g in verdict.gates if g.passed is False) or "none"


def told(found: Findings, verdict: Verdict, at: str) -> list[Part]:
    """Everything known of one swap; `at` is its path in findings.json."""
    parts: list[Part] = [*(Bullets(who, tuple(moves)) for who, moves in words.sides(found, verdict))]
    parts.append(
        Table(
            "The four gates, and time",
            f"{at}.gates",
            ("Gate", "Stands", "Score against what is needed", "Who blocks it", "Why"),
            tuple(
                row(words.GATES[g.name], words.standing(g), words.against(verdict, g), words.names(found, g.who), g.why)
                for g in verdict.gates
            ),
        )
    )
    parties = list(dict.fromkeys((*verdict.values, *verdict.accept)))
    rows = tuple(
        row(
            words.name(found, p),
            share(verdict.accept.get(p)),
            share(verdict.ratify.get(p)),
            spread(verdict.values.get(p)),
            verdict.substance.get(p),
            share(verdict.trust_needed.get(p), absent="–"),
            share(verdict.trust.get(p), absent="–"),
            share(verdict.trust_share.get(p), absent="–"),
            verdict.exposure.get(p),
        )
        for p in parties
    )
    head = (
        "Party",
        "Accepts",
        "Ratifies",
        "Own points, 20/50/80 %",
        "Substance",
        "Trust needed",
        "Trust there is",
        "Trust suffices",
        "Exposed, own points",
    )
    parts.append(Table("By party", at, head, rows))
    joint = "none" if verdict.joint == 0 else share(verdict.joint, verdict.joint_error).text
    parts.append(
        Paragraph(
            f"All accept and every home ratifies in {joint} of the {found.draws} draws (± one standard error of sampling; the "
            "judgements behind the draws err more)."
        )
    )
    if verdict.order:
        parts.append(Bullets("The order that needs least trust", tuple(_stages(found, verdict.order))))
    return parts


def trust(verdict: Verdict) -> list[Part]:
    """What the columns of trust mean, said once."""
    return [TRUST] if verdict.trust else []


def changes(caption: str, path: str, changes: tuple[Change, ...]) -> list[Part]:
    """What would open a closed gate or flip the answer, or the sentence that nothing was found."""
    if not changes:
        return [Paragraph(f"{caption}: none was found.")]
    return [
        Table(
            caption,
            path,
            ("Gate", "What", "Now", "Then", "Effect"),
            tuple(row(words.GATES.get(c.gate, "–"), c.what, c.before, c.after, c.effect) for c in changes),
        )
    ]


def _stages(found: Findings, order: tuple[str, ...]) -> Iterable[str]:
    """Steps in order, where several steps in a row do parts of one move as one line."""
    for move, parts in groupby(order):
        count = len(list(parts))
        yield words.deliverable(found, move) + (f", in {count} parts" if count > 1 else "")
