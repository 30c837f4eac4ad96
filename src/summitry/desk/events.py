"""Event files of other sources; on its own, so that nothing is loaded that only cases need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.evidence import event_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from summitry.evidence.event_files import Loaded


def events(files: Sequence[Path], target: Path, *, until: dt.date | None = None) -> Loaded:
    """Event files of other sources as one Parquet file, bad rows aside."""
    return event_files.load(files, target, until=until)
