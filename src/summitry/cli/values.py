"""Commands about what parties want: asking a party, and reading the other side's record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from summitry.cli.options import AS, CASE, JSON, QUIET, SEED, show
from summitry.errors import BadArgument


def elicit(
    case: CASE,
    viewer: AS = None,
    method: Annotated[
        Literal["tradeoffs", "swing", "direct"] | None,
        typer.Option("--method", help="How weights are asked for: trade-offs (default), swing weights, or points directly."),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Take the answers from a filled sheet (.xlsx) instead of asking."),
    ] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="FILE", help="Write an empty sheet to fill in.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write there instead; answers are kept beside it.")
    ] = None,
    comparisons: Annotated[
        int | None, typer.Option("--comparisons", min=0, max=500, metavar="N", help="Ask at most N comparisons.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the answers that were kept.")] = False,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Ask a party what it wants, and write its preference file: weights by trade-offs, ranges, contradictions named."""
    from summitry.desk import values
    from summitry.terminal import page
    from summitry.terminal import values as told

    if viewer is None:
        raise BadArgument("Say whose values these are: --as PARTY.")
    if template is not None:
        page.show_lines([str(values.template(case, viewer, template))], quiet=quiet)
        return
    if sheet is not None:
        session = values.from_sheet(case, viewer, sheet, resume=resume, out=out, seed=seed)
    else:
        begun = values.begin(case, viewer, method=method, comparisons=comparisons, resume=resume, out=out, seed=seed)
        session = told.interview(begun, quiet=quiet, stderr=as_json)
    found = values.finish(session)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_elicited(found))


def infer(
    case: CASE,
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Whose record to read.")],
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What a party's offers, demands and refusals say about its values, on top of what is judged of them."""
    from summitry.desk import values
    from summitry.terminal import values as told

    opened, found = values.infer(case, party, viewer=viewer, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_inferred(opened, found))
