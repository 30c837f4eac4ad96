"""Why something is so, as data: a code and what it speaks of. The sentence stands in the catalogue, once, in `wording`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason: `values` hold numbers, ids, labels (ISSUE.OPTION), packages, texts of the case, or further reasons."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def reason(code: str, **values: Any) -> Reason:  # noqa: ANN401 (every plain type may be spoken of)
    """A reason from keywords: `reason("gate.accept.short", party="us", chance=0.4)`."""
    return Reason(code, values)
