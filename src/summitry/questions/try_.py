"""One package under all gates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Phrase, bullets, head, places, say
from summitry.questions import Ask, Question
from summitry.questions._verdict import show_table, show_verdict, state_of

if TYPE_CHECKING:
    from summitry.deals.gates import Verdict
    from summitry.deals.mandate import Authority
    from summitry.deals.table import OnTable
    from summitry.reasons import Reason
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TryRequest:
    """The package: moves, in Python also a mapping of option by issue; or its name, or a file."""

    moves: Annotated[tuple[str, ...], Ask("ISSUE=OPTION...", position=True)] = ()
    package: Annotated[str | None, Ask("DEAL")] = None


@dataclass(frozen=True, slots=True)
class TryAnswer:
    """A package under all gates, with who blocks, what would open it, and what its delegations must call home about.

    `title` is that of an idea or a file, where it is one. `days` are what the quickest order that was tried takes, from the
    case's date (None: not tested, or none is allowed). `calls` are the moves outside what each delegation may concede by itself;
    `unknown` names the parties whose mandate this reader cannot see; `on_table` is what the record settles of it.
    """

    title: str | Reason
    verdict: Verdict
    days: float | None
    calls: tuple[Authority, ...]
    unknown: tuple[str, ...]
    on_table: OnTable | None = None


def answer(workspace: Workspace, request: TryRequest) -> TryAnswer:
    """Judge the package; one that may not be formed is an answer, too."""
    from summitry.case.types import require_native
    from summitry.deals.gates import judge
    from summitry.deals.mandate import authorities, calls
    from summitry.deals.table import lifts
    from summitry.errors import BadArgument
    from summitry.packages import one_of, words_of

    model = workspace.model
    require_native(model, "Trying a package")
    words = one_of(words_of(request.moves), request.package)
    if not words:
        raise BadArgument("Name the package: what moves as ISSUE=OPTION, or --package with a name or a file.")
    package, title = workspace.package(words)
    verdict, mandates = judge(model, package, opens=True), authorities(model)
    return TryAnswer(
        title=title if request.package else "",
        verdict=verdict,
        days=next((gate.score for gate in verdict.gates if gate.name == "time" and gate.passed is not None), None),
        calls=calls(model, mandates, package),
        unknown=tuple(party for party in model.parties if not any(one.party == party for one in mandates)),
        on_table=lifts(model, verdict.moves),
    )


def view(trial: TryAnswer, _: Names) -> Iterator[Block]:
    """Whether it passes, then the package under all gates, its days, and who must call home."""
    untested = any(gate.passed is None for gate in trial.verdict.gates)
    yield head("try.head", state="untested" if trial.verdict.passed and untested else state_of(trial.verdict))
    if not trial.verdict.moves:
        yield say("try.nothing")
    yield from show_verdict(trial.verdict, "verdict")
    yield from show_table(trial.on_table, "on_table")
    yield say("try.exposure", "verdict")
    yield say("try.days")
    if trial.calls:
        yield bullets("try.calls", (Phrase("try.call", at) for at in places("calls", trial.calls)))
    yield say("try.unknown")


QUESTION = Question(
    name="try",
    group="deals",
    request=TryRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"moves": ("volume=most", "price=less-8")}),
)
