from __future__ import annotations

import dataclasses
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from report import sample_ground
from report.sample import findings, free, frontier, idea, verdict
from summitry import publish
from summitry.deals.gates.gate import Gate
from summitry.document import Phrase
from summitry.reasons import reason
from summitry.report import data as plain_data
from summitry.report import figures, page
from summitry.report.figures.deals import measure
from summitry.report.pdf import template
from summitry.study import Omission
from summitry.wording import Names, Wording, numbers

if TYPE_CHECKING:
    from summitry.study import Findings

HOSTILE = '#read("/etc/passwd") <script>alert(1)</script> $x^2$ =cmd|\' /C calc\'!A0 *b* _i_ `c` @ref \\u{41} {{7*7}} ]] // "'


def pdf(found: Findings) -> bytes:
    return publish.render(found)["brief.pdf"]


def text(data: bytes) -> str:
    reader = PdfReader(io.BytesIO(data))
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text().replace("\N{ZERO WIDTH SPACE}", "")


def squeezed(words_shown: str) -> str:
    return re.sub(r"\s+", "", words_shown)


def size(found: Findings) -> str:
    """The type size that the template chose, or overflow."""
    drawn = page.picked(figures.drawn(found))
    return chosen(page.data(page.content(found), drawn, {figure.key: figures.svg(figure) for figure in drawn}))


def chosen(data: str) -> str:
    told = typst.query(
        template(page.TEMPLATE), "<size>", field="value", one=True, ignore_system_fonts=True, sys_inputs={"data": data}
    )
    return str(json.loads(told))


def everywhere(shown: str) -> Findings:
    """The sample with every title and free text replaced by `shown`."""
    found = findings()
    assert found.rung is not None
    assert found.plan is not None
    assert found.record is not None
    start = dataclasses.replace(verdict(), title=shown, moves={f"{key}": shown for key in found.names})
    change = dataclasses.replace(found.rung.flips[0], what=free(shown), effect=free(shown))
    later = dataclasses.replace(idea(), title=shown, opens=(change,), source=shown)
    steps = tuple(dataclasses.replace(s, before=shown, after=shown, verification=shown) for s in found.plan.steps)
    claims = tuple(dataclasses.replace(c, claimant=shown, source=shown, as_of=shown) for c in found.holdings[0].claims)
    deeds = tuple(dataclasses.replace(d, what=shown, source=shown, date=shown) for d in found.record.deeds * 4)
    beliefs = tuple(
        dataclasses.replace(b, contributions=tuple(dataclasses.replace(c, what=shown) for c in b.contributions))
        for b in found.record.beliefs
    )
    assert found.signals is not None
    told = dataclasses.replace(
        found.signals,
        events=tuple(
            dataclasses.replace(e, what=shown, why=free(shown), source=shown, measured=free(shown)) for e in found.signals.events
        ),
        trend=tuple(dataclasses.replace(t, why=free(shown)) for t in found.signals.trend),
        reciprocity=tuple(dataclasses.replace(r, why=(free(shown),)) for r in found.signals.reciprocity),
        ask=tuple(dataclasses.replace(ask, why=free(shown)) for ask in found.signals.ask),
    )
    table = found.homes[0].support
    assert table is not None
    law = dataclasses.replace(table.laws[0], name=shown, source=shown)
    table = dataclasses.replace(table, laws=(law,), changes=(change,), moves=start.moves)
    return dataclasses.replace(
        found,
        homes=(dataclasses.replace(found.homes[0], support=table), found.homes[1]),
        title=shown,
        as_of=found.as_of,
        names=dict.fromkeys(found.names, shown),
        rung=dataclasses.replace(found.rung, best=start, flips=(change,), candidates=free(shown)),
        ideas=(later,),
        plan=dataclasses.replace(found.plan, title=shown, steps=steps),
        holdings=(
            dataclasses.replace(
                found.holdings[0],
                category=shown,
                unit=shown,
                method=(reason("holdings.nothing.unit", unit=shown),),
                claims=claims,
            ),
        ),
        record=dataclasses.replace(found.record, deeds=deeds, beliefs=beliefs),
        signals=told,
        groundwork=sample_ground.groundwork(shown),
        readiness=sample_ground.readiness(shown),
        omitted=tuple(Omission("price", reason("study.refused", problem=shown)) for _ in range(9)),
        notes=(reason("study.note", note=shown),) * 2,
    )


def test_the_page_is_one_tagged_a4_page_with_title_and_language() -> None:
    reader = PdfReader(io.BytesIO(pdf(findings())))
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.metadata is not None
    assert reader.metadata.title == findings().title
    assert reader.metadata.creation_date is None
    root = reader.root_object
    assert str(root["/Lang"]) == "en"
    assert "/StructTreeRoot" in root
    assert "/MarkInfo" in root
    assert b"pdfuaid:part" in pdf(findings())


def test_the_same_findings_give_the_same_bytes() -> None:
    assert publish.render(findings()) == publish.render(findings())


def test_the_page_says_swap_price_gate_blocker_step_and_provenance() -> None:
    shown = squeezed(text(pdf(findings())))
    for said in (
        "They give (Borduria)",
        "We give (Aland)",
        "Inventory of mines and depots: complete, with coordinates",
        "Port tariff: halved for one year",
        "about 70 %",
        "The whole fleet for every mine",
        "Aland's Senate",
        "one squadron",
        "60 mines in lane 2 cleared",
        "survey of two depots",
        "3f9a1c5e7b2d",
        "20240229",
        "judgements",
    ):
        assert squeezed(said) in shown, said


def test_every_number_of_the_page_stands_in_findings_json() -> None:
    found = findings()
    document = json.loads(plain_data.findings_json(found))
    known = squeezed(json.dumps(document["page"], ensure_ascii=False)) + squeezed(json.dumps(document["names"]))
    ticks = " ".join(re.findall(r"<text[^>]*>(.*?)</text>", "".join(figures.svg(f) for f in page.picked(figures.drawn(found)))))
    told = text(pdf(found))
    numbers = set(re.findall(r"\d+(?:[.,]\d+)?", told)) - set(re.findall(r"\d+(?:[.,]\d+)?", ticks))
    assert len(numbers) > 15
    assert [n for n in sorted(numbers) if n not in known] == []


def test_every_number_of_the_page_comes_from_the_key_it_names() -> None:
    document = json.loads(plain_data.findings_json(findings()))
    assert len(document["page"]["numbers"]) > 15
    for entry in document["page"]["numbers"]:
        value = document
        for key in re.findall(r"[^.\[\]]+", entry["from"]):
            value = value[int(key)] if isinstance(value, list) else value[key]
        assert value == entry["value"], entry


def test_text_of_a_case_is_shown_and_never_evaluated() -> None:
    shown = text(pdf(everywhere(HOSTILE)))
    assert "root:" not in shown
    assert squeezed('#read("/etc/passwd") <script>') in squeezed(shown)
    assert "$x^2$" in shown


def test_pictures_give_way_before_the_page_overflows() -> None:
    tall = figures.Figure("tall", "Is it tall?", {}, "tall")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="900"><rect width="100" height="900"/></svg>'
    assert chosen(page.data(page.content(findings()), [tall] * 3, {"tall": svg})) != "overflow"


@pytest.mark.parametrize("character", ["W", "i", "long words of an endless title ", "\N{EM DASH}"])
def test_titles_of_any_length_neither_overflow_nor_add_a_page(character: str) -> None:
    found = everywhere(character * 900)
    assert size(found) != "overflow"
    text(pdf(found))


def test_what_does_not_fit_is_announced() -> None:
    shown = squeezed(text(pdf(everywhere("A title of a reasonable length"))))
    assert squeezed("more in the book") in shown


@settings(max_examples=12)
@given(st.text(max_size=120))
def test_any_text_gives_one_page(shown: str) -> None:
    text(pdf(everywhere(shown)))


def test_a_missing_part_is_named_with_its_reason() -> None:
    bare = dataclasses.replace(
        findings(),
        record=None,
        signals=None,
        frontier=None,
        rung=None,
        ideas=(),
        price=None,
        ladder=None,
        plan=None,
        homes=(),
        groundwork=None,
        holdings=(),
        declaration=None,
        inspections=(),
        omitted=(
            Omission("words and deeds", reason("study.refused", problem="the case has no events")),
            Omission("price", reason("study.refused", problem="no deliverable is named")),
            Omission("rung", reason("study.refused", problem="no values are given")),
            Omission("plan", reason("study.refused", problem="nothing to put in order")),
        ),
    )
    shown = squeezed(text(pdf(bare)))
    for said in ("no events", "no deliverable is named", "no values are given", "nothing to put in order"):
        assert squeezed(said) in shown
    assert figures.drawn(bare) == ()


def test_where_nothing_passes_the_page_shows_the_nearest_miss_and_the_gate() -> None:
    found = findings()
    assert found.rung is not None
    missed = dataclasses.replace(found, rung=dataclasses.replace(found.rung, best=None, nearest=idea(), flips=()))
    shown = squeezed(text(pdf(missed)))
    assert squeezed("no swap passes all gates today") in shown
    assert squeezed("Why not yet: Homes ratify too") in shown


def test_allies_give_together_under_one_heading() -> None:
    found = findings()
    allied = dataclasses.replace(
        found,
        names={**found.names, "sildavia": "Sildavia"},
        givers={**found.givers, "inspectors": ("sildavia",)},
        sides={"aland": "west", "sildavia": "west", "borduria": "borduria"},
    )
    sides = {side["who"]: side["moves"] for side in page.content(allied)["start"]["sides"]}
    assert sides["We give (Sildavia and Aland)"] == [
        "Inspectors at the straits: resident (Sildavia)",
        "Port tariff: halved for one year (Aland)",
    ]


def test_deeds_of_others_are_not_counted_as_surrendered_by_the_other_side() -> None:
    found = findings()
    assert found.record is not None
    own = dataclasses.replace(
        found.record.deeds[0],
        what="pilots lent to the Straits Office",
        weight="substantive",
        date="1934-01-10",
        actors=("aland",),
    )
    record = dataclasses.replace(found.record, deeds=(own, *found.record.deeds[::-1]))
    assert [d.what for d in dataclasses.replace(found, record=record).other_deeds] == [
        "60 mines in lane 2 cleared",
        "4 stranded crews sent home",
    ]


def test_a_deed_is_credited_to_those_who_did_it_and_not_to_a_name_inside_another_name() -> None:
    found = findings()
    assert found.record is not None
    deed = dataclasses.replace(found.record.deeds[0], what="froze a site", actors=("north",))
    joint = dataclasses.replace(deed, what="opened a road", actors=("borduria", "north"))
    titled = dataclasses.replace(
        found,
        names={**found.names, "borduria": "Korea"},
        record=dataclasses.replace(found.record, deeds=(deed, joint)),
    )
    assert [d.what for d in titled.other_deeds] == ["opened a road"]


def test_characters_without_a_font_are_announced_and_do_not_stop_the_page() -> None:
    shown = text(pdf(dataclasses.replace(findings(), title="\U00013000 \U00013001")))
    assert squeezed("no font on this computer") in squeezed(shown)


@given(st.floats(0, 1), st.floats(0, 1))
def test_probabilities_that_differ_are_shown_alike_only_within_one_percent(a: float, b: float) -> None:
    step = numbers.telling_grain(a, b)
    if numbers.about_percent(a, step) == numbers.about_percent(b, step):
        assert abs(a - b) <= 0.0151


@pytest.mark.parametrize(
    ("score", "told"),
    [
        (0.4961, "about 49.6 %, needs 50 %"),
        (0.49999, "just under 50 %, needs 50 %"),
        (0.50001, "just over 50 %, needs 50 %"),
        (0.51, "about 51 %, needs 50 %"),
        (0.61, "about 60 %, needs 50 %"),
        (0.5, "50 %, needs 50 %"),
    ],
)
def test_a_score_near_its_threshold_shows_on_which_side_it_is(score: float, told: str) -> None:
    gate = Gate("accept", score >= 0.5, score, 0.5, (), free(""))
    kind = measure(verdict(), gate)
    assert Wording(Names()).text(Phrase(f"gate.score.{kind}"), gate).replace(numbers.NBSP, " ") == told


@given(st.floats(0, 1), st.integers(1, 999))
def test_what_is_said_of_a_score_is_never_true_on_the_other_side_of_its_threshold(score: float, thousandths: int) -> None:
    limit = thousandths / 1000
    written = numbers.percent_beside(score, limit)
    head, number = ("", written) if isinstance(written, str) else written
    shown, threshold = float(number.removesuffix(f"{numbers.NBSP}%")), 100 * limit
    if head.startswith("just"):
        assert head == ("just over" if score > limit else "just under")
    elif not head:
        assert score == limit
    elif head == "under":
        assert score < limit
        assert shown <= threshold
    elif head == "over":
        assert score > limit
        assert shown >= threshold
    else:
        assert (shown > threshold) == (score > limit)


def test_a_load_just_over_its_limit_is_not_shown_as_the_limit() -> None:
    tight = dataclasses.replace(verdict(), load=1.002, trust_needed={}, trust={})
    gate = Gate("trust", False, 1.002, 1.0, (), free(""))  # noqa: FBT003 (closed)
    kind = measure(tight, gate)
    assert Wording(Names()).text(Phrase(f"gate.score.{kind}"), gate) == "load 1.002, at most 1"


def test_a_frontier_of_many_points_is_thinned_with_both_ends_and_says_so() -> None:
    found = dataclasses.replace(findings(), frontier=frontier(5001))
    drawn = {figure.key: figure for figure in figures.drawn(found)}["frontier"]
    points = drawn.spec["layer"][0]["data"]["values"]
    assert len(points) == 2000
    assert (points[0], points[-1]) == ({"x": 0.0, "y": 18.0}, {"x": 20.0, "y": 0.0})
    assert drawn.notes == ("2,000 of 5,001 points are drawn, evenly spread; both ends are kept.",)


@pytest.mark.parametrize(("parties", "shown"), [(3, 3), (4, 2)])
def test_the_steps_show_what_each_of_up_to_three_parties_holds(parties: int, shown: int) -> None:
    found = findings()
    assert found.plan is not None
    known = list(dict.fromkeys((found.principal, found.other, "third", "fourth")))[:parties]
    plan = dataclasses.replace(found.plan, exposure={str(p): 1.0 for p in known})
    said = page.content(dataclasses.replace(found, plan=plan))["steps"]
    assert len(said["parties"]) == shown
    assert all(len(row["held"]) == shown for row in said["rows"])
