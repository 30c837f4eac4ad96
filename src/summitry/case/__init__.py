"""What a case says: types, reading, checking, and the formats of other tools."""
