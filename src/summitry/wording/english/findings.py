"""What findings.json holds, by key."""

from __future__ import annotations

MESSAGES = {
    "findings.format": "name and version of this document's form",
    "findings.case": "name of the case",
    "findings.title": "title of the case",
    "findings.as_of": "ISO date up to which the case knows the world",
    "findings.viewer": "the party whose files alone were opened; null for an analyst who opened all",
    "findings.principal": "the party that the analysis serves",
    "findings.version": "version of summitry",
    "findings.seed": "seed of all draws",
    "findings.draws": "number of draws; probabilities are shares of them",
    "findings.digest": "SHA-256 of the bytes of the case that were read",
    "findings.names": "titles by name, for display",
    "findings.givers": "the parties that can give each issue",
    "findings.calls": "moves, as ISSUE.OPTION, about which a delegation must call home",
    "findings.nevers": "those of them that a mandate forbids",
    "findings.sides": "the coalition of each party, or the party itself",
    "findings.settings": "what the analysis assumed",
    "findings.counts": "sizes of the case",
    "findings.holdings": (
        "by party and category: claims side by side (declared, estimated, verified) and quantiles of the fused estimates"
    ),
    "findings.shares": "options that move a share of a holding, in units: 5, 50 and 95 % of the holding times the share",
    "findings.declaration": (
        "what is declared, or else supposed, against the estimates: how likely it is all, and after visits in vain"
    ),
    "findings.inspections": (
        "by issue: the inspection that the case states, what its sample finds, and its operating-characteristic curve"
    ),
    "findings.record": (
        "words and deeds by month (-2..2), beliefs with every contribution in log-odds, and what was done so far"
    ),
    "findings.signals": (
        "how serious each side is, whether words drift from deeds, who answers whom, every deed weighed, what to ask for"
    ),
    "findings.frontier": (
        "efficient packages: points[k] are values by party of rows[k], whose numbers count into `issues` (-1: not moved)"
    ),
    "findings.rung": "where to start: the best swap that passes all gates, or the nearest miss, and what was searched",
    "findings.sensitivity": "how likely the swap under START HERE is on fresh draws and at other correlations",
    "findings.ideas": "the case's named ideas under the same gates",
    "findings.price": "the least that buys the deliverable at a chosen chance of acceptance, in the payer's own points",
    "findings.ladder": (
        "deals in the order in which trust comes to carry them, and the named ideas among them, from a quick search"
    ),
    "findings.plan": "the steps in order with dates, and what each party holds if everything stops after each",
    "findings.homes": (
        "the back tables: what each says to the swap under START HERE, to every option alone, and to points of the frontier"
    ),
    "findings.positions": (
        "state of play: the board by issue and party, what is agreed, what waits for an answer, how each side moved"
    ),
    "findings.promises": "promised, due, delivered: every promise of the record with its outcome",
    "findings.audits": "the case's texts: commitments with the words of each field, what they lack, what is new or recycled",
    "findings.groundwork": "the moves that raise the chance of START HERE most, with dates, and who still stands in the way",
    "findings.readiness": (
        "what is prepared and what is not, where, by when each task must start, and how long comparable talks took"
    ),
    "findings.omitted": "links of the chain that were left out, and why",
    "findings.notes": "conventions and warnings that belong to every result",
    "findings.page": (
        "what the one page says; `numbers` lists each number as shown, its value, and the path of the key it comes from"
    ),
}
