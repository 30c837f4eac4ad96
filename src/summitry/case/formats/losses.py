"""What is lost when a case is written in a format, in words, so that whoever converts is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from .scenario import mean

if TYPE_CHECKING:
    from summitry.case.types import Case, Preferences

    Keeps: TypeAlias = Literal["everything", "ranges", "discount", "scale", "reservation"]


def losses(case: Case, keeps: frozenset[Keeps]) -> list[str]:
    """List what the case says and a format that keeps only `keeps` does not; empty where nothing is lost."""
    if "everything" in keeps:
        return ["values without a status quo: the first option of each issue becomes it"] if case.foreign else []
    own = [told for party in case.file.parties if (told := case.believed(party)) is not None]
    issues = case.file.issues.values()
    parts = {
        "requirements and exclusions between options": any(issue.requires or issue.excludes for issue in issues),
        "givers, quantities, durations, verification, tranches and recoverable shares": any(
            issue.giver
            or issue.takes
            or issue.verified_by
            or issue.inspection
            or issue.recoverable
            or issue.holding
            or issue.splits
            for issue in issues
        ),
        "texts about the issues": any(issue.about or issue.source for issue in issues),
        "coalitions and outsiders": bool(case.file.coalitions or case.file.outsiders),
        "constituencies, laws and back tables": bool(case.file.constituencies or case.file.laws),
        "mandates, trust and limits of exposure": any(
            told.mandate or told.trust or told.exposure_limit is not None for told in own
        ),
        "reasons and sources of values": any(said.why or said.source for told in own for said in told.values.values()),
        "what the parties believe of each other": any(set(held) - {holder} for holder, held in case.preferences.items()),
        "evidence": case.evidence != type(case.evidence)(),
        "ideas and settings": bool(case.file.ideas)
        or case.file.settings != type(case.file.settings)(comparable=bool(case.foreign)),
        "the as-of date": not case.foreign,
        "ranges: the mean is written": "ranges" not in keeps and any(map(_uncertain, own)),
        "the discount": "discount" not in keeps and any(told.discount < 1 for told in own),
        "the scale of the points: each party's are brought to 0..1": "scale" not in keeps and any(map(_beyond, own)),
        "the reservation value: the least acceptable package stands for it": "reservation" not in keeps
        and any(mean(told.reservation) for told in own),
    }
    return [part for part, there in parts.items() if there]


def _uncertain(told: Preferences) -> bool:
    points = [told.reservation, *(term.value for term in told.together)]
    points += [each for said in told.values.values() for each in said.options.values()]
    return any(low != high for low, _, high in points)


def _beyond(told: Preferences) -> bool:
    worths = [[mean(points) for points in said.options.values()] for said in told.values.values()]
    return sum(map(max, worths)) > 1 or any(min(each) < 0 for each in worths)
