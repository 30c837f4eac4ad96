"""Writing NegMAS YAML: values as tables with every weight 1, or as boxes over whole numbers where combinations count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.errors import BadArgument

from .boxes import boxes, refuse_names
from .scenario import from_case, mean
from .yaml_out import document

if TYPE_CHECKING:
    from summitry.case.types import Case

    from .scenario import Profile, Scenario


def write(case: Case) -> dict[str, bytes]:
    """Write outcome space and utility functions; raises BadArgument where NegMAS cannot say what the case says."""
    scenario = from_case(case)
    nonlinear = any(profile.terms for profile in scenario.profiles)
    if nonlinear:
        refuse_names(scenario, "NegMAS")
    space = {"type": "DiscreteCartesianOutcomeSpace", "name": case.name, "issues": _issues(scenario, numbers=nonlinear)}
    files = {f"{case.name}.yml": document(space)}
    for profile in scenario.profiles:
        function = _boxes(profile) if nonlinear else _tables(profile)
        if profile.discount < 1:
            function = {
                "type": "ExpDiscountedUFun",
                "name": profile.stem,
                "discount": profile.discount,
                "factor": "relative_time",
                "dynamic_reservation": True,
                "ufun": function,
            }
        files[f"{profile.stem}.yml"] = document(function)
    if len(files) <= len(scenario.profiles):
        msg = f"a party is called {case.name} like the outcome space's own file: rename it, or the case."
        raise BadArgument(msg)
    return files


def _issues(scenario: Scenario, *, numbers: bool) -> list[dict[str, object]]:
    if numbers:
        return [
            {"name": matter.name, "type": "ContiguousIssue", "values": [int(matter.options[0]), int(matter.options[-1])]}
            for matter in scenario.matters
        ]
    return [{"name": matter.name, "type": "CategoricalIssue", "values": list(matter.options)} for matter in scenario.matters]


def _tables(profile: Profile) -> dict[str, object]:
    return {
        "type": "LinearAdditiveUtilityFunction",
        "name": profile.stem,
        "reserved_value": mean(profile.reservation),
        "weights": [1.0] * len(profile.values),
        "values": [
            {"type": "TableFun", "mapping": {option: mean(points) for option, points in options.items()}}
            for options in profile.values
        ],
    }


def _boxes(profile: Profile) -> dict[str, object]:
    regions = boxes(profile.values, profile.terms)
    return {
        "type": "HyperRectangleUtilityFunction",
        "name": profile.stem,
        "reserved_value": mean(profile.reservation),
        "outcome_ranges": [{i: list(bounds) for i, bounds in where.items()} for _, where in regions],
        "utilities": [utility for utility, _ in regions],
        "weights": [1.0] * len(regions),
    }
