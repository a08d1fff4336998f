"""Which digit could be wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from cleaner.checks.locate import Repair, alone, locate, neighbours, with_numeral
from cleaner.model import Verdict


def test_neighbours_are_one_edit_away_and_cost_what_ocr_confuses() -> None:
    costs: dict[str, Decimal] = {}
    for numeral, cost in neighbours("38"):
        costs[numeral] = min(cost, costs.get(numeral, cost))
    assert costs["33"] == 1
    assert costs["83"] == Decimal("2.2")
    assert costs["3.8"] == 2
    assert costs["8"] == Decimal("2.6")
    assert costs["318"] == Decimal("2.6")
    assert "99" not in costs


def test_a_new_numeral_keeps_scale_and_takes_its_own_precision(judge: Callable) -> None:
    figures, _, _ = judge("全县固定资产投资完成50.0亿元。")
    found = with_numeral(figures[0], "5.37")
    assert (found.text, found.value) == ("5.37亿元", Decimal(537_000_000))
    assert (found.lower, found.upper) == (Decimal(536_500_000), Decimal(537_500_000))


def test_repairs_break_no_relation_that_held(judge: Callable) -> None:
    text = "全县经营主体达到20000户，净增2000户，同比增长17.1%。"
    figures, relations, _ = judge(text)
    known = {f.figure_id: f for f in figures}
    growth = next(r for r in relations if r.type == "growth_vs_levels")
    repairs = locate(growth, known)
    assert repairs[0].text == "11.1%"
    # A second relation that holds only as printed pins the rate down: its repairs are gone.
    pinned = replace(growth, type="percent_bounds", members=(growth.members[2],))
    ceiling = with_numeral(known[growth.members[2]], "12.0")
    held = replace(
        pinned, type="subset_le_total", members=("CEILING", growth.members[2]), verdict=Verdict.CONSISTENT
    )
    kept = locate(growth, {**known, "CEILING": ceiling}, [held])
    assert all(r.figure_id != growth.members[2] for r in kept)


def test_an_exact_count_stays_a_whole_number(judge: Callable) -> None:
    _, _, (finding,) = judge("经营主体达到20000户，净增2户，增长11.1%。")
    assert "20.000户" not in finding.message
    assert finding.suggestion == ""


def test_many_explanations_are_no_proposal(judge: Callable) -> None:
    _, _, (finding,) = judge("青岗县三次产业结构为15.5：57.0：26.5。")
    assert finding.suggestion == ""
    assert "none stands alone; compare each of them" in finding.message_en
    assert "请把这几个数都与原件核对" in finding.message


def test_only_a_clear_winner_is_named() -> None:
    one, two = Repair(Decimal(1), "F1", "a", "b"), Repair(Decimal("1.4"), "F2", "a", "c")
    assert alone([one, two]) is None
    assert alone([one, replace(two, cost=Decimal("1.5"))]) == one
    assert alone([]) is None
