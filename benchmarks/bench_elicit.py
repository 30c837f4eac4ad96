"""Error of the weights after 20 comparisons: questions chosen as `summitry elicit` chooses them, and in orders fixed beforehand.

Simulated respondents have 12 issues with three options beside the status quo. Their true weights are uniform on the simplex, and
they know the options' shares of them exactly. An answer is `a` or `b`, after a normal error in the logarithm of the ratio (the
interview assumes a logistic one of scale 0.1), and in some of the answers the opposite; in the last setting they also say how
many times as much. The estimate is the mean of the draws that the answers leave.
`chain` asks for neighbours in the order of the case, strongest option against strongest; `random` takes pairs of options by lot.
"""

from __future__ import annotations

import argparse
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from summitry.case.types import CaseFile
from summitry.interests import elicit, weights
from summitry.interests.elicit import Answer, Interview
from summitry.kernels.draw import generator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

ISSUES, OPTIONS, QUESTIONS = 12, 3, 20
WAYS = ("adaptive", "chain", "random")
SETTINGS = ((0.1, 0.0, False), (0.2, 0.05, False), (0.1, 0.0, True))


class Respondent:
    """True weights and shares, and answers with an error."""

    def __init__(self, number: int, noise: float, slips: float, *, times: bool) -> None:
        self.rng = generator(number, "respondent")
        self.noise, self.slips, self.times = noise, slips, times
        self.weights = self.rng.dirichlet(np.ones(ISSUES))
        shares = np.sort(self.rng.uniform(0.05, 0.9, (ISSUES, OPTIONS - 1)), axis=1)
        self.shares = np.round(np.concatenate([shares, np.ones((ISSUES, 1))], axis=1), 2)
        options = ["none", *(f"o{k}" for k in range(OPTIONS))]
        issues = {f"i{k}": {"title": f"Issue {k}", "giver": "you", "options": options} for k in range(ISSUES)}
        parties = {"me": {"name": "Me"}, "you": {"name": "You"}}
        self.file = CaseFile.model_validate(
            {"summitry": 1, "title": "Measure", "as_of": "2026-01-01", "parties": parties, "issues": issues}
        )
        rated = [Answer(key=("rate", f"i{k}"), text=" ".join(map(str, 100 * row))) for k, row in enumerate(self.shares)]
        self.start = Interview(party="me", comparisons=QUESTIONS, answers=(Answer(key=("who",), text="me"), *rated))

    def says(self, key: tuple[str, ...]) -> str:
        """The answer to one comparison."""
        (i, a), (j, b) = ((int(key[k][1:]), int(key[k + 1][1:])) for k in (1, 3))
        gap = np.log(self.weights[i] * self.shares[i, a] / (self.weights[j] * self.shares[j, b]))
        felt = gap + self.noise * self.rng.standard_normal()
        side = "a" if (felt > 0.0) != (self.rng.random() < self.slips) else "b"
        return f"{side} {min(np.exp(abs(felt)), 1e5):.3f}" if self.times else side

    def keys(self, way: str) -> Iterator[tuple[str, ...]]:
        """The comparisons of an order that is fixed beforehand."""
        if way == "chain":
            pairs = [(k, (k + step) % ISSUES) for step in range(1, ISSUES) for k in range(ISSUES)]
            yield from (("compare", f"i{i}", f"o{OPTIONS - 1}", f"i{j}", f"o{OPTIONS - 1}") for i, j in pairs[:QUESTIONS])
            return
        lot = generator(int(self.rng.integers(1 << 30)), "lot")
        for _ in range(QUESTIONS):
            i, j = lot.choice(ISSUES, 2, replace=False)
            yield ("compare", f"i{i}", f"o{lot.integers(OPTIONS)}", f"i{j}", f"o{lot.integers(OPTIONS)}")

    def estimate(self, way: str) -> NDArray[np.float64]:
        """The weights after all questions, shape (ISSUES,)."""
        interview = self.start
        if way == "adaptive":
            while (question := elicit.ask(self.file, interview)) is not None and question.key[0] == "compare":
                interview = elicit.answer(self.file, interview, question.key, self.says(question.key))
        else:
            answers = tuple(Answer(key=key, text=self.says(key)) for key in self.keys(way))
            interview = interview.model_copy(update={"answers": (*interview.answers, *answers)})
        mean: NDArray[np.float64] = weights.consistent(elicit.comparisons(self.file, interview), generator(1, "end")).mean(axis=0)
        return mean


def measure(count: int) -> None:
    """Print the errors of each way in each setting."""
    print(f"{count} respondents, {ISSUES} issues, {QUESTIONS} comparisons; without any question the estimate is 1/{ISSUES} each")
    for noise, slips, times in SETTINGS:
        print(f"\nerror of the logarithm {noise}, opposite answers {100 * slips:.0f} %{', how many times' if times else ''}")
        for way in ("none", *WAYS):
            start, relative, points = perf_counter(), [], []
            for number in range(count):
                one = Respondent(number, noise, slips, times=times)
                estimate = np.full(ISSUES, 1.0 / ISSUES) if way == "none" else one.estimate(way)
                relative.append(np.median(np.abs(estimate - one.weights) / one.weights))
                points.append(100.0 * np.abs(estimate - one.weights).mean())
            took = perf_counter() - start
            edges = np.quantile(points, (0.25, 0.75))
            print(
                f"  {way:<9} median error {100 * np.median(relative):5.1f} % of a weight; {np.median(points):.2f} points of 100 "
                f"(quartiles {edges[0]:.2f} to {edges[1]:.2f}); {took / count:.1f} s each"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--respondents", type=int, default=20)
    measure(parser.parse_args().respondents)
