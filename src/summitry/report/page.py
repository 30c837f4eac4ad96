"""The one page: what it says, as data, and that data set in type by typst as one A4 page.

Every number that is shown is remembered with its value and the key that it comes from.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

from summitry.document import Phrase, look_up
from summitry.report.figures.deals import binding, measure
from summitry.report.layout import sides
from summitry.report.pdf import compiled, template
from summitry.wording import Wording, messages, numbers
from summitry.wording.text import clean, clip, typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from summitry.deals.gates import Verdict
    from summitry.deals.gates.gate import Change
    from summitry.evidence.conduct import Deed
    from summitry.plan.schedule import Plan
    from summitry.report.figures import Figure
    from summitry.study import Findings
    from summitry.wording.numbers import Written

Content: TypeAlias = dict[str, Any]
TEMPLATE, LABEL = "page.typ", "page.label."
MOST_FIGURES = 3
LIMITS = (400, 70, 40, 24)
OWN_WORDS = frozenset(
    {"footer", "head", "state", "as_of", "lead", "big", "beside", "when", "held", "gate", "cost", "worth", "exposed", "unfit"}
)
"""Parts that hold more words of ours than of the case, and are not cut further where room is short."""
PICKED = ("gates", "words-and-deeds", "exposure", "inventory", "gantt", "frontier")
MOST_MOVES, MOST_STEPS, MOST_DEEDS, MOST_OMITTED, MOST_PARTIES = 4, 3, 2, 3, 3
_LONG, _PIECE = re.compile(r"\S{18,}"), re.compile(r".{5}(?=.)")
_KEY = re.compile(r"\[(\D[^\]]*)\]")


class More(str):
    """How many items of a list are left to the book."""

    __slots__ = ()


def content(findings: Findings, language: str | None = None, *, inside: str = "page") -> Content:
    """All that the page says, in the order in which it says it; `inside` the book nothing is left to the book."""
    return _Page(findings, Wording(findings.plain_names, messages(language)), inside).content()


class _Page:
    """The parts of the page, and the numbers in them in the order in which they are shown."""

    def __init__(self, findings: Findings, wording: Wording, inside: str) -> None:
        self.findings, self.wording, self.inside = findings, wording, inside
        self.numbers: list[dict[str, Any]] = []

    def say(self, code: str, place: str = "", limit: int = 10_000, **values: Any) -> str:  # noqa: ANN401 (what the message names)
        """A message about a place in the findings, cut at `limit` characters."""
        return clip(self.wording.text(Phrase(code, place, values), self.findings), limit)

    def tell(self, code: str, place: str, **values: Any) -> str:  # noqa: ANN401 (what the message names)
        """The same, with its numbers remembered."""
        spans = self.wording.spans(Phrase(code, place, values), self.findings)
        for span in spans:
            if span.kind == "number" and span.path:
                self.remember(span.text, span.path)
        return "".join(span.text for span in spans)

    def number(self, write: Callable[[Any], Written], path: str) -> str:
        """The number at a path as it is shown, remembered."""
        return self.remember(self.wording.number(write(look_up(self.findings, path))), path)

    def remember(self, text: str, path: str) -> str:
        """Remember a number by what is shown, its value, and its key in findings.json."""
        self.numbers.append({"shown": text, "value": look_up(self.findings, path), "from": _KEY.sub(r".\1", path)})
        return text

    def first(self, items: Sequence[str], most: int, limit: int) -> list[str]:
        """At most `most` items, each within `limit` characters, and a last line that says how many are left to the book."""
        left = len(items) - most
        more = [More(self.say(f"{self.inside}.more", left=left))] if left > 0 else []
        return [clip(item, limit) for item in items[:most]] + more

    def missing(self, *links: str, limit: int = 260) -> Content:
        """What stands where a part is missing: each omitted link by name, with the reason that the study gave."""
        gaps = [k for k, gap in enumerate(self.findings.omitted) if gap.link in links]
        reasons = [self.say("page.missing.omission", f"omitted[{k}]") for k in gaps]
        text = self.say("page.missing", omissions=reasons) if gaps else self.say("page.unexplained", link=links[0])
        return {"missing": clip(text, limit)}

    def content(self) -> Content:
        """The whole page."""
        findings = self.findings
        omitted = [self.say("page.omission", f"omitted[{k}]") for k in range(len(findings.omitted))]
        footer = self.say("page.same", digest=findings.digest[:12])
        return {
            "title": self.say("page.title") or self.say("page.title.case") or self.say("page.title.none"),
            "as_of": clean(findings.as_of),
            "reader": self.say("page.reader.all" if findings.viewer is None else "page.reader", limit=100),
            "start": self.start(),
            "later": self.later(),
            "price": self.price(),
            "deeds": self.deeds(),
            "steps": self.steps(),
            "omitted": self.first(omitted, MOST_OMITTED, 110),
            "footer": [self.say("page.judgements"), self.say("page.trust"), footer],
            "numbers": self.numbers,
        }

    def start(self) -> Content:
        """The swap to start with, or the nearest miss."""
        rung = self.findings.rung
        verdict = None if rung is None else rung.chosen
        if rung is None or verdict is None:
            return self.missing("rung")
        name = "nearest" if rung.best is None else "best"
        at = f"rung.{name}"
        groups = sides(self.wording, verdict.moves, self.findings.other)
        flips = [self.say("page.start.flip", change=text) for text in self.changes("rung.flips", rung.flips)]
        return {
            "head": self.say(f"page.start.{name}" if rung.best or verdict.closed else "page.start.untold"),
            "title": clip(verdict.title, 120) if isinstance(verdict.title, str) else "",
            "sides": [
                {
                    "who": clip("".join(span.text for span in heading), 60),
                    "moves": self.first(["".join(span.text for span in move) for move in moves], MOST_MOVES, 90),
                }
                for heading, moves in groups
            ],
            "tiles": self.tiles(verdict, at),
            "fails": [] if rung.best else self.fails(verdict, at),
            "flips": flips or [self.say("page.start.opens", change=text) for text in self.changes(f"{at}.opens", verdict.opens)],
            "sure": " ".join(filter(None, [self.sure(), self.unshown(verdict)])),
        }

    def tiles(self, verdict: Verdict, at: str) -> list[Content]:
        """How likely each says yes and each home, all of it together, and the trust that is needed beside what is there."""
        us, about = self.findings.principal, numbers.about_percent
        willing, homes = self.asked(verdict)
        tiles = [self.tile(about, f"{at}.accept.{party}", "accepts", party=party) for party in willing[:MOST_PARTIES]]
        tiles += [self.tile(about, f"{at}.ratify.{party}", "ratifies", party=party) for party in homes[:MOST_PARTIES]]
        tiles.append(self.tile(about, f"{at}.joint", "joint"))
        believers = [p for p in (us, *self.believers(verdict)) if p in verdict.trust and p in verdict.trust_needed]
        return tiles + [self.trust(verdict.trust_needed[p], verdict.trust[p], p, at) for p in believers]

    def asked(self, verdict: Verdict) -> tuple[list[str], list[str]]:
        """The parties of other sides that must accept, and the homes that must ratify, those first that the page is about."""
        us, they, ours = self.findings.principal, self.findings.other, self.wording.names.ours
        willing = sorted((p for p in verdict.accept if not ours(p)), key=lambda p: p != they)
        homes = sorted((p for p, share in verdict.ratify.items() if share is not None), key=lambda p: (p != us, p != they))
        return willing, homes

    def believers(self, verdict: Verdict) -> list[str]:
        """The parties of other sides whose trust is shown: the one that the page is about, of several those that need some."""
        if self.wording.names.two_sides:
            return [self.findings.other] if self.findings.other else []
        willing, _ = self.asked(verdict)
        return [party for party in willing[:MOST_PARTIES] if verdict.trust_needed.get(party, 0.0) > 0.0]

    def unshown(self, verdict: Verdict) -> str:
        """Whose chances the page has no room for."""
        willing, homes = self.asked(verdict)
        return self.say("page.tile.unshown", parties=tuple(dict.fromkeys([*willing[MOST_PARTIES:], *homes[MOST_PARTIES:]])))

    def trust(self, needed: float, there: float, party: str, at: str) -> Content:
        """The trust that a party needs beside what it has."""
        tile = self.tile(lambda share: numbers.percent_apart(share, there), f"{at}.trust_needed.{party}", "trust", party=party)
        beside = self.number(lambda share: numbers.percent_apart(share, needed), f"{at}.trust.{party}")
        return tile | {"beside": self.say("page.tile.there", there=beside)}

    def tile(self, write: Callable[[float], Written], path: str, code: str, **values: Any) -> Content:  # noqa: ANN401 (as in `say`)
        """A large number under the word for how rough it is, over what it is a number of."""
        figure = write(float(str(look_up(self.findings, path))))
        self.number(write, path)
        rough = numbers.Rough("", figure) if isinstance(figure, str) else figure
        lead = self.wording.number(rough._replace(number="")) if rough.relation else ""
        return {"lead": lead.strip(), "big": rough.number, "small": self.say(f"page.tile.{code}", **values), "beside": ""}

    def fails(self, verdict: Verdict, at: str) -> list[Content]:
        """Each closed gate: its score beside what it needs, and who blocks it or why it is closed."""
        fails = []
        for k, gate in enumerate(verdict.gates):
            if gate.passed is not False:
                continue
            kind, place = measure(verdict, gate), f"{at}.gates[{k}]"
            if kind == "trust":
                score = self.tell("gate.score.trust", at, party=binding(verdict))
            else:
                score = self.tell(f"gate.score.{kind}", place)
            who = self.say("page.gate.why", place, 120) if kind == "unmet" else self.say("page.gate.blocked", place, 102)
            fails.append({"gate": self.say("page.gate", place, score=score), "who": who})
        return fails

    def sure(self) -> str:
        """How the joint chance moves with fresh draws and with the correlation that was assumed."""
        needed = float(self.findings.settings["joint"] or 0.0)
        chances = []
        for k in range(len(self.findings.sensitivity)):
            assumption = self.say("reason", f"sensitivity[{k}].assumption", 60)
            chances.append(self.tell("page.start.chance", f"sensitivity[{k}]", assumption=assumption, needed=needed))
        return self.say("page.start.sure", chances=chances) if chances else ""

    def changes(self, place: str, changes: Sequence[Change]) -> list[str]:
        """The first change in words, and how many more the book tells."""
        more = f" {self.say('page.more.changes', left=len(changes) - 1)}" if len(changes) > 1 else ""
        return [self.say("page.change", f"{place}[{k}]", 180) + more for k in range(min(1, len(changes)))]

    def later(self) -> Content:
        """The idea that is ruled out for today, and what would open it."""
        findings, verdict = self.findings, self.findings.not_today
        if verdict is None:
            return {"missing": self.say("page.later.none" if findings.ideas else "page.later.no ideas")}
        at = f"ideas[{findings.ideas.index(verdict)}]"
        return {
            "title": clip(str(verdict.title), 120),
            "fails": self.fails(verdict, at),
            "opens": self.changes(f"{at}.opens", verdict.opens) or [self.say("page.later.closed")],
        }

    def price(self) -> Content:
        """What the deliverable costs, what it is worth, and what it is paid with."""
        price = self.findings.price
        if price is None:
            return self.missing("price")
        terms: dict[str, Any] = {"payer": price.payer, "giver": price.giver}
        terms["chance"] = self.number(numbers.exact_percent, "price.at")
        worth = self.number(_two_digits, "price.worth_alone")
        if price.price is not None:
            cost = self.say("page.price.cost", least=self.number(_two_digits, "price.price"), **terms)
        else:
            reached = self.number(numbers.about_percent, "price.probability")
            cost = self.say("page.price.short", reached=reached, **terms)
        joint = "" if price.joint is None else self.number(numbers.about_percent, "price.joint")
        paid_with = [self.paid(f"{issue}.{option}") for issue, option in price.package.items()]
        state = "helped" if price.state == "buyable" and not price.alone else price.state
        return {
            "what": self.say("page.price.what", "price", 110),
            "state": self.say(f"page.price.state.{state}"),
            "cost": cost,
            "worth": self.say(
                "page.price.worth" if price.proven else "page.price.unproven", worth=worth, payer=price.payer, joint=joint
            ),
            "paid": self.first(paid_with, MOST_DEEDS + 1, 80),
        }

    def paid(self, move: str) -> str:
        """A move that pays, with who gives it where that is nobody of ours."""
        names = self.wording.names
        by = tuple(names.givers.get(move.partition(".")[0], ()))
        return self.say("page.price.paid", move=move, by=() if any(map(names.ours, by)) else by)

    def deeds(self) -> Content:
        """What the other side did so far, the substantive first."""
        they, deeds = self.findings.other, self.findings.other_deeds
        names = self.wording.names
        rest = tuple(party for party in names.sides if party != they and not names.ours(party)) if self.findings.record else ()
        head = self.say("page.deeds.by", they=they, rest=rest) if they else self.say("page.deeds")
        if self.findings.record is None:
            return {"head": head, **self.missing("words and deeds", limit=200)}
        if not deeds:
            return {"head": head, "counted": self.say("page.deeds.none"), "items": []}
        weights = Counter(deed.weight for deed in deeds)
        tally = {weight: weights[weight] for weight in sorted(weights, key=lambda weight: (weight != "substantive", weight))}
        return {
            "head": head,
            "counted": self.say("page.deeds.tally", limit=90, weights=tally) if len(deeds) > MOST_DEEDS else "",
            "items": self.first([self.deed(k, deed) for k, deed in enumerate(deeds)], MOST_DEEDS, 110),
        }

    def deed(self, k: int, deed: Deed) -> str:
        """A deed, with who did it where it is not the other side alone, under whose name the deeds stand."""
        return self.say("page.deed", f"other_deeds[{k}]", by=() if deed.actors == (self.findings.other,) else deed.actors)

    def steps(self) -> Content:
        """The first steps with what each side holds after them, what the plan cannot keep, and how exposed each side is."""
        plan = self.findings.plan
        if plan is None or not plan.steps:
            return self.missing("plan")
        few = plan.exposure if len(plan.exposure) <= MOST_PARTIES else ()
        order = dict.fromkeys((self.findings.principal, self.findings.other, *few))
        parties = [party for party in order if party is not None and party in plan.exposure]
        rows = [self.step(plan, k, parties) for k in range(min(MOST_STEPS, len(plan.steps)))]
        left = len(plan.steps) - MOST_STEPS
        conflicts = [(k, conflict) for k, conflict in enumerate(plan.conflicts) if conflict.applied]
        unfit = [
            self.say("page.step.unfit" if conflict.about else "page.step.unfit.horizon", f"plan.conflicts[{k}]")
            for k, conflict in conflicts
        ]
        return {
            "parties": [clip(self.wording.names.name(party), 18) for party in parties],
            "heads": [self.say("page.step.holds", party=party) for party in parties],
            "rows": rows,
            "more": self.say(f"{self.inside}.more.steps", left=left) if left > 0 else "",
            "unfit": clip("; ".join(unfit), 200),
            "exposed": self.exposed(plan, parties),
        }

    def step(self, plan: Plan, k: int, parties: Sequence[str]) -> Content:
        """A step: by when, who, what, how it is seen, and what each party holds after it."""
        step, at = plan.steps[k], f"plan.steps[{k}]"
        return {
            "when": clean(step.end),
            "who": self.say("page.step.givers", at, 60),
            "what": self.say("page.step", at, 90),
            "seen": clip(step.verification, 60) if step.verification else self.say("page.step.unverified"),
            "held": [
                self.number(_two_digits, f"{at}.held.{party}") if party in step.held else numbers.NOTHING for party in parties
            ],
        }

    def exposed(self, plan: Plan, parties: Sequence[str]) -> str:
        """How exposed each party is in the whole plan, and why trust elsewhere is that of another order."""
        most = [
            self.say("page.exposed.party", party=party, most=self.number(_two_digits, f"plan.exposure.{party}"))
            for party in parties
        ]
        texts = [self.say("page.exposed", parties=most)]
        texts.append(self.say("page.steps.unshown", parties=tuple(party for party in plan.exposure if party not in parties)))
        if plan.orders and plan.orders[0].load < plan.load:
            texts.append(self.say("page.order.dates" if any(order.fits for order in plan.orders) else "page.order.sooner"))
        return " ".join(filter(None, texts))


def _two_digits(value: float) -> str:
    return numbers.number(value, 2)


def picked(drawings: tuple[Figure, ...]) -> list[Figure]:
    """The page's figures: at most three of those that there are, the most telling first."""
    by_key = {figure.key: figure for figure in drawings}
    return [by_key[key] for key in PICKED if key in by_key][:MOST_FIGURES]


def pdf(page: Content, pictures: list[Figure], svgs: Mapping[str, str], language: str | None = None) -> bytes:
    """The page as PDF/UA-1 with the fonts of typst's wheel; case text reaches typst as JSON strings and is never read as markup.

    Where those fonts lack a character of the case, the computer's fonts are asked too; where these lack it as well, the page says
    so and is tagged but not PDF/UA.
    """
    source, usual = template(TEMPLATE), data(page, pictures, svgs, language)
    return (
        compiled(source, usual)
        or compiled(source, usual, system_fonts=True)
        or compiled(source, data(page, pictures, svgs, language, fonts=False), system_fonts=True, tagged=False)
    )


def data(
    page: Content, pictures: list[Figure], svgs: Mapping[str, str], language: str | None = None, *, fonts: bool = True
) -> str:
    """The template's input: the page's content without provenance, in ever shorter versions; the first that fits is set."""
    catalogue = messages(language)
    notice = "" if fonts else catalogue["page.no font"]
    parts = {key: value for key, value in page.items() if key != "numbers"}
    return json.dumps(
        {
            "title": page["title"],
            "language": catalogue["language"],
            "labels": {code.removeprefix(LABEL): text for code, text in catalogue.items() if code.startswith(LABEL)},
            "versions": [fitted(parts, limit) | {"notice": notice} for limit in LIMITS],
            "figures": [{"question": fitted(f.question, 70), "alt": clean(f.alt), "svg": svgs[f.key]} for f in pictures],
            "shortened": catalogue["page.shortened"],
        }
    )


def fitted(value: Any, limit: int) -> Any:  # noqa: ANN401 (strings inside lists and mappings)
    """The same content with case text cut at `limit` characters and with places where words too long for a column may break."""
    if isinstance(value, str):
        return _LONG.sub(lambda run: _PIECE.sub("\\g<0>\N{ZERO WIDTH SPACE}", run[0]), typeset(clip(value, limit)))
    if isinstance(value, dict):
        return {key: fitted(inner, LIMITS[0] if key in OWN_WORDS else limit) for key, inner in value.items()}
    return [fitted(inner, limit) for inner in value] if isinstance(value, list) else value
