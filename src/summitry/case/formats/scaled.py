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
    """`weights[i]` times `evaluations[i][option]` is the value; every valued issue's best evaluation is 1."""

    weights: Sequence[float]
    evaluations: Sequence[Mapping[str, float]]
    reservation: float


def scaled(profile: Profile, *, to_one: bool = False) -> Scaled:
    """Scale additive values for writing.

    1. Ranges become their PERT means. 2. An issue with values below zero is raised to zero, and the reservation value with it.
    3. Where the best package is worth more than 1 (with `to_one`: other than 1), values and reservation are divided by it.
    So gains over the reservation value keep their proportions, and a scenario that is within 0..1 keeps its numbers.
    Raises BadArgument for terms.
    """
    refuse_terms(profile)
    values = [{option: mean(points) for option, points in options.items()} for options in profile.values]
    rise = [min(0.0, *options.values()) for options in values]
    tops = [max(options.values()) - low for options, low in zip(values, rise, strict=True)]
    total = sum(tops)
    divisor = total if total > 1 + SLACK or (to_one and total > 0) else 1.0
    evaluations = [
        {option: (worth - low) / top if top else 0.0 for option, worth in options.items()}
        for options, low, top in zip(values, rise, tops, strict=True)
    ]
    return Scaled([top / divisor for top in tops], evaluations, (mean(profile.reservation) - sum(rise)) / divisor)


def refuse_terms(profile: Profile) -> None:
    """Refuse values that arise only from combinations, where the format has no way to say them."""
    if profile.terms:
        msg = f"{profile.name} values combinations of options, which this format cannot say: write summitry or xlsx instead."
        raise BadArgument(msg)
