"""Commands and options that are no questions: `command.NAME`, `command.NAME.OPTION`, and, for all commands, `option.NAME`."""

from __future__ import annotations

MESSAGES = {
    "command": "Prepare a hard negotiation: which deals are possible, what each costs, where to start and in what order.",
    "command.version": "Print the version.",
    "command.unusable": (
        "{where} cannot be read or written: {why}. Free some space, check access rights, or choose another place."
    ),
    "command.output": "The output",
    "command.convert": "Write a case or another tool's scenario in another format, and say what that format cannot hold.",
    "command.convert.source": "What to read; left out with --template.",
    "command.convert.target": "A new folder, or a file for xlsx.",
    "command.convert.template": "Write an empty score sheet (.xlsx).",
    "command.convert.to": "summitry, genius, geniusweb, negolog, negmas or xlsx.",
    "command.elicit": (
        "Ask a party what it wants, and write its preference file: weights by trade-offs, ranges, contradictions named."
    ),
    "command.elicit.comparisons": "Ask at most N comparisons.",
    "command.elicit.from": "Take the answers from a filled sheet (.xlsx) instead of asking.",
    "command.elicit.method": "How weights are asked for: trade-offs (default), swing weights, or points directly.",
    "command.elicit.out": "Write there instead; answers are kept beside it.",
    "command.elicit.resume": "Go on with the answers that were kept.",
    "command.elicit.template": "Write an empty sheet to fill in.",
    "command.events": (
        "Event files of other sources as one Parquet file; rows that cannot be used are counted and kept aside with the reason."
    ),
    "command.events.files": "Files of GDELT 1.0 or 2.0, ICEWS, or plain CSV.",
    "command.events.to": "The file to write.",
    "command.events.until": "Put later events aside.",
    "option.case": "A folder with a case.yaml, a bundled case's name, or another tool's scenario.",
    "option.as": "Open this party's preference files and nobody else's.",
    "option.seed": "Seed of all draws; the same seed gives the same answer.",
    "option.json": "Print one JSON object on standard output.",
    "option.convention": "How GENIUS evaluations become values: as GENIUS 10.4 does, or raw as NegMAS does.",
    "option.quiet": "No progress and no summary; files, errors and --json only.",
    "option.out": "Write {files} there.",
    "option.out.default": "Write {files} there (default: {folder}).",
}
