"""What a case says, as frozen values: one class per thing that a person writes in the case's YAML files.

The classes are the file format: `summitry schema` prints their JSON Schema, and `case.read` fills them. Axes follow the order in
which the files name things: parties, issues, options (the first is the status quo).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Protocol, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from summitry.case.fields import Day, DayInReach, Days, Doc, Names, Range, Slug
from summitry.case.rows import Evidence, Forecast
from summitry.errors import LinkMissing

VERSION = 1
Permission: TypeAlias = Literal["authorised", "call home", "never"]


class Party(Doc):
    """Who negotiates."""

    name: str
    coalition: str | None = None
    note: str = ""


class Coalition(Doc):
    """Allied parties. Of what all of them accept, the lead party chooses; each ally must accept with probability `accept`."""

    name: str
    lead: str
    accept: Annotated[float, Field(gt=0, le=1)] = 0.5


class Outsider(Doc):
    """A stakeholder outside the room: what it wants is told in words, and enters no number."""

    name: str
    interest: str
    source: str = ""


Units: TypeAlias = Annotated[int, Field(ge=0, le=1_000_000)]
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Window(Doc):
    """When an issue can be acted on: begun on `earliest` or later, done on `latest` or earlier."""

    earliest: Day | None = None
    latest: Day | None = None

    @model_validator(mode="after")
    def _rises(self) -> Window:
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            msg = f"a window ends before it begins: {self.earliest} to {self.latest}"
            raise ValueError(msg)
        return self


class Calendar(Doc):
    """The days on which work is done, and how many units of each resource there are.

    A step begins and is done on working days; `durations` says whether 60d means calendar days or working days. `holidays` gives
    each day its reason. `resources` are counted in units, such as inspectors or teams.
    """

    working_days: Annotated[tuple[Weekday, ...], Field(min_length=1)] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    holidays: dict[Day, str] = {}
    durations: Literal["calendar", "working"] = "calendar"
    resources: dict[Slug, Units] = {}
    source: str = ""


class Inspection(Doc):
    """How an issue is inspected: enough of its `items` are looked at to find, with probability `goal`, that something is wrong.

    `significant` is the number of wrong items that matters (the significant quantity), `power` the probability that a wrong item
    is recognised when it is looked at, `days` the time within which it must be found (timeliness). `drawn` is how many items are
    looked at where that is agreed; without it the fewest that meet the goal. `options` limits it to some of the issue's options.
    A `challenge` answers a suspicion at short notice, and `suspicion` is the probability that one would arise in time.
    """

    items: Annotated[int, Field(ge=1, le=1_000_000)]
    significant: Annotated[int, Field(ge=1)]
    days: Days
    goal: Annotated[float, Field(gt=0, lt=1)] = 0.95
    power: Annotated[float, Field(gt=0, le=1)] = 1.0
    drawn: Annotated[int, Field(ge=0)] | None = None
    cost: Annotated[float, Field(gt=0)] = 1.0
    challenge: bool = False
    suspicion: Annotated[float, Field(gt=0, le=1)] | None = None
    options: Names = ()
    of: str = ""
    why: Annotated[str, Field(min_length=1)]
    source: str = ""
    kind: Literal["judgement", "fact"] = "judgement"


class Balance(Doc):
    """What one unit of a category takes of others, so that claims can be held against each other.

    Each of `takes` alone suffices, and amounts of several add up: a warhead is made of plutonium or of enriched uranium.
    """

    of: str
    takes: Annotated[dict[str, Annotated[Range, Field(description="above zero")]], Field(min_length=1)]
    why: str = ""
    source: str = ""
    kind: Literal["judgement", "fact"] = "judgement"


class Search(Doc):
    """Where visits look for what a declaration leaves out of a category; visits to what is declared do not look for that.

    If anything is left out, then with probability `reach` it lies among the `places`, at `hidden` of them; a visit to such a
    place recognises it with probability `power`. `visits` is how many of the places, drawn at random, are to be visited.
    """

    of: Annotated[str, Field(min_length=1)]
    places: Annotated[int, Field(ge=1, le=1_000_000)]
    visits: Annotated[int, Field(ge=1)]
    reach: Annotated[Range, Field(description="probabilities between 0 and 1")]
    hidden: Annotated[int, Field(ge=1)] = 1
    power: Annotated[float, Field(gt=0, le=1)] = 1.0
    why: Annotated[str, Field(min_length=1)]
    source: str = ""
    kind: Literal["judgement", "fact"] = "judgement"


class Declarations(Doc):
    """What a declaration is held against: how often such declarations prove complete, what categories take of each other.

    Without `base_rate` the history of arms declarations speaks. `search` says by category where visits look for the rest.
    """

    base_rate: Annotated[Range, Field(description="probabilities between 0 and 1")] | None = None
    balances: tuple[Balance, ...] = ()
    search: dict[str, Search] = {}
    why: str = ""
    source: str = ""


class Issue(Doc):
    """A matter to settle, with its ordered options; the first option is the status quo.

    `options` may map each option to how much of the thing it moves (3, or "33%" of the holding that `holding` names).
    `requires`, `with` and `excludes` map an option to ISSUE.OPTION. What an option `requires` must be done before it; what it
    goes `with` must be in the same package, in any order. Either is met by any later option of that issue too.
    `at_signature`: the issue holds from the day of the signature and falls back if the deal breaks down, as the end of a strike;
    it is nobody's step.
    `recoverable` is the share of an option's value that its giver gets back, and its receiver loses, after a breakdown.
    `verified_by` says how each option is seen to be done; an option without it counts as unverified until the deal is complete.
    `uses` are the units of each resource that an option takes while it is done, `checks` while it is verified; `owner` answers.
    `ceremony` marks what honours and changes nothing by itself, such as a meeting: it counts as no substance.
    """

    title: str
    giver: Names = ()
    options: Annotated[dict[str, float | str | None], Field(min_length=2)]
    holding: str | None = None
    unit: str = ""
    takes: dict[str, Days] = {}
    lag: Days | None = None
    requires: dict[str, Names] = {}
    with_: Annotated[dict[str, Names], Field(alias="with")] = {}
    excludes: dict[str, Names] = {}
    verified_by: dict[str, str] = {}
    inspection: Inspection | None = None
    recoverable: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    splits: bool = False
    at_signature: bool = False
    ceremony: bool = False
    smallest: Annotated[float, Field(gt=0)] | None = None
    expires: Day | None = None
    owner: str = ""
    window: Window = Window()
    uses: dict[str, dict[str, Units]] = {}
    checks: dict[str, dict[str, Units]] = {}
    about: str = ""
    source: str = ""

    @model_validator(mode="before")
    @classmethod
    def _lists_and_scalars(cls, raw: Any) -> Any:  # noqa: ANN401 (whatever the file holds; pydantic checks the result)
        if not isinstance(raw, dict):
            return raw
        raw = dict(raw)
        options = raw.get("options")
        if isinstance(options, list):
            if len(set(map(str, options))) != len(options):
                msg = f"an option is named twice in {options!r}"
                raise ValueError(msg)
            raw["options"] = {option if isinstance(option, str) else str(option): None for option in options}
        names = list(raw["options"]) if isinstance(raw.get("options"), dict) else []
        for key in ("verified_by", "recoverable", "takes"):
            if key in raw and not isinstance(raw[key], dict):
                raw[key] = dict.fromkeys(names[1:], raw[key])
        for key in ("uses", "checks"):
            units = raw.get(key)
            if isinstance(units, dict) and units and not any(isinstance(value, dict) for value in units.values()):
                raw[key] = dict.fromkeys(names[1:], units)
        return raw

    @property
    def status_quo(self) -> str:
        """The option that holds if nothing is agreed."""
        return next(iter(self.options))


class Constituency(Doc):
    """Somebody at a back table.

    `vote` counts by influence, `veto` alone can stop ratification, `voice` has no vote: it counts through those whom it `sways`.
    """

    name: str
    role: Literal["vote", "veto", "voice"] = "vote"
    note: str = ""


class Law(Doc):
    """A law in the way at home: while it stands, no package with a forbidden option is ratified.

    `waiver` is the chance that it is lifted.
    """

    party: str
    name: str
    forbids: Names
    waiver: Range = (0.0, 0.0, 0.0)
    source: str = ""
    status: str = ""


class Idea(Doc):
    """A named package that somebody proposed, so that it can be placed among the others."""

    title: str
    package: dict[str, str]
    source: str = ""


class Settings(Doc):
    """What the analysis assumes unless told otherwise."""

    principal: str | None = None
    joint: Annotated[float, Field(gt=0, lt=1)] = 0.5
    price_at: Annotated[float, Field(gt=0, lt=1)] = 0.5
    correlation: Annotated[float, Field(ge=0, lt=1)] = 0.3
    draws: Annotated[int, Field(ge=64, le=1_000_000)] = 4096
    slip: Annotated[float, Field(ge=0, lt=1)] = 0.2
    answers: Literal["closing", "open"] = "closing"
    horizon: Days = 180
    lag: Days = 30
    step_cost: Annotated[float, Field(ge=0)] = 0.0
    comparable: bool = False
    deliverable: str | None = None
    idea: str | None = None


class OptionValues(Doc):
    """A party's points for the options of one issue, zero at the status quo.

    In the file the options stand beside `why` and `source`.
    """

    options: dict[str, Range]
    why: str = ""
    source: str = ""
    kind: Literal["judgement", "fact"] = "judgement"

    @model_validator(mode="before")
    @classmethod
    def _beside(cls, raw: Any) -> Any:  # noqa: ANN401 (whatever the file holds; pydantic checks the result)
        if not isinstance(raw, dict) or set(raw) <= {"options", "why", "source", "kind"}:
            return raw
        notes = {key: raw[key] for key in ("why", "source", "kind") if key in raw}
        return {"options": {key: value for key, value in raw.items() if key not in notes}, **notes}


class Together(Doc):
    """Points that arise only when all of `when` hold (ISSUE: OPTION or a list of options), on top of the sum over issues."""

    when: Annotated[dict[str, Names], Field(min_length=1)]
    value: Range
    why: str = ""


class Seat(Doc):
    """What a holder believes of one constituency: influence, and its points for options.

    It says yes when their sum reaches `threshold`. A voice `sways` others: by constituency, how many points that one adds for
    each point by which the voice's sum passes its threshold, and takes off for each that it falls short.
    """

    influence: Annotated[float, Field(gt=0)] = 1.0
    threshold: Range = (0.0, 0.0, 0.0)
    positions: dict[str, OptionValues]
    sways: dict[str, Annotated[float, Field(gt=0, le=100)]] = {}
    why: str = ""


class BackTable(Doc):
    """How a party ratifies: the yes-votes' share of influence must reach `quota`, and no veto may say no.

    A quota of one half asks for a majority: with exactly half in favour it is a tie, which does not carry unless `tie_carries`.
    """

    quota: Annotated[float, Field(gt=0, le=1)] = 0.5
    tie_carries: Annotated[bool, Field(description="that exactly half of the votes carry where the quota is one half")] = False
    unnamed: Annotated[Literal["indifferent"] | None, Field(description="that issues which a seat omits count 0 is meant")] = None
    seats: Annotated[dict[str, Seat], Field(min_length=1)]
    why: str = ""


class Trust(Doc):
    """The prior probability, before the record of the case is read, that the other is serious: that it means to deliver.

    `pretender` are two net costs in the other's points, as this holder sees them: nine in ten willing pretenders would still pay
    the first, one in ten the second.
    """

    prior: Annotated[Range, Field(description="probabilities between 0 and 1")]
    why: str = ""
    pretender: tuple[float, float] | None = None
    pretender_why: str = ""

    @model_validator(mode="after")
    def _probability(self) -> Trust:
        if self.prior[0] <= 0 or self.prior[2] >= 1:
            msg = f"a prior lies strictly between 0 and 1, found {list(self.prior)}"
            raise ValueError(msg)
        if self.pretender is not None and not self.pretender[0] < self.pretender[1]:
            msg = f"the cost that most pretenders pay must lie below the one that few pay, found {list(self.pretender)}"
            raise ValueError(msg)
        return self


TARGETS = ("seat", "law", "accepts", "trusts")


class Effect(Doc):
    """What a move or a deadline changes, and by how much; exactly one of `seat`, `law`, `accepts`, `trusts` says on whom.

    `seat` (PARTY/SEAT) and `accepts` (PARTY): points for the deal, or only where it holds one of `places`. `law`, the beginning
    of its name: chance that it is lifted. `trusts` (PARTY): log-odds of its belief that the other side means to deliver.
    """

    seat: str = ""
    law: str = ""
    accepts: str = ""
    trusts: str = ""
    places: Names = ()
    shift: Range
    why: str = ""

    @model_validator(mode="after")
    def _one_target(self) -> Effect:
        targets = [key for key in TARGETS if getattr(self, key)]
        if len(targets) != 1:
            msg = f"an effect names exactly one of {', '.join(TARGETS)}; found {', '.join(targets) or 'none'}"
            raise ValueError(msg)
        return self


class Move(Doc):
    """One move of groundwork: its cost in its party's unit, how long it takes, what must be done before, what it changes."""

    title: Annotated[str, Field(min_length=1)]
    cost: Annotated[float, Field(ge=0, le=1e9)]
    takes: Days
    after: Names = ()
    effects: Annotated[tuple[Effect, ...], Field(min_length=1)]
    why: str = ""
    source: str = ""


class Groundwork(Doc):
    """The moves that a party could make before a deal, with the unit in which their costs are counted."""

    unit: Annotated[str, Field(min_length=1)]
    moves: Annotated[dict[Slug, Move], Field(min_length=1)]
    why: str = ""


class Fade(Doc):
    """How an issue's values change with time after the as-of date: by `half_life` down to `floor`, or by a `schedule`.

    The schedule gives factors by date, 1 on the as-of date and on a straight line in between; after its last date it stays.
    Without `options` all options of the issue fade.
    """

    half_life: Annotated[Days, Field(gt=0)] | None = None
    floor: Annotated[float, Field(ge=0, le=1)] = 0.0
    schedule: dict[Day, Annotated[float, Field(ge=0, le=100)]] = {}
    options: Names = ()
    why: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Fade:
        if (self.half_life is None) == (not self.schedule):
            msg = "give either a half_life or a schedule of factors by date"
            raise ValueError(msg)
        return self


class Deadline(Doc):
    """A date at home after which a deal is carried more easily or less."""

    date: Day
    title: Annotated[str, Field(min_length=1)]
    effects: Annotated[tuple[Effect, ...], Field(min_length=1)]
    why: str = ""
    source: str = ""


class Task(Doc):
    """An item of a party's checklist.

    Under the name of a bundled item it says who does that one, in what time, and whether it is done.
    """

    what: str = ""
    owner: str = ""
    takes: Days | None = None
    after: Names | None = None
    done: bool = False
    why: str = ""
    source: str = ""


def _dated(value: Any) -> Any:  # noqa: ANN401 (whatever the file holds; pydantic checks the result)
    return {"date": value} if isinstance(value, (str, dt.date)) else value


class Meeting(Doc):
    """When the parties meet, and when that was announced."""

    date: DayInReach
    announced: Day | None = None
    source: str = ""


Meets = Annotated[Meeting, BeforeValidator(_dated, json_schema_input_type=dt.date | Meeting)]
"""A date, or a meeting with its announcement and source."""


class Preferences(Doc):
    """One file preferences/HOLDER/ABOUT.yaml: what the holder believes of a party's values (its own where HOLDER is ABOUT).

    Every issue of the case stands either under `values` or in `indifferent`: silence is not read as zero.
    """

    basis: Annotated[str, Field(min_length=1)]
    reservation: Range
    aspiration: Annotated[Range | None, Field(description="from which value it says yes, at least its reservation value")] = None
    values: dict[str, OptionValues]
    indifferent: tuple[str, ...] = ()
    together: tuple[Together, ...] = ()
    mandate: dict[str, dict[str, Permission]] = {}
    back_table: BackTable | None = None
    trust: dict[str, Trust] = {}
    exposure_limit: Annotated[float, Field(ge=0)] | None = None
    defection_cost: Annotated[float, Field(ge=0)] | None = None
    discount: Annotated[float, Field(gt=0, le=1)] = 1.0
    fallback: str = ""
    groundwork: Groundwork | None = None
    fades: dict[str, Fade] = {}
    deadlines: tuple[Deadline, ...] = ()
    checklist: dict[Slug, Task] = {}
    side_payments: Annotated[dict[str, Range], Field(description="own points that buy an ally one of its own points")] = {}


class CaseFile(Doc):
    """The document case.yaml."""

    summitry: Literal[1]
    title: Annotated[str, Field(min_length=1)]
    as_of: DayInReach
    meets: Meets | None = None
    about: str = ""
    source: str = ""
    parties: Annotated[dict[Slug, Party], Field(min_length=2)]
    coalitions: dict[Slug, Coalition] = {}
    mediator: Slug | None = None
    between: Annotated[Literal["states"] | None, Field(description="that the parties are states is said")] = None
    outsiders: dict[Slug, Outsider] = {}
    issues: Annotated[dict[Slug, Issue], Field(min_length=1)]
    constituencies: dict[str, dict[Slug, Constituency]] = {}
    laws: tuple[Law, ...] = ()
    ideas: dict[Slug, Idea] = {}
    calendar: Calendar = Calendar()
    declarations: Declarations | None = None
    settings: Settings = Settings()

    @property
    def principal(self) -> str:
        """Whose side an analyst serves: the principal that the settings name, else the first party."""
        return self.settings.principal or next(iter(self.parties))

    @property
    def sides(self) -> dict[str, str]:
        """The side of each party: its coalition, or the party itself."""
        return {name: party.coalition or name for name, party in self.parties.items()}


class Case(Doc):
    """A whole case as one value: case.yaml, the preference files that this reader may open, and the evidence.

    `name` is the folder's name. `viewer` is the party whose files alone were opened (None: the analyst, who opened all).
    `preferences[holder][about]`. `forecasts` are those of this reader. `digest` is the SHA-256 of the bytes that were opened.
    `foreign` marks scenarios of other tools: their values have no status quo, and count as comparable. `notes` are warnings and
    conventions that must be shown with the results.
    """

    name: str
    file: CaseFile
    preferences: dict[str, dict[str, Preferences]]
    evidence: Evidence = Evidence()
    forecasts: tuple[Forecast, ...] = ()
    viewer: str | None = None
    digest: str = ""
    foreign: str = ""
    notes: tuple[str, ...] = ()

    @property
    def principal(self) -> str:
        """Whose side is served: the viewer, else the case's principal, else its first party."""
        return self.viewer or self.file.principal

    def believed(self, party: str) -> Preferences | None:
        """What this reader works with for `party`: the viewer's own file or its estimate; to the analyst, the party's own."""
        return self.preferences.get(self.viewer or party, {}).get(party)


class _Foreign(Protocol):
    @property
    def foreign(self) -> str:
        """The format that a scenario comes from; empty for a case."""


_MaybeForeign = TypeVar("_MaybeForeign", bound=_Foreign)


def require_native(scenario: _MaybeForeign, question: str) -> _MaybeForeign:
    """The case or model itself; raise LinkMissing for scenarios of other tools.

    These say neither what holds today nor who gives what.
    """
    if scenario.foreign:
        raise LinkMissing(
            question,
            f"a {scenario.foreign} scenario names neither a status quo nor who gives what",
            "Convert it with `summitry convert` and add givers, or ask `summitry frontier` for its frontier.",
        )
    return scenario
