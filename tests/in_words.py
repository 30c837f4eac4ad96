"""Reasons in words, for laws about what a reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.reasons import Reason
from summitry.wording import Names, Wording, messages

if TYPE_CHECKING:
    from collections.abc import Iterable


def in_words(reasons: Reason | Iterable[Reason], names: Names | None = None) -> str:
    """One reason or several as a reader meets them; percent signs and minus signs as on a keyboard."""
    wording = Wording(names or Names(), messages())
    several = [reasons] if isinstance(reasons, Reason) else reasons
    text = " ".join("".join(span.text for span in wording.reason(one)) for one in several)
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("−", "-")
