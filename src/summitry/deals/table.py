"""What the record settles of an answer: which of its moves are offered already, which are agreed, which are refused today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summitry.evidence.standing import Refusal
    from summitry.model import Model, Package


@dataclass(frozen=True, slots=True)
class OnTable:
    """What of a package stands: `offered` without a condition, `bound` on conditions that it holds, `agreed`, `refused`."""

    offered: Package
    bound: Package
    agreed: Package
    refused: tuple[Refusal, ...]


def lifts(model: Model, moves: Mapping[str, str] | None) -> OnTable | None:
    """What of a package the record settles; None where there is no package, or nothing is settled."""
    if moves is None:
        return None
    package = model.row(moves)
    agreed = np.where(model.bounds.fixed == package, package, 0)
    offered = np.where((agreed == 0) & (model.bounds.floor > 0) & (package >= model.bounds.floor), model.bounds.floor, 0)
    bound = np.zeros_like(package)
    for bundle in model.bounds.bundles:
        if (package >= bundle.needs).all():
            bound = np.maximum(bound, np.where((agreed == 0) & (offered == 0), np.minimum(bundle.moves, package), 0))
    refused = tuple(one for one in model.bounds.standing.refused if _covers(model, one.label, moves))
    if not (agreed.any() or offered.any() or bound.any() or refused):
        return None
    return OnTable(model.named(offered), model.named(bound), model.named(agreed), refused)


def _covers(model: Model, label: str, moves: Mapping[str, str]) -> bool:
    """Whether a package holds as much as was refused, or more."""
    issue, _, option = label.partition(".")
    names = model.options[model.issues.index(issue)]
    return issue in moves and names.index(moves[issue]) >= names.index(option)
