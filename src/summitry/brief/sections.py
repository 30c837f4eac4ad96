"""The book's sections: everything behind the page, each table with the path of its numbers and each claim with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import swaps, words
from summitry.brief.parts import (
    Bullets,
    Heading,
    Paragraph,
    Part,
    Picture,
    Section,
    Sources,
    Table,
    count,
    row,
    share,
    spread,
)
from summitry.evidence.seriousness import performs

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.evidence.record import Contribution
    from summitry.study import Findings

MOST_FRONTIER, MOST_OTHERS = 12, 10


def sections(found: Findings) -> tuple[tuple[Section, ...], Sources]:
    """All sections in the order in which a reader asks, and the sources that they refer to."""
    sources = Sources()
    makers: tuple[tuple[str, str, Callable[[Findings, Sources], list[Part]]], ...] = (
        ("start", "Start here", _start),
        ("not-today", "Not today: the other ideas", _ideas),
        ("price", "Price", _price),
        ("inventory", "Inventory", _inventory),
        ("record", "Words, deeds and the belief that follows", _record),
        ("frontier", "What is possible", _frontier),
        ("plan", "Plan", _plan),
        ("settings", "Settings and assumptions", _settings),
        ("left-out", "Left out, and notes", _left_out),
    )
    made = tuple(Section(anchor, title, tuple(make(found, sources))) for anchor, title, make in makers)
    return made, sources


def _missing(found: Findings, *about: str) -> list[Part]:
    return [Paragraph(words.why_left_out(found, *about))]


def _start(found: Findings, sources: Sources) -> list[Part]:
    rung, verdict = found.rung, words.chosen(found)
    if rung is None or verdict is None:
        return _missing(found, "rung", "start", "trade", "swap")
    at = "rung.best" if rung.best is not None else "rung.nearest"
    parts: list[Part] = []
    if rung.best is None:
        parts.append(Paragraph("No swap passes all four gates today. This is the nearest miss."))
    parts += [Picture("gates"), Heading(words.titled(verdict) or "The swap"), *swaps.told(found, verdict, at, sources)]
    parts.append(
        Table(
            "How many swaps were looked at, and the first gate at which the others failed",
            "rung",
            ("", "Swaps"),
            (
                row(f"Looked at: {words.clean(rung.candidates)}", count(rung.considered)),
                row("Passed every gate", count(rung.passing)),
                *(row(f"Failed first at: {words.GATES.get(gate, gate)}", count(many)) for gate, many in rung.failing.items()),
            ),
        )
    )
    if rung.best is None:
        parts += swaps.changes("What it would take to open the closed gates", "rung.nearest.opens", verdict.opens)
    else:
        parts += swaps.changes("Single inputs that flip the answer", "rung.flips", rung.flips)
    if found.sensitivity:
        rows = tuple(row(s.assumption, share(s.joint)) for s in found.sensitivity)
        head = ("Assumption", "Accepted and ratified")
        parts.append(Table("The same swap under other assumptions", "sensitivity", head, rows))
    if rung.others:
        shown = rung.others[:MOST_OTHERS]
        more = f"; {len(rung.others) - len(shown)} more are in findings.json" if len(rung.others) > len(shown) else ""
        parts.append(Table(f"Other swaps that were close{more}", "rung.others", *swaps.compared(found, shown)))
    return parts


def _ideas(found: Findings, sources: Sources) -> list[Part]:
    if not found.ideas:
        return [Paragraph("The case names no ideas of its own.")]
    parts: list[Part] = [Table("All ideas side by side", "ideas", *swaps.compared(found, found.ideas))]
    for k, idea in enumerate(found.ideas):
        parts += [
            Heading(f"{words.clean(idea.title)} – {'passes' if idea.passed else 'fails'}"),
            *swaps.told(found, idea, f"ideas[{k}]", sources),
        ]
        if not idea.passed:
            parts += swaps.changes("What it would take to open the closed gates", f"ideas[{k}].opens", idea.opens)
    return parts


def _price(found: Findings, _: Sources) -> list[Part]:
    price = found.price
    if price is None:
        return _missing(found, "price", "deliverable")
    payer, giver = words.name(found, price.payer), words.name(found, price.giver)
    span = None if price.price_range is None else f"{words.number(price.price_range[0])} to {words.number(price.price_range[1])}"
    lines = (
        row("State", words.STATES[price.state]),
        row(f"Least cost, {payer}'s own points", price.price),
        row("The same over several seeds", span or "–"),
        row("Proven lower bound", price.floor),
        row("Every cheaper package was tested", "yes" if price.proven else "no"),
        row(f"Chance asked for that {giver} accepts", share(price.at)),
        row("Chance reached", share(price.probability)),
        row(f"Worth to {payer}, alone, mean", price.worth_alone),
        row(f"Worth to {payer}, alone, nearly sure", price.worth_sure),
        row(f"Worth to {payer} among all its opportunities", price.worth_opportunity),
        row("Price of nothing (of being willing to sign at all)", price.price_of_nothing),
    )
    moves = tuple(words.move(found, i, o) for i, o in price.package.items())
    closure = tuple(words.move(found, i, o) for i, o in price.closure.items())
    return [
        Paragraph(f"What {words.deliverable(found, price.deliverable)} costs {payer} when {giver} gives it."),
        Table("Price", "price", ("", "Value"), lines),
        Bullets("Asked for, with what it requires", closure),
        Bullets("The whole cheapest package", moves),
    ]


def _inventory(found: Findings, sources: Sources) -> list[Part]:
    if not found.holdings:
        return _missing(found, "holding", "inventory", "claim")
    parts: list[Part] = [
        Picture("inventory"),
        Paragraph(
            "Declared, estimated and verified claims are never merged; only estimates are fused. Unaccounted for is not held."
        ),
        Table(
            "Holdings",
            "holdings",
            ("Holding", "Unit", "Declared", "Estimated, low/middle/high", "Verified", "How fused", "Disagreement"),
            tuple(
                row(
                    f"{words.name(found, h.party)}: {words.clean(h.category)}",
                    h.unit,
                    h.declared,
                    spread(h.estimated),
                    h.verified,
                    h.method,
                    h.disagreement,
                )
                for h in found.holdings
            ),
        ),
    ]
    for k, holding in enumerate(found.holdings):
        rows = tuple(
            row(
                c.claimant + (f", {c.item}" if c.item else ""), c.kind, c.as_of, c.low, c.central, c.high,
                "yes" if c.used else "no", sources.cell(c.source), c.status,
            )
            for c in holding.claims
        )  # fmt: skip
        caption = f"Claims: {words.name(found, holding.party)}, {words.clean(holding.category)} ({words.clean(holding.unit)})"
        head = ("Claimant", "Kind", "As of", "Low", "Central", "High", "Fused", "Source", "Status")
        parts.append(Table(caption, f"holdings[{k}].claims", head, rows))
    return parts


def _contributions(caption: str, path: str, rows: tuple[Contribution, ...], sources: Sources) -> Table:
    body = tuple(row(c.date, c.what, c.log_ratio, c.why, sources.cell(c.source)) for c in rows)
    return Table(caption, path, ("Date", "What", "Log-odds", "Why", "Source"), body)


def _record(found: Findings, sources: Sources) -> list[Part]:
    record = found.record
    if record is None:
        return _missing(found, "record", "words", "deeds")
    parts: list[Part] = [Picture("words-and-deeds")]
    if record.deeds:
        parts.append(_contributions("Surrendered, moved or done so far", "record.deeds", record.deeds, sources))
    else:
        parts.append(Paragraph("Nothing was surrendered or moved so far, by this record."))
    for k, belief in enumerate(record.beliefs):
        told = f"{words.name(found, belief.party)} on whether {words.name(found, belief.other)} means to deliver"
        before, after = spread(belief.prior).text, spread(belief.posterior).text
        trust = spread(map(performs, belief.posterior)).text
        said = f"Prior {before}; after the record {after} (low / mode / high)."
        follows = f"Trust that follows, to perform what remains of a deal: {trust}; a pretender also keeps what pays it to keep."
        parts += [Heading(told), Paragraph(f"{said} {follows}")]
        parts.append(
            _contributions(
                "Contributions of events and commitments", f"record.beliefs[{k}].contributions", belief.contributions, sources
            )
        )
    for actor, months in record.months.items():
        rows = tuple(row(m.month, m.words, count(m.word_count), m.deeds, count(m.deed_count)) for m in months)
        head = ("Month", "Words, mean sign", "Words, count", "Deeds, mean sign", "Deeds, count")
        parts.append(
            Table(f"{words.name(found, actor)} by month, −2 hostile to +2 cooperative", f"record.months.{actor}", head, rows)
        )
    return parts


def _frontier(found: Findings, _: Sources) -> list[Part]:
    result = found.frontier
    if result is None:
        return _missing(found, "frontier", "trade")
    exact = "exact" if result.exact else f"within {words.number(result.epsilon)} of each party's own span"
    inside = " in the zone of possible agreement" if result.zone else ""
    named = [words.name(found, p) for p in result.parties]
    parts: list[Part] = [
        Picture("frontier"),
        Paragraph(
            f"{count(int(result.packages_total)).text} packages; "
            f"{count(len(result.points)).text} efficient points{inside}, {exact}. "
            "Points of two parties are not compared."
        ),
        Table(
            "Bargaining solutions",
            "frontier.solutions",
            ("Solution", *named, "Package", "Tied packages", "Share of draws"),
            tuple(
                row(
                    words.solution(s.name),
                    *(s.values.get(p) for p in result.parties),
                    _package(found, s.package),
                    count(s.ties),
                    share(s.share, absent="–"),
                )
                for s in result.solutions
            ),
        ),
        Table(
            "Least that each party takes",
            "frontier.reservation",
            ("Party", "Own points"),
            tuple(row(words.name(found, p), v) for p, v in result.reservation.items()),
        ),
    ]
    order = sorted(range(len(result.points)), key=lambda k: (result.points[k], k))
    last = max(len(order) - 1, 1)
    kept = order if len(order) <= MOST_FRONTIER else [order[round(k * last / (MOST_FRONTIER - 1))] for k in range(MOST_FRONTIER)]
    note = "" if len(kept) == len(order) else f": {len(kept)} of {len(order)}, evenly spread; all are in findings.json"
    counted = [count(result.counts[k]) if result.counts else "not counted" for k in kept]
    rows = tuple(
        row(str(k + 1), *result.points[k], n, _package(found, result.packages[k])) for k, n in zip(kept, counted, strict=True)
    )
    parts.append(
        Table(f"Efficient packages{note}", "frontier.points", ("No.", *named, "Packages at this point", "One of them"), rows)
    )
    return parts


def _package(found: Findings, package: dict[str, str]) -> str:
    return "; ".join(words.move(found, issue, option) for issue, option in package.items()) or "–"


def _plan(found: Findings, _: Sources) -> list[Part]:
    plan = found.plan
    if plan is None:
        return _missing(found, "plan", "step")
    parties = list(dict.fromkeys((*plan.exposure, *(p for s in plan.steps for p in s.held))))
    rows = tuple(
        row(
            s.id, words.name(found, s.party), f"{words.name(found, s.issue)}: {words.clean(s.before)} → {words.clean(s.after)}",
            s.start, s.end, s.verification or "not verified", *(s.held.get(p) for p in parties), s.exit,
        )
        for s in plan.steps
    )  # fmt: skip
    head = ("Step", "By", "Act", "From", "To", "Verified by", *(f"{words.name(found, p)} holds" for p in parties), "Way out")
    trust = tuple(
        row(words.name(found, p), plan.exposure.get(p), plan.gain.get(p), spread(plan.trust_needed.get(p)), plan.trust.get(p))
        for p in parties
    )
    return [
        Paragraph(
            f"{words.clean(plan.title)}. Load {words.number(plan.load)}; {plan.changes} changes of mover, "
            f"{plan.changes_allowed} fit the horizon."
        ),
        Picture("gantt"),
        Picture("exposure"),
        Table(
            "Steps; held is what a party has, in own points, if everything stops right after the step", "plan.steps", head, rows
        ),
        Table(
            "Exposure and trust",
            "plan",
            ("Party", "Most exposed, own points", "Gain at the end", "Trust needed, 20/50/80 %", "Trust there is"),
            trust,
        ),
    ]


def _settings(found: Findings, _: Sources) -> list[Part]:
    chosen = tuple(
        row(key, value if isinstance(value, str) else "–" if value is None else str(value))
        for key, value in found.settings.items()
    )
    counts = tuple(row(key, count(value)) for key, value in found.counts.items())
    return [
        Paragraph(
            "Values, back tables, trust and mandates are judgements of whoever wrote the preference files; holdings, words "
            "and deeds are claims with the source named beside them. Probabilities are shares of draws from those "
            "judgements, not frequencies."
        ),
        Table("Settings", "settings", ("Setting", "Value"), chosen),
        Table("Size of the case", "counts", ("What", "How many"), counts),
        Table(
            "To get the same again",
            "seed, draws, digest, version",
            ("What", "Value"),
            (
                row("Case", found.case),
                row("Digest of its files", found.digest),
                row("Seed", str(found.seed)),
                row("Draws", str(found.draws)),
                row("summitry", found.version),
            ),
        ),
    ]


def _left_out(found: Findings, _: Sources) -> list[Part]:
    parts: list[Part] = []
    if found.omitted:
        parts.append(
            Table("Links that were left out", "omitted", ("Link", "Why"), tuple(row(o.link, o.why) for o in found.omitted))
        )
    else:
        parts.append(Paragraph("No link was left out."))
    if found.notes:
        parts.append(Bullets("Notes that belong to every number here", tuple(words.clean(n) for n in found.notes)))
    return parts
