"""Small valid cases for every test: as values, as hypothesis strategies, and as folders on disk.

`build` makes one by hand, `cases()` draws them, `write` puts one on disk so that `summitry.case.load` reads the same value back.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from summitry.case.rows import Claim, Commitment, Document, Event, Evidence, Position
from summitry.case.types import BackTable, Case, CaseFile, Constituency, Issue, OptionValues, Party, Preferences, Seat, Trust

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from summitry.case.fields import Doc

    Worth: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Any]]]

AS_OF = dt.date(2019, 2, 15)
PARTIES = ("us", "dprk", "rok", "china")
TABLES: dict[str, type[Doc]] = {"claims": Claim, "events": Event, "positions": Position, "commitments": Commitment}


def build(
    values: Worth,
    *,
    givers: Mapping[str, str | Sequence[str]] | None = None,
    reservation: Mapping[str, Any] | None = None,
    issues: Mapping[str, Mapping[str, Any]] | None = None,
    preferences: Mapping[str, Mapping[str, Any]] | None = None,
    evidence: Evidence | None = None,
    **file: Any,  # noqa: ANN401 (whatever case.yaml may hold)
) -> Case:
    """A case from points: values[party][issue][option]; every issue begins with the option `none` at zero.

    `issues` and `preferences` add fields to an issue or to a party's own file, `file` to case.yaml; the rest has its default.
    """
    ids = list(dict.fromkeys(issue for worth in values.values() for issue in worth))
    givers, reservation, issues, preferences = givers or {}, reservation or {}, issues or {}, preferences or {}
    body = {
        "summitry": 1,
        "title": "A small case",
        "as_of": AS_OF,
        "parties": {party: {"name": party.upper()} for party in values},
        "issues": {
            issue: {
                "title": f"Issue {issue}",
                "giver": givers.get(issue, next(iter(values))),
                "options": ["none", *dict.fromkeys(o for worth in values.values() for o in worth.get(issue, {}))],
                **issues.get(issue, {}),
            }
            for issue in ids
        },
        **file,
    }
    own = {
        party: {
            party: Preferences.model_validate(
                {
                    "basis": "made for a test",
                    "reservation": reservation.get(party, 0),
                    "values": {issue: {"options": options} for issue, options in worth.items()},
                    "indifferent": [issue for issue in ids if issue not in worth],
                    **preferences.get(party, {}),
                }
            )
        }
        for party, worth in values.items()
    }
    return Case(name="small", file=CaseFile.model_validate(body), preferences=own, evidence=evidence or Evidence())


@st.composite
def ranges(draw: st.DrawFn, low: int = -20, high: int = 40, *, certain: bool = False) -> tuple[float, float, float]:
    """[low, mode, high] in halves, so that sums are exact."""
    if certain:
        point = draw(st.integers(2 * low, 2 * high)) / 2
        return point, point, point
    a, b, c = sorted(draw(st.lists(st.integers(2 * low, 2 * high), min_size=3, max_size=3)))
    return a / 2, b / 2, c / 2


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    parties: tuple[int, int] = (2, 3),
    issues: tuple[int, int] = (1, 4),
    options: tuple[int, int] = (2, 4),
    certain: bool = False,
    prerequisites: bool = True,
    back_tables: bool = True,
    estimates: bool = False,
    evidence: bool = True,
) -> Case:
    """A valid case: the bounds say how many of each; `estimates` fills every HOLDER/ABOUT, so that each party can be a viewer."""
    names = PARTIES[: draw(st.integers(*parties))]
    count = draw(st.integers(*issues))
    matters: dict[str, Issue] = {}
    for at in range(count):
        ways = [f"o{k}" for k in range(draw(st.integers(*options)))]
        matters[f"i{at}"] = Issue(
            title=f"Matter {at}",
            giver=(draw(st.sampled_from(names)),),
            options=dict.fromkeys(ways),
            takes={way: draw(st.integers(0, 200)) for way in ways[1:]},
            recoverable={way: draw(st.integers(0, 4)) / 4 for way in ways[1:]},
            requires=draw(_requirements(matters, ways)) if prerequisites and at else {},
            splits=draw(st.booleans()),
        )
    constituencies = (
        {p: {"house": Constituency(name="House"), "guard": Constituency(name="Guard", role="veto")} for p in names}
        if back_tables
        else {}
    )
    file = CaseFile(
        summitry=1,
        title="A drawn case",
        as_of=AS_OF,
        parties={p: Party(name=p.upper()) for p in names},
        issues=matters,
        constituencies=constituencies,
    )
    held = {h: {a: draw(_preferences(file, a, own=h == a, certain=certain)) for a in names if estimates or h == a} for h in names}
    return Case(name="drawn", file=file, preferences=held, evidence=draw(_evidence(file)) if evidence else Evidence())


@st.composite
def _requirements(draw: st.DrawFn, before: dict[str, Issue], ways: list[str]) -> dict[str, tuple[str, ...]]:
    """Prerequisites on earlier issues only, so that there is no cycle."""
    found = {}
    for way in draw(st.sets(st.sampled_from(ways[1:]), max_size=2)):
        issue = draw(st.sampled_from(sorted(before)))
        found[way] = (f"{issue}.{draw(st.sampled_from(list(before[issue].options)[1:]))}",)
    return dict(sorted(found.items()))


@st.composite
def _preferences(draw: st.DrawFn, file: CaseFile, about: str, *, own: bool, certain: bool) -> Preferences:
    values, best = {}, 0.0
    for issue, matter in file.issues.items():
        options = {way: draw(ranges(certain=certain)) for way in list(matter.options)[1:]}
        values[issue] = OptionValues(options=options)
        best += max(0.0, *(high for _, _, high in options.values()))
    point = min(draw(st.integers(-10, 20)) / 2, best)
    mandate = {i: {list(m.options)[1]: "call home"} for i, m in file.issues.items() if m.giver == (about,)} if own else {}
    seats = {
        seat: Seat(influence=draw(st.integers(1, 4)), positions={issue: values[issue] for issue in list(file.issues)[:1]})
        for seat in file.constituencies.get(about, {})
    }
    return Preferences.model_validate(
        {
            "basis": "drawn for a test",
            "reservation": (point,) * 3,
            "values": values,
            "mandate": mandate,
            "back_table": BackTable(seats=seats) if seats else None,
            "trust": {other: Trust(prior=(0.2, 0.3, 0.5)) for other in file.parties if other != about},
        }
    )


@st.composite
def _evidence(draw: st.DrawFn, file: CaseFile) -> Evidence:
    days = st.dates(dt.date(2018, 1, 1), AS_OF)
    parties, issues = st.sampled_from(sorted(file.parties)), st.sampled_from(sorted(file.issues))
    text = st.sampled_from(("said, and meant", 'the "deal"', "two\nlines", "=1+1", "Zürich"))
    events = [
        Event(
            date=draw(days),
            actor=draw(parties),
            kind=draw(st.sampled_from(("word", "deed"))),
            event=draw(text),
            sign=draw(st.integers(-2, 2)),
            source="a",
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    positions = []
    for _ in range(draw(st.integers(0, 2))):
        issue = draw(issues)
        option = draw(st.sampled_from(list(file.issues[issue].options)))
        positions.append(Position(date=draw(days), party=draw(parties), issue=issue, option=option, status="tabled", source="b"))
    claims = [
        Claim(
            holder=draw(parties),
            category="warheads",
            low=10,
            central=draw(st.integers(10, 30)),
            high=30,
            unit="pieces",
            as_of="2018-06",
            published="2018-07",
            kind=draw(st.sampled_from(("declared", "estimated", "verified"))),
            claimant="somebody",
            source="c",
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    commitments = [
        Commitment(agreement="A", signed=draw(days), party=draw(parties), commitment="to do it", outcome=0.5, source="d")
    ]
    documents = (Document(name="text.txt", text="The parties agree.\n"),)
    return Evidence(
        claims=tuple(claims),
        events=tuple(events),
        positions=tuple(positions),
        commitments=tuple(commitments),
        documents=documents,
    )


def write(case: Case, folder: Path) -> Path:
    """The case as a folder on disk (made if absent); reading it gives the same value but for name, digest and notes."""
    put(folder / "case.yaml", yaml(plain(case.file)))
    for holder, about in case.preferences.items():
        for party, preferences in about.items():
            put(folder / "preferences" / holder / f"{party}.yaml", yaml(plain(preferences)))
    for name, model in TABLES.items():
        rows = getattr(case.evidence, name)
        if rows:
            put(
                folder / "evidence" / f"{name}.csv",
                table(list(model.model_fields), [row.model_dump(mode="json") for row in rows]),
            )
    for document in case.evidence.documents:
        put(folder / "evidence" / "documents" / document.name, document.text)
    return folder


def put(path: Path, text: str) -> None:
    """Write one file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def plain(part: Doc) -> dict[str, Any]:
    """A part of a case as the plain data of its file: options stand beside `why`, defaults are left out."""
    data: dict[str, Any] = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(part, Preferences):
        data["values"] = {issue: _beside(entry) for issue, entry in data["values"].items()}
        for seat in (data.get("back_table") or {}).get("seats", {}).values():
            seat["positions"] = {issue: _beside(entry) for issue, entry in seat["positions"].items()}
    return data


def _beside(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry["options"], **{key: value for key, value in entry.items() if key != "options"}}


def table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV with a header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def yaml(data: Mapping[str, Any], indent: str = "", blocks: int = 3) -> str:
    """Plain data as block YAML for the outer levels and JSON within."""
    lines = []
    for key, value in data.items():
        if isinstance(value, dict) and value and blocks:
            lines.append(f"{indent}{json.dumps(key, ensure_ascii=False)}:\n{yaml(value, indent + '  ', blocks - 1)}")
        else:
            lines.append(f"{indent}{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}\n")
    return "".join(lines)
