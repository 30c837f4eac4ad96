"""The one page: what it says, as data, and that data set in type by typst as one A4 page.

Every number that is shown goes through `Numbers`, which remembers its value and the key it comes from.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

from summitry.deals.gates import kind_of
from summitry.report import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summitry.deals.gates import Verdict
    from summitry.deals.gates.gate import Change
    from summitry.evidence.conduct import Deed
    from summitry.report.figures import Figure
    from summitry.study import Findings

Content: TypeAlias = dict[str, Any]
MOST_FIGURES = 3
LIMITS = (400, 70, 40, 24)
OWN_WORDS = frozenset(
    {"footer", "head", "state", "as_of", "lead", "big", "beside", "when", "held", "gate", "cost", "worth", "exposed", "unfit"}
)
SHORTENED = "Long texts of this case are cut to fit; the book has all of them."
_LONG, _PIECE = re.compile(r"\S{18,}"), re.compile(r".{5}(?=.)")
NO_FONT = "Some characters of this case have no font on this computer; the book shows them."
PICKED = ("gates", "words-and-deeds", "exposure", "inventory", "gantt", "frontier")
MOST_MOVES, MOST_STEPS, MOST_DEEDS, MOST_OMITTED, MOST_PARTIES = 4, 3, 2, 3, 3


class Numbers:
    """The page's numbers as they are worded, each remembered with its value and the path of its key in findings.json."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    def tell(self, shown: str, value: float, path: str) -> str:
        """Remember a number and give back its wording."""
        self.told.append({"shown": shown, "value": value, "from": path})
        return shown

    def percent(self, value: float, path: str, step: float = 5) -> str:
        """A probability without false precision."""
        return self.tell(words.percent(value, step), value, path)

    def chosen(self, value: float, path: str) -> str:
        """A probability that somebody set."""
        return self.tell(words.plain_percent(value), value, path)

    def points(self, value: float, path: str) -> str:
        """A party's own points at two significant digits."""
        return self.tell(words.number(value, 2), value, path)


def content(found: Findings) -> Content:
    """All that the page says, in the order in which it says it."""
    numbers = Numbers()
    return {
        "title": words.clip(found.title, 110) or words.clean(found.case) or "Untitled case",
        "as_of": words.clean(found.as_of),
        "reader": _reader(found),
        "start": _start(found, numbers),
        "later": _later(found, numbers),
        "price": _price(found, numbers),
        "deeds": _deeds(found),
        "steps": _steps(found, numbers),
        "omitted": words.first(
            [f"{words.clean(o.link)} ({words.sentence(found, o.why)})" for o in found.omitted], MOST_OMITTED, 110
        ),
        "footer": _footer(found),
        "numbers": numbers.told,
    }


def _reader(found: Findings) -> str:
    seen = (
        "from the files of all holders" if found.viewer is None else f"from the files of {words.name(found, found.viewer)} only"
    )
    return words.clip(f"Prepared for {words.name(found, found.principal)}, {seen}", 100)


def _footer(found: Findings) -> list[str]:
    return [
        "Values, back tables and trust are judgements; holdings, words and deeds are claims. The book names sources.",
        "Trust: the chance that the other side performs what remains of the deal, where the deal strains a side most.",
        f"Seed {found.seed} · {found.draws} draws · case {found.digest[:12]} · summitry {words.clean(found.version)}",
    ]


def _start(found: Findings, numbers: Numbers) -> Content:
    verdict = words.chosen(found)
    if verdict is None or found.rung is None:
        return {"missing": words.clip(words.why_left_out(found, "rung", "start", "trade", "swap"), 260)}
    best = found.rung.best is not None
    at = "rung.best" if best else "rung.nearest"
    closed = [gate for gate in verdict.gates if gate.passed is False]
    return {
        "head": "Start here" if best else "Start here: no swap passes all four gates in time today. The nearest miss",
        "title": words.clip(words.titled(verdict), 120),
        "sides": [
            {"who": words.clip(who, 60), "moves": words.first(moves, MOST_MOVES, 90)}
            for who, moves in words.sides(found, verdict)
        ],
        "tiles": _tiles(found, verdict, at, numbers),
        "fails": [] if best else [_failing(found, verdict, gate.name, at, numbers) for gate in closed],
        "flips": [f"What flips this: {told}" for told in _changes(found, found.rung.flips)]
        or [f"What it would take: {told}" for told in _changes(found, verdict.opens)],
        "sure": _sure(found, numbers),
    }


def _tiles(found: Findings, verdict: Verdict, at: str, numbers: Numbers) -> list[Content]:
    they, us = found.other, found.principal
    tiles: list[Content] = []
    if they is not None and they in verdict.accept:
        says_yes = numbers.percent(verdict.accept[they], f"{at}.accept.{they}")
        tiles.append(_tile(says_yes, f"{words.clip(words.name(found, they), 24)} accepts"))
    homes = {party: share for party, share in verdict.ratify.items() if share is not None}
    for party in sorted(homes, key=lambda p: (p != us, p != they))[:3]:
        carried = numbers.percent(homes[party], f"{at}.ratify.{party}")
        tiles.append(_tile(carried, f"{words.clip(words.name(found, party), 24)} ratifies at home"))
    tiles.append(_tile(numbers.percent(verdict.joint, f"{at}.joint"), "all of it together"))
    for believer in [p for p in (us, they) if p in verdict.trust and p in verdict.trust_needed]:
        need, have = verdict.trust_needed[believer], verdict.trust[believer]
        step = words.grain(need, have)
        needed = numbers.percent(need, f"{at}.trust_needed.{believer}", step)
        there = numbers.percent(have, f"{at}.trust.{believer}", step)
        tiles.append(_tile(needed, f"trust needed by {words.clip(words.name(found, believer), 24)}", f"there is {there}"))
    return tiles


def _tile(big: str, small: str, beside: str = "") -> Content:
    head, _, rest = big.partition(words.NBSP)
    return {"lead": head, "big": rest, "small": small, "beside": beside}


def _failing(found: Findings, verdict: Verdict, gate_name: str, at: str, numbers: Numbers) -> Content:
    k, gate = next((k, g) for k, g in enumerate(verdict.gates) if g.name == gate_name)
    said = words.against(verdict, gate)
    party = words.binding(verdict) if kind_of(gate.name).measure == "trust" else None
    if party is not None:
        numbers.tell(said, verdict.trust_needed[party], f"{at}.trust_needed.{party}")
        numbers.tell(said, verdict.trust[party], f"{at}.trust.{party}")
    elif gate.score is not None and gate.needed is not None:
        numbers.tell(said, gate.score, f"{at}.gates[{k}].score")
        numbers.tell(said, gate.needed, f"{at}.gates[{k}].needed")
    if kind_of(gate.name).measure == "whole":
        why = words.clip(words.sentence(found, gate.why), 120)
        return {"gate": f"{words.gate_title(gate.name)}: {said}.", "who": why}
    who = words.clip(words.names(found, gate.who), 90)
    blockers = f"Blocked by {who}{'' if who.endswith(('.', '…')) else '.'}" if who else ""
    return {"gate": f"{words.gate_title(gate.name)}: {said}.", "who": blockers}


def _sure(found: Findings, numbers: Numbers) -> str:
    """How the joint chance moves with fresh draws and with the correlation that was assumed."""
    need = float(found.settings["joint"] or 0.0)
    told = []
    for k, s in enumerate(found.sensitivity):
        shown = numbers.tell(words.beside(s.joint, need), s.joint, f"sensitivity[{k}].joint")
        told.append(f"{words.clip(words.sentence(found, s.assumption), 60)}: {shown}")
    return f"All of it together with other assumptions – {'; '.join(told)}." if told else ""


def _changes(found: Findings, changes: Sequence[Change]) -> list[str]:
    """The first change in words, and how many more the book tells."""
    more = f" (+{len(changes) - 1} more in the book)" if len(changes) > 1 else ""
    return [
        words.clip(f"{words.sentence(found, c.what)}; then {words.sentence(found, c.effect)}", 180) + more for c in changes[:1]
    ]


def _later(found: Findings, numbers: Numbers) -> Content:
    verdict = found.not_today
    if verdict is None:
        if found.ideas:
            return {"missing": "Every idea that the case names passes all four gates: nothing is ruled out for today."}
        return {"missing": "The case names no ideas of others, so there is none to rule out."}
    at = f"ideas[{found.ideas.index(verdict)}]"
    closed = [gate for gate in verdict.gates if gate.passed is False]
    return {
        "title": words.clip(verdict.title, 120),
        "fails": [_failing(found, verdict, gate.name, at, numbers) for gate in closed],
        "opens": _changes(found, verdict.opens) or ["No change was found that opens it."],
    }


def _price(found: Findings, numbers: Numbers) -> Content:
    price = found.price
    if price is None:
        return {"missing": words.clip(words.why_left_out(found, "price", "deliverable"), 260)}
    payer, giver = words.clip(words.name(found, price.payer), 24), words.clip(words.name(found, price.giver), 24)
    paid = [words.move(found, issue, option) for issue, option in price.package.items()]
    chance = numbers.chosen(price.at, "price.at")
    worth = numbers.points(price.worth_alone, "price.worth_alone")
    least = numbers.points(price.price, "price.price") if price.price is not None else None
    if least:
        cost = f"{least} own points of {payer}, if {giver} is to accept with {chance}"
    else:
        cost = f"{chance} asked for, the best reached is {numbers.percent(price.probability, 'price.probability')}"
    sure = "" if price.proven else "; the search stopped early, so a cheaper way may exist"
    home = "" if price.joint is None else f"; with the homes {numbers.percent(price.joint, 'price.joint')}"
    return {
        "what": words.clip(words.deliverable(found, price.deliverable), 110),
        "state": words.STATES[price.state],
        "cost": cost,
        "worth": f"worth {worth} to {payer}{home}{sure}",
        "paid": words.first(paid, MOST_DEEDS + 1, 80),
    }


def _deeds(found: Findings) -> Content:
    they = found.other
    head = "Surrendered so far" + (f" by {words.clip(words.name(found, they), 30)}" if they else "")
    if found.record is None:
        return {"head": head, "missing": words.clip(words.why_left_out(found, "record", "deed", "word"), 200)}
    deeds = found.other_deeds
    weights = Counter(words.clean(d.weight) or "unweighted" for d in deeds)
    counted = ", ".join(
        f"{count} {weight}" for weight, count in sorted(weights.items(), key=lambda w: (w[0] != "substantive", w[0]))
    )
    told = [
        f"{words.clean(d.date)}: {_by(found, d, they)}{words.clean(d.what)} ({words.clean(d.weight) or 'unweighted'})"
        for d in deeds
    ]
    if not told:
        return {"head": head, "counted": "Nothing on the record.", "items": []}
    return {
        "head": head,
        "counted": words.clip(counted, 90) if len(told) > MOST_DEEDS else "",
        "items": words.first(told, MOST_DEEDS, 110),
    }


def _by(found: Findings, deed: Deed, they: str | None) -> str:
    """Who did a deed, where it is not the other side alone, under whose name the deeds stand."""
    return "" if deed.actors == (they,) else f"{' and '.join(words.name(found, actor) for actor in deed.actors)}: "


def _steps(found: Findings, numbers: Numbers) -> Content:
    plan = found.plan
    if plan is None or not plan.steps:
        return {"missing": words.clip(words.why_left_out(found, "plan", "step"), 260)}
    seen = dict.fromkeys((found.principal, found.other, *(plan.exposure if len(plan.exposure) <= MOST_PARTIES else ())))
    parties = [p for p in seen if p is not None and p in plan.exposure]
    rows = []
    for k, step in enumerate(plan.steps[:MOST_STEPS]):
        held = [numbers.points(step.held[p], f"plan.steps[{k}].held.{p}") if p in step.held else "–" for p in parties]
        part = "" if step.part is None else f" ({step.part:.0%} of the move)"
        act = f"{words.name(found, step.issue)}: {words.clean(step.before)} → {words.clean(step.after)}{part}"
        rows.append(
            {
                "when": words.clean(step.end),
                "who": words.clip(words.names(found, step.givers), 60),
                "what": words.clip(act, 90),
                "seen": words.clip(step.verification, 60) if step.verification else "not verified",
                "held": held,
            }
        )
    more = len(plan.steps) - MOST_STEPS
    exposed = [
        f"{words.clip(words.name(found, p), 24)} {numbers.points(plan.exposure[p], f'plan.exposure.{p}')}" for p in parties
    ]
    least = plan.orders[0] if plan.orders else None
    why = "dates forbid it here" if any(order.fits for order in plan.orders) else "this one ends sooner"
    other = f" Trust above is for the order that needs least; {why}." if least and least.load < plan.load else ""
    return {
        "parties": [words.clip(words.name(found, p), 18) for p in parties],
        "rows": rows,
        "more": f"+{more} more in the book." if more > 0 else "",
        "unfit": words.clip("; ".join(_unfit(found)), 200),
        "exposed": (f"Most exposed in the whole plan, in own points: {', '.join(exposed)}." if exposed else "") + other,
    }


def _unfit(found: Findings) -> list[str]:
    """What the plan cannot keep, and what would do: the horizon, a window, a capacity, a chit that expires before its turn."""
    conflicts = found.plan.conflicts if found.plan is not None else ()
    return [
        f"{words.name(found, c.about) if c.about else 'the horizon'}: {words.sentence(found, c.what)}"
        for c in conflicts
        if c.applied
    ]


def picked(drawn: tuple[Figure, ...]) -> list[Figure]:
    """The page's figures: at most three of those that there are, the most telling first."""
    by_key = {figure.key: figure for figure in drawn}
    return [by_key[key] for key in PICKED if key in by_key][:MOST_FIGURES]


def pdf(said: Content, pictures: list[Figure], svgs: Mapping[str, str]) -> bytes:
    """The page as PDF/UA-1 with the fonts of typst's wheel; case text reaches typst as JSON strings and is never read as markup.

    Where those fonts lack a character of the case, the computer's fonts are asked too; where these lack it as well, the page says
    so and is tagged but not PDF/UA.
    """
    import typst

    for system_fonts in (False, True):
        try:
            return _compiled(data(said, pictures, svgs), system_fonts=system_fonts, accessible=True)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
    return _compiled(data(said, pictures, svgs, NO_FONT), system_fonts=True, accessible=False)


def _compiled(content_json: str, *, system_fonts: bool, accessible: bool) -> bytes:
    import typst

    return typst.compile(
        template(),
        format="pdf",
        ignore_system_fonts=not system_fonts,
        pdf_standards="ua-1" if accessible else None,
        sys_inputs={"data": content_json},
    )


def data(said: Content, pictures: list[Figure], svgs: Mapping[str, str], notice: str = "") -> str:
    """The template's input: the page's content without provenance, in ever shorter versions; the first that fits is set."""
    drawn = [{"question": fitted(f.question, 70), "alt": words.clean(f.alt), "svg": svgs[f.key]} for f in pictures]
    kept = {key: value for key, value in said.items() if key != "numbers"}
    versions = [fitted(kept, limit) | {"notice": notice} for limit in LIMITS]
    return json.dumps({"title": said["title"], "versions": versions, "figures": drawn, "shortened": SHORTENED})


def fitted(value: Any, limit: int) -> Any:  # noqa: ANN401 (strings inside lists and mappings)
    """The same content with case text cut at `limit` characters and with places where words too long for a column may break."""
    if isinstance(value, str):
        return _LONG.sub(lambda run: _PIECE.sub("\\g<0>\N{ZERO WIDTH SPACE}", run[0]), words.typeset(words.clip(value, limit)))
    if isinstance(value, dict):
        return {key: fitted(inner, LIMITS[0] if key in OWN_WORDS else limit) for key, inner in value.items()}
    return [fitted(inner, limit) for inner in value] if isinstance(value, list) else value


@cache
def template() -> bytes:
    """The typst source of the page."""
    return files("summitry.report").joinpath("templates", "page.typ").read_bytes()
