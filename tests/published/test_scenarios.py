"""Scenarios of other tools, against what was published of them.

Itex-Cypress, England-Zimbabwe, AMPO-City: frontier sizes and Nash points by the convention of GENIUS 10.4. GeniusWeb, NegoLog:
the optimum that lies beside each scenario (specials.json, specs.json). ANAC 2014: pareto.xml beside each nonlinear scenario. The
six-party game: Abdelnabi et al. 2024, "Cooperation, Competition, and Maliciousness: LLM-Stakeholders Interactive Negotiation".
"""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from contracts.formats import told
from summitry.deals.frontier import explore
from summitry.errors import BadArgument
from summitry.formats import losses, read, write
from summitry.model import build

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from summitry.case.types import Case

    Values = NDArray[np.float64]


@pytest.fixture(scope="session")
def scenarios(shared_data: Path) -> Path:
    return shared_data / "scenarios"


def worths(case: Case) -> Values:
    """The value of every package, shape (parties, options of the first issue, of the second, ...); additive values only."""
    totals = []
    for preferences in told(case):
        total: Values = np.zeros(())
        for issue, body in case.file.issues.items():
            said = preferences.values.get(issue)
            total = np.add.outer(total, [said.options[option][1] if said else 0.0 for option in body.options])
        totals.append(total)
    return np.array(totals)


def frontier(points: Values) -> Values:
    """The undominated points of two parties, shape (2, packages), in the order of the first."""
    order = np.lexsort((-points[1], -points[0]))
    sorted_points = points[:, order]
    before = np.concatenate(([-np.inf], np.maximum.accumulate(sorted_points[1])[:-1]))
    return sorted_points[:, sorted_points[1] > before + 1e-12][:, ::-1]


GENIUS = [
    ("anac/y2010/ItexvsCypress", 180, 18, (0.7215, 0.6705)),
    ("anac/y2010/EnglandZimbabwe", 576, 25, (0.9109, 0.7332)),
    ("other/AMPOvsCity", 1_944_000, 192, (0.706, 0.783)),
]


@pytest.mark.parametrize(("folder", "packages", "size", "nash"), GENIUS)
def test_genius_scenarios_have_their_known_frontier(
    scenarios: Path, folder: str, packages: int, size: int, nash: tuple[float, float]
) -> None:
    points = worths(read(scenarios / "genius" / folder)).reshape(2, -1)
    assert points.shape == (2, packages)
    edge = frontier(points)
    assert edge.shape == (2, size)
    best = edge[:, int(edge.prod(axis=0).argmax())]
    assert sorted(best) == pytest.approx(sorted(nash), abs=6e-4)


def test_every_genius_scenario_loads(scenarios: Path) -> None:
    folders = sorted({path.parent for path in (scenarios / "genius").rglob("*.xml")})
    cases = [read(folder) for folder in folders]
    assert len(cases) == 29
    sizes = [float(np.prod([float(len(body.options)) for body in case.file.issues.values()])) for case in cases]
    assert min(sizes) == 3
    assert max(sizes) == pytest.approx(1e30)
    assert {len(case.file.parties) for case in cases} == {2, 3, 9}
    assert sum(any(each.together for each in told(case)) for case in cases) == 3
    assert {each.discount for each in told(cases[folders.index(scenarios / "genius/anac/y2016/Terra")])} == {0.3, 0.5}


@pytest.mark.parametrize("form", ["genius", "geniusweb", "negolog", "negmas"])
def test_every_scenario_keeps_its_utilities_in_another_format_or_names_who_is_rescaled(
    scenarios: Path, tmp_path: Path, form: str
) -> None:
    folders = sorted({path.parent for path in scenarios.rglob("*") if path.suffix in {".xml", ".json"}})
    written = 0
    for k, folder in enumerate(folders):
        case = read(folder)
        try:
            write(case, tmp_path / str(k), form)
        except BadArgument:
            continue
        again = read(tmp_path / str(k))
        lost = losses(case, form)
        for before, after, party in zip(told(case), told(again), case.file.parties.values(), strict=True):
            if not any(f"scale of {party.name}'s points" in loss for loss in lost):
                issues = [case.file.issues, again.file.issues]
                worths = [
                    [
                        own.values[i].options.get(o, (0.0,) * 3)[1] if i in own.values else 0.0
                        for i in each
                        for o in each[i].options
                    ]
                    for own, each in zip((before, after), issues, strict=True)
                ]
                assert sum(worths[1]) + sum(t.value[1] for t in after.together) == pytest.approx(
                    sum(worths[0]) + sum(t.value[1] for t in before.together), abs=1e-9
                )
                assert after.together or worths[1] == pytest.approx(worths[0], abs=1e-9)
                written += 1
    assert written > 50


def test_a_large_scenario_loads_in_a_blink(scenarios: Path) -> None:
    read(scenarios / "genius/other/AMPOvsCity")
    start = time.perf_counter()
    read(scenarios / "genius/other/AMPOvsCity")
    assert time.perf_counter() - start < 0.15


@pytest.mark.parametrize("domain", ["domain00", "domain07", "domain13", "domain21", "domain34"])
def test_geniusweb_optima_are_found_again(scenarios: Path, domain: str) -> None:
    folder = scenarios / "geniusweb" / domain
    points = worths(read(folder)).reshape(2, -1)
    published = json.loads((folder / "specials.json").read_text())
    assert points.shape[1] == published["size"]
    edge = sorted(each["utility"] for each in published["pareto_front"])
    assert frontier(points).T.tolist() == [pytest.approx(point, abs=1e-9) for point in edge]
    assert points.prod(axis=0).max() == pytest.approx(np.prod(published["nash"]["utility"]), abs=1e-9)


@pytest.mark.parametrize("domain", ["domain0", "domain5", "domain17", "domain33"])
def test_negolog_optima_are_found_again(scenarios: Path, domain: str) -> None:
    folder = scenarios / "negolog" / domain
    case = read(folder)
    points = worths(case)
    published = json.loads((folder / "specs.json").read_text())
    assert points[0].size == published["NumberOfBids"]
    assert points.prod(axis=0).max() == pytest.approx(published["Nash Product"], abs=1e-9)
    assert points.sum(axis=0).max() == pytest.approx(published["Social Welfare"], abs=1e-9)
    package = [list(body.options).index(published["NashBid"][body.title]) for body in case.file.issues.values()]
    flat = np.ravel_multi_index(package, points.shape[1:])
    assert points.reshape(2, -1)[:, int(flat)].tolist() == pytest.approx([published["Nash_A"], published["Nash_B"]], abs=1e-9)


@pytest.mark.parametrize("name", ["10issues", "10issuesDiscountedwithRV"])
def test_nonlinear_frontiers_are_found_again(scenarios: Path, name: str) -> None:
    """For each published point: the most that the second party can have while the first keeps its value."""
    folder = scenarios / "genius/anac/y2014" / name
    points = [tuple(map(float, line.split(","))) for line in (folder / "pareto.xml").read_text().split("\n") if "," in line]
    assert len(points) == {"10issues": 10, "10issuesDiscountedwithRV": 8}[name]
    goals, rows, most, whole = program(read(folder))
    equal = np.arange(len(rows)) < 10
    for first, second in points:
        least = np.append(np.where(equal, 1, -np.inf), first - 1e-6)
        keep = LinearConstraint(np.vstack([rows, goals[0]]), least, np.append(most, np.inf))
        found = milp(-goals[1], constraints=keep, integrality=whole, bounds=Bounds(0, 1))
        assert found.x is not None
        assert float(goals[1] @ found.x) == pytest.approx(second, abs=1e-6)


@pytest.mark.parametrize("name", ["10issues", "10issuesDiscountedwithRV"])
def test_the_frontier_of_coupled_issues_is_the_published_one(scenarios: Path, name: str) -> None:
    """All points of pareto.xml and no other, of 10^10 packages; proven."""
    folder = scenarios / "genius/anac/y2014" / name
    published = [[float(n) for n in line.split(",")] for line in (folder / "pareto.xml").read_text().split("\n") if "," in line]
    answer = explore(build(read(folder), draws=0))
    assert answer.exact
    assert sorted([*point.values.values()] for point in answer.points) == [
        pytest.approx(each, abs=1e-6) for each in sorted(published)
    ]


def program(case: Case) -> tuple[list[Values], Values, Values, NDArray[np.int64]]:
    """One column for each option and each term; ten rows choose options, the others let a term hold only where its options do."""
    columns = {
        (issue, option): k for k, (issue, option) in enumerate((i, o) for i, b in case.file.issues.items() for o in b.options)
    }
    terms = [(party, term) for party, preferences in enumerate(told(case)) for term in preferences.together]
    width = len(columns) + len(terms)
    goals = [np.zeros(width) for _ in case.file.parties]
    rows = [np.array([float(each == issue) for each, _ in columns] + [0.0] * len(terms)) for issue in case.file.issues]
    for k, (party, term) in enumerate(terms, start=len(columns)):
        goals[party][k] = term.value[1]
        for issue, options in term.when.items():
            row = np.zeros(width)
            row[[columns[issue, option] for option in options]] = -1
            row[k] = 1
            rows.append(row)
    most = np.where(np.arange(len(rows)) < len(case.file.issues), 1.0, 0.0)
    return goals, np.array(rows), most, (np.arange(width) < len(columns)).astype(np.int64)


def test_six_party_game_has_its_known_deals(scenarios: Path) -> None:
    case = read(scenarios / "llm_deliberation/base")
    points = worths(case).reshape(6, -1)
    accepts = points >= np.array([each.reservation[1] for each in told(case)])[:, None]
    names = list(case.file.parties)
    assert points.shape == (6, 720)
    assert accepts.all(axis=0).sum() == 12
    vetoes = accepts[names.index("sportco")] & accepts[names.index("dot")]
    assert ((accepts.sum(axis=0) >= 5) & vetoes).sum() == 55


def test_six_party_game_tells_names_and_vetoes(scenarios: Path) -> None:
    case = read(scenarios / "llm_deliberation/base")
    assert [party.name for party in case.file.parties.values()] == [
        *("Mayor", "Other cities", "Local Labour Union", "SportCo", "Department of Tourism", "Environmental League")
    ]
    assert [body.title for body in case.file.issues.values()][:2] == ["Infrastructure Mix", "Ecological Impact"]
    assert any(re.search(r"veto: SportCo .* Department of Tourism", note) for note in case.notes)
