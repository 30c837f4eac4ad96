"""The sound case on disk, for every test of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generators import put
from sound_case import FILES, Written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sound(tmp_path: Path) -> Written:
    """A case with nothing to mend."""
    for file, text in FILES.items():
        put(tmp_path / "sound" / file, text)
    return Written(tmp_path / "sound")
