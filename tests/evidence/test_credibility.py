from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.build import PRIOR, case, event, promise
from evidence.test_conduct import any_event, any_promise
from summitry.case.rows import Event
from summitry.evidence.credibility import belief_on, signals
from summitry.evidence.matching import matcher
from summitry.evidence.months import (
    Month,
    answered,
    compare_answers,
    compare_months,
    differences,
    find_breaks,
    find_trend,
    lagged,
    newcombe,
    wilson,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.rows import Commitment


def months(values: Sequence[float | None], kind: str) -> list[Month]:
    return [
        Month(
            f"{2015 + k // 12}-{k % 12 + 1:02d}",
            value if kind == "words" else None,
            value if kind == "deeds" else None,
            int(kind == "words" and value is not None),
            int(kind == "deeds" and value is not None),
        )
        for k, value in enumerate(values)
    ]


@given(st.lists(any_event, max_size=12), st.lists(any_promise, max_size=5))
def test_what_events_add_is_what_the_belief_counts(events: list[Event], promises: list[Commitment]) -> None:
    found = signals(case(events=events, commitments=promises, priors={"west": {"north": PRIOR}}), path=False)
    if found is None:
        return
    belief = found.seriousness[0]
    rows = [part for part in belief.contributions if any(part.what.endswith(p.commitment) for p in promises)]
    of_events = sum(part.log_ratio for part in belief.contributions) - sum(part.log_ratio for part in rows)
    told = [row.contribution.get("west", 0.0) for row in found.events]
    if not {part.what for part in rows} & {row.what for row in found.events}:
        assert sum(told) == pytest.approx(of_events, abs=1e-9)


@given(st.lists(any_event, max_size=12), st.lists(any_promise, max_size=5))
def test_a_belief_is_higher_if_broken_promises_count_less_and_lower_if_hostile_deeds_count_more(
    events: list[Event], promises: list[Commitment]
) -> None:
    found = signals(case(events=events, commitments=promises, priors={"west": {"north": PRIOR}}), path=False)
    if found is None:
        return
    belief = found.seriousness[0]
    mild, harsh, unfaded, _ = (other.belief[1] for other in belief.otherwise)
    assert harsh - 1e-12 <= belief.posterior[1] <= mild + 1e-12
    assert 0.0 < unfaded < 1.0


def test_what_is_weighed_otherwise_differs_where_the_record_has_it_and_only_there() -> None:
    def beliefs(events: list[Event], promises: list[Commitment]) -> tuple[float, list[float]]:
        found = signals(case(events=events, commitments=promises, priors={"west": {"north": PRIOR}}), path=False)
        assert found is not None
        belief = found.seriousness[0]
        return belief.posterior[1], [other.belief[1] for other in belief.otherwise]

    today = "2019-02-15"
    base, (mild, harsh, unfaded, one) = beliefs([], [promise("come", 0.0, due=today, delivered=today)])
    assert mild > base
    assert [harsh, unfaded, one] == pytest.approx([base] * 3)
    base, (mild, harsh, unfaded, one) = beliefs([event(today, "test", -2.0)], [])
    assert harsh < base
    assert [mild, unfaded, one] == pytest.approx([base] * 3)


@given(st.lists(any_event, max_size=12), st.lists(any_promise, max_size=5), st.randoms(use_true_random=False))
def test_order_repetition_and_later_rows_do_not_matter(events: list[Event], promises: list[Commitment], random: object) -> None:
    mixed = [*events, *events[:2], event("2031-01-01", "later", 2)]
    random.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    plain = signals(case(events=events, commitments=promises))
    assert signals(case(events=mixed, commitments=[*promises, *promises[:1]])) == plain


@given(st.lists(any_event, max_size=8), st.lists(any_promise, max_size=5), st.dates(dt.date(2017, 1, 1), dt.date(2019, 2, 15)))
def test_path_knows_nothing_of_later_days(events: list[Event], promises: list[Commitment], day: dt.date) -> None:
    full = case(events=events, commitments=promises)
    cut = case(events=[e for e in events if e.date <= day], commitments=promises)
    at = [belief_on(one, "west", "north", PRIOR, day, matcher(one)) for one in (full, cut)]
    assert at[0] == at[1]


def test_path_ends_with_the_posterior() -> None:
    found = signals(case(events=[event("2018-05-24", "tunnels", 2, cost=0.5, verified=1.0), event("2018-06-01", "test", -2)]))
    assert found is not None
    for belief in found.seriousness:
        assert belief.path[-1].belief == pytest.approx(belief.posterior)
        assert belief.even is None or 0.02 < belief.even < 0.98


def test_words_alone_or_deeds_alone_make_no_series() -> None:
    assert compare_months("a", "b", months([1.0], "words"), []) is None
    assert compare_months("a", "b", [], months([1.0], "deeds")) is None


def test_words_are_held_against_the_deeds_up_to_their_month() -> None:
    found = compare_months("a", "b", months([None, 2.0, None, 1.0], "words"), months([-1.0, None, -2.0, None], "deeds"))
    assert found is not None
    assert (found.reach, [m.difference for m in found.months]) == (3, [None, 3.0, None, 3.0])
    dense = compare_months("a", "b", months([1.0] * 10, "words"), months([-1.0] * 5 + [0.0] * 5, "deeds"))
    assert dense is not None
    assert (dense.reach, [m.difference for m in dense.months]) == (1, [2.0] * 5 + [1.0] * 5)


def test_sparse_noise_is_seldom_called_a_drift_or_a_break() -> None:
    """Words and deeds without any relation, silent in two months of three, so that three months of deeds are shared."""
    rng = np.random.default_rng(17)
    alarms = []
    for _ in range(600):
        said, done = (
            [float(v) if rng.random() < 0.42 else None for v in rng.integers(-2, 3, size=30)] for _ in ("words", "deeds")
        )
        found = compare_months("a", "b", months(said, "words"), months(done, "deeds"))
        if found is None:
            continue
        series = differences(found)
        drifting = find_trend(series)
        if drifting is not None:
            alarms.append((drifting.p < 0.05, bool(find_breaks(series))))
    assert len(alarms) > 300
    assert np.mean([a for a, _ in alarms]) <= 0.07
    assert np.mean([b for _, b in alarms]) <= 0.07


def test_answer_is_the_next_deed_within_its_days() -> None:
    first = [event("2018-01-01", "a", 1), event("2018-06-01", "b", -1), event("2018-12-01", "c", 1)]
    follower = [
        event("2018-01-01", "same day", -2),
        event("2018-02-01", "x", 1),
        event("2018-06-15", "y", -1),
        event("2019-12-01", "z", 1),
    ]
    assert answered(first, follower) == ((1, 1), (1, 0))


def test_intervals_of_shares_as_published() -> None:
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10: 56/70 and 48/80 differ by .0524 to .3339."""
    assert newcombe((70, 56), (80, 48)) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == pytest.approx(1.0)


def test_reply_of_a_month_later_is_found_in_noise_and_absent_without_it() -> None:
    rng = np.random.default_rng(3)
    lead = rng.normal(size=60)
    follows = np.concatenate(([0.0], lead[:-1])) + rng.normal(size=60) * 0.5
    found = lagged(months(lead.tolist(), "deeds"), months(follows.tolist(), "deeds"))
    assert found is not None
    assert found[1] > 0.5
    alone = [
        lagged(months(rng.normal(size=40).tolist(), "deeds"), months(rng.normal(size=40).tolist(), "deeds")) for _ in range(300)
    ]
    assert np.mean([f is not None and not f[1] <= 0.0 <= f[2] for f in alone]) <= 0.07
    assert lagged(months([1.0] * 11, "deeds"), months([1.0] * 11, "deeds")) is None


@pytest.mark.parametrize(
    ("weight", "scores", "reads_as"),
    [
        ("humanitarian", {"cost": 0.9, "verified": 1.0}, "humanitarian"),
        ("", {"cost": 0.9, "irreversible": 1.0}, "token"),
        ("substantive", {"cost": 0.15, "irreversible": 0.1, "verified": 1.0}, "token"),
        ("token", {"cost": 0.4, "irreversible": 1.0, "verified": 1.0}, "substantive"),
    ],
)
def test_gesture_is_classed_by_what_stays_spent_and_is_seen(weight: str, scores: dict[str, object], reads_as: str) -> None:
    found = signals(case(events=[Event.model_validate(event("2018-05-24", "deed", 1, weight=weight).model_dump() | scores)]))
    assert found is not None
    assert found.events[0].reads_as == reads_as
    assert found.events[0].why.values["coder"] == (weight if weight not in {"", reads_as} else None)


def test_who_follows_does_the_opposite_or_neither_is_told_from_the_deeds() -> None:
    """Forty deeds, turn by turn favourable and hostile, each answered in kind, contrary to it, or always alike."""
    lead = [event(f"{1990 + k}-01-01", f"deed {k}", 1.0 if k % 2 else -1.0) for k in range(40)]
    codes = {}
    for manner, sign in (("kind", lambda s: s), ("contrary", lambda s: -s), ("alike", lambda _: 1.0)):
        replies = [event(f"{1990 + k}-02-01", f"reply {k}", sign(deed.sign)) for k, deed in enumerate(lead)]
        found = compare_answers("west", "north", ([], []), (lead, replies))
        codes[manner] = [why.code for why in found.why]
        assert found.difference == pytest.approx({"kind": 1.0, "contrary": -1.0, "alike": 0.0}[manner])
    assert codes == {
        "kind": ["answers.good", "answers.bad", "answers.follows", "answers.months"],
        "contrary": ["answers.good", "answers.bad", "answers.opposite", "answers.months"],
        "alike": ["answers.good", "answers.bad", "answers.unclear", "answers.months"],
    }
