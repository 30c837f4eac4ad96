"""What is shown of the record: the strongest evidence, every reason in words, and what was left out."""

from __future__ import annotations

import dataclasses
import re

import pytest

from evidence.build import PRIOR, case, event
from report.sample import record
from report.sample_signals import signals as sample
from summitry.answers import open_case
from summitry.document import Document
from summitry.errors import BadArgument, LinkMissing
from summitry.evidence.conduct import Promises, Record, deliveries
from summitry.evidence.conduct import record as read
from summitry.evidence.credibility import STRONGEST, Signals
from summitry.questions import deeds, promises, signals
from summitry.report import html, terminal
from summitry.wording import Names, Wording, messages
from summitry.workspace import Workspace

WORDING = Wording(Names({"aland": "Aland", "borduria": "Borduria"}), messages())


def shown(value: Signals) -> str:
    return terminal.render(Document(value, tuple(signals.view(value, WORDING.names))), WORDING, 10_000)


def test_a_belief_names_what_moves_it_most_and_how_much_more_there_is() -> None:
    for party in open_case("korea-2019").signals().seriousness:
        ratios = [abs(piece.log_ratio) for piece in party.contributions]
        strongest = [ratios[k] for k in party.strongest]
        assert strongest == sorted((ratio for ratio in ratios if ratio), reverse=True)[:STRONGEST]
        assert (party.lesser or 0) + len(strongest) == sum(map(bool, ratios))


def test_each_contribution_has_a_reason_that_can_be_said() -> None:
    for name in ("korea-2019", "panama-1977", "supply-contract"):
        answer = open_case(name).signals()
        for belief in answer.seriousness:
            for piece in belief.contributions:
                words = "".join(span.text for span in answer.wording.reason(piece.why))
                assert re.fullmatch(r"[A-Z].*\.", words), words
                assert "None" not in words


def test_words_against_deeds_are_told_with_whose_they_are() -> None:
    words = shown(sample(record()))
    assert "words of Borduria against its own deeds: words rise above deeds by 0.2 a month (p 0.02" in words
    assert "the jump may lie between 1933-07 and 1933-10" in words
    assert "words of Aland against deeds of Borduria (2)" in words


def test_a_deed_is_told_with_its_class_its_weight_and_its_points() -> None:
    words = shown(sample(record()))
    assert "substantive (2.51 times as likely from who means it): cost 0.6, of which 0.45 stays spent" in words
    assert "In points: Borduria −4.5, by the coder's scale" in words
    nothing = dataclasses.replace(sample(record()), events=())
    assert "Nothing was done in favour of an agreement" in shown(nothing)


def test_a_reader_without_anybodys_values_hears_what_was_left_out() -> None:
    asked = shown(sample(record()))
    assert "inspectors: resident is the cheapest deed that tells enough" in asked
    assert "There is none: what a side that means it would do tells at most 1.7 to 1 (tariff: half)" in asked
    with pytest.raises(LinkMissing):
        deeds.answer(Workspace(case().model_copy(update={"preferences": {}})), deeds.DeedsRequest())


def test_a_case_or_two_sides_of_event_data_are_asked_of_and_not_both() -> None:
    workspace = open_case("supply-contract")
    for request in (
        signals.SignalsRequest("events.parquet", ("a", "b")),
        signals.SignalsRequest(None, ("a", "b")),
    ):
        with pytest.raises(BadArgument, match="Say whose record"):
            signals.answer(workspace, request)
    for nothing in (signals.SignalsRequest(), signals.SignalsRequest("events.parquet")):
        with pytest.raises(BadArgument, match="Say whose record"):
            signals.answer(None, nothing)


def test_months_of_an_actor_with_any_name_are_found() -> None:
    actor = "a] party\\ [of. one"
    value = read(case(events=[event("2018-01-01", "x", 1, actor=actor), event("2018-03-01", "y", -1, actor=actor)]))
    assert isinstance(value, Record)
    assert value.silent[actor] == 1
    page = html.render(Document(value, tuple(deeds.view(value, Names()))), WORDING)
    assert "month</data>" not in page
    assert "without either left out" in page


def test_every_promise_has_its_row_with_its_judgement() -> None:
    workspace = open_case("supply-contract")
    value = promises.answer(workspace, promises.PromisesRequest())
    assert value == Promises(deliveries(workspace.case))
    text = workspace.promises().to_text(10_000)
    assert text.count("Current contract") == sum(p.agreement == "Current contract" for p in value.promises)
    assert {p.state for p in value.promises} >= {"kept", "partly kept", "open"}
    assert any(not promise.due for promise in value.promises)
    assert ": –" not in workspace.promises().to_text(80)


def test_trust_that_follows_stands_beside_the_belief() -> None:
    value = read(case(priors={"west": {"north": PRIOR}}))
    assert value is not None
    (belief,) = (b for b in value.beliefs if b.party == "west")
    assert all(t > p for t, p in zip(belief.trust, belief.posterior, strict=True))
