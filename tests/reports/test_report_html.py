"""report.html: whole, escaped, without network; every edit and finding can be linked to."""

from __future__ import annotations

import base64
import cProfile
import hashlib
import re
from dataclasses import replace

import pytest
from parsed_page import Page
from report_samples import HOSTILE, Change, clean_sample, hostile_run, sample_run
from support import ROOT

import cleaner
from cleaner.model import Document, DocumentResult, EditKind, Finding, RunResult, Severity, Span
from cleaner.reports.html import render_html


@pytest.fixture(scope="module")
def sample() -> Page:
    return Page(render_html(sample_run()))


@pytest.fixture(scope="module")
def hostile() -> Page:
    return Page(render_html(hostile_run()))


def test_tags_are_balanced(sample, hostile):
    assert sample.open == []
    assert hostile.open == []


def test_ids_are_unique_and_every_link_leads_to_one(sample, hostile):
    for page in (sample, hostile):
        ids = page.ids()
        assert len(ids) == len(set(ids))
        links = [a["href"] for tag, a in page.elements if tag == "a"]
        assert all(link.startswith("#") and link[1:] in ids for link in links)
        more = [name for _, a in page.elements if a.get("data-a") for name in a["data-a"].split()]
        assert all(name in ids for name in more)


def test_nothing_is_fetched(sample):
    html = render_html(sample_run())
    assert not re.search(r"https?://|//[a-z]+\.|@import|url\((?!#)", html)
    assert not [
        tag for tag, _ in sample.elements if tag in ("link", "img", "iframe", "object", "embed", "base")
    ]
    assert not [a for _, a in sample.elements if a.get("src") or a.get("srcset")]


def test_only_the_script_of_the_report_may_run(hostile):
    policy = next(
        a["content"] for _, a in hostile.elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    (script,) = hostile.scripts
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_hostile_text_is_never_markup(sample, hostile):
    known = {tag for tag, _ in sample.elements} | {"code", "p"}
    assert {tag for tag, _ in hostile.elements} <= known
    assert [tag for tag, _ in hostile.elements].count("script") == 1
    assert not [name for _, a in hostile.elements for name in a if name.startswith("on")]
    assert not [
        v
        for _, a in hostile.elements
        for name, v in a.items()
        if v and name != "aria-label" and v.strip().lower().startswith("javascript:")
    ]


def test_hostile_text_is_shown_as_text(hostile):
    for attack in HOSTILE[:4]:
        assert attack in hostile.text
    assert "49" not in re.findall(r"\{\{ (\S+) \}\}", hostile.text)
    assert "⟨U+202E⟩" in hostile.text
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\u200b]", render_html(hostile_run()))


def test_every_edit_and_finding_has_an_anchor(sample):
    run = sample_run()
    edits = [e for d in run.documents for e in d.cleaned.edits]
    findings = [f for d in run.documents for f in d.findings]
    assert len(sample.classes("e")) == len(edits)
    assert len(sample.classes("card")) == len(findings)
    assert all(a["id"] for a in [*sample.classes("e"), *sample.classes("card")])


def test_anchors_do_not_depend_on_the_other_documents(sample):
    alone = Page(render_html(replace(sample_run(), documents=sample_run().documents[:1])))
    edits = {a["id"] for a in alone.classes("e")}
    assert edits == {a["id"] for a in sample.classes("e")}


def test_every_applied_edit_is_marked_in_the_text(sample):
    marked = {
        name
        for a in sample.classes("m")
        if a.get("href")
        for name in (a.get("data-a") or a["href"][1:]).split()
    }
    assert {a["id"] for a in sample.classes("e")} <= marked


def test_every_edit_and_finding_of_the_seeds_has_its_place_in_the_text():
    judged = [cleaner.confront(path.read_text("utf-8")) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for document in judged:
        page = Page(cleaner.report(document))
        marked = {n for a in page.classes("m") for n in (a.get("data-a") or a.get("href", "#")[1:]).split()}
        things = {a["id"] for a in [*page.classes("e"), *page.classes("card")]}
        assert things
        assert things <= marked


def test_a_proposal_or_finding_on_a_blank_line_has_its_place():
    text = "云泽县报告。\n\n\n全县粮食。\n"
    gap = Change("\n\n", "", "layout/hard-wrap", EditKind.DELETE, at=text.index("\n"), applied=False)
    cleaned = clean_sample(Document("a.txt", text), [gap])
    lost = Finding("f1", "a.txt", "restoration/gap", Severity.INFO, (Span(8, 9),), "缺", "a gap")
    page = Page(render_html(RunResult((DocumentResult(cleaned, findings=(lost,)),))))
    styles = " ".join(a["class"] for a in page.classes("m") if a.get("href"))
    assert "prop" in styles
    assert "find" in styles


def test_marks_can_be_reached_by_keyboard(sample):
    assert all(
        "href" in a for a in sample.classes("m") if "fig" not in a["class"] and "spot" not in a["class"]
    )


def test_what_is_only_shown_stands_apart(sample):
    assert len([a for a in sample.classes("e") if "shown" in a["class"]]) == 2
    assert "存疑，只列不改" in sample.text
    assert "让位于 e0007" in sample.text


def test_a_removed_block_is_folded_and_whole(sample):
    assert len(sample.classes("fold")) == 2
    assert "- 3 -" in sample.text


def test_findings_quote_the_sentence_and_draw_both_intervals(sample):
    assert len([a for a in sample.classes("fig") if "m" in a["class"]]) == 3
    assert sample.classes("i-computed")
    assert sample.classes("gap")
    assert "[64.33, 64.43]" in sample.text
    assert "[70.15, 70.25]" in sample.text


def test_coverage_is_told_and_nothing_is_called_free_of_errors(sample):
    for label in ("已核", "只在不等式中", "未入任何关系", "未读懂"):
        assert label in sample.text
    quiet = Page(render_html(RunResult((sample_run().documents[1],)))).text.lower()
    for claim in ("no errors found", "no errors", "没有错误", "未发现错误", "无错误"):
        assert claim not in quiet
        assert claim not in sample.text.lower()


def test_contracts_and_refusals_are_told(sample):
    assert "expect_shares_to_sum_to_whole" in sample.text
    assert "各项之和为 98.1" in sample.text
    assert "GB18030 与 Big5 难分" in sample.text


def test_labels_are_chinese_with_english_beside_them(sample):
    root = next(a for tag, a in sample.elements if tag == "html")
    assert root["lang"] == "zh-Hans"
    assert len(sample.classes("en")) > 20
    assert all(a.get("lang") == "en" for a in sample.classes("en"))


def test_an_empty_run_is_a_page():
    assert Page(render_html(RunResult(()))).open == []


def test_rows_without_change_show_the_same_text_twice(sample):
    assert sample.text.count("全县粮食产量12万吨。") == 2


def test_same_run_same_bytes():
    assert render_html(sample_run()) == render_html(sample_run())


def many(documents: int, edits: int) -> RunResult:
    """Documents of ``edits`` lines, each with one substitution."""
    results = []
    for n in range(documents):
        text = "".join(f"青岗县第{i}项粮食产量二O{i}吨，比上年增长，完成年度任务。\n" for i in range(edits))
        places = [i for i, c in enumerate(text) if c == "O"]
        changes = [Change("O", "〇", f"numeral/rule-{i % 40}", EditKind.SUBSTITUTE, at=i) for i in places]
        results.append(DocumentResult(clean_sample(Document(f"{n}.txt", text), changes)))
    return RunResult(tuple(results))


def test_work_grows_with_the_ledger_and_not_with_its_square():
    def calls(edits: int) -> int:
        run, profile = many(1, edits), cProfile.Profile()
        profile.runcall(render_html, run)
        return sum(entry.callcount for entry in profile.getstats())

    calls(10)
    assert calls(1600) < 10 * calls(200)


def test_a_long_deletion_inside_a_sentence_is_folded_and_whole():
    lost = "重复的句子，" * 60
    document = Document("a.txt", f"青岗县{lost}产量5吨。\n")
    cleaned = clean_sample(document, [Change(lost, "", "repeats/loop", EditKind.DELETE)])
    page = Page(render_html(RunResult((DocumentResult(cleaned),))))
    assert page.classes("cut")
    assert lost in page.text


def test_the_script_parses_no_text_as_markup_or_code():
    (script,) = Page(render_html(RunResult(()))).scripts
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "createContextualFragment",
    ):
        assert way not in script
