"""Laws of the whole flow: same input same bytes, nobody else's files matter, links left out by name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import summitry
from generators import build as small
from summitry import study
from summitry.case import bundled
from summitry.reasons import Reason
from summitry.report import page
from summitry.report.data import findings_json as to_json
from summitry.workspace import Workspace

VALUES = {
    "us": {"list": {"full": [10, 14, 20]}, "relief": {"some": [-6, -4, -3]}},
    "dprk": {"list": {"full": [-9, -6, -4]}, "relief": {"some": [6, 9, 12]}},
}


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "summitry", *words], capture_output=True, text=True, check=False, env={**os.environ, **env}
    )


@pytest.mark.parametrize("name", ["korea-2019", "panama-1977", "supply-contract"])
def test_every_bundled_case_is_studied_from_end_to_end(name: str) -> None:
    assert name in bundled()
    found = study.run(summitry.open(name), study.Settings(draws=256))
    assert found.frontier is not None
    assert found.rung is not None
    assert found.rung.best or found.rung.nearest
    assert 0.0 <= (found.rung.best or found.rung.nearest).joint <= 1.0  # type: ignore[union-attr] # one of the two is there
    assert json.loads(to_json(found))["case"] == name


def test_same_case_and_seed_give_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    for name, hashing, threads in (("a", "1", "1"), ("b", "2", "2")):
        done = run(
            "prepare",
            "supply-contract",
            "--quiet",
            "--out",
            str(tmp_path / name),
            PYTHONHASHSEED=hashing,
            OPENBLAS_NUM_THREADS=threads,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for file in ("brief.pdf", "book.html", "findings.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_another_seed_gives_other_draws() -> None:
    case = small(VALUES, givers={"list": "dprk", "relief": "us"}, reservation={"us": [0, 3, 9], "dprk": [0, 2, 5]})
    one, two = (study.run(Workspace(case, seed=seed), study.Settings(draws=64)) for seed in (0, 1))
    assert to_json(one) != to_json(two)


def test_no_file_of_another_holder_changes_what_a_party_sees(tmp_path: Path) -> None:
    home = Path(summitry.__file__).parent / "cases" / "supply-contract"
    seen = []
    for kind in ("whole", "spoilt", "gone"):
        folder = tmp_path / f"{kind:_<6}" / "supply"  # equal lengths, so that lines break alike
        shutil.copytree(home, folder)
        if kind == "spoilt":
            for file in (folder / "preferences" / "supplier").iterdir():
                file.write_bytes(b"\xff\x00 not even text: [")
        if kind == "gone":
            shutil.rmtree(folder / "preferences" / "supplier")
        told = [
            run(command, str(folder), "--as", "buyer", *more)
            for command, *more in (("rung", "--json"), ("check",), ("inventory",))
        ]
        found = study.run(summitry.open(str(folder), viewer="buyer"), study.Settings(draws=128))
        told_text = [(t.returncode, t.stdout.replace(str(folder), ""), t.stderr.replace(str(folder), "")) for t in told]
        seen.append((told_text, to_json(found)))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0][0][0] == 0


def test_a_link_without_evidence_is_left_out_by_name() -> None:
    found = study.run(Workspace(small(VALUES, givers={"list": "dprk", "relief": "us"})), study.Settings(draws=64))
    assert {gap.link for gap in found.omitted} >= {"holdings", "words and deeds", "price", "trust", "ratification"}
    assert found.record is None
    assert found.price is None
    assert found.rung is not None
    verdict = found.rung.best or found.rung.nearest
    assert verdict is not None
    assert {gate.name for gate in verdict.gates if gate.passed is None} == {"ratify", "trust"}


def test_where_one_side_gives_nothing_the_reason_stands_in_place_of_a_swap() -> None:
    one_sided = {"us": {"relief": {"some": -1.0}}, "dprk": {"relief": {"some": 2.0}}}
    reservation = {"us": [-4, -3, -2]}
    found = study.run(Workspace(small(one_sided, givers={"relief": "us"}, reservation=reservation)), study.Settings(draws=64))
    why = {gap.link: gap.why for gap in found.omitted}
    assert found.rung is not None
    assert found.rung.chosen is None
    assert why.keys() >= {"rung", "plan", "groundwork"}
    swapless = why["rung"]
    assert isinstance(swapless, Reason)
    assert swapless.code == "study.no swap"
    assert "gives no reason" not in page.content(found)["start"]["missing"] + page.content(found)["steps"]["missing"]


def test_progress_names_the_links_in_order() -> None:
    heard: list[str] = []
    study.run(Workspace(small(VALUES, givers={"list": "dprk", "relief": "us"})), study.Settings(draws=64), progress=heard.append)
    assert heard == ["evidence", "model", "frontier", "rung", "plan", "price"]
