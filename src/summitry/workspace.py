"""A case as one viewer sees it, with one seed: the only thing that a question takes; what several need is computed once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from summitry.wording.names import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from summitry.case.types import Case
    from summitry.evidence.holdings import Holding
    from summitry.evidence.record import Record
    from summitry.evidence.shares import Share
    from summitry.model import Model
    from summitry.trade.frontier import Frontier


class Workspace:
    """A case, its viewer and a seed.

    Every question of the table is a method: `workspace.price("declaration.full")`. `questions` are these methods by name; they
    come from above, so that nothing here knows a question.
    """

    def __init__(self, case: Case, *, seed: int = 0, questions: Mapping[str, Callable[..., Any]] | None = None) -> None:
        self.case, self.seed = case, seed
        self._questions = questions or {}

    @property
    def viewer(self) -> str | None:
        """The party whose files alone were opened; None for an analyst who opened all."""
        return self.case.viewer

    @property
    def principal(self) -> str:
        """Whose side is served."""
        return self.case.principal

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """What each party is claimed to hold."""
        from summitry.evidence.holdings import holdings

        return holdings(self.case)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """What the options that move a share of a holding come to in units."""
        from summitry.evidence.shares import shares

        return shares(self.case, self.holdings)

    @cached_property
    def record(self) -> Record | None:
        """What was said and done, and the beliefs that follow; None where the case records nothing."""
        from summitry.evidence.record import record

        return record(self.case)

    @cached_property
    def model(self) -> Model:
        """The case compiled to arrays, with its draws. Raises LinkMissing where this viewer has no estimate of some party."""
        return self.build()

    @cached_property
    def certain_model(self) -> Model:
        """The same without draws: means alone, for questions about the frontier."""
        return self.build(draws=0)

    def build(self, *, seed: int | None = None, draws: int | None = None, homes: bool = True) -> Model:
        """A model with another seed or number of draws, or without back tables; not kept."""
        from summitry.model import build

        return build(
            self.case,
            seed=self.seed if seed is None else seed,
            draws=draws,
            record=self.record,
            held=self.holdings,
            homes=homes,
        )

    @cached_property
    def zone(self) -> Frontier:
        """The efficient packages that give every party its walk-away, and the bargaining solutions among them."""
        from summitry.trade.frontier import explore

        return explore(self.certain_model, zone=True)

    def package(self, moves: Mapping[str, str] | Sequence[str] | str, name: str | None = None) -> tuple[NDArray[np.int64], str]:
        """A package as a row of `model`, with its title: moves as option by issue or ISSUE=OPTION, or else a name or a file.

        Raises BadArgument where nothing or both are given, UnknownName for what the case does not know.
        """
        from summitry.errors import BadArgument
        from summitry.packages import named, one_of

        words = moves.split() if isinstance(moves, str) else moves
        words = [f"{issue}={option}" for issue, option in words.items()] if isinstance(words, Mapping) else list(words)
        words = list(one_of(words, name))
        if not words:
            raise BadArgument("Name the package: what moves as ISSUE=OPTION, or --package with a name or a file.")
        return named(self.model, words)

    @cached_property
    def names(self) -> Names:
        """Titles for ids, and whose side is ours."""
        from summitry.evidence.shares import titles

        file = self.case.file
        parties = {key: party.name for key, party in file.parties.items()}
        seats = {
            f"{party}/{key}": f"{parties[party]}: {seat.name}"
            for party, table in file.constituencies.items()
            for key, seat in table.items()
        }
        coalitions = {key: coalition.name for key, coalition in file.coalitions.items()}
        issues = {key: issue.title for key, issue in file.issues.items()}
        return Names(
            titles=coalitions | parties | issues | titles(self.shares) | seats,
            sides=file.sides,
            givers={key: issue.giver for key, issue in file.issues.items()},
            principal=self.principal,
        )

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """A question as a method."""
        ask = self.__dict__.get("_questions", {}).get(name)
        if ask is None:
            msg = f"a workspace has no {name!r}; its questions are {', '.join(self.__dict__.get('_questions', {})) or 'none'}"
            raise AttributeError(msg)
        from functools import partial, update_wrapper

        return update_wrapper(partial(ask, self), ask)

    def __dir__(self) -> list[str]:
        """The attributes, the questions among them."""
        return [*super().__dir__(), *self._questions]

    def __repr__(self) -> str:
        """The case, its viewer and the seed."""
        viewer = "" if self.viewer is None else f" as {self.viewer}"
        return f"<{self.case.name}{viewer}, seed {self.seed}: ask {', '.join(self._questions) or 'nothing'}>"
