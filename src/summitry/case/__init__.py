"""What a case says: types, reading, checking.

Read `types` first (it is the file format), then `read` (files to one value), then the checks.
"""

from summitry.case.json_schema import schema
from summitry.case.read import bundled, check, load, outline, own_preferences

__all__ = ["bundled", "check", "load", "outline", "own_preferences", "schema"]
