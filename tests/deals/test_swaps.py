from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from summitry import case
from summitry.deals import candidates, swaps
from summitry.deals.price import price_deliverable
from summitry.model import Model, build

LIMIT = 2**62


@cache
def model(name: str = "korea-2019") -> Model:
    return build(case.load(name), draws=64)


def rows(made: Model, count: int, seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Random packages of few moves; many occur twice, and many break a rule."""
    rng = np.random.default_rng(seed)
    return (rng.integers(0, made.sizes, (count, len(made.issues))) * (rng.random((count, len(made.issues))) < 0.1)).astype(
        np.int64
    )


def wide(made: Model) -> Model:
    """The same model with so many further issues of two options that no number tells all packages apart."""
    more = 62
    options = (*made.options, *[("none", "some")] * more)
    first = np.concatenate((made.first, made.first[-1] + 2 * np.arange(1, more + 1)))
    none = np.zeros(2 * more)
    return replace(
        made,
        issues=(*made.issues, *(f"further-{k}" for k in range(more))),
        options=options,
        first=first,
        giver=np.concatenate([made.giver, np.zeros((more, len(made.parties)), dtype=np.bool_)]),
        allowed=np.concatenate([made.allowed, none == 0.0]),
        days=np.concatenate([made.days, none.astype(np.int64)]),
    )


@pytest.mark.parametrize("large", [False, True])
def test_feasible_packages_are_those_without_fault_once_each_and_in_order(*, large: bool) -> None:
    made = wide(model()) if large else model()
    assert (made.packages >= LIMIT) is large
    packages = rows(made, 3000, seed=1)
    found = swaps.lawful(made, packages)
    told = sorted({tuple(p) for p in packages.tolist() if not made.faults(p)})
    assert [tuple(p) for p in found.tolist()] == told
    assert 10 < len(told) < len({tuple(p) for p in packages.tolist()})


@pytest.mark.parametrize("large", [False, True])
def test_keys_find_what_was_seen(*, large: bool) -> None:
    made = wide(model()) if large else model()
    packages = rows(made, 900, seed=2)
    keys = swaps.keys(made, packages)
    seen = {p.tobytes() for p in packages[:400]}
    assert candidates._among(np.sort(keys[:400]), keys).tolist() == [p.tobytes() in seen for p in packages]


@pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])
def test_what_else_could_be_had_is_the_best_of_all_swaps_with_the_deliverable_less_the_best_without(name: str) -> None:
    made = model(name)
    payer = made.principal
    issue, _, option = str(made.settings.deliverable).partition(".")
    found = price_deliverable(made, issue, option, payer=payer)
    bought = made.closure(made.row({**found.closure, **found.package}))
    packages = swaps.candidates(made, made.party(payer), extra=[bought]).packages
    givers = [made.party(found.giver)]
    yes = swaps.accepted(made, swaps.design(made, packages)).mean(axis=2) >= swaps.needs(
        made, made.party(payer), givers, found.at
    )
    mean = made.means(packages)[:, made.party(payer)]
    has = (packages >= made.closure(made.row({issue: option}))).all(axis=1)
    good = yes.all(axis=1) & (mean > swaps.SLACK)
    best_with = mean[good & has].max() if (good & has).any() else made.means(bought[None, :])[0, made.party(payer)]
    assert found.worth_opportunity == pytest.approx(best_with - mean[good & ~has].max(initial=0.0))
