"""Giving finished files their names without ever overwriting what stands there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from summitry.errors import OutputInTheWay

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def refuse_existing(targets: Sequence[Path]) -> None:
    """Raise OutputInTheWay where anything stands in one of these places, also a link that leads nowhere."""
    for target in targets:
        if target.exists() or target.is_symlink():
            raise OutputInTheWay(str(target))


def place_new(finished: Path, target: Path) -> None:
    """Give a finished file its name; a hard link, because a rename would overwrite what came in between."""
    finished.chmod(0o644)
    try:
        os.link(finished, target)
    except FileExistsError:
        raise OutputInTheWay(str(target)) from None
    except OSError:  # a file system without hard links: the check just before is the best there is
        refuse_existing([target])
        finished.rename(target)
