"""A result in a notebook: it shows itself, and becomes tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

import cleaner
from cleaner.model import Cleaned, DocumentResult
from cleaner.reports.cell import MOST_ROWS

TEXT = "云泽县建成就业驿站 and 零工市场，三次产业比例为14.6：41.8：44.6。\n"


class Marked(HTMLParser):
    """The texts inside del and ins, the tags that stand in a page."""

    def __init__(self, page):
        super().__init__()
        self.inside, self.found, self.tags = [], {"del": [], "ins": []}, set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.inside.append((tag, dict(attrs).get("title")))

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.inside and self.inside[-1][0] in self.found:
            self.found[self.inside[-1][0]].append((data, self.inside[-1][1]))


def test_a_restored_text_shows_what_changed_and_why():
    page = cleaner.clean(TEXT)._repr_html_()
    seen = Marked(page)
    assert seen.found == {
        "del": [(" and ", "wording/stray-conjunction")],
        "ins": [("和", "wording/stray-conjunction")],
    }
    assert "44.6" in page
    assert "数值 figures" not in page


def test_a_judged_text_shows_findings_and_coverage_too():
    page = cleaner.confront(TEXT)._repr_html_()
    assert "parts_sum_to_whole" in page
    assert "已核 checked in an equality <b>3</b>" in page


def test_nothing_of_a_document_is_markup():
    page = cleaner.confront(
        "<script>x</script><img src=x onerror=y> and 就业\u202e驿站，工作 and 生活。\n"
    )._repr_html_()
    assert Marked(page).tags <= {
        "div",
        "p",
        "b",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "del",
        "ins",
        "ul",
        "li",
        "code",
        "br",
        "span",
    }
    assert "\u202e" not in page


def test_a_text_without_an_edit_has_no_table():
    assert "<table" not in cleaner.clean("没有要改的一句话。")._repr_html_()


def test_a_long_result_is_cut_and_says_so():
    text = "".join(f"第{n}处建成就业驿站 and 零工市场。\n" for n in range(MOST_ROWS + 7))
    page = cleaner.clean(text)._repr_html_()
    assert page.count("<del") == MOST_ROWS
    assert "and 7 more lines" in page


def test_tables_have_the_columns_and_values_of_the_result():
    result = cleaner.confront(TEXT)
    edits, figures = result.frame("edits"), result.frame("figures")
    assert edits[["rule", "before", "after", "applied"]].values.tolist() == [
        ["wording/stray-conjunction", " and ", "和", True]
    ]
    assert figures["value"].tolist() == [Decimal("14.6"), Decimal("41.8"), Decimal("44.6")]
    assert "parts_sum_to_whole" in result.frame("relations")["type"].tolist()
    assert result.frame("findings")["check"].tolist() == ["relation/parts_sum_to_whole"]
    assert cleaner.clean(TEXT).frame()["rule"].tolist() == ["wording/stray-conjunction"]
    with pytest.raises(ValueError, match="no table 'figure'; there are edits, findings, figures, relations"):
        result.frame("figure")


def test_results_are_still_the_nouns_of_the_model():
    cleaned = cleaner.clean(TEXT)
    assert isinstance(cleaned, Cleaned)
    assert isinstance(cleaner.confront(cleaned), DocumentResult)
    assert cleaned == cleaner.clean(TEXT)
    assert replace(cleaned, problems=("x",)).problems == ("x",)
