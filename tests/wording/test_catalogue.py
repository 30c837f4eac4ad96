"""Every message of the catalogue can be reached: its code stands in the source, or is put together there of words that do."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache

import structure
from summitry.wording import messages

DATA = (structure.SOURCE / "case" / "lessons" / "checklist.csv",)
"""Data whose ids become parts of codes."""
TEMPLATES = sorted((structure.SOURCE / "report" / "templates").glob("*.*"))
"""What names messages as `word("CODE")` and `label-of("LABEL")`."""
DEPTH = 3


@dataclass(frozen=True)
class Source:
    """Strings of the source, the words in them and among its names, patterns of strings that are put together, and columns."""

    texts: frozenset[str]
    words: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    columns: frozenset[str]

    def names(self, code: str) -> bool:
        """Whether a code stands in the source or is put together there, also as the head of a column of a table."""
        table, _, column = code.rpartition(".")
        return code in self.texts or self.joins(code) or (column in self.columns and (table in self.texts or self.joins(table)))

    def joins(self, code: str, depth: int = 0) -> bool:
        """Whether a code is put together of a string of the source and of words that stand there."""
        matches = (pattern.fullmatch(code) for pattern in self.patterns)
        return any(match is not None and all(self._known(part, depth) for part in match.groups()) for match in matches)

    def _known(self, part: str, depth: int) -> bool:
        if part in self.texts or all(word in self.words for word in part.split(".")):
            return True
        return depth < DEPTH and self.joins(part, depth + 1)


@cache
def source() -> Source:
    """What stands in the source, the catalogue itself left out."""
    texts, names, patterns = set[str](), set[str](), set[str]()
    for path in structure.files():
        if structure.relative(path).startswith("wording/english"):
            continue
        module = structure.tree(path)
        joined = [node for node in ast.walk(module) if isinstance(node, ast.JoinedStr)]
        apart = {id(piece) for node in joined for piece in node.values}
        apart |= {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
        for text in joined:
            if isinstance(text.values[0], ast.Constant) and re.match(r"[a-z]", str(text.values[0].value)):
                pieces = (re.escape(str(v.value)) if isinstance(v, ast.Constant) else "(.+)" for v in text.values)
                patterns.add("".join(pieces))
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
                texts.add(node.value)
            else:
                names |= {str(getattr(node, field)) for field in ("id", "attr", "name", "arg") if hasattr(node, field)}
    texts |= {text for path in TEMPLATES for text in re.findall(r'"([\w. -]+)"', path.read_text(encoding="utf-8"))}
    starts = {text for text in texts if re.fullmatch(r"[a-z.]+\.", text)} | {f"{key}." for text in texts for key in keys(text)}
    patterns |= {f"{re.escape(start)}(.+)" for start in starts}
    data = {cell for path in DATA for line in path.read_text(encoding="utf-8").splitlines() for cell in line.split(",")[:1]}
    words = names | data | {word for text in texts for word in re.findall(r"[\w-]+", text)}
    columns = {text.partition("=")[0].partition(":")[0].strip() for text in texts}
    return Source(frozenset(texts), frozenset(words), tuple(map(re.compile, patterns)), frozenset(columns))


def styles(text: str) -> set[str]:
    """The codes, and beginnings of codes, that styles of fields name: `{state:word try.state}`, `{near:phrase price.near}`."""
    return set(re.findall(r":(?:each |pairs )?(?:word|words|phrase|message|tally) ([\w.-]+)", text))


def keys(text: str) -> set[str]:
    """Beginnings of codes whose rest is the key of a row: `{.:key setting}`."""
    return set(re.findall(r":key ([\w.-]+)", text))


def unreachable(catalogue: dict[str, str], known: Source) -> list[str]:
    """Codes that neither the source nor a message that is reached itself names."""
    through = {code for text in known.texts for code in styles(text)}
    rest = {code for code in catalogue if not known.names(code)}
    through |= {code for live in catalogue.keys() - rest for code in styles(catalogue[live])}
    while new := {code for code in rest if code in through or any(code.startswith(f"{start}.") for start in through)}:
        rest -= new
        through |= {code for live in new for code in styles(catalogue[live])}
    return sorted(rest)


def test_every_message_can_be_reached() -> None:
    assert unreachable(dict(messages()), source()) == []


def test_a_message_that_nothing_names_is_noticed_and_so_is_one_that_only_such_a_message_names() -> None:
    dead = {"price.nowhere.zzz": "{state:word zzz.state}", "zzz.state.open": "open", "price.zzz": "never"}
    assert unreachable({**messages(), **dead}, source()) == sorted(dead)
