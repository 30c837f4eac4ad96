"""What needs more than one change to a sound case: prerequisites, files that are missing, back tables, the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sound_case import Written

CASE, US, DPRK, EVENTS = "case.yaml", "preferences/us/us.yaml", "preferences/dprk/dprk.yaml", "evidence/events.csv"


def test_prerequisites_do_not_run_in_a_circle(sound: Written) -> None:
    sound.change(CASE, "    verified_by: {full: inspection}", "    requires: {full: warheads.third}")
    problem = sound.only()
    assert "declaration.full -> warheads.third -> declaration.full" in problem.what


def test_what_goes_with_each_other_may_run_in_a_circle(sound: Written) -> None:
    sound.change(CASE, "    verified_by: {full: inspection}", "    with: {full: warheads.third}")
    assert sound.problems() == ()
    sound.change(CASE, "third: [declaration.full]", "third: [relief.eased]")
    sound.change(CASE, "with: {full: warheads.third}", "with: {full: relief.lifted}")
    sound.change(CASE, "excludes: {lifted: declaration.none}", "excludes: {lifted: declaration.full}")
    problem = sound.only()
    assert (problem.path, problem.level) == ("issues.declaration.with.full", "error")
    assert "it goes with relief.lifted" in problem.what


def test_a_later_option_breaks_the_circle_of_an_earlier_one(sound: Written) -> None:
    sound.change(CASE, "    verified_by: {full: inspection}", "    requires: {weapons: warheads.few}")
    assert "in a circle" in sound.only().what
    sound.change(CASE, "third: [declaration.full]", "third: [relief.eased]")
    assert "in a circle" in sound.only().what


def test_an_option_does_not_exclude_what_it_requires(sound: Written) -> None:
    sound.change(
        CASE,
        "excludes: {lifted: declaration.none}",
        "requires: {lifted: declaration.full}\n    excludes: {lifted: declaration.full}",
    )
    problem = sound.only()
    assert (problem.path, problem.level) == ("issues.relief.requires.lifted", "error")
    assert "relief.lifted can never be chosen" in problem.what


def test_a_later_option_that_is_not_excluded_meets_a_requirement(sound: Written) -> None:
    sound.change(
        CASE,
        "excludes: {lifted: declaration.none}",
        "requires: {lifted: declaration.weapons}\n    excludes: {lifted: declaration.weapons}",
    )
    assert sound.problems() == ()


def test_what_requires_the_unreachable_is_unreachable(sound: Written) -> None:
    sound.change(CASE, "third: [declaration.full]", "third: [relief.lifted]")
    sound.change(
        CASE,
        "excludes: {lifted: declaration.none}",
        "requires: {lifted: declaration.full}\n    excludes: {lifted: declaration.full}",
    )
    assert {problem.path for problem in sound.problems()} == {
        "issues.relief.requires.lifted",
        "issues.warheads.requires.third[1]",
    }


def test_a_red_line_that_closes_a_prerequisite_is_pointed_out(sound: Written) -> None:
    problem = sound.add(DPRK, "mandate: {declaration: {full: never}}\n").only()
    assert (problem.path, problem.level) == ("issues.warheads.requires.third[1]", "warning")
    assert "red line" in problem.what


def test_the_options_own_red_line_is_no_problem(sound: Written) -> None:
    assert sound.add(DPRK, "mandate: {warheads: {third: never}}\n").problems() == ()


def test_an_option_that_nobody_values_is_pointed_out(sound: Written) -> None:
    sound.change(US, "few: [5, 6, 7]", "few: 0").change(DPRK, "few: [-6, -5, -4]", "few: 0")
    problem = sound.only()
    assert (problem.file, problem.path, problem.level) == (CASE, "issues.warheads.options.few", "warning")


def test_a_fact_may_be_a_single_number(sound: Written) -> None:
    assert sound.change(US, "few: [5, 6, 7]", "kind: fact\n    few: 6").problems() == ()


def test_single_numbers_are_pointed_out_once_in_a_file(sound: Written) -> None:
    sound.change(US, "few: [5, 6, 7]", "few: 6").change(US, "third: [8, 9, 10]", "third: 9")
    assert "(2 such values in this file)" in sound.only().what


def test_each_party_has_a_file_about_itself(sound: Written) -> None:
    (sound.folder / DPRK).unlink()
    problem = sound.only()
    assert (problem.file, problem.level) == (DPRK, "error")
    assert "dprk has no file about its own values" in problem.what


def test_a_viewer_needs_an_estimate_of_everybody(sound: Written) -> None:
    sound.add("preferences/us/dprk.yaml", (sound.folder / DPRK).read_text(encoding="utf-8"))
    problem = sound.only(viewer="us")
    assert (problem.file, problem.level) == ("preferences/us/rok.yaml", "error")
    problem = sound.only()
    assert (problem.file, problem.level) == ("preferences/us", "warning")
    assert "none of rok" in problem.what


def test_a_mandate_stands_in_the_own_file_only(sound: Written) -> None:
    own = (sound.folder / DPRK).read_text(encoding="utf-8")
    sound.add("preferences/us/dprk.yaml", own + "mandate: {declaration: {full: never}}\n").add("preferences/us/rok.yaml", own)
    problem = sound.only()
    assert (problem.file, problem.path, problem.level) == ("preferences/us/dprk.yaml", "mandate", "error")


def test_vetoes_alone_make_the_quota_idle(sound: Written) -> None:
    problem = sound.change(CASE, "{name: Congress}", "{name: Congress, role: veto}").only()
    assert (problem.path, problem.level) == ("back_table", "warning")


def test_a_quota_that_nobody_can_reach_is_an_error(sound: Written) -> None:
    problem = (
        sound.change(CASE, "{name: Congress}", "{name: Congress, role: voice}").change(CASE, "role: veto", "role: voice").only()
    )
    assert (problem.path, problem.level) == ("back_table", "error")


def test_a_case_without_evidence_is_legal(sound: Written) -> None:
    for path in sorted((sound.folder / "evidence").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert sound.problems() == ()
    (sound.folder / "evidence").rmdir()
    assert sound.problems() == ()


def test_due_dates_and_expiry_may_lie_later(sound: Written) -> None:
    assert sound.change(CASE, "    recoverable: 0.8", "    expires: 2021-01-01\n    recoverable: 0.8").problems() == ()


def test_an_unknown_actor_is_pointed_out_once(sound: Written) -> None:
    sound.add(EVENTS, "2018-08-01,IAEA,,word,one,0,x\n2018-08-02,IAEA,,word,two,0,x\n")
    assert "'IAEA' is nobody whom" in sound.only().what


def test_a_record_that_names_no_party_is_pointed_out(sound: Written) -> None:
    sound.change(EVENTS, "us+dprk,,", "China,,").change(EVENTS, "DPRK,us", "China,us")
    assert "no row's actor is a party" in sound.only().what


def test_a_seat_that_is_silent_on_an_issue_is_pointed_out_once_unless_it_is_meant(sound: Written) -> None:
    problem = sound.change(US, "  unnamed: indifferent\n", "").only()
    assert (problem.path, problem.level) == ("back_table.seats.congress", "warning")
    assert "says nothing of 'declaration', 'warheads', and other seats (1) are silent too" in problem.what
