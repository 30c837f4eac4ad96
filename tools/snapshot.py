"""Record the numbers of every command's `--json`, and compare them later: the net under a change of structure.

    .venv/bin/python tools/snapshot.py take tools/snapshot.json.xz
    .venv/bin/python tools/snapshot.py compare tools/snapshot.json.xz [--only price] [--case korea-2019]
    .venv/bin/python tools/snapshot.py show tools/snapshot.json.xz price korea-2019

Numbers, booleans and ids must stay; English sentences may change; what moved is said in the tables below.
The file is one JSON list with one record a line: `words`, `code`, and, where the command was not refused, `answer` and `files`.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import lzma
import math
import os
import re
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# What moved since the snapshot was taken

COMMANDS: dict[str, str] = {"exchange": "changes", "play": "positions", "trade": "frontier"}
"""Old name of a command -> its new name, such as `"trade": "frontier"`."""

FINDINGS = ("prepare", "findings.json")
"""The findings of a study: as `prepare --json` prints them, and as a file."""

SUPPORT = ("moves", "probability", "error", "votes", "opinions", "laws", "benchmark", "changes")
WIN_SET = {"carried": "count", "options": "options", "preferred": "preferences", "most": "most", "most_given": "most_given"}

KEYS: dict[tuple[str, str], str] = {
    ("price", "worth.stand_alone"): "worth_alone",
    ("price", "worth.sure"): "worth_sure",
    ("price", "worth.opportunity"): "worth_opportunity",
    ("inspect", "items"): "sizes.items",
    ("inspect", "defects"): "sizes.defects",
    ("inspect", "detect"): "sizes.detect",
    ("inspect", "power"): "sizes.power",
    ("inspect", "exact"): "sizes.exact",
    ("inspect", "iaea"): "sizes.iaea",
    ("inspect", "imperfect"): "sizes.imperfect",
    ("inspect", "looked_at"): "sizes.looked_at",
    ("inspect", "detection"): "sizes.detection",
    ("inspect", "curve"): "sizes.curve",
    ("trade", "frontier"): "points",
    ("counter", "value"): "worth",
    ("infer", "heard"): "effects",
    ("infer", "values.*.judged"): "values.*.judgement",
    ("elicit", "carried"): "from_file",
    **{
        (of, old): new
        for of in ("prepare", "findings.json")
        for old, new in {
            "frontier.packages": "frontier.rows",
            "frontier.packages_total": "frontier.packages",
            "frontier.points.*.*": "frontier.points.*.values.*",
            "sensitivity.*.assumption": "sensitivity.*.assumption.text",
        }.items()
    },
    **{
        (source, key): f"plan.{key}"
        for source in ("plan", "plan.json")
        for key in (
            "title",
            "steps",
            "load",
            "changes",
            "changes_allowed",
            "exposure",
            "trust",
            "trust_needed",
            "gain",
            "start",
            "end",
            "horizon",
            "bound",
            "gap",
            "exposed_days",
            "course",
            "orders",
            "verifications",
            "decisions",
            "stop_loss",
            "critical",
            "shifts",
            "conflicts",
            "resources",
            "notes",
        )
    },
    **{("home", f"homes.*.{key}"): f"win_sets.homes.*.{new}" for key, new in WIN_SET.items()},
    **{("home", f"homes.*.{key}"): f"package.homes.*.{key}" for key in SUPPORT},
    **{("home", key): f"package.{key}" for key in ("title", "moves", "ratified", "together", "faults")},
    **{("home", key): f"win_sets.{key}" for key in ("complete", "each", "common", "accepted", "best")},
    ("home", "considered"): "win_sets.packages",
    ("allies", "coalitions.*.considered"): "coalitions.*.packages",
    ("allies", "coalitions.*.asked"): "coalitions.*.package",
    ("allies", "coalitions.*.conceded"): "coalitions.*.concession",
    ("allies", "coalitions.*.conceded_to"): "coalitions.*.concession_worth",
    ("play", "agreed"): "agreements",
    ("play", "waiting.*.answered"): "waiting.*.answer_date",
    ("play", "unanswered.*.answered"): "unanswered.*.answer_date",
    ("audit", "audits.*.declared"): "audits.*.declarations",
    ("audit", "audits.*.told"): "audits.*.others",
    ("substance", "declared"): "declarations",
    ("signals", "ask.*.best.seen"): "ask.*.best.verified",
    ("signals", "ask.*.nearest.*.seen"): "ask.*.nearest.*.verified",
    **{(name, "signal_asks"): "signals.ask" for name in FINDINGS},
    **{(name, "signals.ask.*.best.seen"): "signals.ask.*.best.verified" for name in FINDINGS},
    **{(name, "signals.ask.*.nearest.*.seen"): "signals.ask.*.nearest.*.verified" for name in FINDINGS},
    **{(name, "play"): "positions" for name in FINDINGS},
    **{(name, "positions.agreed"): "positions.agreements" for name in FINDINGS},
    **{(name, "positions.waiting.*.answered"): "positions.waiting.*.answer_date" for name in FINDINGS},
    **{(name, "positions.unanswered.*.answered"): "positions.unanswered.*.answer_date" for name in FINDINGS},
    **{(name, "promised"): "promises" for name in FINDINGS},
    **{(name, "omitted.*.why"): "omitted.*.why.text" for name in FINDINGS},
    **{(name, "notes.*"): "notes.*.text" for name in FINDINGS},
    **{(name, "audits.*.declared"): "audits.*.declarations" for name in FINDINGS},
    **{(name, "audits.*.told"): "audits.*.others" for name in FINDINGS},
    **{(name, "record.deeds.*.why"): "record.deeds.*.weight" for name in FINDINGS},
}
"""(Command by its old name, or a file's name, or `*`; old path) -> new path: `("price", "best.*.joint"): "offers.*.chance"`.

A path is keys and list positions with dots between them; `*` stands for any one of them, and in a new path for what the old path
had there, in order. All that lies below moves too. The rules apply one after another, each to what the one before it left.
A position where there is an object now stands for its members in order.
"""

GONE: list[tuple[str, str, str]] = [
    ("home", "needed", "in `package` or in `win_sets`"),
    ("home", "homes.*.party", "in `package` or in `win_sets`"),
    ("home", "homes.#", "in `package` or in `win_sets`"),
    ("home", "homes.*.changes", "what changes and its effect are reasons"),
    ("home", "faults", "reasons"),
    ("home", "words", "a reason"),
    ("mandate", "words", "words of the catalogue"),
    ("allies", "coalitions.*.words", "a reason"),
    ("allies", "coalitions.*.payments.*.searched", "words of the catalogue"),
    *((of, "frontier.counts", "a count stands with its point") for of in FINDINGS),
    *(
        (source, f"{prefix}{path}", reason)
        for command, key, paths in (
            ("groundwork", "groundwork", ("moves.*.out", "moves.*.touches", "obstacles.*.who")),
            ("ready", "readiness", ("areas.*.name", "items.*.area", "items.*.take", "items.*.places.*.paths")),
            ("wait", "", ("moments.*.fault", "price_left_out")),
        )
        for source, prefix in ((command, ""), ("findings.json", f"{key}."), ("prepare", f"{key}."))
        for path, reason in ((path, "a text became a coded reason, or a code") for path in paths)
        if key or source == command
    ),
    ("infer", "heard.*.statement.said", "a reason, `label`"),
    ("infer", "silent.*.said", "a reason, `label`"),
    ("infer", "contradiction", "reasons"),
    ("signals", "seriousness.*.contributions.*.actors", "who did it stands in `deeds` and `events`"),
    ("signals", "events.*.measured", "a reason, or null"),
    ("signals", "events.*.why", "a reason"),
    ("substance", "title", "a reason, where it is no name of the case"),
    *(
        (source, path, "a reason, where it is no idea's title")
        for source, paths in (
            *((of, ("rung.best.title", "rung.nearest.title", "rung.others.*.title")) for of in (*FINDINGS, "rung")),
            *((of, ("plan.title", "groundwork.title")) for of in FINDINGS),
            ("ask", ("verdict.title",)),
        )
        for path in paths
    ),
    ("substance", "moves.*.said", "reasons with their numbers in `terms`, or null"),
    ("substance", "moves.*.mapped", "a reason, or null"),
    ("substance", "ceremony.*.said", "reasons with their numbers in `terms`, or null"),
    ("substance", "ceremony.*.mapped", "a reason, or null"),
    *(
        (of, path, "what changes, from where to where, is a reason with `before` and `after` among its values")
        for of in ("rung", *FINDINGS)
        for opens in ("ideas.*.opens.*", "rung.*.opens.*", "rung.flips.*")
        for path in (f"{opens}.what", f"{opens}.before", f"{opens}.after", *(["rung.flips.*.gate"] if "flips" in opens else []))
    ),
    *((of, f"homes.*.support.changes.*.{key}", "as in `opens`") for of in FINDINGS for key in ("what", "before", "after")),
    *((of, f"{prefix}short", "a reason, or null") for of, prefix in (("ladder", ""), *((name, "ladder.") for name in FINDINGS))),
    *(
        (of, f"{prefix}{rows}.*.temptations.*.step", "ISSUE.OPTION")
        for of, prefix in (("ladder", ""), *((name, "ladder.") for name in FINDINGS))
        for rows in ("rungs", "ideas")
    ),
    *(
        (of, f"{prefix}categories.*.why", "reasons")
        for of, prefix in (("declaration", ""), *((n, "declaration.") for n in FINDINGS))
    ),
    *((of, "title", "a reason, where it is no name of the case") for of in ("home", "plan", "plan.json", "groundwork", "wait")),
    *((name, "notes.#", "each is a reason") for name in FINDINGS),
    ("play", "waiting.*.what", "status and option in `reply`"),
    ("play", "unanswered.*.what", "status and option in `reply`"),
    ("play", "shifts.*.before", "status and option apart"),
    ("play", "shifts.*.after", "status and option apart"),
    *(
        (name, path, "as in the command's answer")
        for name in FINDINGS
        for path in (
            "record.beliefs.*.contributions.*.actors",
            "record.deeds.*.what",
            "signals.seriousness.*.contributions.*.actors",
            "signals.events.*.measured",
            "signals.events.*.why",
            "play.waiting.*.what",
            "play.unanswered.*.what",
            "play.shifts.*.before",
            "play.shifts.*.after",
        )
    ),
]
"""Command or file as above, path, reason: what an answer need no longer hold, with all below it."""

# The one place that touches the program


def run_program(words: Sequence[str], typed: str) -> tuple[int, str]:
    """Exit code and standard output of `summitry WORDS` in this process; `typed` is its standard input."""
    from summitry.__main__ import main

    streams, arguments = (sys.stdin, sys.stdout, sys.stderr), sys.argv
    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    sys.stdin, sys.stdout, sys.stderr, sys.argv = io.StringIO(typed), output, io.StringIO(), ["summitry", *words]
    try:
        main()
        code: object = 0
    except SystemExit as end:
        code = end.code
    finally:
        (sys.stdin, sys.stdout, sys.stderr), sys.argv = streams, arguments
    output.seek(0)
    return (code if isinstance(code, int) else 0 if code is None else 1), output.read()


# What is asked

ROOT = Path(__file__).resolve().parents[1]
BUNDLED = ("korea-2019", "panama-1977", "supply-contract")
OUTSIDE = {
    "camp-david-1978": "cases/camp-david-1978",
    "EnglandZimbabwe": "data/scenarios/genius/anac/y2010/EnglandZimbabwe",
    "Jobs": "data/scenarios/genius/other/Jobs",
}
"""Cases and scenarios of the folder `shared` beside the checkout: name -> where."""

INPUTS = {
    "sites.csv": (
        "site,category,items,significant,timeliness,cost,power,manner,weight\n"
        "hall,units,100,5,90,3,0.7,random,2\nshed,units,20,2,30,1,0.9,scheduled,1\nstore,fuel,40,1,60,2,0.8,random,3\n"
    ),
    "before.csv": "id,type,location,status\n1,silo,east,deployed\n2,silo,east,deployed\n3,mobile,north,deployed\n",
    "after.csv": "id,type,location,status\n1,silo,east,deployed\n3,mobile,south,stored\n4,mobile,north,deployed\n",
    "reports.csv": (
        "date,source,target,code,goldstein,story\n2018-06-12,PRK,USA,040,1.0,1\n2018-06-12,PRK,USA,040,1.0,1\n"
        "2018-06-12,USA,PRK,057,8.0,1\n2018-07-07,PRK,USA,112,-2.0,2\n2018-07-27,PRK,USA,0841,7.0,3\n2018-13-01,PRK,USA,040,1.0,4\n"
    ),
    "talks/case.yaml": (
        "summitry: 1\ntitle: Saturday work\nas_of: 2026-01-15\nparties:\n  firm: {name: The firm}\n  union: {name: The union}\n"
        "issues:\n  pay: {title: Pay, giver: firm, options: [as-now, plus-2, plus-4]}\n"
        "  saturdays: {title: Saturdays, giver: union, options: [none, ten, thirty]}\n"
    ),
}
"""Files that lie in the folder where each command runs."""

TYPED = "the board\n-50 -100; the wage bill\n40 100; orders\na 1.5..3\nb\n5\n"
"""What the firm of `talks` answers when it is asked for its values."""

FIXED = (
    "inspect --items 100 --defects 5 --detect 0.9 --json",
    "inspect --items 60 --defects 3 --detect 0.95 --power 0.7 --json",
    "inspect --items 100 --drawn 20 --found 1 --power 0.8 --json",
    "inspect --periods 6 --inspections 2 --json",
    "visits sites.csv --budget 40 --json",
    "exchange before.csv after.csv --json",
    "exchange before.csv after.csv --limit silo=2 --limit deployed=1 --limit all=3 --json",
    "events reports.csv --to reports.parquet --json",
    "elicit talks --as firm --json",
    "check talks --json",
    "trade talks --json",
    "schema case",
    "schema preferences",
    "trade EnglandZimbabwe --json",
    "trade EnglandZimbabwe --convention raw --lotteries --json",
    "trade Jobs --json",
    "check Jobs --json",
    *(f"convert EnglandZimbabwe out --to {form} --quiet" for form in ("summitry", "genius", "geniusweb", "negolog", "negmas")),
    *(f"convert {case} out --quiet" for case in (*BUNDLED, "camp-david-1978")),
    "convert panama-1977 out --to geniusweb --quiet",
)
"""Command lines that depend on no viewer."""


@dataclass(frozen=True)
class Setting:
    """A case seen by one viewer, and what is asked of it; moves are words such as `declaration=full`."""

    case: str
    viewer: str | None
    others: tuple[str, ...]
    documents: tuple[str, ...]
    idea: str
    idea_moves: tuple[str, ...]
    first_moves: dict[str, str]
    deliverable: str
    principal: str

    def line(self, command: str, *words: str) -> list[str]:
        """One command line about this case."""
        return [command, self.case, *words, *(() if self.viewer is None else ("--as", self.viewer)), "--json"]


def givers(issue: dict[str, Any]) -> list[str]:
    """Who gives an issue."""
    giver = issue["giver"]
    return [giver] if isinstance(giver, str) else list(giver)


def settings_of(case: str, folder: Path) -> list[Setting]:
    """A case as everybody sees it, then as each party does."""
    text = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    parties = list(text["parties"])
    idea = next(iter(text["ideas"]))
    first_moves = {
        party: next(f"{name}={list(issue['options'])[1]}" for name, issue in text["issues"].items() if party in givers(issue))
        for party in parties
        if any(party in givers(issue) for issue in text["issues"].values())
    }
    return [
        Setting(
            case=case,
            viewer=viewer,
            others=tuple(party for party in parties if party != viewer),
            documents=tuple(sorted(path.stem for path in (folder / "evidence" / "documents").glob("*.txt"))),
            idea=idea,
            idea_moves=tuple(f"{name}={option}" for name, option in text["ideas"][idea]["package"].items()),
            first_moves=first_moves,
            deliverable=text["settings"]["deliverable"].replace(".", "=", 1),
            principal=text["settings"]["principal"],
        )
        for viewer in (None, *parties)
    ]


def moves_to_start(rung: Any) -> list[str]:  # noqa: ANN401 (an answer as JSON)
    """The moves of START HERE, or of the nearest miss where nothing passes."""
    start = rung["best"] or rung["nearest"]
    return [f"{issue}={option}" for issue, option in start["moves"].items()]


def imagined_declaration(inventory: Any) -> list[str]:  # noqa: ANN401 (an answer as JSON)
    """Two stocks of the first party with an estimate, each declared near its low end."""
    held = [holding for holding in inventory["holdings"] if holding["posterior"] is not None]
    return [f"{h['category']}={h['posterior']['p20']:.0f}" for h in held if h["party"] == held[0]["party"]][:2]


def prices(setting: Setting) -> Iterator[list[str]]:
    """Prices, counters and rates of the case's deliverable and of one move by each giver."""
    moves = list(dict.fromkeys((setting.deliverable, *setting.first_moves.values())))
    own = setting.first_moves.get(setting.viewer or setting.principal, setting.deliverable)
    for move in moves:
        yield setting.line("price", move)
        yield setting.line("counter", move)
    for move in moves:
        if move != own:
            yield setting.line("rate", own, move)
    yield setting.line("rate", setting.deliverable, own)
    yield setting.line("price", setting.deliverable, "--at", "0.4")


def lines_of(setting: Setting, start: list[str], declared: list[str]) -> Iterator[list[str]]:
    """All that is asked of one case by one viewer; everybody's view is asked a little more."""
    line, idea = setting.line, setting.idea_moves
    for command in (
        "trade",
        "prepare",
        "rung",
        "ladder",
        "ask",
        "check",
        "inventory",
        "play",
        "signals",
        "audit",
        "home",
        "mandate",
    ):
        yield line(command)
    for command in ("allies", "plan", "groundwork", "wait", "ready"):
        yield line(command)
    yield line("rung", setting.deliverable)
    yield from prices(setting)
    for command in ("home", "mandate", "substance"):
        yield line(command, *idea)
    for command in ("home", "improve", "substance"):
        yield line(command, *start)
    yield line("allies", *start, "--as-one")
    yield line("plan", "--package", setting.idea)
    yield line("groundwork", "--target", setting.idea)
    yield line("visits", "--budget", "50")
    yield from (line("infer", party) for party in setting.others)
    if declared:
        yield line("declaration", *declared)
    if setting.viewer is None:
        yield line("trade", "--lotteries") if setting.case != BUNDLED[0] else line("trade", "--convention", "raw")
        yield line("improve", *idea)
        yield line("home", "--package", "nash")
        yield line("mandate", "--package", "best")
        yield line("substance", "--package", "best")
        yield line("substance", "--text", setting.documents[0])
        yield line("plan", *(word for move in start for word in ("--package", move)))
        yield line("groundwork", "--budget", "5", "--days", "90")
        yield line("wait", "--target", setting.idea, "--days", "60")
        yield from (["audit", f"{setting.case}:{document}", "--json"] for document in setting.documents)


# Running

Record = dict[str, Any]


def place_of(word: str, shared: Path) -> str:
    """A word as the program takes it: names of cases outside become their folders."""
    name, colon, rest = word.partition(":")
    return f"{shared / OUTSIDE[name]}{colon}{rest}" if name in OUTSIDE else word


def missing(words: Sequence[str], shared: Path) -> str | None:
    """Which folder outside the checkout a command line needs and lacks."""
    names = [word.partition(":")[0] for word in words]
    return next((name for name in names if name in OUTSIDE and not (shared / OUTSIDE[name]).exists()), None)


def content(path: Path, hide: dict[str, str]) -> object:
    """A written file: parsed where it is JSON, else its digest."""
    data = path.read_bytes()
    if path.suffix == ".json":
        return json.loads(hidden(data.decode(), hide))
    return hashlib.sha256(data).hexdigest()


def hidden(text: str, hide: dict[str, str]) -> str:
    """A text without the paths of this machine."""
    for path, symbol in hide.items():
        text = text.replace(path, symbol)
    return text


def record(words: list[str], shared: Path) -> Record:
    """What one command answers in a fresh folder: its JSON and, of `prepare` and `convert`, the files that it writes."""
    asked = [COMMANDS.get(words[0], words[0]), *(place_of(word, shared) for word in words[1:])]
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for path, text in INPUTS.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        os.chdir(folder)
        try:
            code, output = run_program(asked, TYPED)
        finally:
            os.chdir(before)
        hide = {str(folder): "$TEMP", str(shared): "$SHARED", str(ROOT): "$ROOT"}
        kept = {"prepare": "*.json", "convert": "*"}.get(words[0])
        written = [] if kept is None or code else sorted(path for path in folder.rglob(kept) if path.is_file())
        files = {
            path.relative_to(folder).as_posix(): content(path, hide)
            for path in written
            if path.relative_to(folder).as_posix() not in INPUTS
        }
    answer = {"words": words, "code": code}
    if output.strip():
        answer["answer"] = json.loads(hidden(output, hide))
    if files:
        answer["files"] = {"findings.json" if path.endswith("findings.json") else path: text for path, text in files.items()}
    return answer


def record_line(words: list[str], shared: Path) -> str:
    """One line of the snapshot."""
    return json.dumps(record(words, shared), ensure_ascii=False, separators=(",", ":"))


# Comparing

Step = str | int
Walk = tuple[Step, ...]
SENTENCE = 4
"""Words from which a text is a sentence, whose wording may change."""
TOLERANCE = 1e-9
LENGTH = "#"
"""The last step of the path to a list's length."""
ABSENT = object()


@dataclass
class Verdict:
    """What became of one answer: its differences by path, fields that are new, and how much was compared."""

    words: list[str]
    differences: list[str] = field(default_factory=list)
    additions: Counter[str] = field(default_factory=Counter)
    values: int = 0
    numbers: int = 0


def is_sentence(value: object) -> bool:
    """Whether a value is an English sentence, which is not compared."""
    return isinstance(value, str) and len(value.split()) >= SENTENCE


def leaves(tree: object, path: Walk = ()) -> Iterator[tuple[Walk, object]]:
    """Every value of a JSON tree with its path, the length of every list that is not all sentences, and every empty object."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, (*path, key))
        if not tree:
            yield path, {}
    elif isinstance(tree, list):
        if not tree or not all(is_sentence(item) for item in tree):
            yield (*path, LENGTH), len(tree)
        for index, item in enumerate(tree):
            yield from leaves(item, (*path, index))
    else:
        yield path, tree


def value_at(tree: object, path: Walk) -> object:
    """What stands at a path, or ABSENT."""
    for step in path:
        if isinstance(tree, dict) and step in tree:
            tree = tree[step]
        elif isinstance(tree, (dict, list)) and step == LENGTH:
            tree = len(tree)
        elif isinstance(tree, dict) and isinstance(step, int) and step < len(tree):
            tree = list(tree.values())[step]
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return ABSENT
    return tree


def fits(pattern: Sequence[str], path: Walk) -> bool:
    """Whether a pattern stands for the path or for something above it."""
    return len(pattern) <= len(path) and all(p in ("*", str(step)) for p, step in zip(pattern, path, strict=False))


@dataclass(frozen=True)
class Moves:
    """What is known to have moved in the answers of one command or in one file."""

    keys: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    gone: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, name: str, keys: dict[tuple[str, str], str], gone: Iterable[tuple[str, str, str]]) -> Moves:
        """The rules for a name, out of the tables."""
        return cls(
            tuple(
                (tuple(old.split(".")), tuple(new.split(".")) if new else ())
                for (of, old), new in keys.items()
                if of in ("*", name)
            ),
            tuple(tuple(path.split(".")) for of, path, _ in gone if of in ("*", name)),
        )

    def new_path(self, path: Walk) -> Walk | None:
        """Where the value of an old path stands now; None where it need not stand anywhere."""
        if any(fits(pattern, path) for pattern in self.gone):
            return None
        for old, new in self.keys:
            if fits(old, path):
                stars = iter([step for pattern, step in zip(old, path, strict=False) if pattern == "*"])
                path = (
                    *(next(stars) if step == "*" else int(step) if step.isdigit() else step for step in new),
                    *path[len(old) :],
                )
        return path


def same(old: object, new: object) -> bool:
    """Whether two values are the same number, truth value or id."""
    if isinstance(old, bool) or isinstance(new, bool) or not isinstance(old, int | float):
        return type(old) is type(new) and old == new
    return isinstance(new, int | float) and math.isclose(old, new, rel_tol=TOLERANCE, abs_tol=0.0)


def words_of(path: Walk) -> str:
    """A path as the tables write it."""
    return ".".join(map(str, path))


def shown(value: object) -> str:
    """A value in at most eighty characters."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."  # noqa: PLR2004 (said above)


def compare_trees(old: object, new: object, moves: Moves, verdict: Verdict) -> None:
    """Add to a verdict how a new answer differs from an old one."""
    expected: set[Walk] = set()
    for path, value in leaves(old):
        place = moves.new_path(path)
        if place is None:
            continue
        expected.add(place)
        if is_sentence(value):
            continue
        verdict.values += 1
        verdict.numbers += isinstance(value, int | float) and not isinstance(value, bool)
        now = value_at(new, place)
        where = words_of(path) if place == path else f"{words_of(path)} (now {words_of(place)})"
        if now is ABSENT:
            verdict.differences.append(f"{where}: {shown(value)} is lost")
        elif not same(value, now):
            verdict.differences.append(f"{where}: {shown(value)} became {shown(now)}")
    for path, value in leaves(new):
        if path not in expected and path[-1:] != (LENGTH,) and not is_sentence(value):
            verdict.additions[words_of(tuple("*" if isinstance(step, int) else step for step in path))] += 1


def compare_records(
    old: Record, new: Record, keys: dict[tuple[str, str], str] | None = None, gone: Iterable[tuple[str, str, str]] | None = None
) -> Verdict:
    """How one command's new record differs from the old one, under the tables of what moved (by default those of this file)."""
    keys, gone = KEYS if keys is None else keys, list(GONE if gone is None else gone)
    verdict = Verdict(old["words"])
    if old["code"] != new["code"]:
        verdict.differences.append(f"exit code: {old['code']} became {new['code']}")
    if "answer" in old:
        compare_trees(old["answer"], new.get("answer"), Moves.of(old["words"][0], keys, gone), verdict)
    for name, file in old.get("files", {}).items():
        inner = Verdict(old["words"])
        compare_trees(file, new.get("files", {}).get(name), Moves.of(name, keys, gone), inner)
        verdict.differences += [f"{name}: {difference}" for difference in inner.differences]
        verdict.additions.update({f"{name}: {path}": count for path, count in inner.additions.items()})
        verdict.values, verdict.numbers = verdict.values + inner.values, verdict.numbers + inner.numbers
    return verdict


def compare_line(line: str, shared: Path) -> Verdict:
    """Run the command line of a record again, and compare."""
    old = json.loads(line)
    try:
        new = record(old["words"], shared)
    except Exception as problem:  # noqa: BLE001 (a crash of the program under comparison is a difference to be listed)
        return Verdict(old["words"], [f"the command crashed: {type(problem).__name__}: {problem}"])
    return compare_records(old, new)


# The verbs


def lines_in(file: Path) -> Iterator[str]:
    """The records of a snapshot, each as its line."""
    with lzma.open(file, "rt", encoding="utf-8") as text:
        for line in text:
            if line.startswith("{"):
                yield line.rstrip().removesuffix(",")


def line_words(line: str) -> list[str]:
    """The command line of a record, without reading its answer."""
    words: list[str] = json.loads(re.sub(r'^\{"words":(\[[^\]]*\]).*$', r"\1", line, flags=re.DOTALL))
    return words


def present(lines: Iterable[list[str]], shared: Path) -> list[list[str]]:
    """Command lines whose files are on this machine; says once of each missing case that it is skipped."""
    lines = list(lines)
    for name in sorted({gap for words in lines if (gap := missing(words, shared)) is not None}):
        print(f"skipped: {name}, because {shared / OUTSIDE[name]} is not on this machine (see --shared)")
    return [words for words in lines if missing(words, shared) is None]


def take(file: Path, shared: Path, workers: int) -> int:
    """Record every command line."""
    folders = {case: ROOT / "src" / "summitry" / "cases" / case for case in BUNDLED}
    folders["camp-david-1978"] = shared / OUTSIDE["camp-david-1978"]
    settings = [s for case, folder in folders.items() if folder.exists() for s in settings_of(case, folder)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        rungs = pool.map(record, (s.line("rung") for s in settings), (shared for _ in settings))
        stocks = pool.map(record, (s.line("inventory") for s in settings), (shared for _ in settings))
        asked = [
            words
            for setting, rung, stock in zip(settings, rungs, stocks, strict=True)
            for words in lines_of(setting, moves_to_start(rung["answer"]["rung"]), imagined_declaration(stock["answer"]))
        ]
        distinct = dict.fromkeys(map(tuple, [*asked, *(line.split() for line in FIXED)]))
        lines = present(map(list, distinct), shared)
        records = list(pool.map(record_line, lines, (shared for _ in lines)))
    data = "[\n" + ",\n".join(records) + "\n]\n"
    file.write_bytes(lzma.compress(data.encode(), preset=9))
    refused = sum('"answer":' not in line and '"files":' not in line for line in records)
    size = f"{len(data) / 1e6:.0f} MB, {file.stat().st_size / 1e6:.1f} MB packed"
    print(f"{file}: {len(records)} command lines, {refused} of them refused; {size}")
    return 0


def compare(file: Path, shared: Path, workers: int, only: Sequence[str], cases: Sequence[str], most: int) -> int:
    """Run every recorded command line again; print what differs, by command."""
    commands = {*only, *(old for old, new in COMMANDS.items() if new in only)}
    chosen = [line for line in lines_in(file) if not only or line_words(line)[0] in commands]
    if cases:
        chosen = [line for line in chosen if any(word.partition(":")[0] in cases for word in line_words(line))]
    here = {tuple(words) for words in present(map(line_words, chosen), shared)}
    chosen = [line for line in chosen if tuple(line_words(line)) in here]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        verdicts = list(pool.map(compare_line, chosen, (shared for _ in chosen)))
    for command in dict.fromkeys(verdict.words[0] for verdict in verdicts):
        report(command, [verdict for verdict in verdicts if verdict.words[0] == command], most)
    count = sum(len(verdict.differences) for verdict in verdicts)
    values, numbers = sum(v.values for v in verdicts), sum(v.numbers for v in verdicts)
    print(f"{count} differences in {len(verdicts)} answers: {values} values compared, {numbers} of them numbers")
    return 1 if count or not verdicts else 0


def report(command: str, verdicts: Sequence[Verdict], most: int) -> None:
    """Print the differences of one command, at most so many of each command line, and count its new fields."""
    additions: Counter[str] = Counter()
    for verdict in verdicts:
        additions.update(verdict.additions)
    count = sum(len(verdict.differences) for verdict in verdicts)
    if count or additions:
        print(f"{command}: {count} differences")
    for verdict in verdicts:
        for difference in verdict.differences[:most]:
            print(f"  {' '.join(verdict.words[1:])}: {difference}")
        if len(verdict.differences) > most:
            print(f"  {' '.join(verdict.words[1:])}: {len(verdict.differences) - most} more (see --most)")
    for path, times in additions.most_common(most):
        print(f"  new, not a difference: {path} ({times} times)")


def show(file: Path, words: Sequence[str]) -> int:
    """Print the recorded answers whose command line begins with these words, options of the format aside."""
    wanted = [word for word in words if word != "--json"]
    matches = [line for line in lines_in(file) if [w for w in line_words(line) if w != "--json"][: len(wanted)] == wanted]
    exact = [line for line in matches if [w for w in line_words(line) if w != "--json"] == wanted]
    if exact:
        print(json.dumps(json.loads(exact[0]), indent=1, ensure_ascii=False))
        return 0
    for line in matches:
        print(" ".join(line_words(line)))
    print(f"No answer of exactly `{' '.join(wanted)}`; {len(matches)} command lines begin so.", file=sys.stderr)
    return 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the verbs; 1 where something differs."""
    parser = argparse.ArgumentParser(description="Record the numbers of every command, and compare them later.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name in ("take", "compare", "show"):
        verb = verbs.add_parser(name)
        verb.add_argument("file", type=Path)
        if name == "show":
            verb.add_argument("words", nargs=argparse.REMAINDER)
            continue
        verb.add_argument("--workers", type=int, default=2)
        verb.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder of cases beside the checkout")
        if name == "compare":
            verb.add_argument("--only", action="append", default=[], metavar="COMMAND", help="only this command; repeatable")
            verb.add_argument("--case", action="append", default=[], metavar="NAME", help="only this case; repeatable")
            verb.add_argument("--most", type=int, default=20, help="lines shown of each command line")
    chosen = parser.parse_args(arguments)
    if chosen.verb == "show":
        return show(chosen.file, chosen.words)
    shared = chosen.shared.resolve()
    if chosen.verb == "take":
        return take(chosen.file, shared, chosen.workers)
    return compare(chosen.file, shared, chosen.workers, chosen.only, chosen.case, chosen.most)


if __name__ == "__main__":
    sys.exit(main())
