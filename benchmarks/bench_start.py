"""Whether where to start is the best near by, stable and quick: `rung` beside searches that share no code with it.

The evaluator here sums the drawn values of the model itself, counts acceptance itself and checks prerequisites, exclusions and
mandates itself. Ratification is asked of the model's homes, orders and dates of `summitry.sequence`: their own slow twins stand
in `tests/oracles`. Nothing of `summitry.deals` is used but the answers under test. Exit code 1 where an answer is at fault.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import measure
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case
    from summitry.deals.rung import RungResult
    from summitry.model import Model

BUNDLED = ("korea-2019", "supply-contract", "panama-1977")
MISSES = ("korea-2019", "panama-1977")
HANDED = measure.ROOT.parent / "shared" / "cases"
CAMP_DAVID = HANDED / "camp-david-1978"
ROUNDING, ERRORS = 1e-9, 2.0
ACROSS = 1_000_003
"""What is added to a seed for draws that neither a search nor a gate has seen."""


@dataclass
class Judge:
    """Judges packages of one model on its draws, each once."""

    model: Model
    known: dict[bytes, NDArray[np.bool_]] = field(default_factory=dict)

    @cached_property
    def drawn(self) -> NDArray[np.float64]:
        """Drawn values of columns and tables, shape (P, K, D); what is not moved is worth nothing."""
        return np.asarray(self.model.drawn_all, dtype=np.float64)

    def rows(self, packages: NDArray[np.int64]) -> NDArray[np.float64]:
        """Packages (N, I) as rows of 0 and 1 over columns and tables, shape (N, K)."""
        model = self.model
        rows = np.zeros((len(packages), self.drawn.shape[1]))
        for i in range(len(model.issues)):
            moved = np.flatnonzero(packages[:, i] > 0)
            rows[moved, model.first[i] + packages[moved, i]] = 1.0
        for t, table in enumerate(model.tables):
            here = np.ones(len(packages), dtype=np.bool_)
            for i, options in table.where:
                here &= np.isin(packages[:, i], sorted(options))
            rows[here, int(model.first[-1]) + t] = 1.0
        return rows

    def accepted(self, packages: NDArray[np.int64]) -> NDArray[np.bool_]:
        """In which draws all parties accept, shape (N, D)."""
        rows = self.rows(packages)
        yes = np.ones((len(packages), self.drawn.shape[2]), dtype=np.bool_)
        for p in range(len(self.model.parties)):
            yes &= rows @ self.drawn[p] - self.model.answers.bar[p] >= -ROUNDING
        return yes

    def holds(self, package: NDArray[np.int64]) -> NDArray[np.bool_]:
        """In which draws all accept and all homes ratify, shape (D,)."""
        key = package.tobytes()
        if key not in self.known:
            holds = self.accepted(package[None, :])[0]
            columns = [int(self.model.first[i]) + int(option) for i, option in enumerate(package)]
            for home in self.model.homes.values():
                if holds.any():
                    holds = holds & home.ratified(columns)
            self.known[key] = holds
        return self.known[key]

    def gains(self, package: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each party has over no deal in each draw, nothing where the deal fails, shape (P, D)."""
        values = np.einsum("pkd,k->pd", self.drawn, self.rows(package[None, :])[0])
        return np.asarray((values - self.model.reserve_drawn) * self.holds(package))

    def lawful(self, packages: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which packages break no prerequisite, exclusion or mandate and keep to what is on the table, shape (N,)."""
        model = self.model
        options = packages + model.first[:-1]
        keep = np.asarray(model.allowed[options].all(axis=1))
        for q, r in model.needs:
            i, j = model.issue_of[q], model.issue_of[r]
            keep &= (options[:, i] != q) | (options[:, j] >= r)
        for q, r in model.bars:
            keep &= ~((options == q).any(axis=1) & (options == r).any(axis=1))
        on_table = (model.bounds.lift(packages) == packages).all(axis=1)
        return np.asarray(keep & on_table & packages.any(axis=1))

    def carried(self, package: NDArray[np.int64]) -> tuple[float, float]:
        """One over the least load within the exposure limits, and the horizon over the days, each 1 at most."""
        from summitry.sequence import horizon, orders

        model, sequence = self.model, orders.steps(self.model, package)
        if not sequence.count:
            return 1.0, 1.0
        if not orders.trust_tested(model):
            dated = horizon.in_time(model, sequence, (orders.at_once(model, sequence),))
            order = None
        else:
            order = orders.least_load(model, package, sequence)
            if order is None:
                return 0.0, 0.0
            dated = horizon.in_time(model, sequence, horizon.to_try(model, sequence, least=order))
        soon = dated.allowed / dated.days if dated.days and dated.over else 0.0
        return 1.0 if order is None else min(1.0, 1.0 / max(order.load, ROUNDING)), 1.0 if dated.fits else soon


def unseen(model: Model, times: int = 4) -> Judge:
    """A judge on draws that neither search nor gates have seen, `times` as many."""
    from summitry.model import redraw

    return Judge(redraw(replace(model, seed=model.seed + ACROSS, draws=model.draws * times)))


def anneal(judge: Judge, restarts: int, moves: int, rng: np.random.Generator) -> list[NDArray[np.int64]]:
    """What `restarts` chains of an annealing visited last and at their best, the likeliest first.

    A move sets one issue, or two, to options drawn evenly, with the prerequisites of what it sets. The chance that all accept and
    all homes ratify is made large; where it is nothing, the share of draws in which all accept, then each party's margin.
    """
    model = judge.model
    state = np.repeat(model.bounds.lift(np.zeros((1, len(model.issues)), dtype=np.int64)), restarts, axis=0)
    score = np.full(restarts, -np.inf)
    best: dict[bytes, float] = {}
    for heat in np.geomspace(0.2, 0.002, moves):
        changed = state.copy()
        for _ in range(2):
            at = rng.integers(len(model.issues), size=restarts)
            some = rng.random(restarts) < 0.7  # noqa: PLR2004 (some chains change one issue, some two)
            changed[some, at[some]] = rng.integers(model.sizes[at[some]])
        changed = np.asarray(model.closure(changed))
        tried = np.flatnonzero(judge.lawful(changed) & (changed != state).any(axis=1))
        yes = judge.accepted(changed[tried]).mean(axis=1)
        margin = (model.means(changed[tried]) - model.answers.aspiration.mean(axis=1)).min(axis=1)
        bar = score[tried] + heat * np.log(rng.random(len(tried)))
        for k, likely, short, least in zip(tried.tolist(), yes.tolist(), margin.tolist(), bar.tolist(), strict=True):
            base = 0.1 * likely + 0.002 * min(short, 0.0)
            if likely + base < least:
                continue  # no home can make it as good as it must be
            joint = float(judge.holds(changed[k]).mean()) if likely else 0.0
            if joint + base >= least:
                state[k], score[k] = changed[k], joint + base
                best[changed[k].tobytes()] = joint
    order = sorted(best, key=lambda key: -best[key])
    return [np.frombuffer(key, dtype=np.int64) for key in order]


def closest(judge: Judge, packages: Sequence[NDArray[np.int64]], needed: float, most: int = 200) -> NDArray[np.int64]:
    """Of packages, the likeliest first, that of the largest shares of what gates need, from the least up, then of most gain."""
    best: tuple[tuple[float, ...], float] = ((-1.0,), 0.0)
    row = packages[0]
    p = judge.model.party(judge.model.principal)
    for package in packages[:most]:
        joint = min(1.0, float(judge.holds(package).mean()) / needed)
        if joint < best[0][0]:
            break
        found: tuple[tuple[float, ...], float] = (
            tuple(sorted((joint, *judge.carried(package)))),
            float(judge.gains(package)[p].mean()),
        )
        if found > best:
            best, row = found, package
    return row


def misses(case: str, restarts: int, moves: int) -> tuple[list[str], bool]:
    """The nearest miss of `rung` beside the best that the annealing finds, by the chance of both on unseen draws."""
    model, result = first(case, 0)
    needed = model.settings.joint
    if result.nearest is None:
        return [f"{case}: nearest miss", "something passes", "", ""], True
    judge = Judge(replace_draws(model))
    row = closest(judge, anneal(judge, restarts, moves, np.random.default_rng(0)), needed)
    ours = model.row(result.nearest.moves)
    fresh = unseen(model)
    shares = [(min(float(fresh.holds(k).mean()) / needed, 1.0), *fresh.carried(k)) for k in (ours, row)]
    less = (fresh.holds(row).astype(np.float64) - fresh.holds(ours)) / needed
    error = float(less.std()) / np.sqrt(len(less))
    least = [min(each) for each in shares]
    met = least[0] >= least[1] - ERRORS * error
    said = f"{least[0]:.3f}, annealed {least[1]:.3f}, error {error:.3f}"
    return [f"{case}: least share of the nearest miss, {restarts} restarts", said, "within 2 errors", judged(met=met)], met


def replace_draws(model: Model, draws: int = 512) -> Model:
    """The model on fewer draws that nothing has seen, to guide an annealing."""
    from summitry.model import redraw

    return redraw(replace(model, seed=model.seed + 2 * ACROSS, draws=draws))


def first(case: str | Path, seed: int, party: str | None = None) -> tuple[Model, RungResult]:
    """The model of a case and where to start."""
    from summitry.answers import open_case
    from summitry.deals.rung import first_rung

    model = open_case(str(case), seed=seed).at_table(reopen=False)
    return model, first_rung(model, party or model.principal)


def better(model: Model, start: NDArray[np.int64], parties: Sequence[str]) -> Iterator[NDArray[np.int64]]:
    """Changes of one or two options that pass all gates and gain each of the parties more, on two sets of draws.

    Better is better by more than two errors of the difference, and passing is passing by more than two errors, both times.
    """
    places = [model.party(party) for party in parties]
    judge = Judge(model)
    rows = changed(judge, start)
    base = judge.gains(start)[places]
    for k in np.argsort(-judge.accepted(rows).mean(axis=1), kind="stable").tolist():
        row = rows[k]
        if not exceeds(judge.gains(row)[places], base, 0.0):
            continue
        checks = [unseen(model), unseen(replace(model, seed=model.seed + ACROSS))]
        sure = all(
            likely(check, row) and exceeds(check.gains(row)[places], check.gains(start)[places], ERRORS) for check in checks
        )
        if sure and min(judge.carried(row)) >= 1.0:
            yield row


def likely(judge: Judge, row: NDArray[np.int64]) -> bool:
    """Whether all accept and ratify in more than is needed by more than two errors."""
    holds = judge.holds(row)
    return bool(holds.mean() - ERRORS * holds.std() / np.sqrt(len(holds)) >= judge.model.settings.joint)


def exceeds(gains: NDArray[np.float64], base: NDArray[np.float64], errors: float) -> bool:
    """Whether gains (P, D) exceed others for everybody by more than so many errors of the difference."""
    more = gains - base
    return bool((more.mean(axis=1) > errors * more.std(axis=1) / np.sqrt(more.shape[1]) + ROUNDING).all())


def changed(judge: Judge, start: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lawful packages that differ from one in one or two options, prerequisites added."""
    sizes = judge.model.sizes.tolist()
    ones = [(i, option) for i, size in enumerate(sizes) for option in range(size) if option != start[i]]
    rows = np.repeat(start[None, :], len(ones) + len(ones) * (len(ones) - 1) // 2, axis=0)
    pairs = [(one,) for one in ones] + list(combinations(ones, 2))
    for row, pair in zip(rows, pairs, strict=True):
        for i, option in pair:
            row[i] = option
    rows = np.unique(np.asarray(judge.model.closure(rows)), axis=0)
    return np.asarray(rows[judge.lawful(rows) & (rows != start).any(axis=1)])


def neighbours(models: Sequence[tuple[str, Model]], what: str) -> tuple[list[str], bool]:
    """Over models, as each party: how many neighbours of START HERE are better."""
    from summitry.deals.rung import first_rung
    from summitry.errors import SummitryError

    starts, count, where = 0, 0, []
    for name, model in models:
        for party in model.parties:
            try:
                result = first_rung(model, party)
            except SummitryError:
                continue  # nobody gives anything, or nothing can be asked: there is no START HERE to test
            if result.best is None:
                continue
            starts += 1
            more = len(list(better(model, model.row(result.best.moves), result.serves or (party,))))
            count += more
            where += [f"{name} as {party}"] if more else []
    said = f"{count} of {starts} starts" + (f" ({', '.join(where[:6])})" if where else "")
    return [f"{what}: better neighbours of one and two options", said, "0", judged(met=count == 0)], count == 0


def cases_on_disk() -> list[tuple[str, Model]]:
    """The bundled cases and those handed in beside the checkout."""
    from summitry.answers import open_case
    from summitry.errors import SummitryError

    result = []
    handed = sorted(path.parent for path in HANDED.glob("*/case.yaml")) if HANDED.is_dir() else []
    for case in [*BUNDLED, *map(str, handed)]:
        try:
            result.append((Path(case).name, open_case(case).at_table(reopen=False)))
        except SummitryError as error:
            sys.stderr.write(f"Not measured: {case}: {error}\n")
    return result


def cases_drawn(number: int) -> list[tuple[str, Model]]:
    """Cases of the generator that the tests draw from, the same each time."""
    sys.path.insert(0, str(measure.ROOT / "tests"))
    from hypothesis import HealthCheck, Phase, given, settings

    from generators import cases
    from summitry.workspace import Workspace

    drawn: list[Case] = []

    @settings(
        max_examples=number, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(cases(issues=(2, 5), options=(2, 3)))
    def collect(case: Case) -> None:
        drawn.append(case)

    collect()
    return [(f"drawn {k}", Workspace(case).build(draws=1024)) for k, case in enumerate(drawn)]


def stable(case: str | Path, seeds: int) -> tuple[list[str], bool]:
    """Whether every seed's answer is the answer of every other or among the packages that it names as not told apart."""
    answers = []
    for seed in range(seeds):
        _, result = first(case, seed)
        chosen = result.chosen
        answers.append((None if chosen is None else dict(chosen.moves), [dict(rival) for rival in result.rivals]))
    unlike = sum(b != a and b not in rivals for a, rivals in answers for b, _ in answers)
    different = len({str(sorted(a.items())) for a, _ in answers if a is not None})
    said = f"{different} answers, {unlike} of {seeds * (seeds - 1)} pairs not named"
    return [f"{Path(case).name}: seeds 0-{seeds - 1}", said, "0 not named", judged(met=unlike == 0)], unlike == 0


def times(rounds: int) -> list[list[str]]:
    """How long the commands take, and the search for an order."""
    runs: list[tuple[str, list[str | Path], float]] = [("rung korea-2019", ["rung", "korea-2019"], 1.5)]
    out = measure.WORKPLACE / "start"
    if CAMP_DAVID.is_dir():
        runs += [("rung camp-david-1978", ["rung", CAMP_DAVID], 3.0)]
        runs += [("prepare camp-david-1978", ["prepare", CAMP_DAVID, "--out", out, "--quiet"], 6.0)]
    runs += [("prepare korea-2019", ["prepare", "korea-2019", "--out", out, "--quiet"], 2.4)]
    result = []
    for name, words, target in runs:
        went = min((measure.run([measure.COMMAND, *words]) for _ in range(rounds)), key=lambda one: one.cpu)
        said = f"{went.seconds:.2f} s, processor {went.cpu:.2f} s"
        result.append([name, said if not went.code else "FAILED", f"{target:g} s", judged(met=went.seconds <= target)])
    return result


def judged(*, met: bool) -> str:
    """Pass or fail."""
    return "pass" if met else "FAIL"


def main() -> int:
    """Print what was measured beside what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="misses, near, drawn, seeds, times; all where none is named")
    parser.add_argument("--restarts", type=int, default=1_000)
    parser.add_argument("--moves", type=int, default=150, help="changes that each restart tries")
    parser.add_argument("--drawn", type=int, default=200, help="how many drawn cases")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    parts = arguments.parts or ["misses", "near", "drawn", "seeds", "times"]
    results: list[tuple[list[str], bool]] = []
    if "misses" in parts:
        results += [misses(case, arguments.restarts, arguments.moves) for case in MISSES]
    if "near" in parts:
        results.append(neighbours(cases_on_disk(), "cases on disk"))
    if "drawn" in parts:
        results.append(neighbours(cases_drawn(arguments.drawn), f"{arguments.drawn} drawn cases"))
    if "seeds" in parts:
        stables: list[str | Path] = [*BUNDLED, *([CAMP_DAVID] if CAMP_DAVID.is_dir() else [])]
        results += [stable(case, arguments.seeds) for case in stables]
    rows = [row for row, _ in results] + (times(arguments.rounds) if "times" in parts else [])
    print(measure.table(["work", "measured", "asked", "met"], rows))
    return 0 if all(met for _, met in results) else 1


if __name__ == "__main__":
    sys.exit(main())
