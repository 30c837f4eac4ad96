"""A case as one viewer sees it, with one seed: the only thing that a question takes; what several need is computed once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from summitry.errors import BadArgument
from summitry.wording.names import Names

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from summitry.case.rows import Position
    from summitry.case.types import Case
    from summitry.deals.frontier import Frontier
    from summitry.evidence.conduct import Record
    from summitry.evidence.inventory import Holding
    from summitry.evidence.quantities import Share
    from summitry.model import Model
    from summitry.reasons import Reason


LONGEST = 36_500
"""Days that a question may look ahead: a century."""


def _silence(_: str, **_values: float) -> None:
    """Hear nothing."""


class Workspace:
    """A case, its viewer and a seed.

    Every question of the table is a method: `workspace.price("declaration.full")`. `questions` are these methods by name; they
    come from above, so that nothing here knows a question. `open` leaves open what is offered or agreed today. `progress` hears
    from long computations how far they are: a message's code and its values.
    """

    def __init__(self, case: Case, *, seed: int = 0, questions: Mapping[str, Callable[..., Any]] | None = None) -> None:
        self.case, self.seed = case, seed
        self._questions = questions or {}
        self.progress: Callable[..., None] = _silence
        self.open = False

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
        from summitry.evidence.inventory import holdings

        return holdings(self.case)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """What the options that move a share of a holding come to in units."""
        from summitry.evidence.quantities import shares

        return shares(self.case, self.holdings)

    @cached_property
    def record(self) -> Record | None:
        """What was said and done, and the beliefs that follow; None where the case records nothing."""
        from summitry.evidence.conduct import record

        return record(self.case)

    @cached_property
    def model(self) -> Model:
        """The case compiled to arrays, with its draws. Raises LinkMissing where this viewer has no estimate of some party."""
        return self.build()

    @cached_property
    def certain_model(self) -> Model:
        """The same without draws: means alone, for questions about the frontier."""
        return self.build(draws=0)

    def at_table(self, *, reopen: bool, about: str | None = None) -> Model:
        """The model with what is on the table: all, none where all is reopened, or all but what is agreed on `about`."""
        model = self.model
        return replace(model, bounds=model.bounds.reopened(None if reopen else about)) if reopen or about else model

    def build(self, *, seed: int | None = None, draws: int | None = None, homes: bool = True) -> Model:
        """A model with another seed or number of draws, or without back tables; not kept."""
        from summitry.deals.fair import hopeful
        from summitry.model import build

        model = build(
            self.case,
            seed=self.seed if seed is None else seed,
            draws=draws,
            record=self.record,
            holdings=self.holdings,
            homes=homes,
        )
        model = replace(model, bounds=model.bounds.reopened()) if self.open else model
        return hopeful(model, self.fair) if model.draws else model

    @cached_property
    def fair(self) -> NDArray[np.float64]:
        """What each party has under Kalai-Smorodinsky, NaN where that is not known, shape (P,)."""
        from summitry.deals.fair import fair_values

        return fair_values(self.certain_model)

    def model_on(self, day: dt.date) -> Model:
        """The model of the case as it will be on a later day, with the same seed and record; not kept."""
        from summitry.deals.fair import hopeful
        from summitry.interests.preferences import later
        from summitry.model import build

        return hopeful(build(later(self.case, day), seed=self.seed, record=self.record))

    def package(self, words: str | Sequence[str] | Mapping[str, str] = ()) -> tuple[NDArray[np.int64], str | Reason]:
        """A package and its title: by moves, a name or a file (`packages.package_of`); by default where to start.

        Moves are words ISSUE=OPTION, which blanks or commas may part, or option by issue. Raises BadArgument or UnknownName.
        """
        from summitry.packages import BEST, package_of, words_of

        return package_of(self.model, words_of(words) or (BEST,))

    def reopened(self) -> Workspace:
        """The workspace in which nothing that is offered or agreed today binds."""
        other = Workspace(self.case, seed=self.seed, questions=self._questions)
        other.open = True
        return other

    def hears(self, rows: Sequence[Position], day: dt.date) -> Workspace:
        """The workspace in which these rows stand in the record, too, on `day`."""
        evidence = self.case.evidence
        heard = evidence.model_copy(update={"positions": (*evidence.positions, *rows)})
        file = self.case.file.model_copy(update={"as_of": day})
        case = self.case.model_copy(update={"evidence": heard, "file": file})
        return Workspace(case, seed=self.seed, questions=self._questions)

    def last_day(self, date: str | None, days: int | None) -> dt.date:
        """The last day that a question looks at: a date, days from now, or the case's horizon. Raises BadArgument."""
        import datetime as dt

        from summitry.case.dates import read_day

        today = self.case.file.as_of
        if date is not None and days is not None:
            raise BadArgument("Give a date or a number of days, not both.")
        if days is not None and days > LONGEST:
            msg = f"A question looks at most {LONGEST} days ahead, a century; found {days}."
            raise BadArgument(msg)
        ahead = min(self.case.file.settings.horizon if days is None else days, LONGEST)
        last = today + dt.timedelta(days=ahead) if date is None else read_day(date)
        if not today <= last <= today + dt.timedelta(days=LONGEST):
            msg = f"The last day must lie between the case's date {today} and a century later; found {last}."
            raise BadArgument(msg)
        return last

    @cached_property
    def zone(self) -> Frontier:
        """The efficient packages that give every party its walk-away, with the solutions and how often each is chosen.

        Of another tool's scenario all efficient packages, as nothing there says what a party walks away to.
        """
        from summitry.deals.frontier import explore

        return explore(self.model, zone=not self.case.foreign)

    @cached_property
    def names(self) -> Names:
        """Titles for ids, and whose side is ours."""
        from summitry.evidence.quantities import titles

        file = self.case.file
        parties = {key: party.name for key, party in file.parties.items()}
        outsiders = {key: outsider.name for key, outsider in file.outsiders.items()}
        seats = {
            f"{party}/{key}": f"{parties[party]}: {seat.name}"
            for party, table in file.constituencies.items()
            for key, seat in table.items()
        }
        coalitions = {key: coalition.name for key, coalition in file.coalitions.items()}
        issues = {key: issue.title for key, issue in file.issues.items()}
        return Names(
            titles=outsiders | coalitions | parties | issues | titles(self.shares) | seats,
            sides=file.sides,
            givers={key: issue.giver for key, issue in file.issues.items()},
            principal=self.principal,
            case=self.case.name,
            title=file.title,
            calls=self.calls,
            nevers=self.nevers,
        )

    @property
    def calls(self) -> frozenset[str]:
        """The moves, as ISSUE.OPTION, which a delegation whose mandate this reader sees may not concede by itself."""
        return self._permitted("call home", "never")

    @property
    def nevers(self) -> frozenset[str]:
        """Those of them that a mandate forbids."""
        return self._permitted("never")

    def _permitted(self, *permissions: str) -> frozenset[str]:
        """The moves, as ISSUE.OPTION, of which a mandate that this reader sees says one of these; silence is a call home."""
        case, result = self.case, set[str]()
        for party in case.file.parties:
            mandate = {} if (believed := case.believed(party)) is None else believed.mandate
            for name, issue in case.file.issues.items() if mandate else ():
                silent = list(issue.options)[1:] if party in issue.giver else []
                result |= {f"{name}.{o}" for o in silent if mandate.get(name, {}).get(o, "call home") in permissions}
        return frozenset(result)

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
