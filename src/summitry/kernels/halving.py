"""The least share that suffices, where more never does worse."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def least_share(suffices: Callable[[float], bool], halvings: int) -> float:
    """The least of the shares k / 2^halvings, k >= 1, that suffices; 1 is taken to, and what suffices goes on to with more.

    Asks `halvings` times, of shares that are exact as floats.
    """
    parts = 1 << halvings
    return bisect_left(range(parts), 1, lo=1, key=lambda k: suffices(k / parts)) / parts
