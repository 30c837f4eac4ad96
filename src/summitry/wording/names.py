"""Titles for ids, so that no reader meets an id; and whose side is ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from summitry.wording.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Gift: TypeAlias = tuple[tuple[str, ...], str, str]
"""Who can give a move, the move in titles, and the mark of its mandate: "call", "never", or "" where it has none."""


@dataclass(frozen=True, slots=True)
class Names:
    """What wording needs to know of a case.

    `titles` by id: parties, issues, options as ISSUE.OPTION, seats as PARTY/SEAT. `sides` gives the coalition of each party, or
    the party itself; `givers` the parties that can give each issue; `principal` is whose side is ours. `calls` are the
    moves, as ISSUE.OPTION, about which a delegation must call home, `nevers` those that its mandate forbids. `case` and `title`
    are the name and the title of the case.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    givers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    principal: str = ""
    case: str = ""
    title: str = ""
    calls: frozenset[str] = frozenset()
    nevers: frozenset[str] = frozenset()

    def name(self, key: str) -> str:
        """The title of a party, issue, seat (PARTY/SEAT) or law (PARTY: LAW); the id itself where the case gives no title."""
        if key in self.titles:
            return clean(self.titles[key])
        for mark in ("/", ": "):
            party, cut, rest = key.partition(mark)
            if cut and party in self.titles:
                return f"{clean(self.titles[party])}: {clean(rest)}"
        return clean(key)

    def seat(self, key: str) -> str:
        """The title of a seat PARTY/SEAT without its party's."""
        return self.name(key).removeprefix(f"{self.name(key.partition('/')[0])}: ")

    def option(self, issue: str, option: str) -> str:
        """An option's title; its id where the case gives none."""
        return clean(self.titles.get(f"{issue}.{option}") or option)

    def move(self, issue: str, option: str) -> str:
        """An issue's option as `ISSUE: OPTION`, in titles."""
        return f"{self.name(issue)}: {self.option(issue, option)}"

    def label(self, label: str) -> str:
        """ISSUE.OPTION in titles; a name alone where there is no option."""
        issue, dot, option = label.partition(".")
        return self.move(issue, option) if dot else self.name(label)

    def mark(self, label: str) -> str:
        """What a mandate says of ISSUE.OPTION: "never", "call" where its giver must call home, "" elsewhere."""
        return "never" if label in self.nevers else "call" if label in self.calls else ""

    @property
    def two_sides(self) -> bool:
        """Whether there are only two sides: of three nobody is "they"."""
        return len(set(self.sides.values())) <= 2  # noqa: PLR2004 (ours and theirs)

    def ours(self, party: str) -> bool:
        """True for the principal and its allies."""
        return self.sides.get(party, party) == self.sides.get(self.principal, self.principal)

    def by_side(self, moves: Mapping[str, str], first: str | None = None) -> list[tuple[str | None, list[Gift]]]:
        """Moves by the side that gives them, as (side, [(givers, move in titles)]); None is the side of what several give.

        The side of `first`, else of the first giver who is not ours, comes first; then ours, then the others in order.
        """
        givers = (giver for issue in moves for giver in self.givers.get(issue, ()))
        first = first or next((giver for giver in givers if not self.ours(giver)), None)
        groups: dict[str | None, list[Gift]] = {self.sides.get(p, p): [] for p in (first, self.principal) if p}
        for issue, option in moves.items():
            by = tuple(self.givers.get(issue, ()))
            sides = {self.sides.get(p, p) for p in by}
            groups.setdefault(sides.pop() if len(sides) == 1 else None, []).append(
                (by, self.move(issue, option), self.mark(f"{issue}.{option}"))
            )
        return [(side, group) for side, group in groups.items() if group]
