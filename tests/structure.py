"""What the tests of the structure count: lines, branches, names, English sentences and cycles, read off the source as text."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCE = Path(__file__).resolve().parents[1] / "src" / "summitry"
PARTICIPLES = frozenset(
    {
        *(
            "found",
            "told",
            "said",
            "made",
            "held",
            "seen",
            "kept",
            "asked",
            "looked",
            "drawn",
            "shown",
            "taken",
            "given",
            "known",
        ),
        *("done", "sent", "moved", "spoken", "written", "chosen", "paid", "met", "won", "lost", "carried", "counted", "named"),
        *("stated", "heard", "tried"),
    }
)
_BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.Assert)
_LAYOUT = re.compile(r"(?:\w+ = )?(?:[\w.\[\]]+:[\w. ]+|(?:\{[^{}]*\}|[^A-Za-z{}])+)")
"""A column of a table: a field with its style, or fields with signs between them."""
_LAZY = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def files() -> list[Path]:
    """Every module of the source."""
    return sorted(SOURCE.rglob("*.py"))


def relative(path: Path) -> str:
    """A module by its path below the source."""
    return path.relative_to(SOURCE).as_posix()


def tree(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function of a module, as FILE::NAME."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield f"{relative(path)}::{node.name}", node


def branches(function: ast.AST) -> int:
    """Cyclomatic complexity, without that of functions inside."""
    total, rest = 1, list(ast.iter_child_nodes(function))
    while rest:
        node = rest.pop()
        if isinstance(node, _LAZY):
            continue
        total += isinstance(node, _BRANCHES)
        total += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
        total += len(node.cases) - 1 if isinstance(node, ast.Match) else 0
        rest += ast.iter_child_nodes(node)
    return total


def names(path: Path) -> Iterator[str]:
    """Every name that a module assigns."""
    return (node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def sentences(path: Path) -> Iterator[str]:
    """Strings of four words or more that are no documentation, no message of an error raised beside them, and no column."""
    module = tree(path)
    loose = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    raised = {id(inner) for node in ast.walk(module) if isinstance(node, ast.Raise) for inner in ast.walk(node)}
    messages = {
        id(inner)
        for node in ast.walk(module)
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id in {"msg", "message"} for t in node.targets)
        for inner in ast.walk(node)
    }
    for node in ast.walk(module):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in loose | raised | messages:
            continue
        words = re.findall(r"[A-Za-z]{2,}", node.value)
        if len(words) >= 4 and " " in node.value and not _LAYOUT.fullmatch(node.value):
            yield node.value


def imports() -> dict[str, set[str]]:
    """The modules that each module imports, also inside functions and for type checkers alone."""
    modules = {_dotted(path): path for path in files()}
    graph: dict[str, set[str]] = defaultdict(set)
    for name, path in modules.items():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                targets = {f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in modules else node.module for a in node.names}
            elif isinstance(node, ast.Import):
                targets = {alias.name for alias in node.names}
            else:
                continue
            graph[name] |= targets & modules.keys()
    return graph


def _dotted(path: Path) -> str:
    return ".".join(("summitry", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


def cycles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import each other in a circle."""
    reach: dict[str, set[str]] = {}
    for start in graph:
        rest, within = list(graph[start]), set[str]()
        while rest:
            node = rest.pop()
            if node not in within:
                within.add(node)
                rest += graph.get(node, ())
        reach[start] = within
    circular = {node for node in reach if node in reach[node]}
    groups = {tuple(sorted(other for other in circular if other in reach[node] and node in reach[other])) for node in circular}
    return [list(group) for group in sorted(groups)]
