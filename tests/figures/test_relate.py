"""Proposing relations: what is linked to what, how certain the reading is, and where it stands."""

from __future__ import annotations

import pytest

from cleaner.figures.extract import extract
from cleaner.figures.relate import relate
from cleaner.figures.relations.lists import alike, count, keyed
from cleaner.figures.relations.page import Page
from cleaner.figures.relations.words import bare_name, same_name, scope_of, whole_number
from cleaner.model import Cleaned, Document, OffsetMap, Reason, Relation
from cleaner.reading.blocks import parse_blocks


def cleaned(text: str) -> Cleaned:
    return Cleaned(Document("d.txt", text), text, (), OffsetMap.identity(len(text)), parse_blocks(text))


def related(text: str, kind: str) -> list[tuple[Relation, list[str]]]:
    """Relations of one type with the texts of their members."""
    page = cleaned(text)
    figures = extract(page).figures
    texts = {f.figure_id: f.text for f in figures}
    return [(r, [texts[m] for m in r.members]) for r in relate(page, figures) if r.type == kind]


def test_a_total_is_found_in_another_paragraph_under_a_longer_name() -> None:
    text = "云泽县全社会固定资产投资完成50.0亿元。\n\n重点项目完成投资20.0亿元，增长3.1%，占全年固定资产投资的40%。"
    ((relation, members),) = related(text, "share_of_total")
    assert members == ["20.0亿元", "50.0亿元", "40%"]
    assert relation.certain
    assert text[relation.spans[0].start : relation.spans[0].end].endswith("40%")


def test_another_kind_of_investment_is_no_total() -> None:
    text = "全县工业固定资产投资完成50.0亿元。重点项目完成投资20.0亿元，占全年固定资产投资的40%。"
    assert not related(text, "share_of_total")
    ((relation, _),) = related(text, "implied_total")
    assert relation.reason is Reason.BASE_UNKNOWN


def test_two_totals_of_one_name_leave_the_reading_open() -> None:
    text = (
        "固定资产投资完成50.0亿元。固定资产投资完成61.0亿元。重点项目完成投资20.0亿元，占固定资产投资的40%。"
    )
    ((relation, _),) = related(text, "share_of_total")
    assert (relation.certain, relation.reason) == (False, Reason.SECOND_READING)


def test_level_increment_and_rate_are_told_apart_in_any_order() -> None:
    for text in (
        "经营主体达到20000户，净增2000户，同比增长11.1%。",
        "经营主体达到20000户，同比增长11.1%，净增2000户。",
        "经营主体净增2000户、达到20000户，同比增长11.1%。",
    ):
        ((_, members),) = related(text, "growth_vs_levels")
        assert members == ["20000户", "2000户", "11.1%"]


def test_new_registrations_are_no_increment_of_the_stock() -> None:
    assert not related("经营主体达到20000户，新增企业2000户，同比增长31.1%。", "growth_vs_levels")


def test_one_level_with_two_rates() -> None:
    ((relation, members),) = related("投资增长9.4%；12300户，增长4.7%、9.3%，全市第一。", "fenbie_arity")
    assert members == ["12300户", "4.7%", "9.3%"]
    assert relation.detail["readings"] == (1,)
    assert relation.certain


def test_tiers_of_one_sentence_are_no_second_print() -> None:
    tiers = related("2025年，一级医院报销比例达85%；二级医院报销比例达75%。", "duplicated_figure")
    assert not any(relation.certain for relation, _ in tiers)
    prints = related(
        "2025年，全县住院报销比例达85%。\n\n2025年，全县住院报销比例达75%。", "duplicated_figure"
    )
    assert [relation.certain for relation, _ in prints] == [True]


def test_each_gap_of_a_numbering_is_a_claim_at_the_marker_behind_it() -> None:
    text = "\n\n".join(f"（{n}）做好工作\n\n已经做好。" for n in "二三四七")
    relations = [r for r, _ in related(text, "heading_numbering")]
    assert [r.detail["missing"] for r in relations] == [("（一）",), ("（五）", "（六）")]
    assert [text[r.spans[0].start : r.spans[0].end] for r in relations] == ["（二）", "（七）"]


def test_moved_blocks_are_not_lost_blocks() -> None:
    text = "\n\n".join(f"（{n}）做好工作\n\n已经做好。" for n in "一三二四")
    assert not related(text, "heading_numbering")


def test_numbers_restart_below_a_parent() -> None:
    text = "一、去年\n\n（一）修路\n\n（二）建校\n\n二、今年\n\n（一）供水\n\n（二）植树"
    found = [r.detail["missing"] for r, _ in related(text, "heading_numbering")]
    assert found == [(), (), ()]


def test_ids_follow_the_text_and_are_the_same_each_time() -> None:
    text = "重点项目60个，其中产业项目39个，占65%。森林覆盖率由21.3%提高到24.5%。"
    page = cleaned(text)
    figures = extract(page).figures
    first, again = relate(page, figures), relate(page, tuple(reversed(figures)))
    assert first == again
    assert [r.relation_id for r in first] == [f"R{n:04d}" for n in range(1, len(first) + 1)]
    assert [r.detail["clean_start"] for r in first] == sorted(r.detail["clean_start"] for r in first)


def test_captions_are_not_read() -> None:
    assert not related("重点项目60个，其中产业项目89个 张三 摄", "subset_le_total")


def test_nothing_is_related_in_nothing() -> None:
    assert relate(cleaned(""), ()) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("二十", 20),
        ("两", 2),
        ("27", 27),
        ("十", 10),
        ("百", 100),
        ("二百五", None),
        ("万", None),
    ],
)
def test_small_numerals(text: str, value: int | None) -> None:
    assert whole_number(text) == value


def test_names() -> None:
    assert bare_name("2023年，全县地区生产总值完成") == "生产总值"
    assert bare_name("云泽县固定资产投资达到") == "固定资产投资"
    assert same_name("固定资产投资", "全社会固定资产投资")
    assert not same_name("固定资产投资", "工业固定资产投资")
    assert not same_name("投资", "投资")
    assert scope_of("占全省的") == "全省"


def test_lists_are_counted_in_every_reading() -> None:
    assert count("修路、建校和供水").readings >= {2, 3}
    assert count("修路、建校、供水").pure
    assert not count("修路、建校等").pure
    assert keyed("稳就业、稳金融、稳外贸", "稳") == {3}
    assert keyed("稳就业、保民生", "稳") == frozenset()
    assert not alike(("修路",))


def test_a_page_cuts_sentences_and_finds_figures_in_them() -> None:
    page = cleaned("甲完成投资5亿元。乙完成投资6亿元，增长7%！")
    read = Page.of(page, extract(page).figures)
    assert [len(run) for run in read.runs] == [1, 2]
    assert read.lead(read.figures[1]) == "乙完成投资"
    assert read.tail(read.figures[0]) == ""
    assert read.block(0) is not None
    assert read.block(10_000) is None
