"""Which package a question is about: moves ISSUE=OPTION, where to start, an idea, a bargaining solution, or a file."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.case.fields import MOST
from summitry.case.source import YAML_LIMIT, Folder, is_file, plain, target
from summitry.case.yaml import parse
from summitry.errors import BadArgument, UnknownName
from summitry.kernels.bargain import SOLUTIONS
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from summitry.kernels.bargain import BargainingSolution
    from summitry.model import Model

BEST = "best"


def parse_option(text: str) -> tuple[str, str]:
    """ISSUE and OPTION from ISSUE=OPTION or ISSUE.OPTION, as cases write it; raises BadArgument."""
    issue, sign, option = text.partition("=" if "=" in text else ".")
    if not sign or not issue or not option:
        msg = f"A deliverable is written ISSUE=OPTION, for example declaration=full; found {plain(text)!r}."
        raise BadArgument(msg)
    return issue, option


def parse_amount(word: str, example: str) -> tuple[str, float]:
    """NAME and NUMBER from NAME=NUMBER; raises BadArgument."""
    name, sign, text = word.rpartition("=")
    try:
        amount = float(text)
    except ValueError:
        amount = math.nan
    if not name.rpartition(".")[2] or not sign or not 0.0 <= amount <= MOST:
        msg = f"Write NAME=NUMBER with a number from 0 to {MOST:g}, for example {example}, or a CSV file; found {word!r}."
        raise BadArgument(msg)
    return name, amount


def moves(words: Sequence[str]) -> dict[str, str]:
    """Option by issue from ISSUE=OPTION..., each issue once."""
    options = dict(map(parse_option, words))
    if len(options) < len(words):
        raise BadArgument("An issue is named twice: name one option for each.")
    return options


def words_of(package: str | Sequence[str] | Mapping[str, str]) -> tuple[str, ...]:
    """A package as words: a mapping as moves; moves that blanks or commas part as one word each; a name or file as it is."""
    if isinstance(package, Mapping):
        return tuple(f"{issue}={option}" for issue, option in package.items())
    words = (package,) if isinstance(package, str) else package
    return tuple(part for word in words for part in (re.split(r"[\s,]+", word) if "=" in word else [word]) if part)


def one_of(options: Sequence[str], word: str | None) -> Sequence[str]:
    """The words that name a package where it may be given as moves or as --package; empty where neither is."""
    if options and word is not None:
        raise BadArgument("Name the package by ISSUE=OPTION or by --package, not by both.")
    return options if word is None else (word,)


def package_of(model: Model, words: Sequence[str]) -> tuple[NDArray[np.int64], str | Reason]:
    """The package that the words name, with its title: text of the case, or a coded one.

    `words` are moves ISSUE=OPTION, or one of: `best` (where to start, or the nearest miss), `idea` (the one that the settings
    name), an idea of the case, a bargaining solution, the path of a file.
    """
    word, ideas = words[0], model.ideas
    if all("=" in each for each in words) and not (len(words) == 1 and is_file(Path(word))):
        return _row(model, moves(words)), reason("package.asked")
    if len(words) > 1:
        msg = f"Name one package, or moves ISSUE=OPTION; found {', '.join(map(plain, words))}."
        raise BadArgument(msg)
    if word == BEST:
        return _best(model)
    idea = ideas.get(model.settings.idea or "" if word == "idea" and word not in ideas else word)
    if idea is not None:
        return model.row(idea.package), idea.title
    for solution in SOLUTIONS:
        if word.replace("_", "-") == solution.word:
            return _solution(model, solution)
    if is_file(Path(word)):
        return _row(model, of_file(Path(word))), plain(Path(word).name)
    known = (BEST, *ideas, *(solution.word for solution in SOLUTIONS))
    raise UnknownName("package", plain(word), known, more=", and no file of this name")


def of_file(path: Path) -> dict[str, str]:
    """Option by issue from a file: a line `issue: option` or `issue=option` for each move, or JSON, such as plan.json."""
    place = target(path)
    folder = Folder(place.parent)
    text = folder.text(place.name, YAML_LIMIT, required=True)
    layout, faults = (None, []) if text is None else parse(re.sub(r"(?m)^([\w-]+)\s*=\s*", r"\1: ", text), plain(path.name))
    data = None if layout is None else layout.data
    if isinstance(data, dict) and isinstance(data.get("package"), dict):
        data = data["package"]
    problems = [problem for problem in (*folder.problems, *faults) if problem.level == "error"]
    if layout is not None and not problems and not (isinstance(data, dict) and data and all(map(_is_name, data.values()))):
        problems = [layout.error((), "this file names no package", "Write one `issue: option` line for each issue that moves.")]
    if problems or not isinstance(data, dict):
        raise BadArgument("\n".join(map(str, problems)))
    return {str(issue): str(option) for issue, option in data.items()}


def _is_name(option: object) -> bool:
    return isinstance(option, (str, int, float))


def _row(model: Model, package: Mapping[str, str]) -> NDArray[np.int64]:
    """The package (I,); another tool's scenario has no status quo, so there every issue must be named."""
    left = [issue for issue in model.issues if issue not in package]
    if model.foreign and left:
        msg = f"A {model.foreign} scenario has no status quo, so a deal must settle every issue; missing: {', '.join(left)}."
        raise BadArgument(msg)
    return model.row(package)


def _best(model: Model) -> tuple[NDArray[np.int64], Reason]:
    from summitry.deals.rung import first_rung

    result = first_rung(model, model.principal)
    verdict = result.chosen
    if verdict is None:
        raise BadArgument("No swap was found that comes near the gates: name a package by ISSUE=OPTION.")
    nearest = "package.nearest" if verdict.closed else "package.untold"
    return model.row(verdict.moves), reason("package.best" if result.best else nearest)


def _solution(model: Model, solution: BargainingSolution) -> tuple[NDArray[np.int64], Reason]:
    if solution.comparable and not model.settings.comparable:
        msg = (
            f"The {solution.word} solution compares points of different parties: set `comparable: true` in case.yaml if they "
            "may be compared."
        )
        raise BadArgument(msg)
    from summitry.deals.frontier import lottery_reaches, short_of, solve

    package = solve(model, solution)
    if package is None:
        rest = (
            "a lottery over packages does (summitry frontier CASE --lotteries)"
            if lottery_reaches(model)
            else "no lottery over packages does, so there is no zone of possible agreement"
        )
        short = "".join(f"; {party} has {most:.3g} at most while all others have theirs" for party, most in short_of(model))
        msg = f"There is no {solution.word} solution: no package gives every party its reservation value{short}; {rest}."
        raise BadArgument(msg)
    return package, reason("package.solution", word=solution.word)
