"""Verdicts, findings and their words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from cleaner.checks.confront import confront, fingerprint
from cleaner.checks.coverage import coverage
from cleaner.figures.extract import extract
from cleaner.figures.relate import relate
from cleaner.model import By, Cleaned, Document, OffsetMap, Piece, Reason, Severity, Span, Verdict
from cleaner.reading.blocks import parse_blocks

LEVELS = "2023年，全县固定资产投资完成50.0亿元，增长6.1%。"
SHARE = "重点项目年度完成投资20.0亿元，占全年固定资产投资的47.3%。"


def test_a_broken_share_is_an_error_in_both_languages(judge: Callable) -> None:
    figures, relations, findings = judge(LEVELS + SHARE)
    (finding,) = findings
    assert finding.check == "relation/share_of_total"
    assert finding.severity is Severity.ERROR
    assert finding.verdict is Verdict.INCONSISTENT
    assert finding.message.startswith("20.0亿元 是 50.0亿元 的 39.8–40.2%；文中写 47.3%。")
    assert finding.message_en.startswith("20.0亿元 is 39.8–40.2% of 50.0亿元; the text says 47.3%.")
    relation = next(r for r in relations if r.type == "share_of_total")
    assert relation.by is By.ROUNDING
    assert relation.margin is not None
    assert 70 < relation.margin < 72
    assert set(finding.members) <= {f.figure_id for f in figures}


def test_no_single_digit_is_said_so(judge: Callable) -> None:
    _, _, findings = judge(LEVELS + SHARE.replace("47.3", "93.7"))
    assert "没有任何一个数字的单字改动能使其成立：多半不是认错一个数字" in findings[0].message
    assert "No single digit explains it: hardly one misread digit" in findings[0].message_en
    assert findings[0].suggestion == ""


def test_a_repair_that_stands_alone_is_suggested_and_not_applied(judge: Callable) -> None:
    text = "全县经营主体达到20000户，净增2000户，同比增长17.1%。"
    _, relations, findings = judge(text)
    assert findings[0].suggestion == "17.1% → 11.1%"
    assert "17.1% 应为 11.1%" in findings[0].message
    assert next(r for r in relations if r.type == "growth_vs_levels").repair == "17.1% → 11.1%"


def test_truncation_is_tried_after_rounding(judge: Callable) -> None:
    text = "签约项目24个，其中开工22个，占比91%。"
    _, relations, findings = judge(text)
    share = next(r for r in relations if r.type == "share_of_total")
    assert (share.verdict, share.by) == (Verdict.CONSISTENT, By.TRUNCATION)
    assert not findings


def test_real_growth_is_never_held_against_nominal_levels(judge: Callable) -> None:
    _, relations, findings = judge("全县地区生产总值达到110.0亿元，净增10.0亿元，同比增长6.5%。")
    growth = next(r for r in relations if r.type == "growth_vs_levels")
    assert (growth.verdict, growth.reason) == (Verdict.UNDECIDABLE, Reason.NOMINAL_VS_REAL)
    assert [f.severity for f in findings] == [Severity.INFO]


def test_a_base_of_nothing_is_no_crash(judge: Callable) -> None:
    figures, relations, _ = judge(
        "实施重点项目0个，其中开工0个，占重点项目的50%。全年新增企业0家，净增0家，增长0%。"
    )
    assert len(figures) >= 6
    assert all(r.verdict is not Verdict.INCONSISTENT for r in relations if r.type == "share_of_total")


def test_structure_of_three_sectors_may_round_to_99_9(judge: Callable) -> None:
    _, relations, findings = judge("三次产业结构为16.4：52.0：31.5。")
    (relation,) = [r for r in relations if r.type == "parts_sum_to_whole"]
    assert relation.verdict is Verdict.CONSISTENT
    assert (relation.computed_lower, relation.computed_upper) == (Decimal("99.75"), Decimal("100.05"))
    assert not findings


def test_spans_are_in_the_base_text() -> None:
    base = "页眉" + LEVELS + SHARE
    text = base[2:]
    pieces = (Piece(0, 0, 0, 2, False), Piece(0, len(text), 2, len(base), True))
    cleaned = Cleaned(Document("d", base), text, (), OffsetMap(pieces), parse_blocks(text))
    figures = extract(cleaned).figures
    _, findings = confront(cleaned, figures, relate(cleaned, figures))
    (span,) = findings[0].spans
    assert base[span.start : span.end].startswith("20.0亿元")
    assert base[span.start : span.end].endswith("47.3%")
    assert span == Span(base.index("20.0亿元"), base.index("47.3%") + 5)


def test_fingerprints_survive_shifted_lines(judge: Callable) -> None:
    first = judge(LEVELS + SHARE)[2][0]
    later = judge("各位代表：\n\n" + LEVELS + "\n\n" + SHARE)[2][0]
    assert first.fingerprint == later.fingerprint
    assert first.start != later.start
    assert fingerprint("a", "甲 乙\n丙") == fingerprint("a", "甲乙丙") != fingerprint("b", "甲乙丙")


def test_ids_are_readable_and_in_order(judge: Callable) -> None:
    _, relations, findings = judge(LEVELS + SHARE)
    assert [r.relation_id for r in relations] == [f"R{n:04d}" for n in range(1, len(relations) + 1)]
    assert [f.finding_id for f in findings] == ["C0001"]


def test_coverage_adds_up_and_ignores_what_was_not_decided(judge: Callable) -> None:
    figures, relations, _ = judge(LEVELS + "民生支出16.2亿元。" + SHARE)
    found = coverage(figures, relations, 3)
    assert found == {"in_equality": 3, "in_inequality": 0, "in_nothing": 2, "not_understood": 3}
    undecided = judge("民生支出16.2亿元，占一般公共预算支出的83.3%。")
    assert coverage(undecided[0], undecided[1], 0)["in_equality"] == 0


def test_a_second_relation_through_one_figure_settles_which_is_wrong(judge: Callable) -> None:
    text = (
        "地区生产总值120.0亿元，其中第一产业增加值18.0亿元、第二产业增加值48.0亿元、第三产业增加值54.0亿元，"
        "三次产业比例为16.0：40.0：45.0。"
    )
    _, relations, findings = judge(text)
    assert {f.check for f in findings} == {"relation/parts_sum_to_whole", "relation/share_of_total"}
    assert {f.suggestion for f in findings} == {"16.0 → 15.0"}
    shares = [r.verdict for r in relations if r.type == "share_of_total"]
    assert shares == [Verdict.INCONSISTENT, Verdict.CONSISTENT, Verdict.CONSISTENT]


def test_a_numeral_that_no_table_can_hold_is_judged_by_nothing(judge: Callable) -> None:
    _, relations, findings = judge("三次产业比例为14.6：41.8：12345678901234567890123456789012345678901。\n")
    assert findings == ()
    assert {r.type for r in relations if r.verdict is Verdict.INCONSISTENT} == set()
    assert all(abs(r.computed_lower or 0) < 10**28 for r in relations)
