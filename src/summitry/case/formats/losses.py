"""What is lost when a case is written in a format, in words, so that whoever converts is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from summitry.errors import LinkMissing

from .genius_out import divisor_of
from .scaled import change_of
from .scenario import from_case, mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.case.types import Case, Preferences

    Keeps: TypeAlias = Literal["everything", "ranges", "discount", "scale", "reservation"]


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
        lambda case, _: any(issue.requires or issue.excludes for issue in case.file.issues.values()),
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
