"""What the commands print for people: plain sentences first, tables where they help; text from a case is never read as markup."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from summitry.brief import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from summitry.case.types import Case
    from summitry.desk import Prepared, RungAnswer
    from summitry.errors import Problem
    from summitry.evidence.holdings import Holding
    from summitry.study import Findings
    from summitry.trade.results import FrontierResult, Price, Verdict

LINKS = ("reading", "evidence", "model", "frontier", "ideas", "price", "rung", "plan", "brief")
MARK = {True: "passes", False: "FAILS", None: "not tested"}


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, plain lines elsewhere, on standard error; the yielded function names the link that begins."""
    console = Console(stderr=True)
    if quiet:
        yield lambda _: None
        return
    if not console.is_terminal:
        yield lambda link: console.print(f"{link} ...", markup=False, highlight=False)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("{task.description:>9}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=len(LINKS))

        def tell(link: str) -> None:
            bar.update(task, description=link, completed=LINKS.index(link))

        yield tell


class Page:
    """A console that prints case text as text, and knows names."""

    def __init__(self, names: Mapping[str, str], sides: Mapping[str, str], givers: Mapping[str, Sequence[str]]) -> None:
        self.names, self.sides, self.givers = names, sides, givers
        self.console = Console(highlight=False, markup=False, emoji=False)

    def head(self, text: str) -> None:
        """A heading."""
        self.console.print()
        self.console.print(Text(text, style="bold"))

    def say(self, text: str, indent: int = 2) -> None:
        """A paragraph, its further lines indented two more."""
        from textwrap import wrap

        width = max(self.console.width, 40)
        lines = wrap(text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_on_hyphens=False)
        for line in lines or [""]:
            self.console.print(Text(line), soft_wrap=True)

    def name(self, key: str) -> str:
        """The title of an id."""
        return self.names.get(key, key)

    def moves(self, verdict_moves: Mapping[str, str], principal: str) -> None:
        """Who gives what, a line for each side."""
        own = self.sides[principal]
        groups: dict[str, list[str]] = {}
        for issue, option in verdict_moves.items():
            who = self.givers.get(issue, ())
            sides = {self.sides[g] for g in who}
            label = "Nobody in particular" if not who else "Both" if len(sides) > 1 else " and ".join(self.name(g) for g in who)
            groups.setdefault(label, []).append(f"{self.name(issue)}: {option}")
        order = sorted(groups, key=lambda label: label in {self.name(p) for p, s in self.sides.items() if s == own})
        for label in order:
            self.say(f"{label}: {'; '.join(groups[label])}")

    def gates(self, verdict: Verdict) -> None:
        """The four gates: whether each is open, why, and who blocks it."""
        for gate in verdict.gates:
            self.say(f"{gate.name} {MARK[gate.passed]}. {gate.why}")
            if gate.who:
                self.say(f"blocked by {', '.join(self.name(w) for w in gate.who)}", 6)

    def changes(self, verdict: Verdict) -> None:
        """What it would take to open the closed gates."""
        if verdict.opens:
            self.say("What it would take:", 4)
        for change in verdict.opens:
            self.say(f"for {change.gate}: {change.what} from {change.before} to {change.after}; then {change.effect}", 6)


def show_prepared(done: Prepared) -> None:
    """The summary that is worth reading by itself: START HERE, NOT TODAY, PRICE, and where the files are."""
    found = done.findings
    page = Page(found.names, found.sides, found.givers)
    seat = "the analyst, who reads every side's files" if found.viewer is None else page.name(found.viewer)
    page.console.print(
        Text(found.title, style="bold"), Text(f"as of {found.as_of}, for {page.name(found.principal)}; seen by {seat}")
    )
    _start(page, found)
    _not_today(page, found)
    _price(page, found)
    if found.omitted:
        page.head("LEFT OUT")
        for gap in found.omitted:
            page.say(f"{gap.link}: {gap.why}")
    page.head("FILES")
    for file in done.files:
        page.say(str(file))
    made = f"seed {found.seed}, {found.draws:,} draws, input {found.digest[:12]}, summitry {found.version}"
    page.say(f"Values are judgements, not facts; {made}.")


def _start(page: Page, found: Findings) -> None:
    page.head("START HERE")
    if found.rung is None:
        page.say("No answer: the case lacks what the gates need (see LEFT OUT).")
        return
    verdict = found.rung.best
    if verdict is None:
        page.say(f"Nothing passes today, of {found.rung.candidates}.")
        verdict = found.rung.nearest
        if verdict is None:
            return
        page.say("The nearest miss:")
        page.changes(verdict)
    page.moves(verdict.moves, found.principal)
    _chances(page, verdict)
    for gate in verdict.gates:
        if gate.passed is not True:
            page.say(f"{gate.name}: {MARK[gate.passed]}. {gate.why}")
    if found.sensitivity:
        page.say(
            f"Together with other assumptions: {', '.join(f'{s.assumption} {100 * s.joint:.0f} %' for s in found.sensitivity)}."
        )
    if found.rung.flips:
        flip = found.rung.flips[0]
        page.say(f"Flips if {flip.what} goes from {flip.before} to {flip.after}.")


def _chances(page: Page, verdict: Verdict) -> None:
    accept = ", ".join(f"{page.name(p)} {100 * c:.0f} %" for p, c in verdict.accept.items())
    ratify = ", ".join(f"{page.name(p)} {100 * c:.0f} %" for p, c in verdict.ratify.items() if c is not None)
    page.say(f"Accept: {accept}.")
    page.say(f"Ratify: {ratify}." if ratify else "Ratify: not tested, the case has no back table.")
    page.say(f"All of it together: {100 * verdict.joint:.0f} % (sampling error {100 * verdict.joint_error:.1f}).")
    if verdict.trust_needed:
        trust = ", ".join(f"{page.name(p)} {verdict.trust_needed[p]:.2f} of {t:.2f}" for p, t in verdict.trust.items())
        page.say(f"Trust needed of trust there is: {trust}.")


def _not_today(page: Page, found: Findings) -> None:
    wanted = found.settings.get("idea")
    failing = [idea for idea in found.ideas if not idea.passed]
    named = [idea for idea in failing if wanted and idea.title == found.names.get(str(wanted))]
    for idea in (named or failing)[:1]:
        page.head(f"NOT TODAY: {idea.title}")
        for gate in idea.gates:
            if gate.passed is False:
                page.say(f"{gate.name}: {gate.why}")
                if gate.who:
                    page.say(f"blocked by {', '.join(page.name(w) for w in gate.who)}", 6)
        page.changes(idea)


def _price(page: Page, found: Findings) -> None:
    if found.price is not None:
        _price_lines(page, found.price)
    if found.record is not None:
        gone = words.done(found)
        tally = ", ".join(f"{n} {kind or 'unweighted'}" for kind, n in sorted(Counter(deed.why for deed in gone).items()))
        last = "".join(f"; {deed.date} {deed.what}" for deed in gone[:2])
        giver = words.other(found)
        by = f" by {page.name(giver)}" if giver else ""
        page.say(
            f"Surrendered or moved so far{by}: {tally}{last}." if gone else f"Surrendered so far{by}: nothing on the record."
        )


def _price_lines(page: Page, price: Price) -> None:
    issue, _, option = price.deliverable.partition(".")
    page.head(f"PRICE of {page.name(issue)}: {option}")
    share = f"{100 * price.at:.0f} %"
    if price.price is None:
        why = (
            "even all giveaways together reach" if price.state == "not for sale" else "the search stopped; the best seen reaches"
        )
        page.say(f"{price.state}: {why} {100 * price.probability:.0f} % acceptance where {share} is asked for.")
        if price.floor is not None:
            page.say(f"No package that costs less than {price.floor:.3g} points buys it.")
    else:
        spread = "" if price.price_range is None else f" ({price.price_range[0]:.3g} to {price.price_range[1]:.3g} over seeds)"
        points = f"{price.price:.3g} of {page.name(price.payer)}'s points{spread}"
        page.say(f"{price.state}: {points} at {share} acceptance; worth {price.worth_alone:.3g}.")
        page.say(f"Paid with: {'; '.join(f'{page.name(i)}: {o}' for i, o in price.package.items()) or 'nothing'}.")
    closure = {i: o for i, o in price.closure.items() if i != issue}
    if closure:
        page.say(f"It brings with it: {'; '.join(f'{page.name(i)}: {o}' for i, o in closure.items())}.")


def show_rung(case: Case, answer: RungAnswer) -> None:
    """The rung in full: gates, what else passes, what flips it, and why the named ideas fail."""
    page = page_of(case)
    found = answer.rung
    verdict = found.best or found.nearest
    page.head("START HERE" if found.best else "NOTHING PASSES TODAY; the nearest miss:")
    if verdict is not None:
        page.moves(verdict.moves, found.principal)
        _chances(page, verdict)
        page.gates(verdict)
        page.changes(verdict)
        if verdict.order:
            page.say(f"Order: {', then '.join(verdict.order)}.")
    page.say(f"Looked at {found.candidates}; {found.passing:,} pass. First gate that closed: {_tally(found.failing)}.")
    for change in found.flips:
        page.say(f"Flips if {change.what} goes from {change.before} to {change.after}: {change.effect}.")
    for other in found.others:
        page.say(f"Also passes ({100 * other.joint:.0f} %): {', '.join(f'{page.name(i)}: {o}' for i, o in other.moves.items())}")
    for idea in answer.ideas:
        page.head(f"{idea.title}: {'passes' if idea.passed else 'not today'}")
        page.gates(idea)
        page.changes(idea)


def show_price(case: Case, price: Price) -> None:
    """A price with its package, worth and proof."""
    page = page_of(case)
    _price_lines(page, price)
    page.say(f"For sure it is worth {price.worth_sure:.3g} (its {100 * (1 - price.at):.0f} % quantile).")
    if price.worth_opportunity is not None:
        page.say(f"Against the best small swap without it: {price.worth_opportunity:+.3g}.")
    if price.price_of_nothing is not None:
        page.say(f"Buying their acceptance of nothing at all costs {price.price_of_nothing:.3g}.")
    page.say(
        "Every cheaper package was tested." if price.proven else "The search stopped before every cheaper package was tested."
    )


def show_problems(name: str, problems: Sequence[Problem]) -> None:
    """A line for each problem."""
    console = Console(highlight=False, markup=False, emoji=False)
    for problem in problems:
        console.print(str(problem), soft_wrap=True)
    errors = sum(problem.level == "error" for problem in problems)
    console.print(f"{name}: {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}.")


def show_holdings(holdings: Sequence[Holding]) -> None:
    """What is declared, estimated and verified, side by side, never merged."""
    console = Console(highlight=False, markup=False, emoji=False)
    table = Table("party", "category", "unit", "declared", "estimated", "verified", "claims", "method", show_edge=False)
    for h in holdings:
        span = "-" if h.estimated is None else f"{h.estimated[0]:.3g} to {h.estimated[2]:.3g}, central {h.estimated[1]:.3g}"
        row = (h.party, h.category, h.unit, _or_dash(h.declared), span, _or_dash(h.verified), str(len(h.claims)), h.method)
        table.add_row(*(Text(cell) for cell in row))
    console.print(table if holdings else "The case makes no claim about what anybody holds.")


def show_lines(lines: Sequence[str], *, quiet: bool) -> None:
    """Plain lines, unless quiet."""
    console = Console(highlight=False, markup=False, emoji=False, quiet=quiet)
    for line in lines:
        console.print(line, soft_wrap=True)


def show_frontier(case: Case, found: FrontierResult) -> None:
    """The size of the frontier and the solutions, under the conventions by which the scenario was read."""
    console = Console(highlight=False, markup=False, emoji=False)
    show_lines(case.notes, quiet=False)
    exact = "exact" if found.exact else f"within {found.epsilon:.2g} of each party's span"
    console.print(f"{len(found.points):,} efficient points of {int(found.packages_total):,} packages ({exact}).")
    if not found.solutions:
        console.print("No package gives every party its reservation value: there is no zone of possible agreement.")
    parties = case.file.parties
    for s in found.solutions:
        values = ", ".join(f"{parties[p].name} {s.values[p]:.4g}" for p in found.parties)
        tied = "" if s.ties == 1 else f" ({s.ties} packages tie)"
        package = "; ".join(f"{case.file.issues[i].title}: {o}" for i, o in s.package.items()) or "nothing moves"
        console.print(Text(f"\n{s.name.replace('_', '-')}: {values}{tied}", style="bold"))
        console.print(Text(f"  {package}"))
    for mix in found.lotteries:
        values = ", ".join(f"{parties[p].name} {mix.values[p]:.4g}" for p in found.parties)
        console.print(Text(f"\n{mix.name.replace('_', '-')} over lotteries: {values} expected", style="bold"))
        for share, chosen in mix.shares:
            package = "; ".join(f"{case.file.issues[i].title}: {o}" for i, o in chosen.items()) or "nothing moves"
            console.print(Text(f"  {100 * share:.1f} %: {package}"))


def page_of(case: Case) -> Page:
    """A page that knows the names of a case."""
    file = case.file
    names = {k: v.name for k, v in file.parties.items()} | {k: v.title for k, v in file.issues.items()}
    names |= {
        f"{party}/{k}": f"{file.parties[party].name}: {v.name}"
        for party, seats in file.constituencies.items()
        for k, v in seats.items()
    }
    return Page(names, {k: p.coalition or k for k, p in file.parties.items()}, {k: i.giver for k, i in file.issues.items()})


def _tally(failing: Mapping[str, int]) -> str:
    return ", ".join(f"{gate} {count:,}" for gate, count in failing.items())


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _or_dash(number: float | None) -> str:
    return "-" if number is None else f"{number:.4g}"
