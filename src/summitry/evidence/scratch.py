"""A folder for what is not finished yet, beside where it will stand, that says whether somebody still works in it.

A process that is killed leaves its folder behind. In it is a file on which the system held a lock for as long as the process
lived; so a later run can tell a folder that nobody works in from one that is in use, and removes the former.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = ".summitry-events-"
LOCK = "in-use"
OURS = {LOCK, "events.parquet", "aside.csv", "spill"}
LOCKS = find_spec("fcntl") is not None
"""Whether this system has such locks; where it has none, what a killed run left stays."""


@contextmanager
def scratch(place: Path) -> Iterator[Path]:
    """A new folder in `place`, gone when the work is done or has failed."""
    with tempfile.TemporaryDirectory(dir=place, prefix=PREFIX) as name, (Path(name) / f"{LOCK}.new").open("w") as lock:
        if LOCKS:
            from fcntl import LOCK_EX, flock

            flock(lock, LOCK_EX)
            Path(lock.name).rename(Path(name) / LOCK)  # nobody may find it before it is held
        yield Path(name)


def clear(place: Path) -> list[str]:
    """Remove the folders in `place` that a killed run left there and nobody works in; their names.

    One that holds anything else than what is made here is left alone.
    """
    return sorted(folder.name for folder in place.glob(f"{PREFIX}*") if LOCKS and _removed(folder))


def _removed(folder: Path) -> bool:
    from fcntl import LOCK_EX, LOCK_NB, flock

    if folder.is_symlink() or not folder.is_dir() or not {entry.name for entry in folder.iterdir()} <= OURS:
        return False
    with suppress(OSError):  # there is no lock, or it is held: the folder is in use, or not ours
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
        try:
            flock(lock, LOCK_EX | LOCK_NB)
            shutil.rmtree(folder)
        finally:
            os.close(lock)
        return True
    return False
