"""The plain way to compare commitments with earlier sentences: dense vectors and sets, word by word."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summitry.evidence.texts.reuse import NEW, RECYCLED, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence


def compare(
    commitments: Sequence[str], earlier: Sequence[tuple[str, str, Sequence[str]]]
) -> list[tuple[float, float, str, str, str]]:
    """(shared runs, cosine, state, nearest sentence, first text that is near enough), by the formulas of the docstring."""
    lines = [(name, line) for name, _, said in earlier for line in said if tokens(line)]
    every = [tokens(c) for c in commitments] + [tokens(line) for _, line in lines]
    vocabulary = sorted({word for words in every for word in words})
    idf = [math.log((1 + len(every)) / (1 + sum(word in words for words in every))) + 1 for word in vocabulary]

    def vector(words: list[str]) -> list[float]:
        return [words.count(word) * weight for word, weight in zip(vocabulary, idf, strict=True)]

    found = []
    for commitment in commitments:
        mine, best, first = tokens(commitment), (0.0, 0.0, 0.0, ""), ""
        for name, line in lines:
            theirs = tokens(line)
            a, b = vector(mine), vector(theirs)
            length = math.sqrt(sum(x * x for x in a)) * math.sqrt(sum(x * x for x in b))
            cosine = sum(x * y for x, y in zip(a, b, strict=True)) / length if length else 0.0
            runs = {tuple(mine[k : k + 3]) for k in range(len(mine) - 2)}
            shared = len(runs & {tuple(theirs[k : k + 3]) for k in range(len(theirs) - 2)}) / len(runs) if runs else 0.0
            likeness = max(cosine, shared)
            first = first or (name if likeness >= NEW else "")
            if likeness > best[0] + 1e-12:
                best = (likeness, shared, cosine, " ".join(line.split()))
        state = "recycled" if best[0] >= RECYCLED else "partly recycled" if best[0] >= NEW else "new"
        found.append((round(best[1], 9), round(best[2], 9), state, best[3], first))
    return found
