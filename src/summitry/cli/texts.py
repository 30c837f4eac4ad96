"""Commands about what was said and signed: the state of play."""

from __future__ import annotations

from summitry.cli.options import AS, CASE, JSON, QUIET, show


def play(case: CASE, viewer: AS = None, as_json: JSON = False, quiet: QUIET = False) -> None:
    """The state of play: who floated, demanded, offered or refused what, what stands, and what nobody has answered."""
    from summitry.desk import texts
    from summitry.terminal import texts as told

    opened, found = texts.play(case, viewer=viewer)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_play(opened, found))
