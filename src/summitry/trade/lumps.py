"""The lumps in which an issue moves: through the options in between, each in equal parts of at least the smallest tranche."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.model import Model

MOST_LUMPS = 4
"""Most lumps of one move: finer ones change the load little and the search a lot."""


def lumps(model: Model, i: int, option: int, parts: int | None = None) -> tuple[list[tuple[int, int, int, float]], list[str]]:
    """(issue, column before, column after, share of the move) for each step of issue i to `option`; and what was made coarser.

    `parts` cuts each move into so many equal parts instead.
    """
    issue = model.case.file.issues[model.issues[i]]
    base = int(model.first[i])
    found: list[tuple[int, int, int, float]] = []
    said: list[str] = []
    before = base
    for stop in range(1, option + 1) if issue.splits else (option,):
        pieces = parts or 1
        if parts is None and issue.splits and issue.smallest is not None:
            moved = abs(model.amounts[base + stop] - model.amounts[before])
            allowed = max(1, int((moved + 1e-9) // issue.smallest)) if moved == moved else 1  # noqa: PLR0124 (no amount known)
            pieces = min(MOST_LUMPS, allowed)
            if allowed > pieces:
                said.append(f"{model.label(base + stop)} in {pieces} lumps instead of {allowed}")
            if moved != moved:  # noqa: PLR0124
                said.append(f"{model.label(base + stop)} in one lump, because its amount is not known")
        found += [(i, before, base + stop, 1.0 / pieces)] * pieces
        before = base + stop
    return found, said
