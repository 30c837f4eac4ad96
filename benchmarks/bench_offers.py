"""How well P(accept) of a case as it is ranks the offers that were really accepted above those that were refused.

Every `refused` row of evidence/positions.csv is one answer, and so are a party's `accepted` rows of one day. The package is the
option of the row with what the other sides offered on that day (`summitry.interests.offers.read_answer`); P(accept) is the
share of draws in which it is worth at least the reservation value to the party that answered. The second set counts what a
party offered for what it demanded on the same day as acceptable to that party. Nothing is tuned: the case is read as it is.

AUC is the chance that an accepted offer has the higher P(accept), ties counting half; its interval is the percentile bootstrap,
accepted and refused drawn apart. Beside it stand the base rate, and the Brier score with that of always saying the base rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry import case
from summitry.interests.offers import OFFERS, read_answer, read_record
from summitry.kernels.draw import generator
from summitry.model import build

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.case.types import Case

CASES = (("korea-2019", None), ("korea-2019", "us"), ("supply-contract", None), ("panama-1977", None))
RESAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Scored:
    """One answered offer."""

    answer: str
    package: str
    accepted: bool
    chance: float


def scored(opened: Case, *, proposals: bool) -> list[Scored]:
    """Every answer of a case, with `proposals` also what a party offered for what it demanded that day."""
    rows = opened.evidence.positions
    file = opened.file
    statements = [
        (f"{row.party}: {row.date} {row.status} {row.issue}.{row.option}", read_answer(file, rows, k, row))
        for k, row in enumerate(rows, start=1)
        if row.status in {"accepted", "refused"} and row.option != file.issues[row.issue].status_quo
    ]
    statements = list(
        {(statement.party, statement.rows): (answer, statement) for answer, statement in reversed(statements)}.values()
    )[::-1]
    if proposals:
        for party in file.parties:
            statements += [(f"{party}: {s.date} offered", s) for s in read_record(file, rows, party)[0] if s.status in OFFERS]
    model = build(opened, homes=False)
    offers = []
    for answer, statement in statements:
        p = model.party(statement.party)
        worth = model.values(model.row(statement.moves))[p]
        package = ", ".join(f"{issue}.{option}" for issue, option in statement.moves.items())
        offers.append(Scored(answer, package, statement.least, float((worth >= model.reserve_drawn[p]).mean())))
    return offers


def auc(accepted: NDArray[np.float64], refused: NDArray[np.float64]) -> float:
    """The chance that an accepted offer has the higher P(accept); ties count half."""
    gap = accepted[:, None] - refused[None, :]
    return float((gap > 0).mean() + 0.5 * (gap == 0).mean())


def interval(accepted: NDArray[np.float64], refused: NDArray[np.float64]) -> tuple[float, float]:
    """The 95 % percentile bootstrap of `auc`."""
    rng = generator(0, "offers")
    scores = [auc(rng.choice(accepted, accepted.size), rng.choice(refused, refused.size)) for _ in range(RESAMPLES)]
    low, high = np.quantile(scores, (0.025, 0.975))
    return float(low), float(high)


def report(name: str, offers: list[Scored]) -> None:
    """Print every offer and the scores."""
    print(f"\n{name}")
    for one in sorted(offers, key=lambda o: (-o.accepted, -o.chance)):
        print(f"  {'accepted' if one.accepted else 'refused ':<9} P(accept) {one.chance:.3f}  {one.answer}  [{one.package}]")
    yes, no = (np.array([o.chance for o in offers if o.accepted is kind]) for kind in (True, False))
    if not yes.size or not no.size:
        print(f"  {yes.size} accepted, {no.size} refused: an AUC needs both")
        return
    rate = yes.size / len(offers)
    brier = float(np.mean([(o.chance - o.accepted) ** 2 for o in offers]))
    low, high = interval(yes, no)
    print(f"  AUC {auc(yes, no):.2f}, 95 % interval {low:.2f} to {high:.2f} (chance: 0.50)")
    print(f"  {yes.size} accepted of {len(offers)}, base rate {rate:.2f}")
    print(f"  Brier {brier:.3f}; of always saying the base rate {rate * (1 - rate):.3f}")


if __name__ == "__main__":
    for name, viewer in CASES:
        opened = case.load(name, viewer=viewer)
        title = f"{name}, as {viewer}" if viewer else name
        report(f"{title}: answers", scored(opened, proposals=False))
        report(f"{title}: answers and own proposals", scored(opened, proposals=True))
