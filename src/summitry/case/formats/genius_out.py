"""Writing GENIUS XML, so that GENIUS 10.4 and `genius.read` find the values that the case has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from summitry.case.source import shown
from summitry.errors import BadArgument

from .boxes import boxes, refuse_names
from .scaled import SLACK, scaled
from .scenario import from_case, mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from summitry.case.types import Case

    from .scenario import Matter, Profile

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
WHITE = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def write(case: Case) -> dict[str, bytes]:
    """Write domain and profiles, by file name; raises BadArgument where the format cannot say what the case says."""
    scenario = from_case(case)
    nonlinear = any(profile.terms for profile in scenario.profiles)
    if nonlinear:
        refuse_names(scenario, "GENIUS")
    template = [_issue(i, matter, integer=nonlinear) for i, matter in enumerate(scenario.matters)]
    files = {f"{case.name}-domain.xml": _domain(scenario.title, template)}
    for profile in scenario.profiles:
        body = (
            _nonlinear(profile, template, within=case.foreign == "genius") if nonlinear else _additive(profile, scenario.matters)
        )
        files[f"{profile.stem}.xml"] = body
    if len(files) <= len(scenario.profiles):
        msg = f"a party is called {case.name}-domain like the domain's own file: rename it, or the case."
        raise BadArgument(msg)
    return files


def _domain(title: str, issues: list[list[str]]) -> bytes:
    lines = ["<negotiation_template>", f'<utility_space number_of_issues="{len(issues)}">', _objective(title)]
    for issue in issues:
        lines += issue
    return _bytes([*lines, "</objective>", "</utility_space>", "</negotiation_template>"])


def _objective(title: str) -> str:
    return f'<objective index="0" name={_quoted(title)} description="" type="objective" etype="objective">'


def _issue(i: int, matter: Matter, *, integer: bool, evaluations: Mapping[str, float] | None = None) -> list[str]:
    kind = "integer" if integer else "discrete"
    head = f'<issue index="{i + 1}" name={_quoted(matter.name)} type="{kind}" etype="{kind}" vtype="{kind}"'
    if integer:
        return [f'{head} lowerbound="{matter.options[0]}" upperbound="{matter.options[-1]}"/>']
    worth = {} if evaluations is None else {option: f' evaluation="{value!r}"' for option, value in evaluations.items()}
    items = [
        f'<item index="{j}" value={_quoted(option)}{worth.get(option, "")}/>' for j, option in enumerate(matter.options, start=1)
    ]
    return [f"{head}>", *items, "</issue>"]


def _additive(profile: Profile, matters: Iterable[Matter]) -> bytes:
    shape = scaled(profile)
    lines = ["<utility_space>", _objective("root")]
    for i, matter in enumerate(matters):
        lines += _issue(i, matter, integer=False, evaluations=shape.evaluations[i])
    lines += [f'<weight index="{i + 1}" value="{weight!r}"/>' for i, weight in enumerate(shape.weights)]
    return _bytes([*lines, "</objective>", *_tail(profile.discount, shape.reservation), "</utility_space>"])


def _nonlinear(profile: Profile, template: list[list[str]], *, within: bool) -> bytes:
    """Write boxes; where the values are not known to lie within 0..1, they are divided by a bound that none exceeds."""
    regions = boxes(profile.values, profile.terms)
    largest = divisor_of(profile, within=within)
    lines = ['<utility_space type="nonlinear">', _objective("root")]
    for issue in template:
        lines += issue
    lines += ["" + f'<utility maxutility="{largest!r}">', '<ufun type="PlainUfun" weight="1" aggregation="sum">']
    for utility, bounds in regions:
        lines.append(f'<hyperRectangle utility="{utility!r}">')
        lines += [f'<INCLUDES index="{i + 1}" min="{low}" max="{high}"/>' for i, (low, high) in bounds.items()]
        lines.append("</hyperRectangle>")
    tail = _tail(profile.discount, mean(profile.reservation) / largest)
    return _bytes([*lines, "</ufun>", "</utility>", "</objective>", *tail, "</utility_space>"])


def divisor_of(profile: Profile, *, within: bool) -> float:
    """By what the values of combinations are divided: a bound that none exceeds, 1 where they are `within` 0..1."""
    bound = sum(max(0.0, utility) for utility, _ in boxes(profile.values, profile.terms))
    return 1.0 if within or bound <= 1 + SLACK else bound


def _tail(discount: float, reservation: float) -> list[str]:
    return [f'<discount_factor value="{discount!r}"/>', f'<reservation value="{reservation!r}"/>']


def _quoted(text: str) -> str:
    if FORBIDDEN.search(text):
        msg = f"{shown(text)} has a character that XML cannot hold: remove it, or write summitry instead."
        raise BadArgument(msg)
    return quoteattr(text, WHITE)


def _bytes(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
