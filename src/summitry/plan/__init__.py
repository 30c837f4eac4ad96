"""From a package to steps: who moves when, what each side is exposed to, and the trust that it takes."""
