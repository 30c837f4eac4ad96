"""What a record says: each kind of row by its rule, draws as weighing the judgement would have them, contradictions by name."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from generators import build as small
from summitry import case
from summitry.case.rows import Evidence, Position
from summitry.errors import LinkMissing
from summitry.interests.offers import infer_values, judgement_of, likelihood, read_record
from summitry.kernels.draw import generator

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case

VALUES = {
    "us": {"relief": {"eased": [-4, -2, -1], "lifted": [-9, -6, -4]}, "list": {"part": [1, 2, 4], "full": [3, 6, 9]}},
    "dprk": {"relief": {"eased": [1, 4, 8], "lifted": [4, 9, 16]}, "list": {"part": [-8, -4, -1], "full": [-16, -9, -4]}},
}


def talks(*rows: tuple[str, str, str, str, str]) -> Case:
    """Two parties, relief against a list, and a record of (day, party, issue, option, status)."""
    made = small(VALUES, givers={"relief": "us", "list": "dprk"}, reservation={"us": [0, 1, 2], "dprk": [0, 1, 3]})
    positions = tuple(
        Position(date=dt.date(2018, 1, int(day)), party=party, issue=issue, option=option, status=status, source="a paper")  # type: ignore[arg-type] # checked by pydantic
        for day, party, issue, option, status in rows
    )
    return made.model_copy(update={"evidence": Evidence(positions=positions)})


def mid(made: Case, place: str, party: str = "dprk") -> tuple[float, float]:
    """The median of a value before and after."""
    found = next(v for v in infer_values(made, party).values if (f"{v.issue}.{v.option}" if v.issue else v.option) == place)
    return found.before[1], found.after[1]


SWAP = (("1", "dprk", "list", "part", "offered"), ("1", "dprk", "relief", "eased", "demanded"))


def test_an_offer_with_a_demand_of_that_day_is_one_package_worth_the_reservation() -> None:
    (package, demand), silent = read_record(talks(*SWAP).file, talks(*SWAP).evidence.positions, "dprk")
    assert package.moves == {"list": "part", "relief": "eased"}
    assert (package.reservation, package.least, package.rows) == (True, True, (1, 2))
    assert (demand.moves, demand.than, demand.reservation) == ({"relief": "eased"}, {}, False)
    assert silent == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("1", "dprk", "list", "full", "offered"), "priceless"),
        (("1", "dprk", "list", "full", "floated"), "free"),
        (("1", "dprk", "relief", "lifted", "withdrawn"), "free"),
        (("1", "dprk", "list", "full", "accepted"), "giveaway"),
        (("1", "dprk", "list", "none", "offered"), "status_quo"),
    ],
)
def test_what_implies_nothing_says_why(row: tuple[str, str, str, str, str], code: str) -> None:
    made = talks(row)
    status_quo = made.file.issues["list"].status_quo
    positions = tuple(p.model_copy(update={"option": status_quo}) if p.option == "none" else p for p in made.evidence.positions)
    statements, (silent,) = read_record(made.file, positions, "dprk")
    assert statements == ()
    assert silent.why.code == f"infer.silent.{code}"
    assert silent.label.values["options"] == (f"{positions[0].issue}.{positions[0].option}",)


def test_a_refusal_takes_in_what_the_other_side_offered_that_day_and_no_other() -> None:
    rows = (
        ("1", "us", "relief", "eased", "offered"),
        ("1", "dprk", "list", "full", "refused"),
        ("2", "dprk", "list", "part", "refused"),
        ("3", "us", "list", "full", "demanded"),
        ("3", "dprk", "relief", "eased", "refused"),
    )
    made = talks(*rows)
    one, two, three = read_record(made.file, made.evidence.positions, "dprk")[0]
    assert one.moves == {"relief": "eased", "list": "full"}
    assert two.moves == {"list": "part"}
    assert three.moves == {"list": "full", "relief": "eased"}  # theirs to give, with what they demanded for it
    assert not any(s.least for s in (one, two, three))


def test_what_is_accepted_on_one_day_is_one_package() -> None:
    rows = (("1", "dprk", "relief", "eased", "accepted"), ("1", "dprk", "list", "part", "accepted"))
    made = talks(*rows)
    (one,), silent = read_record(made.file, made.evidence.positions, "dprk")
    assert (one.moves, one.reservation, one.least) == ({"relief": "eased", "list": "part"}, True, True)
    assert silent == ()
    alone = talks(rows[0])
    (gift,), _ = read_record(alone.file, alone.evidence.positions, "dprk")
    assert gift.reservation is False


def test_a_demand_is_worth_more_than_the_option_below() -> None:
    made = talks(("1", "dprk", "relief", "lifted", "demanded"))
    assert read_record(made.file, made.evidence.positions, "dprk")[0][0].than == {"relief": "eased"}


def test_an_offer_makes_its_price_worth_more_and_what_is_given_cost_less() -> None:
    before, after = mid(talks(*SWAP), "relief.eased")
    assert after > before + 0.2
    before, after = mid(talks(*SWAP), "list.part")
    assert after > before + 0.2
    before, after = mid(talks(*SWAP), "reservation")
    assert after < before


def test_a_refusal_goes_the_other_way() -> None:
    rows = (("1", "us", "relief", "lifted", "offered"), ("1", "dprk", "list", "part", "refused"))
    for place in ("relief.lifted", "list.part"):
        before, after = mid(talks(*rows), place)
        assert after < before - 0.2


def test_the_draws_are_those_of_the_judgement_weighed_by_the_record() -> None:
    made = talks(*SWAP, ("2", "us", "relief", "lifted", "offered"), ("2", "dprk", "list", "full", "refused"))
    told = made.believed("dprk")
    assert told is not None
    judged = judgement_of(told, made.file.settings.correlation)
    rows = judged.rows(read_record(made.file, made.evidence.positions, "dprk")[0])
    prior = judged.points(generator(9, "twin").standard_normal((40_000, judged.size)))
    weight = likelihood(prior @ rows.T, judged.stakes(rows)).prod(axis=1)
    wanted = weight @ prior / weight.sum()
    found = infer_values(made, "dprk")
    for k, value in enumerate(v for v in found.values if v.issue):
        spread = np.sqrt(weight @ (prior[:, k] - wanted[k]) ** 2 / weight.sum())
        order = np.argsort(prior[:, k])
        half = prior[order, k][np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2.0)]
        assert abs(value.after[1] - half) < 0.1 * spread
    assert found.r_hat < 1.03
    assert found.effective > 1000


def test_statements_that_no_judged_value_meets_are_named_and_only_they() -> None:
    tight = {"dprk": {"relief": {"eased": [1, 2, 3], "lifted": [4, 5, 6]}, "list": {"part": [-8, -7, -6], "full": [-16, -9, -8]}}}
    made = talks(*SWAP, ("2", "dprk", "list", "full", "refused"))
    other = small(VALUES | tight, givers={"relief": "us", "list": "dprk"}, reservation={"us": [0, 1, 2], "dprk": [0, 1, 3]})
    found = infer_values(made.model_copy(update={"preferences": other.preferences}), "dprk")
    (clash,) = found.contradiction
    assert clash.values == {"date": "2018-01-01", "gives": ("list.part",), "wants": ("relief.eased",)}
    assert found.agree == 0.0
    assert infer_values(made, "dprk").contradiction == ()


def test_same_seed_same_answer_and_another_seed_nearly() -> None:
    made = talks(*SWAP)
    assert infer_values(made, "dprk", seed=3) == infer_values(made, "dprk", seed=3)
    one, other = (infer_values(made, "dprk", seed=s).values[0].after[1] for s in (0, 1))
    assert one != other
    assert one == pytest.approx(other, abs=0.15)


def test_a_party_without_a_telling_row_is_said() -> None:
    with pytest.raises(LinkMissing, match="no row of it that implies anything"):
        infer_values(talks(), "us")


def test_a_range_to_paste_keeps_mean_and_order() -> None:
    for value in infer_values(case.load("korea-2019"), "dprk").values:
        low, mode, high = value.paste
        assert (
            value.judgement[0] - 1e-2 * abs(value.judgement[0])
            <= low
            <= mode
            <= high
            <= value.judgement[2] + 1e-2 * abs(value.judgement[2])
        )


def test_what_another_holder_believes_is_not_felt(tmp_path: Path) -> None:
    here = tmp_path / "korea"
    shutil.copytree(case.outline("korea-2019")[0], here)
    before = infer_values(case.load(here, viewer="us"), "dprk")
    shutil.rmtree(here / "preferences" / "dprk")
    assert infer_values(case.load(here, viewer="us"), "dprk") == before


def test_every_party_of_a_commercial_case_is_read() -> None:
    made = case.load("supply-contract")
    first = infer_values(made, "supplier").effects[0].statement
    assert (first.moves, first.reservation) == ({"price": "less-2", "payment": "net-30", "volume": "half"}, True)
