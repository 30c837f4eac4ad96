from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import json
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.build import case, event
from foreign import FOREIGN, install
from report.sample import findings, free, frontier
from report.test_page import HOSTILE, everywhere
from summitry.deals.gates.gate import Gate
from summitry.evidence.conduct import record
from summitry.evidence.credibility import signals
from summitry.evidence.seriousness import updated
from summitry.plan.timeline import Decision, Moment, StopLoss, Verification
from summitry.reasons import Reason
from summitry.report import figures
from summitry.report.figures import deals, plan, style
from summitry.report.figures.evidence import fused
from summitry.report.figures.style import milliseconds
from summitry.wording import Names, Wording, messages, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from summitry.case.rows import Event
    from summitry.evidence.months import DriftBreak
    from summitry.plan.schedule import Plan
    from summitry.study import Findings

FREE = {"label"}
FREE_PATHS = {"title.text", "title.subtitle", "axis.title"}


def strings(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, "KEY"), key
            yield from strings(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, path)
    elif isinstance(value, str):
        yield path, value


def test_there_is_a_figure_for_every_question() -> None:
    assert list(figures.specs(findings())) == [
        "gates",
        "inventory",
        "declaration",
        "looked-in-vain",
        "inspections",
        "words-and-deeds",
        "belief",
        "frontier",
        "support",
        "win-sets",
        "ladder",
        "exposure",
        "gantt",
        "groundwork",
    ]


def test_specs_are_plain_json() -> None:
    specs = figures.specs(findings())
    assert json.loads(json.dumps(specs, allow_nan=False)) == specs


def test_case_text_enters_specs_only_as_labels_and_title_lines() -> None:
    plain = {spec: {s for _, s in strings(body)} for spec, body in figures.specs(findings()).items()}
    for name, body in figures.specs(everywhere(HOSTILE)).items():
        for path, string in strings(body):
            free = path[-1] in FREE or ".".join(path[-2:]) in FREE_PATHS
            assert free or string in plain[name], (name, path, string)
        assert not {"expr", "signal", "calculate", "filter", "href", "url"} & {s for p, s in strings(body) if p[-1] == "KEY"}


def test_hostile_text_stays_text_in_the_svg() -> None:
    for figure in figures.drawn(everywhere(HOSTILE)):
        root = ET.fromstring(figures.svg(figure))  # noqa: S314 (our own renderer's output)
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "g", "path", "line", "rect", "text", "tspan", "defs", "clipPath"}, tags
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"]


def test_no_reordering_character_reaches_what_a_figure_says_in_words() -> None:
    (figure,) = figures.drawn(findings())[:1]
    told = figures.svg(dataclasses.replace(figure, alt="Deal \u2066reordered\u2069 \u202eand more"))
    assert not set("\u2066\u2069\u202e") & set(told)


def test_every_figure_is_as_wide_as_the_others_and_drawn_the_same_twice() -> None:
    for figure in figures.drawn(findings()):
        first = figures.svg(figure)
        assert first == figures.svg(figure)
        assert abs(float(ET.fromstring(first).attrib["width"]) - 360) < 25  # noqa: S314 (our own renderer's output)


def test_ids_are_unique_across_the_figures_of_one_document() -> None:
    found: list[str] = []
    for figure in figures.drawn(findings()):
        found += [e.attrib["id"] for e in ET.fromstring(figures.svg(figure)).iter() if "id" in e.attrib]  # noqa: S314 (our own renderer's output)
    assert len(found) == len(set(found))


def test_an_untested_gate_is_drawn_as_not_tested() -> None:
    found = findings()
    assert found.rung is not None
    assert found.rung.best is not None
    untested = tuple(dataclasses.replace(g, passed=None, score=None) if g.name == "trust" else g for g in found.rung.best.gates)
    best = dataclasses.replace(found.rung.best, gates=untested)
    drawn = figures.drawn(dataclasses.replace(found, rung=dataclasses.replace(found.rung, best=best)))[0]
    assert "not tested" in figures.svg(drawn)


def test_quantiles_are_read_from_any_of_the_usual_names() -> None:
    assert fused({"p05": 1.0, "p20": 2.0, "p50": 3.0, "p80": 4.0, "p95": 5.0}) == (1.0, 3.0, 5.0)
    assert fused({"0.95": 5.0, "0.5": 3.0, "0.05": 1.0}) == (1.0, 3.0, 5.0)
    assert fused({"low": 1.0, "mode": 2.0, "high": 5.0}) == (1.0, 2.0, 5.0)
    assert fused(None) is None


def test_breaks_are_marked_where_the_record_has_them_and_within_the_months_that_are_drawn() -> None:
    found = findings()
    told = found.signals
    assert told is not None

    def breaks(*jumps: DriftBreak) -> figures.Figure:
        changed = dataclasses.replace(found, signals=dataclasses.replace(told, breaks=jumps))
        return next(figure for figure in figures.drawn(changed) if figure.key == "words-and-deeds")

    jump = told.breaks[0]
    marked = breaks(jump)
    assert figures.svg(marked).count(">break<") == 1
    assert jump.month in marked.alt
    assert marked.notes != breaks().notes
    for other in (dataclasses.replace(jump, month="1931-01"), dataclasses.replace(jump, doer="aland")):
        assert breaks(other) == breaks()


def with_record_of(events: list[Event]) -> Findings:
    """The sample with the signals of events in which `north` speaks and acts; it takes the place of the other party."""
    told = case(events=events)
    seen = record(told)
    assert seen is not None
    made = signals(told, seen, path=False)
    assert made is not None
    found = findings()
    assert found.signals is not None
    changed = dataclasses.replace(
        found.signals,
        dissonance=tuple(dataclasses.replace(row, speaker="aland", doer="aland") for row in made.dissonance),
        breaks=tuple(dataclasses.replace(row, speaker="aland", doer="aland") for row in made.breaks),
    )
    return dataclasses.replace(found, signals=changed)


def jumping(first: int = 12, months: int = 24) -> list[Event]:
    """Words stay friendly; deeds turn hostile in the month `first` after January 2015, with a little noise of fixed signs."""
    days = [f"{2015 + k // 12}-{k % 12 + 1:02d}" for k in range(months)]
    words = [event(f"{day}-05", f"speech {k}", 1.0 + 0.2 * (k % 2), kind="word") for k, day in enumerate(days)]
    deeds = [event(f"{day}-20", f"act {k}", (1.2 if k < first else -1.4) + 0.1 * (k % 3)) for k, day in enumerate(days)]
    return words + deeds


@pytest.mark.parametrize("first", [8, 12, 17])
def test_the_mark_of_a_break_stands_at_the_month_from_which_the_record_jumps(first: int) -> None:
    drawn = [f for f in figures.drawn(with_record_of(jumping(first))) if f.key == "words-jump"]
    (figure,) = drawn
    month = dt.date(2015 + first // 12, first % 12 + 1, 1)
    marks = [row for layer in figure.spec["layer"] for row in layer["data"]["values"] if row.get("label") == "break"]
    assert {row["x"] for row in marks} == {milliseconds(month)}
    assert all(row["low"] <= row["x"] <= row["high"] for row in marks if "low" in row)
    assert month.isoformat()[:7] in figure.alt
    assert "Aland" in figure.question


def test_a_pair_is_drawn_again_only_where_a_break_is_not_yet_shown() -> None:
    found = findings()
    assert found.signals is not None
    assert "words-jump" not in figures.specs(found)
    own = found.signals.breaks[0]
    both = dataclasses.replace(found.signals, breaks=(own, dataclasses.replace(own, speaker="aland")))
    assert "words-jump" in figures.specs(dataclasses.replace(found, signals=both))


def test_words_below_deeds_are_said_to_lie_below() -> None:
    found = findings()
    assert found.record is not None
    months = found.record.months["borduria"]
    turned = tuple(
        dataclasses.replace(m, words=None if m.words is None else -m.words, deeds=None if m.deeds is None else -m.deeds)
        for m in months
    )
    changed = dataclasses.replace(found, record=dataclasses.replace(found.record, months={"borduria": turned}))
    texts = [next(f.alt for f in figures.drawn(f_) if f.key == "words-and-deeds") for f_ in (found, changed)]
    assert "above deeds" in texts[0]
    assert "below deeds" in texts[1]
    assert "−" not in texts[1].partition("mean sign from −2 to +2")[2].partition(" The gap")[0]


def test_waterfall_ends_at_the_belief_by_the_record() -> None:
    found = findings()
    assert found.record is not None
    belief = found.record.beliefs[0]
    moved = math.fsum(piece.log_ratio for piece in belief.contributions)
    after = updated(belief.prior[1], moved)
    drawn = next(figure for figure in figures.drawn(found) if figure.key == "belief")
    rows = [row for layer in drawn.spec["layer"] for row in layer["data"]["values"] if "belief" in row]
    last = max(rows, key=lambda row: row["y"])
    assert last["belief"] == pytest.approx(after)
    assert last["to"] == pytest.approx(moved)


@pytest.mark.parametrize("seed", range(20))
def test_a_name_beside_its_mark_stays_inside_the_picture_and_off_other_names(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.permutation(["Nash", "Kalai-Smorodinsky = Nash = Raiffa", "START HERE", "egalitarian"])[:3].tolist()
    marks = [{"label": label, "x": rng.random(), "y": rng.random()} for label in labels]
    channel = style.quantity("x", (0.0, 1.0))
    boxes = []
    for layer in deals.mark_names(marks, channel, channel)[1::2]:  # each name follows its halo
        (row,), at = layer["data"]["values"], layer["encoding"]
        wide = style.breadth(row["label"]) * deals.LETTER
        left = at["x"]["value"] - (wide if layer["mark"]["align"] == "right" else 0)
        boxes.append((left, at["y"]["value"] - 7, left + wide, at["y"]["value"] + 7))
    assert all(left >= 0 and right <= deals.PLOT + 8 for left, _, right, _ in boxes)
    assert not any(a is not b and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a in boxes for b in boxes)


def test_a_name_of_a_step_too_long_for_a_line_takes_two_in_the_plan() -> None:
    found = findings()
    assert found.plan is not None
    first = found.plan.steps[0].issue
    named = dataclasses.replace(found, names={**found.names, first: "Isla's vessels in Norland's waters"})
    drawn = {figure.key: json.dumps(figure.spec) for figure in figures.drawn(named)}["gantt"]
    assert '"label": ["1. Isla\'s vessels in Norland\'s", "waters"]' in drawn


def test_days_are_never_better_the_more_there_are() -> None:
    gate = Gate("time", passed=True, score=90.0, needed=180.0, who=(), why=free(""))
    bars = {days: deals.reach(dataclasses.replace(gate, score=days)) for days in (90.0, 120.0, 180.0)}
    assert list(bars.values()) == sorted(bars.values(), key=lambda bar: -(bar or 0.0))
    assert bars[180.0] == 1.0
    late = deals.reach(dataclasses.replace(gate, passed=False, score=360.0))
    assert late == 0.5
    assert deals.reach(dataclasses.replace(gate, passed=False, score=90.0)) is None


def test_nothing_stops_after_the_last_step() -> None:
    found = findings()
    assert found.plan is not None
    assert len(found.plan.steps) > 1
    last = dataclasses.replace(found.plan.steps[-1], held=dict.fromkeys(found.plan.steps[-1].held, -987.0))
    changed = dataclasses.replace(found, plan=dataclasses.replace(found.plan, steps=(*found.plan.steps[:-1], last)))
    assert "-987" not in json.dumps({f.key: f.spec for f in figures.drawn(changed)}["exposure"])


def full_plan(course: tuple[Moment, ...] = (), decisions: tuple[Decision, ...] = ()) -> Plan:
    """The sample's plan with everything that a picture of one shows."""
    sample = findings().plan
    assert sample is not None
    first, last = sample.steps[0], sample.steps[-1]
    parties = list(sample.exposure)
    every = dict.fromkeys(parties, 0.0)
    days = course or tuple(
        Moment(date, every, {**every, parties[0]: exposed})
        for date, exposed in ((first.start, 0.2), (first.end, 0.5), (last.start, 0.3), (last.end, 0.0))
    )
    points = decisions or (Decision("D1", first.end, first.id, (), last.end, every, {**every, parties[0]: 0.4}, every),)
    check = Verification("v", first.id, first.end, last.end, "", 1, None, None, free(""), {})
    return dataclasses.replace(
        sample,
        start=first.start,
        horizon=last.start,
        course=days,
        decisions=points,
        verifications=(check,),
        stop_loss=(StopLoss(parties[0], 0.45, "stated", 0.5, "", ""),),
    )


def figure_of(draw: Callable[[Plan, figures.Words], figures.Figure | None], subject: Plan) -> figures.Figure:
    figure = draw(subject, figures.Words(Wording(Names(findings().names, principal="aland"), messages())))
    assert isinstance(figure, figures.Figure)
    return figure


def labels(spec: object) -> set[str]:
    return {string for path, string in strings(spec) if path[-1] in FREE or ".".join(path[-2:]) in FREE_PATHS}


CASE_TEXTS = {"category", "unit", "of", "title", "what", "claimant"}


def foreign(value: Any) -> Any:  # noqa: ANN401 (any data)
    """Data with every text of a case in letters that no word of ours has."""
    if isinstance(value, tuple):
        return tuple(map(foreign, value))
    if isinstance(value, Reason) and value.code == "study.note":
        return dataclasses.replace(value, values={"note": FOREIGN})
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    changed = {n: FOREIGN if n in CASE_TEXTS and isinstance(v, str) and v else foreign(v) for n, v in fields.items()}
    return dataclasses.replace(value, **changed)


def test_every_word_of_a_picture_comes_from_the_catalogue_or_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = foreign(everywhere(FOREIGN))
    assert found.signals is not None
    assert found.frontier is not None
    own = found.signals.breaks[0]
    breaks = (own, dataclasses.replace(own, speaker="aland"))
    found = dataclasses.replace(found, plan=full_plan(), signals=dataclasses.replace(found.signals, breaks=breaks))
    untested = tuple(dataclasses.replace(gate, passed=None) for gate in found.ideas[0].gates)
    changed = dataclasses.replace(
        found,
        ideas=(dataclasses.replace(found.ideas[0], gates=untested),),
        frontier=frontier(5001),
        rung=dataclasses.replace(found.rung, best=None, nearest=found.rung.best),
        inspections=found.inspections * 9,
        holdings=found.holdings * 9,
    )
    name = install(tmp_path, monkeypatch)
    pictures = [*figures.drawn(found, name), *figures.drawn(changed, name)]
    pictures += figures.of_answer(found.frontier, ["frontier"], Wording(found.plain_names, messages(name)))
    assert {figure.key for figure in pictures} >= {*figures.specs(findings()), "words-jump", "staircase", "stops"}
    for figure in pictures:
        for words in (figure.question, figure.alt, *figure.notes, *labels(figure.spec)):
            rest = re.sub(r"\bD\d+\b", "", words)  # numbers of decision points
            assert not re.search(r"[A-Za-z]", rest), (figure.key, words)


def test_pictures_and_catalogue_name_the_same_messages() -> None:
    sources = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(figures.__file__).parent.glob("*.py")]
    texts = {node.value for tree in sources for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    own = {code.removeprefix("figure.") for code in messages() if code.startswith("figure.")}
    by_style = {m for m in own if re.search(r"\.kind\.\w+$", m) and not m.startswith("win-sets.alt")}
    assert own - by_style - texts == set()
    calls = [node for tree in sources for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    codes = {
        constant.value
        for call in calls
        if getattr(call.func, "id", "") == "words" or getattr(getattr(call.func, "value", None), "id", "") == "words"
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant)
    }
    assert len(codes) > 100
    assert codes - own == set()


def test_a_step_that_both_sides_give_is_drawn_as_shared_and_as_ours() -> None:
    sample = full_plan()
    for givers, ours, shared in ((("aland",), True, False), (("borduria",), False, False), (("borduria", "aland"), True, True)):
        steps = (dataclasses.replace(sample.steps[0], givers=givers), *sample.steps[1:])
        figure = figure_of(plan.gantt, dataclasses.replace(sample, steps=steps))
        (bar,) = [
            row
            for layer in figure.spec["layer"]
            for row in layer["data"]["values"]
            if "shared" in row and row["y"] == 0 and "mark" in layer
            if layer["mark"]["type"] == "bar"
        ]
        assert (bar["ours"], bar["shared"]) == (ours, shared)
        assert ("alone or with others" in figure.notes[0]) == shared


@pytest.mark.parametrize("worst", range(3))
def test_the_picture_of_what_a_party_holds_names_its_deepest_stop(worst: int) -> None:
    sample = full_plan()
    step, party = sample.steps[0], next(iter(sample.exposure))
    values = [0.5, -1.0, -2.0]
    values[worst] = -7.5
    steps = tuple(dataclasses.replace(step, id=f"s{k}", held={party: value}) for k, value in enumerate([*values, -99.0]))
    figure = figure_of(plan.exposure, dataclasses.replace(sample, steps=steps))
    assert [label for label in labels(figure.spec) if "after step" in label and not label.startswith("if ")] == [
        f"−7.5 after step {worst + 1}"
    ]


@pytest.mark.parametrize("deepest", range(4))
def test_the_staircase_names_the_most_that_a_party_is_ever_exposed_to(deepest: int) -> None:
    sample = full_plan()
    party = next(iter(sample.exposure))
    exposed = [0.2, 0.3, 0.1, 0.0]
    exposed[deepest] = 0.77
    days = tuple(
        dataclasses.replace(day, exposure={**day.exposure, party: e}) for day, e in zip(sample.course, exposed, strict=True)
    )
    figure = figure_of(plan.staircase, dataclasses.replace(sample, course=days))
    assert "0.77" in labels(figure.spec)
    assert "at most 0.77" in figure.alt
    (mark,) = [
        row for panel in figure.spec["vconcat"] for layer in panel["layer"] for row in layer["data"]["values"] if "label" in row
    ]
    assert mark["x"] == milliseconds(days[deepest].date)


def test_a_limit_is_drawn_only_where_it_lies_in_sight_and_named_only_where_it_is_finite() -> None:
    sample = full_plan()
    stop = sample.stop_loss[0]
    for limit, line, title in ((0.45, True, True), (99.0, False, True), (math.inf, False, False)):
        changed = dataclasses.replace(sample, stop_loss=(dataclasses.replace(stop, limit=limit),))
        (panel,) = figure_of(plan.staircase, changed).spec["vconcat"]
        assert any(layer["mark"].get("strokeDash") for layer in panel["layer"]) is line
        assert ("limit" in " ".join(panel["title"]["text"])) is title


def test_stops_show_what_a_party_has_at_the_last_point_that_is_drawn() -> None:
    sample = full_plan()
    point, party = sample.decisions[0], next(iter(sample.exposure))
    points = tuple(dataclasses.replace(point, id=f"D{k}", hold={**point.hold, party: k / 10}) for k in range(1, 11))
    figure = figure_of(plan.stops, dataclasses.replace(sample, decisions=points))
    assert "stops at D8" in figure.alt
    assert " 0.8, then 0" in figure.alt
    assert "The first 8 of 10 decision points are drawn." in figure.notes


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_two_shares_are_written_alike_just_where_they_are_equal(one: float, other: float) -> None:
    written = numbers.percent_apart(one, other), numbers.percent_apart(other, one)
    assert (written[0] == written[1]) == (one == other)
