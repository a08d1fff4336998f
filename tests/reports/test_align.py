"""Base and clean text laid side by side: every difference is found, owned by its edits, and in one row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import BASE, sample_document

from cleaner.engine.apply import apply_edits
from cleaner.model import Candidate, Edit, EditKind, Evidence, OffsetMap, Piece, Safety, Span
from cleaner.reports.align import Collation, pairs
from cleaner.reports.frames import base_spans
from cleaner.reports.regions import Region, in_order, regions
from cleaner.rows import edit_row


def told(base: str, clean: str, found: tuple[Region, ...]) -> bool:
    """Whether the regions explain every difference, in order."""
    at = clean_at = 0
    for region in found:
        if base[at : region.base_start] != clean[clean_at : region.clean_start]:
            return False
        at, clean_at = region.base_end, region.clean_end
    return base[at:] == clean[clean_at:]


def test_sample_is_explained_and_every_applied_edit_owns_a_region():
    texts = Collation.of_cleaned(sample_document().cleaned)
    assert told(texts.base, texts.clean, texts.regions)
    assert {i for r in texts.regions for i in r.edits} == {
        i for i, row in enumerate(texts.rows) if row["applied"]
    }
    assert all(r.edits for r in texts.regions)


def test_ledger_alone_gives_the_same_regions_as_the_offset_map():
    texts = Collation.of_cleaned(sample_document().cleaned)
    assert Collation.of_rows(texts.doc, texts.rows, texts.base, texts.clean).regions == texts.regions


def test_a_ledger_that_does_not_lead_to_the_text_is_refused():
    texts = Collation.of_cleaned(sample_document().cleaned)
    with pytest.raises(ValueError, match="ledger"):
        Collation.of_rows(texts.doc, texts.rows, texts.base, texts.clean + "!")


def test_a_folded_row_is_shown_by_its_parts():
    texts = Collation.of_cleaned(sample_document().cleaned)
    folded = next(i for i, row in enumerate(texts.rows) if row["parts"])
    assert [texts.base[r.base_start : r.base_end] for r in texts.regions if r.edits == (folded,)] == [" "] * 6


def test_rows_are_cut_where_both_texts_end_a_line():
    texts = Collation.of_cleaned(sample_document().cleaned)
    cells = [(texts.base[p[0] : p[1]], texts.clean[p[2] : p[3]]) for p in texts.pairs()]
    assert "".join(old for old, _ in cells) == texts.base
    assert "".join(new for _, new in cells) == texts.clean
    joined = next(old for old, new in cells if new.startswith("过去一年"))
    assert joined.count("\n") == 2
    assert ("- 3 -\n", "") in cells
    assert ("", "新增城镇就业7,315人，失业率低。\n") in cells


def test_a_page_number_inside_a_sentence_does_not_cut_the_clean_paragraph():
    base, clean = "投资\n- 5 -\n八亿元。\n", "投资八亿元。\n"
    found = (Region(2, 3, 2, 2), Region(3, 9, 2, 2))
    assert [p[:4] for p in pairs(found, base, clean)] == [(0, 14, 0, 7)]


def test_moved_text_is_a_stretch_taken_out_and_one_put_in():
    base = "甲甲甲甲甲乙乙丙丙丙丙\n"
    moves = [Candidate(0, 0, "乙乙", group="g"), Candidate(5, 7, "", group="g")]
    clean, offsets = apply_edits(base, OffsetMap.identity(len(base)), moves)
    found = regions([], base, clean, offsets.pieces)
    assert told(base, clean, found)
    assert [(base[r[0] : r[1]], clean[r[2] : r[3]]) for r in found] == [("", "乙乙"), ("乙乙", "")]


def test_the_heaviest_run_in_order_is_the_common_text():
    pieces = [Piece(0, 2, 8, 10, True), Piece(2, 10, 0, 8, True), Piece(10, 12, 10, 12, True)]
    assert in_order(pieces) == pieces[1:]
    assert in_order([]) == []


steps = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 9), st.text("甲乙丙\n ", max_size=6), st.booleans()),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(st.text("甲乙丙丁0\n ", max_size=60), steps)
def test_whatever_was_edited_or_moved_in_turn_the_regions_explain_it(base, edits):
    text, offsets = base, OffsetMap.identity(len(base))
    for place, length, after, moves in edits:
        start = min(place, len(text))
        end = min(start + length, len(text))
        batch = [Candidate(start, end, after)]
        if moves and start < end:
            batch = [Candidate(0, 0, text[start:end], group="g"), Candidate(start, end, "", group="g")]
        text, offsets = apply_edits(text, offsets, batch)
    found = regions([], base, text, offsets.pieces)
    assert told(base, text, found)
    rows = pairs(found, base, text)
    assert "".join(base[p.base_start : p.base_end] for p in rows) == base
    assert "".join(text[p.clean_start : p.clean_end] for p in rows) == text
    assert [i for p in rows for i in range(p.first, p.last)] == list(range(len(found)))


def test_a_region_without_base_range_is_owned_by_its_clean_range():
    base, clean = "甲乙丙丁戊己", "丁甲乙丙戊己"
    pieces = (Piece(0, 1, 3, 4, True), Piece(1, 4, 0, 3, True), Piece(4, 6, 4, 6, True))
    row = edit_row(
        Edit("e", "d", "layout/heading", EditKind.MOVE, Safety.PROBABLE, Evidence.INTERNAL, (Span(6, 6),), "", "丁", True,
             clean_start=0, clean_end=1)
    )  # fmt: skip
    found = regions([row], base, clean, pieces)
    assert found[0] == Region(0, 0, 0, 1, (0,))


def test_base_spans_of_clean_ranges_hold_what_they_came_from():
    cleaned = sample_document().cleaned
    pieces = cleaned.offsets.pieces
    start = cleaned.text.index("过去一年")
    end = cleaned.text.index("\n", start)
    ((low, high),) = base_spans(pieces, [(start, end)])
    assert cleaned.document.text[low:high].startswith("过去一年,全县")
    assert cleaned.document.text[low:high].endswith("158.9亿元。")
    assert base_spans(pieces, [(0, 0), (len(cleaned.text),) * 2]) == [(0, 0), (BASE.rindex("新增城镇"),) * 2]
    assert base_spans((), [(0, 0)]) == [(0, 0)]


def test_base_spans_are_those_of_the_offset_map():
    cleaned = sample_document().cleaned
    ranges = [(b.start, b.end) for b in cleaned.blocks]
    for (low, high), (start, end) in zip(base_spans(cleaned.offsets.pieces, ranges), ranges, strict=True):
        spans = cleaned.offsets.to_base(start, end)
        assert (low, high) == (min(s.start for s in spans), max(s.end for s in spans))
