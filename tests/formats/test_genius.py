from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.formats import told
from oracles import genius as slow
from summitry.errors import BadArgument, CaseInvalid
from summitry.formats import read, write
from summitry.formats.scenario import mean

ISSUES = '<issue index="1" name="Price" type="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>'
SHELL = "<negotiation_template><utility_space><objective{}>{}</objective></utility_space></negotiation_template>"
DOMAIN = SHELL.format(' index="0" name="Shop"', ISSUES)


def profile(low: str = "4", high: str = "2", weight: str = "1", tail: str = "") -> str:
    items = f'<item index="1" value="low" evaluation="{low}"/>\n<item index="2" value="high" evaluation="{high}"/>'
    issue = f'<issue index="1" name="Price" type="discrete">{items}</issue>'
    return f'<utility_space><objective>{issue}\n<weight index="1" value="{weight}"/></objective>{tail}</utility_space>'


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in ({"domain": DOMAIN, "a": profile(), "b": profile("1", "5")} | files).items():
        (folder / f"{name}.xml").write_text(text)
    return folder


def refusal(folder: Path, **files: str) -> str:
    with pytest.raises(CaseInvalid) as caught:
        read(put(folder, **files))
    return str(caught.value.problems[0])


def number(low: int = 0, high: int = 99) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda k: str(k / 4))


@st.composite
def additive(draw: st.DrawFn) -> tuple[str, str, list[list[str]]]:
    """A domain and one profile of it, with the options by issue; indices begin anywhere."""
    start = draw(st.integers(1, 3))
    domain, body, weights, options = "", "", "", []
    for index in range(start, start + draw(st.integers(1, 4))):
        weights += f'<weight index="{index}" value="{draw(number())}"/>'
        if draw(st.booleans()):
            low = draw(st.integers(-3, 3))
            high = low + draw(st.integers(1, 3))
            head = f'<issue index="{index}" name="i{index}" type="integer" lowerbound="{low}" upperbound="{high}">'
            domain += f"{head}</issue>"
            body += f'{head}<evaluator ftype="linear" slope="{draw(number(-3, 3))}" offset="{draw(number(-2, 6))}"/></issue>'
            options.append([str(k) for k in range(low, high + 1)])
        else:
            options.append([f"o{k}" for k in range(draw(st.integers(2, 4)))])
            items = [f'<item value="{option}" evaluation="{draw(number())}"/>' for option in draw(st.permutations(options[-1]))]
            head = f'<issue index="{index}" name="i{index}">'
            domain += head + "".join(f'<item value="{option}"/>' for option in options[-1]) + "</issue>"
            body += head + "".join(items) + "</issue>"
    wrap = SHELL.format("", domain)
    return wrap, f"<utility_space><objective>{weights}{body}</objective></utility_space>", options


@st.composite
def nonlinear(draw: st.DrawFn) -> tuple[str, str, list[list[str]]]:
    count = draw(st.integers(1, 3))
    issues = "".join(
        f'<issue index="{i}" name="i{i}" type="integer" lowerbound="0" upperbound="3"/>' for i in range(1, count + 1)
    )
    boxes = ""
    for _ in range(draw(st.integers(0, 5))):
        tag = draw(st.sampled_from(["INCLUDES", "EXCLUDES"]))
        where = draw(st.lists(st.integers(1, count), max_size=3))
        spans = [(index, *sorted((draw(st.integers(-1, 4)), draw(st.integers(-1, 4))))) for index in where]
        inside = "".join(f'<{tag} index="{index}" min="{low}" max="{high}"/>' for index, low, high in spans)
        boxes += f'<hyperRectangle utility="{draw(number(-40))}" weight="{draw(number())}">{inside}</hyperRectangle>'
    function = f'<ufun weight="{draw(number())}" aggregation="sum">{boxes}</ufun>'
    function = f'<utility maxutility="{draw(st.integers(1, 50))}">{function}</utility>'
    wrap = SHELL.format("", issues)
    text = f'<utility_space type="nonlinear"><objective>{issues}{function}</objective></utility_space>'
    return wrap, text, [["0", "1", "2", "3"]] * count


@settings(max_examples=60)
@given(drawn=st.one_of(additive(), nonlinear()))
def test_every_package_is_worth_what_genius_computes(drawn: tuple[str, str, list[list[str]]]) -> None:
    domain, text, options = drawn
    with tempfile.TemporaryDirectory() as folder:
        case = read(put(Path(folder), domain=domain, a=text, b=text))
    preferences = told(case)[0]
    start = int(domain.split('index="')[1].split('"')[0])
    for package in itertools.product(*options):
        named = dict(zip(case.file.issues, package, strict=True))
        worth = sum(mean(preferences.values[i].options[o]) for i, o in named.items() if i in preferences.values)
        worth += sum(
            mean(term.value) for term in preferences.together if all(named[i] in options for i, options in term.when.items())
        )
        assert worth == pytest.approx(slow.utility(text, dict(enumerate(package, start=start))), abs=1e-9)


def test_genius_divides_by_the_largest_evaluation_and_raw_does_not(tmp_path: Path) -> None:
    folder = put(tmp_path, a=profile("4", "2", "0.5"))
    assert told(read(folder))[0].values["price"].options == {"low": (0.5,) * 3, "high": (0.25,) * 3}
    raw = read(folder, convention="raw")
    assert told(raw)[0].values["price"].options == {"low": (2.0,) * 3, "high": (1.0,) * 3}
    assert any("raw" in note for note in raw.notes)
    assert any("GENIUS 10.4" in note for note in read(folder).notes)


def test_an_unknown_convention_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="genius"):
        read(put(tmp_path), convention="negmas")


def test_reservation_and_discount_are_kept_as_given(tmp_path: Path) -> None:
    first = told(read(put(tmp_path, a=profile(tail='<discount_factor value="0.4"/><reservation value="0.75"/>'))))[0]
    assert (first.reservation, first.discount) == ((0.75, 0.75, 0.75), 0.4)


@pytest.mark.parametrize("outside", ["0.0", "-1", "1.5"])
def test_a_discount_outside_the_unit_interval_counts_as_none_and_is_told(tmp_path: Path, outside: str) -> None:
    case = read(put(tmp_path, a=profile(tail=f'<discount_factor value="{outside}"/>')))
    assert told(case)[0].discount == 1.0
    assert any("counts as none" in note for note in case.notes)


def test_weights_that_do_not_sum_to_one_are_kept_and_told(tmp_path: Path) -> None:
    case = read(put(tmp_path, a=profile(weight="1.5")))
    assert told(case)[0].values["price"].options["low"] == (1.5,) * 3
    assert any("sum to 1.5" in note for note in case.notes)
    assert any("GENIUS would cut it" in note for note in case.notes)


def test_parties_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    case = read(put(tmp_path, util10=profile(), util2=profile(), **{"Ünion (x)": profile()}))
    assert list(case.file.parties) == ["a", "b", "union-x", "util2", "util10"]
    assert case.file.parties["union-x"].name == "Ünion (x)"


def test_the_domain_file_finds_its_profiles_and_leaves_the_rest(tmp_path: Path) -> None:
    other = DOMAIN.replace("Price", "Date")
    put(tmp_path, other=other, c=profile().replace("Price", "Date"), pareto="0.5, 0.5")
    assert list(read(tmp_path / "domain.xml").file.parties) == ["a", "b"]
    with pytest.raises(CaseInvalid, match="2 domains"):
        read(tmp_path)
    listed = read([tmp_path / name for name in ("domain.xml", "b.xml", "a.xml")])
    assert listed.digest == read(tmp_path / "domain.xml").digest


def test_an_issue_with_one_option_is_left_out_and_its_value_kept(tmp_path: Path) -> None:
    single = '<issue index="2" name="Fixed"><item value="yes"{}/></issue>'
    evaluated = single.format(' evaluation="3"')
    case = read(
        put(
            tmp_path,
            domain=DOMAIN.replace("</issue>", "</issue>" + single.format("")),
            a=profile(weight="0.5").replace("</issue>", f'</issue>{evaluated}<weight index="2" value="0.25"/>'),
            b=profile(weight="0.5").replace("</issue>", f'</issue>{evaluated}<weight index="2" value="0.25"/>'),
        )
    )
    assert list(case.file.issues) == ["price"]
    assert told(case)[0].values["price"].options == {"low": (0.75,) * 3, "high": (0.5,) * 3}
    assert any("Fixed" in note for note in case.notes)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE, ENTITY])
def test_document_types_are_refused_before_anything_in_them_is_read(tmp_path: Path, head: str) -> None:
    assert ": error: the XML declares a document type" in refusal(tmp_path, b=head + profile("&c;"))


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    assert "nests too deep" in refusal(tmp_path, b="<utility_space>" * 40 + "</utility_space>" * 40)


def test_utf_16_is_read_like_utf_8(tmp_path: Path) -> None:
    before = read(put(tmp_path))
    (tmp_path / "a.xml").write_bytes(('<?xml version="1.0" encoding="UTF-16"?>' + profile()).encode("utf-16"))
    assert told(read(tmp_path)) == told(before)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (profile("x"), "b.xml:1:73: error: evaluation of <item> is 'x'"),
        (profile(high="NaN"), "b.xml:2:1: error: evaluation of <item> is NaN"),
        (profile("1_0"), "evaluation of <item> is '1_0'"),
        (profile("-1"), "evaluated below zero"),
        (profile().replace(' evaluation="2"', ""), "b.xml:2:1: error: the option 'high' of 'Price' has no evaluation"),
        (profile().replace('value="high"', 'value="higher"'), "no option 'higher'"),
        (profile().replace("<weight", "<height"), "has no weight"),
        (profile().replace('name="Price"', 'name="Prize"'), "no issue 'Prize'"),
        (profile().replace("</objective>", ""), "b.xml:3:"),
        (profile().replace('type="discrete"', 'type="integer"'), "no evaluator"),
        ("<utility_space><objective/></utility_space>", "says nothing of the issue 'Price'"),
        ("<utility_space>" + "\x01", "b.xml:1:16"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path, b=text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (DOMAIN.replace("low", "high"), "names the option 'high' twice"),
        (DOMAIN.replace(ISSUES, ISSUES + ISSUES), "index 1 is used twice"),
        (DOMAIN.replace(ISSUES, ISSUES + ISSUES.replace('index="1" name', 'index="2" name')), "'Price' is named twice"),
        (DOMAIN.replace('type="discrete"', 'type="real"'), "State it in steps"),
        (DOMAIN.replace(ISSUES, ""), "0 issues"),
        (
            DOMAIN.replace('type="discrete"', 'type="integer" lowerbound="0" upperbound="99999999"'),
            "the range runs from 0 to 99999999",
        ),
    ],
)
def test_a_domain_that_no_case_can_hold_is_refused(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path, domain=text)


def test_the_last_of_two_evaluations_counts_and_is_told(tmp_path: Path) -> None:
    twice = profile().replace("<item", '<item value="low" evaluation="1"/><item', 1)
    case = read(put(tmp_path, a=twice))
    assert told(case)[0] == told(read(put(tmp_path, a=profile())))[0]
    assert any("evaluated twice" in note for note in case.notes)


def test_only_plain_sums_of_boxes_are_read(tmp_path: Path) -> None:
    issue = '<issue index="1" name="i" type="integer" lowerbound="0" upperbound="3"/>'
    domain = f"<negotiation_template><objective>{issue}</objective></negotiation_template>"
    largest = '<utility maxutility="9"><ufun aggregation="max"/></utility>'
    most = f"<utility_space><objective>{issue}{largest}</objective></utility_space>"
    assert "no plain sum" in refusal(tmp_path, domain=domain, a=most, b=most)


def test_one_profile_is_no_negotiation(tmp_path: Path) -> None:
    (put(tmp_path) / "b.xml").unlink()
    with pytest.raises(CaseInvalid, match="1 preference profile"):
        read(tmp_path)


def test_a_changed_evaluation_changes_the_digest(tmp_path: Path) -> None:
    before = read(put(tmp_path)).digest
    assert read(put(tmp_path, a=profile("5"))).digest != before


def test_line_breaks_and_marks_in_names_survive_attributes(tmp_path: Path) -> None:
    case = read(put(tmp_path / "in"))
    data = case.model_dump()
    name = "two\nlines\tand <&'\"> \r"
    data["file"]["issues"]["price"]["options"] = [name, "high"]
    for party in case.file.parties:
        said = data["preferences"][party][party]["values"]["price"]["options"]
        data["preferences"][party][party]["values"]["price"]["options"] = {name: said["low"], "high": said["high"]}
    write(type(case).model_validate(data), tmp_path / "out", "genius")
    assert list(read(tmp_path / "out").file.issues["price"].options) == [name, "high"]


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\ufffe"])
def test_letters_that_xml_cannot_hold_are_refused(tmp_path: Path, letter: str) -> None:
    case = read(put(tmp_path / "in"))
    data = case.model_dump()
    data["file"]["title"] = f"a{letter}b"
    with pytest.raises(BadArgument, match="XML cannot hold"):
        write(type(case).model_validate(data), tmp_path / "out", "genius")
    assert not (tmp_path / "out").exists()
