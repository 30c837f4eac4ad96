"""Categories against each other: what is declared of one against what the others would allow, such as material and warheads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.evidence.holdings import draw as drawn_from
from summitry.kernels import draw
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Balance
    from summitry.evidence.holdings import Holding

DRAWS = 4096
RARE, ROOM = 0.05, 1.5


@dataclass(frozen=True, slots=True)
class Consistency:
    """How many of a category what it takes would allow, against how many are declared.

    `possible` and `room` (possible less declared) are 5, 50 and 95 % quantiles; `enough` is the probability that the inputs allow
    what is declared. `inputs` says by category whether its amount is declared, estimated or unknown. `verdict`:
    "cannot be" where the inputs almost surely do not allow it, "leaves room" where they almost surely allow half as many again,
    "fits" between, and "not compared" with the reason in `why`.
    """

    of: str
    declared: float | None
    possible: tuple[float, float, float] | None
    enough: float | None
    room: tuple[float, float, float] | None
    inputs: dict[str, str]
    verdict: str
    why: Reason
    source: str


def consistency(
    balances: Sequence[Balance], held: Sequence[Holding], declared: Mapping[tuple[str, str], float], seed: int
) -> tuple[Consistency, ...]:
    """Compare the categories as the case's balances say, for the party that declares; declared amounts before estimated ones."""
    return tuple(_compared(b, held, declared, seed) for b in balances)


def _compared(balance: Balance, held: Sequence[Holding], declared: Mapping[tuple[str, str], float], seed: int) -> Consistency:
    amounts = {category: amount for (_, category), amount in declared.items()}
    by_category = {h.category: h for h in held}
    target = amounts.get(balance.of)
    inputs, possible = {}, np.zeros(DRAWS)
    for category, each in balance.takes.items():
        holding = by_category.get(category)
        if category in amounts:
            inputs[category], amount = "declared", np.full(DRAWS, amounts[category])
        elif holding is not None and holding.posterior is not None:
            inputs[category], amount = "estimated", drawn_from(holding, _uniforms(seed, balance.of, category, "amount"))
        else:
            inputs[category] = "unknown"
            continue
        rate = draw.pert_quantile(*each, _uniforms(seed, balance.of, category, "takes"))
        possible += amount / rate
    unknown = [category for category, how in inputs.items() if how == "unknown"]
    if target is None or unknown:
        missing = (
            reason("balance.unknown", categories=unknown) if target is not None else reason("balance.undeclared", of=balance.of)
        )
        return Consistency(balance.of, target, None, None, None, inputs, "not compared", missing, balance.source)
    enough, more = float((possible >= target).mean()), float((possible > ROOM * target).mean())
    verdict = "cannot be" if enough < RARE else "leaves room" if more > 1.0 - RARE else "fits"
    room, why = _quantiles(possible - target), reason("balance.stated", text=balance.why)
    return Consistency(balance.of, target, _quantiles(possible), enough, room, inputs, verdict, why, balance.source)


def _uniforms(seed: int, *key: str) -> NDArray[np.float64]:
    return draw.generator(seed, "balance", *key).permutation((np.arange(DRAWS) + 0.5) / DRAWS)


def _quantiles(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95)).tolist()
    return low, middle, high
