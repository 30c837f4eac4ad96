"""GENIUS XML: a domain (`negotiation_template`) and one profile (`utility_space`) for each party.

Conventions. GENIUS 10.4 divides the evaluation of a discrete option by the largest of its issue before weighting
(EvaluatorDiscrete.normalize), evaluates an integer option as offset + slope * (option - lower bound), kept within 0..1
(EvaluatorInteger.getEvaluation), divides a sum of hyper-rectangles by `maxutility` (NonlinearUtilitySpace.getUtility), and
reads a discount outside ]0, 1] as none (AbstractUtilitySpace.validateDiscount). "raw" follows NegMAS 0.16: no division, and
integers are not counted from the lower bound nor kept within 0..1. GENIUS also cuts a package's sum at 1; that is not done
here, and said where it would matter. Weights are taken as they stand, as GENIUS does when it loads a file.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from summitry.case.source import plain, shown
from summitry.errors import BadArgument

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
    divisor_of,
    from_case,
    mean,
    needs_boxes,
    point,
    scaled,
    whole,
)
from .trees import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summitry.case.types import Case

    from .files import Source
    from .trees import Element

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
WHITE = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
DOMAIN, SPACE = "negotiation_template", "utility_space"
GENIUS_LEAST_MAXIMUM = 1e-5
"""Below this largest evaluation GENIUS counts the whole issue as worth nothing."""


def recognises(source: Source) -> bool:
    """Whether a file is a GENIUS domain or profile; other XML that lies beside them (pareto.xml) is not."""
    head = source.data.replace(b"\0", b"") if source.suffix == ".xml" else b""  # UTF-16 is ASCII with zeros between
    return f"<{DOMAIN}".encode() in head or f"<{SPACE}".encode() in head


def read(sources: Sequence[Source], choice: str | None, convention: str) -> Scenario:
    """Read a scenario: the domain, then every profile that fits it.

    `chosen` names the domain file where the user gave one; otherwise there must be exactly one.
    """
    trees = {source.name: parse_xml(source) for source in sorted(sources, key=lambda s: _natural(s.name))}
    domains = {name: tree for name, tree in trees.items() if tree.tag == DOMAIN}
    profiles = {name: tree for name, tree in trees.items() if tree.tag == SPACE}
    for name, tree in trees.items():
        if name not in domains and name not in profiles:
            tree.place.refuse(f"the root is <{tree.tag}>", f"A GENIUS file begins with <{DOMAIN}> or <{SPACE}>")
    domain = _domain(domains, choice or next(iter(trees)))
    matters, order = _matters(domains[domain])
    check_matters(matters, domains[domain].place)
    if len(domains) > 1:
        names = {matter.name for matter in matters}
        profiles = {name: tree for name, tree in profiles.items() if _issue_names(tree) == names}
    notes: list[str] = []
    parties = [_profile(tree, name, matters, order, convention, notes) for name, tree in profiles.items()]
    root = next(domains[domain].deep("objective"), None)
    title = root.attributes.get("name", "") if root else ""
    return Scenario("" if title == "root" else title, matters, parties, [_rule(convention), *notes], used=[domain, *profiles])


def _issue_names(tree: Element) -> set[str | None]:
    return {issue.attributes.get("name") for issue in tree.deep("issue")}


def _rule(convention: str) -> str:
    if convention == "raw":
        return "values are read by the raw convention, as NegMAS does: evaluations are not divided by their issue's largest"
    return "values are read as GENIUS 10.4 does: each evaluation is divided by its issue's largest before weighting"


def _natural(name: str) -> list[tuple[int, str]]:
    """Order util2 before util10."""
    return [(int(digits or 0), text) for text, digits in re.findall(r"(\D*)(\d*)", name)]


def _domain(domains: dict[str, Element], choice: str) -> str:
    if choice in domains:
        return choice
    if len(domains) != 1:
        what = f"there is no domain (<{DOMAIN}>) among the files"
        if domains:
            what = f"{len(domains)} domains lie here ({', '.join(domains)})"
        Place(choice).refuse(what, "Give the domain's file beside its profiles, or a folder that holds one domain")
    return next(iter(domains))


def _matters(domain: Element) -> tuple[list[Matter], dict[int, int]]:
    """Read the issues in the order of the file, and the number of each under its GENIUS index."""
    matters: list[Matter] = []
    order: dict[int, int] = {}
    for issue in domain.deep("issue"):
        index = issue.whole("index")
        if index in order:
            issue.place.refuse(f"the index {index} is used twice", "Give every issue an index of its own")
        order[index] = len(matters)
        matters.append(Matter(issue.text("name"), _options(issue), issue.place))
    return matters, order


def _options(issue: Element) -> tuple[str, ...]:
    kind = issue.attributes.get("type", "discrete")
    if kind == "discrete":
        return tuple(item.text("value") for item in issue.all("item"))
    if kind == "integer":
        low, high = _bounds(issue)
        return tuple(str(option) for option in range(low, high + 1))
    what = f"the issue {shown(issue.attributes.get('name', ''))} is of type {shown(kind)}"
    return issue.place.refuse(what, "State it in steps, as a discrete or an integer issue")


def _bounds(issue: Element) -> tuple[int, int]:
    holder = next(issue.all("range"), issue)
    low, high = holder.whole("lowerbound"), holder.whole("upperbound")
    if not 0 <= high - low < MOST_OPTIONS:
        issue.place.refuse(f"the range runs from {low} to {high}", f"Let it rise, over at most {MOST_OPTIONS} whole numbers")
    return low, high


def _profile(
    tree: Element, name: str, matters: Sequence[Matter], order: dict[int, int], convention: str, notes: list[str]
) -> Profile:
    stem = plain(re.sub(r"\.[^.]*$", "", name.rsplit("/", 1)[-1]))
    objective = next(tree.deep("objective"), tree)
    utility = next(objective.all("utility"), None)
    if utility is None:
        values = _additive(tree, matters, order, convention, stem, notes)
        worth: Sequence[Term] = ()
    else:
        constant, worth = _terms(utility, matters, order, raw=convention == "raw")
        values = [dict.fromkeys(matter.options, point(0.0)) for matter in matters]
        values[0] = dict.fromkeys(matters[0].options, point(constant))
    reservation = next((each.number("value") for each in tree.all("reservation")), 0.0)
    discount = next((each.number("value") for each in tree.all("discount_factor")), 1.0)
    if not 0 < discount <= 1:
        notes.append(f"{stem}: the discount factor {discount:g} lies outside ]0, 1] and counts as none, as in GENIUS")
        discount = 1.0
    return Profile(stem, stem, f"{name} (GENIUS)", tree.place, values, point(reservation), discount, worth)


def _additive(
    tree: Element, matters: Sequence[Matter], order: dict[int, int], convention: str, stem: str, notes: list[str]
) -> list[dict[str, Points]]:
    """Read weights and evaluations; raises CaseInvalid where an issue has no weight, or an option no evaluation."""
    weights = {weight.whole("index"): weight for weight in tree.deep("weight")}
    values: list[dict[str, Points]] = [{} for _ in matters]
    indices = set()
    for issue in tree.deep("issue"):
        index = _index(issue, matters, order, weights)
        i = order[index]
        twice = _repeated(issue)
        if twice:
            what = f"{shown(twice)} of {shown(matters[i].name)} is evaluated twice"
            notes.append(f"{stem}: {what}; the last evaluation counts, as in GENIUS")
        weight = weights[index].number("value")
        scale = _as_genius if convention == "genius" else _as_raw
        values[i] = {option: point(weight * worth) for option, worth in scale(issue, matters[i]).items()}
        indices.add(i)
    if len(indices) < len(matters):
        lacking = next(matter for i, matter in enumerate(matters) if i not in indices)
        what = f"the profile says nothing of the issue {shown(lacking.name)}"
        tree.place.refuse(what, "Add the issue with its evaluations and its weight")
    total = sum(weights[index].number("value") for index in order)
    if abs(total - 1) > 1e-6:  # noqa: PLR2004 (decimals of a file)
        notes.append(f"{stem}: the weights sum to {total:.6g}; they are taken as they stand, as in GENIUS")
    best = sum(max(points[1] for points in each.values()) for each in values)
    if convention == "genius" and best > 1 + 1e-9:
        notes.append(f"{stem}: the best package is worth {best:.6g}; GENIUS would cut it at 1, here it is not cut")
    return values


def _index(issue: Element, matters: Sequence[Matter], order: dict[int, int], weights: dict[int, Element]) -> int:
    """The index of an issue that the domain has and that has a weight."""
    index = issue.whole("index")
    if index not in order or issue.text("name") != matters[order[index]].name:
        what = f"the domain has no issue {shown(issue.text('name'))} with index {index}"
        issue.place.refuse(what, "Give the profile of this domain, with its issues")
    if index not in weights:
        what = f"the issue {shown(issue.text('name'))} has no weight"
        issue.place.refuse(what, f'Add <weight index="{index}" value="..."> beside it')
    return index


def _repeated(issue: Element) -> str:
    counts = Counter(item.text("value") for item in issue.all("item"))
    return next((option for option, count in counts.items() if count > 1), "")


def _evaluations(issue: Element, matter: Matter) -> dict[str, float]:
    """Read the evaluation of every option of a discrete issue; of two evaluations of one option the last counts, as in GENIUS."""
    evaluations: dict[str, float] = {}
    for item in issue.all("item"):
        option = item.text("value")
        if option not in matter.options:
            what = f"the domain has no option {shown(option)} of {shown(matter.name)}"
            item.place.refuse(what, "Evaluate the domain's options, spelled as there")
        if item.attributes.get("evaluation", "null") == "null":
            what = f"the option {shown(option)} of {shown(matter.name)} has no evaluation"
            item.place.refuse(what, 'Add evaluation="..." to it')
        evaluations[option] = item.number("evaluation")
    missing = [option for option in matter.options if option not in evaluations]
    if missing:
        what = f"the option {shown(missing[0])} of {shown(matter.name)} has no evaluation"
        issue.place.refuse(what, "Evaluate each of the domain's options once")
    return {option: evaluations[option] for option in matter.options}


def _line(issue: Element) -> tuple[float, float]:
    """Slope and offset of an integer issue's evaluator."""
    evaluator = next(issue.all("evaluator"), None)
    if evaluator is None:
        what = f"the issue {shown(issue.text('name'))} has no evaluator"
        return issue.place.refuse(what, '<evaluator ftype="linear" slope="..." offset="..."/>')
    if evaluator.attributes.get("ftype", "linear") != "linear":
        what = f"the evaluator is {shown(evaluator.attributes['ftype'])}"
        evaluator.place.refuse(what, "Integer issues have a linear evaluator in GENIUS")
    return evaluator.number("slope"), evaluator.number("offset")


def _as_genius(issue: Element, matter: Matter) -> dict[str, float]:
    if issue.attributes.get("type", "discrete") == "integer":
        slope, offset = _line(issue)
        low = _bounds(issue)[0]
        return {option: min(1.0, max(0.0, offset + slope * (int(option) - low))) for option in matter.options}
    evaluations = _evaluations(issue, matter)
    lowest = min(evaluations, key=lambda option: evaluations[option])
    if evaluations[lowest] < 0:
        what = f"the option {shown(lowest)} of {shown(matter.name)} is evaluated below zero"
        issue.place.refuse(what, 'GENIUS forbids it; read with convention="raw"')
    largest = max(evaluations.values())
    return {option: worth / largest if largest >= GENIUS_LEAST_MAXIMUM else 0.0 for option, worth in evaluations.items()}


def _as_raw(issue: Element, matter: Matter) -> dict[str, float]:
    if issue.attributes.get("type", "discrete") == "integer":
        slope, offset = _line(issue)
        return {option: offset + slope * int(option) for option in matter.options}
    return _evaluations(issue, matter)


def _terms(utility: Element, matters: Sequence[Matter], order: Mapping[int, int], *, raw: bool) -> tuple[float, list[Term]]:
    """Read a <utility> into a constant and the points that arise inside each box.

    A box that EXCLUDES pays outside: a constant, taken back inside. A box without bounds is a constant. As in GENIUS, utilities
    are weighted and divided by `maxutility` (not in the raw convention).
    """
    functions = list(utility.all("ufun"))
    if len(functions) != 1 or list(functions[0].all("ufun")) or functions[0].attributes.get("aggregation", "sum") != "sum":
        what = "the utility is no plain sum of hyper-rectangles"
        utility.place.refuse(what, 'One <ufun aggregation="sum"> without further ones inside is read')
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
        when = _when(inside or outside, matters, order)
        if not when or outside:
            constant += value
        if when and all(when.values()):
            combinations.append(Term(when, point(-value if outside else value)))
    return constant, combinations


def _weight(element: Element) -> float:
    return element.number("weight") if "weight" in element.attributes else 1.0


def _when(bounds: Iterable[Element], matters: Sequence[Matter], order: Mapping[int, int]) -> dict[int, tuple[str, ...]]:
    """Read the options that lie within the bounds, issue by issue; several bounds on one issue must all hold."""
    when: dict[int, tuple[str, ...]] = {}
    for bound in bounds:
        index = bound.whole("index")
        if index not in order:
            bound.place.refuse(f"the domain has no issue with index {index}", "Use the indices of the domain's issues")
        i = order[index]
        low, high = bound.number("min"), bound.number("max")
        try:
            when[i] = tuple(option for option in when.get(i, matters[i].options) if low <= int(option) <= high)
        except ValueError:
            bound.place.refuse("a bound is set on an issue that is not of whole numbers", "Hyper-rectangles need integer issues")
    return when


def write(case: Case) -> dict[str, bytes]:
    """Write domain and profiles, by file name; raises BadArgument where the format cannot say what the case says."""
    scenario = from_case(case)
    nonlinear = needs_boxes(scenario, "GENIUS")
    template = [_issue(i, matter, integer=nonlinear) for i, matter in enumerate(scenario.matters)]
    files = {f"{case.name}-domain.xml": _domain_file(scenario.title, template)}
    for profile in scenario.profiles:
        within = case.foreign == "genius"
        body = _nonlinear_file(profile, template, within=within) if nonlinear else _additive_file(profile, scenario.matters)
        files[f"{profile.stem}.xml"] = body
    return whole(files, scenario, f"{case.name}-domain")


def _domain_file(title: str, issues: list[list[str]]) -> bytes:
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


def _additive_file(profile: Profile, matters: Iterable[Matter]) -> bytes:
    shape = scaled(profile)
    lines = ["<utility_space>", _objective("root")]
    for i, matter in enumerate(matters):
        lines += _issue(i, matter, integer=False, evaluations=shape.evaluations[i])
    lines += [f'<weight index="{i + 1}" value="{weight!r}"/>' for i, weight in enumerate(shape.weights)]
    return _bytes([*lines, "</objective>", *_tail(profile.discount, shape.reservation), "</utility_space>"])


def _nonlinear_file(profile: Profile, template: list[list[str]], *, within: bool) -> bytes:
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


def _tail(discount: float, reservation: float) -> list[str]:
    return [f'<discount_factor value="{discount!r}"/>', f'<reservation value="{reservation!r}"/>']


def _quoted(text: str) -> str:
    if FORBIDDEN.search(text):
        msg = f"{shown(text)} has a character that XML cannot hold: remove it, or write summitry instead."
        raise BadArgument(msg)
    return quoteattr(text, WHITE)


def _bytes(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
