"""What the command about event files prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.terminal.page import Page

if TYPE_CHECKING:
    from summitry.evidence.event_files import Loaded


def show_loaded(found: Loaded) -> None:
    """What became of every row."""
    page = Page()
    for name in found.cleared:
        page.line(f"{name}, which a run that was stopped had left, is removed", whole=True)
    for file, form in found.forms.items():
        page.line(f"{file}: read as {form}{'' if found.rows[file] else ', without a row'}", whole=True)
    page.line(f"{found.read:,} rows read, {found.kept:,} kept in {found.file}", whole=True)
    for reason, count in found.reasons.items():
        page.line(f"{count:,} put aside: {reason}", indent=2)
    if found.rejected_file:
        page.line(f"What was put aside is in {found.rejected_file}", whole=True)
