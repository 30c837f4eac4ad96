"""What an audit of a text finds: the commitments with their words, what they lack, what is recycled, what a person corrects."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from evidence.measure import lines, marked, measured
from oracles.reuse import compare as plainly
from summitry import load
from summitry.case import dates
from summitry.case.rows import Correction
from summitry.evidence.texts import documents, reuse, terms
from summitry.evidence.texts.audit import FIELDS, PARTS, Audit, Promise, Text, audit_text
from summitry.evidence.texts.clauses import sentences
from summitry.evidence.texts.documents import corrected

FLOORS = {
    "tuned": {
        "commitment": (0.95, 0.95), "actor": (0.95, 0.95), "act": (0.95, 0.95), "object": (0.90, 0.90), "quantity": (0.95, 0.95),
        "deadline": (0.85, 0.90), "verification": (0.95, 0.95), "condition": (0.95, 0.95), "reciprocity": (0.60, 0.60),
    },
    "held out": {
        "commitment": (0.90, 0.90), "actor": (0.90, 0.90), "act": (0.90, 0.90), "object": (0.70, 0.70), "quantity": (0.85, 0.70),
        "deadline": (0.85, 0.90), "verification": (0.95, 0.70), "condition": (0.95, 0.95), "reciprocity": (0.95, 0.95),
    },
}  # fmt: skip
SIGNED = dt.date(2007, 2, 13)


def of(name: str, case: str = "korea-2019") -> Audit:
    return next(a for a in documents.audits(load(case)) if a.text == name)


def one(text: str, signed: dt.date | None = None) -> Promise:
    (found,) = audit_text(Text("text", text, signed)).commitments
    return found


def words(found: Promise, name: str) -> list[str]:
    return [w.words for w in found.fields[name]]


def test_a_condition_verifies_nothing_and_a_start_is_half_a_deadline() -> None:
    found = one("Norland shall admit fifteen vessels from 1 June 2026, provided that Isla has admitted observers.")
    assert words(found, "verification") == []
    assert words(found, "condition") == ["provided that Isla has admitted observers"]
    assert [(w.kind, w.value) for w in found.fields["deadline"]] == [("start", "2026-06-01")]
    assert (found.parts["deadline"], found.parts["verification"]) == (0.5, 0.0)
    until = one("Norland shall admit fifteen vessels from 1 June 2026 until 1 June 2027.")
    assert until.parts["deadline"] == 1.0
    assert one("Isla shall pay within 60 days from 1 June 2026.").parts["deadline"] == 1.0


def test_who_sees_to_a_condition_still_counts() -> None:
    found = one("Norland shall lift the ban once the cut is verified by the Science Council.")
    assert words(found, "verification") != []


def test_an_endeavour_is_about_its_whole_object() -> None:
    found = one("The Parties will endeavour to admit observers on their vessels.")
    assert words(found, "object") == ["to admit observers on their vessels"]
    assert words(found, "verification") == []
    assert words(one("The Parties will admit observers on their vessels."), "verification") == ["observers"]


@pytest.mark.parametrize("block", FLOORS)
def test_precision_and_recall_do_not_fall(block: str) -> None:
    assert len(list(lines(block))) == 40
    scores = measured(block)
    low = {
        k: (s.precision, s.recall)
        for k, s in scores.items()
        if s.precision < FLOORS[block][k][0] or s.recall < FLOORS[block][k][1]
    }
    assert low == {}


def test_the_singapore_statement_has_four_commitments_without_number_or_check_and_one_with_a_time() -> None:
    found = of("singapore-2018")
    assert [p.number for p in found.commitments] == ["1", "2", "3", "4"]
    assert found.having["quantity"] == found.having["verification"] == 0
    assert [p.number for p in found.commitments if p.timed] == ["4"]
    assert words(found.commitments[3], "deadline") == ["immediate"]
    assert all({"us", "dprk"} >= set(p.parties) for p in found.commitments)


def test_the_plan_of_2007_is_dated_by_the_line_above_its_list() -> None:
    found = of("action-plan-2007-fact-sheet-part")
    assert len(found.commitments) == 5
    for promise in found.commitments:
        (deadline,) = promise.fields["deadline"]
        assert (deadline.words, deadline.value, deadline.by) == ("within 60 days", "2007-04-14", "lead")


def test_the_steps_of_2015_are_dated_and_most_are_quantified_and_verified() -> None:
    found = of("jcpoa-2015-steps-notes")
    assert len(found.commitments) == 9
    assert all(p.parts["deadline"] == 1.0 for p in found.commitments)
    assert {"13,500 centrifuges", "3.67 percent", "300 kilograms", "130 tons"} <= {
        w.words for p in found.commitments for w in p.fields["quantity"]
    }
    assert found.having["quantity"] >= 6
    assert found.having["verification"] >= 6


def test_concreteness_ranks_singapore_under_2007_under_2015() -> None:
    ranked = [of(n).concreteness or 0 for n in ("singapore-2018", "action-plan-2007-fact-sheet-part", "jcpoa-2015-steps-notes")]
    assert ranked == sorted(ranked)
    assert ranked[0] < 0.4
    assert 0.55 < ranked[1] < 0.7
    assert ranked[2] > 0.8


def test_what_singapore_says_of_denuclearization_was_said_before() -> None:
    third = of("singapore-2018").commitments[2].reuse
    assert third is not None
    assert third.state == "recycled"
    assert third.first_date < "2018"
    fourth = of("singapore-2018").commitments[3].reuse
    assert fourth is not None
    assert fourth.state == "new"


def test_every_quotation_stands_at_its_place() -> None:
    for case in ("korea-2019", "panama-1977", "supply-contract"):
        opened = load(case)
        for text, found in zip(documents.texts(opened), documents.audits(opened), strict=True):
            for promise in (*found.commitments, *found.apart):
                for said in (w for name in FIELDS for w in promise.fields[name] if w.by == "grammar"):
                    assert " ".join(text.text[said.start : said.end].split()) == said.words
                    assert 0 <= said.start < said.end <= len(text.text)
                assert promise.concreteness == pytest.approx(sum(promise.parts[p] for p in PARTS) / len(PARTS))
                assert len(promise.lacks) == sum(not promise.parts[p] for p in PARTS)


@pytest.mark.parametrize(
    ("said", "kind", "day"),
    [
        ("within 60 days", "span", "2007-04-14"),
        ("within three months of the date of this Document", "span", "2007-05-13"),
        ("within 60 days of delivery", "span", ""),
        ("by 31 December", "date", "2007-12-31"),
        ("by 1 January", "date", "2008-01-01"),
        ("before July 4, 2009", "date", "2009-07-04"),
        ("no later than 2010-02-28", "date", "2010-02-28"),
        ("by the end of 2012", "date", "2012-12-31"),
        ("by the end of February 2012", "date", "2012-02-29"),
        ("in the first half of 2011", "date", "2011-06-30"),
        ("by the third quarter of 2011", "date", "2011-09-30"),
        ("within the year", "date", "2007-12-31"),
        ("by 31 June 2024", "date", ""),
        ("within 9999 years", "span", ""),
        ("immediately", "at once", ""),
        ("in the initial phase", "phase", ""),
        ("every two years", "recurring", ""),
        ("for 15 years", "lasting", ""),
        ("as soon as possible", "vague", ""),
    ],
)
def test_a_deadline_is_read_to_its_day(said: str, kind: str, day: str) -> None:
    text = f"The buyer will pay {said}."
    found = terms.deadlines(text, 0, len(text), SIGNED)
    assert [(t.kind, t.value) for t in found][:1] == [(kind, day)]


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("50,000 tons of heavy fuel oil", ["50,000 tons"]),
        ("20,000 centrifuges", ["20,000 centrifuges"]),
        ("3.67 percent", ["3.67 percent"]),
        ("€2.4 million", ["€2.4 million"]),
        ("half of the stock", ["half of"]),
        ("Resolution 2231 and Article 5 rules", []),
        ("the two sides", []),
        ("the 1992 Joint Declaration", []),
        ("by 12 May 2024", []),
    ],
)
def test_a_quantity_is_a_number_that_counts_something(said: str, counted: list[str]) -> None:
    assert [t.value for t in terms.quantities(said, 0, len(said), terms.deadlines(said, 0, len(said)))] == counted


def test_verifiable_is_no_verification_and_promptly_no_deadline() -> None:
    found = one("The state will promptly begin its verifiable disarmament.")
    assert set(found.lacks) >= {"verification", "deadline"}
    assert words(found, "deadline") == ["promptly"]


def test_numbered_points_are_counted_apart_from_what_stands_around_them() -> None:
    text = "The two sides will help.\n\nThey declare the following:\n\n1. A will pay.\n2. B will leave.\n\nThe sides will meet."
    found = audit_text(Text("text", text))
    assert [p.number for p in found.commitments] == ["1", "2"]
    assert {p.place for p in found.apart} <= {"preamble", "closing"}
    assert found.apart


STYLES = ("1. ", "1) ", "(1) ", "a) ", "(a) ", "I. ", "ii) ", "- ", "• ", "– ", "* ", "1.1 ", "Article 1. ", "§ 1 ", "① ")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lists_of_every_style_are_read_alike(style: str, end: str) -> None:
    text = f"Terms:{end}{style}The buyer will pay 5 euros by 1 May 2024.{end}{style}The seller shall deliver 3 tons.{end}"
    found = audit_text(Text("text", text)).commitments
    assert [words(p, "actor") for p in found] == [["The buyer"], ["The seller"]]


def test_curly_quotes_a_wrapped_line_and_a_note_do_not_disturb() -> None:
    text = "# The buyer will pay a note.\nThe buyer\u2019s bank will pay \u201cthe price\u201d\nwithin 30 days."
    found = one(text)
    assert words(found, "actor") == ["The buyer\u2019s bank"]
    assert words(found, "deadline") == ["within 30 days"]


CLAUSES = [marked(line)[0] for block in FLOORS for line in lines(block)]
noise = st.text(alphabet=st.sampled_from(" abc 1 May 2024, [](){}\r\n\t.;:-#'\"%$\u2019\u00e9\u4e2d"), max_size=40)


@given(st.lists(st.sampled_from(CLAUSES) | noise, max_size=8), st.sampled_from(["", " ", "\n", "\n\n", "; "]))
def test_any_text_is_audited_without_failure_and_within_its_bounds(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    older = between.join(reversed(pieces))
    found = audit_text(Text("any", text, SIGNED), [Text("older", older, dt.date(2000, 1, 1))])
    event(f"commitments: {min(len(found.commitments), 3)}")
    for promise in (*found.commitments, *found.apart):
        assert 0 <= promise.start < promise.end <= len(text)
        assert 0.0 <= promise.concreteness <= 1.0
        assert promise.reuse is not None
        assert 0.0 <= promise.reuse.likeness <= 1.0 + 1e-9
    assert all(a.end <= b.start for a, b in pairwise(sentences(text)))


def test_an_audit_says_where_it_stopped() -> None:
    found = audit_text(Text("long", "The buyer will pay. " * 6000))
    assert len(found.commitments) < 6000
    assert "audit.note.stopped" in [note.code for note in found.notes]
    found = audit_text(Text("wide", "word " * 3000))
    assert "audit.note.cut" in [note.code for note in found.notes]


def test_reuse_is_what_the_plain_formula_says() -> None:
    rng = random.Random(7)  # noqa: S311 (a test's own draws)
    bag = ["verify", "verification", "weapons", "oil", "the", "deliver", "delivered", "peace", "regime", "treaty", "of", "ton"]
    for _ in range(60):
        said = [" ".join(rng.choices(bag, k=rng.randrange(1, 9))) for _ in range(4)]
        older = [
            (f"t{k}", f"20{k:02d}-01-01", [" ".join(rng.choices(bag, k=rng.randrange(1, 9))) for _ in range(3)]) for k in range(3)
        ]
        fast, slow = reuse.compare(said, older), plainly(said, older)
        assert [(round(f.runs, 9), round(f.words, 9), f.state, f.sentence, f.first_text) for f in fast] == slow


def test_the_same_words_are_recycled_and_strange_ones_new() -> None:
    (same,) = reuse.compare(
        ["deliver 500,000 tons of heavy fuel oil"], [("old", "1994-10-21", ["Deliver 500,000 tons of heavy fuel oil."])]
    )
    assert (same.state, same.text) == ("recycled", "old")
    assert same.likeness == pytest.approx(1.0)
    (new,) = reuse.compare(["open liaison offices"], [("old", "1994-10-21", ["Deliver heavy fuel oil."])])
    assert (new.state, new.likeness, new.text) == ("new", 0.0, "")


def correction(field: str, value: str, said: str = "will pay") -> Correction:
    return Correction(document="text.txt", words=said, field=field, value=value, by="a reader")  # type: ignore[arg-type] # checked by pydantic


def test_a_correction_wins_and_is_marked_as_a_persons() -> None:
    text = Text("text", "The buyer will pay the price. The sun will shine.", SIGNED)
    rows = [
        correction("deadline", "by 1 March 2007"),
        correction("actor", "The bank"),
        correction("object", ""),
        correction("issue", "price.less-2"),
        correction("commitment", "no", "will shine"),
    ]
    (found,) = audit_text(text, correct=corrected(rows)).commitments
    assert words(found, "actor") == ["The bank"]
    assert words(found, "object") == []
    assert [(w.value, w.by, w.person) for w in found.fields["deadline"]] == [("2007-03-01", "person", "a reader")]
    assert found.issues == ("price.less-2",)
    assert "deadline" not in found.lacks


def test_a_person_adds_a_commitment_and_what_meets_nothing_is_said() -> None:
    text = Text("text", "Payment in thirty days. The buyer will pay.")
    rows = [
        correction("commitment", "yes", "Payment"),
        correction("deadline", "thirty days", "Payment"),
        correction("commitment", "yes", "will pay"),
        correction("actor", "x", "nowhere"),
    ]
    found = audit_text(text, correct=corrected(rows))
    assert [words(p, "act") for p in found.commitments] == [["Payment"], ["pay"]]
    assert words(found.commitments[0], "deadline") == ["thirty days"]
    assert [note.code for note in found.notes] == ["audit.note.is-one", "audit.note.no-words"]


def test_a_text_is_dated_by_its_own_day_and_not_by_a_duty() -> None:
    assert dates.of_text("pact", "Signed on 3 May 2001. The buyer will pay by 1 June 2002.")[0] == dt.date(2001, 5, 3)
    assert dates.of_text("pact", "The buyer will pay by 1 June 2002.")[0] is None
    assert dates.of_text("pact-1999", "The buyer will pay by 1 June 2002.")[0] == dt.date(1999, 12, 31)


def test_the_marks_of_the_sentences_are_read() -> None:
    assert marked("[a:The buyer] will [v:pay] [o:[q:5 euros] now].") == (
        "The buyer will pay 5 euros now.",
        {**{name: [] for name in FIELDS}, "actor": [(0, 9)], "act": [(15, 18)], "object": [(19, 30)], "quantity": [(19, 26)]},
    )
