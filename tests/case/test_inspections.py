from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sound_case import Written

AT = "    verified_by: {full: inspection}\n"
ENTRY = AT + "    inspection: {items: 20, significant: 2, days: 60d, why: by hand}\n"

# law: (what stands beside the counts), path of the problem, part of its sentence, level
LAWS = {
    "no_more_than_all_items_matter": ("items: 1", "significant", "significant is 2, more than the 1 items", "error"),
    "no_more_than_all_items_are_drawn": ("items: 20, drawn: 21", "drawn", "drawn is 21, more than the 20 items", "error"),
    "what_is_inspected_is_an_option": ("items: 20, options: ful", "options", "'ful' is no option of declaration", "error"),
    "the_status_quo_needs_no_inspection": ("items: 20, options: none", "options", "nothing to inspect", "error"),
    "a_suspicion_is_answered": ("items: 20, suspicion: 0.5", "suspicion", "no inspection answers it", "warning"),
    "a_challenge_has_its_suspicion": ("items: 20, challenge: true", "challenge", "nothing says how probable", "warning"),
    "a_goal_out_of_reach_is_told": ("items: 20, power: 0.2", "", "finds 2 wrong ones only with 0.36", "warning"),
}


@pytest.mark.parametrize("law", LAWS)
def test_an_inspection_that_cannot_be_is_found_where_it_stands(sound: Written, law: str) -> None:
    told, key, words, level = LAWS[law]
    problem = sound.change("case.yaml", AT, ENTRY.replace("items: 20", told)).only()
    assert problem.path == ".".join(filter(None, ("issues.declaration.inspection", key)))
    assert (problem.level, problem.file) == (level, "case.yaml")
    assert problem.line is not None
    assert words in problem.what


def test_an_inspection_gives_its_reason(sound: Written) -> None:
    problem = sound.change("case.yaml", AT, ENTRY.replace(", why: by hand", "")).only()
    assert problem.path == "issues.declaration.inspection"
    assert "why" in f"{problem.what} {problem.remedy}"


def test_a_sound_inspection_has_no_problem(sound: Written) -> None:
    assert not sound.change("case.yaml", AT, ENTRY).problems()


BALANCE = "settings: {principal: us"
DECLARED = {
    "a_base_rate_is_a_probability": ("{base_rate: [0.2, 0.4, 1.0], why: by hand}", "base_rate", "strictly between"),
    "a_base_rate_has_a_reason": ("{base_rate: [0.2, 0.4, 0.6]}", "base_rate", "without what it rests on"),
    "a_balance_is_about_what_is_claimed": (
        "{balances: [{of: warhead, takes: {warheads: 2}}]}",
        "balances[1].of",
        "no claim speaks of 'warhead'",
    ),
    "visits_look_for_what_is_claimed": (
        "{search: {warhead: {of: sheds, places: 9, visits: 3, reach: 0.5, why: by hand}}}",
        "search.warhead",
        "no claim speaks of 'warhead'",
    ),
    "there_are_as_many_places_as_are_visited": (
        "{search: {warheads: {of: sheds, places: 9, visits: 10, reach: 0.5, why: by hand}}}",
        "search.warheads.visits",
        "more than the 9 places",
    ),
    "there_are_as_many_places_as_hide_something": (
        "{search: {warheads: {of: sheds, places: 2, visits: 1, hidden: 3, reach: 0.5, why: by hand}}}",
        "search.warheads.hidden",
        "more than the 2 places",
    ),
    "a_reach_is_a_probability": (
        "{search: {warheads: {of: sheds, places: 9, visits: 3, reach: [0.5, 0.8, 1.2], why: by hand}}}",
        "search.warheads.reach",
        "a reach is a probability",
    ),
    "a_unit_takes_something": (
        "{balances: [{of: warheads, takes: {warheads: [0, 1, 2]}}]}",
        "balances[1].takes.warheads",
        "said",
    ),
}


@pytest.mark.parametrize("law", DECLARED)
def test_what_a_declaration_is_held_against_is_checked(sound: Written, law: str) -> None:
    told, path, words = DECLARED[law]
    problem = sound.change("case.yaml", BALANCE, f"declarations: {told}\n{BALANCE}").only()
    assert problem.path == f"declarations.{path}"
    assert words in problem.what
