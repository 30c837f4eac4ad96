"""What a package or a text delivers against its ceremony: what moves, how much, by when, verified how, and for whom.

1. Substance to a party is the share of what it could receive from all others, its allies among them, that it receives
   (`chances.substance`: central values, no costs).
2. How firm a move is: the share of timing, amount and verification that is said, each printed; the amount is asked of a package
   only where the issue counts something, and of a package also how much of a move stays when all stops: what can be taken back
   is not firm. Firm substance weighs each move by it.
3. Moves that honour and change nothing (`ceremony` of an issue) are told apart and bring no substance; so are a text's sentences
   that only declare.
4. A text's commitment belongs to an issue by a person's word (evidence/corrections.csv), or else by words that it shares with the
   issue's title, which are shown. It brings substance only where a person says which option it reaches.
How likely a breach is found is no part of it: the case says it of sites, not of promises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summitry.deals.outcomes import substance
from summitry.evidence.texts.reuse import tokens
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summitry.case.types import Issue
    from summitry.evidence.texts.audit import Audit, Promise
    from summitry.model import Model

SHARED, NEAR = 0.5, 0.3
"""Assumption: a commitment belongs to an issue where half of the words of its title stand in it, and at least one; three in ten
make it one that it could belong to."""
FIRM = ("timing", "amount", "verification")


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that moves: the issue, the option it reaches (empty where it is not said), and how firm that is.

    `terms` holds what is said on timing, amount and verification, null where nothing is said; what is not asked is left out.
    `receives` is the share of what each party could receive that this move brings it. `mapped` says why it is of this issue.
    """

    issue: str
    option: str
    givers: tuple[str, ...]
    terms: dict[str, Reason | None]
    firmness: float
    receives: dict[str, float]
    words: str = ""
    mapped: Reason | None = None

    @property
    def brings(self) -> dict[str, float]:
        """What it brings to those that it brings anything."""
        return {party: share for party, share in self.receives.items() if share > 0}


@dataclass(frozen=True, slots=True)
class Received:
    """The share of what a party could receive that it receives, bare and weighed by how firm each move is."""

    share: float
    firm: float


@dataclass(frozen=True, slots=True)
class Substance:
    """What is delivered: by party, bare and weighed by firmness; the moves; the ceremony; what could not be placed, and why.

    `concreteness` and `having` are the audit's, for a text; `declarations` counts its sentences that promise nothing.
    `perhaps` names, for what could not be placed, the issues that it could belong to.
    """

    title: str | Reason
    kind: Literal["package", "text"]
    moves: tuple[Move, ...]
    substance: dict[str, float]
    firm: dict[str, float]
    ceremony: tuple[Move, ...]
    declarations: int
    unplaced: tuple[str, ...]
    commitments: int
    concreteness: float | None
    having: dict[str, int]
    omitted: tuple[Reason, ...]
    perhaps: dict[str, tuple[str, ...]]

    @property
    def received(self) -> dict[str, Received]:
        """By party, what it receives."""
        return {party: Received(share, self.firm[party]) for party, share in self.substance.items()}

    @property
    def nowhere(self) -> tuple[str, ...]:
        """What could not be placed, and could belong to no issue either."""
        return tuple(words for words in self.unplaced if words not in self.perhaps)


def of_package(model: Model, moves: Mapping[str, str], title: str | Reason) -> Substance:
    """What a package delivers; firmness is what the case says of its options."""
    options = [_of_option(model, issue, option) for issue, option in model.named(model.row(moves)).items()]
    return _weighed(model, options, title, None, (), {})


def of_text(model: Model, audit: Audit) -> Substance:
    """What a text's commitments deliver; firmness is what the text itself says."""
    moves: list[Move] = []
    unplaced: list[str] = []
    perhaps: dict[str, tuple[str, ...]] = {}
    for promise in (*audit.commitments, *audit.apart):
        places, could = _places(model.terms, promise)
        perhaps |= {promise.words: could} if could else {}
        moves += [_of_promise(model, promise, place, why) for place, why in places]
        unplaced += [] if places else [promise.words]
    return _weighed(model, moves, audit.text, audit, unplaced, perhaps)


def _weighed(
    model: Model,
    every: Sequence[Move],
    title: str | Reason,
    audit: Audit | None,
    unplaced: Sequence[str],
    perhaps: dict[str, tuple[str, ...]],
) -> Substance:
    ceremony = [m for m in every if model.terms[m.issue].ceremony]
    moves = [m for m in every if m not in ceremony]
    best = _furthest(model, moves)
    vague = dict.fromkeys(m.issue for m in moves if not m.option and m.issue not in best)
    return Substance(
        title=title,
        kind="package" if audit is None else "text",
        moves=tuple(moves),
        substance={p: sum(m.receives[p] for m in best.values()) for p in model.parties},
        firm={p: sum(m.receives[p] * m.firmness for m in best.values()) for p in model.parties},
        ceremony=tuple(ceremony),
        declarations=len(audit.declarations) if audit else 0,
        unplaced=tuple(unplaced),
        commitments=len(audit.commitments) if audit else 0,
        concreteness=None if audit is None else audit.concreteness,
        having={} if audit is None else audit.having,
        omitted=(*(reason("substance.no-option", issue=issue) for issue in vague), reason("substance.no-detection")),
        perhaps=perhaps,
    )


def _furthest(model: Model, moves: Sequence[Move]) -> dict[str, Move]:
    """The move that counts of each issue, so that two commitments on one do not count twice.

    It is the one with the further option, and of equals the firmer one.
    """
    best: dict[str, Move] = {}
    for move in moves:
        if move.option and (move.issue not in best or _further(model, move, best[move.issue])):
            best[move.issue] = move
    return best


def _further(model: Model, a: Move, b: Move) -> bool:
    return (model.column(a.issue, a.option), a.firmness) > (model.column(b.issue, b.option), b.firmness)


def _receives(model: Model, issue: str, option: str) -> dict[str, float]:
    if not option:
        return dict.fromkeys(model.parties, 0.0)
    share = substance(model, model.row({issue: option})[None, :])[0]
    return {party: float(share[p]) for p, party in enumerate(model.parties)}


def _of_option(model: Model, issue: str, option: str) -> Move:
    body = model.terms[issue]
    verified_by = body.verified_by.get(option)
    terms = {
        "timing": reason("term.days", days=body.takes[option]) if option in body.takes else None,
        "verification": reason("case.text", text=verified_by) if verified_by else None,
    }
    if any(value is not None for value in body.options.values()):
        terms["amount"] = _amount(body.options[option], body)
    said = sum(term is not None for term in terms.values())
    stays = 1.0 - body.recoverable[option] if option in body.recoverable else None
    firmness = (said + (stays or 0.0)) / (len(terms) + 1)
    terms["lasting"] = None if stays is None else reason("term.lasting", share=stays)
    return Move(issue, option, body.giver, terms, firmness, _receives(model, issue, option))


def _of_promise(model: Model, promise: Promise, place: str, why: Reason) -> Move:
    issue, _, option = place.partition(".")
    fields = {"timing": "deadline", "amount": "quantity", "verification": "verification"}
    quotes = {name: "; ".join(w.words for w in promise.fields[field]) for name, field in fields.items()}
    if not promise.timed:
        quotes["timing"] = ""
    terms = {name: reason("case.text", text=quote) if quote else None for name, quote in quotes.items()}
    firmness = (promise.parts["deadline"] + promise.parts["quantity"] + promise.parts["verification"]) / len(FIRM)
    givers = model.terms[issue].giver
    return Move(issue, option, givers, terms, firmness, _receives(model, issue, option), promise.words, why)


def _places(issues: Mapping[str, Issue], promise: Promise) -> tuple[list[tuple[str, Reason]], tuple[str, ...]]:
    """ISSUE or ISSUE.OPTION of a commitment, each with why: a person's word, or the shared words of the nearest title.

    Where no title is near enough, or several are equally near, there is none, and the issues that it could be of come second:
    those that the actor gives, if there are any.
    """
    if promise.issues:
        return [(place, reason("placed.person", person=promise.mapped_by)) for place in promise.issues], ()
    mine = set(tokens(" ".join(w.words for name in ("act", "object") for w in promise.fields[name])))
    shared: dict[str, tuple[float, list[str]]] = {}
    for name, issue in issues.items():
        title = dict.fromkeys(tokens(issue.title))
        common = [word for word in title if word in mine]
        if common:
            shared[name] = len(common) / len(title), common
    most = max((share for share, _ in shared.values()), default=0.0)
    nearest = [name for name, (share, _) in shared.items() if share == most]
    nearest = [name for name in nearest if {*issues[name].giver} & {*promise.parties}] or nearest
    if most >= SHARED and len(nearest) == 1:
        return [(nearest[0], reason("placed.words", words=tuple(shared[nearest[0]][1])))], ()
    return [], tuple(nearest) if most >= NEAR else ()


def _amount(amount: float | str | None, issue: Issue) -> Reason | None:
    """How much an option moves; a share is one of what is held, where the issue names it."""
    if amount is None:
        return None
    if isinstance(amount, str):
        return reason("term.share", share=amount, holding=issue.holding or None)
    return reason("term.amount", amount=amount, unit=issue.unit or None)
