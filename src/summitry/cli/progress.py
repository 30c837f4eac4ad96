"""What a long question is at, on standard error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINKS = ("reading", "evidence", "model", "frontier", "rung", "plan", "price", "brief")
"""The links of a study in the order in which they begin."""


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, plain lines elsewhere; the yielded function names the link that begins."""
    errors = Console(highlight=False, markup=False, emoji=False, stderr=True)
    if quiet:
        yield lambda _: None
        return
    if not errors.is_terminal:
        yield lambda link: errors.print(f"{link} ...")
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("{task.description:>9}"), BarColumn(), TimeElapsedColumn(), console=errors, transient=True) as bar:
        task = bar.add_task("", total=len(LINKS))
        yield lambda link: bar.update(task, description=link, completed=LINKS.index(link))
