"""The frontier for people who work in Python: its solutions by name, as a table, and as a picture that a notebook shows."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from summitry.brief import figures
from summitry.brief.figures.space import space
from summitry.case import load
from summitry.errors import BadArgument
from summitry.model import build
from summitry.trade.frontier import explore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.brief.figures.style import Figure, Spec
    from summitry.case.types import Case
    from summitry.trade.results import FrontierResult, Solution

COMPARED = {"egalitarian", "utilitarian"}


@dataclass(frozen=True, slots=True, eq=False)
class Frontier:
    """The efficient packages of `case`: `result` holds them as plain data."""

    case: Case
    result: FrontierResult

    def nash(self) -> Solution:
        """The largest product of gains."""
        return self._solution("nash")

    def kalai_smorodinsky(self) -> Solution:
        """The largest least share of the ideal gain."""
        return self._solution("kalai_smorodinsky")

    def raiffa(self) -> Solution:
        """Sequential midpoints."""
        return self._solution("raiffa")

    def egalitarian(self) -> Solution:
        """The largest least gain; only where points may be compared between parties."""
        return self._solution("egalitarian")

    def utilitarian(self) -> Solution:
        """The largest sum of gains; only where points may be compared between parties."""
        return self._solution("utilitarian")

    def rows(self) -> list[dict[str, float | str]]:
        """One row for each efficient point: every party's value and every issue's option, by their ids.

        An issue that has a party's id is called ID (option).
        """
        parties = self.result.parties
        return [
            dict(zip(parties, values, strict=True))
            | {f"{issue} (option)" if issue in parties else issue: option for issue, option in package.items()}
            for values, package in zip(self.result.points, self.result.packages, strict=True)
        ]

    def to_frame(self) -> Any:  # noqa: ANN401 (a pandas.DataFrame; pandas is not a dependency)
        """`rows` as a pandas.DataFrame; raises ModuleNotFoundError where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ModuleNotFoundError as missing:
            msg = "to_frame needs the package pandas, which is not installed: install it, or use rows(), a list of dicts."
            raise ModuleNotFoundError(msg, name="pandas") from missing
        return pandas.DataFrame(self.rows())

    def plot(self) -> Spec:
        """A Vega-Lite specification as a dict: for two parties the plane of their values, for more parallel axes."""
        return self._figure().spec

    def _figure(self) -> Figure:
        if not self.result.points:
            raise BadArgument("No efficient package gives every party its reservation value, so there is nothing to draw.")
        names = {key: party.name for key, party in self.case.file.parties.items()}
        return space(self.result, names, status_quo=not self.case.foreign)

    def _solution(self, name: str) -> Solution:
        for solution in self.result.solutions:
            if solution.name == name:
                return solution
        if name in COMPARED and not self.case.file.settings.comparable:
            msg = f"The {name} solution compares points of different parties; this case does not say `comparable: true`."
            raise BadArgument(msg)
        raise BadArgument("No package gives every party its reservation value: there is no zone of possible agreement.")

    def __len__(self) -> int:
        return len(self.result.points)

    def __repr__(self) -> str:
        exact = "exact" if self.result.exact else f"within {self.result.epsilon:.2g} of each party's span"
        return f"<frontier of {self.case.name}: {len(self):,} points of {int(self.result.packages_total):,} packages, {exact}>"

    def _repr_mimebundle_(self, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> dict[str, Any]:
        """What a notebook shows: the picture as Vega-Lite or as SVG, else the text."""
        bundle: dict[str, Any] = {"text/plain": repr(self)}
        if self.result.points:
            figure = self._figure()
            bundle |= {"application/vnd.vegalite.v6+json": figure.spec, "image/svg+xml": figures.svg(figure)}
        return {kind: shown for kind, shown in bundle.items() if kind not in exclude and (not include or kind in include)}


def frontier(case: Case | str, *, viewer: str | None = None, zone: bool = False) -> Frontier:
    """The exact frontier of a case, a bundled case's name, a folder or another tool's scenario.

    `zone` keeps only what gives every party its reservation value, which is much less work. Raises CaseNotFound, CaseInvalid, or
    LinkMissing where this reader has no estimate of some party.
    """
    opened = load(case, viewer=viewer) if isinstance(case, str) else case
    return Frontier(opened, explore(build(opened, draws=0), zone=zone))
