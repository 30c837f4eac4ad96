"""Commands about what is known: who holds what, who said and did what."""

from __future__ import annotations

from summitry.cli.options import AS, CASE, JSON, QUIET, show


def inventory(case: CASE, viewer: AS = None, as_json: JSON = False, quiet: QUIET = False) -> None:
    """What each party is claimed to hold: declared, estimated, verified, and the fused estimate with its disagreement."""
    from summitry.desk import evidence
    from summitry.terminal import evidence as told

    holdings = evidence.inventory(case, viewer=viewer)
    show({"holdings": holdings}, as_json=as_json, quiet=quiet, tell=lambda: told.show_holdings(holdings))
