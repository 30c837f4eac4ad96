"""Nonlinear GENIUS profiles: sums of hyper-rectangles over integer issues, read into terms and written from them."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from summitry.case.source import shown
from summitry.errors import BadArgument

from .scenario import Points, Term, mean, point

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .scenario import Scenario
    from .xml import Element


def terms(utility: Element, options: Sequence[Sequence[str]], order: Mapping[int, int], *, raw: bool) -> tuple[float, list[Term]]:
    """Read a <utility> into a constant and the points that arise inside each box.

    A box that EXCLUDES pays outside: a constant, taken back inside. A box without bounds is a constant. As in GENIUS, utilities
    are weighted and divided by `maxutility` (not in the raw convention).
    """
    functions = list(utility.all("ufun"))
    if len(functions) != 1 or list(functions[0].all("ufun")) or functions[0].attributes.get("aggregation", "sum") != "sum":
        utility.place.refuse(
            "the utility is no plain sum of hyper-rectangles", 'One <ufun aggregation="sum"> without further ones inside is read'
        )
    largest = utility.number("maxutility")
    if largest <= 0:
        utility.place.refuse(f"maxutility is {largest:g}", "Write the largest utility, above zero")
    weight = _weight(functions[0]) / (1.0 if raw else largest)
    constant = 0.0
    combinations = []
    for box in functions[0].all("hyperRectangle"):
        value = box.number("utility") * weight * _weight(box)
        inside, outside = list(box.all("INCLUDES")), list(box.all("EXCLUDES"))
        if inside and outside:
            box.place.refuse("a box both includes and excludes", "Write it as two boxes")
        when = _when(inside or outside, options, order)
        if not when or outside:
            constant += value
        if when and all(when.values()):
            combinations.append(Term(when, point(-value if outside else value)))
    return constant, combinations


def _weight(element: Element) -> float:
    return element.number("weight") if "weight" in element.attributes else 1.0


def _when(bounds: Iterable[Element], options: Sequence[Sequence[str]], order: Mapping[int, int]) -> dict[int, tuple[str, ...]]:
    """Read the options that lie within the bounds, issue by issue; several bounds on one issue must all hold."""
    when: dict[int, tuple[str, ...]] = {}
    for bound in bounds:
        index = bound.whole("index")
        if index not in order:
            bound.place.refuse(f"the domain has no issue with index {index}", "Use the indices of the domain's issues")
        i = order[index]
        low, high = bound.number("min"), bound.number("max")
        try:
            when[i] = tuple(option for option in when.get(i, options[i]) if low <= int(option) <= high)
        except ValueError:
            bound.place.refuse("a bound is set on an issue that is not of whole numbers", "Hyper-rectangles need integer issues")
    return when


def boxes(values: Sequence[Mapping[str, Points]], worth: Sequence[Term]) -> list[tuple[float, dict[int, tuple[int, int]]]]:
    """Write additive values and terms as boxes (utility, bounds by issue number); options must be whole numbers without gaps."""
    regions: list[tuple[float, dict[int, tuple[int, int]]]] = []
    for i, options in enumerate(values):
        regions += [(mean(points), {i: (int(option), int(option))}) for option, points in options.items() if mean(points)]
    for term in worth:
        runs = [[(i, run) for run in _runs([int(option) for option in options])] for i, options in term.when.items()]
        regions += [(mean(term.value), dict(bounds)) for bounds in product(*runs)]
    return regions


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Group whole numbers into runs without a gap."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def refuse_names(scenario: Scenario, tool: str) -> None:
    """Raise BadArgument where an issue's options are not whole numbers in a row, which boxes need."""
    for matter in scenario.matters:
        numbers = [int(option) for option in matter.options if re.fullmatch(r"0|-?[1-9]\d{0,8}", option)]
        if len(numbers) < len(matter.options) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            msg = (
                f"{tool} values combinations of whole numbers only, unlike {shown(matter.name)}: write summitry or xlsx instead."
            )
            raise BadArgument(msg)
