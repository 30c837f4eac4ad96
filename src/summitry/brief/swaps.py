"""What the book says of changes that would open something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import Bullets, Paragraph, Part

if TYPE_CHECKING:
    from summitry.study import Findings
    from summitry.trade.gates.gate import Change


def changes(found: Findings, caption: str, changes: tuple[Change, ...]) -> list[Part]:
    """What would open a closed gate, or the sentence that nothing was found."""
    if not changes:
        return [Paragraph(f"{caption}: none was found.")]
    lines = tuple(f"{words.sentence(found, c.what)}; then {words.sentence(found, c.effect)}" for c in changes)
    return [Bullets(caption, lines)]
