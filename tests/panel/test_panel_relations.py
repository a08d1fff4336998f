"""What must hold between reports: the examples of rules/panel/relations run, and what may never accuse stays silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import regex

from cleaner.model import Reason, Severity, Verdict
from cleaner.packs.indicators import panel_relations

TYPES = panel_relations()
EXAMPLES = [
    pytest.param(name, verdict, text, id=f"{name}-{verdict}-{number}")
    for name, kind in TYPES.items()
    for verdict, texts in kind.examples.items()
    for number, text in enumerate(texts)
]
MUTATIONS = [pytest.param(name, kind.mutation, id=name) for name, kind in TYPES.items() if kind.mutation]
_MARK = regex.compile("⟦(.*?)→(.*?)⟧")


@pytest.mark.parametrize(("name", "verdict", "text"), EXAMPLES)
def test_example(panel: Callable, name: str, verdict: str, text: str) -> None:
    found = panel(text)
    assert [r.verdict for r in found.relations if r.type == name][-1:] == [Verdict(verdict)]
    accused = [f for f in found.findings if f.severity is not Severity.INFO]
    assert bool(accused) == (verdict == "inconsistent")


@pytest.mark.parametrize(("name", "text"), MUTATIONS)
def test_a_planted_wrong_digit_is_found(panel: Callable, name: str, text: str) -> None:
    right, wrong = panel(_MARK.sub(r"\1", text)), panel(_MARK.sub(r"\2", text))
    assert not right.findings
    assert [f.check for f in wrong.findings] == [f"panel/{name}"]
    assert wrong.findings[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    "text",
    [
        # constant prices, in the indicator or in the sentence
        "2022：地区生产总值158.9亿元。‖2023：地区生产总值184.1亿元，增长2.0%。",
        "2022：蔬菜产量15.40万吨。‖2023：蔬菜产量18.20万吨，按可比口径增长2.0%。",
        # a revised base
        "2022：社会消费品零售总额41.20亿元。‖2023：社会消费品零售总额47.30亿元，增长2.9%。",
        # what several years add up to
        "2022：累计实际使用外资1200万美元。‖2023：累计实际使用外资900万美元，增长5.0%。",
    ],
)
def test_growth_that_need_not_fit_is_shown_and_never_accused(panel: Callable, text: str) -> None:
    found = panel(text)
    assert [r.verdict for r in found.relations] == [Verdict.UNDECIDABLE]
    assert "推得 2022年为" in found.relations[0].message
    assert all(f.severity is Severity.INFO for f in found.findings)


def test_the_implied_figure_and_the_nominal_change_are_in_the_message(panel: Callable) -> None:
    (relation,) = panel("2022：地区生产总值158.9亿元。‖2023：地区生产总值184.1亿元，增长6.0%。").relations
    assert relation.reason is Reason.NOMINAL_VS_REAL
    assert "推得 2022年为 173.55–173.81亿元" in relation.message
    assert "名义变动 15.7%–16.0%" in relation.message
    assert "nominal change" in relation.message_en


def test_two_years_back_give_the_rate_of_the_year_between(panel: Callable) -> None:
    found = panel("2021：一般公共预算收入5.60亿元。‖2023：一般公共预算收入6.60亿元，增长0.7%。")
    assert [r.reason for r in found.relations] == [Reason.OTHER_YEAR]
    assert "2022年变动" in found.relations[0].message
    assert not found.findings


def test_two_versions_of_one_report_that_differ_are_an_error(make_report: Callable, make_panel) -> None:
    one = make_report(2023, "地区生产总值184.1亿元。", doc="scan.txt")
    other = make_report(2023, "地区生产总值190.6亿元。", doc="web.txt")
    (finding,) = make_panel([one, other]).findings
    assert (finding.severity, finding.check) == (Severity.ERROR, "panel/duplicated_figure")
    assert finding.members == tuple(sorted(finding.members))
    assert "scan.txt 写 184.1亿元" in finding.message


def test_places_are_kept_apart(make_report: Callable, make_panel) -> None:
    here = make_report(2023, "地区生产总值184.1亿元。", doc="a.txt")
    there = make_report(2023, "地区生产总值96.2亿元。", place="青岗县", doc="b.txt")
    found = make_panel([here, there])
    assert {o.place for o in found.observations} == {"云泽县", "青岗县"}
    assert not found.relations


def test_a_fall_leads_back_to_a_higher_level(panel: Callable) -> None:
    found = panel("2022：粮食总产量2.50亿公斤。‖2023：粮食总产量2.40亿公斤，下降4.0%。")
    assert [r.verdict for r in found.relations] == [Verdict.CONSISTENT]
    assert [o.value for o in found.observations if o.measure == "growth"] == [-4]
    wrong = panel("2022：粮食总产量2.30亿公斤。‖2023：粮食总产量2.40亿公斤，下降4.0%。")
    assert [f.severity for f in wrong.findings] == [Severity.WARNING]


def test_growth_is_compared_across_units(panel: Callable) -> None:
    found = panel("2022：粮食总产量4.00亿斤。‖2023：粮食总产量2.40亿公斤，增长20.0%。")
    assert [r.verdict for r in found.relations] == [Verdict.CONSISTENT]
    assert found.relations[0].stated_lower == 399_500_000


def test_the_panel_does_not_depend_on_the_order_of_the_reports(make_report: Callable, make_panel) -> None:
    made = [make_report(year, f"城镇新增就业{4000 + year}人，增长3.0%。") for year in (2021, 2022, 2023)]
    assert make_panel(made) == make_panel(made[::-1])
