"""The signals of the sample, made by hand: a drift with a break, an answer, two deeds weighed, a signal to ask for and none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.evidence.contributions import WeighedEvent
from summitry.evidence.credibility import Belief, Moment, Otherwise, SignalAsk, SignalDeed, Signals
from summitry.evidence.months import Drift, DriftBreak, DriftTrend, Gap, Reciprocity
from summitry.reasons import reason

if TYPE_CHECKING:
    from summitry.evidence.conduct import Record


def signals(record: Record) -> Signals:
    """What the sample's record tells."""
    believed = tuple(
        Belief(
            b.party, b.other, b.prior, b.posterior, b.posterior, (Moment("1934-01-15", b.posterior),), b.contributions,
            ((0.5, 0.52),), 0.48 if b.party == "aland" else None, (Otherwise(reason("assumption.unfaded"), b.prior),),
        )
        for b in record.beliefs
    )  # fmt: skip
    gaps = tuple(
        Gap(m.month, m.words, m.deeds, m.deeds, None if m.words is None or m.deeds is None else m.words - m.deeds)
        for m in record.months["borduria"]
    )
    why = reason("drift.rises", slope=0.2, p=0.02, months=10)
    few = reason("drift.few", months=2, needed=10)
    jump = reason(
        "drift.break",
        before=reason("drift.above", distance=0.2),
        after=reason("drift.above", distance=1.8),
        month="1933-08",
        earliest="1933-07",
        latest="1933-10",
    )
    spent = reason("deed.spent", cost=0.6, assumed=None, sunk=0.45)
    done = reason("deed.dear", spent=spent, limit=0.1, coder=None)
    fed = reason("deed.humanitarian", spent=spent, limit=0.1, coder=None)
    too_few = (reason("answers.few", days=90, needed=5),)
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
                "aland", "borduria", (2, 1), (0, 0), None, None, None, None, None, None, too_few
            ),
        ),
        (
            WeighedEvent(
                "1933-11-20", ("borduria",), "Lane 2 opened for the Straits Office", "deed", 1.0, {"aland": 0.92}, 0.6, 0.5, 1.0,
                0.45, 0.92, "substantive", "substantive", done, "Survey of lane 2", {"borduria": -4.5}, reason("points.scale"),
            ),
            WeighedEvent(
                "1933-08-01", ("borduria",), "4 stranded crews sent home", "deed", 1.0, {}, None, None, 1.0, 0.1, 0.1,
                "humanitarian", "humanitarian", fed, "Gazette of Klow, 2 August 1933",
            ),
        ),
        asks(),
    )  # fmt: skip


def asks() -> tuple[SignalAsk, ...]:
    """One signal to ask for, and a side of which there is none to ask."""
    costs, ratio = (3.0, 6.0, 9.0), (2.0, 7.0, 14.0)
    why = reason("signal.deed", cost=costs, ratio=7.0, unseen=None, gain=None)
    deed = SignalDeed("inspectors.resident", {"inspectors": "resident"}, costs, ratio, verified=True, why=why)
    best = reason("signal.best", deliverable=deed.deliverable, free=None, deed=why, sure=False, barred=())
    none = reason("signal.weak", ratio=1.7, deliverable="tariff.half")
    return (
        SignalAsk("aland", "borduria", 12.0, (2.0, 9.0), stated=True, best=deed, nearest=(), why=best),
        SignalAsk("borduria", "aland", None, (1.0, 4.0), stated=False, best=None, nearest=(deed,), why=none),
    )
