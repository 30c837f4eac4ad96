"""What the commands print for people: plain sentences first, tables where they help; text from a case is never read as markup."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
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


def console(*, stderr: bool = False, quiet: bool = False) -> Console:
    """A console that reads nothing into text; what comes from a case goes through `Page`, which cleans it."""
    return Console(highlight=False, markup=False, emoji=False, stderr=stderr, quiet=quiet)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, plain lines elsewhere, on standard error; the yielded function names the link that begins."""
    errors = console(stderr=True)
    if quiet:
        yield lambda _: None
        return
    if not errors.is_terminal:
        yield lambda link: errors.print(f"{link} ...")
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("{task.description:>9}"), BarColumn(), TimeElapsedColumn(), console=errors, transient=True) as bar:
        task = bar.add_task("", total=len(LINKS))

        def tell(link: str) -> None:
            bar.update(task, description=link, completed=LINKS.index(link))

        yield tell


class Page:
    """The only way onto the terminal: text from a case passes `words.clean`, is never read as markup, and names are titles.

    `they` is the other side that is named first; without it the first that gives something.
    """

    def __init__(
        self,
        names: Mapping[str, str] | None = None,
        sides: Mapping[str, str] | None = None,
        givers: Mapping[str, Sequence[str]] | None = None,
        principal: str = "",
        they: str | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        self.names, self.sides, self.givers = names or {}, sides or {}, givers or {}
        self.principal, self.they = principal, they
        self.console = console(quiet=quiet)

    def head(self, text: str) -> None:
        """A heading."""
        self.line()
        self.line(text, style="bold")

    def line(self, text: str = "", *, indent: int = 0, style: str = "", whole: bool = False) -> None:
        """A line, broken where the terminal ends unless it is to stay `whole`, as a path must."""
        self.console.print(Text(" " * indent + words.clean(text), style=style), soft_wrap=whole)

    def say(self, text: str, indent: int = 2) -> None:
        """A paragraph, its further lines indented two more."""
        from textwrap import wrap

        width = max(self.console.width, 40)
        first, further = " " * indent, " " * (indent + 2)
        for told in wrap(words.clean(text), width, initial_indent=first, subsequent_indent=further, break_on_hyphens=False):
            self.console.print(Text(told), soft_wrap=True)

    def name(self, key: str) -> str:
        """The title of an id, of a seat of a back table with its party."""
        return words.blocker(self, key)

    def moves(self, moves: Mapping[str, str]) -> None:
        """Who gives what, a line for each side."""
        givers = (giver for issue in moves for giver in self.givers.get(issue, ()))
        they = self.they or next((giver for giver in givers if not words.ours(self, giver)), None)
        for heading, told in words.shared_out(self, moves, they):
            self.say(f"{heading}: {'; '.join(told)}")

    def gates(self, verdict: Verdict) -> None:
        """The four gates: whether each is open, why, and who blocks it."""
        for gate in verdict.gates:
            self.say(f"{gate.name}: {gate.why}" if gate.passed is None else f"{gate.name} {MARK[gate.passed]}. {gate.why}")
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
    page = Page(_seated(found), found.sides, found.givers, found.principal, words.other(found))
    seat = "the analyst, who reads every side's files" if found.viewer is None else page.name(found.viewer)
    page.line(found.title, style="bold")
    page.line(f"as of {found.as_of}, for {page.name(found.principal)}; seen by {seat}")
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
    page.moves(verdict.moves)
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
    idea = words.not_today(found)
    if idea is None:
        return
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
    found = answer.rung
    page = page_of(case, found.principal)
    verdict = found.best or found.nearest
    page.head("START HERE" if found.best else "NOTHING PASSES TODAY; the nearest miss:")
    if verdict is not None:
        page.moves(verdict.moves)
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
    page.say(f"In {100 * price.at:.0f} % of draws it is worth at least {price.worth_sure:.3g}.")
    if price.worth_opportunity is not None:
        page.say(f"Against the best small swap without it: {price.worth_opportunity:+.3g}.")
    if price.price_of_nothing is not None:
        page.say(f"Buying their acceptance of nothing at all costs {price.price_of_nothing:.3g}.")
    page.say(
        "Every cheaper package was tested." if price.proven else "The search stopped before every cheaper package was tested."
    )


def show_problems(name: str, problems: Sequence[Problem]) -> None:
    """A line for each problem."""
    page = Page()
    for problem in problems:
        page.line(str(problem), whole=True)
    errors = sum(problem.level == "error" for problem in problems)
    page.line(f"{name}: {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}.", whole=True)


def show_holdings(holdings: Sequence[Holding]) -> None:
    """What is declared, estimated and verified, side by side, never merged."""
    page = Page()
    if not holdings:
        page.line("The case makes no claim about what anybody holds.")
        return
    for h in holdings:
        low, mid, high = h.estimated or (None, None, None)
        span = "-" if h.estimated is None else f"{_or_dash(low)} to {_or_dash(high)}, central {_or_dash(mid)}"
        page.head(f"{h.party}: {h.category} ({h.unit})")
        claims = _count(len(h.claims), "claim")
        page.say(f"declared {_or_dash(h.declared)}; estimated {span}; verified {_or_dash(h.verified)}; {claims}")
        page.say(h.method)


def show_lines(lines: Sequence[str], *, quiet: bool) -> None:
    """Plain lines, unless quiet."""
    page = Page(quiet=quiet)
    for line in lines:
        page.line(line, whole=True)


def show_frontier(case: Case, found: FrontierResult) -> None:
    """The size of the frontier and the solutions, under the conventions by which the scenario was read."""
    page = page_of(case)
    show_lines(case.notes, quiet=False)
    exact = "exact" if found.exact else f"within {found.epsilon:.2g} of each party's span"
    page.line(f"{len(found.points):,} efficient points of {int(found.packages_total):,} packages ({exact}).")
    if not found.solutions:
        page.line("No package gives every party its reservation value: there is no zone of possible agreement.")
    for s in found.solutions:
        values = ", ".join(f"{page.name(p)} {s.values[p]:.4g}" for p in found.parties)
        tied = "" if s.ties == 1 else f" ({s.ties} packages tie)"
        page.head(f"{s.name.replace('_', '-')}: {values}{tied}")
        page.line(_package(page, s.package), indent=2)
    for mix in found.lotteries:
        values = ", ".join(f"{page.name(p)} {mix.values[p]:.4g}" for p in found.parties)
        page.head(f"{mix.name.replace('_', '-')} over lotteries: {values} expected")
        for share, chosen in mix.shares:
            page.line(f"{100 * share:.1f} %: {_package(page, chosen)}", indent=2)


def _package(page: Page, package: Mapping[str, str]) -> str:
    return "; ".join(words.move(page, issue, option) for issue, option in package.items()) or "nothing moves"


def page_of(case: Case, principal: str = "") -> Page:
    """A page that knows the names of a case and whose side is ours."""
    file = case.file
    names = {k: v.name for k, v in file.parties.items()} | {k: v.title for k, v in file.issues.items()}
    names |= {
        f"{party}/{k}": f"{file.parties[party].name}: {v.name}"
        for party, seats in file.constituencies.items()
        for k, v in seats.items()
    }
    sides, givers = {k: p.coalition or k for k, p in file.parties.items()}, {k: i.giver for k, i in file.issues.items()}
    return Page(names, sides, givers, principal)


def _seated(found: Findings) -> dict[str, str]:
    """The names of findings, where a seat of a back table is named with its party."""
    return {
        key: f"{found.names[party]}: {title}" if "/" in key and (party := key.partition("/")[0]) in found.sides else title
        for key, title in found.names.items()
    }


def _tally(failing: Mapping[str, int]) -> str:
    return ", ".join(f"{gate} {count:,}" for gate, count in failing.items())


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _or_dash(number: float | None) -> str:
    return "-" if number is None else f"{number:,.4g}"
