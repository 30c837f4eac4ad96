"""GeniusWeb JSON: a domain with `issuesValues`, and one LinearAdditiveUtilitySpace for each party.

Values are the weight of an issue times the utility of an option. GeniusWeb states the least acceptable agreement as a package
(`reservationBid`); its value is the reservation value, and without one it is zero.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from summitry.case.source import plain, shown
from summitry.errors import BadArgument

from .files import Place
from .scenario import MOST_OPTIONS, Matter, Points, Profile, Scaled, Scenario, check_matters, from_case, point, scaled, whole
from .trees import parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case

    from .files import Source
    from .trees import Node

LINEAR = "LinearAdditiveUtilitySpace"
OTHERS = ("SumOfGroupsUtilitySpace", "DefaultPartialOrdering")
DISCRETE = ("DiscreteValueSetUtilities", "discreteutils")
NUMBERS = ("NumberValueSetUtilities", "numberutils")
DIGITS = 12
MOST_PACKAGES = 2_000_000


def recognises(source: Source) -> bool:
    """Whether a file is a GeniusWeb domain or profile; the optimum that lies beside them (specials.json) is not."""
    words = ("issuesValues", LINEAR, *OTHERS)
    return source.suffix == ".json" and any(f'"{word}"'.encode() in source.data for word in words)


def read(sources: Sequence[Source], choice: str | None, _convention: str) -> Scenario:
    """Read the domain and every profile; without a domain file the first profile's own copy of it counts."""
    files = {source.name: parse_json(source) for source in sources}
    profiles = {name: node for name, node in files.items() if not node.has("issuesValues")}
    domains = {name: node for name, node in files.items() if name not in profiles}
    for node in profiles.values():
        other = next((word for word in OTHERS if node.has(word)), None)
        if other:
            node.refuse(f"the profile is a {other}", f"Only a {LINEAR} can be read")
    name = _domain(domains, choice)
    domain = domains[name] if name else next(iter(profiles.values()))[LINEAR]["domain"]
    matters = [_matter(issue, values) for issue, values in domain["issuesValues"].members().items()]
    check_matters(matters, domain.where(domain.path))
    notes: list[str] = []
    parties = [_profile(node[LINEAR], file, matters, notes) for file, node in profiles.items()]
    title = domain["name"].text() if domain.has("name") else ""
    rule = "values are weight x utility; the reservation value is that of the reservation bid, zero without one"
    return Scenario(title, matters, parties, [rule, *notes], used=[*([name] if name else []), *profiles])


def _domain(domains: Mapping[str, Node], choice: str | None) -> str | None:
    """The file of the domain, None where there is none."""
    if len(domains) > 1 and choice not in domains:
        what = f"{len(domains)} domains lie here ({', '.join(domains)})"
        Place(choice or next(iter(domains))).refuse(what, "Give the file of one")
    return choice if choice in domains else next(iter(domains), None)


def _matter(name: str, values: Node) -> Matter:
    place = values.where(values.path)
    if values.has("values"):
        return Matter(name, tuple(value.label() for value in values["values"].items()), place)
    if not values.has("range"):
        place.refuse(f"the issue {shown(name)} has neither values nor a range", 'Write {"values": [...]}')
    span = values["range"]
    low, high, step = (Decimal(str(span[key].number())) for key in ("low", "high", "step"))
    if step <= 0 or low > high or (high - low) / step >= MOST_OPTIONS:
        place.refuse(f"the range runs from {low} to {high} by {step}", f"Let it rise, in at most {MOST_OPTIONS} steps")
    count = int((high - low) / step) + 1
    return Matter(name, tuple(f"{(low + k * step).normalize():f}" for k in range(count)), place)


def _profile(space: Node, file: str, matters: Sequence[Matter], notes: list[str]) -> Profile:
    stem = plain(file.rsplit("/", 1)[-1].removesuffix(".json"))
    weights, utilities = space["issueWeights"].members(), space["issueUtilities"].members()
    names = {matter.name for matter in matters}
    for each in (weights, utilities):
        for issue, node in each.items():
            if issue not in names:
                node.refuse(f"the domain has no issue {shown(issue)}", "Use the domain's issues, spelled as there")
    values: list[dict[str, Points]] = []
    for matter in matters:
        if matter.name not in weights or matter.name not in utilities:
            space.refuse(f"the issue {shown(matter.name)} has no weight or no utilities", "Give every issue of the domain both")
        weight = weights[matter.name].number()
        worth = _utilities(utilities[matter.name], matter)
        values.append({option: point(weight * worth[option]) for option in matter.options})
    total = sum(weight.number() for weight in weights.values())
    if abs(total - 1) > 1e-6:  # noqa: PLR2004 (decimals of a file)
        notes.append(f"{stem}: the weights sum to {total:.6g}; they are taken as they stand")
    reservation = point(_reservation(space, matters, values))
    return Profile(stem, stem, f"{plain(file)} (GeniusWeb)", space.where(space.path), values, reservation)


def _utilities(node: Node, matter: Matter) -> dict[str, float]:
    kind = next((word for word in DISCRETE if node.has(word)), None)
    if kind:
        utilities = {option: worth.number() for option, worth in node[kind]["valueUtilities"].members().items()}
        for option in matter.options:
            if option not in utilities:
                what = f"the option {shown(option)} of {shown(matter.name)} has no utility"
                node.refuse(what, "Give one to each of the domain's options")
        return utilities
    kind = next((word for word in NUMBERS if node.has(word)), None)
    if kind is None:
        return node.refuse("the utilities are of no kind that can be read", f"Use {DISCRETE[0]} or {NUMBERS[0]}")
    line = node[kind]
    low, high, at_low, at_high = (line[key].number() for key in ("lowValue", "highValue", "lowUtility", "highUtility"))
    if low >= high:
        line.refuse("the low value is not below the high value", "Let the range rise")
    try:
        return {option: at_low + (at_high - at_low) * (float(option) - low) / (high - low) for option in matter.options}
    except ValueError:
        return line.refuse(f"the issue {shown(matter.name)} has options that are no numbers", f"Use {DISCRETE[0]}")


def _reservation(space: Node, matters: Sequence[Matter], values: Sequence[Mapping[str, Points]]) -> float:
    if space.has("reserved_value"):
        return space["reserved_value"].number()
    if not space.has("reservationBid"):
        return 0.0
    bid = space["reservationBid"]["issuevalues"]
    total = 0.0
    for matter, options in zip(matters, values, strict=True):
        option = bid[matter.name].label()
        if option not in options:
            what = f"the reservation bid names {shown(option)}, no option of {shown(matter.name)}"
            bid.refuse(what, "Use the domain's options")
        total += options[option][1]
    return total


def write(case: Case) -> dict[str, bytes]:
    """Write domain and profiles. GeniusWeb demands weights that sum to one, so the utilities carry what is left to 1."""
    scenario = from_case(case)
    domain = {"name": case.name, "issuesValues": {matter.name: {"values": list(matter.options)} for matter in scenario.matters}}
    files = {f"{case.name}.json": _dump(domain)}
    for profile in scenario.profiles:
        shape = scaled(profile, to_one=True)
        weights = _to_one(profile.name, shape.weights)
        shares = [exact / weight if weight else 1.0 for exact, weight in zip(shape.weights, weights, strict=True)]
        space: dict[str, object] = {
            "issueUtilities": {
                matter.name: {
                    DISCRETE[0]: {"valueUtilities": {option: min(worth * share, 1.0) for option, worth in worths.items()}}
                }
                for matter, worths, share in zip(scenario.matters, shape.evaluations, shares, strict=True)
            },
            "issueWeights": dict(zip((matter.name for matter in scenario.matters), weights, strict=True)),
            "domain": domain,
            "name": profile.stem,
        }
        bid = _bid(shape)
        if bid:
            space["reservationBid"] = {"issuevalues": dict(zip((matter.name for matter in scenario.matters), bid, strict=True))}
        files[f"{profile.stem}.json"] = _dump({LINEAR: space})
    return whole(files, scenario, case.name)


def _dump(data: object) -> bytes:
    return (json.dumps(data, indent=2, allow_nan=False) + "\n").encode()


def _to_one(name: str, weights: Sequence[float]) -> list[float]:
    """Round the weights so that they sum to exactly one as decimals; the largest takes the rest."""
    rounded = [Decimal(f"{weight:.{DIGITS}f}") for weight in weights]
    if not any(rounded):
        msg = f"{name} values no issue, and GeniusWeb's weights must sum to one: write genius or summitry instead."
        raise BadArgument(msg)
    largest = rounded.index(max(rounded))
    rounded[largest] += 1 - sum(rounded)
    return [float(weight) for weight in rounded]


def _bid(shape: Scaled) -> list[str]:
    """Find the least acceptable package, which makes the same packages acceptable as the reservation value does.

    Empty where every package is acceptable, and where there are too many packages to look through.
    """
    parts = zip(shape.weights, shape.evaluations, strict=True)
    worths = [np.array([weight * worth for worth in options.values()]) for weight, options in parts]
    lowest = sum(float(each.min()) for each in worths)
    if shape.reservation <= lowest or np.prod([float(len(each)) for each in worths]) > MOST_PACKAGES:
        return []
    totals: NDArray[np.float64] = np.zeros(())
    for each in worths:
        totals = np.add.outer(totals, each)
    acceptable = np.where(totals >= shape.reservation - 10.0**-DIGITS, totals, np.inf)
    best = np.unravel_index(int(acceptable.argmin()), totals.shape)
    if not np.isfinite(acceptable[best]):
        best = np.unravel_index(int(totals.argmax()), totals.shape)
    return [list(options)[k] for k, options in zip(best, shape.evaluations, strict=True)]
