"""The section about the homes: what each back table says to the swap, and what it says to single options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import swaps, words
from summitry.brief.parts import Heading, Paragraph, Part, Picture, Sources, Table, row, share, spread
from summitry.brief.sections.about import missing

if TYPE_CHECKING:
    from summitry.study import Findings
    from summitry.trade.results_home import AtHome, Support

ROLES = {"vote": "vote", "veto": "veto", "voice": "voice, no vote"}
MOST_OPTIONS = 40


def homes(found: Findings, sources: Sources) -> list[Part]:
    """Each home: the swap under START HERE before its constituencies, the laws in the way, and its own options alone."""
    if not found.homes:
        return missing(found, "ratification", "rung")
    parts: list[Part] = [
        Paragraph(
            "Who must be carried at home. A home ratifies where the yes-votes reach the quota, no veto says no and no law stands "
            "in the way; all homes are counted in the same draws."
        ),
        Picture("support"),
        Picture("win-sets"),
    ]
    for k, home in enumerate(found.homes):
        parts += _home(found, home, f"homes[{k}]", sources)
    return parts


def _home(found: Findings, home: AtHome, at: str, sources: Sources) -> list[Part]:
    said = home.support
    parts: list[Part] = [Heading(words.name(found, home.party))]
    if said is not None:
        parts += _said(found, said, f"{at}.support", sources)
    own = [o for o in home.options if o.own]
    shown = own[:MOST_OPTIONS]
    more = f"; {len(own) - len(shown)} more are in findings.json" if len(own) > len(shown) else ""
    alone = tuple(
        row(words.move(found, o.issue, o.option), share(o.ratified), words.package(found, o.brings), words.names(found, o.shared))
        for o in shown
    )
    head = ("Option", "Ratified alone", "Brings with it", "Shared with")
    parts.append(Table(f"Its own options, each given for nothing{more}", f"{at}.options", head, alone))
    return parts


def _said(found: Findings, said: Support, at: str, sources: Sources) -> list[Part]:
    """What one home says to the swap."""
    ratified = share(said.probability, said.error).text
    aside = share(said.votes).text
    parts: list[Part] = [
        Paragraph(f"Ratifies the swap under START HERE in {ratified} of draws; with the laws aside, in {aside}.")
    ]
    seats = tuple(
        row(words.seat(found, said.party, o.seat), ROLES[o.role], share(o.influence, absent="–"), share(o.yes), spread(o.margin))
        for o in said.opinions
    )
    head = ("Constituency", "Role", "Share of the votes", "Says yes", "Points over its threshold, 20/50/80 %")
    parts.append(Table("What each constituency says to it", f"{at}.opinions", head, seats))
    if said.laws:
        laws = tuple(
            row(law.name, ", ".join(words.deliverable(found, m) for m in law.moves), share(law.chance), sources.cell(law.source))
            for law in said.laws
        )
        parts.append(Table("Laws in the way", f"{at}.laws", ("Law", "Forbids", "Lifted", "Source"), laws))
    if said.changes:
        parts += swaps.changes(found, "What carries it, each by itself", said.changes)
    if said.benchmark is not None:
        mean, median = words.number(said.benchmark.mean, 2), words.number(said.benchmark.median, 2)
        parts.append(
            Paragraph(
                f"Plain benchmark, all scales read as one: weighted mean {mean}, weighted median {median}; below zero is no. It "
                "knows no veto, law, quota or uncertainty."
            )
        )
    return parts
