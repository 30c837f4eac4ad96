"""The catalogue of messages, and how a message becomes words.

A message is a template. A field in braces names a place in the answer and, after a colon, the style in which it is written:

    {price:number} of {payer:name}'s points[[ ({price_range[0]:number} to {price_range[1]:number} over seeds)]]

- Fields are looked up from the phrase's place; `{.}` is the place itself, `{/at}` starts at the whole answer. In `{gain[party]}`
  the key may be a value that the phrase brings along.
- What stands between double brackets is left out where one of its fields is missing, None or empty.
- A message that comes out empty is not shown, so that a message in double brackets is shown where it has something to say.
- Styles are the functions of `STYLES`; after a style's name stands its argument: `{joint:beside needed}`, `{n:plural day|days}`.

A language is one catalogue: a folder beside `english` with the same codes. `language.LANGUAGE` is the one that is shown where
nobody asks for another.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from summitry.document import Phrase, Table, escaped, look_up
from summitry.reasons import Reason
from summitry.wording import numbers
from summitry.wording.language import messages
from summitry.wording.text import clean, clip

if TYPE_CHECKING:
    from summitry.wording.language import Messages
    from summitry.wording.names import Names
    from summitry.wording.numbers import Written

LARGEST = 1000
"""Bits of a count that a floating-point number still holds."""
_FIELD = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
_PART = re.compile(r"\[\[(.*?)\]\](?!\])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence: our own words, a number with its value and its path in the answer, text of the case, or a source.

    The text of a source is the source itself; whoever shows it puts its number in a list of sources there.
    """

    text: str
    kind: Literal["words", "number", "case", "source"] = "words"
    path: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for phrases: `names` gives the titles of a case, `catalogue` the messages of a language."""

    names: Names
    catalogue: Messages = dataclasses.field(default_factory=messages)

    @property
    def tight(self) -> Wording:
        """The same words with a sign for "about", where there is little room."""
        return Wording(self.names, ChainMap({"number.about": self.catalogue["number.about.tight"]}, self.catalogue))  # type: ignore[arg-type] # it is only read

    def text(self, phrase: Phrase, answer: object) -> str:
        """A phrase as one string."""
        return "".join(span.text for span in self.spans(phrase, answer))

    def cell(self, template: str, answer: object, place: str) -> list[Span]:
        """A table's cell: one field with its style, `price:number`, or a template of several; a dash where it is empty."""
        template = template if "{" in template else f"{{{template}}}"
        words = [*self._template(template, _Scope(self, answer, place, {}), optional=True)]
        return words if any(span.text for span in words) else [Span(numbers.NOTHING)]

    def spans(self, phrase: Phrase, answer: object) -> list[Span]:
        """A phrase as pieces; raises LookupError for a code or field that is nowhere."""
        if phrase.code == "reason":
            return self.reason(look_up(answer, phrase.place), phrase.place)
        scope = _Scope(self, answer, phrase.place, phrase.values)
        return [*self._template(self._message(phrase.code), scope)]

    def caption(self, table: Table, answer: object) -> list[Span]:
        """A table's caption, with how many rows are shown where that is not all."""
        count = len(table.shown)
        part = self.message("table.part", {"shown": count, "rows": len(table.rows)}) if count < len(table.rows) else []
        return [*self.spans(table.caption, answer), *part]

    def message(self, code: str, values: Mapping[str, Any]) -> list[Span]:
        """A message about these values alone."""
        return self.spans(Phrase(code, "", values), None)

    def number(self, value: Written) -> str:
        """A number as it is shown, with the word for how rough it is."""
        if isinstance(value, str):
            return value
        return "".join(span.text for span in self.message(f"number.{value.relation}", {"number": value.number}))

    def reason(self, value: object, path: str = "") -> list[Span]:
        """The sentence of a reason."""
        if not isinstance(value, Reason):
            msg = f"no reason stands at {path!r}"
            raise TypeError(msg)
        scope = _Scope(self, value.values, "", {}, prefix=f"{path}.values" if path else "")
        return [*self._template(self._message(value.code), scope)]

    def marked(self, mark: str) -> list[Span]:
        """The mark behind a move that a mandate does not simply allow; nothing where there is none."""
        return [Span(f" {self.catalogue[f'moves.{mark}']}")] if mark else []

    def _message(self, code: str) -> str:
        try:
            return self.catalogue[code]
        except KeyError:
            msg = f"the catalogue has no message {code!r}"
            raise LookupError(msg) from None

    def _template(self, template: str, scope: _Scope, *, optional: bool = False) -> Iterator[Span]:
        for k, part in enumerate(_PART.split(template)):
            fields = list(_FIELD.finditer(part))
            if k % 2 and not all(scope.there(field[1]) for field in fields):
                continue
            end = 0
            for field in fields:
                if field.start() > end:
                    yield Span(part[end : field.start()])
                if not optional or scope.there(field[1]):
                    yield from scope.write(field[1], field[2] or "")
                end = field.end()
            if end < len(part):
                yield Span(part[end:])


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where the fields of one message are looked up."""

    wording: Wording
    answer: object
    place: str
    values: Mapping[str, Any]
    prefix: str = ""

    def find(self, name: str) -> tuple[object, str]:
        """The value of a field and its path in the answer; no path for a value that the phrase brought along."""
        name = re.sub(r"\[(\w+)\]", lambda key: f"[{self.values.get(key[1], key[1])}]", name)
        first = re.split(r"[.\[]", name, maxsplit=1)[0]
        if first and first in self.values:
            return look_up(self.values, name), ""
        if name.startswith("/"):
            path = name[1:]
        else:
            within = self.place and not name.startswith("[")
            path = self.place if name in {"", "."} else f"{self.place}{'.' if within else ''}{name}"
        return look_up(self.answer, path), f"{self.prefix}.{path}" if self.prefix else path

    def there(self, name: str) -> bool:
        """Whether a field says anything."""
        try:
            value, _ = self.find(name)
        except LookupError:
            return False
        return value is not None and (not isinstance(value, (str, Sequence, Mapping)) or len(value) > 0)

    def write(self, name: str, style: str) -> Iterator[Span]:
        """A field in its style."""
        value, path = self.find(name)
        kind, _, argument = style.partition(" ")
        try:
            writer = STYLES[kind or _default(value)]
        except KeyError:
            msg = f"there is no style {kind!r} for the field {name!r}"
            raise LookupError(msg) from None
        yield from writer(self, value, path, argument)


_Writer: TypeAlias = Callable[[_Scope, Any, str, str], Iterator[Span]]


def _default(value: object) -> str:
    if isinstance(value, Reason):
        return "reason"
    if isinstance(value, bool):
        return "yes"
    return "count" if isinstance(value, int) else "number" if isinstance(value, float) else "text"


def _numeric(write: Callable[[Any], Written]) -> _Writer:
    def style(scope: _Scope, value: Any, path: str, _: str) -> Iterator[Span]:  # noqa: ANN401 (any number)
        yield Span(scope.wording.number(write(value)), "number", path, None if value is None else float(value))

    return style


def _counted(_: _Scope, value: Any, path: str, __: str) -> Iterator[Span]:  # noqa: ANN401 (a count, or what is counted)
    amount = _amount(value)
    yield Span(numbers.count(amount), "number", path, float(amount) if amount.bit_length() < LARGEST else math.inf)


def _plural(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (as `_counted`)
    """The number with its word: `{n:plural day|days}`; `{n:form is|are}` gives the word alone."""
    yield from _counted(scope, value, path, "")
    yield Span(" ")
    yield from _form(scope, value, path, argument)


def _form(_: _Scope, value: Any, __: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (as `_counted`)
    one, _sep, other = argument.partition("|")
    yield Span(one if _amount(value) == 1 else other)


def _amount(value: Any) -> int:  # noqa: ANN401 (a count, also as text, or what is counted)
    return int(value) if isinstance(value, (int, float, str)) else len(value)


def _case(write: Callable[[Names, Any], str]) -> _Writer:
    def style(scope: _Scope, value: Any, path: str, _: str) -> Iterator[Span]:  # noqa: ANN401 (an id, a label, a text)
        yield Span(write(scope.wording.names, value), "case", path)

    return style


def _name(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (an id)
    """`{party:name}`: a title; `{party:name 24}` cuts it at so many characters."""
    title = scope.wording.names.name(value)
    yield Span(clip(title, int(argument)) if argument else title, "case", path)


def joined(parts: Sequence[list[Span]], between: str = "; ", last: str | None = None) -> Iterator[Span]:
    """Pieces of sentences one after the other, with `between` them and, where given, `last` before the last."""
    for k, part in enumerate(parts):
        if k:
            yield Span(last if last is not None and k == len(parts) - 1 else between)
        yield from part


def _names(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (ids)
    keys = [value] if isinstance(value, str) else list(value)
    parts = [[Span(scope.wording.names.name(key), "case", path)] for key in keys]
    conjunction = scope.wording.catalogue[f"list.{argument or 'and'}"]
    yield from joined(parts, ", ", f" {conjunction} ")


def _texts(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (texts of the case)
    """Several texts as the case writes them."""
    parts = [[Span(clean(str(text)), "case", f"{path}[{k}]")] for k, text in enumerate(value)]
    conjunction = scope.wording.catalogue[f"list.{argument or 'and'}"]
    yield from joined(parts, ", ", f" {conjunction} ")


def _mark(scope: _Scope, label: str) -> list[Span]:
    """The mark behind ISSUE.OPTION that a mandate does not simply allow."""
    return scope.wording.marked(scope.wording.names.mark(label))


def _unmarked(_: _Scope, __: str) -> list[Span]:
    return []


def _move(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (a label)
    """`{step:move}`: an option's move in titles, with the mark of its mandate; `{step:move bare}` without it."""
    yield Span(scope.wording.names.label(value), "case", path)
    yield from _mark(scope, value) if argument != "bare" else ()


def _moves(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (option by issue, or labels)
    """`{package:moves}`: moves in titles, each with the mark of its mandate; `{package:moves bare}` without them."""
    names = scope.wording.names
    mark = _unmarked if argument == "bare" else _mark
    if isinstance(value, Mapping):
        parts = [
            [Span(names.move(issue, option), "case", f"{path}[{issue}]"), *mark(scope, f"{issue}.{option}")]
            for issue, option in value.items()
        ]
    else:
        parts = [[Span(names.label(label), "case", f"{path}[{k}]"), *mark(scope, label)] for k, label in enumerate(value)]
    yield from joined(parts)


def _changes(scope: _Scope, value: Any, path: str, _: str) -> Iterator[Span]:  # noqa: ANN401 (before and after by issue)
    names = scope.wording.names
    parts = []
    for issue, (before, after) in value.items():
        text = f"{names.move(issue, before)} → {names.option(issue, after)}"
        parts.append([Span(text, "case", f"{path}[{issue}]"), *_mark(scope, f"{issue}.{after}")])
    yield from joined(parts)


def _each(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (numbers by id, or a list)
    """`{worth:each signed}`: a number after each title, or each item of a list in a style; what is None is left out."""
    yield from _list(scope, value, path, argument, scope.wording.names.name)


def _pairs(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (as `_each`)
    """The same with the keys as the case writes them."""
    yield from _list(scope, value, path, argument, clean)


def _list(scope: _Scope, value: Any, path: str, argument: str, title: Callable[[str], str]) -> Iterator[Span]:  # noqa: ANN401
    style, _, rest = argument.partition(" ")
    parts = []
    keyed = isinstance(value, Mapping)
    for key, one in value.items() if keyed else enumerate(value):
        if one is None:
            continue
        words = [*STYLES[style or _default(one)](scope, one, f"{path}[{escaped(key)}]", rest)]
        parts.append([Span(title(str(key)), "case"), Span(" "), *words] if keyed else words)
    yield from joined(parts, ", " if keyed else "; ")


def _word(scope: _Scope, value: Any, _: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (a coded word)
    """`{state:word price.state}`: the catalogue's word for a code, here `price.state.buyable`."""
    code = str(value).lower() if isinstance(value, bool) else str(value)
    yield Span(scope.wording._message(f"{argument}.{code}"))  # noqa: SLF001 (one module)


def _reason(scope: _Scope, value: Any, path: str, _: str) -> Iterator[Span]:  # noqa: ANN401 (a reason, or several)
    reasons = [value] if isinstance(value, Reason) else list(value)
    at = [path] if isinstance(value, Reason) else [f"{path}[{k}]" for k in range(len(reasons))]
    yield from joined([scope.wording.reason(one, where) for one, where in zip(reasons, at, strict=True)], " ")


def _tally(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (numbers by coded word)
    """`{tally:tally deed.class}`: how many of each kind, with the catalogue's word for it."""
    parts = []
    for kind, amount in value.items():
        number = [*_counted(scope, amount, f"{path}[{escaped(kind)}]", "")]
        parts.append([*number, Span(" "), *_word(scope, kind, path, argument)])
    yield from joined(parts, ", ")


def _message(scope: _Scope, value: Any, _: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (a coded word)
    """`{kind:message mend}`: the message `mend.KIND` about the same place."""
    yield from scope.wording.spans(Phrase(f"{argument}.{value}", scope.place), scope.answer)


def _reasons(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (reasons)
    """Reasons as one list: `{moves:list}` ends with "and"."""
    parts = [scope.wording.reason(one, f"{path}[{k}]") for k, one in enumerate(value)]
    conjunction = scope.wording.catalogue[f"list.{argument or 'and'}"]
    yield from joined(parts, ", ", f" {conjunction} ")


def _words(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (coded words)
    """`{lacks:words audit.lack}`: the catalogue's word for each code of a list; `{kinds:words claim.kind and}` joins the last."""
    codes, _sep, conjunction = argument.partition(" ")
    last = f" {scope.wording.catalogue[f'list.{conjunction}']} " if conjunction else None
    yield from joined([[*_word(scope, one, path, codes)] for one in value], ", ", last)


def _range(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (low, middle, high)
    """`{belief:range}`: low, middle and high, each in a style."""
    parts = [[*STYLES[argument or "number"](scope, one, f"{path}[{k}]", "")] for k, one in enumerate(value)]
    yield from joined(parts, " / ")


def _option(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (an option's id)
    """`{option:option issue}`: the title of an option of the issue in another field; without one, of ISSUE.OPTION.

    `{option:option issue marked}` marks what its giver must call home about.
    """
    field, _sep, marked = argument.partition(" ")
    issue, option = (scope.find(field)[0], value) if field else str(value).split(".", 1)
    yield Span(scope.wording.names.option(str(issue), str(option)), "case", path)
    yield from _mark(scope, f"{issue}.{option}") if marked else ()


def _key(scope: _Scope, _: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (whatever stands there)
    """`{.:key}`: the key under which a row stands, by its title; `{.:key setting}` by the catalogue's word, `setting.KEY`."""
    key = re.split(r"[.\[]", path)[-1].rstrip("]")
    word = scope.wording.catalogue.get(f"{argument}.{key}") if argument else None
    yield Span(scope.wording.names.name(key), "case") if word is None else Span(word)


def _source(_: _Scope, value: Any, path: str, __: str) -> Iterator[Span]:  # noqa: ANN401 (a source)
    if text := clean(str(value)):
        yield Span(text, "source", path)


def _clip(_: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (a text)
    """`{sentence:clip 120}`: a text of the case, cut at so many characters."""
    yield Span(clip(str(value), int(argument)), "case", path)


def _any(scope: _Scope, value: Any, path: str, _: str) -> Iterator[Span]:  # noqa: ANN401 (whatever stands there)
    """`{.:any}`: a number, a yes or no, or whatever the case gives a title: a party, ISSUE.OPTION, an idea."""
    yield from STYLES["move" if isinstance(value, str) else _default(value)](scope, value, path, "")


def _phrase(scope: _Scope, _: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (whatever stands there)
    """`{near:phrase price.near}`: another message about the place of this field."""
    yield from scope.wording.spans(Phrase(argument, path), scope.answer)


def _beside(write: Callable[[float, float], Written]) -> _Writer:
    def style(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (a number)
        limit, _ = scope.find(argument)
        if not isinstance(limit, (int, float)):
            msg = f"{argument!r} is no number to set {path!r} beside"
            raise TypeError(msg)
        yield Span(scope.wording.number(write(float(value), float(limit))), "number", path, float(value))

    return style


def _error(scope: _Scope, value: Any, path: str, argument: str) -> Iterator[Span]:  # noqa: ANN401 (a share)
    error, _ = scope.find(argument)
    text = " ± ".join(scope.wording.number(numbers.tenth_percent(float(str(share)))) for share in (value, error))
    yield Span(text, "number", path, float(value))


STYLES: Mapping[str, _Writer] = {
    "number": _numeric(numbers.number),
    "number2": _numeric(lambda value: numbers.number(value, 2)),
    "number4": _numeric(lambda value: numbers.number(value, 4)),
    "signed": _numeric(numbers.signed),
    "signed2": _numeric(lambda value: numbers.signed(value, 2)),
    "probability": _numeric(numbers.probability),
    "percent": _numeric(numbers.exact_percent),
    "points": _numeric(numbers.points),
    "signed_points": _numeric(lambda value: numbers.points(value, sign=True)),
    "about": _numeric(numbers.about_percent),
    "whole": _numeric(numbers.whole_percent),
    "fine": _numeric(numbers.fine_percent),
    "seed": _numeric(str),
    "integer": _numeric(lambda value: numbers.count(round(value))),
    "error": _error,
    "beside": _beside(numbers.percent_beside),
    "percent_apart": _beside(numbers.percent_apart),
    "number_beside": _beside(numbers.number_beside),
    "apart": _beside(numbers.apart),
    "count": _counted,
    "plural": _plural,
    "form": _form,
    "text": _case(lambda _, value: clean(str(value))),
    "date": _case(lambda _, value: clean(str(value))),
    "name": _name,
    "seat": _case(lambda names, value: names.seat(value)),
    "move": _move,
    "names": _names,
    "moves": _moves,
    "changes": _changes,
    "each": _each,
    "clip": _clip,
    "pairs": _pairs,
    "texts": _texts,
    "key": _key,
    "option": _option,
    "range": _range,
    "source": _source,
    "word": _word,
    "words": _words,
    "tally": _tally,
    "yes": lambda scope, value, path, _: _word(scope, value, path, "yes"),
    "reason": _reason,
    "list": _reasons,
    "message": _message,
    "phrase": _phrase,
    "any": _any,
}
"""The styles by name; `beside` and `error` take another field as their argument, `each` and `phrase` another style or message."""
