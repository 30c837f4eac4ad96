"""The command about the order of deals: the ladder."""

from __future__ import annotations

from summitry.cli.options import AS, CASE, JSON, QUIET, SEED, show


def ladder(case: CASE, viewer: AS = None, seed: SEED = 0, as_json: JSON = False, quiet: QUIET = False) -> None:
    """Deals in the order in which trust comes to carry them: the first rung, those above it, and where named ideas stand."""
    from summitry.desk import sequence
    from summitry.terminal import ladder as told

    opened, found = sequence.ladder(case, viewer=viewer, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_ladder(opened, found))
