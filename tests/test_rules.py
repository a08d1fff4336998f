"""Every example of every shipped rule runs; every guard bears load; the rules live together in peace."""

from __future__ import annotations

import pytest
from support import ROOT

from cleaner.engine.chain import CHAIN
from cleaner.packs.grammar import Method
from cleaner.packs.load import shipped_packs
from cleaner.testing.index import render_index
from cleaner.testing.lint import lint_packs
from cleaner.testing.rules import test_rule

RULES = [rule for pack in shipped_packs() for rule in pack.rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_examples_hold_and_guards_bear_load(rule):
    assert [str(failure) for failure in test_rule(rule)] == []


def test_the_rule_set_is_free_of_complaints():
    assert [str(complaint) for complaint in lint_packs()] == []


def test_every_stage_of_the_chain_has_rules():
    assert {pack.stage for pack in shipped_packs()} == set(CHAIN)


def test_rules_name_their_grounds():
    for rule in RULES:
        if rule.by is Method.LEXICON:
            assert rule.source or all(entry.source for entry in rule.entries), rule.id


def test_the_index_in_the_readme_is_current():
    text = (ROOT / "rules" / "README.md").read_text("utf-8")
    _, _, index = text.partition("<!-- index: kanwu rules index -->\n")
    assert index.strip() == render_index().strip()
