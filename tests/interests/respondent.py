"""A simulated respondent: knows its points, and errs in comparing by a stated error of the ratio's logarithm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.interests import elicit
from summitry.interests.elicit import Interview

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from summitry.case.types import CaseFile
    from summitry.interests.elicit import Method

    Points = Mapping[str, Mapping[str, float]]


def strongest(points: Points, issue: str) -> float:
    """The points of the issue's strongest option, without their sign."""
    return max(map(abs, points[issue].values()))


def says(points: Points, key: tuple[str, ...], error: Callable[[], float] = lambda: 0.0) -> str:
    """What the respondent answers to one question."""
    match key:
        case ("rate" | "points" as kind, issue):
            scale = 100 / (strongest(points, issue) or 1.0) if kind == "rate" else 1.0
            return " ".join(f"{scale * value:.6f}" for value in points[issue].values())
        case ("most",):
            return max(points, key=lambda issue: strongest(points, issue))
        case ("swing", issue):
            return f"{100 * strongest(points, issue) / max(strongest(points, other) for other in points):.6f}"
        case ("compare", i, a, j, b):
            return "a" if np.log(abs(points[i][a]) / abs(points[j][b])) + error() > 0 else "b"
        case _:
            return {"who": "a respondent"}.get(key[0], "0")


def interviewed(file: CaseFile, points: Points, method: Method, comparisons: int | None = None) -> Interview:
    """The whole interview."""
    told = Interview(party="us", method=method, comparisons=comparisons)
    while (question := elicit.ask(file, told)) is not None:
        told = elicit.answer(file, told, question.key, says(points, question.key))
    return told
