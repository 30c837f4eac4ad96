"""JSON Schemas of case.yaml and of preference files, for editors."""

from __future__ import annotations

from typing import Any, Literal

from summitry.case.types import CaseFile, Preferences

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(part: Literal["case", "preferences"] = "case") -> dict[str, Any]:
    """The schema of case.yaml, or of a preference file, in the draft of 2020-12.

    It says what the files say, where the types read several spellings: options as a list, one value for all options, and options
    that stand beside `why` and `source`.
    """
    model = CaseFile if part == "case" else Preferences
    document = model.model_json_schema(mode="validation", ref_template="#/$defs/{model}")
    parts = document.get("$defs", {})
    if "Issue" in parts:
        _issue(parts["Issue"]["properties"])
    if "OptionValues" in parts:
        parts["OptionValues"] = _beside(parts["OptionValues"])
    title = "summitry: case.yaml" if part == "case" else "summitry: preferences/HOLDER/ABOUT.yaml"
    return {"$schema": DIALECT, **document, "title": title}


def _issue(fields: dict[str, Any]) -> None:
    """Options may be a list of names, and what holds for every option may be written once."""
    names = {"type": "array", "minItems": 2, "uniqueItems": True, "items": {"type": ["string", "number", "boolean", "null"]}}
    options = {key: value for key, value in fields["options"].items() if key not in {"title", "description", "default"}}
    fields["options"] = {"title": "Options", "description": "The first is the status quo.", "anyOf": [options, names]}
    for name in ("takes", "verified_by", "recoverable"):
        table = dict(fields[name])
        notes = {key: table.pop(key) for key in ("title", "default", "description") if key in table}
        fields[name] = {**notes, "anyOf": [table, table["additionalProperties"]]}


def _beside(entry: dict[str, Any]) -> dict[str, Any]:
    """Options stand beside `why`, `source` and `kind`."""
    fields = dict(entry["properties"])
    values = fields.pop("options")["additionalProperties"]
    return {
        "type": "object",
        "title": "Values of one issue",
        "description": "Points of each option but the status quo, as a number or [low, mode, high].",
        "properties": fields,
        "additionalProperties": values,
    }
