"""Every code that the source names has its message."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from summitry import questions
from summitry.wording import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(questions.__file__).parents[1]
NAMING = {"reason", "say", "head", "Phrase", "bullets", "table", "column"}


def codes(path: Path) -> Iterator[str]:
    """The first words of all calls that name a message."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMING and node.args:
            formatted = {id(part) for one in ast.walk(node.args[0]) if isinstance(one, ast.JoinedStr) for part in one.values}
            for one in ast.walk(node.args[0]):
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in formatted:
                    yield one.value


def test_every_code_that_is_named_in_the_source_has_a_message() -> None:
    named = {code for path in SOURCE.rglob("*.py") for code in codes(path)} - {"reason"}
    assert len(named) > 100
    assert {code for code in named if "." in code} - messages().keys() == set()
