"""A party's values as weights and evaluations within 0..1, the shape in which most formats state them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.errors import BadArgument

from .scenario import mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .scenario import Profile

SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Scaled:
    """`weights[i]` times `evaluations[i][option]` is the value.

    Every valued issue's best evaluation is 1, or the same share below it where the weights must sum to one.
    """

    weights: Sequence[float]
    evaluations: Sequence[Mapping[str, float]]
    reservation: float


def scaled(profile: Profile, *, to_one: bool = False) -> Scaled:
    """Scale additive values for writing.

    1. Ranges become their PERT means. 2. An issue with values below zero is raised to zero, and the reservation value with it.
    3. Where the best package is worth more than 1, values and reservation are divided by it. 4. With `to_one` the weights sum to
    one; where the best package is worth less than 1, the evaluations are that much below 1.
    So gains over the reservation value keep their proportions, and a scenario that is within 0..1 keeps its numbers.
    Raises BadArgument for terms.
    """
    refuse_terms(profile)
    values = [{option: mean(points) for option, points in options.items()} for options in profile.values]
    lows, tops = _bounds(profile)
    total, (rise, divisor) = sum(tops), change_of(profile)
    share = min(total / divisor, 1.0) if to_one else 1.0
    evaluations = [
        {option: (worth - low) / top * share if top else 0.0 for option, worth in options.items()}
        for options, low, top in zip(values, lows, tops, strict=True)
    ]
    whole = total if to_one and total else divisor
    return Scaled([top / whole for top in tops], evaluations, (mean(profile.reservation) + rise) / divisor)


def change_of(profile: Profile) -> tuple[float, float]:
    """By how much writing raises a package's value, and by what it then divides it: 0 and 1 where the numbers are kept."""
    lows, tops = _bounds(profile)
    total = sum(tops)
    return -sum(lows) or 0.0, total if total > 1 + SLACK else 1.0


def _bounds(profile: Profile) -> tuple[list[float], list[float]]:
    """Each issue's least value, where it is below zero, and how far its best lies above it."""
    values = [[mean(points) for points in options.values()] for options in profile.values]
    lows = [min(0.0, *worths) for worths in values]
    return lows, [max(worths) - low for worths, low in zip(values, lows, strict=True)]


def refuse_terms(profile: Profile) -> None:
    """Refuse values that arise only from combinations, where the format has no way to say them."""
    if profile.terms:
        msg = f"{profile.name} values combinations of options, which this format cannot say: write summitry or xlsx instead."
        raise BadArgument(msg)
