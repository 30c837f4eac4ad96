"""NegMAS YAML: a DiscreteCartesianOutcomeSpace, and one utility function for each party.

Read are LinearAdditiveUtilityFunction (with its affine and linear forms), HyperRectangleUtilityFunction, and both discounted by
ExpDiscountedUFun over `relative_time`, which is d^t. A discount by step counts rounds that no scenario fixes; it is left out,
with a note. Written are tables with every weight 1, or boxes over whole numbers where combinations count.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from summitry.case.source import plain, shown
from summitry.case.yaml import document

from .files import Place
from .scenario import (
    MOST_OPTIONS,
    Matter,
    Points,
    Profile,
    Scenario,
    Term,
    boxes,
    check_matters,
    from_case,
    mean,
    needs_boxes,
    point,
    whole,
)
from .trees import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from summitry.case.types import Case

    from .files import Source
    from .trees import Node

LISTED = {"CategoricalIssue", "OrdinalIssue", "CardinalIssue", "DiscreteCardinalIssue", "DiscreteOrdinalIssue"}
RANGES = {"ContiguousIssue", "IntegerIssue"}
TABLES = {"TableFun", "MappingFun", ""}
LINEAR = {"LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction"}
AFFINE = {"AffineUtilityFunction", "LinearUtilityFunction"}
BOXES = {"HyperRectangleUtilityFunction"}
DISCOUNTED = {"ExpDiscountedUFun"}


def recognises(source: Source) -> bool:
    """Whether a file is a NegMAS outcome space or utility function."""
    kind = re.search(
        rb"^type:\s*\S*(OutcomeSpace|UtilityFunction|UtilityAggregationFunction|UFun)\s*$", source.data, re.MULTILINE
    )
    return source.suffix in {".yml", ".yaml"} and kind is not None


def _type(node: Node) -> str:
    return node["type"].text().rsplit(".", 1)[-1] if node.has("type") else ""


def read(sources: Sequence[Source], choice: str | None, _convention: str) -> Scenario:
    """Read the outcome space and every utility function."""
    files = {source.name: parse_yaml(source) for source in sources}
    domains = {name: node for name, node in files.items() if _type(node).endswith("OutcomeSpace")}
    if len(domains) != 1 and choice not in domains:
        what = f"there are {len(domains)} outcome spaces here"
        Place(choice or next(iter(files))).refuse(what, "Give one, beside its utility functions")
    domain = choice if choice in domains else next(iter(domains))
    matters = [_matter(issue) for issue in files[domain]["issues"].items()]
    check_matters(matters, Place(domain))
    notes: list[str] = []
    parties = [_profile(node, name, matters, notes) for name, node in files.items() if name not in domains]
    title = files[domain]["name"].text() if files[domain].has("name") else ""
    rule = "values are those of the NegMAS utility functions, not divided by the issue's largest"
    return Scenario(title, matters, parties, [rule, *notes], used=[domain, *(name for name in files if name not in domains)])


def _matter(issue: Node) -> Matter:
    name, place, kind = issue["name"].text(), issue.where(issue.path), _type(issue)
    values = issue["values"]
    if kind in LISTED:
        return Matter(name, tuple(value.label() for value in values.items()), place)
    if kind not in RANGES:
        what = f"the issue {shown(name)} is a {shown(kind)}"
        issue.refuse(what, "State it in steps, as a CategoricalIssue or a ContiguousIssue")
    low, high = (bound.whole() for bound in values.items()) if len(values.items()) == 2 else (0, -1)  # noqa: PLR2004 (low and high)
    if not 0 <= high - low < MOST_OPTIONS:
        what = f"the issue {shown(name)} has no rising range"
        values.refuse(what, f"Write [low, high] over at most {MOST_OPTIONS} whole numbers")
    return Matter(name, tuple(str(option) for option in range(low, high + 1)), place)


def _profile(node: Node, file: str, matters: Sequence[Matter], notes: list[str]) -> Profile:
    stem = plain(re.sub(r"\.ya?ml$", "", file.rsplit("/", 1)[-1]))
    discount, inner = 1.0, node
    if _type(node) in DISCOUNTED:
        inner = node["ufun"]
        share = node["discount"].number() if node.has("discount") else 1.0
        factor = node["factor"].text() if node.has("factor") else "step"
        if factor == "relative_time" and 0 < share <= 1:
            discount = share
        elif share != 1:
            notes.append(f"{stem}: the discount {share:g} over {shown(factor)} is no d^t with t from 0 to 1, and is left out")
    read_values = next((reader for kinds, reader in KINDS if _type(inner) in kinds), None)
    if read_values is None:
        what = f"the utility function is a {shown(_type(inner))}"
        inner.refuse(what, "Additive functions and sums of hyper-rectangles can be read")
    values, terms = read_values(inner, matters)
    if inner.has("bias"):
        values[0] = {option: point(points[1] + inner["bias"].number()) for option, points in values[0].items()}
    reservation = _reservation(inner, values, terms, stem, notes)
    return Profile(stem, stem, f"{plain(file)} (NegMAS)", node.where(()), values, point(reservation), discount, terms)


def _reservation(node: Node, values: Sequence[Mapping[str, Points]], terms: Sequence[Term], stem: str, notes: list[str]) -> float:
    """Read the reserved value; minus infinity (any package is better than none) becomes a bound that no package lies below."""
    reserve = node["reserved_value"] if node.has("reserved_value") else None
    if reserve is not None and reserve.value != -math.inf:
        return reserve.number()
    lowest = sum(min(points[1] for points in options.values()) for options in values)
    lowest += sum(min(0.0, term.value[1]) for term in terms)
    notes.append(f"{stem}: there is no reserved value; {lowest:g}, which no package lies below, stands for it")
    return lowest


def _additive(node: Node, matters: Sequence[Matter]) -> tuple[list[dict[str, Points]], list[Term]]:
    functions, weights = _by_issue(node["values"], matters), _weights(node, matters)
    parts = zip(functions, weights, matters, strict=True)
    return [{option: point(_number(w) * worth) for option, worth in _worths(f, m).items()} for f, w, m in parts], []


def _affine(node: Node, matters: Sequence[Matter]) -> tuple[list[dict[str, Points]], list[Term]]:
    weights = zip(_weights(node, matters), matters, strict=True)
    return [{option: point(_number(w) * _float(option, node)) for option in matter.options} for w, matter in weights], []


def _weights(node: Node, matters: Sequence[Matter]) -> Sequence[Node | None]:
    return _by_issue(node["weights"], matters) if node.has("weights") else [None] * len(matters)


def _number(weight: Node | None) -> float:
    return 1.0 if weight is None else weight.number()


def _by_issue(node: Node, matters: Sequence[Matter]) -> list[Node]:
    """Read one part for each issue, from a list in the order of the issues or a mapping by their names."""
    if isinstance(node.value, dict):
        return [node[matter.name] for matter in matters]
    parts = node.items()
    if len(parts) != len(matters):
        node.refuse(f"there are {len(parts)} entries for {len(matters)} issues", "Write one for each issue, in their order")
    return parts


def _worths(function: Node, matter: Matter) -> dict[str, float]:
    kind = _type(function)
    if kind in TABLES:
        worths = (function["mapping"] if kind else function).members()
        missing = [option for option in matter.options if option not in worths]
        if missing:
            what = f"the option {shown(missing[0])} of {shown(matter.name)} has no value"
            function.refuse(what, "Give one to each of the issue's options")
        return {option: worths[option].number() for option in matter.options}
    if kind not in {"AffineFun", "LinearFun", "IdentityFun", "ConstFun"}:
        function.refuse(f"the value function is a {shown(kind)}", "Write its values as a TableFun")
    slope = 1.0 if kind == "IdentityFun" else function["slope"].number() if kind != "ConstFun" else 0.0
    bias = function["bias"].number() if function.has("bias") else 0.0
    return {option: slope * (_float(option, function) if slope else 0.0) + bias for option in matter.options}


def _float(option: str, node: Node) -> float:
    try:
        return float(option)
    except ValueError:
        return node.refuse(f"the option {shown(option)} is no number", "Write the values as a TableFun")


def _boxes(node: Node, matters: Sequence[Matter]) -> tuple[list[dict[str, Points]], list[Term]]:
    values = [dict.fromkeys(matter.options, point(0.0)) for matter in matters]
    terms = []
    ranges, worths = node["outcome_ranges"].items(), node["utilities"].items()
    weights: Sequence[Node | None] = node["weights"].items() if node.has("weights") else [None] * len(ranges)
    if not len(ranges) == len(worths) == len(weights):
        node.refuse("ranges, utilities and weights are not of one length", "Write one of each for every box")
    for box, worth, weight in zip(ranges, worths, weights, strict=True):
        value = worth.number() * _number(weight)
        when = _when(box, matters)
        if when:
            terms.append(Term(when, point(value)))
        else:
            values[0] = {option: point(points[1] + value) for option, points in values[0].items()}
    return values, [term for term in terms if all(term.when.values())]


def _when(box: Node, matters: Sequence[Matter]) -> dict[int, tuple[str, ...]]:
    """Read the options inside one box: [low, high] or a list of more, by the issue's number from zero."""
    when = {}
    for number, bounds in box.members().items() if box.value is not None else ():
        if not number.isdigit() or int(number) >= len(matters):
            bounds.refuse(f"there is no issue number {shown(number)}", "Count the issues from zero")
        matter = matters[int(number)]
        low, high = (bound.number() for bound in bounds.items()) if len(bounds.items()) == 2 else (1.0, 0.0)  # noqa: PLR2004 (low, high)
        when[int(number)] = tuple(option for option in matter.options if low <= _float(option, bounds) <= high)
    return when


KINDS: Sequence[tuple[set[str], Callable[[Node, Sequence[Matter]], tuple[list[dict[str, Points]], list[Term]]]]] = (
    (LINEAR, _additive),
    (AFFINE, _affine),
    (BOXES, _boxes),
)


def write(case: Case) -> dict[str, bytes]:
    """Write outcome space and utility functions; raises BadArgument where NegMAS cannot say what the case says."""
    scenario = from_case(case)
    nonlinear = needs_boxes(scenario, "NegMAS")
    space = {"type": "DiscreteCartesianOutcomeSpace", "name": case.name, "issues": _issues(scenario, numbers=nonlinear)}
    files = {f"{case.name}.yml": document(space)}
    for profile in scenario.profiles:
        function = _function(profile, nonlinear=nonlinear)
        if profile.discount < 1:
            head = {"type": "ExpDiscountedUFun", "name": profile.stem, "discount": profile.discount}
            function = {**head, "factor": "relative_time", "dynamic_reservation": True, "ufun": function}
        files[f"{profile.stem}.yml"] = document(function)
    return whole(files, scenario, case.name, "outcome space")


def _issues(scenario: Scenario, *, numbers: bool) -> list[dict[str, object]]:
    kind = "ContiguousIssue" if numbers else "CategoricalIssue"
    values = [[int(each.options[0]), int(each.options[-1])] if numbers else list(each.options) for each in scenario.matters]
    return [{"name": each.name, "type": kind, "values": row} for each, row in zip(scenario.matters, values, strict=True)]


def _function(profile: Profile, *, nonlinear: bool) -> dict[str, object]:
    """A party's values as tables, or as boxes."""
    kind = "HyperRectangleUtilityFunction" if nonlinear else "LinearAdditiveUtilityFunction"
    head = {"type": kind, "name": profile.stem, "reserved_value": mean(profile.reservation)}
    if not nonlinear:
        tables = [{option: mean(points) for option, points in options.items()} for options in profile.values]
        values = [{"type": "TableFun", "mapping": mapping} for mapping in tables]
        return {**head, "weights": [1.0] * len(values), "values": values}
    regions = boxes(profile.values, profile.terms)
    return {
        **head,
        "outcome_ranges": [{i: list(bounds) for i, bounds in where.items()} for _, where in regions],
        "utilities": [utility for utility, _ in regions],
        "weights": [1.0] * len(regions),
    }
