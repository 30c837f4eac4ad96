"""What each side wants."""

from __future__ import annotations

_COLUMNS = {
    "option": "Option",
    "judgement": "Judgement",
    "before": "By the judgement",
    "after": "With the record",
    "paste": "To paste",
}
_HOLDS = "holds in {before:fine} of draws before, {after:fine} after"

MESSAGES = {
    "elicit.help": (
        "`back` takes the last answer back, `redo N` answer N, `enough` ends the comparisons; every answer is kept at once."
    ),
    "elicit.ask": "{number}. {text}",
    "elicit.form": "[{form}]",
    "elicit.who": "Who answers, in which role, and when?",
    "elicit.rate": "{issue:name}: how do these compare with today ({today:text})?",
    "elicit.points": "{issue:name}: how do these compare with today ({today:text})?",
    "elicit.most": "Which of these moves matters most to you?",
    "elicit.swing": "How much does the first matter, where the second counts 100?",
    "elicit.compare": "Which matters more to you, and how many times as much?",
    "elicit.reservation": "With your best course without a deal in mind: how many points must a deal bring you, at the least?",
    "elicit.form.who": "a line for the file's `basis`",
    "elicit.form.rate": (
        "a number or range for each, today's state being 0 and the one that matters most 100 (or -100); then ; and the reason"
    ),
    "elicit.form.points": "points for each as number or range, below 0 where it is worse than today; then ; and the reason",
    "elicit.form.most": "its id",
    "elicit.form.swing": "a number or range; the one that matters most counts 100",
    "elicit.form.compare": "a 2..3 for two to three times as much; a or b alone; = for the same; ? to leave it open",
    "elicit.form.reservation": "a number or range; 0 if any deal that is better than today will do",
    "elicit.option": "{option:text}",
    "elicit.issue": "{issue:name}",
    "elicit.choice.issue": "{key:text}: {move}",
    "elicit.choice.letter": "{key:text}) {move}",
    "elicit.move.good": "{issue:name}: from {today:text} to {option:text} (good for you)",
    "elicit.move.bad": "{issue:name}: from {today:text} to {option:text} (bad for you)",
    "elicit.move.points": "{move} = {points:number4} points",
    "elicit.answer": "{number}: {about}: {text:text}",
    "elicit.about.who": "who answers",
    "elicit.about.rate": "{issue:name} (its options)",
    "elicit.about.points": "{issue:name} (its options)",
    "elicit.about.most": "which issue matters most",
    "elicit.about.swing": "{issue:name} (how much it matters)",
    "elicit.about.compare": "{first:move}, against {second:move}",
    "elicit.about.reservation": "the least that a deal must bring",
    "elicit.clash": "These answers contradict each other, more than an error of a fifth in each explains:",
    "elicit.clash.remedy": "Take one back with `redo N`, or go on: what fits none of them well stays wide.",
    "elicit.unfinished": "The interview is not finished. {kept}",
    "elicit.undecoded": "The input is no text in UTF-8. {kept}",
    "elicit.kept.nothing": "Nothing was answered yet.",
    "elicit.kept": "{answers:plural answer|answers} kept in {file:text}: go on with the same command and --resume.",
    "elicit.weights": "WEIGHTS (the largest counts 100; nine in ten of what your answers leave)",
    "elicit.weight": "{.:key}: {[1]:integer}, from {[0]:integer} to {[2]:integer}",
    "elicit.indifferent": "{.:name}: makes no difference to you",
    "elicit.contradiction": "CONTRADICTION",
    "elicit.file": "FILE",
    "elicit.draft": (
        "A draft: the file that was there was not written by summitry and stays as it is"
        "[[ ({from_file:texts} taken over from it)]]."
    ),
    "elicit.rest": "Mandate, back table and trust are not asked: add them by hand.",
    "elicit.note": "values, reservation and basis come from `summitry elicit`; mandate, back table and trust are not asked",
    "elicit.basis": "{who:text}; asked for by {method:word elicit.method}, {answers:plural answer|answers}",
    "elicit.method.direct": "points for every option",
    "elicit.method.swing": "swing weights",
    "elicit.method.tradeoffs": "trade-offs between two moves",
    "infer.head": "THE VALUES OF {party:name}: the record on top of the judgement of {holder:name}",
    "infer.head.own": "THE VALUES OF {party:name}: the record on top of its own file",
    "infer.errors": (
        "A row is taken to say nothing in {slip:percent} of cases. Else it is off by {tolerance:percent} of the points at stake. "
        "All of it holds in {agree:fine} of the draws of the judgement."
    ),
    "infer.implies": "WHAT IT IMPLIES",
    "infer.row": "{date:date} {status:text} {options:moves}",
    "infer.package": "{date:date} offered {gives:moves}, for {wants:moves}",
    "infer.together": f"Together worth at least its reservation value; {_HOLDS}.",
    "infer.least": f"{{statement.moves:moves}}: worth at least its reservation value; {_HOLDS}.",
    "infer.most": f"{{statement.moves:moves}}: worth at most its reservation value; {_HOLDS}.",
    "infer.today": f"{{statement.moves:moves}}: worth at least today's state; {_HOLDS}.",
    "infer.more": f"{{statement.moves:moves}}: worth more than {{statement.than:moves}}; {_HOLDS}.",
    "infer.moves": "It moves {moves:each phrase infer.shift}.",
    "infer.shift": "{place:move} by {points:signed2}",
    "infer.doubtful": ("This does not fit the judgement: the ranges are off, or what was said on one day is no package."),
    "infer.plain": "Nothing that the judgement did not say already:",
    "infer.contradiction": "CONTRADICTION",
    "infer.clash": "No values within the judged ranges meet these at once:",
    "infer.silent": "WHAT IMPLIES NOTHING",
    "infer.silent.row": "{label} – {why}",
    "infer.silent.status_quo": "it stands in the status quo, where all points begin.",
    "infer.silent.free": "what is {status:text} binds nobody.",
    "infer.silent.priceless": "no price was stated that day, so it does not say what it is worth.",
    "infer.silent.giveaway": "an own giveaway, and what it was given for is not on the record of that day.",
    "infer.values": "VALUES (5, 50, 95 % of draws)",
    "infer.all": "All values (5, 50, 95 % of draws)",
    **{f"infer.{table}.{name}": text for table in ("values", "all") for name, text in _COLUMNS.items()},
    "infer.steady": ("{steady:plural other value|other values} moved by less than a tenth of the judged range."),
    "infer.paste": "TO PASTE",
    "infer.agree": "No value moved by a tenth of its judged range: the record and the judgement agree.",
    "infer.draws": (
        "{draws} draws of {chains} chains; effective size at least {effective:integer}, R-hat at most {r_hat:number4}. "
        "A consequence of judgements, no measurement."
    ),
}
