"""What a delegation may concede: authorised, after a call home, or never.

Which calls home a package needs, and what can be signed in the room: the first rung within what is authorised, beside the first
rung with calls home.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Moves, Phrase, bullets, head, places, say
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.deals.mandate import Authority, MandateAnswer, Signed
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

PERMISSIONS = {"authorised": "authorised", "call home": "call", "never": "never"}


@dataclass(frozen=True, slots=True)
class MandateRequest:
    """The package: moves, in Python also a mapping of option by issue; or its name, or a file; or none."""

    moves: Annotated[tuple[str, ...], Ask("ISSUE=OPTION...", position=True)] = ()
    package: Annotated[str | None, Ask("DEAL")] = None


def answer(workspace: Workspace, request: MandateRequest) -> MandateAnswer:
    """The mandates that this reader can see, the calls of the package, and what can be signed."""
    from summitry.deals.mandate import read_mandates
    from summitry.packages import one_of, words_of

    words = one_of(words_of(request.moves), request.package)
    package = workspace.package(words)[0] if words else None
    return read_mandates(workspace.model, workspace.principal, package)


def view(answer: MandateAnswer, _: Names) -> Iterator[Block]:
    """Options by permission, the calls of a package, and what can be signed in the room against what calls would add."""
    for party in dict.fromkeys(option.party for option in answer.options):
        yield head("mandate.head", party=party)
        own = [option for option in answer.options if option.party == party]
        for permission, code in PERMISSIONS.items():
            for explicit in (True, False):
                labels = tuple(f"{o.issue}.{o.option}" for o in own if (o.permission, o.stated) == (permission, explicit))
                yield say(f"mandate.{code}" if explicit else f"mandate.{code}.silent", options=labels)
    if answer.moves:
        yield head("mandate.package")
        yield Moves("moves")
        yield from _calls(answer.calls, "calls")
    yield head("mandate.room")
    yield from _signed(answer.room, "room")
    yield head("mandate.reach")
    yield from _signed(answer.reach, "reach")
    if answer.reach is not None:
        yield from _calls(answer.reach_calls, "reach_calls")
    yield say("mandate.scope")
    yield say("mandate.unknown")


def _calls(calls: Sequence[Authority], place: str) -> Iterator[Block]:
    yield (
        bullets("mandate.calls", (Phrase("try.call", at) for at in places(place, calls))) if calls else say("mandate.calls.none")
    )


def _signed(swap: Signed | None, place: str) -> Iterator[Block]:
    if swap is None:
        yield say("mandate.nothing")
        return
    if not swap.passed:
        yield say("mandate.nearest" if swap.closed else "mandate.nearest.open", place)
    yield Moves(f"{place}.moves")
    yield say("mandate.joint", place)


QUESTION = Question(
    name="mandate",
    group="homes",
    request=MandateRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"moves": ("volume=most", "delivery=four-weeks")}),
)
