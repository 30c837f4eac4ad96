"""Files and formats."""

from __future__ import annotations

MESSAGES = {
    "check.head": "{case:text}: {errors:plural error|errors}, {warnings:plural warning|warnings}.",
    "convert.losses": "The format cannot hold:",
    "convert.text": "{.:text}",
    "events.cleared": "{.:text}, which a run that was stopped had left, is removed.",
    "events.form": "{file:text}: read as {form:text}.",
    "events.form.empty": "{file:text}: read as {form:text}, without a row.",
    "events.rows": "{read:plural row|rows} read, {kept} kept, {rejected} put aside.",
    "events.reason": "{.}: {why:text}",
    "schema.reason": "A coded reason with its sentence.",
    "files.left_out": "left out:",
    "files.older": "The {name} that is there is of an earlier run.",
    "files.head": "FILES",
}
