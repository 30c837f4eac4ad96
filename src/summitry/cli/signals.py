"""Commands about words, deeds and what they tell."""

from __future__ import annotations

from summitry.cli.options import AS, CASE, JSON, QUIET, show


def signals(case: CASE, viewer: AS = None, as_json: JSON = False, quiet: QUIET = False) -> None:
    """How serious each side is by its record, whether words drift from deeds, who answers whom, and what each gesture weighs."""
    from summitry.desk import signals as desk
    from summitry.terminal import signals as told

    opened, found = desk.signals(case, viewer=viewer)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_signals(opened, found))
