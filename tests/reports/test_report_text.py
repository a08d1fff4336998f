"""The small parts: what is hidden becomes visible, places, anchors, painted text, quotes, numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cleaner.model import Figure, Relation, Span
from cleaner.reports.anchors import Anchors, key
from cleaner.reports.numbers import figure_interval, interval, number, plot, shares
from cleaner.reports.paint import Layer, Segment, paint, shared_out
from cleaner.reports.places import Places
from cleaner.reports.quotes import quotes
from cleaner.reports.safe import one_line, visible, xml_text


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u2066", "\u200b", "\x00", "\x1b", "\r", "\ue000", "\ud800", "\ufeff", "\u00ad"]
)
def test_hidden_characters_are_named(mark):
    assert visible(f"甲{mark}乙") == f"甲⟨U+{ord(mark):04X}⟩乙"


def test_plain_text_stays_as_it_is():
    text = "云泽县\t40.5万吨，“好”\n𠮷野 ⼈"
    assert visible(text) == text


def test_one_line_has_no_line_end_and_keeps_its_limit():
    assert one_line("甲\n乙") == "甲⏎乙"
    assert one_line("甲" * 50, 10) == "甲" * 9 + "…"
    assert one_line("甲" * 10, 10) == "甲" * 10


def test_xml_text_has_nothing_that_xml_forbids():
    assert xml_text("甲\x00\x1b\ufffe\ud800乙\u202e") == "甲乙⟨U+202E⟩"


def test_places_count_lines_and_columns_from_one():
    places = Places("甲\n乙丙\n\n丁")
    assert [places.label(n) for n in range(7)] == ["1:1", "1:2", "2:1", "2:2", "2:3", "3:1", "4:1"]


def test_anchors_are_harmless_unique_and_stable():
    anchors = Anchors()
    assert anchors.of("e", "ab", '"><x') == "e-ab-x"
    assert anchors.of("e", "ab", "x") == "e-ab-x-2"
    assert anchors.of("e", "ab", "云") == "e-ab-x-3"
    assert key("云泽县.txt") == key("云泽县.txt") != key("柳溪县.txt")
    assert key("\ud800")


def test_painted_segments_give_the_text_back_with_all_marks():
    layers = [
        Layer(1, 3, "sub s-certain", ("a",)),
        Layer(2, 5, "find f-error", ("b",)),
        Layer(4, 4, "ins", ("c",)),
    ]
    segments = paint("零一二三四五", 0, 6, layers)
    assert segments == [
        Segment("零", "", ()),
        Segment("一", "sub s-certain", ("a",)),
        Segment("二", "sub s-certain find f-error", ("a", "b")),
        Segment("三", "find f-error", ("b",)),
        Segment("", "pt ins", ("c",)),
        Segment("四", "find f-error", ("b",)),
        Segment("五", "", ()),
    ]


def test_marked_white_space_is_told_apart():
    assert paint("甲 \n乙", 0, 4, [Layer(1, 2, "del"), Layer(2, 3, "del")])[1:3] == [
        Segment(" ", "del ws", ()),
        Segment("\n", "del nl", ()),
    ]


def test_a_mark_that_crosses_rows_is_in_each_and_a_point_in_one():
    layers = [Layer(2, 7, "find"), Layer(5, 5, "prop")]
    assert shared_out(layers, [(0, 5), (5, 6), (6, 9)]) == [[layers[0]], [layers[0], layers[1]], [layers[0]]]
    assert shared_out([Layer(9, 9, "prop")], [(0, 5), (5, 9)]) == [[], [Layer(9, 9, "prop")]]


def test_quotes_are_whole_sentences_with_their_marks():
    text = "云泽县报告\n\n粮食产量四十万吨。工业产值\n一百亿元，增长三成！林地五百亩。"
    found = quotes(text, Places(text), [Layer(text.index("一百"), text.index("一百") + 4, "fig")])
    assert ["".join(s.text for s in q.segments) for q in found] == ["工业产值\n一百亿元，增长三成！"]
    assert [s.style for s in found[0].segments] == ["", "fig", ""]
    assert found[0].place == "4:1"
    assert found[0].clipped == (False, False)


def test_near_marks_share_a_quote_and_a_long_sentence_is_clipped():
    text = "甲" * 300 + "乙乙" + "甲" * 300
    found = quotes(text, Places(text), [Layer(300, 301, "fig"), Layer(301, 302, "fig")])
    assert len(found) == 1
    assert found[0].clipped == (True, True)
    assert len("".join(s.text for s in found[0].segments)) < 200


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("15890000000", "158.9亿"),
        ("27000", "2.7万"),
        ("9999.50", "9999.5"),
        ("-0.70", "-0.7"),
        ("100", "100"),
        ("0", "0"),
    ],
)
def test_numbers_are_written_in_wan_and_yi(value, text):
    assert number(Decimal(value)) == text


def test_numbers_that_are_none_or_beyond_measure():
    assert number(None) == "—"
    assert number(Decimal("Infinity")) == "Infinity"
    assert len(number(Decimal("1e9999999"))) < 20


def test_intervals_say_which_ends_belong():
    assert interval(Decimal("1.5"), Decimal("2.5")) == "[1.5, 2.5]"
    assert interval(Decimal(5), None, lower_closed=False) == "(5, ∞)"
    assert interval(None, Decimal(5)) == "(−∞, 5]"
    assert interval(Decimal(7), Decimal(7)) == "7"
    assert figure_interval(Figure("g", "d", (Span(0, 1),), "x", "x", None)) == ""


def test_ends_that_come_of_a_division_are_rounded_outward():
    low, high = Decimal(100) / 3, Decimal(100) / 3 + Decimal("0.06")
    assert interval(low, high) == "[33.333, 33.394]"
    assert interval(Decimal("158.85"), Decimal("158.95")) == "[158.85, 158.95]"
    assert interval(Decimal(10) / 3, None) == "[≈3.33333, ∞)"
    assert number(Decimal(200000) / 3) == "≈6.66667万"


def related(*ends: str | None) -> Relation:
    values = [None if end is None else Decimal(end) for end in ends]
    names = ("computed_lower", "computed_upper", "stated_lower", "stated_upper")
    return Relation("r", "d", "share_of_total", (), **dict(zip(names, values, strict=True)))


def test_intervals_that_miss_each_other_leave_a_gap_on_the_axis():
    drawn = plot(related("64", "65", "70", "71"))
    assert drawn is not None
    computed, stated = drawn.bars
    assert 0 < computed.x < computed.x + computed.width < stated.x < stated.x + stated.width < 100
    assert drawn.gap == pytest.approx((computed.x + computed.width, stated.x - computed.x - computed.width))


def test_intervals_that_meet_have_no_gap_and_an_open_end_runs_to_the_border():
    drawn = plot(related("64", "70", "69", None))
    assert drawn is not None
    assert drawn.gap is None
    assert drawn.bars[1].endless_right
    assert drawn.bars[1].x + drawn.bars[1].width == pytest.approx(100)


def test_equal_points_are_drawn_and_what_is_unknown_is_not():
    assert plot(related("5", "5", "5", "5")) is not None
    assert plot(related(None, None, "5", "5")) is None
    assert plot(related("NaN", "5", "5", "5")) is None


def test_shares_of_a_bar_fill_it():
    assert shares([1, 3]) == [(0.0, 25.0), (25.0, 75.0)]
    assert shares([1], of=4) == [(0.0, 25.0)]
    assert shares([0, 0]) == [(0.0, 0.0), (0.0, 0.0)]
