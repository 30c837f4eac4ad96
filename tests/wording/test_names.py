"""Who is named how: nobody is "they" among three sides, and every move that a mandate does not simply allow is marked."""

from __future__ import annotations

import pytest

from generators import build as small
from summitry.document import Phrase
from summitry.report.layout import sides
from summitry.wording import Names, Wording, messages
from summitry.workspace import Workspace

SAYS = {"some": "call home", "all": "never", "few": "authorised"}


def workspace() -> Workspace:
    worth = {"us": {"x": {"few": 1, "some": 2, "all": 3}}, "them": {"x": {"few": -1, "some": -2, "all": -3}}}
    return Workspace(small(worth, givers={"x": "them"}, preferences={"them": {"mandate": {"x": SAYS}}}))


@pytest.mark.parametrize(("option", "mark"), [("few", ""), ("some", " (call home)"), ("all", " (never)")])
def test_a_move_is_marked_alike_in_packages_orders_changes_and_names(option: str, mark: str) -> None:
    wording, text = Wording(workspace().names, messages()), f"Issue x: {option}{mark}"
    package = {"x": option}
    assert wording.text(Phrase("rung.rival", "deal"), {"deal": package}) == text
    assert wording.text(Phrase("rung.rival", "order"), {"order": (f"x.{option}",)}) == text
    assert wording.text(Phrase("page.price.what", ""), {"deliverable": f"x.{option}"}) == text
    changed = wording.text(Phrase("improve.change", ""), {"changed": {"x": ("none", option)}, "gains": {"us": 1.0}})
    assert changed.startswith(f"Issue x: none → {option}{mark} (")
    ((_, moves),) = sides(wording, package)
    assert "".join(span.text for move in moves for span in move) == text


@pytest.mark.parametrize(("others", "they"), [(["b"], True), (["b", "c"], False)])
def test_only_where_there_are_two_sides_somebody_is_they(others: list[str], they: bool) -> None:  # noqa: FBT001 (a parameter)
    names = Names(sides={party: party for party in ("a", *others)}, givers={"x": ("b",)}, principal="a")
    ((heading, _),) = sides(Wording(names, messages()), {"x": "some"})
    assert "".join(span.text for span in heading).startswith("They give") == they
