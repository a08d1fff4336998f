"""Cases by provenance (tests/cases): from real documents, made up, right as it stands, not done yet.

A text carries its truth in marks, ``⟦before→after⟧``, as the examples of rules do; all rules are on. A known
failure that begins to work fails here, and moves to the file where it belongs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from ruamel.yaml import YAML
from support import ROOT

from cleaner.api import clean
from cleaner.packs.marks import read_marks

FOLDER = ROOT / "tests" / "cases"
KINDS = ("in-the-wild", "synthetic", "must-not-touch", "known-failures")
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")


@dataclass(frozen=True)
class Case:
    id: str
    text: str
    note: str
    source: str


def cases(kind: str) -> list[Case]:
    read = YAML(typ="safe").load((FOLDER / f"{kind}.yaml").read_text("utf-8"))
    return [Case(**{**given, "text": given["text"].rstrip("\n")}) for given in read["cases"]]


def restored(case: Case) -> bool:
    marked = read_marks(case.text)
    return clean(marked.text).text == marked.restored


@pytest.mark.parametrize("case", [*cases("in-the-wild"), *cases("synthetic")], ids=lambda c: c.id)
def test_damage_is_restored(case):
    marked = read_marks(case.text)
    assert marked.edits, "a case without a mark says nothing"
    cleaned = clean(marked.text)
    assert cleaned.text == marked.restored
    assert clean(cleaned.text).applied == ()


@pytest.mark.parametrize("case", cases("must-not-touch"), ids=lambda c: c.id)
def test_what_is_right_stays(case):
    assert [(e.rule, e.before, e.after) for e in clean(case.text).applied] == []


@pytest.mark.parametrize("case", cases("known-failures"), ids=lambda c: c.id)
def test_a_known_failure_still_fails(case):
    assert not restored(case), "this works now: move the case to the file where it belongs"


def test_every_case_has_one_name_a_reason_and_a_source():
    every = [case for kind in KINDS for case in cases(kind)]
    assert [name for name, seen in Counter(c.id for c in every).items() if seen > 1] == []
    assert [c.id for c in every if not c.note or not c.source] == []
    assert all("共享文件" in c.source for c in cases("in-the-wild"))
    quoted = [c.id for c in every if "共享文件" in c.source and len(read_marks(c.text).text) >= 24]
    assert quoted == [], "of a real document no more than a few characters"


@pytest.mark.parametrize("page", READMES, ids=lambda p: p.name)
def test_the_readme_counts_the_known_failures(page):
    text = page.read_text("utf-8")
    assert known_failures() in text, f"paste: {known_failures()}"


def known_failures() -> str:
    """The figures of the READMEs: all = not restored + right text touched; of all, from real documents."""
    failing = cases("known-failures")
    wild = sum("共享文件" in case.source for case in failing)
    touched = sum(not read_marks(case.text).edits for case in failing)
    counts = f"{len(failing)} = {len(failing) - touched} + {touched}; {wild}"
    return f"**{counts}**"
