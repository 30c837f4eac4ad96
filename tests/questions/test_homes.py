"""Laws of `home`, `mandate` and `allies`: what they answer in every spelling, show, refuse, and keep from other holders."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from generators import build, write
from summitry import case
from summitry.answers import open_case
from summitry.cli import app
from summitry.deals.homes import at_home
from summitry.document import Bullets, Document
from summitry.errors import BadArgument, LinkMissing, SummitryError, UnknownName
from summitry.packages import of_file
from summitry.questions.home import HomeAnswer, view
from summitry.report.terminal import render
from summitry.wording import Wording, messages

CASE = "supply-contract"
HALF = {"volume": "half", "delivery": "four-weeks"}


@cache
def workspace(name: str = CASE) -> Any:  # noqa: ANN401 (its questions are methods)
    return open_case(name)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("question", ["home", "mandate"])
def test_every_spelling_of_a_package_gives_the_same_answer(question: str, tmp_path: Path) -> None:
    file = tmp_path / "deal.yaml"
    file.write_text("".join(f"{issue}: {option}\n" for issue, option in HALF.items()))
    ask = getattr(workspace(), question)
    spelled = [f"{issue}={option}" for issue, option in HALF.items()]
    answers = [ask(HALF), ask(spelled), ask(" ".join(spelled)), ask(package=str(file))]
    kept = [{key: value for key, value in answer.to_dict().items() if key != "package"} for answer in answers]
    assert all(one == kept[0] for one in kept)
    if question == "home":
        assert {answer.package.ratified for answer in answers} == {answers[0].package.ratified}
        assert "deal.yaml" in answers[-1].to_text()
    done = CliRunner().invoke(app, [question, CASE, *spelled, "--json"], catch_exceptions=False)
    assert json.loads(done.stdout) == answers[0].to_dict()
    assert CliRunner().invoke(app, [question, CASE, *spelled, "--quiet"]).stdout == ""


def test_home_answers_a_package_or_the_win_sets_and_never_both() -> None:
    package, sets = workspace().home(HALF), workspace().home()
    assert (package.win_sets, sets.package) == (None, None)
    assert package.package.moves == HALF
    assert {home.party for home in package.package.homes} == {home.party for home in sets.win_sets.homes}
    assert "WHAT ALL HOMES CARRY" in sets.to_text()
    assert "WHAT ALL HOMES CARRY" not in package.to_text()


def test_whoever_says_yes_too_seldom_is_shown_to_be_against() -> None:
    answer = workspace().home(HALF)
    shown = [block.items for block in answer.document().blocks if isinstance(block, Bullets) and block.lead is not None]
    opinions = [phrase for items in shown for phrase in items if phrase.code.startswith("home.opinion")]
    listed = [opinion for home in answer.package.homes for opinion in home.opinions]
    assert len(opinions) == len(listed)
    against = [opinion.yes < answer.package.needed and opinion.role != "voice" for opinion in listed]
    assert [phrase.code == "home.opinion.against" for phrase in opinions] == against
    assert answer.to_text().count("AGAINST") == sum(against) > 0


def test_what_carries_a_package_and_the_law_in_its_way_are_told() -> None:
    moves = {"us-sanctions": "suspended", "inspectors": "challenge", "declaration": "weapons"}
    answer = workspace("korea-2019").home(moves)
    text = words(answer.to_text(10_000))
    for home in answer.package.homes:
        assert bool(home.changes) == (home.probability < answer.package.needed)
        assert all(law.name in text for law in home.laws)
    assert any(home.laws for home in answer.package.homes)
    assert "What carries it:" in text
    assert "With the laws aside the votes carry it in" in text


def test_a_package_that_may_not_be_formed_says_why(tmp_path: Path) -> None:
    values = {"us": {"list": {"full": 5}, "aid": {"food": -1}}, "dprk": {"list": {"full": -1}, "aid": {"food": 4}}}
    made = build(
        values,
        givers={"list": "dprk", "aid": "us"},
        issues={"aid": {"requires": {"food": "list.full"}}},
        preferences={"us": {"back_table": {"seats": {"house": {"positions": {"aid": {"food": 1}}}}}}},
        constituencies={"us": {"house": {"name": "House"}}},
    )
    answer = open_case(str(write(made, tmp_path / "talks"))).home({"aid": "food"})
    (fault,) = answer.package.faults
    assert fault.code == "fault.requires"
    text = words(answer.to_text())
    assert "may not be formed. Issue aid: food requires Issue list: full." in text
    assert answer.silent == ("dprk",)
    assert "No back table is given for" in text


def test_a_study_shows_the_homes_with_the_same_words() -> None:
    model = workspace().model
    homes = at_home(model, model.row(HALF), None)
    shown = HomeAnswer(None, None, homes=homes)
    text = words(render(Document(shown, tuple(view(shown, workspace().names))), Wording(workspace().names, messages()), 10_000))
    alone = words(workspace().home(HALF).to_text(10_000))
    for home in homes:
        assert home.support is not None
        for seat in home.support.opinions:
            line = f"{workspace().names.seat(f'{home.party}/{seat.seat}')} "
            assert line in text
    bullets = [part.strip() for part in alone.split(" - ")[1:]]
    assert bullets
    assert sum(part.partition(" points")[0] in text for part in bullets) == len(bullets)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (b"", "deal.txt:1:1: error: this file names no package"),
        (b"# nothing\n", "names no package"),
        (b"delivery\n", "names no package"),
        (b"delivery: [two-weeks]\n", "names no package"),
        (b"delivery=two-weeks\ndelivery = four-weeks", "deal.txt:2:1: error at delivery: 'delivery' stands here twice"),
        (b"\xff\xfe", "UTF-16"),
        (b"{", "deal.txt:1:1: error: a value is missing here, or a bracket closes"),
        (b"{}", "names no package"),
        (b'{"delivery": 3}', "There is no option of delivery '3'"),
        (b"a" * 3_000_000, "At most 1 MB"),
        (b"delivery=two-wks", "Did you mean 'two-weeks'"),
        (b'{"delivry": "two-weeks"}', "Did you mean 'delivery'"),
        (b"[" * 100_000, "nested more than 12 levels"),
        (b'{"a":' * 100_000, "nested more than 12 levels"),
    ],
)
def test_a_package_that_cannot_be_read_is_one_message(tmp_path: Path, text: bytes, wrong: str) -> None:
    path = tmp_path / "deal.txt"
    path.write_bytes(text)
    with pytest.raises(SummitryError) as problem:
        workspace().home(package=str(path))
    assert wrong in str(problem.value)
    assert len(str(problem.value)) < 400


def test_a_file_holds_a_package_as_lines_or_as_an_object_or_is_a_plan(tmp_path: Path) -> None:
    texts = (
        "# from the last round\nvolume = half\ndelivery=four-weeks  # floated\n",
        "\ufeffvolume: half\ndelivery: four-weeks\n",
        '{"volume": "half", "delivery": "four-weeks"}',
        '{"package": {"volume": "half", "delivery": "four-weeks"}, "title": "as in plan.json"}',
    )
    for text in texts:
        (tmp_path / "deal").write_text(text)
        assert of_file(tmp_path / "deal") == HALF


@pytest.mark.parametrize("question", ["home", "mandate"])
def test_a_package_is_named_once(question: str) -> None:
    ask = getattr(workspace(), question)
    with pytest.raises(BadArgument, match="not by both"):
        ask(["volume=half"], package="best")
    with pytest.raises(UnknownName, match="There is no package"):
        ask(package="nowhere.txt")


def test_a_mandate_shows_every_option_under_its_permission_and_the_calls_of_a_package() -> None:
    answer = workspace().mandate({"volume": "most", "delivery": "four-weeks"})
    names, text = workspace().names, words(answer.to_text(10_000))
    heads = {"authorised": "Authorised: ", "call home": "Call home: ", "never": "Never: "}
    for option in answer.options:
        after = text.partition(f"THE MANDATE OF {names.name(option.party)}")[2].partition(heads[option.permission])[2]
        assert names.move(option.issue, option.option) in after.partition(". ")[0]
    calling = [a for a in answer.options if answer.moves.get(a.issue) == a.option and a.permission != "authorised"]
    assert list(answer.calls) == calling
    assert calling
    assert "WHAT CAN BE SIGNED IN THE ROOM" in text


def test_silence_of_a_mandate_and_an_unknown_one_are_told(tmp_path: Path) -> None:
    values = {
        "us": {"list": {"full": 9}, "aid": {"food": -1, "oil": -2}},
        "dprk": {"list": {"full": -3}, "aid": {"food": 5, "oil": 8}},
    }
    made = build(values, givers={"list": "dprk", "aid": "us"}, preferences={"us": {"mandate": {"aid": {"oil": "never"}}}})
    answer = open_case(str(write(made, tmp_path / "talks"))).mandate({"aid": "oil"})
    text = words(answer.to_text(10_000))
    assert "Call home, as nothing is stated: Issue aid: food." in text
    assert "Never: Issue aid: oil." in text
    assert answer.unknown == ("dprk",)
    assert "No mandate is known here for" in text
    assert [(call.option, call.permission) for call in answer.calls] == [("oil", "never")]


@cache
def west(folder: Path) -> Any:  # noqa: ANN401 (its questions are methods)
    values = {"us": {"list": {"full": 9}, "aid": {"food": -1}}, "rok": {"list": {"full": -2}, "aid": {"food": 4}}}
    made = build(
        {**values, "dprk": {"list": {"full": -3}, "aid": {"food": 5}}},
        givers={"list": "dprk", "aid": "us"},
        coalitions={"west": {"name": "The West", "lead": "us"}},
        parties={p: {"name": p.upper(), "coalition": None if p == "dprk" else "west"} for p in ("us", "rok", "dprk")},
    )
    return open_case(str(write(made, folder / "west")))


def test_allies_speak_in_titles_and_say_what_treating_them_as_one_changes(tmp_path: Path) -> None:
    answer = west(tmp_path).allies(as_one=True)
    (alliance,) = answer.coalitions
    text = words(answer.to_text(10_000))
    assert "US takes: They give (DPRK): Issue list: full We give (US): Issue aid: food" in text
    assert "Treated as one, a point of ROK counted as one of the lead's, which no file declares" in text
    assert "WHAT SPLITS THEM" in text
    assert text.count("(opposite sign):") == len(alliance.splits) == 2
    assert alliance.as_one_change == {
        ally: pytest.approx(alliance.as_one.values[ally] - alliance.lead.values[ally]) for ally in alliance.allies
    }
    plain = west(tmp_path).allies()
    assert plain.coalitions[0].as_one is None
    assert "Treated as one" not in plain.to_text()


def test_an_unwilling_ally_is_shown_with_what_holds_it(tmp_path: Path) -> None:
    answer = west(tmp_path).allies({"list": "full"})
    (alliance,) = answer.coalitions
    (payment,) = alliance.payments
    assert (payment.ally, payment.payment) == ("rok", {"aid": "food"})
    assert alliance.package.moves == {"list": "full"}
    text = words(answer.to_text(10_000))
    assert "ROK accepts it in about 10 %, 50 % needed: it lacks 3.04 of its points." in text
    assert "Held by Issue aid: food: then it accepts in 83 %; that costs US 1." in text


def test_without_allies_or_mandates_a_sentence_says_what_to_add() -> None:
    with pytest.raises(LinkMissing, match="coalitions"):
        workspace().allies()


@pytest.mark.parametrize(
    "command", [("home",), ("home", "volume=half"), ("mandate", "volume=most"), ("mandate", "--package", "best")]
)
def test_nothing_of_another_holder_is_felt(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(Path(case.__file__).parents[1] / "cases" / "supply-contract", folder)

    def answer() -> str:
        name, *more = command
        return CliRunner().invoke(app, [name, str(folder), *more, "--as", "buyer", "--json"], catch_exceptions=False).stdout

    before = answer()
    own = folder / "preferences" / "supplier" / "supplier.yaml"
    own.write_text(own.read_text().replace("call home", "never").replace("influence: 2", "influence: 9"))
    assert answer() == before
    shutil.rmtree(own.parent)
    assert answer() == before
