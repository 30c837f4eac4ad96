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
    "infer.silent.row": "{label}: {why}",
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
