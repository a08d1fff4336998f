"""Marks in examples: the text before, the text after, the edits between."""

from __future__ import annotations

import pytest

from cleaner.packs.marks import Expected, MarkError, read_marks


def test_a_mark_is_an_edit_in_the_frame_of_the_unmarked_text():
    marked = read_marks("甲⟦ and →和⟧乙⟦丙→⟧")
    assert (marked.text, marked.restored) == ("甲 and 乙丙", "甲和乙")
    assert marked.edits == (Expected(1, 6, " and ", "和"), Expected(7, 8, "丙", ""))


def test_the_return_sign_is_a_line_end():
    marked = read_marks("甲⟦⏎⏎→⟧乙⏎丙")
    assert (marked.text, marked.restored) == ("甲\n\n乙\n丙", "甲乙\n丙")


@pytest.mark.parametrize("example", ["甲⟦乙⟧", "甲⟦乙→丙", "甲乙⟧"])
def test_unreadable_marks_are_errors(example):
    with pytest.raises(MarkError, match="an unreadable mark"):
        read_marks(example)
