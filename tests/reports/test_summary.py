"""summary.md: a table of documents, findings with their places, nothing of a stranger's that Markdown acts on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import HOSTILE, hostile_run, sample_run

from cleaner.model import RunResult
from cleaner.reports.summary import escape, render_summary


def tokens(markdown: str):
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return [t for block in parser.parse(markdown) for t in (block, *(block.children or ()))]


def cells(markdown: str) -> list[list[str]]:
    """The rows of all tables, as text."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and token.level >= 4:
            rows[-1].append("".join(t.content for t in token.children or () if t.type.startswith("text")))
    return rows


def test_documents_findings_classes_and_contracts_are_tables():
    rows = cells(render_summary(sample_run()))
    assert ["村镇/云泽县2023.txt", "190", "10", "2", "1", "1", "0"] in rows
    assert ["错误 error", "村镇/云泽县2023.txt:7:21", "relation/share_of_total"] in [row[:3] for row in rows]
    assert ["punctuation", "2", "0", "0", "0"] in rows
    assert "守约 kept **1** · 无所适用 nothing applicable **1** · 失约 broken **3**" in render_summary(
        sample_run()
    )


def test_errors_come_before_warnings():
    summary = render_summary(sample_run())
    assert summary.index("占比与两数之商不合") < summary.index("（一）未见")


@pytest.mark.parametrize("attack", HOSTILE)
def test_escaped_text_is_one_run_of_text(attack):
    found = tokens("x" + escape(attack) + "\n")
    kinds = {t.type for t in found} - {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert kinds == set()


@pytest.mark.parametrize(
    "text", ['三产比例 15.6+57.0', '“甲”与"乙"', "table.jsonl#key", "R&D 增长", "(乙) 3>2!", "a{b}", "it's"]
)  # fmt: skip
def test_a_character_that_does_nothing_stays_as_it_is(text):
    assert escape(text) == text


MARKS = "\\`*_{}[]()#+-!~$<>&|@\"'=:;.,/ ab1x云\n"


@given(st.text(MARKS, max_size=12))
@example("+ a")
@example("12. a")
@example("&lt;b&gt;")
@example("{{ 7*7 }}")
@example("![a](b)")
@example("a\n===")
@example(" >")
@example("     a")
@example("  1. a")
def test_no_text_is_markup_where_the_summary_puts_it(text):
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    around = {"paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td"}
    for frame in ("- {}", "x {} x", "| a |\n| --- |\n| {} |"):
        found = [
            t for block in parser.parse(frame.format(escape(text))) for t in (block, *(block.children or ()))
        ]
        kinds = {t.type for t in found} - {f"{name}_{end}" for name in around for end in ("open", "close")}
        assert kinds <= {"inline", "text", "text_special"}, frame
        said = "".join(t.content for t in found if t.type in ("text", "text_special"))
        assert text.replace("\n", "⏎").strip() in said, frame


def test_hostile_run_holds_no_markup_of_its_own():
    summary = render_summary(hostile_run())
    kinds = {t.type for t in tokens(summary)}
    assert not kinds & {"link_open", "image", "code_inline", "em_open", "html_block", "fence"}
    assert {t.content for t in tokens(summary) if t.type == "html_inline"} <= {"<br>"}
    widths = [len(row) for row in cells(summary)]
    assert set(widths) <= {7, 4, 5}


def test_long_runs_are_capped():
    run = sample_run()
    finding = run.documents[0].findings[0]
    many = replace(run.documents[0], findings=tuple(replace(finding, finding_id=str(n)) for n in range(75)))
    summary = render_summary(RunResult((many,) * 60))
    assert "……另有 10 项，and 10 more documents" in summary
    assert f"and {75 * 60 - 20} more findings" in summary
    assert len(summary) < 20_000


def test_an_empty_run_has_a_summary_that_claims_nothing():
    summary = render_summary(RunResult(()))
    assert summary.startswith("# 刊误 Kanwu")
    assert "no errors" not in summary.lower()
