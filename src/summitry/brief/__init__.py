"""From findings to what is read: the one page for the principal, the book behind it, and the same as data.

Nothing here reads a clock, the network or a case; the same findings give the same bytes.
"""

from summitry.brief.book import notebook
from summitry.brief.export import to_json

__all__ = ["notebook", "to_json"]
