"""Frontiers and solutions of scenarios that others published or recomputed, in the shared data."""

from __future__ import annotations

import json
from math import prod
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from summitry.kernels import bargain
from summitry.kernels.pareto import frontier

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

GENIUS = "scenarios/genius"
WEB = ["domain00", "domain07", "domain13", "domain21", "domain34"]


def profile(path: Path) -> dict[str, dict[str, float]]:
    """Weighted values by issue and option as GENIUS 10.4 reads them: evaluation / largest evaluation * weight."""
    root = ET.parse(path).getroot()  # noqa: S314 (files that lie beside the checkout, not input)
    weights = {node.get("index"): float(node.get("weight") or node.get("value") or 0) for node in root.iter("weight")}
    found = {}
    for issue in root.iter("issue"):
        raw = {str(item.get("value")): float(item.get("evaluation", 0)) for item in issue.findall("item")}
        found[str(issue.get("index"))] = {
            name: weights[issue.get("index")] * value / max(raw.values()) for name, value in raw.items()
        }
    return found


def groups_of(*parties: dict[str, dict[str, float]]) -> list[NDArray[np.float64]]:
    first = parties[0]
    return [np.array([[party[issue][option] for party in parties] for option in first[issue]]) for issue in first]


@pytest.mark.parametrize(
    ("files", "packages", "size", "nash", "kalai_smorodinsky"),
    [
        (
            ("anac/y2010/ItexvsCypress/ItexvsCypress_Itex.xml", "anac/y2010/ItexvsCypress/ItexvsCypress_Cypress.xml"),
            180,
            18,
            (0.7215, 0.6705),
            (0.7215, 0.6705),
        ),
        (
            ("anac/y2010/EnglandZimbabwe/England.xml", "anac/y2010/EnglandZimbabwe/Zimbabwe.xml"),
            576,
            25,
            (0.9109, 0.7332),
            (0.8223, 0.7866),
        ),
        (
            ("other/AMPOvsCity/ampo_vs_city_ampo_space.xml", "other/AMPOvsCity/ampo_vs_city_city_space.xml"),
            1_944_000,
            192,
            (0.706, 0.783),
            None,
        ),
    ],
    ids=["itex-cypress", "england-zimbabwe", "ampo-city"],
)
def test_genius_scenario(
    shared_data: Path,
    files: tuple[str, str],
    packages: int,
    size: int,
    nash: tuple[float, float],
    kalai_smorodinsky: tuple[float, float] | None,
) -> None:
    groups = groups_of(*(profile(shared_data / GENIUS / name) for name in files))
    assert prod(map(len, groups)) == packages
    found = frontier(groups)
    assert len(found.values) == size
    assert found.values[bargain.nash(found.values, np.zeros(2))] == pytest.approx(
        np.array([nash]), abs=6e-4 if packages > 1e6 else 6e-5
    )
    if kalai_smorodinsky is not None:
        assert found.values[bargain.kalai_smorodinsky(found.values, np.zeros(2))] == pytest.approx(
            np.array([kalai_smorodinsky]), abs=6e-5
        )


@pytest.mark.parametrize("domain", WEB)
def test_geniusweb_scenario_has_its_published_frontier_and_nash(shared_data: Path, domain: str) -> None:
    folder = shared_data / "scenarios" / "geniusweb" / domain
    published = json.loads((folder / "specials.json").read_text())
    found = frontier(groups_of(web(folder / "profileA.json"), web(folder / "profileB.json")))
    expected = sorted((point["utility"] for point in published["pareto_front"]), reverse=True)
    assert found.values == pytest.approx(np.array(expected), abs=1e-9)
    assert found.values[bargain.nash(found.values, np.zeros(2))] == pytest.approx(
        np.array([published["nash"]["utility"]]), abs=1e-9
    )


def web(path: Path) -> dict[str, dict[str, float]]:
    space: dict[str, Any] = json.loads(path.read_text())["LinearAdditiveUtilitySpace"]
    return {
        issue: {
            name: value * space["issueWeights"][issue]
            for name, value in table["DiscreteValueSetUtilities"]["valueUtilities"].items()
        }
        for issue, table in space["issueUtilities"].items()
    }


@pytest.mark.parametrize("domain", ["domain0", "domain5", "domain17", "domain33"])
def test_negolog_scenario_has_its_published_nash(shared_data: Path, domain: str) -> None:
    folder = shared_data / "scenarios" / "negolog" / domain
    published = json.loads((folder / "specs.json").read_text())
    found = frontier(groups_of(log(folder / "profileA.json"), log(folder / "profileB.json")))
    winners = found.values[bargain.nash(found.values, np.zeros(2))]
    assert winners.prod(axis=1) == pytest.approx(published["Nash Product"], abs=1e-12)
    assert [published["Nash_A"], published["Nash_B"]] in [pytest.approx(row) for row in winners.tolist()]


def log(path: Path) -> dict[str, dict[str, float]]:
    body = json.loads(path.read_text())
    return {
        issue: {name: value * body["issueWeights"][issue] for name, value in table.items()}
        for issue, table in body["issues"].items()
    }
