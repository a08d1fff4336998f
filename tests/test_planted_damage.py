"""The engine's promises on planted damage: undo, rest, digits, provenance, and sound text left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from support import ROOT

from cleaner.engine.apply import invert
from cleaner.engine.guards import digits
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import select_rules
from cleaner.engine.settings import Settings
from cleaner.model import Cleaned, Document
from cleaner.packs.load import shipped_packs
from cleaner.rows import edit_row
from cleaner.testing.damage import CLASSES, Planted, plant
from cleaner.testing.damage.strategies import planted_documents, ruined_documents

TRUTHS = {
    path.name: path.read_text("utf-8") for path in sorted((ROOT / "tests" / "gold").glob("*_truth.txt"))
}
RULES = select_rules(shipped_packs(), Settings())
DECLARED = {rule.id for rule in RULES if rule.digits}


def restored(text: str) -> Cleaned:
    cleaned = restore(Document("planted.txt", text), RULES, Settings())
    assert cleaned.problems == ()
    return cleaned


def assert_promises(planted: Planted) -> None:
    cleaned = restored(planted.noisy)
    assert invert(cleaned.text, [edit_row(edit) for edit in cleaned.edits]) == planted.noisy
    assert restored(cleaned.text).applied == ()
    for edit in cleaned.applied:
        if edit.rule not in DECLARED and not edit.group:
            assert digits(edit.before) == digits(edit.after), edit


@settings(max_examples=25)
@given(planted_documents(TRUTHS.values()))
def test_a_planted_document_comes_to_rest_and_back(planted):
    assert_promises(planted)


@settings(max_examples=5)
@given(ruined_documents(TRUTHS.values()))
def test_a_ruined_document_comes_to_rest_and_back(planted):
    assert_promises(planted)


@pytest.mark.parametrize("name", TRUTHS)
def test_sound_text_is_left_alone(name):
    assert restored(TRUTHS[name]).applied == ()


@pytest.mark.parametrize("name", CLASSES)
def test_the_document_beside_it_makes_no_difference(name):
    one, other = (plant(text, name, 5).noisy for text in list(TRUTHS.values())[:2])
    before = restored(one)
    restored(other)
    after = restored(one)
    assert (before.text, before.edits) == (after.text, after.edits)
