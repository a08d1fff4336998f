"""What a run with --panel leaves: table, page, relations that name two reports, and the promises of all of them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from county_reports import write_county
from typer.testing import CliRunner

from cleaner.checks.panel import build, with_panel
from cleaner.cli.app import app
from cleaner.contracts.run import validate
from cleaner.contracts.tables import panel_rows
from cleaner.model import RunResult
from cleaner.reports.html import render_html
from cleaner.reports.panel_html import render_panel


def kanwu(*args: object) -> int:
    return CliRunner().invoke(app, [str(a) for a in args], catch_exceptions=False).exit_code


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    """The four reports of one county read as a panel, one growth rate printed wrong."""
    folder = tmp_path_factory.mktemp("county")
    write_county(folder / "in", (2023, "增长4.9%", "增长9.4%"))
    assert kanwu("figures", folder / "in", "-o", folder / "out", "--panel", "-q") == 0
    return folder / "out"


def test_the_panel_is_a_tidy_table(county: Path) -> None:
    assert (county / "panel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = table(county / "panel.csv")
    gdp = {
        r["year"]: Decimal(r["value"])
        for r in rows
        if r["indicator"] == "地区生产总值" and r["measure"] == "level"
    }
    assert list(gdp) == ["2020", "2021", "2022", "2023"]
    assert gdp["2023"] == Decimal("17230000000")
    (grain,) = [r for r in rows if r["indicator_id"] == "grain_output" and r["text"] == "4.50亿斤"]
    held = [Decimal(grain[name]) for name in ("value", "lower", "upper")]
    assert (held, grain["unit"]) == ([225_000_000, 224_750_000, 225_250_000], "公斤")
    assert {r["status"] for r in rows} == {"actual", "target"}
    stored = pq.read_table(county / "panel.parquet").to_pylist()
    assert [r["value"] for r in stored] == [Decimal(r["value"]) for r in rows]


def test_every_row_points_at_its_figure(county: Path) -> None:
    figures = {(r["doc"], r["figure_id"]): r for r in table(county / "figures.csv")}
    for row in table(county / "panel.csv"):
        figure = figures[row["doc"], row["figure_id"]]
        assert (row["spans"], row["text"], row["start"]) == (figure["spans"], figure["text"], figure["start"])


def test_the_wrong_rate_is_the_one_warning(county: Path) -> None:
    rows = [json.loads(line) for line in (county / "findings.jsonl").read_text("utf-8").splitlines()]
    (warning,) = [r for r in rows if r["severity"] != "info"]
    assert (warning["doc"], warning["check"]) == ("yunze_2024.txt", "panel/cross_year_growth")
    assert "5.95亿元" in warning["message"]
    assert [m.partition("#")[0] for m in warning["members"]] == ["yunze_2024.txt"] * 2 + ["yunze_2023.txt"]
    verdicts = [r["verdict"] for r in table(county / "relations.csv") if r["relation_id"].startswith("P")]
    assert verdicts.count("inconsistent") == 1
    assert verdicts.count("consistent") >= 10


def test_a_county_without_a_wrong_digit_has_no_alarm(tmp_path: Path) -> None:
    write_county(tmp_path / "in")
    assert (
        kanwu("check", tmp_path / "in", "-o", tmp_path / "out", "--panel", "--fail-on", "warning", "-q") == 0
    )


def test_what_belongs_to_the_run_is_made_only_when_asked(tmp_path: Path) -> None:
    write_county(tmp_path / "in", (2023, "增长4.9%", "增长9.4%"))
    assert kanwu("figures", tmp_path / "in", "-o", tmp_path / "out", "-q") == 0
    left = {p.name for p in (tmp_path / "out").iterdir()}
    assert not left & {"panel.csv", "panel.parquet", "panel.html", "findings.jsonl"}
    assert not [r for r in table(tmp_path / "out" / "relations.csv") if "#" in r["members"]]


def test_one_report_reads_alike_alone_and_in_a_panel(county: Path, tmp_path: Path) -> None:
    write_county(tmp_path / "in", (2023, "增长4.9%", "增长9.4%"))
    kanwu("figures", tmp_path / "in", "-o", tmp_path / "out", "-q")
    assert (tmp_path / "out" / "figures.csv").read_bytes() == (county / "figures.csv").read_bytes()


def test_the_page_is_self_contained(county: Path) -> None:
    page = (county / "panel.html").read_text("utf-8")
    assert not re.findall(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", page)
    assert "<script" not in page
    assert page.count("<svg viewBox") == 8
    assert "d-clash" in page
    assert "prefers-color-scheme: dark" in page


def test_text_of_strangers_is_escaped(make_report: Callable) -> None:
    made = make_report(2023, "地区生产总值184.1亿元，增长6.0%。", doc="<b>a&b.txt")
    found = build([made])
    page = render_panel(found, RunResult((made,)))
    assert "<b>a&b.txt" not in page
    assert "&lt;b&gt;a&amp;b.txt" in page


def test_the_report_of_a_run_shows_its_panel(make_report: Callable) -> None:
    made = make_report(2023, "地区生产总值184.1亿元，增长6.0%。")
    found = build([made])
    result = RunResult(with_panel([made], found))
    assert 'id="panel"' in render_html(result, found)
    assert 'id="panel"' not in render_html(result)


def test_a_comparison_between_reports_counts_as_coverage(make_report: Callable) -> None:
    made = [make_report(2023, "城镇新增就业4210人。"), make_report(2024, "2023年，城镇新增就业4210人。")]
    joined = with_panel(made, build(made))
    assert [d.coverage["in_equality"] for d in made] == [0, 0]
    assert [d.coverage["in_equality"] for d in joined] == [1, 1]
    assert [sum(d.coverage.values()) for d in joined] == [sum(d.coverage.values()) for d in made]


@pytest.fixture
def promised(make_report: Callable) -> tuple[RunResult, object, dict[str, str]]:
    made = [
        make_report(2022, "粮食总产量4.00亿斤；居民消费价格下降0.3%。"),
        make_report(2023, "粮食总产量2.40亿公斤，增长20.0%。2022年，粮食总产量2.00亿公斤。"),
    ]
    found = build(made)
    texts = {d.cleaned.document.doc: d.cleaned.document.text for d in made}
    return RunResult(with_panel(made, found)), found, texts


def test_a_panel_keeps_its_promises(promised) -> None:
    result, found, texts = promised
    results = {c.name: c for c in validate(result, texts, panel=found)}
    assert not [c.name for c in results.values() if c.source in {"pandera", "relations"} and not c.success]
    assert results["expect_growth_across_years_to_fit_levels"].applicable == 1
    assert results["expect_units_to_convert"].applicable == 1
    assert results["panel.value_is_the_figures"].applicable == len(panel_rows(found)) == 5
    assert results["relations.members_exist"].applicable >= 2
    assert not [name for name in {c.name for c in validate(result, texts)} if name.startswith("panel.")]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"value": Decimal(7)}, "panel.value_is_the_figures"),
        ({"unit": "元"}, "panel.value_is_the_figures"),
        ({"text": "9亿斤"}, "panel.figure_is_printed"),
        ({"figure_id": "F9999"}, "panel.figure_is_printed"),
        ({"lower": Decimal(10) ** 12}, "panel.interval_holds_value"),
        ({"measure": "growth"}, "panel.rate_has_its_basis"),
        ({"year": 20230}, "panel.columns"),
        ({"doubt": "who knows"}, "panel.columns"),
    ],
)
def test_a_changed_row_breaks_its_promise(promised, monkeypatch, change: dict, broken: str) -> None:
    from cleaner.contracts import tables

    result, found, texts = promised
    rows = panel_rows(found)
    at = next(i for i, row in enumerate(rows) if row["text"] == "4.00亿斤")
    rows[at] = {**rows[at], **change}
    monkeypatch.setattr(tables, "panel_rows", lambda _: rows)
    failed = {c.name for c in validate(result, texts, panel=found) if not c.success}
    assert broken in failed
