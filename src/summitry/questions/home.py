"""Who must be carried at home.

With a package: how often each home ratifies it, what each constituency says, the laws in the way, and the smallest single changes
by which the home carries it. Without one: the packages that each home carries, and those that all carry in the same draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Figure, Moves, Phrase, bullets, head, places, say, table
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.deals.homes import AtHome, OptionAtHome, PackageAtHomes, Support
    from summitry.deals.winset import WinSet, WinSets
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

MOST_OPTIONS = 40


@dataclass(frozen=True, slots=True)
class HomeRequest:
    """The package: moves, in Python also a mapping of option by issue; or its name, or a file; or none."""

    moves: Annotated[tuple[str, ...], Ask("ISSUE=OPTION...", position=True)] = ()
    package: Annotated[str | None, Ask("DEAL")] = None


@dataclass(frozen=True, slots=True)
class HomeAnswer:
    """A package before every home, or the win-sets of all homes; the other is None.

    `silent` names the parties whose back table this reader does not know. `homes` is what a study looks at: the swap to start
    with, every option and the frontier before each home.
    """

    package: PackageAtHomes | None
    win_sets: WinSets | None
    silent: tuple[str, ...] = ()
    homes: tuple[AtHome, ...] = ()


def answer(workspace: Workspace, request: HomeRequest) -> HomeAnswer:
    """Put the package before every home; without one, count what each home carries."""
    from summitry.deals.homes import put_to_homes, require_homes, silent
    from summitry.deals.winset import win_sets
    from summitry.packages import one_of, words_of

    model = workspace.model
    require_homes(model)
    words = one_of(words_of(request.moves), request.package)
    if not words:
        return HomeAnswer(None, win_sets(model, workspace.principal), silent(model))
    package, title = workspace.package(words)
    return HomeAnswer(put_to_homes(model, package, title if request.package else ""), None, silent(model))


def view(answer: HomeAnswer, _: Names) -> Iterator[Block]:
    """The package before every home, the win-sets, or the homes of a study."""
    if answer.package is not None:
        yield from _package(answer.package)
    if answer.win_sets is not None:
        yield from _win_sets(answer.win_sets)
    if answer.homes:
        yield from _study(answer.homes)
    yield say("home.silent")


def _package(package: PackageAtHomes) -> Iterator[Block]:
    yield head("home.head", "package")
    yield Moves("package.moves") if package.moves else say("home.nothing")
    yield say("home.all", "package")
    yield from (say("home.fault", fault=fault) for fault in package.faults)
    for at, support in zip(places("package.homes", package.homes), package.homes, strict=True):
        yield head("home.ratified", at, level=2)
        yield from _support(support, at, package.needed)
    if any(support.benchmark for support in package.homes):
        yield say("home.benchmark.note")


def _support(support: Support, place: str, needed: float) -> Iterator[Block]:
    """What one home says to a package, and what would carry it there."""
    opinions = []
    for at, opinion in zip(places(f"{place}.opinions", support.opinions), support.opinions, strict=True):
        against = opinion.yes < needed and opinion.role != "voice"
        values = {
            "seat": f"{support.party}/{opinion.seat}",
            "swayed": tuple(f"{support.party}/{seat}" for seat in opinion.sways),
        }
        opinions.append(Phrase("home.opinion.against" if against else "home.opinion", at, values))
    yield bullets("home.opinions", opinions)
    for at, law in zip(places(f"{place}.laws", support.laws), support.laws, strict=True):
        yield say("home.law" if law.source else "home.law.unsourced", at)
    if support.laws:
        yield say("home.votes", place)
    if support.changes:
        yield bullets("home.changes", (Phrase("home.change", at) for at in places(f"{place}.changes", support.changes)))
    if support.benchmark is not None:
        yield say("home.benchmark", f"{place}.benchmark")


def _win_sets(sets: WinSets) -> Iterator[Block]:
    for at, home in zip(places("win_sets.homes", sets.homes), sets.homes, strict=True):
        yield from _win_set(home, at)
    yield head("home.common.head")
    yield say("home.common" if sets.common else "home.common.none", "win_sets")
    yield from (say("home.best", f"win_sets.best[{party}]", party=party) for party in sets.best)
    yield say("home.scope", "win_sets")


def _win_set(home: WinSet, place: str) -> Iterator[Block]:
    yield head("home.carries", place)
    yield from _options(home.options, f"{place}.options")
    alone = zip(places(f"{place}.options", home.options), home.options, strict=True)
    most = [Phrase("home.options.move", at) for at, one in alone if home.most.get(one.issue) == one.option]
    yield bullets("home.most", most) if most else say("home.most.none", place)
    if home.most_given is not None:
        yield say("home.given", f"{place}.most_given", party=home.party)
    if home.preferences:
        columns = ("issue = issue:name", "median = {median:option issue}", "mean = mean:number2")
        yield table("home.preferences", places(f"{place}.preferences", home.preferences), columns)


def _options(options: Sequence[OptionAtHome], place: str) -> Iterator[Block]:
    """The home's own options, each alone."""
    own = [at for at, option in zip(places(place, options), options, strict=True) if option.own]
    columns = ("option = {.:phrase home.options.move}", "alone = ratified:whole")
    yield table("home.options", own, columns, MOST_OPTIONS) if own else say("home.options.none")


def _study(homes: Sequence[AtHome]) -> Iterator[Block]:
    """The swap to start with before each home, and the home's own options."""
    yield say("home.about")
    yield Figure("support")
    yield Figure("win-sets")
    for at, home in zip(places("homes", homes), homes, strict=True):
        if home.support is None:
            yield head("home.party", at)
        else:
            yield head("home.ratified", f"{at}.support")
            yield say("home.swap", f"{at}.support")
            yield from _support(home.support, f"{at}.support", home.needed)
        yield from _options(home.options, f"{at}.options")


QUESTION = Question(
    name="home",
    group="homes",
    request=HomeRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"moves": ("volume=half", "delivery=four-weeks")}),
)
