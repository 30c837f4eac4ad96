"""Every sentence that a user reads: the catalogue of messages, and how numbers, names and texts of a case are written.

`english` holds the messages, `language` gives those of a language, `catalogue` turns a phrase of a document into words, and
`numbers`, `names` and `text` write what stands in them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from summitry.wording.language import messages

if TYPE_CHECKING:
    from summitry.wording.catalogue import Span, Wording
    from summitry.wording.names import Names

__all__ = ["Names", "Span", "Wording", "messages"]

_HOMES = {"Names": "names", "Span": "catalogue", "Wording": "catalogue"}


def __getattr__(name: str) -> object:
    """Load what is asked for; help asks for messages alone."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
