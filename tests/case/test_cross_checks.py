"""What the parts of a case must not say about each other: one row for each law, as one change to a sound case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sound_case import Written

CASE, US, ROK, DPRK = "case.yaml", "preferences/us/us.yaml", "preferences/rok/rok.yaml", "preferences/dprk/dprk.yaml"
DOCUMENT = "evidence/documents/singapore.txt"
CLAIMS, EVENTS, POSITIONS, COMMITMENTS = (f"evidence/{name}.csv" for name in ("claims", "events", "positions", "commitments"))

# law: (file, old text, new text), path of the problem, part of its sentence, level
ERRORS = {
    "a_document_was_known": (
        DOCUMENT,
        "The parties agree.",
        "Signed on 3 May 2021\n\nThey agree.",
        "",
        "2021-05-03",
    ),
    "a_document_of_a_later_year_was_not_known": (
        DOCUMENT,
        "The parties agree.",
        "Draft of 3 March 2022",
        "",
        "after the case's date",
    ),
    "a_coalition_is_declared": (
        CASE,
        "Korea, coalition: allies",
        "Korea, coalition: alies",
        "parties.rok.coalition",
        "Did you mean 'allies'",
    ),
    "a_coalition_is_led_by_a_party": (CASE, "lead: us", "lead: uss", "coalitions.allies.lead", "'uss' is no party"),
    "a_coalition_is_led_by_a_member": (CASE, "lead: us", "lead: dprk", "coalitions.allies.lead", "without being a member"),
    "one_id_means_one_thing": (CASE, "  china: {name", "  rok: {name", "outsiders.rok", "under parties and under outsiders"),
    "a_name_is_short_enough_to_be_read": (CASE, "name: North Korea", f"name: {'long ' * 50}", "parties.dprk.name", "characters"),
    "a_giver_is_a_party": (CASE, "giver: [us, rok]", "giver: [us, japan]", "issues.relief.giver[2]", "'japan' is no party"),
    "an_option_is_not_called_like_a_note": (
        CASE,
        "[none, weapons, full]",
        "[none, why, weapons, full]",
        "issues.declaration.options.why",
        "'why' cannot",
    ),
    "takes_names_own_options": (
        CASE,
        "takes: {weapons",
        "takes: {weapon",
        "issues.declaration.takes.weapon",
        "Did you mean 'weapons'",
    ),
    "verified_by_names_own_options": (
        CASE,
        "{full: insp",
        "{ful: insp",
        "issues.declaration.verified_by.ful",
        "Did you mean 'full'",
    ),
    "recoverable_names_own_options": (
        CASE,
        "recoverable: 0.8",
        "recoverable: {ease: 1}",
        "issues.relief.recoverable.ease",
        "Did you mean 'eased'",
    ),
    "requires_stands_at_an_own_option": (
        CASE,
        "few: decl",
        "few2: decl",
        "issues.warheads.requires.few2",
        "no option of warheads",
    ),
    "requires_names_an_issue": (
        CASE,
        "few: declaration",
        "few: declarations",
        "issues.warheads.requires.few",
        "Did you mean 'declaration'",
    ),
    "requires_names_an_option": (
        CASE,
        "[declaration.full]",
        "[declaration.ful]",
        "issues.warheads.requires.third[1]",
        "Did you mean 'full'",
    ),
    "requires_is_written_issue_dot_option": (
        CASE,
        "few: declaration.weapons",
        "few: declaration",
        "issues.warheads.requires.few",
        "ISSUE.OPTION",
    ),
    "requires_leads_to_another_issue": (
        CASE,
        "[declaration.full]",
        "[warheads.few]",
        "issues.warheads.requires.third",
        "its own option",
    ),
    "the_status_quo_requires_nothing": (
        CASE,
        "few: declaration.weapons",
        "none: declaration.weapons",
        "issues.warheads.requires.none",
        "status quo",
    ),
    "with_stands_at_an_own_option": (
        CASE,
        "requires:\n      few: decl",
        "with:\n      few2: decl",
        "issues.warheads.with.few2",
        "no option of warheads",
    ),
    "with_names_an_issue": (
        CASE,
        "requires:\n      few: declaration",
        "with:\n      few: declarations",
        "issues.warheads.with.few",
        "Did you mean 'declaration'",
    ),
    "with_leads_to_another_issue": (
        CASE,
        "requires:\n      few: declaration.weapons\n      third: [declaration.full]",
        "with:\n      few: declaration.weapons\n      third: [warheads.few]",
        "issues.warheads.with.third",
        "its own option",
    ),
    "the_status_quo_goes_with_nothing": (
        CASE,
        "requires:\n      few: declaration.weapons",
        "with:\n      none: declaration.weapons",
        "issues.warheads.with.none",
        "cannot go with anything",
    ),
    "excludes_names_an_option": (
        CASE,
        "lifted: declaration.none",
        "lifted: declaration.no",
        "issues.relief.excludes.lifted",
        "no option of decl",
    ),
    "constituencies_belong_to_a_party": (
        CASE,
        "  us:\n    congress",
        "  usa:\n    congress",
        "constituencies.usa",
        "Did you mean 'us'",
    ),
    "a_law_binds_a_party": (CASE, "{party: us", "{party: usa", "laws[1].party", "Did you mean 'us'"),
    "a_law_forbids_an_option": (CASE, "[relief.lifted]", "[relief.lift]", "laws[1].forbids[1]", "Did you mean 'lifted'"),
    "a_waiver_is_a_probability": (CASE, "waiver: [0.1, 0.2, 0.3]", "waiver: 3", "laws[1].waiver", "between 0 and 1"),
    "an_idea_names_issues": (
        CASE,
        "{declaration: full, r",
        "{declarations: full, r",
        "ideas.swap.package.declarations",
        "no issue",
    ),
    "an_idea_names_options": (
        CASE,
        "{declaration: full, r",
        "{declaration: ful, r",
        "ideas.swap.package.declaration",
        "Did you mean 'full'",
    ),
    "the_principal_is_a_party": (CASE, "principal: us", "principal: uss", "settings.principal", "Did you mean 'us'"),
    "the_deliverable_is_an_option": (
        CASE,
        "deliverable: declaration.full",
        "deliverable: declaration.x",
        "settings.deliverable",
        "no option",
    ),
    "the_idea_of_the_settings_is_declared": (CASE, "idea: swap", "idea: swop", "settings.idea", "Did you mean 'swap'"),
    "an_amount_is_a_number_or_a_percentage": (
        CASE,
        "few: 3,",
        "few: three,",
        "issues.warheads.options.few",
        "neither a number nor a percentage",
    ),
    "no_share_exceeds_the_whole": (CASE, "third: 33%", "third: 133%", "issues.warheads.options.third", "more than the whole"),
    "no_amount_is_negative": (CASE, "{none: 0, few: 3", "{none: -1, few: 3", "issues.warheads.options.none", "cannot move -1"),
    "a_percentage_needs_a_holding": (CASE, "    holding: warheads\n", "", "issues.warheads.options", "not of which holding"),
    "a_holding_needs_a_claim": (
        CASE,
        "holding: warheads",
        "holding: warhead",
        "issues.warheads.holding",
        "Did you mean 'warheads'",
    ),
    "every_issue_is_answered_for": (ROK, "indifferent: [warheads]\n", "", "values", "nothing is said about the issue 'warheads'"),
    "an_issue_is_not_both_valued_and_indifferent": (
        ROK,
        "[warheads]",
        "[warheads, relief]",
        "indifferent",
        "'relief' has values",
    ),
    "indifferent_names_issues": (ROK, "[warheads]", "[warheads, other]", "indifferent[2]", "'other' is no issue"),
    "every_option_has_a_value": (ROK, "{weapons: [1, 2, 3], full", "{full", "values.declaration", "no value for 'weapons'"),
    "values_name_issues": (US, "  relief: {eased: [-4", "  releif: {eased: [-4", "values.releif", "Did you mean 'relief'"),
    "values_name_options": (US, "few: [5", "fw: [5", "values.warheads.fw", "Did you mean 'few'"),
    "the_status_quo_is_worth_nothing": (ROK, "{weapons: [1", "{none: 1, weapons: [1", "values.declaration.none", "status quo"),
    "points_are_of_a_handy_size": (US, "[10, 14, 20]", "[10, 14, 2e9]", "values.declaration.full", "too large"),
    "the_reservation_value_can_be_reached": (
        US,
        "reservation: [0, 2, 5]",
        "reservation: [0, 34, 35]",
        "reservation",
        "the best package could bring (33)",
    ),
    "a_mandate_names_issues": (US, "  relief: {eased: auth", "  relif: {eased: auth", "mandate.relif", "no issue"),
    "a_mandate_names_options": (US, "{eased: auth", "{easd: auth", "mandate.relief.easd", "Did you mean 'eased'"),
    "no_mandate_forbids_the_status_quo": (US, "{eased: auth", "{none: never, eased: auth", "mandate.relief.none", "status quo"),
    "together_names_issues": (
        US,
        "when: {declaration: full",
        "when: {declarations: full",
        "together[1].when.declarations",
        "no issue",
    ),
    "together_names_options": (
        US,
        "warheads: [few, third]",
        "warheads: [few, thrid]",
        "together[1].when.warheads",
        "Did you mean 'third'",
    ),
    "trust_names_parties": (US, "  dprk: {prior", "  dprc: {prior", "trust.dprc", "Did you mean 'dprk'"),
    "nobody_states_trust_in_itself": (US, "  dprk: {prior", "  us: {prior", "trust.us", "trust in itself"),
    "a_seat_belongs_to_a_constituency": (
        US,
        "    congress:\n",
        "    kongress:\n",
        "back_table.seats.kongress",
        "Did you mean 'congress'",
    ),
    "a_seat_values_issues": (
        US,
        "        relief: {eased: [-2",
        "        rilief: {eased: [-2",
        "back_table.seats.congress.positions.rilief",
        "no issue",
    ),
    "a_seat_values_options": (
        US,
        "{positions: {declaration: {weapons",
        "{positions: {declaration: {wapons",
        "back_table.seats.hawks.positions.declaration.wapons",
        "no option",
    ),
    "a_holder_of_a_claim_is_named": (
        CLAIMS,
        "dprk,warheads,20",
        "dprc,warheads,20",
        "row 2, column holder",
        "Did you mean 'dprk'",
    ),
    "a_claim_rises_from_low_to_high": (
        CLAIMS,
        "20,30,60",
        "20,70,60",
        "row 2, column central",
        "central (70) is more than high (60)",
    ),
    "a_claim_rises_without_a_centre": (CLAIMS, "25,,50", "55,,50", "row 3, column low", "low (55) is more than high (50)"),
    "a_claim_has_a_number": (CLAIMS, "25,,50", ",,", "row 3, column central", "no number"),
    "a_claim_has_a_source": (CLAIMS, "Someone,A report", "Someone,", "row 2, column source", "not evidence"),
    "a_claim_has_a_date": (CLAIMS, "pieces,2018-06,", "pieces,,", "row 2, column as_of", "nothing stands here"),
    "a_claim_has_a_readable_date": (CLAIMS, "pieces,2018-06,", "pieces,June 2018,", "row 2, column as_of", "is no date"),
    "a_claim_has_a_possible_date": (CLAIMS, "pieces,2018-06,", "pieces,2018-02-30,", "row 2, column as_of", "is no date"),
    "a_publication_date_is_readable": (CLAIMS, "2018-07,", "July,", "row 2, column published", "is no date"),
    "no_claim_was_published_later": (CLAIMS, "2018-07,", "2019-03,", "row 2, column published", "after the case's date"),
    "a_projection_says_when_it_was_made": (
        CLAIMS,
        "2020-12,2018-08",
        "2020-12,",
        "row 3, column as_of",
        "does not say when it was published",
    ),
    "no_event_is_later": (EVENTS, "2018-07-27", "2019-07-27", "row 4, column date", "after the case's date"),
    "no_position_is_later": (POSITIONS, "2018-09-19", "2019-02-28", "row 2, column date", "after the case's date"),
    "a_position_is_a_partys": (POSITIONS, ",dprk,", ",dprc,", "row 2, column party", "Did you mean 'dprk'"),
    "a_position_is_about_an_issue": (
        POSITIONS,
        ",declaration,",
        ",declarations,",
        "row 2, column issue",
        "Did you mean 'declaration'",
    ),
    "a_position_is_about_an_option": (POSITIONS, ",weapons,", ",weapon,", "row 2, column option", "Did you mean 'weapons'"),
    "an_offer_hangs_on_an_option_of_the_case": (
        POSITIONS,
        "status,source\n2018-09-19,dprk,declaration,weapons,floated,A paper",
        "status,source,condition,by\n2018-09-19,dprk,declaration,weapons,offered,A paper,relief.much,",
        "row 2, column condition",
        "is no ISSUE.OPTION of this case",
    ),
    "an_offer_hangs_on_another_issue": (
        POSITIONS,
        "status,source\n2018-09-19,dprk,declaration,weapons,floated,A paper",
        "status,source,condition,by\n2018-09-19,dprk,declaration,weapons,offered,A paper,declaration.weapons,",
        "row 2, column condition",
        "hangs on its own issue",
    ),
    "a_report_is_somebodys": (
        POSITIONS,
        "status,source\n2018-09-19,dprk,declaration,weapons,floated,A paper",
        "status,source,condition,by\n2018-09-19,dprk,declaration,weapons,offered,A paper,,dprc",
        "row 2, column by",
        "is neither a party nor an outsider",
    ),
    "no_commitment_was_signed_later": (
        COMMITMENTS,
        "Singapore,2018-06-12",
        "Singapore,2019-06-12",
        "row 2, column signed",
        "after the case's date",
    ),
    "no_delivery_is_known_from_later": (
        COMMITMENTS,
        "2018-07-27: 55 boxes",
        "held to 2019-05-04",
        "row 2, column delivered",
        "not known on",
    ),
}
WARNINGS = {
    "only_an_offer_hangs_on_something": (
        POSITIONS,
        "status,source\n2018-09-19,dprk,declaration,weapons,floated,A paper",
        "status,source,condition,by\n2018-09-19,dprk,declaration,weapons,floated,A paper,unstated,",
        "row 2, column condition",
        "hangs on nothing here",
    ),
    "claims_of_one_thing_are_in_one_unit": (
        CLAIMS,
        "pieces,2020-12",
        "tonnes,2020-12",
        "row 3, column unit",
        "claimed in 'tonnes' here, and in 'pieces' by others",
    ),
    "two_parties_look_alike": (CASE, "name: North Korea", "name: united states", "parties.dprk.name", "same name"),
    "an_issue_without_giver": (CASE, "    giver: [us, rok]\n", "", "issues.relief", "nobody gives this"),
    "two_options_move_the_same": (CASE, "eased: 30", "eased: 100", "issues.relief.options.lifted", "same amount as eased"),
    "amounts_fall": (CASE, "lifted: 100", "lifted: 10", "issues.relief.options", "do not rise"),
    "a_split_without_amounts": (
        CASE,
        "    takes: {weapons",
        "    splits: true\n    takes: {weapons",
        "issues.declaration.splits",
        "no option says how much",
    ),
    "a_smallest_part_of_what_is_not_split": (
        CASE,
        "    recoverable: 0.8",
        "    smallest: 2\n    recoverable: 0.8",
        "issues.relief.smallest",
        "cannot be split",
    ),
    "an_issue_has_expired": (
        CASE,
        "    recoverable: 0.8",
        "    expires: 2019-01-01\n    recoverable: 0.8",
        "issues.relief.expires",
        "expired on 2019-01-01",
    ),
    "a_requirement_is_always_met": (
        CASE,
        "few: declaration.weapons",
        "few: declaration.none",
        "issues.warheads.requires.few",
        "met in any case",
    ),
    "a_judgement_is_certain": (US, "few: [5, 6, 7]", "few: 6", "values.warheads.few", "counts as certain"),
    "a_condition_always_holds": (
        US,
        "warheads: [few, third]",
        "warheads: [none, few, third]",
        "together[1].when.warheads",
        "always holds",
    ),
    "a_publication_may_be_later": (CLAIMS, "2018-07,", "2019,", "row 2, column published", "may lie before or after"),
    "a_recent_claim_without_publication": (
        CLAIMS,
        "2018-06,2018-07,",
        "2018-06,,",
        "row 2, column published",
        "close to the case's date",
    ),
    "an_actor_nobody_names": (EVENTS, "DPRK,us,deed", "DPRC,us,deed", "row 4, column actor", "nobody whom case.yaml names"),
    "a_committed_party_nobody_names": (COMMITMENTS, "2018-06-12,dprk", "2018-06-12,dprc", "row 2, column party", "nobody whom"),
}


def test_a_sound_case_has_nothing_to_mend(sound: Written) -> None:
    assert sound.problems() == ()


@pytest.mark.parametrize("law", ERRORS)
def test_an_error_is_found_where_it_stands(sound: Written, law: str) -> None:
    file, old, new, path, words = ERRORS[law]
    found = sound.change(file, old, new).problems()
    at = [problem for problem in found if problem.path == path and words in f"{problem.what}. {problem.remedy}"]
    assert len(at) == 1, "\n".join(map(str, found))
    assert at[0].file == file
    assert at[0].level == "error"
    assert at[0].line is not None


@pytest.mark.parametrize("law", WARNINGS)
def test_a_warning_stands_alone_and_does_not_stop(sound: Written, law: str) -> None:
    file, old, new, path, words = WARNINGS[law]
    problem = sound.change(file, old, new).only()
    assert (problem.file, problem.path, problem.level) == (file, path, "warning")
    assert words in problem.what


@pytest.mark.parametrize(
    ("law", "line", "column"),
    [("requires_names_an_option", 26, 15), ("takes_names_own_options", 17, 13), ("the_principal_is_a_party", 43, 23)],
)
def test_line_and_column_point_at_the_words(sound: Written, law: str, line: int, column: int) -> None:
    file, old, new, path, _ = ERRORS[law]
    found = [problem for problem in sound.change(file, old, new).problems() if problem.path == path]
    assert [(problem.line, problem.column) for problem in found] == [(line, column)]


def test_a_scale_that_vanishes_beside_rounding_is_refused_where_it_ends(sound: Written) -> None:
    tiny = sound
    for old, new in (
        ("{weapons: [-4, -3, -2], full: [-9, -7, -5]}", "{weapons: 1e-300, full: 4e-300}"),
        ("{few: [-6, -5, -4], third: [-12, -10, -8]}", "{few: -1e-300, third: -2e-300}"),
        ("{eased: [8, 9, 12], lifted: [20, 25, 30]}", "{eased: 0, lifted: 3e-300}"),
        ("reservation: [0, 1, 2]", "reservation: 0"),
    ):
        tiny = tiny.change(DPRK, old, new)
    found = [p for p in tiny.problems() if "too small to count with" in p.what]
    assert [(p.file, p.path, p.level) for p in found] == [(DPRK, "values.declaration.full", "error")]
