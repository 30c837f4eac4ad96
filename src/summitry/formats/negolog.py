"""NegoLog JSON: two profiles, each with its issues, their weights, and a reservation value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from summitry.case.source import plain, shown
from summitry.errors import BadArgument

from .scenario import Matter, Points, Profile, Scenario, from_case, point, scaled
from .trees import parse_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case

    from .files import Source
    from .trees import Node

STEMS = ("profileA", "profileB")


def recognises(source: Source) -> bool:
    """Whether a file is a NegoLog profile; what is known of the domain (specs.json) is not needed."""
    return source.suffix == ".json" and b'"issueWeights"' in source.data and b'"issues"' in source.data


def read(sources: Sequence[Source], _chosen: str | None, _convention: str) -> Scenario:
    """Read the profiles; the first one's issues and options are the domain."""
    files = {source.name: parse_json(source) for source in sources}
    first = next(iter(files.values()))
    issues = first["issues"].members()
    matters = [Matter(name, tuple(options.members()), options.where(options.path)) for name, options in issues.items()]
    profiles = [_profile(node, name, matters) for name, node in files.items()]
    return Scenario("", matters, profiles, ["values are weight x value, as NegoLog computes them"], used=list(files))


def _profile(node: Node, file: str, matters: Sequence[Matter]) -> Profile:
    stem = plain(file.rsplit("/", 1)[-1].removesuffix(".json"))
    issues, weights = node["issues"].members(), node["issueWeights"].members()
    for issue, options in issues.items():
        matter = next((matter for matter in matters if matter.name == issue), None)
        extra = set(options.members()) - set(matter.options) if matter else {issue}
        if extra:
            what = f"{shown(min(extra))} is not in the first profile"
            options.refuse(what, "Let the profiles have the same issues and options")
    values: list[dict[str, Points]] = []
    for matter in matters:
        if matter.name not in issues or matter.name not in weights:
            node.refuse(f"the issue {shown(matter.name)} has no values or no weight", "Give every issue both")
        weight, entries = weights[matter.name].number(), issues[matter.name]
        values.append({option: point(weight * entries[option].number()) for option in matter.options})
    return Profile(stem, stem, f"{plain(file)} (NegoLog)", node.where(()), values, point(node["reservationValue"].number()))


def write(case: Case) -> dict[str, bytes]:
    """Write the two profiles under the names that NegoLog looks for; values are scaled to within 0..1."""
    scenario = from_case(case)
    if len(scenario.profiles) != len(STEMS):
        msg = f"NegoLog knows two parties, this case has {len(scenario.profiles)}: write genius or summitry instead."
        raise BadArgument(msg)
    names = [matter.name for matter in scenario.matters]
    files = {}
    for stem, profile in zip(STEMS, scenario.profiles, strict=True):
        shape = scaled(profile)
        data = {
            "reservationValue": shape.reservation,
            "issueWeights": dict(zip(names, shape.weights, strict=True)),
            "issues": {name: dict(options) for name, options in zip(names, shape.evaluations, strict=True)},
        }
        files[f"{stem}.json"] = (json.dumps(data, indent=1, allow_nan=False) + "\n").encode()
    return files
