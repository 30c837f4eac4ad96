"""Groundwork and readiness of the dispute in sample.py."""

from __future__ import annotations

from summitry.case.lessons import Talk
from summitry.deals.gates.gate import Gate
from summitry.plan.groundwork import GroundworkResult, MoveResult, Obstacle, Portfolio
from summitry.plan.readiness import Area, Item, Place, Readiness
from summitry.reasons import reason


def groundwork(shown: str = "") -> GroundworkResult:
    """`shown` replaces every free text."""
    tour = MoveResult(
        name="aland/senate-tour",
        party="aland",
        title=shown or "Tour of the Senate",
        cost=4.0,
        takes=30,
        after=(),
        chosen=True,
        begin="1934-01-15",
        end="1934-02-14",
        latest="1934-06-14",
        needs=(),
        gain=0.05,
        gain_error=0.01,
        own=0.05,
        own_error=0.01,
        marginal=0.06,
        marginal_error=0.01,
        along=(),
        out=None,
        touches=(reason("row.seat", who="aland/senate"),),
        idle=(),
        why=shown or "asked to be heard",
        source=shown or "Minutes of the Senate, 9 January 1934",
    )
    survey = MoveResult(
        name="aland/survey",
        party="aland",
        title=shown or "Survey of the second lane",
        cost=9.0,
        takes=200,
        after=(),
        chosen=False,
        begin="1934-01-15",
        end="1934-08-03",
        latest=None,
        needs=(),
        gain=0.02,
        gain_error=0.01,
        own=0.02,
        own_error=0.01,
        marginal=None,
        marginal_error=None,
        along=(),
        out=reason("groundwork.out.late", end="1934-08-03"),
        touches=(),
        idle=(),
        why=shown,
        source="",
    )
    return GroundworkResult(
        party="aland",
        title=shown or "START HERE",
        target={"list": "full", "tariff": "half"},
        today="1934-01-15",
        by="1934-07-14",
        unit=shown or "weeks of a counsellor",
        budget=None,
        before=0.58,
        after=0.64,
        error=0.0075,
        needed=0.5,
        moves=(tour, survey),
        efficient=(Portfolio(0.0, 0.58, ()), Portfolio(4.0, 0.64, ("aland/senate-tour",))),
        meets="1934-02-20",
        meeting=None,
        proven=True,
        bound=0.64,
        most=0.64,
        nodes=3,
        obstacles=(
            Obstacle(reason("row.accepts", who="borduria"), 0.3, 0.4, 0.45, 1.25),
            Obstacle(reason("row.law", who=shown or "Fleet act"), 0.1, 0.1, 0.1, 0.4),
        ),
        gates=(Gate("trust", passed=True, score=0.8, needed=1.0, who=(), why=reason("gate.trust.still")),),
        left_out=(),
        cost=4.0,
    )


def readiness(shown: str = "") -> Readiness:
    """`shown` replaces every free text."""
    missing = Item(
        name="values",
        area="give",
        what=reason("ready.item.values"),
        state="open",
        from_case=True,
        places=(Place("preferences/aland/aland.yaml", (shown or "values.fleet",)),),
        gaps=1,
        take=reason("ready.take.values"),
        days=40,
        after=(),
        owner=shown or "the counsellor",
        start="1934-01-11",
        late=True,
        why=shown,
        source=shown or "practice",
    )
    hired = Item(
        name="boats",
        area="own",
        what=shown or "Two pilot boats are hired",
        state="done",
        from_case=False,
        places=(),
        gaps=0,
        take=None,
        days=3,
        after=(),
        owner="",
        start=None,
        late=False,
        why="",
        source="",
    )
    talk = Talk(
        "First conference",
        "talks",
        "1931-03-01",
        "it opens",
        "1931-05-30",
        "it closes without a text",
        "Protocol of the first conference",
        "read",
    )
    return Readiness(
        party="aland",
        date="1934-01-15",
        meets="1934-02-20",
        announced="1934-01-02",
        left=36,
        lead=49,
        needed=40,
        late=1,
        areas=(Area("give", 0, 1), Area("own", 1, 1)),
        items=(missing, hired),
        talks=(talk,),
        talk_days=(90,),
        later=1,
        source=shown or "Gazette, 2 January 1934",
    )
