"""A case as written by hand, with nothing to mend, and a way to change one thing in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators import put
from summitry.case import check

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.errors import Problem

FILES = {
    "case.yaml": """\
summitry: 1
title: A sound case
as_of: 2019-02-15
parties:
  us: {name: United States, coalition: allies}
  rok: {name: Republic of Korea, coalition: allies}
  dprk: {name: North Korea}
coalitions:
  allies: {name: The allies, lead: us}
outsiders:
  china: {name: China, interest: calm}
issues:
  declaration:
    title: Inventory
    giver: dprk
    options: [none, weapons, full]
    takes: {weapons: 60d, full: 180d}
    verified_by: {full: inspection}
  warheads:
    title: Warheads
    giver: dprk
    options: {none: 0, few: 3, third: 33%}
    holding: warheads
    requires:
      few: declaration.weapons
      third: [declaration.full]
    splits: true
  relief:
    title: Relief
    giver: [us, rok]
    options: {none: 0, eased: 30, lifted: 100}
    recoverable: 0.8
    excludes: {lifted: declaration.none}
constituencies:
  us:
    congress: {name: Congress}
    hawks: {name: Hawks, role: veto}
    press: {name: Press, role: voice}
laws:
  - {party: us, name: Sanctions act, forbids: [relief.lifted], waiver: [0.1, 0.2, 0.3]}
ideas:
  swap: {title: A swap, package: {declaration: full, relief: eased}}
settings: {principal: us, deliverable: declaration.full, idea: swap}
""",
    "preferences/us/us.yaml": """\
basis: made for a test
reservation: [0, 2, 5]
values:
  declaration: {weapons: [4, 6, 9], full: [10, 14, 20], why: ends the guessing}
  warheads:
    few: [5, 6, 7]
    third: [8, 9, 10]
  relief: {eased: [-4, -3, -2], lifted: [-9, -8, -7]}
together:
  - {when: {declaration: full, warheads: [few, third]}, value: [1, 2, 3]}
mandate:
  relief: {eased: authorised, lifted: call home}
back_table:
  unnamed: indifferent
  quota: 0.5
  seats:
    congress:
      influence: 2
      positions:
        relief: {eased: [-2, -1, 0], lifted: [-5, -4, -3]}
    hawks: {positions: {declaration: {weapons: [0, 1, 2], full: [2, 3, 4]}}}
trust:
  dprk: {prior: [0.1, 0.2, 0.4]}
""",
    "preferences/rok/rok.yaml": """\
basis: made for a test
reservation: 0
values:
  declaration: {weapons: [1, 2, 3], full: [2, 3, 4]}
  relief: {eased: [1, 2, 3], lifted: [0, 1, 2]}
indifferent: [warheads]
""",
    "preferences/dprk/dprk.yaml": """\
basis: made for a test
reservation: [0, 1, 2]
values:
  declaration: {weapons: [-4, -3, -2], full: [-9, -7, -5]}
  warheads: {few: [-6, -5, -4], third: [-12, -10, -8]}
  relief: {eased: [8, 9, 12], lifted: [20, 25, 30]}
""",
    "evidence/claims.csv": """\
holder,category,low,central,high,unit,as_of,published,kind,claimant,source
dprk,warheads,20,30,60,pieces,2018-06,2018-07,estimated,Someone,A report
dprk,warheads,25,,50,pieces,2020-12,2018-08,estimated,Someone,A projection
""",
    "evidence/events.csv": """\
date,actor,target,kind,event,sign,source
2018-06-12,us+dprk,,word,"They met, and
signed",1,A paper
2018-07-27,DPRK,us,deed,Boxes returned,1,A paper
""",
    "evidence/positions.csv": """\
date,party,issue,option,status,source
2018-09-19,dprk,declaration,weapons,floated,A paper
""",
    "evidence/commitments.csv": """\
agreement,signed,party,commitment,due,delivered,outcome,source
Singapore,2018-06-12,dprk,return remains,2020-01,2018-07-27: 55 boxes,0.8,A paper
""",
    "evidence/documents/singapore.txt": "The parties agree.\n",
}


@dataclass(frozen=True)
class Written:
    """A case folder, with ways to change it and to look at what is said about it."""

    folder: Path

    def change(self, file: str, old: str, new: str) -> Written:
        """Replace `old`, which must be there exactly once."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        put(self.folder / file, text.replace(old, new))
        return self

    def add(self, file: str, text: str) -> Written:
        """Append to a file, or make it."""
        path = self.folder / file
        put(path, (path.read_text(encoding="utf-8") if path.exists() else "") + text)
        return self

    def problems(self, viewer: str | None = None) -> tuple[Problem, ...]:
        return check(self.folder, viewer=viewer)

    def only(self, viewer: str | None = None) -> Problem:
        """The one problem there is."""
        found = self.problems(viewer)
        assert len(found) == 1, "\n".join(map(str, found)) or "no problem was found"
        return found[0]
