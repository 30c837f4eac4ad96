"""The declarations of the sample, made by hand: one that was made, one that is supposed, and visits for the first."""

from __future__ import annotations

from summitry.case.types import Search
from summitry.evidence.completeness import BaseRate, Consistency, Past, search_in_vain
from summitry.evidence.declarations import Completeness, Declaration, Prior
from summitry.reasons import reason

BALANCE = reason("balance.stated", text="")
WHY = "nobody has seen the north quay"


def declaration() -> Declaration:
    """Sixty mines too few declared, guns that nobody declared, and an open question of depots."""
    quays = Search(of="quays <b>of the north</b>", places=8, visits=4, hidden=2, power=0.9, reach=(0.3, 0.5, 0.8), why=WHY)
    mines = Completeness(
        party="borduria",
        category="sea mines",
        unit="mines",
        declared=120.0,
        estimated=(158.0, 226.0, 331.0),
        verified=60.0,
        complete=0.18,
        complete_range=(0.06, 0.41),
        undeclared={"p50": 70.0, "p80": 110.0, "p95": 160.0},
        if_incomplete={"p50": 88.0, "p80": 121.0, "p95": 170.0},
        why=(reason("declaration.below"),),
        inspection=None,
        amounts=((158.0, 0.31), (196.0, 0.52), (226.0, 0.7), (262.0, 0.8), (331.0, 0.9)),
        misses=((0.0, None), (0.05, 0.11), (0.2, 0.27), (0.3, 0.36)),
        search=search_in_vain(quays, 0.18, (0.06, 0.41)),
    )
    guns = Completeness(
        party="borduria",
        category="coastal batteries",
        unit="guns",
        declared=18.6,
        estimated=(14.4, 18.6, 24.9),
        verified=None,
        complete=0.71,
        complete_range=(0.5, 0.9),
        undeclared={"p50": 0.0, "p80": 2.0, "p95": 5.0},
        if_incomplete={"p50": 2.0, "p80": 4.0, "p95": 6.0},
        why=(),
        inspection=None,
        made=False,
        amounts=((14.4, 0.4), (16.0, 0.6), (18.6, 0.71), (21.0, 0.8), (24.9, 0.92)),
        misses=((0.0, 0.72), (0.05, 0.71), (0.2, 0.69), (0.3, 0.68)),
    )
    fits = Consistency(
        "sea mines", 120.0, (90.0, 150.0, 210.0), 0.8, (-30.0, 30.0, 90.0), {"fuses": "estimated"}, "fits", BALANCE, ""
    )
    past = Past(
        "Straits 1921",
        "1921-03-01",
        "mines",
        "40",
        "mines",
        "55 <i>more</i>",
        "1922",
        "incomplete",
        "",
        "https://example.org/1921",
        "read",
    )
    return Declaration(
        as_of="1934-01-15",
        prior=Prior(0.1, 0.36, 0.66, reason("declaration.history", complete=2, decided=6, as_of="1934-01-15")),
        history=BaseRate(2, 6, 0.1, 0.36, 0.66, (past,)),
        categories=(mines, guns),
        all_complete=(0.0, 0.18),
        consistency=(fits,),
        undeclared_categories=(),
    )
