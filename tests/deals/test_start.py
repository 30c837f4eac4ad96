"""Where to start, against evaluators that share nothing with the search: no change nearby is better, whoever the seed is."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from generators import cases
from summitry.answers import open_case
from summitry.deals import gates
from summitry.deals.ask import best_ask
from summitry.deals.rung import first_rung
from summitry.errors import BadArgument
from summitry.model import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.case.types import Case
    from summitry.model import Model


def nearby(model: Model, package: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Every lawful package that differs in one or two options."""
    for issues in [*combinations(range(len(package)), 1), *combinations(range(len(package)), 2)]:
        for options in np.ndindex(*(int(model.sizes[i]) for i in issues)):
            row = package.copy()
            row[list(issues)] = options
            if row.any() and (row != package).any() and not model.faults(row):
                yield row


def pays(model: Model, package: NDArray[np.int64], p: int) -> NDArray[np.float64]:
    """What a package pays a party in each draw where all accept and all homes ratify."""
    values = model.values(package)
    holds = (values >= model.reserve_drawn - 1e-9).all(axis=0)
    for home in model.homes.values():
        holds &= home.ratified(model.columns(package))
    return np.where(holds, values[p] - model.reserve_drawn[p], 0.0)


def better(model: Model, package: NDArray[np.int64], p: int) -> list[dict[str, str]]:
    """The neighbours that pass all gates and pay more than sampling explains."""
    own = pays(model, package, p)
    found = []
    for row in nearby(model, package):
        more = pays(model, row, p) - own
        if more.mean() > 2.0 * more.std() / np.sqrt(model.draws) + 1e-9 and gates.judge(model, row).passed:
            found.append(model.named(row))
    return found


@settings(max_examples=40, deadline=None)
@given(cases())
def test_no_change_of_one_or_two_options_betters_the_start(case: Case) -> None:
    model = build(case, draws=256)
    if not model.giver.any():
        return
    for party in model.parties:
        start = first_rung(model, party).best
        if start is not None:
            assert start.passed
            assert better(model, model.row(start.moves), model.party(party)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["supply-contract", "panama-1977", "korea-2019"])
def test_no_change_betters_the_start_of_a_bundled_case(name: str) -> None:
    workspace = open_case(name)
    model = workspace.model
    for party in model.parties:
        start = first_rung(model, party).best
        if start is not None:
            assert better(model.fresh(3), model.row(start.moves), model.party(party)) == []


def test_every_seed_starts_alike_or_says_that_it_cannot_tell() -> None:
    starts = []
    for seed in range(4):
        workspace = open_case("supply-contract", seed=seed)
        found = first_rung(workspace.model, workspace.principal)
        assert found.best is not None
        starts.append((found.best.moves, list(found.rivals)))
    for moves, rivals in starts:
        for other, others in starts:
            assert moves == other or moves in others or other in rivals


def test_the_best_ask_that_passes_the_gates_is_the_start() -> None:
    workspace = open_case("supply-contract")
    ask, start = best_ask(workspace.model, workspace.principal), first_rung(workspace.model, workspace.principal)
    assert ask.verdict is not None
    assert start.best is not None
    if ask.verdict.passed:
        assert ask.best is not None
        assert ask.best.moves == start.best.moves or ask.best.moves in start.rivals


def test_what_the_curve_shows_passes_and_grows_bolder() -> None:
    workspace = open_case("supply-contract")
    found = first_rung(workspace.model, workspace.principal)
    worth = [verdict.substance[workspace.principal] for verdict in found.others]
    assert all(verdict.passed for verdict in found.others)
    assert worth == sorted(worth)
    assert found.others[0].joint >= found.others[-1].joint


@pytest.mark.parametrize("words", ["volume.half", "price.current"])
def test_no_swap_starts_with_asking_for_what_nobody_else_has_to_move(words: str) -> None:
    with pytest.raises(BadArgument, match=r"status quo|our own to give"):
        open_case("supply-contract").rung(words)


def test_the_best_ask_names_the_first_rung_and_its_gain_in_the_same_draws() -> None:
    workspace = open_case("supply-contract")
    found, rung = workspace.ask(), workspace.rung().rung
    assert found.start is not None
    assert found.start.moves == rung.best.moves
    assert found.start.expected <= found.expected + 1e-9
    merged = {**found.best.moves, **found.start.differs}
    moved = {issue: option for issue, option in merged.items() if option != workspace.case.file.issues[issue].status_quo}
    assert moved == found.start.moves
