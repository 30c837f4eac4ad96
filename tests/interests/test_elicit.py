"""An interview finds what the respondent wants, asks what tells most, and names answers that contradict each other."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from interests.respondent import interviewed, says
from summitry.case.types import CaseFile
from summitry.errors import BadArgument
from summitry.interests import elicit, weights
from summitry.interests.elicit import Answer, Interview, ratio, span
from summitry.kernels.draw import generator

FILE = CaseFile.model_validate(
    {
        "summitry": 1,
        "title": "Talks",
        "as_of": "2019-02-15",
        "parties": {"us": {"name": "US"}, "dprk": {"name": "DPRK"}},
        "issues": {
            "list": {"title": "List", "giver": "dprk", "options": ["none", "part", "full"]},
            "relief": {"title": "Relief", "giver": "us", "options": ["none", "eased", "lifted"]},
            "remains": {"title": "Remains", "giver": "dprk", "options": ["none", "joint"]},
            "talks": {"title": "Talks", "giver": ["us", "dprk"], "options": ["none", "low", "high"]},
        },
    }
)
POINTS = {
    "list": {"part": 8.0, "full": 20.0},
    "relief": {"eased": -6.0, "lifted": -15.0},
    "remains": {"joint": 4.0},
    "talks": {"low": 0.0, "high": 0.0},
}


def after(*answers: tuple[tuple[str, ...], str], method: str = "tradeoffs") -> Interview:
    told = Interview(party="us", method=method)  # type: ignore[arg-type] # checked by pydantic
    for key, text in answers:
        told = elicit.answer(FILE, told, key, text)
    return told


RATED = tuple((("rate", issue), says(POINTS, ("rate", issue))) for issue in POINTS)


@pytest.mark.parametrize("method", ["tradeoffs", "swing", "direct"])
def test_a_sure_respondent_is_found_out(method: str) -> None:
    told = interviewed(FILE, POINTS, method, comparisons=12 if method == "tradeoffs" else None)  # type: ignore[arg-type] # one of three
    made = elicit.result(FILE, told)
    assert made.indifferent == ("talks",)
    assert list(made.values) == ["list", "relief", "remains"]
    scale = 1.0 if method == "direct" else 100.0 / 20.0
    for issue, said in made.values.items():
        assert list(said.options) == list(POINTS[issue])
        for option, (low, mode, high) in said.options.items():
            assert low < mode < high
            truth = scale * POINTS[issue][option]
            assert low <= truth <= high
            assert method == "tradeoffs" or mode == pytest.approx(truth, rel=0.15)
    assert "a respondent" in made.basis
    assert elicit.contradiction(FILE, told) == ()


def test_same_answers_same_question() -> None:
    told = after((("who",), "me"), *RATED)
    assert elicit.ask(FILE, told) == elicit.ask(FILE, told)


def test_the_state_is_plain_data_that_comes_back_the_same() -> None:
    told = interviewed(FILE, POINTS, "swing")
    assert Interview.model_validate_json(told.model_dump_json()) == told


def test_no_question_is_asked_twice_and_what_makes_no_difference_is_not_compared() -> None:
    told = interviewed(FILE, POINTS, "tradeoffs", comparisons=100)
    keys = [answer.key for answer in told.answers]
    assert len(set(keys)) == len(keys)
    assert not [key for key in keys if key[0] == "compare" and "talks" in key]
    assert len(told.keys("compare")) == 8  # of two, two and one option, in pairs of different issues


def test_the_chosen_comparison_tells_most_by_a_plain_count() -> None:
    told = after((("who",), "me"), *RATED, (("compare", "list", "part", "relief", "lifted"), "b"))
    question = elicit.ask(FILE, told)
    assert question is not None
    drawn = weights.consistent(elicit.comparisons(FILE, told), generator(5, "another"))
    shares = elicit.shares(FILE, told)
    at = {issue: k for k, issue in enumerate(shares)}
    rng = generator(6, "answers")

    def learned(i: str, a: str, j: str, b: str) -> float:
        """The mean gap between the chances of an answer with and without knowing the weights, from simulated answers."""
        worth = [np.log(drawn[:, at[x]] * abs(shares[x][o][1])) for x, o in ((i, a), (j, b))]
        said = (worth[0] - worth[1])[:, None] + weights.ERROR * rng.logistic(size=(len(drawn), 400)) > 0
        known, blind = said.mean(axis=1).clip(1e-9, 1 - 1e-9), said.mean()
        inner = -(known * np.log2(known) + (1 - known) * np.log2(1 - known)).mean()
        return float(-(blind * np.log2(blind) + (1 - blind) * np.log2(1 - blind)) - inner)

    items = [(issue, option) for issue in shares for option in shares[issue]]
    others = [
        learned(*one, *other)
        for k, one in enumerate(items)
        for other in items[k + 1 :]
        if one[0] != other[0] and {one, other} != {("list", "part"), ("relief", "lifted")}
    ]
    assert learned(*question.key[1:]) > max(others) - 0.05


def test_contradicting_answers_are_named_and_only_they() -> None:
    told = after(
        (("who",), "me"),
        *RATED,
        (("compare", "list", "full", "relief", "lifted"), "a 2"),
        (("compare", "list", "part", "relief", "eased"), "a"),
        (("compare", "relief", "lifted", "remains", "joint"), "a 2"),
        (("compare", "remains", "joint", "list", "full"), "a"),
    )
    assert elicit.contradiction(FILE, told) == (6, 8, 9)
    for number in (6, 8, 9):
        assert elicit.contradiction(FILE, elicit.take_back(told, number)) == ()


def test_the_most_important_issue_must_matter() -> None:
    with pytest.raises(BadArgument, match="makes no difference"):
        after((("who",), "me"), *RATED, (("most",), "talks"), method="swing")


def test_nothing_that_matters_still_makes_a_file() -> None:
    answers = [(("rate", issue), " ".join("0" for _ in POINTS[issue])) for issue in POINTS]
    told = after((("who",), "me"), *answers, (("reservation",), "0"))
    assert elicit.ask(FILE, told) is None
    assert elicit.result(FILE, told).indifferent == tuple(POINTS)


def test_small_errors_are_no_contradiction() -> None:
    told = after(
        (("who",), "me"),
        *RATED,
        (("compare", "list", "full", "relief", "lifted"), "="),
        (("compare", "relief", "lifted", "remains", "joint"), "="),
        (("compare", "list", "full", "remains", "joint"), "a 1.2"),
    )
    assert elicit.contradiction(FILE, told) == ()


def test_swing_weights_contradict_the_most_important_issue_by_name() -> None:
    told = after((("who",), "me"), *RATED, (("most",), "list"), (("swing", "relief"), "180..250"), method="swing")
    assert elicit.contradiction(FILE, told) == (6, 7)


def test_points_that_a_comparison_contradicts_are_named_both() -> None:
    given = tuple((("points", issue), says(POINTS, ("points", issue))) for issue in POINTS)
    told = after((("who",), "me"), *given, (("compare", "remains", "joint", "list", "full"), "a"), method="direct")
    assert set(elicit.contradiction(FILE, told)) == {2, 4, 6}


def test_taking_an_answer_back_asks_it_again() -> None:
    told = interviewed(FILE, POINTS, "swing")
    number = next(k for k, one in enumerate(told.answers, start=1) if one.key == ("rate", "relief"))
    back = elicit.take_back(told, number)
    question = elicit.ask(FILE, back)
    assert question is not None
    assert question.key == ("rate", "relief")
    gone = elicit.take_back(told, next(k for k, one in enumerate(told.answers, start=1) if one.key == ("most",)))
    assert not gone.keys("swing")
    with pytest.raises(BadArgument, match="no answer 99"):
        elicit.take_back(told, 99)


@pytest.mark.parametrize(
    ("key", "text", "complaint"),
    [
        (("rate", "list"), "40", "2 numbers are expected"),
        (("rate", "list"), "40 x", "no number"),
        (("rate", "list"), "40 nan", "no number"),
        (("rate", "list"), "60..20 100", "does not rise"),
        (("rate", "list"), "1e30 100", "too large"),
        (("rate", "list"), "-20..20 0", "which way"),
        (("rate", "list"), "", "answer is needed"),
        (("who",), "x\x00y", "one line of text"),
        (("who",), "\udcd7", "one line of text"),
        (("who",), "x" * 3000, "one line of text"),
        (("compare", "list", "full", "relief", "lifted"), "maybe", "no answer here"),
        (("compare", "list", "full", "relief", "lifted"), "a -2", "above 0"),
        (("compare", "list", "all", "relief", "lifted"), "a", "belongs to no question"),
        (("rate", "air"), "40", "belongs to no question"),
        ((), "x", "belongs to no question"),
        (("most",), "air", "none of"),
        (("swing", "list"), "-5", "direction"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(key: tuple[str, ...], text: str, complaint: str) -> None:
    with pytest.raises(BadArgument, match=complaint):
        elicit.read(FILE, key or ("",), text)


def test_a_reservation_beyond_reach_is_refused() -> None:
    told = interviewed(FILE, POINTS, "direct")
    told = told.model_copy(update={"answers": told.answers[:-1]})
    with pytest.raises(BadArgument, match="Even the best package brings only"):
        elicit.answer(FILE, told, ("reservation",), "60")


def test_a_question_is_answered_once() -> None:
    with pytest.raises(BadArgument, match="has been answered"):
        after((("who",), "me"), (("who",), "you"))


def test_an_option_that_may_be_good_or_bad_keeps_both_ends() -> None:
    texts = {"list": "-20..30 100", "relief": "0 -100", "remains": "50", "talks": "0 0"}
    rated = [(("rate", issue), text) for issue, text in texts.items()]
    told = after((("who",), "me"), *rated, (("compare", "list", "full", "relief", "lifted"), "="))
    told = told.model_copy(update={"answers": (*told.answers, Answer(key=("reservation",), text="0"))})
    low, mode, high = elicit.result(FILE, told).values["list"].options["part"]
    assert low < 0 < mode < high


def test_spans_and_ratios() -> None:
    assert span("30") == (27.0, 30.0, 33.0)
    assert span("-30") == (-33.0, -30.0, -27.0)
    assert span("20..40") == (20.0, 30.0, 40.0)
    assert ratio("?") is None
    assert ratio("b 2..4") == (0.25, 0.5)
    assert ratio("a; as we always said") == (1.0, float("inf"))


def test_weights_drawn_agree_with_weighing_even_draws() -> None:
    told = after((("who",), "me"), *RATED, (("compare", "list", "full", "relief", "lifted"), "a 1..3"))
    even = generator(7, "even").dirichlet(np.ones(3), 200_000)
    off = np.log(even[:, 0] / even[:, 1])
    likely = expit(off / weights.ERROR) * expit((np.log(3.0) - off) / weights.ERROR)
    found = weights.consistent(elicit.comparisons(FILE, told), generator(8, "walk"))
    assert found.mean(axis=0) == pytest.approx(likely @ even / likely.sum(), abs=0.02)


def test_a_short_walk_tells_what_a_long_one_does() -> None:
    told = interviewed(FILE, POINTS, "swing")
    said = elicit.comparisons(FILE, told)
    short, long = (weights.consistent(said, generator(k, "length"), each=each) for k, each in ((0, weights.EACH), (1, 200)))
    assert np.all(np.abs(short.mean(axis=0) - long.mean(axis=0)) < 0.5 * long.std(axis=0))
    ends = [np.quantile(drawn, (0.05, 0.95), axis=0) for drawn in (short, long)]
    assert np.all(np.abs(ends[0] - ends[1]) < 1.0 * long.std(axis=0))
