"""Edits applied once; the offset map follows; the ledger replays and inverts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.engine.apply import apply_edits
from cleaner.model import Candidate, OffsetMap, Span


def at(text, *edits):
    return apply_edits(text, OffsetMap.identity(len(text)), [Candidate(*e) for e in edits])


def test_kept_text_maps_code_point_by_code_point():
    text, offsets = at("甲乙丙丁", (1, 2, ""))
    assert text == "甲丙丁"
    assert offsets.to_base(1, 3) == (Span(2, 4),)
    assert offsets.to_base(0, 2) == (Span(0, 1), Span(2, 3))


def test_an_edited_run_maps_as_a_whole():
    text, offsets = at("建是吗", (0, 2, "建设是"))
    assert text == "建设是吗"
    assert offsets.to_base(1, 2) == (Span(0, 2),)


def test_a_substitution_of_equal_length_maps_one_to_one():
    _, offsets = at("抚标", (0, 1, "提"))
    assert offsets.to_base(0, 1) == (Span(0, 1),)


def test_deleted_base_text_maps_to_an_empty_clean_range():
    _, offsets = at("甲乙丙丁", (1, 3, ""))
    assert offsets.to_clean(1, 3) == Span(1, 1)


def test_an_insertion_has_an_empty_base_range():
    text, offsets = at("自身建是", (3, 3, "设"))
    assert text == "自身建设是"
    assert offsets.to_base(3, 4) == (Span(3, 3),)


def test_moved_text_keeps_its_provenance():
    text, offsets = at("甲乙丙丁", (0, 1, "", "", "m"), (4, 4, "甲", "", "m"))
    assert text == "乙丙丁甲"
    assert offsets.to_base(3, 4) == (Span(0, 1),)


def test_maps_compose_over_rounds():
    text, offsets = at("抚\n标工作", (1, 2, ""))
    text, offsets = apply_edits(text, offsets, [Candidate(0, 2, "提标")])
    assert text == "提标工作"
    assert offsets.to_base(0, 2) == (Span(0, 3),)
    assert offsets.to_base(2, 4) == (Span(3, 5),)


@st.composite
def rounds(draw):
    """A text and some rounds of non-overlapping edits on it."""
    text = draw(st.text("甲乙丙 \n12", max_size=40))
    made, current = [], text
    for _ in range(draw(st.integers(1, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, len(current)), max_size=6, unique=True)))
        edits = [
            Candidate(a, b, draw(st.text("子丑", max_size=3)))
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        made.append(edits)
        out, cursor = [], 0
        for e in edits:
            out += [current[cursor : e.start], e.after]
            cursor = e.end
        current = "".join(out) + current[cursor:]
    return text, made, current


@given(rounds())
def test_the_map_is_true_after_any_rounds(case):
    text, made, expected = case
    base, offsets = text, OffsetMap.identity(len(text))
    for edits in made:
        text, offsets = apply_edits(text, offsets, edits)
    assert text == expected
    position = 0
    for piece in offsets.pieces:
        assert piece.start == position
        position = piece.end
        if piece.kept and text[piece.start : piece.end] != base[piece.base_start : piece.base_end]:
            assert piece.end - piece.start == piece.base_end - piece.base_start
    assert position == len(text)
    for i, character in enumerate(text):
        (span, *_rest) = offsets.to_base(i, i + 1)
        assert 0 <= span.start <= span.end <= len(base)
        if character in "甲乙丙 \n12":
            assert base[span.start] == character
