"""The JSON Schema of case.yaml or of a preference file; or, with a question's name, those of its request and its answer.

Editors complete and check case files with them while one types; programs learn what a question takes and answers. Those of a
question are made of its types.
"""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import inspect
import json
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from summitry.document import DERIVED, Block, Lines
from summitry.errors import BadArgument
from summitry.questions import Ask, Question, fields_of, names
from summitry.questions import question as question_of
from summitry.reasons import Reason
from summitry.wording import messages

if TYPE_CHECKING:
    from summitry.wording.names import Names

Schema = dict[str, Any]
FILES = ("case", "preferences")
_PLAIN: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    dt.date: {"type": "string", "format": "date"},
    Path: {"type": "string"},
    None: {"type": "null"},
    type(None): {"type": "null"},
    Any: {},
    object: {},
}


@dataclass(frozen=True, slots=True)
class SchemaRequest:
    """Of which file, or of which question."""

    part: Annotated[str, Ask("case|preferences|QUESTION", position=True)] = "case"


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schema of a file, or those of a question's request and answer."""

    part: str
    schema: Schema

    @property
    def text(self) -> str:
        """The schema as text to keep in a file."""
        return json.dumps(self.schema, indent=2, ensure_ascii=False)


def answer(_: object, request: SchemaRequest) -> Schemas:
    """The schema of a kind of file, or of a question's request and answer. Raises BadArgument."""
    part = request.part
    if part in FILES:
        from summitry.case.json_schema import schema as schema_of

        schema = schema_of("case" if part == "case" else "preferences")
    elif part in names():
        question = question_of(part)
        schema = {"request": request_schema(question), "answer": answer_schema(question)}
    else:
        raise BadArgument(f"There is no schema of {part!r}; there are those of {', '.join((*FILES, *names()))}.")
    return Schemas(part, schema)


def view(_: Schemas, __: Names) -> Iterator[Block]:
    """The schema alone, so that it can be kept in a file."""
    yield Lines("text")


def request_schema(question: Question[Any, Any]) -> Schema:
    """The JSON Schema of a question's request."""
    properties, required = {}, []
    for field in fields_of(question.request):
        schema = _schema(field.type, {}) | {"description": question.help(field.name)}
        bounds = {"minimum": field.ask.low, "maximum": field.ask.high}
        schema |= {key: bound for key, bound in bounds.items() if bound is not None}
        if field.default is ...:
            required.append(field.name)
        elif field.default is not None:
            schema["default"] = list(field.default) if isinstance(field.default, tuple) else field.default
        properties[field.name] = schema
    return {"title": question.request.__name__, "type": "object", "properties": properties, "required": required}


def answer_schema(question: Question[Any, Any]) -> Schema:
    """The JSON Schema of a question's answer; the types inside it stand under `$defs`."""
    if question.document:
        keys = {key: {"description": messages()[f"findings.{key}"]} for key in question.document}
        return {"type": "object", "properties": keys, "required": [*keys]}
    definitions: dict[str, Schema] = {}
    return {**_schema(answer_type(question), definitions), "$defs": definitions}


def answer_type(question: Question[Any, Any]) -> Any:  # noqa: ANN401 (a type)
    """The type of a question's answer."""
    return hints(question.answer)["return"]


def hints(of: Callable[..., Any] | type) -> dict[str, Any]:
    """The types of a function or dataclass, also those that its module imports for type checkers alone."""
    module = sys.modules[of.__module__]
    return get_type_hints(of, globalns=vars(module) | _checked_imports(module.__name__), include_extras=True)


@cache
def _checked_imports(name: str) -> dict[str, Any]:
    """What a module imports under `if TYPE_CHECKING`, by name."""
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    guarded = (node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    names: dict[str, Any] = {}
    for statement in (inner for node in guarded for inner in node.body):
        if isinstance(statement, ast.ImportFrom) and statement.module:
            for alias in statement.names:
                names[alias.asname or alias.name] = _member(statement.module, alias.name)
        elif isinstance(statement, ast.Import):
            for alias in statement.names:
                import_module(alias.name)
                names[alias.asname or alias.name.partition(".")[0]] = sys.modules[
                    alias.name if alias.asname else alias.name.partition(".")[0]
                ]
    return names


def _member(module: str, name: str) -> Any:  # noqa: ANN401 (whatever a module holds)
    holder = import_module(module)
    if hasattr(holder, name):
        return getattr(holder, name)
    if name in (checked := _checked_imports(module)):
        return checked[name]
    return import_module(f"{module}.{name}")


def _reason() -> Schema:
    """The schema of a coded reason with its sentence."""
    return {
        "type": "object",
        "description": messages()["schema.reason"],
        "properties": {"code": {"type": "string"}, "text": {"type": "string"}, "values": {"type": "object"}},
        "required": ["code", "values"],
    }


def _schema(kind: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 (a type)
    """The schema of a type; dataclasses are put into `definitions` and referred to."""
    if kind is Reason:
        return _reason()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record(kind, definitions)
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    return _parts(kind, get_origin(kind), get_args(kind), definitions)


def _parts(kind: Any, origin: Any, arguments: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 (types)
    """The schema of a type that is made of others."""
    if origin is Annotated:
        return _schema(arguments[0], definitions)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_schema(one, definitions) for one in arguments]}
    if origin is tuple and not (len(arguments) == 2 and arguments[1] is ...):  # noqa: PLR2004 (a pair of type and dots)
        return {"type": "array", "prefixItems": [_schema(one, definitions) for one in arguments]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if isinstance(origin, type) and issubclass(origin, (Sequence, frozenset)):
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    msg = f"answers hold a {kind!r}, which has no place in JSON"
    raise TypeError(msg)


def _record(kind: type, definitions: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}  # so that a type that holds itself ends
        types_of = hints(kind)
        properties = {field.name: _schema(types_of[field.name], definitions) for field in dataclasses.fields(kind)}
        properties |= {key: {} for key in DERIVED if isinstance(getattr(kind, key, None), property)}
        text = inspect.cleandoc(kind.__doc__ or "")
        definitions[name] = {"type": "object", "description": text, "properties": properties, "required": list(properties)}
    return {"$ref": f"#/$defs/{name}"}


QUESTION = Question(
    name="schema",
    group="files",
    request=SchemaRequest,
    answer=answer,
    view=view,
    case="none",
    example=("", {"part": "preferences"}),
    digits=None,
)
