"""Where a year's inspections go, so that what matters most is found within its time.

The sites are the issues of a case that state an inspection, each weighted by what its last inspected option is worth to whom the
analysis serves; or a table with the columns of [a site](case-files.md). Both spreads are proven the best of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Phrase, bullets, head, places, say, why
from summitry.errors import BadArgument
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.evidence.inspections import Site, Visits
    from summitry.reasons import Reason
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class VisitsRequest:
    """The budget, and a table of sites where they are not those of the case."""

    budget: Annotated[float, Ask("B")]
    sites: Annotated[str | None, Ask("SITES.csv")] = None


def answer(workspace: Workspace | None, request: VisitsRequest) -> Visits:
    """Spread a yearly budget over a table of sites, or over the issues of a case that state an inspection."""
    from summitry.case.tables import read_table
    from summitry.evidence.inspections import Site, spread

    if (workspace is None) == (request.sites is None):
        raise BadArgument("Say what to visit, and only one thing: a case, or --sites SITES.csv.")
    if request.sites is not None:
        return spread(read_table(request.sites, Site).rows, request.budget)
    if workspace is None:
        raise AssertionError
    sites, left_out = _sites(workspace)
    return spread(sites, request.budget, left_out)


def _sites(workspace: Workspace) -> tuple[list[Site], list[Reason]]:
    """The inspections of the case, each weighted by what the issue is worth to the principal."""
    from summitry.evidence.inspections import sites_of
    from summitry.kernels.draw import pert_mean

    served = workspace.case.believed(workspace.principal)
    values = {} if served is None else served.values
    weights = {issue: max((pert_mean(*span) for span in of.options.values()), default=0.0) for issue, of in values.items()}
    sites, left_out = sites_of(workspace.case, weights)
    if not sites:
        raise BadArgument(
            "No issue of this case can be visited: none states an inspection that counts. Give a table of sites with --sites."
        )
    return sites, left_out


def view(visits: Visits, _: Names) -> Iterator[Block]:
    """Both spreads of the budget, a line for each site."""
    for aim in ("mean", "least"):
        yield head(f"visits.{aim}")
        yield say("visits.spread", aim)
        rows = getattr(visits, aim).visits
        yield bullets(None, (Phrase("visits.site", place) for place in places(f"{aim}.visits", rows)))
    for place in places("left_out", visits.left_out):
        yield why(place)


QUESTION = Question(
    name="visits",
    group="evidence",
    request=VisitsRequest,
    answer=answer,
    view=view,
    case="optional",
    example=("supply-contract", {"budget": 500.0}),
)
