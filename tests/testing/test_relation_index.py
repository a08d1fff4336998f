"""docs/figures.md holds the relation types as their files declare them."""

from __future__ import annotations

import re

from support import ROOT
from typer.testing import CliRunner

from cleaner.cli.app import app
from cleaner.packs.relations import relation_types
from cleaner.terms import Reason, Verdict
from cleaner.testing.index import render_relations

PAGE = (ROOT / "docs" / "figures.md").read_text("utf-8")


def test_the_table_of_the_page_is_the_one_that_the_command_prints():
    printed = CliRunner().invoke(app, ["rules", "index", "--relations"]).stdout
    assert printed == render_relations()
    found = re.search(r"<!-- relations -->\n(.*?)<!-- end -->", PAGE, re.S)
    assert found
    assert found[1] == printed, "paste the output of `kanwu rules index --relations` into docs/figures.md"


def test_every_type_has_its_row_and_its_file():
    rows = re.findall(r"^\| \[`([a-z_]+)`\]\(([^)]+)\)", render_relations(), re.M)
    assert sorted(name for name, _ in rows) == sorted(relation_types())
    assert all((ROOT / "docs" / path).is_file() for _, path in rows)


def test_the_page_explains_every_verdict_and_every_reason():
    for word in (*Verdict, *Reason):
        assert f"| `{word}` |" in PAGE, word
