"""Files and formats."""

from __future__ import annotations

MESSAGES = {
    "check.head": "{case:text}: {errors:plural error|errors}, {warnings:plural warning|warnings}.",
    "convert.losses": "The format cannot hold:",
    "convert.text": "{.:text}",
    "events.aside.unclosed": "a quote that is not closed",
    "events.aside.long": "longer than {limit} MB",
    "events.aside.many": "too many columns",
    "events.aside.bytes": "not UTF-8",
    "events.aside.few": "too few columns",
    "events.aside.undated": "no date",
    "events.aside.calendar": "not a date of the calendar",
    "events.aside.code": "no known CAMEO code",
    "events.aside.score": "no score within -10 to 10",
    "events.aside.quad": "no quad class of 1 to 4",
    "events.aside.added": "reported on no date of the calendar",
    "events.aside.early": "dated after it was reported",
    "events.aside.late": "dated after {until}",
    "events.aside.control": "a control character in a value",
    "events.cleared": "{.:text}, which a run that was stopped had left, is removed.",
    "events.form": "{file:text}: read as {form:text}.",
    "events.form.empty": "{file:text}: read as {form:text}, without a row.",
    "events.rows": "{read:plural row|rows} read, {kept} kept, {rejected} put aside.",
    "events.reason": "{.}: {why:text}",
    "schema.reason": "A coded reason with its sentence.",
    "files.left_out": "Left out:",
    "files.older": "The {name} that is there is of an earlier run.",
    "files.head": "FILES",
}
