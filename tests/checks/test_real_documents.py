"""The five real documents and the clean corpus: known defects found, no alarm on clean text."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.model import Severity, Verdict

SHARED = Path(os.environ.get("KANWU_SHARED", Path(__file__).resolve().parents[3] / "shared"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason=f"needs the shared documents in {SHARED}")


def seed(number: str) -> str:
    return next((SHARED / "seeds").glob(f"{number}_*.txt")).read_text("utf-8")


def accused(judge: Callable, text: str) -> set[tuple[str, str]]:
    """Check and quoted text of every error."""
    return {(f.check, text[f.start : f.end]) for f in judge(text)[2] if f.severity is Severity.ERROR}


def test_defects_of_a_county_report(judge: Callable) -> None:
    found = accused(judge, seed("000"))
    assert {check for check, _ in found} == {
        "relation/fenbie_arity",
        "relation/unit_indicator_fit",
        "relation/share_of_total",
        "relation/heading_numbering",
    }
    assert ("relation/fenbie_arity", "14889户，增长4.7%、9.3%") in found
    messages = [f.message for f in judge(seed("000"))[2]]
    assert any("26.36亿元 是 34.07亿元 的 77.34–77.40%；文中写 74.69%" in m for m in messages)
    assert any("（六）（七）" in m for m in messages)
    assert any("缺 二、" in m for m in messages)


def test_a_growth_rate_that_does_not_fit_its_levels(judge: Callable) -> None:
    found = accused(judge, seed("001"))
    assert {check for check, _ in found} == {"relation/growth_vs_levels"}
    assert any("25.35%" in quoted for _, quoted in found)


def test_a_slogan_that_lost_a_character(judge: Callable) -> None:
    assert {(check, quoted[-4:]) for check, quoted in accused(judge, seed("004"))} == {
        ("relation/enumerated_count", "五治并举")
    }
    assert accused(judge, seed("003")) == set()


def test_a_clean_report_and_its_structure_are_left_alone(judge: Callable) -> None:
    text = (SHARED / "gold" / "seed002_reflowed.txt").read_text("utf-8")
    _, relations, findings = judge(text)
    assert not [f for f in findings if f.severity is Severity.ERROR]
    structure = [r for r in relations if r.type == "parts_sum_to_whole"]
    assert [r.verdict for r in structure] == [Verdict.CONSISTENT]


@pytest.mark.parametrize("path", sorted((SHARED / "corpus").glob("*.txt")), ids=lambda p: p.stem)
def test_no_error_on_a_clean_report(judge: Callable, path: Path) -> None:
    assert accused(judge, path.read_text("utf-8")) == set()


def test_enumerations_of_the_gold_are_found(judge: Callable) -> None:
    texts = {"000": seed("000"), "002": (SHARED / "gold" / "seed002_reflowed.txt").read_text("utf-8")}
    listed = {
        number: [
            ("".join(text[r.detail["clean_start"] : r.detail["clean_end"]].split()), r)
            for r in judge(text)[1]
            if r.type in {"enumerated_count", "enumerated_partial"}
        ]
        for number, text in texts.items()
    }
    rows = [json.loads(line) for line in (SHARED / "gold" / "relations.jsonl").open(encoding="utf-8")]
    wanted = [row for row in rows if row["type"] in {"enumerated_count", "enumerated_partial"}]
    found = 0
    for row in wanted:
        figure = row["figures"][0]
        raw = "".join(figure["raw"].split())
        same = [r for quoted, r in listed[figure["file"][:3]] if raw in quoted]
        assert all(r.verdict is not Verdict.INCONSISTENT for r in same)
        found += any(r.verdict is Verdict.CONSISTENT for r in same)
    assert found >= 0.9 * len(wanted), (found, len(wanted))
