"""What is wrong with a part of a file and what would be right, in words; pydantic finds it, and this module says it."""

from __future__ import annotations

import types
import typing
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summitry.case.source import plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from summitry.case.yaml import Layout, Path
    from summitry.errors import Problem

LISTED = 12
LONGEST = 200
_EXAMPLES = {
    "summitry": "summitry: 1",
    "title": "title: Second summit",
    "as_of": "as_of: 2019-02-15",
    "parties": "parties: {us: {name: United States}, dprk: {name: North Korea}}",
    "issues": "issues: {declaration: {title: Inventory of weapons, giver: dprk, options: [none, full]}}",
    "options": "options: [none, some, all]",
    "name": "name: North Korea",
    "lead": "lead: us",
    "basis": "basis: judgement of the delegation's staff",
    "reservation": "reservation: [0, 2, 5]",
    "values": "values: {declaration: {full: [15, 22, 30], why: ends the guessing}}",
    "party": "party: us",
    "forbids": "forbids: [sanctions.lifted]",
    "package": "package: {declaration: full, sanctions: eased}",
    "when": "when: {declaration: full, sanctions: eased}",
    "value": "value: [1, 2, 4]",
    "seats": "seats: {congress: {influence: 2, positions: {}}}",
    "positions": "positions: {declaration: {full: [1, 2, 3]}}",
    "prior": "prior: [0.2, 0.3, 0.5]",
    "interest": "interest: wants calm at its border",
}
_MAPPING = ("a mapping of names to values is expected", "Write `name: value` lines below it, indented.")
_LIST = ("a list is expected", "Write [first, second], or one `- item` per line.")
_NUMBER = ("a number is expected", "Write digits with a point for decimals, such as 12.5.")
_TRUTH = ("true or false is expected", "Write true or false.")
_KINDS = {
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _MAPPING),
    **dict.fromkeys(("tuple_type", "list_type"), _LIST),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _NUMBER),
    **dict.fromkeys(("bool_type", "bool_parsing"), _TRUTH),
    "string_type": ("a text is expected", "Write words; put them in quotes if they look like a number."),
    "int": ("a whole number is expected", "Write digits alone, such as 12."),
    "date": ("a date is expected", "Write year-month-day, such as 2019-02-15."),
    "options": ("a list of options is expected", "Write [none, some, all], or {none: 0, some: 3} with amounts."),
}
"""What is expected, by pydantic's kind of error; all kinds of whole numbers and of dates are one."""
_BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
_SHORT = {
    "parties": ("fewer than two parties are named", "Name everybody who negotiates, at least two."),
    "issues": ("no issue is named", "Name at least one matter to settle, with its options."),
    "options": ("an issue needs at least two options", "Name the status quo first, then what could be agreed."),
    "when": ("no option is named", "Name the options that must come together, as ISSUE: OPTION."),
    "seats": ("no seat is named", "Name who must be carried at home."),
}


def suggest(name: str, choices: Iterable[str]) -> str:
    """The sentence that offers the nearest known name, or lists what there is."""
    names = [str(k) for k in choices]
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {shown(near[0])}?"
    listed = ", ".join(names[:LISTED]) + (", …" if len(names) > LISTED else "")
    return f"There is: {listed}." if names else "There is none yet."


def unknown(name: str, kind: str, choices: Iterable[str], more: str = "") -> tuple[str, str]:
    """What is wrong with a name that is none of `choices`, and which could be meant."""
    return f"{shown(name)} is no {kind}", f"{suggest(name, choices)}{more}"


def problems_of(layout: Layout, model: type[BaseModel], errors: Iterable[ErrorDetails]) -> list[Problem]:
    """Each of pydantic's findings as a problem at its line and column, in words."""
    problems: dict[tuple[Path, str], Problem] = {}
    for error in errors:
        path, key = _path(layout, error)
        if error["type"] == "value_error" and (*path, "options") in layout.places:
            path = (*path, "options")
        what, remedy = in_words(error, model)
        problem = layout.error(path, what, remedy, key=key)
        problems.setdefault((path, "union" if _in_union(error) else problem.what), problem)
    return list(problems.values())


def _path(layout: Layout, error: ErrorDetails) -> tuple[Path, bool]:
    """Where the error stands in the file: steps that only pydantic knows (a union's member) are left out."""
    loc = list(error["loc"])
    key = bool(loc) and loc[-1] == "[key]"
    path: Path = ()
    for step in loc:
        if (*path, step) in layout.places or (*path, step) in layout.keys:
            path = (*path, step)
    return path, key or error["type"] == "extra_forbidden"


def _in_union(error: ErrorDetails) -> bool:
    return len(error["loc"]) > 1 and error["loc"][-1] in {"float", "str", "none"}


def in_words(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """What is wrong, and what would be right."""
    kind, loc, value = error["type"], error["loc"], error.get("input")
    context = error.get("ctx", {})
    last = str(loc[-1]) if loc else ""
    if kind == "missing":
        example = _EXAMPLES.get(last)
        return f"{shown(last)} is missing", f"Add it here, for example `{example}`." if example else f"Add `{last}:` here."
    if kind == "extra_forbidden":
        return f"{shown(last)} is not a name that is known here", suggest(last, fields_at(model, loc[:-1]))
    if kind == "string_pattern_mismatch":
        return f"{_given(value)} cannot be a name", "Use small letters a-z, digits, - and _, and begin with a letter or digit."
    if kind == "literal_error":
        return _literal(value, str(context.get("expected", "")), last)
    if kind == "value_error":
        return _own(str(context.get("error", error["msg"])))
    otherwise = f"{_given(value)} cannot be used ({error['msg'].lower()})", "Compare it with `summitry schema`."
    return _of_type(kind, last, value, context) or otherwise


def _of_type(kind: str, last: str, value: object, context: dict[str, Any]) -> tuple[str, str] | None:
    family = next((each for each in ("int", "date") if kind.startswith(each)), kind)
    if family in _KINDS:
        what, remedy = _KINDS["options" if last == "options" and kind == "dict_type" else family]
        empty = "nothing stands here", "Write a value, or remove the name."
        return empty if value is None else (f"{what}, found {_given(value)}", remedy)
    if kind in _BOUNDS:
        word, key = _BOUNDS[kind]
        return f"{_given(value)} is out of range", f"Write a number that is {word} {context.get(key)}."
    if kind in {"too_short", "string_too_short"}:
        return _SHORT.get(last, (f"{shown(last)} is empty", "Write at least one."))
    if kind in {"too_long", "string_too_long"}:
        return f"this is too long ({_given(value)})", f"Write at most {context.get('max_length')} characters."
    return None


def _literal(value: object, expected: str, last: str) -> tuple[str, str]:
    if last == "summitry":
        what = f"this format version is {_given(value)}, and this program reads version 1"
        return what, "Write `summitry: 1`, or install a newer summitry."
    choices = expected.replace(" or ", ", ").replace("'", "").split(", ")
    near = get_close_matches(str(value), choices, n=1, cutoff=0.6)
    nearest = f" Did you mean {shown(near[0])}?" if near else ""
    return f"{_given(value)} is none of the words for {shown(last)}", f"Write {expected}.{nearest}"


_REMEDIES = (
    ("range must rise", "Write the lowest, the likeliest and the highest number in this order."),
    ("[low, mode, high]", "Write one number, or three such as [4, 6, 9], with a point for decimals."),
    ("finite", "Write a number of ordinary size."),
    ("named twice", "Give each option its own name."),
    ("duration", "Write a whole number with d, w, m or y (days, weeks, months, years)."),
    ("prior", "Write a probability such as [0.2, 0.3, 0.5]; nobody is wholly sure beforehand."),
)


def _own(message: str) -> tuple[str, str]:
    """The words of the types' own checks, with the remedy beside them."""
    what = message if len(message) <= LONGEST else message[: LONGEST - 1] + "…"
    return plain(what), next((remedy for part, remedy in _REMEDIES if part in message), "Compare it with `summitry schema`.")


def _given(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else shown(str(value))


def fields_at(model: type[BaseModel], loc: Iterable[str | int]) -> tuple[str, ...]:
    """The names that may stand at `loc` inside `model`."""
    current: Any = model
    for step in loc:
        current = _inside(current, step)
        if current is None:
            return ()
    bare = _bare(current)
    if not (isinstance(bare, type) and issubclass(bare, BaseModel)):
        return ()
    return tuple(field.alias or name for name, field in bare.model_fields.items())


def _inside(annotation: Any, step: str | int) -> Any:  # noqa: ANN401 (type annotations have no common type)
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        fields = {field.alias or name: field for name, field in bare.model_fields.items()}
        return fields[str(step)].annotation if str(step) in fields else None
    origin, arguments = typing.get_origin(bare), typing.get_args(bare)
    if origin is dict:
        return arguments[1]
    return arguments[0] if origin in {tuple, list} else None


def _bare(annotation: Any) -> Any:  # noqa: ANN401 (type annotations have no common type)
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _bare(typing.get_args(annotation)[0])
    if origin in {typing.Union, types.UnionType}:
        return _bare(next(a for a in typing.get_args(annotation) if a is not type(None)))
    return annotation
