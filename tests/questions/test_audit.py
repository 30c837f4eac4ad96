"""What an audit shows: marks in the text itself, and no more commitments than anybody reads."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.measure import lines, marked
from summitry.answers import ask, open_case
from summitry.case.rows import Correction
from summitry.document import Document, Marked
from summitry.errors import BadArgument, LinkMissing, UnknownName
from summitry.evidence.texts.audit import Audits, Text, audit_text
from summitry.evidence.texts.documents import corrected
from summitry.questions import audit, question
from summitry.report import html, terminal
from summitry.wording import Names, Wording, messages

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.evidence.texts.audit import Audit

CLAUSES = [marked(line)[0] for block in ("tuned", "held out") for line in lines(block)]
WORDING = Wording(Names(), messages())


def shown(*audits: Audit) -> str:
    answer = Audits(audits)
    return terminal.render(Document(answer, tuple(audit.view(answer, Names()))), WORDING, 10_000)


def test_a_long_audit_is_cut_and_says_so() -> None:
    text = Text("long", " ".join(f"The buyer shall deliver {k} crates." for k in range(1, audit.MOST + 8)))
    words = shown(audit_text(text))
    assert words.count("act: deliver") == audit.MOST
    assert f"The first {audit.MOST} of {audit.MOST + 7} are shown" in words
    assert "are shown" not in shown(audit_text(Text("short", "The buyer shall deliver 3 crates.")))


@given(st.lists(st.sampled_from(CLAUSES), max_size=6), st.sampled_from([" ", "\n", "\n\n1. "]))
def test_the_marked_text_is_the_text_with_each_field_where_its_words_stand(pieces: list[str], between: str) -> None:
    found = audit_text(Text("text", between.join(pieces)))
    block = Marked("body", "audit.mark", audit.marks(found))
    parts = list(block.pieces(found))
    assert "".join(text for text, _ in parts) == found.body
    words = {text for text, mark in parts if mark == "actor"}
    for promise in (*found.commitments, *found.apart):
        assert all(found.body[w.start : w.end] in words for w in promise.fields["actor"] if w.start >= promise.start)


def test_markup_of_a_text_is_text_and_its_marks_are_named() -> None:
    answer = Audits((audit_text(Text("convention", "Borduria will clear 120 mines <b>in lane 3</b> by 1 January 1934.")),))
    page = html.render(Document(answer, tuple(audit.view(answer, Names()))), WORDING)
    assert "<b>" not in page
    assert '<mark class="quantity">120 mines<sup>quantity</sup></mark>' in page
    assert '<span class="commitment">' in page


def test_what_a_person_read_is_named_and_so_is_the_line_above_a_list() -> None:
    row = Correction(document="offer", words="will pay", field="deadline", value="by 1 March 2007", by="a reader")
    text = Text("offer", "The buyer will pay the price.", dt.date(2007, 2, 13))
    assert "deadline: by 1 March 2007 = 2007-03-01 (from a reader)" in shown(audit_text(text, correct=corrected([row])))
    plan = ask(question("audit"))(None, ("korea-2019:action-plan-2007-fact-sheet-part",)).to_text(10_000)
    assert "within 60 days = 2007-04-14 (from the line above the list)" in plan
    assert re.search(r"likeness 0\.\d+: .* (19|20)\d\d, “", plan)


def test_a_case_a_document_and_a_file_name_texts(tmp_path: Path) -> None:
    of_case = open_case("korea-2019").audit().value
    by_name = audit.answer(None, audit.AuditRequest(("korea-2019",)))
    assert of_case == by_name
    assert [one.date for one in by_name.audits] == sorted(one.date for one in by_name.audits)
    draft = tmp_path / "draft-2020.txt"
    draft.write_text("The buyer will pay 5 euros.", encoding="utf-8")
    (alone,) = audit.answer(None, audit.AuditRequest((str(draft),))).audits
    assert (alone.text, alone.against) == ("draft-2020", ())
    (beside,) = audit.answer(None, audit.AuditRequest((str(draft),), ("korea-2019:singapore-2018",))).audits
    assert beside.against == ("singapore-2018",)
    assert beside.new + beside.partly + beside.recycled == len(beside.commitments)


def test_what_names_no_text_is_one_message(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text(" \n", encoding="utf-8")
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "case.yaml").write_text("title: t\nas_of: 2020-01-01\nparties: {a: A, b: B}\nissues: {}\n", encoding="utf-8")
    for names, error in (
        ((), BadArgument),
        (("nowhere",), BadArgument),
        ((str(empty),), BadArgument),
        (("korea-2019:nothing",), UnknownName),
    ):
        with pytest.raises(error):
            audit.answer(None, audit.AuditRequest(names))
    with pytest.raises((LinkMissing, BadArgument)):
        audit.answer(None, audit.AuditRequest(("licence-of-nothing:x",)))
