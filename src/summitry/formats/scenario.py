"""What all foreign formats have in common, and the way between it and a `Case`.

A foreign scenario has no status quo: values are absolute, weights applied, and count as comparable between parties.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Literal, TypeAlias

from summitry.case.fields import HANDY, LARGEST, SMALLEST
from summitry.case.source import shown
from summitry.case.types import Case
from summitry.errors import BadArgument, LinkMissing

from .files import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from summitry.case.types import Preferences

    Keeps: TypeAlias = Literal["everything", "ranges", "discount", "scale", "reservation"]

UNDATED = dt.date(1970, 1, 1)
MOST_OPTIONS = 10_000
MOST_ISSUES = 1_000
MOST_PARTIES = 200
LONGEST_SLUG = 64
SLACK = 1e-9

Points = tuple[float, float, float]
"""[low, mode, high]; three times the same number where the format states one."""


@dataclass(frozen=True, slots=True)
class Term:
    """Points that arise only when every issue named in `when` (by its number) has one of the listed options."""

    when: Mapping[int, tuple[str, ...]]
    value: Points
    why: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """An issue: its name as the format has it, its options in order, and where it stands."""

    name: str
    options: tuple[str, ...]
    place: Place
    about: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One party's values: `values[issue number][option]` with weights applied."""

    name: str
    stem: str
    basis: str
    place: Place
    values: Sequence[Mapping[str, Points]]
    reservation: Points = (0.0, 0.0, 0.0)
    discount: float = 1.0
    terms: Sequence[Term] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario of another tool, as numbers and names."""

    title: str
    matters: Sequence[Matter]
    profiles: Sequence[Profile]
    notes: Sequence[str] = ()
    about: str = ""
    used: Sequence[str] = field(default=())
    """The names of the files that it was made of."""


def point(value: float) -> Points:
    """A number that is certain, as a range."""
    return (value, value, value)


def mean(points: Points) -> float:
    """The PERT mean (a + 4m + b) / 6, exact where the range is a point."""
    low, mode, high = points
    return mode if low == high else (low + 4 * mode + high) / 6


def slug(text: str) -> str:
    """A name in the pattern of ids: lower case, without accents, everything else a hyphen; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:LONGEST_SLUG].rstrip("-_")


def slugs(names: Iterable[str], kind: str) -> list[str]:
    """One id for each name, told apart by a number where two would be the same."""
    ids: list[str] = []
    for number, name in enumerate(names, start=1):
        base = slug(name) or f"{kind}-{number}"
        candidate, count = base, 2
        while candidate in ids:
            tail = f"-{count}"
            candidate, count = base[: LONGEST_SLUG - len(tail)] + tail, count + 1
        ids.append(candidate)
    return ids


def check(scenario: Scenario) -> None:
    """Refuse what no case can hold: too few or too many parties or issues, and names that are used twice."""
    top = Place(scenario.used[0] if scenario.used else scenario.title)
    if not 2 <= len(scenario.profiles) <= MOST_PARTIES:  # noqa: PLR2004 (one party does not negotiate)
        what = f"there are {len(scenario.profiles)} preference profiles"
        top.refuse(what, f"A scenario has 2 to {MOST_PARTIES} of them beside its domain")
    check_matters(scenario.matters, top)
    for profile in scenario.profiles:
        check_size(profile)


def check_size(profile: Profile) -> None:
    """Refuse values that a computer's numbers cannot add: a party's largest is zero or of a size between two bounds."""
    points = [profile.reservation, *(term.value for term in profile.terms), *(p for v in profile.values for p in v.values())]
    largest = max(abs(number) for each in points for number in each)
    if largest and not SMALLEST <= largest <= LARGEST:
        what = f"the largest value of {shown(profile.name)} is {largest:g}, which is too {'large' if largest > 1 else 'small'}"
        profile.place.refuse(f"{what} to count with", HANDY.removesuffix("."))


def check_matters(matters: Sequence[Matter], top: Place) -> None:
    """Refuse too few or too many issues, and names that are used twice."""
    if not 1 <= len(matters) <= MOST_ISSUES:
        top.refuse(f"there are {len(matters)} issues", f"A scenario has 1 to {MOST_ISSUES} of them")
    names: set[str] = set()
    for matter in matters:
        if matter.name in names:
            matter.place.refuse(f"the issue {shown(matter.name)} is named twice", "Give every issue a name of its own")
        names.add(matter.name)
        check_options(matter)


def check_options(matter: Matter) -> None:
    """Refuse an issue without options, with too many, or with two of the same name."""
    if not 1 <= len(matter.options) <= MOST_OPTIONS:
        what = f"the issue {shown(matter.name)} has {len(matter.options)} options"
        matter.place.refuse(what, f"Give 1 to {MOST_OPTIONS}; a finer range can be stated in steps")
    names: set[str] = set()
    for option in matter.options:
        if option in names or not option:
            what = f"names the option {shown(option)} twice" if option else "has an option without a name"
            matter.place.refuse(f"the issue {shown(matter.name)} {what}", "Give every option a name of its own")
        names.add(option)


def to_case(scenario: Scenario, name: str, form: str, digest: str) -> Case:
    """Build the case through ordinary validation; issues with a single option are left out, their value kept on the next issue.

    1. Check names and counts. 2. Fold single-option issues away, with a note. 3. Slugs for ids, the original in title and name.
    """
    check(scenario)
    negotiable = [i for i, matter in enumerate(scenario.matters) if len(matter.options) > 1]
    if not negotiable:
        what = "no issue has two options"
        scenario.matters[0].place.refuse(what, "There is nothing to negotiate; give a scenario with a choice")
    folded = [matter.name for matter in scenario.matters if len(matter.options) == 1]
    issues = dict(zip(negotiable, slugs([scenario.matters[i].name for i in negotiable], "issue"), strict=True))
    stems = [profile.stem for profile in scenario.profiles]
    parties = dict(zip(slugs(stems, "party"), scenario.profiles, strict=True))
    notes = [f"a {form} scenario: it has no status quo, its values are absolute and count as comparable, and its date is unknown"]
    notes += scenario.notes
    notes += [f"issues with a single option are left out, their value is kept: {', '.join(folded)}"] if folded else []
    return Case.model_validate(
        {
            "name": name,
            "file": {
                "summitry": 1,
                "title": scenario.title or name,
                "as_of": UNDATED,
                "about": scenario.about,
                "source": f"{form}: {', '.join(scenario.used)}",
                "parties": {party: {"name": profile.name, "note": profile.note} for party, profile in parties.items()},
                "issues": {issue: _issue(scenario.matters[i]) for i, issue in issues.items()},
                "settings": {"comparable": True},
            },
            "preferences": {
                party: {party: _preferences(profile, scenario.matters, issues)} for party, profile in parties.items()
            },
            "digest": digest,
            "foreign": form,
            "notes": notes,
        }
    )


def _issue(matter: Matter) -> dict[str, object]:
    return {"title": matter.name, "options": dict.fromkeys(matter.options), "about": matter.about}


def _preferences(profile: Profile, matters: Sequence[Matter], issues: Mapping[int, str]) -> dict[str, object]:
    """One party's preference file; an issue that it values at nothing is named as indifferent."""
    values = {i: dict(profile.values[i]) for i in issues}
    single = [i for i, matter in enumerate(matters) if len(matter.options) == 1]
    constant = [profile.values[i][matters[i].options[0]] for i in single]
    together = []
    for term in profile.terms:
        if any(matters[i].options[0] not in options for i, options in term.when.items() if i in single):
            continue
        when = {issues[i]: options for i, options in term.when.items() if i in issues}
        if when:
            together.append({"when": when, "value": term.value, "why": term.why})
        else:
            constant.append(term.value)
    first = next(iter(issues))
    for points in constant:
        values[first] = {option: _plus(before, points) for option, before in values[first].items()}
    valued = {i: options for i, options in values.items() if any(any(points) for points in options.values())}
    return {
        "basis": profile.basis,
        "reservation": profile.reservation,
        "values": {issues[i]: {"options": options} for i, options in valued.items()},
        "indifferent": [issues[i] for i in issues if i not in valued],
        "together": together,
        "discount": profile.discount,
    }


def _plus(a: Points, b: Points) -> Points:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def from_case(case: Case) -> Scenario:
    """What a foreign format can say of a case: issues, options, and what each party's own file says of its values.

    Raises LinkMissing where a party's own values are not among the opened files, or an option has none.
    """
    ids = list(case.file.issues)
    titles = [issue.title for issue in case.file.issues.values()]
    same = slugs(titles, "issue") == ids and len(set(titles)) == len(titles)
    pairs = zip(titles if same else ids, case.file.issues.values(), strict=True)
    matters = [Matter(name, tuple(issue.options), Place(case.name), issue.about) for name, issue in pairs]
    stems = [party.name for party in case.file.parties.values()]
    plain = slugs(stems, "party") == list(case.file.parties) and all(re.fullmatch(r"\w[\w .()-]{0,79}", stem) for stem in stems)
    profiles = []
    for party, about in case.file.parties.items():
        preferences = case.believed(party)
        if preferences is None:
            what = f"the values of {about.name} are not opened"
            raise LinkMissing("Writing the scenario", what, "A scenario states every party's values.")
        stem = about.name.rstrip(" .") if plain else party
        profiles.append(_profile(preferences, case, matters, about.name, stem))
    return Scenario(case.file.title, matters, profiles, about=case.file.about)


def _profile(preferences: Preferences, case: Case, matters: Sequence[Matter], name: str, stem: str) -> Profile:
    ids = {issue: i for i, issue in enumerate(case.file.issues)}
    values: list[dict[str, Points]] = []
    for issue, matter in zip(ids, matters, strict=True):
        worths = preferences.values[issue].options if issue in preferences.values else dict.fromkeys(matter.options, point(0.0))
        if not case.foreign:
            worths = {matter.options[0]: point(0.0)} | worths
        missing = [option for option in matter.options if option not in worths]
        if missing:
            what = f"{name} gives no value to {issue}.{missing[0]}"
            raise LinkMissing("Writing the scenario", what, "Add it to the preference file.")
        values.append({option: worths[option] for option in matter.options})
    whens = [{ids[issue]: options for issue, options in each.when.items()} for each in preferences.together]
    terms = [Term(when, each.value, each.why) for when, each in zip(whens, preferences.together, strict=True)]
    return Profile(name, stem, preferences.basis, Place(case.name), values, preferences.reservation, preferences.discount, terms)


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


def needs_boxes(scenario: Scenario, tool: str) -> bool:
    """Whether combinations count; BadArgument where an option is then no whole number in a row, which boxes need."""
    nonlinear = any(profile.terms for profile in scenario.profiles)
    for matter in scenario.matters if nonlinear else ():
        numbers = [int(option) for option in matter.options if re.fullmatch(r"0|-?[1-9]\d{0,8}", option)]
        if len(numbers) < len(matter.options) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            msg = f"{tool} values combinations of whole numbers only, unlike {shown(matter.name)}"
            raise BadArgument(f"{msg}: write summitry or xlsx instead.")
    return nonlinear


def whole(files: dict[str, bytes], scenario: Scenario, own: str, of: str = "domain") -> dict[str, bytes]:
    """The files themselves, one for the domain and one for each party; BadArgument where a party has the domain's name, `own`."""
    if len(files) <= len(scenario.profiles):
        raise BadArgument(f"a party is called {own} like the {of}'s own file: rename it, or the case.")
    return files


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
    if profile.terms:
        msg = f"{profile.name} values combinations of options, which this format cannot say: write summitry or xlsx instead."
        raise BadArgument(msg)
    values = [{option: mean(points) for option, points in options.items()} for options in profile.values]
    lows, tops = _bounds(profile)
    total, (rise, divisor) = sum(tops), change_of(profile)
    share = min(total / divisor, 1.0) if to_one else 1.0
    evaluations = [
        {option: (worth - low) / top * share if top else 0.0 for option, worth in options.items()}
        for options, low, top in zip(values, lows, tops, strict=True)
    ]
    all_weights = total if to_one and total else divisor
    return Scaled([top / all_weights for top in tops], evaluations, (mean(profile.reservation) + rise) / divisor)


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


def divisor_of(profile: Profile, *, within: bool) -> float:
    """By what the values of combinations are divided: a bound that none exceeds, 1 where they are `within` 0..1."""
    bound = sum(max(0.0, utility) for utility, _ in boxes(profile.values, profile.terms))
    return 1.0 if within or bound <= 1 + SLACK else bound


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a case in words, whether a case with its parties' own preferences has it, and which formats keep it."""

    words: str
    there: Callable[[Case, list[Preferences]], bool]
    keep: Keeps | None = None


_ABOUT_QUANTITY = ("giver", "takes", "verified_by", "inspection", "recoverable", "holding", "splits")
_PARTS = (
    _Part(
        "requirements and exclusions between options",
        lambda case, _: any(issue.requires or issue.with_ or issue.excludes for issue in case.file.issues.values()),
    ),
    _Part(
        "givers, quantities, durations, verification, tranches and recoverable shares",
        lambda case, _: any(getattr(issue, name) for issue in case.file.issues.values() for name in _ABOUT_QUANTITY),
    ),
    _Part("texts about the issues", lambda case, _: any(issue.about or issue.source for issue in case.file.issues.values())),
    _Part("coalitions and outsiders", lambda case, _: bool(case.file.coalitions or case.file.outsiders)),
    _Part("constituencies, laws and back tables", lambda case, _: bool(case.file.constituencies or case.file.laws)),
    _Part(
        "mandates, trust and limits of exposure",
        lambda _, own: any(each.mandate or each.trust or each.exposure_limit is not None for each in own),
    ),
    _Part(
        "reasons and sources of values",
        lambda _, own: any(entry.why or entry.source for each in own for entry in each.values.values()),
    ),
    _Part(
        "what the parties believe of each other",
        lambda case, _: any(set(beliefs) - {holder} for holder, beliefs in case.preferences.items()),
    ),
    _Part("evidence", lambda case, _: case.evidence != type(case.evidence)()),
    _Part(
        "ideas and settings",
        lambda case, _: bool(case.file.ideas) or case.file.settings != type(case.file.settings)(comparable=bool(case.foreign)),
    ),
    _Part("the as-of date", lambda case, _: not case.foreign),
    _Part("ranges: the mean is written", lambda _, own: any(map(_uncertain, own)), "ranges"),
    _Part("the discount", lambda _, own: any(each.discount < 1 for each in own), "discount"),
    _Part(
        "the reservation value: the least acceptable package stands for it",
        lambda _, own: any(mean(each.reservation) for each in own),
        "reservation",
    ),
)


def losses(case: Case, keeps: frozenset[Keeps]) -> list[str]:
    """List what the case says and a format that keeps only `keeps` does not; empty where nothing is lost."""
    if "everything" in keeps:
        return ["values without a status quo: the first option of each issue becomes it"] if case.foreign else []
    own = [preferences for party in case.file.parties if (preferences := case.believed(party)) is not None]
    words = [part.words for part in _PARTS if part.keep not in keeps and part.there(case, own)]
    return words if "scale" in keeps else [*words, *_scales(case)]


def _uncertain(preferences: Preferences) -> bool:
    points = [preferences.reservation, *(term.value for term in preferences.together)]
    points += [each for values in preferences.values.values() for each in values.options.values()]
    return any(low != high for low, _, high in points)


def _scales(case: Case) -> list[str]:
    """What becomes of the points of each party that must be brought to 0..1."""
    try:
        profiles = from_case(case).profiles
    except LinkMissing:
        return []
    words = []
    for profile in profiles:
        if any(each.terms for each in profiles):
            rise, divisor = 0.0, divisor_of(profile, within=case.foreign == "genius")
        else:
            rise, divisor = change_of(profile)
        steps = [*([f"raised by {rise:g}"] if rise else []), *([f"divided by {divisor:g}"] if divisor != 1.0 else [])]
        if steps:
            words.append(f"the scale of {profile.name}'s points: every package's are {' and '.join(steps)}")
    return words
