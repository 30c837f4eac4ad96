"""New or recycled: each commitment beside every sentence of earlier texts, by shared word runs and by weighted shared words.

Two established measures on small matrices: the share of a commitment's runs of three words that stand in an earlier sentence
(containment of shingles, Broder 1997), and the cosine of word weights that count rare words for more (TF-IDF, Salton and Buckley
1988). Words are taken without their endings ("denuclearization", "denuclearize"), and words that every text has are left out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import NDArray

Key = TypeVar("Key", bound="Hashable")
RECYCLED, NEW = 0.4, 0.2
"""Assumption: from a likeness of .4 on a commitment is recycled, under .2 it is new, between partly both."""
RUN = 3
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a|an|and|are|as|at|be|been|both|by|each|for|from|had|has|have|her|his|in|into|is|it|its|more|no|not|of|on|or|"
        "other|our|shall|such|that|the|their|them|these|they|this|those|to|under|was|were|which|who|will|with|within|"
        "all|also|any|may|must|new|than|there|we|us",
    )
)
_ENDINGS = re.compile(
    r"(?<=\w{4})(?:i[sz]ations?|ations?|i[sz]ing|i[sz]ed|ments?|ings?|ied|ies|ed|es|ly|s|e)$",
)


@dataclass(frozen=True, slots=True)
class Reuse:
    """How much of a commitment an earlier text already said: the nearest sentence, and the earliest that is near enough.

    `likeness` is the larger of `runs` (share of runs of three words) and `words` (cosine), 0 to 1.
    """

    state: Literal["new", "partly recycled", "recycled"]
    likeness: float
    runs: float
    words: float
    text: str
    date: str
    sentence: str
    first_text: str
    first_date: str
    first_sentence: str

    @property
    def year(self) -> str:
        """The year of the nearest text."""
        return self.date[:4]

    @property
    def source(self) -> str | None:
        """The earliest text that is near enough, with its year; None where it is the nearest itself."""
        return None if self.first_text in {"", self.text} else f"{self.first_text} {self.first_date[:4]}"


def compare(commitments: Sequence[str], earlier: Sequence[tuple[str, str, Sequence[str]]]) -> list[Reuse]:
    """Each commitment against all sentences of the earlier texts, given as (name, ISO date, sentences) in order of date."""
    lines = [(name, date, line) for name, date, sentences in earlier for line in sentences if tokens(line)]
    if not lines or not commitments:
        return [Reuse("new", 0.0, 0.0, 0.0, "", "", "", "", "", "") for _ in commitments]
    mine, theirs = [tokens(c) for c in commitments], [tokens(line) for _, _, line in lines]
    weight = _weights([*mine, *theirs])
    words = _Index([_unit(Counter(line), weight) for line in theirs])
    runs = _Index([dict.fromkeys(_runs(line), 1.0) for line in theirs])
    return [_nearest(lines, runs.shared(_share(_runs(one))), words.shared(_unit(Counter(one), weight))) for one in mine]


def _nearest(lines: Sequence[tuple[str, str, str]], runs: NDArray[np.float64], words: NDArray[np.float64]) -> Reuse:
    """The nearest earlier sentence, and the first that is near enough, by their two measures, each of shape (sentences,)."""
    likeness = np.maximum(runs, words)
    best = int(np.argmax(likeness))
    near = float(likeness[best])
    state: Literal["new", "partly recycled", "recycled"] = (
        "recycled" if near >= RECYCLED else "partly recycled" if near >= NEW else "new"
    )
    text, date, line = lines[best] if near > 0 else ("", "", "")
    early = lines[int(np.argmax(likeness >= NEW))] if state != "new" else ("", "", "")
    nearest, first = " ".join(line.split()), " ".join(early[2].split())
    return Reuse(state, near, float(runs[best]), float(words[best]), text, date, nearest, early[0], early[1], first)


class _Index(Generic[Key]):
    """Which sentence holds what with which weight, so that only what is shared is ever looked at."""

    def __init__(self, sentences: Sequence[Mapping[Key, float]]) -> None:
        postings: dict[Key, tuple[list[int], list[float]]] = {}
        for k, sentence in enumerate(sentences):
            for key, weight in sentence.items():
                ids, weights = postings.setdefault(key, ([], []))
                ids.append(k)
                weights.append(weight)
        self.count = len(sentences)
        self.postings = {key: (np.array(ids), np.array(weights)) for key, (ids, weights) in postings.items()}

    def shared(self, query: Mapping[Key, float]) -> NDArray[np.float64]:
        """The sum of products of weights with every sentence, shape (sentences,)."""
        total = np.zeros(self.count)
        for key, weight in query.items():
            if key in self.postings:
                ids, weights = self.postings[key]
                total[ids] += weight * weights
        return total


def tokens(text: str) -> list[str]:
    """The words of a text in small letters, without endings and without the words that every text has."""
    return [stem(word) for word in re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text.casefold()) if word not in _STOP]


def stem(word: str) -> str:
    """A word without its ending, where at least four letters remain."""
    return _ENDINGS.sub("", word)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(tuple(words[k : k + RUN]) for k in range(len(words) - RUN + 1)))


def _share(runs: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], float]:
    return dict.fromkeys(runs, 1.0 / len(runs)) if runs else {}


def _weights(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """Inverse frequency of each word: log((1 + sentences) / (1 + sentences with it)) + 1."""
    holding = Counter(word for sentence in sentences for word in set(sentence))
    return {word: math.log((1 + len(sentences)) / (1 + count)) + 1.0 for word, count in holding.items()}


def _unit(counts: Mapping[str, int], weight: Mapping[str, float]) -> dict[str, float]:
    """Counts times weights, scaled to length one."""
    raw = {word: count * weight[word] for word, count in counts.items()}
    length = math.sqrt(math.fsum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()}
