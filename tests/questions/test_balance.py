"""Laws of a material balance as it is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.answers import Answer, ask
from summitry.errors import BadArgument
from summitry.questions import question

AMOUNTS = st.floats(0, 1000)


def balance(**request: float) -> Answer[object]:
    return ask(question("balance"))(None, **request)


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.floats(0.01, 10), st.floats(0.001, 0.4))
def test_what_is_unaccounted_for_is_what_the_sum_leaves(
    beginning: float, received: float, shipped: float, sigma: float, false_alarm: float
) -> None:
    exact = balance(
        beginning=beginning,
        received=received,
        shipped=shipped,
        ending=beginning + received - shipped,
        sigma=sigma,
        false_alarm=false_alarm,
    )
    assert exact.muf == pytest.approx(0, abs=1e-9)
    assert not exact.alarm
    more = balance(beginning=beginning, ending=beginning, received=exact.threshold + sigma, sigma=sigma, false_alarm=false_alarm)
    assert more.alarm


@given(st.floats(0.01, 10), st.floats(0.001, 0.4), st.floats(0, 20), st.floats(0.01, 20))
def test_a_larger_loss_shows_at_least_as_often_and_no_loss_as_often_as_a_false_alarm(
    sigma: float, false_alarm: float, loss: float, more: float
) -> None:
    def chance(amount: float) -> float:
        answer = balance(beginning=1, ending=1, sigma=sigma, false_alarm=false_alarm, amount=amount)
        return float(answer.detection)

    assert chance(0.0) == pytest.approx(false_alarm)
    assert chance(loss) <= chance(loss + more)


def test_nothing_is_said_of_a_loss_that_nobody_named() -> None:
    answer = balance(beginning=1, ending=1, sigma=1)
    assert answer.detection is None
    assert "A loss of" not in answer.to_text()


@pytest.mark.parametrize(("sigma", "false_alarm"), [(0.0, 0.05), (1.0, 0.0), (1.0, 1.0)])
def test_a_balance_without_errors_or_alarms_is_refused(sigma: float, false_alarm: float) -> None:
    with pytest.raises(BadArgument, match="must be above 0"):
        balance(beginning=1, ending=1, sigma=sigma, false_alarm=false_alarm)
