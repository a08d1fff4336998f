"""The shared documents as panels: names, years and units are read, and nothing is accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.api import clean, read
from cleaner.checks.panel import Panel, build
from cleaner.model import Severity, Verdict
from cleaner.runs.process import judge


@pytest.fixture(scope="module")
def counties(shared: Path) -> Panel:
    """The real reports of three counties."""
    return build([judge(clean(d)) for d in read(shared / "seeds")])


@pytest.fixture(scope="module")
def nation(shared: Path) -> Panel:
    """The clean national reports."""
    paths = sorted((shared / "corpus").glob("national-*.txt"))
    return build([judge(clean(d)) for d in read(*paths)])


def levels(panel: Panel, place: str, indicator: str) -> dict[int, str]:
    return {
        o.year: f"{o.value:f}"
        for o in panel.observations
        if (o.place, o.indicator.id, o.measure) == (place, indicator, "level")
        and o.figure.status == "actual"
        and o.figure.comparator == "="
    }


def test_a_county_over_its_years(counties: Panel) -> None:
    assert not counties.left_out
    assert levels(counties, "新绛县", "gdp") == {2021: "15890000000", 2023: "18410000000"}
    assert levels(counties, "新绛县", "budget_revenue") == {2021: "560000000", 2023: "660000000"}
    assert levels(counties, "绛县", "grain_output") == {2023: "161000000"}


def test_the_nation_over_its_years(nation: Panel) -> None:
    assert set(levels(nation, "全国", "gdp")) == {1997, *range(2003, 2017, 2), 2021}
    assert levels(nation, "全国", "new_urban_jobs")[2021] == "12690000"
    assert {o.report_year for o in nation.observations} >= {1998, 2006, 2008, 2018}


def test_nothing_is_accused(counties: Panel, nation: Panel) -> None:
    for panel in (counties, nation):
        assert not [f.message for f in panel.findings if f.severity is not Severity.INFO]
        assert not [r for r in panel.relations if r.verdict is Verdict.INCONSISTENT]


def test_two_years_apart_the_year_between_is_implied(counties: Panel) -> None:
    (said,) = [r.message for r in counties.relations if "新绛县2023年地区生产总值" in r.message]
    assert "推得 2022年为 172." in said
    assert "2022年变动 8.7%–9.9%" in said
