"""An interview about a party's values as plain data, and how its answers are read; answers are kept as they were typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field

from summitry.case.fields import Doc, Slug
from summitry.errors import BadArgument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.reasons import Reason

Method: TypeAlias = Literal["tradeoffs", "swing", "direct"]
Span: TypeAlias = tuple[float, float, float]

WIDEN = 0.1
"""A single number stands for itself plus and minus this share."""
LARGEST = 1e6
LONGEST = 2000
SAME = 1.1
"""What is called the same lies within this ratio."""
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2})?"
_SPAN = re.compile(rf"({_NUMBER})(?:\.\.({_NUMBER}))?(?:\.\.({_NUMBER}))?")


class Answer(Doc):
    """One answer: the key of its question, and the text as it was typed."""

    key: tuple[str, ...]
    text: Annotated[str, Field(max_length=LONGEST)]


class Interview(Doc):
    """All that has been answered so far; at most `comparisons` comparisons are asked (None: by the number of issues)."""

    summitry: Literal[1] = 1
    party: Slug
    method: Method = "tradeoffs"
    comparisons: Annotated[int, Field(ge=0, le=500)] | None = None
    answers: tuple[Answer, ...] = ()

    def text(self, *key: str) -> str | None:
        """The answer to one question."""
        return next((answer.text for answer in self.answers if answer.key == key), None)

    def keys(self, kind: str) -> list[tuple[str, ...]]:
        """The questions of one kind that have been answered, in order."""
        return [answer.key for answer in self.answers if answer.key[0] == kind]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question: its text, what it is about, and the form in which an answer is written."""

    number: int
    key: tuple[str, ...]
    text: Reason
    about: tuple[Reason, ...]
    form: Reason


def span(word: str) -> Span:
    """A number, low..high, or low..mode..high; a single number is widened by WIDEN on both sides."""
    match = _SPAN.fullmatch(word)
    if match is None:
        raise BadArgument(f"{word[:40]!r} is no number and no range: write 30, 20..40, or 20..30..45.")
    numbers = [float(part) for part in match.groups() if part is not None]
    if max(map(abs, numbers)) > LARGEST:
        raise BadArgument(f"{word[:40]!r} is too large: use numbers of a handy size, such as 0 to 100.")
    if numbers != sorted(numbers):
        raise BadArgument(f"{word[:40]!r} does not rise: write the low end first.")
    if len(numbers) == 1:
        edge = WIDEN * abs(numbers[0])
        return numbers[0] - edge, numbers[0], numbers[0] + edge
    low, high = numbers[0], numbers[-1]
    return low, (low + high) / 2.0 if len(numbers) == 2 else numbers[1], high  # noqa: PLR2004 (low and high)


def split_reason(text: str) -> tuple[str, str]:
    """An answer and, after a semicolon, the reason for it."""
    reply, _, why = text.partition(";")
    return reply.strip(), " ".join(why.split())


def spans(text: str, options: Sequence[str]) -> dict[str, Span]:
    """One number or range for each option, in order."""
    words = split_reason(text)[0].replace(",", " ").split()
    if len(words) != len(options):
        raise BadArgument(f"{len(options)} numbers are expected, one for each of {', '.join(options)}; found {len(words)}.")
    return {option: span(word) for option, word in zip(options, words, strict=True)}


def ratio(text: str) -> tuple[float, float] | None:
    """How the first compares with the second, as a range of ratios; None where the answer is left open.

    a, b: the one matters more; = : the same; `a 2..3`: two to three times as much; ? leaves it open.
    """
    words = split_reason(text)[0].lower().split()
    match words:
        case ["?"] | ["skip"]:
            return None
        case ["="] | ["same"]:
            return 1.0 / SAME, SAME
        case ["a"]:
            return 1.0, float("inf")
        case ["b"]:
            return 0.0, 1.0
        case ["a" | "b" as side, times]:
            low, _, high = span(times)
            if low < 0.0 or high <= 0.0:
                raise BadArgument("How many times as much is a number above 0, such as 2 or 2..3.")
            return (low, high) if side == "a" else (1.0 / high, 1.0 / low if low else float("inf"))
        case _:
            raise BadArgument(f"{text[:40]!r} is no answer here: write a, b, = for the same, a 2..3 for so many times, or ?.")
