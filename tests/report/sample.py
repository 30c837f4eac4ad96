"""Findings made by hand: a dispute between parties that do not exist, with every part of the chain present."""

from __future__ import annotations

import datetime as dt

from report.sample_declared import declaration
from report.sample_ground import groundwork, readiness
from report.sample_signals import signals
from summitry.deals.frontier import EfficientPoint, Frontier, Solution
from summitry.deals.gates import Verdict
from summitry.deals.gates.gate import Change, Gate
from summitry.deals.homes import AtHome, Benchmark, LawInTheWay, Opinion, OptionAtHome, Support
from summitry.deals.ladder import LadderResult, Rung
from summitry.deals.price import Price
from summitry.deals.rung import RungResult
from summitry.deals.sensitivity import Sensitivity
from summitry.evidence.conduct import Deed, Delivery, Record, Seriousness
from summitry.evidence.contributions import Contribution
from summitry.evidence.inspections import Check, Checked, Point
from summitry.evidence.inventory import ClaimLine, Holding
from summitry.evidence.months import Month
from summitry.evidence.positions import Positions, Shift, Stand, Statement, Waiting
from summitry.evidence.quantities import Share
from summitry.evidence.seriousness import performs
from summitry.evidence.texts.audit import Text, audit_text
from summitry.plan.schedule import Plan
from summitry.plan.timeline import Step
from summitry.reasons import Reason, reason
from summitry.study import Findings, Omission

NAMES = {
    "aland": "Aland",
    "borduria": "Borduria",
    "list": "Inventory of mines and depots",
    "list.full": "complete, with coordinates",
    "mines": "Sea mines cleared",
    "inspectors": "Inspectors at the straits",
    "tariff": "Port tariff",
    "tariff.half": "halved for one year",
    "fleet": "Withdrawal of the guard fleet",
    "loan": "Harbour loan",
    "aland:senate": "Aland's Senate",
    "borduria:admiralty": "Borduria's Admiralty",
    "aland/crown": "The Crown",
    "aland/senate": "The Senate",
    "aland/press": "Press of Klow",
    "borduria/admiralty": "The Admiralty",
    "borduria/council": "Council of the harbours",
    "grand": "The whole fleet for every mine",
}


def free(text: str) -> Reason:
    """A reason that quotes any text."""
    return reason("case.text", text=text)


def claim(
    claimant: str, as_of: str, low: float | None, central: float | None, high: float | None, kind: str, source: str
) -> ClaimLine:
    return ClaimLine(claimant, "", as_of, low, central, high, kind, source, "read", used=kind == "estimated")


def holdings() -> tuple[Holding, ...]:
    return (
        Holding(
            "borduria",
            "sea mines",
            "mines",
            120.0,
            (150.0, 230.0, 340.0),
            60.0,
            {"0.05": 158.0, "0.25": 196.0, "0.5": 226.0, "0.75": 262.0, "0.95": 331.0},
            (reason("holdings.pool.certain", estimates=3),),
            0.41,
            (
                claim("Borduria", "1934-02", 120, 120, 120, "declared", "Note to the Straits Office, 3 Feb 1934"),
                claim("Naval Institute", "1933", 150, 220, 300, "estimated", "https://example.org/naval/1933?a=1&b=2"),
                claim("Aland's Admiralty", "1934", 180, 240, 340, "estimated", "White paper 11"),
                claim("Pilots' guild", "1933-10", None, 210, None, "estimated", "Letter of the guild"),
                claim("Straits Office", "1934-01", 60, 60, 60, "verified", "Survey of lane 2"),
            ),
        ),
        Holding(
            "borduria",
            "coastal batteries",
            "guns",
            None,
            (14.0, 18.0, 26.0),
            None,
            {"0.05": 14.4, "0.5": 18.6, "0.95": 24.9},
            (reason("holdings.one"),),
            None,
            (claim("Naval Institute", "1933", 14, 18, 26, "estimated", "https://example.org/naval/1933?a=1&b=2"),),
        ),
    )


def belief(
    party: str,
    other: str,
    prior: tuple[float, float, float],
    posterior: tuple[float, float, float],
    contributions: tuple[Contribution, ...],
) -> Seriousness:
    low, mode, high = map(performs, posterior)
    return Seriousness(party, other, prior, posterior, (low, mode, high), contributions)


def record() -> Record:
    words = (0.4, 0.9, 1.3, None, 1.6, 1.5, 1.8, 1.7)
    deeds = (0.2, None, -0.4, -0.5, None, -0.3, 0.3, -0.2)
    months = tuple(
        Month(f"1933-{m:02d}", w, d, 0 if w is None else m, 0 if d is None else 1)
        for m, w, d in zip(range(5, 13), words, deeds, strict=True)
    )
    contributions = (
        Contribution(
            "1933-06-02",
            "Speech on a new era in the straits",
            -0.05,
            reason("belief.talk", mean=1.0, factor=None),
            "Gazette of Klow, 3 June 1933",
        ),
        Contribution(
            "1933-11-20",
            "Lane 2 opened for the Straits Office",
            0.92,
            reason("deed.dear", spent=reason("deed.spent", cost=0.6, assumed=None, sunk=0.45), limit=0.1, coder=None),
            "https://example.org/straits/lane-2",
        ),
        Contribution(
            "1934-01-08",
            "Promised lane 3 not opened",
            -1.1,
            reason("belief.delivery", agreement="Straits convention", commitment="clear lane 3"),
            "Straits Office, report 4",
        ),
    )
    return Record(
        {"borduria": months, "aland": months[:3]},
        (
            belief("aland", "borduria", (0.2, 0.35, 0.5), (0.22, 0.38, 0.55), contributions),
            belief("borduria", "aland", (0.3, 0.45, 0.6), (0.31, 0.47, 0.62), contributions[:1]),
        ),
        (
            Deed("1933-11-20", ("borduria",), "60 mines in lane 2 cleared", 0.92, "substantive", "Survey of lane 2"),
            Deed(
                "1933-08-01", ("borduria",), "4 stranded crews sent home", 0.1, "humanitarian", "Gazette of Klow, 2 August 1933"
            ),
        ),
        {"borduria": 0, "aland": 0},
    )


def gates(accept: float, ratify: float, load: float, *, needs: bool = True) -> tuple[Gate, ...]:
    return (
        Gate(
            "accept",
            accept >= 0.5,
            accept,
            0.5,
            () if accept >= 0.5 else ("borduria",),
            free("share of draws in which Borduria gains"),
        ),
        Gate(
            "ratify",
            ratify >= 0.5,
            ratify,
            0.5,
            () if ratify >= 0.5 else ("aland:senate", "borduria:admiralty"),
            free("share of draws in which both homes carry it"),
        ),
        Gate(
            "trust",
            load <= 1,
            load,
            1.0,
            () if load <= 1 else ("aland",),
            free("Aland would have to trust Borduria with its whole fleet"),
        ),
        Gate("prerequisites", needs, None, None, (), free("the inventory comes first")),
    )


def verdict() -> Verdict:
    return Verdict(
        "Inventory for a year of lower tariffs",
        {"list": "full", "inspectors": "resident", "tariff": "half"},
        gates(0.7132, 0.664, 0.83),
        0.5713,
        0.0077,
        {"aland": 0.982, "borduria": 0.7132},
        {"aland": 0.812, "borduria": 0.744},
        {"aland": 0.34, "borduria": 0.22},
        {"aland": 8.1, "borduria": 3.6},
        {"aland": (9.0, 14.2, 19.5), "borduria": (-1.0, 6.3, 11.8)},
        0.83,
        {"aland": 0.38, "borduria": 0.47},
        {"aland": 0.337, "borduria": 0.2},
        {"aland": 0.71, "borduria": 0.93},
        {"aland": 4.1, "borduria": 2.2},
        ("list.full", "tariff.half", "inspectors.resident"),
        (1, 2, 2),
        0.83,
        190,
        source="found among all swaps",
    )


def idea() -> Verdict:
    return Verdict(
        "The whole fleet for every mine",
        {"fleet": "all", "mines": "all"},
        gates(0.62, 0.081, 3.4, needs=False),
        0.0413,
        0.0031,
        {"aland": 0.55, "borduria": 0.62},
        {"aland": 0.12, "borduria": 0.31},
        {"aland": 0.9, "borduria": 0.95},
        {"aland": 0.2, "borduria": 0.4},
        {"aland": (-20.0, 4.0, 31.0), "borduria": (-8.0, 9.0, 22.0)},
        3.4,
        {"aland": 0.38, "borduria": 0.47},
        {"aland": 0.68, "borduria": 0.44},
        {"aland": 0.03, "borduria": 0.5},
        {"aland": 22.0, "borduria": 9.0},
        ("fleet.all", "mines.all"),
        (1, 2),
        3.4,
        opens=(
            Change(
                "ratify",
                reason("change.option", issue="fleet", before="fleet.all", after="fleet.one squadron"),
                reason("effect.carries", party="aland", chance=0.5),
            ),
        ),
        source="Leader of the Gazette of Klow, 9 January 1934",
    )


def frontier(points: int = 60) -> Frontier:
    curve = [(round(20 * k / (points - 1), 6), round(18 * (1 - (k / (points - 1)) ** 2), 6)) for k in range(points)]
    nash = Solution("nash", {"aland": 10.2, "borduria": 13.3}, {"tariff": "half", "list": "full"}, 1, 0.21)
    fair = Solution("kalai_smorodinsky", {"aland": 11.9, "borduria": 11.6}, {"tariff": "half", "list": "full"}, 2, 0.12)
    return Frontier(
        parties=("aland", "borduria"),
        packages="1048576",
        epsilon=0.0,
        zone=False,
        points=tuple(
            EfficientPoint({"aland": a, "borduria": b}, {"tariff": "half" if k % 2 else "none", "list": "full"}, str(1 + k % 3))
            for k, (a, b) in enumerate(curve)
        ),
        reservation={"aland": 2.0, "borduria": 3.0},
        status_quo={"aland": 0.0, "borduria": 0.0},
        solutions={solution.name: solution for solution in (nash, fair)},
    )


def price() -> Price:
    return Price(
        "list.full",
        "aland",
        "borduria",
        0.5,
        "buyable",
        5.84,
        (5.4, 6.3),
        5.84,
        proven=True,
        package={"list": "full", "tariff": "half"},
        closure={"list": "full"},
        probability=0.53,
        worth_alone=15.1,
        worth_sure=11.0,
        worth_opportunity=12.7,
        price_of_nothing=1.2,
        joint=0.41,
    )


def rung(title: str, load: float | None, substance: float, kept: int | None) -> Rung:
    sides = ("aland", "borduria")
    return Rung(
        title=title,
        package={"list": "full", "tariff": "half"},
        load=load,
        load_range=None,
        trust_needed={} if load is None else dict.fromkeys(sides, 0.3),
        trust={} if load is None else dict.fromkeys(sides, 0.6),
        carried={},
        exposure={},
        acceptance=dict.fromkeys(sides, 0.7),
        ratification=dict.fromkeys(sides, 0.8),
        joint=0.6,
        passes=True,
        substance=dict.fromkeys(sides, substance),
        values=dict.fromkeys(sides, 5.0),
        order=(),
        exact=True,
        in_time=True,
        kept_steps=kept,
        trust_after={},
        stopping={},
        temptations=(),
        mends=(),
        climbs=True,
    )


def ladder() -> LadderResult:
    return LadderResult(
        principal="aland",
        rungs=(rung("a list for half the tariff", 0.3, 0.4, 0), rung("a list for the harbour", 1.8, 0.6, 3)),
        first=0,
        ideas=(rung("a [harbour] = #for *everything*", None, 0.9, None), rung("a list", 0.0, 0.1, 0)),
        searched=free("all swaps"),
        considered=12,
        bounded=12,
        ordered=2,
        short=None,
        walks=(),
        sensitivity=(),
        gaps=(),
    )


def plan() -> Plan:
    step = [
        (
            "1",
            "borduria",
            "list",
            "none",
            "half",
            "1934-02-15",
            "1934-03-15",
            "survey of two depots",
            {"aland": 3.0, "borduria": -1.0},
        ),
        (
            "2",
            "aland",
            "tariff",
            "none",
            "three quarters",
            "1934-03-15",
            "1934-04-01",
            "gazetted",
            {"aland": -0.5, "borduria": 1.5},
        ),
        (
            "3",
            "borduria",
            "list",
            "half",
            "full",
            "1934-04-01",
            "1934-05-15",
            "survey of all depots",
            {"aland": 8.0, "borduria": -2.2},
        ),
        (
            "4",
            "aland",
            "tariff",
            "three quarters",
            "half",
            "1934-05-15",
            "1934-06-01",
            "gazetted",
            {"aland": -4.1, "borduria": 5.0},
        ),
        (
            "5",
            "borduria",
            "inspectors",
            "none",
            "resident",
            "1934-06-01",
            "1934-07-15",
            "the inspectors' first report",
            {"aland": 14.2, "borduria": 6.3},
        ),
    ]
    steps = tuple(
        Step(s[0], (s[1],), *s[2:], exit=reason("plan.exit.whole" if s[1] == "aland" else "plan.exit.none")) for s in step
    )
    return Plan(
        "Inventory for a year of lower tariffs",
        steps,
        0.83,
        0.83,
        "quickest",
        4,
        6,
        {"aland": 4.1, "borduria": 2.2},
        {"aland": 0.38, "borduria": 0.47},
        {"aland": (0.25, 0.337, 0.41), "borduria": (0.12, 0.2, 0.31)},
        {"aland": 14.2, "borduria": 6.3},
    )


def home(party: str, seats: tuple[str, str], probability: float) -> AtHome:
    opinions = (
        Opinion(seats[0], "veto", None, 0.91, (0.8, 2.1, 3.3)),
        Opinion(seats[1], "vote", 1.0, probability, (-1.2, 0.4, 1.9)),
        Opinion("press", "voice", None, 0.33, (-2.0, -0.5, 0.7), (seats[1],)),
    )
    law = LawInTheWay("Straits Act", "https://example.org/act", ("fleet.all",), 0.2)
    what = reason("change.seat", seat=f"{party}/{seats[1]}", before=0.0, after=0.7)
    change = Change("ratify", what, reason("effect.carries", party=party, chance=0.5))
    options = tuple(
        OptionAtHome(issue, option, issue in {"tariff", "fleet"}, (), 0.4, {"list": "full"}, {seats[0]: p, seats[1]: -p})
        for issue, option, p in (
            ("list", "full", 3.0),
            ("inspectors", "resident", 1.0),
            ("tariff", "half", -2.0),
            ("fleet", "all", -9.0),
        )
    )
    said = Support(party, verdict().moves, probability, 0.007, 0.9, opinions, (law,), Benchmark(0.3, -0.1), (change,))
    return AtHome(party, 0.5, said, options, tuple((k, k / 59 if party == "aland" else 1 - k / 59) for k in range(0, 60, 5)))


def homes() -> tuple[AtHome, ...]:
    return home("aland", ("crown", "senate"), 0.812), home("borduria", ("admiralty", "council"), 0.444)


CONVENTION = (
    "Done on 4 May 1931.\n1. Borduria will clear 120 mines <b>in lane 3</b> by 1 January 1934.\n2. Both sides welcome peace."
)


def positions() -> Positions:
    stand = Stand(
        "borduria",
        "list",
        "full",
        "refused",
        "1933-09-01",
        "1933-12-01",
        2,
        stands=True,
        in_force=False,
        source="Gazette",
        note="not <i>now</i>",
    )
    asked = Waiting(
        "aland",
        "list",
        "full",
        "demanded",
        "1933-08-01",
        "1934-01-02",
        "reopened",
        "borduria",
        "1933-12-01",
        Statement("refused", "full"),
        "Note 7",
        "Gazette",
    )
    offered = Statement("offered", "half"), Statement("offered", "none")
    shift = Shift("aland", "tariff", "gives", *offered, "1933-08-01", "1933-10-01", "back", "Note 8")
    return Positions("1934-01-15", {"list": {"borduria": (stand,)}}, (), ("tariff.half",), (asked,), (shift,), (), ("fleet",))


def findings() -> Findings:
    return Findings(
        case="straits-1934",
        title="Second conference on the straits",
        as_of="1934-01-15",
        viewer=None,
        principal="aland",
        version="0.1.0",
        seed=20240229,
        draws=4096,
        digest="3f9a1c5e7b2d4f60819a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70",
        names=dict(NAMES),
        givers={
            "list": ("borduria",),
            "inspectors": ("borduria",),
            "mines": ("borduria",),
            "tariff": ("aland",),
            "fleet": ("aland",),
            "loan": ("aland",),
        },
        calls=("fleet.all",),
        sides={"aland": "aland", "borduria": "borduria"},
        settings={
            "principal": "aland",
            "joint": 0.5,
            "price_at": 0.5,
            "correlation": 0.3,
            "deliverable": "list.full",
            "idea": "grand",
            "horizon": 180,
        },
        counts={"parties": 2, "issues": 6, "packages": 1048576},
        holdings=holdings(),
        shares=(Share("mines", "half", 0.5, "borduria", "sea mines", "mines", 79.0, 113.0, 165.5),),
        declaration=declaration(),
        inspections=(
            Checked(
                "mines",
                ("half",),
                Check(
                    of="lanes swept",
                    items=12,
                    significant=2,
                    power=0.9,
                    drawn=6,
                    detection=0.72,
                    goal=0.7,
                    reachable=True,
                    days=60,
                    challenge=False,
                    suspicion=None,
                    why="by hand",
                    source="",
                    kind="judgement",
                ),
                (Point(0, 0.0, 1.0), Point(1, 0.45, 0.55), Point(2, 0.72, 0.28), Point(4, 0.96, 0.04)),
            ),
        ),
        record=record(),
        signals=signals(record()),
        frontier=frontier(),
        rung=RungResult(
            "aland",
            "list.full",
            verdict(),
            None,
            (),
            (),
            None,
            free("all swaps of at most five moves"),
            1820,
            238,
            238,
            37,
            {"accept": 900, "ratify": 620, "trust": 201, "prerequisites": 62},
            (
                Change(
                    "accept",
                    reason("change.reservation", party="borduria", before=4.0, after=7.0, inside=True),
                    reason("effect.falls", needed=0.5),
                ),
            ),
            2,
        ),
        sensitivity=(
            Sensitivity(reason("sensitivity.correlation", correlation=0.0, instead=0.3), 0.5524),
            Sensitivity(reason("sensitivity.correlation", correlation=0.6, instead=0.3), 0.6031),
        ),
        ideas=(idea(),),
        price=price(),
        ladder=ladder(),
        plan=plan(),
        homes=homes(),
        positions=positions(),
        promises=(
            Delivery(
                "Straits convention",
                "1931-05-04",
                ("borduria",),
                "clear lane 3",
                "1934-01-01",
                "not opened",
                0.0,
                "broken",
                "",
                "Straits Office, report 4",
                "read",
            ),
        ),
        audits=(audit_text(Text("straits-convention", CONVENTION, dt.date(1931, 5, 4), "its first day")),),
        groundwork=groundwork(),
        readiness=readiness(),
        omitted=(Omission("texts", reason("study.refused", problem="no offer of this case has been answered yet")),),
        notes=(reason("study.note", note="Demonstration numbers."),),
    )
