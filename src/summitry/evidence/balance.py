"""Whether material is missing: a material balance with its alarm, and what that alarm would show of a loss."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.errors import BadArgument
from summitry.kernels import inspect


@dataclass(frozen=True, slots=True)
class StockBalance:
    """A material balance: `muf` is what is unaccounted for, and from `threshold` on it alarms.

    Unaccounted for is not held: measurement errors alone, whose standard deviation is `sigma`, pass the threshold with
    probability `false_alarm`. `detection` is the probability that the loss of `amount` raises the alarm, None where no amount
    was named. All but the probabilities are in the unit of the material.
    """

    beginning: float
    received: float
    shipped: float
    ending: float
    sigma: float
    false_alarm: float
    muf: float
    threshold: float
    alarm: bool
    amount: float | None
    detection: float | None


def balance_stock(
    beginning: float,
    received: float,
    shipped: float,
    ending: float,
    *,
    sigma: float,
    false_alarm: float,
    amount: float | None,
) -> StockBalance:
    """Close the balance. Raises BadArgument where no error of measurement or no false alarm is allowed for."""
    try:
        balance = inspect.material_balance(beginning, received, shipped, ending, sigma, false_alarm)
        detection = None if amount is None else inspect.diversion_detection(amount, sigma, false_alarm)
    except inspect.ImpossibleCounts:
        msg = (
            f"The standard deviation is {sigma:g} and the share of false alarms {false_alarm:g}: the first must be above 0, "
            "the second between 0 and 1."
        )
        raise BadArgument(msg) from None
    return StockBalance(
        beginning,
        received,
        shipped,
        ending,
        sigma,
        false_alarm,
        balance.muf,
        balance.threshold,
        balance.alarm,
        amount,
        detection,
    )
