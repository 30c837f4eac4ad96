"""Attacks on a verdict: the smallest single change that opens a closed gate, and the single inputs whose change flips an answer.

A shift of one number is found in closed form: on the draws in which everything else holds, sort the margins; the k-th largest
is the shift at which a share k / D of all draws passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.trade import steps, swaps
from summitry.trade.gates import Chances, chances
from summitry.trade.results import Change

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model


def openings(model: Model, package: NDArray[np.int64]) -> tuple[Change, ...]:
    """For each closed gate the smallest change found that opens it, the others left as they are."""
    drawn = chances(model, package)
    needed = model.case.file.settings.joint
    found: list[Change] = []
    if drawn.all_accept.mean() < needed:
        found += _shorter(model, package, needed)
        found += _reservations(model, package, drawn, needed)
    for p, party in enumerate(model.parties):
        if party in model.homes and drawn.ratified[p].mean() < needed:
            found += _home(model, party, package, needed)
    found += _trust(model, package, only_short=True)
    found += [Change(fault, "as it is", "met", "the prerequisite is in the package") for fault in model.faults(package)]
    return tuple(found)


def flips(model: Model, package: NDArray[np.int64]) -> tuple[Change, ...]:
    """Single inputs that flip a passing swap: how far each may move before the joint probability or the trust no longer suffices.

    The closest to its own range comes first.
    """
    drawn = chances(model, package)
    needed = model.case.file.settings.joint
    rest = drawn.ratified.all(axis=0)
    found = []
    for p, party in enumerate(model.parties):
        others = rest & np.delete(drawn.accepted, p, axis=0).all(axis=0)
        room = _kth(drawn.margin[p][others], needed, model.draws)
        if room is not None and room >= 0.0:
            low, high = np.quantile(model.reserve_drawn[p], (0.05, 0.95))
            at = model.reserve[p] + room
            inside = " (inside its stated range)" if at <= high else ""
            found.append((room / max(high - low, 1e-9), Change(
                f"reservation value of {_name(model, party)}", f"{model.reserve[p]:.3g}", f"{at:.3g}{inside}",
                f"acceptance and ratification fall to {100 * needed:.0f} %",
            )))  # fmt: skip
    found += [(1.0, change) for change in _trust(model, package, only_short=False)]
    return tuple(change for _, change in sorted(found, key=lambda x: x[0]))


def _shorter(model: Model, package: NDArray[np.int64], needed: float) -> list[Change]:
    """One issue moved to another option so that all accept: the fewest options away, then the likeliest to be accepted."""
    rows = []
    for i in range(len(model.issues)):
        for option in range(int(model.sizes[i])):
            if option != package[i]:
                row = package.copy()
                row[i] = option
                rows.append(row)
    near = swaps.feasible(model, np.array(rows))
    if not len(near):
        return []
    yes = swaps.accepted(model, swaps.design(model, near)).all(axis=1).mean(axis=1)
    open_ = np.flatnonzero(yes >= needed)
    if not open_.size:
        return []
    chosen = open_[int(np.lexsort((-yes[open_], np.abs(near[open_] - package).sum(axis=1)))[0])]
    best = near[chosen]
    i = int(np.flatnonzero(best != package)[0])
    return [
        Change(
            model.case.file.issues[model.issues[i]].title,
            model.options[i][int(package[i])],
            model.options[i][int(best[i])],
            f"all accept in {100 * yes[chosen]:.0f} % of draws",
        )
    ]


def _reservations(model: Model, package: NDArray[np.int64], drawn: Chances, needed: float) -> list[Change]:
    """By how many of its own points each unwilling party falls short."""
    found = []
    for p, party in enumerate(model.parties):
        short = _kth(drawn.margin[p], needed, model.draws)
        if short is not None and short < 0.0:
            found.append(
                Change(
                    f"the value of the whole to {_name(model, party)}",
                    f"{model.means(package[None, :])[0, p]:.3g} points",
                    f"{model.means(package[None, :])[0, p] - short:.3g}",
                    f"{_name(model, party)} accepts in {100 * needed:.0f} % of draws",
                )
            )
    return found


def _home(model: Model, party: str, package: NDArray[np.int64], needed: float) -> list[Change]:
    """At one home: the law that must be lifted, and the single constituency whose smallest shift carries the package."""
    home, columns = model.homes[party], model.columns(package)
    found = []
    yes = home.yes(columns)
    name = _name(model, party)
    laws = [law for law in home.laws if law.forbids[columns].any() and not law.waived.all()]
    found += [
        Change(
            f"{name}: {law.name}", f"waived in {100 * law.waived.mean():.0f} % of draws", "waived", "the law no longer forbids it"
        )
        for law in laws
    ]
    if home.carried(yes).mean() >= needed:
        return found
    gap = home.threshold - home.points(columns)
    best: tuple[float, str] | None = None
    for c, seat in enumerate(home.seats):
        others = yes.copy()
        others[c] = True
        turned = home.carried(others)
        shift = _kth(-gap[c][turned], needed, model.draws)
        if shift is not None and (best is None or -shift < best[0]):
            best = (-shift, seat)
    if best is not None:
        seat_name = model.case.file.constituencies[party][best[1]].name
        found.append(
            Change(
                f"{name}: {seat_name}",
                "its stance today",
                f"{max(best[0], 0.01):.2f} points more in favour",
                f"{name} carries it in {100 * needed:.0f} % of draws",
            )
        )
    else:
        seats = [seat for c, seat in enumerate(home.seats) if yes[c].mean() < needed]
        names = ", ".join(model.case.file.constituencies[party][seat].name for seat in seats)
        found.append(Change(f"{name}: {names}", "opposed", "all of them in favour", "no single constituency carries it"))
    return found


def _trust(model: Model, package: NDArray[np.int64], *, only_short: bool) -> list[Change]:
    if not steps.trust_tested(model):
        return []
    order = steps.least_load(model, package)
    if order is None:
        return []
    found = []
    for p, party in enumerate(model.parties):
        has, needs = float(model.trust[p]), float(order.trust_needed[p])
        if (needs > has) == only_short and needs > 0.0:
            effect = "today's trust carries it" if only_short else "today's trust no longer carries it"
            found.append(Change(f"trust of {_name(model, party)} in the other side", f"{has:.2f}", f"{needs:.2f}", effect))
    return found


def _kth(margin: NDArray[np.float64], needed: float, draws: int) -> float | None:
    """The margin that at least a share `needed` of all `draws` reach, or None where too few draws are left."""
    k = int(np.ceil(needed * draws - 1e-9))
    return float(np.sort(margin)[::-1][k - 1]) if 0 < k <= margin.size else None


def _name(model: Model, party: str) -> str:
    return model.case.file.parties[party].name
