"""Every sentence that a user reads: the catalogue of messages, and how numbers, names and texts of a case are written.

`catalogue` turns a phrase of a document into words, `english` holds the messages, `numbers`, `names` and `text` write what stands
in them.
"""

from summitry.wording.catalogue import Span, Wording, messages
from summitry.wording.names import Names

__all__ = ["Names", "Span", "Wording", "messages"]
