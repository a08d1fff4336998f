"""Reports of one invented county, made to order: a year of figures and a sentence each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from cleaner.checks.panel import Panel, build
from cleaner.model import Cleaned, Document, DocumentResult, OffsetMap
from cleaner.reading.blocks import parse_blocks
from cleaner.reading.identity import identify
from cleaner.runs.process import judge

REPORT = """\
{place}政府工作报告

——{given}年2月20日在{place}第十七届人民代表大会第四次会议上

一、{year}年工作回顾

各位代表，{sentence}
{plans}"""
PLANS = """
二、{given}年工作安排

{plans}
"""


def report(year: int, sentence: str, plans: str = "", place: str = "云泽县", doc: str = "") -> DocumentResult:
    """The judged report that looks back on ``year``."""
    ahead = PLANS.format(given=year + 1, plans=plans) if plans else ""
    text = REPORT.format(place=place, given=year + 1, year=year, sentence=sentence, plans=ahead)
    said = identify(text)
    document = Document(doc or f"{year}.txt", text, title=said.title, place=said.place, year=said.year)
    return judge(Cleaned(document, text, (), OffsetMap.identity(len(text)), parse_blocks(text)))


def reports(described: str) -> list[DocumentResult]:
    """Reports from ``year：sentence‖year：sentence``; a target stands in the chapter of plans."""
    made = []
    for part in described.split("‖"):
        year, _, sentence = part.partition("：")
        plans = sentence if sentence.startswith("主要预期目标") else ""
        first = int(year) - 1 if plans else int(year)
        made.append(report(first, "各项工作扎实推进。" if plans else sentence, plans))
    return made


@pytest.fixture
def panel() -> Callable[[str], Panel]:
    """From described reports to their panel."""
    return lambda described: build(reports(described))


@pytest.fixture
def make_report() -> Callable[..., DocumentResult]:
    """One report of a county."""
    return report


@pytest.fixture
def make_panel() -> Callable[[Sequence[DocumentResult]], Panel]:
    """From reports to their panel."""
    return build
