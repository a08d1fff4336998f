"""report.html of a run in parts: the same counts and plots as of an ordinary run, and no documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsed_page import Page
from report_samples import HOSTILE

from cleaner.model import ContractResult, Refusal, RunResult, Severity
from cleaner.packs.load import shipped_packs
from cleaner.reports.parts_page import render_parts_html
from cleaner.runs.execute import execute
from cleaner.runs.options import Options

TEXT = "云泽县报告\n全县粮食 and 蔬菜丰收，产量4O.5万吨。\n"


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The folder with OUT of an ordinary run and of a run in parts."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "in").mkdir()
    for number in range(4):
        (folder / "in" / f"{number}.txt").write_text(TEXT * (number + 1), "utf-8")
    for name, shards in (("whole", False), ("parts", True)):
        execute(Options((str(folder / "in"),), folder / name, judge=False, shards=shards))
    return folder


def read(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


def bars(page: Page) -> list[str]:
    return [a["aria-label"] for a in page.classes("bar")]


def test_it_holds_the_counts_and_plots_of_an_ordinary_run(both):
    parts, whole = read(both / "parts" / "report.html"), read(both / "whole" / "report.html")
    assert bars(parts)
    assert bars(parts) == bars(whole)[: len(bars(parts))]
    assert "本次分 1 份处理" in parts.text
    assert not parts.classes("doc")
    assert not parts.classes("docs")
    assert not parts.classes("tools")
    assert "wording/stray-conjunction" in parts.text


def test_it_names_the_rules_and_their_reasons_as_an_ordinary_run_does(both):
    parts, whole = (read(both / name / "report.html").classes("rulecard") for name in ("parts", "whole"))
    assert parts
    assert [rule["id"] for rule in parts] == [rule["id"] for rule in whole]
    (rule,) = (
        rule for pack in shipped_packs() for rule in pack.rules if rule.id == "wording/stray-conjunction"
    )
    for name in ("parts", "whole"):
        assert rule.title in read(both / name / "report.html").text
        assert rule.rationale_en[:40] in read(both / name / "report.html").text


def test_it_is_named_in_the_record_of_the_run(both):
    assert '"path": "report.html"' in (both / "parts" / "run.json").read_text("utf-8")


def test_as_in_an_ordinary_run_only_run_and_check_leave_a_page(both):
    options = Options((str(both / "in"),), both / "cleaned", command="clean", judge=False, shards=True)
    execute(options)
    assert (both / "cleaned" / "summary.md").exists()
    assert not (both / "cleaned" / "report.html").exists()


def hostile(attack):
    result = RunResult(
        (),
        (Refusal(attack, attack),),
        (ContractResult(attack, attack, Severity.ERROR, False, 1, (attack,), attack),),
        {"parts": {"count": 2}, "version": attack, "started": attack},
    )
    totals = {
        "counts": {"documents": 1, "findings_error": 3},
        "coverage": {},
        "gate": {"introduced": 0},
        "edits": {f"{attack} certain applied": 2, f"{attack} doubtful shown": 1},
        "findings": {f"{attack} error": 3},
    }
    return render_parts_html(totals, result)


@pytest.mark.parametrize("attack", HOSTILE)
def test_no_name_in_it_is_markup(attack):
    page = Page(hostile(attack))
    tags = [tag for tag, _ in page.elements]
    assert page.open == []
    assert tags.count("script") == tags.count("style") == 1
    assert not {"img", "iframe", "object", "link", "base", "textarea"} & set(tags)
    assert not [name for _, given in page.elements for name in given if name.startswith("on")]


def test_a_browser_shows_it(page, both):
    page.goto((both / "parts" / "report.html").as_uri())
    assert page.locator(".tiles dd").first.text_content() == "4"
    for key in "n/]m":
        page.keyboard.press(key)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
