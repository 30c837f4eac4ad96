"""The files of a case: checking, converting, the format itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summitry import case

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.errors import Problem


@dataclass(frozen=True, slots=True)
class Converted:
    """The files that were written, what the format could not hold, and the conventions under which the source was read."""

    files: tuple[Path, ...]
    losses: tuple[str, ...]
    notes: tuple[str, ...]


def check(name: str, *, viewer: str | None = None) -> tuple[Problem, ...]:
    """Every problem of a case at once."""
    return case.check(name, viewer=viewer)


def convert(name: str, target: Path, form: str, *, convention: Literal["genius", "raw"] = "genius") -> Converted:
    """Write a case or scenario in another format; files are never overwritten."""
    from summitry.case import formats

    opened = case.load(name, convention=convention)
    return Converted(tuple(formats.write(opened, target, form)), tuple(formats.losses(opened, form)), opened.notes)


def template(target: Path) -> Path:
    """Write an empty score sheet to fill in, as .xlsx."""
    from summitry.case.formats.xlsx import template as write

    write(target)
    return target


def schema(part: Literal["case", "preferences"]) -> str:
    """The JSON Schema of case.yaml or of a preference file."""
    return json.dumps(case.schema(part), indent=2, ensure_ascii=False)
