"""The signals of the sample, made by hand: a drift with a break, an answer, two deeds weighed, a signal to ask for and none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.evidence.dissonance import Drift, DriftBreak, DriftTrend, Gap
from summitry.evidence.gestures import Weighed
from summitry.evidence.reciprocity import Reciprocity
from summitry.evidence.signals import Believed, Moment, Otherwise, Signals
from summitry.trade.signal import Deed, SignalAsk

if TYPE_CHECKING:
    from summitry.evidence.record import Record


def signals(record: Record) -> Signals:
    """What the sample's record tells."""
    believed = tuple(
        Believed(
            b.party, b.other, b.prior, b.posterior, b.posterior, (Moment("1934-01-15", b.posterior),), b.contributions,
            ((0.5, 0.52),), 0.48 if b.party == "aland" else None, (Otherwise("if nothing fades with age", b.prior),),
        )
        for b in record.beliefs
    )  # fmt: skip
    gaps = tuple(
        Gap(m.month, m.words, m.deeds, None if m.words is None or m.deeds is None else m.words - m.deeds)
        for m in record.months["borduria"]
    )
    why = "words rise above deeds by 0.2 a month (p 0.02, corrected for memory, 10 months)"
    few = "too few: 2 months have words and deeds to compare, 10 are needed"
    jump = (
        "words stood 0.2 above deeds before 1933-08 and 1.8 above them from then on; the jump may lie between 1933-07 and 1933-10"
    )
    done = "cost 0.6, of which 0.45 stays spent: no less than the 0.1 that nine in ten pretenders would pay, and seen"
    fed = "about persons, as the coder says; cost 0.2 (assumed, not coded), of which 0.1 stays spent"
    return Signals(
        believed,
        (Drift("borduria", "borduria", 1, gaps), Drift("aland", "borduria", 3, gaps[:2])),
        (
            DriftTrend("borduria", "borduria", 10, 0.5, 0.02, 0.2, why),
            DriftTrend("aland", "borduria", 2, None, None, None, few),
        ),
        (DriftBreak("borduria", "borduria", "1933-08", "1933-07", "1933-10", 0.2, 1.8, jump),),
        (
            Reciprocity(
                "aland", "borduria", (2, 1), (0, 0), None, None, None, None, None, None, "too few answers to compare: 2 and 0"
            ),
        ),
        (
            Weighed(
                "1933-11-20", ("borduria",), "Lane 2 opened for the Straits Office", "deed", 1.0, {"aland": 0.92}, 0.6, 0.5, 1.0,
                0.45, 0.92, "substantive", "substantive", done, "Survey of lane 2", {"borduria": -4.5}, "by the coder's scale",
            ),
            Weighed(
                "1933-08-01", ("borduria",), "4 stranded crews sent home", "deed", 1.0, {}, None, None, 1.0, 0.1, 0.1,
                "humanitarian", "humanitarian", fed, "Gazette of Klow, 2 August 1933",
            ),
        ),
    )  # fmt: skip


def asks() -> tuple[SignalAsk, ...]:
    """One signal to ask for, and a side of which there is none to ask."""
    deed = Deed("inspectors.resident", {"inspectors": "resident"}, (3.0, 6.0, 9.0), (2.0, 7.0, 14.0), seen=True, why="costs it 6")
    none = "there is none: what a side that means it would do tells at most 1.7 to 1 (tariff.half)"
    return (
        SignalAsk(
            "aland", "borduria", 12.0, (2.0, 9.0), stated=True, best=deed, nearest=(), why="the cheapest that tells enough"
        ),
        SignalAsk("borduria", "aland", None, (1.0, 4.0), stated=False, best=None, nearest=(deed,), why=none),
    )
