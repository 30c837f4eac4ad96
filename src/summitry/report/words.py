"""How the brief words things: text made safe to show, titles for names, percents and points without false precision."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Protocol, TypedDict
from urllib.parse import urlsplit

from summitry.deals.gates import kind_of
from summitry.report.figures import subjects
from summitry.wording import Names, Wording, messages
from summitry.wording.numbers import GRAINS, NBSP, PERCENT, number
from summitry.wording.numbers import about_percent as percent
from summitry.wording.numbers import exact_percent as plain_percent
from summitry.wording.numbers import number_beside as _number_beside
from summitry.wording.numbers import percent_beside as beside
from summitry.wording.numbers import telling_grain as grain
from summitry.wording.text import clean, clip
from summitry.wording.text import clean_lines as lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summitry.deals.gates import Verdict
    from summitry.deals.gates.gate import Gate
    from summitry.reasons import Reason
    from summitry.study import Findings

_States = TypedDict("_States", {"not for sale": str, "too dear": str, "buyable": str, "free": str, "not found": str})
"""A sentence for each PriceState: a state without one is a type error where it is looked up."""
binding, chosen = subjects.binding, subjects.chosen
__all__ = [
    "GRAINS",
    "NBSP",
    "PERCENT",
    "TRUST",
    "Named",
    "address",
    "against",
    "beside",
    "blocker",
    "clean",
    "clip",
    "deliverable",
    "first",
    "gate_title",
    "grain",
    "lines",
    "move",
    "name",
    "names",
    "number",
    "ours",
    "package",
    "percent",
    "plain_percent",
    "seat",
    "sentence",
    "shared_out",
    "sides",
    "titled",
    "typeset",
    "why_left_out",
]
TRUST = "Chance that the other side performs what remains, where the deal strains each most"
"""What trust is a number of, where it is told beside the trust needed."""
STATES: _States = {
    "not for sale": "Not for sale: even all giveaways together do not reach the chance asked for",
    "too dear": "Too dear: it costs more than it is worth",
    "buyable": "Buyable",
    "free": "Free: giving what buys it costs nothing",
    "not found": "Not found: the search stopped before every way to buy it was tested",
}
_MINUS, _PERCENT = re.compile(r"(?<![\w.-])-(?=\d)"), re.compile(r"(?<=\d) %")


class Named(Protocol):
    """What wording needs to know: titles by id, the coalition of each party, who gives each issue, and whose side is ours."""

    @property
    def names(self) -> Mapping[str, str]:
        """Titles by id."""

    @property
    def sides(self) -> Mapping[str, str]:
        """The coalition of each party, or the party itself."""

    @property
    def givers(self) -> Mapping[str, Sequence[str]]:
        """The parties that can give each issue."""

    @property
    def principal(self) -> str:
        """Whose side is ours."""


def typeset(text: str) -> str:
    """The text with a true minus before numbers, and percent signs tied to theirs, as every number of ours is set."""
    return _MINUS.sub("−", _PERCENT.sub(f"{NBSP}%", text))


def name(found: Named, key: str) -> str:
    """The title of a party, issue, option or constituency; the name itself where the case gives no title."""
    return clean(found.names.get(key, key))


def seat(found: Named, party: str, key: str) -> str:
    """The title of a constituency of a party."""
    return clean(found.names.get(f"{party}/{key}", key))


def move(found: Named, issue: str, option: str) -> str:
    """An issue's option in words."""
    titled = found.names.get(f"{issue}.{option}")
    return f"{name(found, issue)}: {clean(titled or option)}"


def package(found: Named, moves: Mapping[str, str]) -> str:
    """Moves in words, one after the other; empty where nothing moves."""
    return "; ".join(move(found, issue, option) for issue, option in moves.items())


def deliverable(found: Named, key: str) -> str:
    """ISSUE.OPTION in words."""
    issue, dot, option = key.partition(".")
    return move(found, issue, option) if dot else name(found, key)


def blocker(found: Named, key: str) -> str:
    """Who blocks a gate: a party, a seat of its back table (PARTY/SEAT), or a law of its home (PARTY: LAW)."""
    if key in found.names:
        return name(found, key)
    for mark, joined in (("/", ": "), (": ", ": ")):
        party, cut, rest = key.partition(mark)
        if cut and party in found.names:
            return f"{name(found, party)}{joined}{clean(rest)}"
    return clean(key)


def ours(found: Named, party: str) -> bool:
    """True for the principal and its allies."""
    return found.sides.get(party, party) == found.sides.get(found.principal, found.principal)


def titled(verdict: Verdict) -> str:
    """The swap's title; empty where it only repeats the heading that it stands under."""
    title = clean(verdict.title)
    return "" if title.casefold() in {"start here", "nearest miss"} else title


def sides(found: Findings, verdict: Verdict) -> list[tuple[str, list[str]]]:
    """The swap in words, as (heading, moves): what they, we, and others give, and what several sides give together."""
    return shared_out(found, verdict.moves, found.other)


def shared_out(found: Named, moves: Mapping[str, str], they: str | None) -> list[tuple[str, list[str]]]:
    """Moves by who gives them, as (heading, moves): `they` first, then us, then others and what several sides give together."""
    groups: dict[str | None, list[tuple[tuple[str, ...], str]]] = {
        found.sides.get(p, p): [] for p in (they, found.principal) if p is not None
    }
    for issue, option in moves.items():
        givers = tuple(found.givers.get(issue, ()))
        of = {found.sides.get(p, p) for p in givers}
        groups.setdefault(of.pop() if len(of) == 1 else None, []).append((givers, move(found, issue, option)))
    return [_side(found, side, they, given) for side, given in groups.items() if given]


def _side(found: Named, side: str | None, they: str | None, moves: list[tuple[tuple[str, ...], str]]) -> tuple[str, list[str]]:
    """One side's heading with who gives, and its moves, each with its giver where the side has several."""
    who = list(dict.fromkeys(party for givers, _ in moves for party in givers))
    told = [said if len(who) == len(givers) else f"{said} ({names(found, givers)})" for givers, said in moves]
    if side is None:
        return "Together", told
    if they is not None and side == found.sides.get(they, they):
        return f"They give ({names(found, who)})", told
    return f"We give ({names(found, who)})" if ours(found, who[0]) else f"{names(found, who)} gives", told


def against(verdict: Verdict, gate: Gate) -> str:
    """A gate's score beside what it needs, in words: percents, trust needed and there, a load and its limit, met or not met."""
    kind = kind_of(gate.name)
    if gate.passed is None:
        return "not tested"
    if kind.measure == "whole" or gate.score is None or gate.needed is None:
        unscored = "no order carries it" if kind.measure == "trust" else "not met"
        return "met" if gate.passed else unscored
    party = binding(verdict) if kind.measure == "trust" else None
    if party is not None:
        return _trust_beside(verdict.trust_needed[party], verdict.trust[party])
    if kind.measure == "days":
        late = "not with its windows" if kind.reach(gate) is None else ""
        return late or f"{gate.score:.0f}{NBSP}days, there are {gate.needed:.0f}"
    if kind.lower:
        return f"load {_number_beside(gate.score, gate.needed)}, at most {number(gate.needed, 2)}"
    if not (0 <= gate.score <= 1 and 0 <= gate.needed <= 1):
        return f"{_number_beside(gate.score, gate.needed)}, needs {number(gate.needed, 2)}"
    return f"{beside(gate.score, gate.needed)}, needs {plain_percent(gate.needed)}"


def _trust_beside(need: float, have: float) -> str:
    step = grain(need, have)
    needed, there = percent(need, step), percent(have, step)
    if needed == there and need != have:
        there = f"just {'over' if have > need else 'under'} that"
    return f"needs {needed}, has {there}"


def names(found: Named, keys: Iterable[str]) -> str:
    """Several titles as one phrase."""
    shown = [blocker(found, key) for key in keys]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def gate_title(name: str) -> str:
    """What a gate is called; a dash for no gate."""
    return messages().get(f"gate.{name}", "–")


def sentence(found: Named, value: Reason | str) -> str:
    """The sentence of a reason, or a text as it may be shown."""
    if isinstance(value, str):
        return clean(value)
    wording = Wording(Names(found.names, found.sides, found.givers, found.principal), messages())
    return "".join(span.text for span in wording.reason(value))


def first(items: Sequence[str], most: int, limit: int) -> list[str]:
    """At most `most` items, each within `limit` characters, and a last line that says how many are left to the book."""
    left = len(items) - most
    return [clip(item, limit) for item in items[:most]] + ([f"+{left} more in the book"] if left > 0 else [])


def why_left_out(found: Findings, *about: str) -> str:
    """The sentence that stands where a part is missing: the omitted link by name and the reason that the study gave."""
    hits = [o for o in found.omitted if any(word in o.link.casefold() for word in about)]
    said = "; ".join(f"{clean(o.link)}: {sentence(found, o.why)}" for o in hits)
    return f"Left out – {said}" if said else f"Left out – {about[0]}: the study holds no answer and gives no reason."


def address(text: str) -> str | None:
    """The text as a link target where it is one http or https address and nothing else."""
    if any(c.isspace() or unicodedata.category(c).startswith("C") for c in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.netloc else None
