"""The seven promises of the engine, over all shipped rules and whatever documents Hypothesis can think of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.engine.apply import invert, replay
from cleaner.engine.guards import digits
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document
from cleaner.packs.load import shipped_packs
from cleaner.rows import edit_row
from cleaner.testing.strategies import documents

RULES = [rule for pack in shipped_packs() for rule in pack.rules]
RULESET = RuleSet.of(RULES)
DIGITS = {rule.id: rule.digits for rule in RULES}
TEXTS = documents(RULES)


def run(text, doc="a.txt"):
    return restore(Document(doc=doc, text=text), RULESET, Settings())


@given(TEXTS)
def test_undo_gives_the_base_text_back(text):
    cleaned = run(text)
    rows = [edit_row(e) for e in cleaned.edits]
    assert invert(cleaned.text, rows) == text
    assert replay(text, rows)[0] == cleaned.text


@given(TEXTS)
def test_a_second_run_makes_no_edit(text):
    cleaned = run(text)
    again = run(cleaned.text)
    assert cleaned.problems == again.problems == ()
    assert [(e.rule, e.before, e.after) for e in again.applied] == []


@given(TEXTS)
def test_no_digit_changes_without_a_rule_that_declares_it(text):
    cleaned = run(text)
    moved: dict[str, list[str]] = {}
    for edit in cleaned.applied:
        if edit.group:
            moved.setdefault(edit.group, []).extend(
                ["-" + digits(edit.stage_before), "+" + digits(edit.after)]
            )
        elif DIGITS[edit.rule] == "":
            assert digits(edit.stage_before) == digits(edit.after), edit
        elif DIGITS[edit.rule] == "removes":
            assert digits(edit.after) in ("", digits(edit.stage_before)), edit
    for halves in moved.values():
        taken = sorted("".join(h[1:] for h in halves if h[0] == "-"))
        assert taken == sorted("".join(h[1:] for h in halves if h[0] == "+"))


@given(TEXTS)
def test_nothing_is_lost_in_silence(text):
    cleaned = run(text)
    kept = {i for p in cleaned.offsets.pieces if p.end > p.start for i in range(p.base_start, p.base_end)}
    told = {i for e in cleaned.applied for s in e.spans for i in range(s.start, s.end)}
    assert set(range(len(text))) <= kept | told
    for edit in cleaned.edits:
        assert "".join(text[s.start : s.end] for s in edit.spans) == edit.before


@given(TEXTS)
def test_every_clean_position_maps_to_its_base_position_and_back(text):
    cleaned = run(text)
    position = 0
    for piece in cleaned.offsets.pieces:
        assert piece.start == position
        position = piece.end
        if piece.kept and piece.end > piece.start:
            (span,) = cleaned.offsets.to_base(piece.start, piece.end) or [None]
            assert (span.start, span.end) == (piece.base_start, piece.base_end)
            back = cleaned.offsets.to_clean(span.start, span.end)
            assert (back.start, back.end) == (piece.start, piece.end)
    assert position == len(cleaned.text)


@given(TEXTS, TEXTS)
@settings(max_examples=20)
def test_a_document_does_not_depend_on_its_neighbours(text, other):
    alone = run(text)
    run(other, "b.txt")
    assert run(text) == alone


@given(st.text("甲乙 \n，,。.0", min_size=1, max_size=8), st.integers(1, 600))
@settings(max_examples=30)
def test_repetition_of_anything_comes_to_rest(unit, count):
    cleaned = run(unit * count)
    assert cleaned.problems == ()
    assert run(cleaned.text).applied == ()


@pytest.mark.parametrize("unit", ["县", "全县经济稳中有进。", "甲 ", "一、二、\n\n", "甲,"])
def test_long_repetition_ends(unit):
    """60,000 characters of one unit: a rule that is not near-linear meets the time limit of the test run."""
    text = unit * (60_000 // len(unit))
    assert run(text).problems == ()
