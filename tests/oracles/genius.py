"""GENIUS's own arithmetic, package by package: its EvaluatorDiscrete, EvaluatorInteger and NonlinearUtilitySpace."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping


def utility(profile: str, bid: Mapping[int, str]) -> float:
    """The utility of a bid (option by issue index), before GENIUS cuts it at 1."""
    root = ET.fromstring(profile)  # noqa: S314 (the test wrote it)
    nonlinear = root.find("objective/utility")
    if nonlinear is not None:
        return boxes(nonlinear, bid) / float(nonlinear.attrib["maxutility"])
    total = 0.0
    weights = {int(each.attrib["index"]): float(each.attrib["value"]) for each in root.iter("weight")}
    for issue in root.iter("issue"):
        index = int(issue.attrib["index"])
        total += weights[index] * (integer(issue, bid[index]) if issue.get("type") == "integer" else discrete(issue, bid[index]))
    return total


def discrete(issue: ET.Element, option: str) -> float:
    told = {}
    for item in issue.findall("item"):
        told[item.attrib["value"]] = float(item.attrib["evaluation"])
    largest = max(told.values())
    return 0.0 if largest < 0.00001 else told[option] / largest


def integer(issue: ET.Element, option: str) -> float:
    line = issue.find("evaluator")
    assert line is not None
    worth = float(line.attrib["slope"]) * (int(option) - int(issue.attrib["lowerbound"])) + float(line.attrib["offset"])
    return 0.0 if worth < 0 else 1.0 if worth > 1 else worth


def boxes(utility: ET.Element, bid: Mapping[int, str]) -> float:
    function = utility.find("ufun")
    assert function is not None
    total = 0.0
    for box in function.findall("hyperRectangle"):
        worth = float(box.attrib["utility"]) * float(box.get("weight", "1"))
        includes, excludes = box.findall("INCLUDES"), box.findall("EXCLUDES")
        inside = all(
            float(b.attrib["min"]) <= int(bid[int(b.attrib["index"])]) <= float(b.attrib["max"]) for b in includes + excludes
        )
        if (inside and not excludes) or (excludes and not inside):
            total += worth
    return total * float(function.get("weight", "1"))
