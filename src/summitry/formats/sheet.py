"""Text score sheets of negotiation-training games: a folder with config.txt and scores_files/, as LLM-Deliberation keeps them.

A score file has one line for each issue, its scores by option in order, and on the last line the threshold. config.txt names
each party and its file, and marks with p1 and p2 the two parties that can block a deal (Abdelnabi et al. 2024).
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from summitry.case.source import shown

from .files import Place, Source
from .scenario import Matter, Points, Profile, Scenario, point
from .trees import number

if TYPE_CHECKING:
    from collections.abc import Sequence

SCORES, CONFIG, RULES = "scores_files/", "config.txt", "global_instructions.txt"
NO_CONFIG = Source(CONFIG, b"")
BLOCKERS = {"p1", "p2"}


def recognises(source: Source) -> bool:
    """Whether a file belongs to a folder of score sheets."""
    return source.name.startswith(SCORES) or source.name in {CONFIG, RULES}


def read(sources: Sequence[Source], _chosen: str | None, _convention: str) -> Scenario:
    """Read every score file; parties come in the order of config.txt, or of the files' names where it is missing."""
    by_name = {source.name: source for source in sources}
    config = _config(by_name.get(CONFIG, NO_CONFIG))
    files = {source.stem: source for source in sources if source.name.startswith(SCORES)}
    for stem in config:
        if stem not in files:
            what = f"the party file {shown(stem)} is named, and {SCORES}{stem}.txt is not there"
            Place(CONFIG).refuse(what, "Add the file or mend the name")
    stems = [stem for stem in config if stem in files] + [stem for stem in files if stem not in config]
    if not stems:
        Place(CONFIG).refuse(f"there are no files under {SCORES}", "Give the folder that holds config.txt and scores_files/")
    rows = {stem: _rows(files[stem]) for stem in stems}
    rules = by_name[RULES].text() if RULES in by_name else ""
    matters = _matters([len(line) for line in rows[stems[0]][0]], files[stems[0]].name, rules)
    profiles = []
    for stem in stems:
        scores, threshold = rows[stem]
        _same_shape(scores, matters, files[stem].name)
        name, _, note = config.get(stem, (stem, "", ""))
        file, values = files[stem].name, _values(scores, matters)
        profiles.append(Profile(name, stem, f"{file} (score sheet)", Place(file), values, point(threshold), note=note))
    blockers = [f"{name} ({stem})" for stem, (name, role, _) in config.items() if role in BLOCKERS]
    notes = [f"no deal without the parties with a veto: {', '.join(blockers)} (config.txt)"] if blockers else []
    notes.insert(0, "values are scores; the reservation value is the sheet's threshold")
    return Scenario("", matters, profiles, notes, used=list(by_name))


def _config(source: Source) -> dict[str, tuple[str, str, str]]:
    """Read stem -> (name, role, note) of each party."""
    settings: dict[str, tuple[str, str, str]] = {}
    for line, text in enumerate(source.text().splitlines(), start=1):
        if not text.strip():
            continue
        parts = [part.strip() for part in text.split(",")]
        if len(parts) < 3 or not all(parts[:3]) or parts[1] in settings:  # noqa: PLR2004 (name, file, role)
            what = f"the line {shown(text)} names no new party"
            Place(CONFIG, line, 1).refuse(what, "Write: name, file, role, ... on one line for each party")
        settings[parts[1]] = (parts[0], parts[2], f"{CONFIG}: {', '.join(parts[2:])}")
    return settings


def _rows(source: Source) -> tuple[list[list[float]], float]:
    """Read the scores by issue, and the threshold."""
    rows: list[list[float]] = []
    last = Place(source.name)
    for line, text in enumerate(source.text().splitlines(), start=1):
        if not text.strip():
            continue
        row, column = [], 1
        last = Place(source.name, line, 1)
        for part in text.split(","):
            row.append(number(part, "a score", Place(source.name, line, column + len(part) - len(part.lstrip()))))
            column += len(part) + 1
        rows.append(row)
    if len(rows) < 2 or len(rows[-1]) != 1:  # noqa: PLR2004 (one issue and the threshold)
        what = "the last line is no threshold"
        last.refuse(what, "Write one line of scores for each issue, then the threshold alone on the last line")
    return rows[:-1], rows[-1][0]


def _matters(counts: Sequence[int], name: str, rules: str) -> list[Matter]:
    """Name the issues A, B, ... and their options A1, A2, ...; title and text come from the rules where they are told there."""
    if len(counts) > len(string.ascii_uppercase):
        Place(name).refuse(f"there are {len(counts)} issues", "Score sheets name at most 26 issues, A to Z")
    matters = []
    for letter, count in zip(string.ascii_uppercase, counts, strict=False):
        match = re.search(
            rf'^Issue {letter}: "([^"\n]+)"[^\n]*\n(.*?)(?=^Issue [A-Z]: |^=+\s*$|\Z)', rules, re.MULTILINE | re.DOTALL
        )
        title, about = (match[1], re.sub(r"\s+", " ", match[2]).strip()) if match else (f"Issue {letter}", "")
        matters.append(Matter(title, tuple(f"{letter}{k}" for k in range(1, count + 1)), Place(name), about))
    return matters


def _same_shape(scores: Sequence[Sequence[float]], matters: Sequence[Matter], name: str) -> None:
    lengths, wanted = [len(row) for row in scores], [len(matter.options) for matter in matters]
    if lengths != wanted:
        line = next((i for i, (a, b) in enumerate(zip(lengths, wanted, strict=False)) if a != b), min(len(lengths), len(wanted)))
        what = f"the options by issue are {lengths}, elsewhere {wanted}"
        Place(name, line + 1, 1).refuse(what, "Give every party a score for the same options")


def _values(scores: Sequence[Sequence[float]], matters: Sequence[Matter]) -> list[dict[str, Points]]:
    worths = (zip(matter.options, map(point, row), strict=True) for matter, row in zip(matters, scores, strict=True))
    return [dict(each) for each in worths]
