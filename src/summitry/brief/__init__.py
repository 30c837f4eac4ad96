"""From findings to what is read: the one page for the principal, the book behind it, and the same as data.

Nothing here reads a clock, the network or a case; the same findings give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.study import Findings

__all__ = ["notebook", "to_json"]


def to_json(findings: Findings) -> str:
    """The findings as findings.json has them."""
    from summitry.brief import export

    return export.to_json(findings)


def notebook(findings: Findings) -> str:
    """A few lines of HTML for a notebook: where to start, what not today, and the price."""
    from summitry.brief import book

    return book.notebook(findings)
