"""The steps of a package: in what order trust bears them, what they expose each side to, and on which days they can be done."""
