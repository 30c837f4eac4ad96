"""A language of one letter, in which any word that is not of the catalogue stands out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import summitry.wording
from summitry.wording import messages

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FOREIGN = "ж"


def translated() -> dict[str, str]:
    """The catalogue with every letter of its words turned into a foreign one."""

    def field(words: re.Match[str]) -> str:
        style = re.fullmatch(r"(\{[^:]*:(?:plural|form) )(.*)\}", words[0])
        return style[1] + re.sub(r"[A-Za-z]", FOREIGN, style[2]) + "}" if style else words[0]

    pieces = re.compile(r"(\{[^{}]*\})")
    return {
        code: "".join(
            pieces.sub(field, part) if part.startswith("{") else re.sub(r"[A-Za-z]", FOREIGN, part)
            for part in pieces.split(message)
        )
        for code, message in messages().items()
    } | {"language": messages()["language"]}


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Add the language as a folder beside the English one; its name."""
    package = folder / "foreign"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "everything.py").write_text(f"MESSAGES = {translated()!r}\n", encoding="utf-8")
    monkeypatch.setattr(summitry.wording, "__path__", [*summitry.wording.__path__, str(folder)])
    return package.name
