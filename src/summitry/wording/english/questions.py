"""What each question answers, and what each of its arguments asks: `question.NAME` and `question.NAME.FIELD`."""

from __future__ import annotations

MESSAGES = {
    "question.allies": (
        "What allies hold in common, what splits them, what holds an unwilling one, and the most that they can concede."
    ),
    "question.allies.as_one": "Also treat the allies as one, and say what that changes.",
    "question.allies.moves": "What moves: the package to hold them to.",
    "question.allies.package": "Or best, nash or another solution, an idea of the case, or a file.",
    "question.ask": (
        "What to ask for under uncertainty: the ask of largest expected gain, its regret, and which question to ask first."
    ),
    "question.ask.open": "Leave open what is offered and agreed today, as if nothing were on the table.",
    "question.audit": (
        "What a text commits to: who, what, how much, by when, verified how; what each commitment lacks, what is new or recycled."
    ),
    "question.audit.against": "Compare with this earlier text; may be repeated.",
    "question.audit.texts": "A file, a case, or a document as CASE:DOCUMENT.",
    "question.audit.viewer": "Open this party's preference files and nobody else's.",
    "question.balance": (
        "Whether an inspected stock balances, from which difference on to raise the alarm, and which loss that alarm would show."
    ),
    "question.balance.amount": "A loss of so much: how likely it is to raise the alarm.",
    "question.balance.beginning": "What was there at first, in the unit of the material.",
    "question.balance.ending": "What is there now.",
    "question.balance.false_alarm": "Probability of an alarm where nothing is missing.",
    "question.balance.received": "What came in.",
    "question.balance.shipped": "What went out.",
    "question.balance.sigma": "Standard deviation of the whole balance by its measurement errors.",
    "question.changes": (
        "What changed between two lists of identified things: new, gone, moved, converted; and whether limits are kept."
    ),
    "question.changes.after": "The later list.",
    "question.changes.before": "The earlier list: id, type, location, status, count.",
    "question.changes.limit": "A limit on a type, a status, or all; repeatable.",
    "question.check": (
        "Every problem of a case at once, with file, line, column, what is wrong and what would be right; exit code 2."
    ),
    "question.check.name": "A folder with a case.yaml, a bundled case's name, or another tool's scenario.",
    "question.check.viewer": "Open this party's preference files and nobody else's.",
    "question.counter": (
        "The most that a giveaway brings in return, and what the same answer would cost if it were bought the cheapest way."
    ),
    "question.counter.at": "Probability of acceptance (default: the case's).",
    "question.counter.giveaway": "A giveaway of your own side.",
    "question.counter.open": "Leave open what is offered and agreed today, as if nothing were on the table.",
    "question.declaration": (
        "Whether a declaration, made or imagined, is complete; by category, what it may leave out; whether it fits itself."
    ),
    "question.declaration.declared": "What is declared, or might be.",
    "question.deeds": (
        "What each side said and did month by month, what was surrendered or moved so far, and the belief that follows."
    ),
    "question.divide": "A fair division of issues between two parties: who wins which, and which one issue is split.",
    "question.divide.points": "A table of points: issue, first, second.",
    "question.frontier": "The exact frontier of a case or of another tool's scenario, and its bargaining solutions.",
    "question.frontier.lotteries": "Add the solutions over lotteries of packages.",
    "question.frontier.zone": "Only what gives every party its walk-away: much less work, and packages are not counted.",
    "question.groundwork": (
        "Which moves at home and abroad, within time and cost, raise the chance of a deal most, and by when each must begin."
    ),
    "question.groundwork.budget": "Most that the moves may cost.",
    "question.groundwork.by": "Last day (default: the case's horizon).",
    "question.groundwork.days": "The same, as days from now.",
    "question.groundwork.target": "best (default), nash or another solution, an idea, a file, or ISSUE=OPTION, repeated.",
    "question.home": (
        "Who must be carried at home: whether each home ratifies a package, and what would carry it; or the win-sets."
    ),
    "question.home.moves": "What moves; without a package, the win-sets.",
    "question.home.package": "Or best, nash or another solution, an idea of the case, or a file.",
    "question.improve": "Improvements of a deal that no party minds and at least one prefers, by how few issues change.",
    "question.improve.deal": "The deal: moves, the rest stays at the status quo; or best, nash, an idea, a file.",
    "question.improve.open": "Leave open what is offered and agreed today, as if nothing were on the table.",
    "question.infer": "What a party's offers, demands and refusals say about its values, on top of what is judged of them.",
    "question.infer.party": "Whose record to read.",
    "question.inspect": (
        "How many items to look at, what a sample would find, what may be left after a result, and when to inspect."
    ),
    "question.inspect.defects": "How many wrong ones matter.",
    "question.inspect.detect": "Probability wanted of finding one.",
    "question.inspect.drawn": "How many were looked at.",
    "question.inspect.found": "How many of them were wrong.",
    "question.inspect.inspections": "Inspections for these periods.",
    "question.inspect.items": "How many items there are.",
    "question.inspect.periods": "Periods in which something may happen.",
    "question.inspect.power": "Probability that a wrong item is recognised.",
    "question.instalments": (
        "In which order, and in how many parts, goods can change hands for money so that nobody gains by walking out."
    ),
    "question.instalments.defection": "What walking out costs both sides together, in money.",
    "question.instalments.goods": "What each good costs its seller and is worth to its buyer.",
    "question.inventory": (
        "What each party is claimed to hold: declared, estimated, verified, the fused estimate, and shares of it in units."
    ),
    "question.ladder": (
        "Deals in the order in which trust comes to carry them: the first rung, those above it, and where ideas stand."
    ),
    "question.mandate": (
        "What a delegation may concede: authorised, call home, never; what can be signed in the room, and what calls add."
    ),
    "question.mandate.moves": "What moves, to see its calls home.",
    "question.mandate.package": "Or best, nash or another solution, an idea of the case, or a file.",
    "question.overlap": "How many things stand on neither of two lists, such as a declaration and a report, by what both share.",
    "question.overlap.first": "The one list: id.",
    "question.overlap.second": "The other list: id.",
    "question.plan": (
        "A package as dated steps: verification, decision points, critical path, and what each side holds wherever it stops."
    ),
    "question.plan.package": "best (default), nash or another solution, an idea, a file, or ISSUE=OPTION, repeated.",
    "question.plan.start": "First day (default: the day of the meeting, else the case's date).",
    "question.plan.order": "quickest (default), receive-first or least-trust.",
    "question.plan.status": "What became of the steps (.csv): where the plan stands.",
    "question.plan.template": "Write a status file of this plan to fill in (.csv).",
    "question.positions": (
        "The state of play: who floated, demanded, offered or refused what, what stands, and what nobody has answered."
    ),
    "question.price": (
        "What a deliverable of another side costs: the least that buys it at a chosen probability, and what it is worth."
    ),
    "question.price.at": "Probability of acceptance (default: the case's).",
    "question.price.deliverable": "What to price.",
    "question.price.open": "Leave open what is offered and agreed today, as if nothing were on the table.",
    "question.promises": "What was promised, by when, and what was delivered.",
    "question.rate": "The exchange rate between two chits: how many of A for one B the one side asks and the other bids.",
    "question.rate.a": "The chit to count in.",
    "question.rate.b": "The chit of another side that is paid for.",
    "question.ready": (
        "What is prepared and what is not, where it is missing, what it would take, and by when each task must start."
    ),
    "question.ready.date": "The day to look from (default: the case's date).",
    "question.prepare": "The whole chain: evidence, deals, gates, price, plan, and the brief in a folder.",
    "question.rung": (
        "Where to start: the best swap through all gates, why the named ideas fail, and what would flip the answer."
    ),
    "question.prepare.open": "Leave open what is offered and agreed today, as if nothing were on the table.",
    "question.rung.open": "Leave open what is offered and agreed today, as if nothing were on the table.",
    "question.rung.deliverable": "Start with this deliverable of another side.",
    "question.schema": (
        "The JSON Schema of case.yaml or of a preference file, for editors; or of what a question takes and answers."
    ),
    "question.schema.part": "A kind of file, or a question.",
    "question.signals": (
        "How serious each side is by its record, whether words drift from deeds, who answers whom, and what each gesture weighs."
    ),
    "question.signals.classes": "With --events: which roots are words, by CAMEO's codebook or as GDELT has it.",
    "question.signals.dyad": "With --events: two sides as the file names them.",
    "question.signals.events": "Instead of a case: a file written by `summitry events`.",
    "question.substance": (
        "What a deal or a text delivers against its ceremony: what moves, how much, by when, verified how, and for whom."
    ),
    "question.substance.moves": "A deal; the rest stays at the status quo.",
    "question.substance.package": "best (where to start), nash or another solution, an idea, or a file.",
    "question.substance.text": "A document of the case, or a text file.",
    "question.try": (
        "One package under all gates: who blocks it, the smallest changes that would open it, and who must call home."
    ),
    "question.try.moves": "What moves.",
    "question.try.package": "Or best, nash or another solution, an idea of the case, or a file.",
    "question.visits": "Where a year's inspections go, so that what matters most is found within its time.",
    "question.visits.budget": "For one year, in the unit of the costs.",
    "question.visits.sites": "Instead of a case: a table of sites.",
    "question.wait": (
        "What waiting costs: a deal's values, its chance and the price of the deliverable on later days, and what is lost first."
    ),
    "question.wait.days": "The same, as days from now.",
    "question.wait.target": "best (default), nash or another solution, an idea, a file, or ISSUE=OPTION, repeated.",
    "question.wait.until": "The last day looked at (default: the case's horizon).",
}
