"""A fair division of issues between two parties, each of which lays points on winning each issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from summitry.case.fields import Doc
from summitry.errors import BadArgument
from summitry.kernels.bargain import adjusted_winner

if TYPE_CHECKING:
    from collections.abc import Sequence

DUST = 1e-9
"""A smaller share is what rounding leaves of none."""
Points = Annotated[float, Field(ge=0)]


class Bid(Doc):
    """One row of a table of points: an issue, and what winning it is worth to each of the two parties."""

    issue: Annotated[str, Field(min_length=1)]
    first: Points
    second: Points


@dataclass(frozen=True, slots=True)
class Part:
    """One issue: the points that each party lays on it, and the share of it that the first party wins."""

    issue: str
    first: float
    second: float
    share: float


@dataclass(frozen=True, slots=True)
class FairDivision:
    """Who wins which issue (Adjusted Winner): `first` and `second` are what each gets, in its own points.

    `of_own` is that as a share of all of a party's own points, the same for both. `split` is the issue that is divided, None
    where none has to be.
    """

    parts: tuple[Part, ...]
    first: float
    second: float
    of_own: float
    split: str | None


def divide(bids: Sequence[Bid]) -> FairDivision:
    """Divide issues between two parties. Raises BadArgument where an issue is named twice or a party lays no points."""
    if len({bid.issue for bid in bids}) < len(bids):
        raise BadArgument("An issue is named twice: give each issue one row.")
    first, second = (np.array([getattr(bid, side) for bid in bids], dtype=np.float64) for side in ("first", "second"))
    if not first.sum() or not second.sum():
        raise BadArgument("A party lays no points: each must lay some on at least one issue.")
    division = adjusted_winner(first, second)
    shares = division.first.tolist()
    parts = tuple(Part(bid.issue, bid.first, bid.second, share) for bid, share in zip(bids, shares, strict=True))
    split = next((part.issue for part in parts if DUST < part.share < 1.0 - DUST), None)
    return FairDivision(parts, *division.values, division.values[0] / float(first.sum()), split)
