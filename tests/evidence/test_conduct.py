from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.build import AS_OF, PRIOR, case, event, promise
from summitry.evidence.conduct import Record, Seriousness, record
from summitry.evidence.credibility import signals

if TYPE_CHECKING:
    from summitry.case.rows import Commitment, Event
    from summitry.case.types import Case

scores = st.none() | st.floats(0, 1)
any_event = st.builds(
    event,
    date=st.sampled_from(["1994-10-21", "2018-06-11", "2018-06-12", "2019-02-15", "2019-02-16", "2022-01-01"]),
    text=st.sampled_from(["test", "Test!", "site closed", "exercise"]),
    sign=st.floats(-2, 2),
    kind=st.sampled_from(["word", "deed"]),
    actor=st.sampled_from(["north", "Northern State", "west+ally", "allies", "Security Council", "someone", "north + west"]),
    target=st.sampled_from(["", "west", "NORTH", "un"]),
    cost=scores,
    irreversible=scores,
    verified=scores,
    weight=st.sampled_from(["", "token", "humanitarian", "substantive"]),
)
any_promise = st.builds(
    promise,
    text=st.sampled_from(["freeze", "list", "fuel"]),
    outcome=scores,
    signed=st.sampled_from(["1994-10-21", "2018-06-12", "2020-01-01"]),
    party=st.sampled_from(["north", "west", "both"]),
    due=st.sampled_from(["", "2018-12-31", "2020-01", "soon"]),
    delivered=st.sampled_from(["", "2018-06-12", "never", "2022-03-24"]),
)


def believed(of: Case, party: str = "west") -> Seriousness:
    found = record(of)
    assert found is not None
    return next(b for b in found.beliefs if b.party == party)


def posterior(*events: Event, promises: tuple[Commitment, ...] = ()) -> float:
    return believed(case(events=events, commitments=promises)).posterior[1]


def test_nothing_said_done_promised_or_believed_is_no_record() -> None:
    assert record(case().model_copy(update={"preferences": {}})) is None
    late = case(events=[event("2020-01-01", "later", 2)])
    assert record(late.model_copy(update={"preferences": {}})) is None


def test_without_a_record_a_belief_is_its_prior() -> None:
    found = record(case())
    assert found is not None
    assert found.months == {}
    assert found.beliefs
    for belief in found.beliefs:
        assert belief.posterior == pytest.approx(belief.prior)


@given(st.lists(any_event, max_size=10), st.lists(any_promise, max_size=6), st.randoms(use_true_random=False))
def test_order_and_repetition_of_rows_do_not_matter(events: list[Event], promises: list[Commitment], random: object) -> None:
    mixed, twice = events + events[:3], promises + promises[:3]
    random.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    random.shuffle(twice)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    assert record(case(events=mixed, commitments=twice)) == record(case(events=events, commitments=promises))


@given(st.lists(any_event, max_size=10), st.lists(any_promise, max_size=6))
def test_belief_is_the_prior_moved_by_the_sum_and_never_certain(events: list[Event], promises: list[Commitment]) -> None:
    found = record(case(events=events, commitments=promises))
    for belief in found.beliefs if found else ():
        total = sum(part.log_ratio for part in belief.contributions)
        assert belief.prior == PRIOR
        assert 0.02 < belief.posterior[0] < belief.posterior[1] < belief.posterior[2] < 0.98
        assert math.isclose(total, 0.0, abs_tol=1e-9) or (belief.posterior[1] > PRIOR[1]) == (total > 0.0)
        assert all(part.why.code and part.source and part.date for part in belief.contributions)


@given(st.lists(any_event, max_size=8), any_event)
def test_nothing_after_the_as_of_date_is_known(events: list[Event], later: Event) -> None:
    future = later.model_copy(update={"date": later.date.replace(year=2030)})
    assert record(case(events=[*events, future])) == record(case(events=events))


def test_belief_follows_the_others_record_only() -> None:
    broken = (promise("list", 0.0),)
    both = record(case(commitments=broken))
    assert both is not None
    assert [(b.party, b.other, len(b.contributions)) for b in both.beliefs] == [("west", "north", 1), ("north", "west", 0)]
    assert both.beliefs[1].posterior == pytest.approx(PRIOR)


def test_deed_towards_somebody_else_does_not_count() -> None:
    assert posterior(event("2018-06-12", "site closed", 2, target="un", cost=0.9, verified=1)) == pytest.approx(0.3)
    assert posterior(event("2018-06-12", "site closed", 2, target="The allies", cost=0.9, verified=1)) > 0.3


@given(st.lists(any_event.filter(lambda e: e.kind == "deed"), max_size=6), st.floats(0.01, 2), scores, scores, st.booleans())
def test_further_deed_never_moves_the_belief_against_its_sign(
    events: list[Event],
    strength: float,
    cost: float | None,
    seen: float | None,
    friendly: bool,  # noqa: FBT001 (hypothesis fills it)
) -> None:
    deed = event("2018-10-10", "one more deed", strength if friendly else -strength, cost=cost, irreversible=1, verified=seen)
    nothing = event("2018-10-10", "silence", 0, kind="word")
    before, after = posterior(nothing, *events), posterior(nothing, *events, deed)
    assert after >= before - 1e-12 if friendly else after <= before + 1e-12


def test_joint_promise_is_answered_for_in_part() -> None:
    def ratio(party: str) -> float:
        return believed(case(commitments=[promise("talks", 0.0, party=party)])).contributions[0].log_ratio

    assert ratio("north+west") == pytest.approx(ratio("north") / 2.0)


def test_repeating_a_story_does_not_move_the_belief() -> None:
    once = event("2018-06-12", "Site closed", 2, cost=0.5, irreversible=1, verified=1)
    again = event("2018-06-12", "site  CLOSED.", 2, cost=0.9, irreversible=1, verified=1, source="another paper")
    assert posterior(once, again) == posterior(once)


def test_cost_irreversibility_and_verification_each_raise_a_deed() -> None:
    def after(cost: float, irreversible: float, verified: float) -> float:
        return posterior(event("2019-02-01", "step", 1, cost=cost, irreversible=irreversible, verified=verified))

    assert after(0.9, 1, 1) > after(0.9, 1, 0.5) > after(0.9, 0, 0.5) > after(0.2, 0, 0.5) > 0.3


def test_cheap_step_teaches_little_however_often_repeated() -> None:
    many = [event(f"2018-{m:02d}-01", f"gesture {m}", 1, cost=0.05, verified=1) for m in range(1, 13)]
    one = posterior(many[-1]) - 0.3
    assert 0.0 < one < 0.05
    assert posterior(*many) - 0.3 < 2.2 * one


def test_all_talk_together_stays_within_its_bounds() -> None:
    def total(sign: float) -> float:
        talk = [event(f"{y}-{m:02d}-10", "talk", sign, kind="word") for y in (2017, 2018) for m in range(1, 13)]
        return sum(part.log_ratio for part in believed(case(events=talk)).contributions)

    assert math.exp(total(2.0)) == pytest.approx(1.25)
    assert math.exp(total(-2.0)) == pytest.approx(0.8)
    assert 1.0 < math.exp(total(0.1)) < 1.25


def test_talk_within_a_month_counts_once() -> None:
    talk = [event(f"2018-06-{d:02d}", f"speech {d}", 2, kind="word") for d in range(1, 21)]
    assert posterior(*talk) == pytest.approx(posterior(talk[-1]), abs=1e-3)


def test_old_evidence_fades_towards_the_prior() -> None:
    fresh = posterior(promises=(promise("list", 0.0, signed="2019-02-01"),))
    old = posterior(promises=(promise("list", 0.0, signed="1994-10-21"),))
    assert fresh < 0.1 < old < 0.3


def test_kept_promise_raises_and_broken_one_lowers_more() -> None:
    kept, half, broken = (posterior(promises=(promise("list", share),)) for share in (1.0, 0.5, 0.0))
    assert kept > 0.3 > half > broken
    assert posterior(promises=(promise("list", None),)) == pytest.approx(0.3)


def test_provisions_of_one_agreement_count_as_one_observation() -> None:
    several = tuple(promise(f"clause {k}", 0.0, agreement="Accord") for k in range(5))
    assert posterior(promises=several) == pytest.approx(posterior(promises=several[:1]))


@given(shares=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6), cuts=st.integers(1, 13), central=st.booleans())
def test_a_record_moves_the_belief_the_same_however_it_is_cut(*, shares: list[float], cuts: int, central: bool) -> None:
    def belief(*rows: Commitment) -> tuple[float, float]:
        found = signals(case(commitments=rows), path=False)
        assert found is not None
        return found.seriousness[0].posterior[1], found.seriousness[0].switching[1]

    terms = {"agreement": "Accord", "signed": "2016-02-01"}
    whole = sum(shares) / len(shares)
    one = belief(promise("all of it", whole, due="2018-02-01", central=central, weight=len(shares), **terms))
    many = [
        promise(f"part {k}, {m}", share, due=f"{2016 + (k > 0)}-0{1 + k}-20", central=central, weight=1.0 / cuts, **terms)
        for k, share in enumerate(shares)
        for m in range(cuts)
    ]
    many[-1] = many[-1].model_copy(update={"due": "2018-02-01"})
    assert belief(*many) == pytest.approx(one, abs=1e-9)


def test_sixteen_of_eighteen_done_is_one_row_or_two_or_eighteen() -> None:
    terms = {"agreement": "Accord", "signed": "2016-02-01", "due": "2018-02-01"}
    one = promise("eighteen visits", 16 / 18, **terms)
    two = (promise("visits done", 1.0, weight=16, **terms), promise("visits missed", 0.0, weight=2, **terms))
    many = tuple(promise(f"visit {k}", float(k > 1), **terms) for k in range(18))
    monthly = [promise("visit", float(k > 1), **terms | {"due": f"{2016 + k // 9}-0{1 + k % 9}-20"}) for k in range(18)]
    monthly[-1] = monthly[-1].model_copy(update={"due": "2018-02-01"})
    named = tuple(promise(f"visit {k}", float(k > 1), **terms | {"agreement": f"Accord, part {k}"}) for k in range(18))
    expected = posterior(promises=(one,))
    assert [posterior(promises=rows) for rows in (two, many, tuple(monthly), named)] == pytest.approx([expected] * 4)


@given(st.floats(0.0, 1.0), st.floats(0.05, 5.0), st.floats(0.05, 5.0))
def test_a_longer_record_of_the_same_share_moves_the_belief_further_and_at_most_twice(
    share: float, years: float, more: float
) -> None:
    def moved(length: float) -> float:
        signed = AS_OF - dt.timedelta(days=round(365 * length))
        return believed(case(commitments=[promise("keep", share, signed=signed, due="continuous")])).contributions[0].log_ratio

    short, long = moved(years), moved(years + more)
    assert abs(short) <= abs(long) <= 2.0 * abs(moved(0.0)) + 1e-12
    assert short * long >= 0.0


@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 9.0), st.booleans()), min_size=1, max_size=6), st.integers(0, 5))
def test_belief_rises_with_each_share_that_is_kept(parts: list[tuple[float, float, bool]], at: int) -> None:
    def belief(better: float) -> float:
        rows = [
            promise(f"part {k}", min(1.0, share + better * (k == at % len(parts))), agreement="Accord", weight=w, central=central)
            for k, (share, w, central) in enumerate(parts)
        ]
        return posterior(promises=tuple(rows))

    assert belief(0.3) >= belief(0.0) - 1e-12


def test_an_agreement_is_kept_no_better_than_its_central_provision() -> None:
    small = tuple(promise(f"small {k}", 1.0, agreement="Accord") for k in range(20))
    assert posterior(promises=(*small, promise("great", 0.0, agreement="Accord"))) > 0.3
    left = posterior(promises=(*small, promise("great", 0.0, agreement="Accord", central=True)))
    assert left == pytest.approx(posterior(promises=(promise("great", 0.0),)))
    assert posterior(promises=(*small, promise("great", 1.0, agreement="Accord", central=True))) > 0.3


def test_what_is_kept_all_the_time_counts_from_the_day_on_which_that_was_known() -> None:
    old = {"signed": "1999-02-15", "due": "continuous"}
    now, then = (posterior(promises=(promise("freeze", 1.0, known=day, **old),)) for day in (None, "2004-02-15"))
    assert now > then > 0.3
    assert now == posterior(promises=(promise("freeze", 1.0, known=AS_OF, **old),))
    assert posterior(promises=(promise("freeze", 1.0, known="2019-02-16", **old),)) == pytest.approx(0.3)


def test_rows_of_one_promise_that_disagree_are_named_and_the_least_counts() -> None:
    rows = [promise("list", share, source=f"{share}") for share in (0.9, 0.2)]
    (piece,) = believed(case(commitments=rows)).contributions
    assert piece.why.values["otherwise"] == (0.9,)
    assert piece.log_ratio == believed(case(commitments=rows[1:])).contributions[0].log_ratio


def test_what_is_not_due_yet_is_not_missing() -> None:
    assert posterior(promises=(promise("list", 0.0, due="2019-12-31"),)) == pytest.approx(0.3)


@given(st.floats(0.0, 1.0))
def test_what_is_not_due_yet_counts_as_far_as_it_speaks_for_the_party(outcome: float) -> None:
    due, pending = (
        believed(case(commitments=[promise("list", outcome, due=day)])).contributions[0] for day in ("", "2019-12-31")
    )
    assert pending.log_ratio == max(due.log_ratio, 0.0)
    assert (pending.why.values["pending"] is None) == (due.log_ratio >= 0.0)


def test_delivery_is_not_counted_twice() -> None:
    deed = event("2018-07-27", "remains returned", 1, cost=0.6, irreversible=1, verified=1)
    kept = promise("return remains", 1.0, signed="2018-07-27", delivered="2018-07-27: 55 boxes")
    parts = believed(case(events=[deed], commitments=[kept])).contributions
    assert [(part.what, part.log_ratio > 0) for part in parts] == [
        ("remains returned", False),
        ("return remains: return remains", True),
    ]
    assert parts[0].why.code == "belief.delivery"
    assert parts[1].log_ratio == pytest.approx(believed(case(events=[deed])).contributions[0].log_ratio)


def test_joint_acts_are_each_actors_own() -> None:
    found = record(case(events=[event("2018-06-12", "joint statement", 2, kind="word", actor="West + north + China")]))
    assert found is not None
    assert list(found.months) == ["west", "north", "China"]


def test_words_and_deeds_are_averaged_apart_and_gaps_stay_gaps() -> None:
    found = record(
        case(
            events=[
                event("2017-11-29", "flight", -2),
                event("2018-01-01", "speech", 1, kind="word"),
                event("2018-01-09", "talks", 2, kind="word"),
                event("2018-01-09", "hotline", 1),
                event("2018-01-09", "hotline", 1, source="second report"),
            ]
        )
    )
    assert found is not None
    assert [(m.month, m.words, m.deeds, m.word_count, m.deed_count) for m in found.months["north"]] == [
        ("2017-11", None, -2.0, 0, 1),
        ("2017-12", None, None, 0, 0),
        ("2018-01", 1.5, 1.0, 2, 1),
    ]


def test_what_was_moved_is_listed_newest_first_with_its_weight() -> None:
    found: Record | None = record(
        case(
            events=[
                event("2018-05-09", "detainees released", 1, weight="humanitarian"),
                event("2018-06-12", "exercises suspended", 2, actor="allies", weight="substantive"),
                event("2018-07-30", "construction seen", -1),
                event("2018-08-01", "statement", 1, kind="word"),
            ]
        )
    )
    assert found is not None
    assert [(d.what, d.weight, d.actors) for d in found.deeds] == [
        ("exercises suspended", "substantive", ("ally", "west")),
        ("detainees released", "humanitarian", ("north",)),
    ]


def test_only_what_the_viewer_may_open_gives_beliefs() -> None:
    rows = (promise("list", 0.0),)
    full = case(commitments=rows)
    assert record(full.model_copy(update={"viewer": "north", "preferences": {}})) == Record({}, (), (), {})
