"""Reports of invented counties, made to order, and one county over four years."""

from __future__ import annotations

from pathlib import Path

from cleaner.model import Cleaned, Document, DocumentResult, OffsetMap
from cleaner.reading.blocks import parse_blocks
from cleaner.reading.identity import identify
from cleaner.runs.process import judge

_REPORT = """\
{place}政府工作报告

——{given}年2月20日在{place}第十七届人民代表大会第四次会议上

一、{year}年工作回顾

各位代表，{sentence}
"""
_PLANS = """
二、{given}年工作安排

{plans}
"""

FOUR_YEARS = {
    2020: (
        "全县地区生产总值完成138.2亿元，增长3.1%；一般公共预算收入4.92亿元，增长2.0%；粮食总产量2.21亿公斤；城镇登记失业率3.4%。",
        "主要预期目标是：地区生产总值增长6%以上，一般公共预算收入增长5%，城镇新增就业4000人。",
    ),
    2021: (
        "全县地区生产总值跨过150亿元大关，达到152.8亿元，增长7.9%；一般公共预算收入5.61亿元，增长14.0%；粮食总产量4.50亿斤，"
        "增长1.8%；城镇登记失业率3.2%；城镇新增就业4210人。",
        "主要预期目标是：地区生产总值增长7%，一般公共预算收入增长6%，城镇新增就业4300人。",
    ),
    2022: (
        "全县地区生产总值完成161.4亿元，增长4.4%；一般公共预算收入5.95亿元，增长6.1%；粮食总产量2.29亿公斤，增长1.8%；"
        "城镇登记失业率控制在3.5%以内；城镇新增就业4120人。2021年，粮食总产量达到2.25亿公斤。",
        "主要预期目标是：地区生产总值增长6.2%左右，一般公共预算收入增长5%，城镇新增就业4200人。",
    ),
    2023: (
        "全县地区生产总值完成172.3亿元，增长5.6%；一般公共预算收入6.24亿元，增长4.9%；粮食总产量2.36亿公斤，增长3.1%；"
        "城镇登记失业率3.1%；城镇新增就业4380人。",
        "主要预期目标是：地区生产总值增长6%，城镇新增就业4400人。",
    ),
}
"""Year -> what the report of the next year looks back on, and what it wants. Every pair of levels fits its rate."""


def text_of(year: int, sentence: str, plans: str = "", place: str = "云泽县") -> str:
    """The report that looks back on ``year``, given in February of the next."""
    ahead = _PLANS.format(given=year + 1, plans=plans) if plans else ""
    return _REPORT.format(place=place, given=year + 1, year=year, sentence=sentence) + ahead


def report(year: int, sentence: str, plans: str = "", place: str = "云泽县", doc: str = "") -> DocumentResult:
    """The judged report that looks back on ``year``."""
    text = text_of(year, sentence, plans, place)
    said = identify(text)
    document = Document(doc or f"{year}.txt", text, title=said.title, place=said.place, year=said.year)
    return judge(Cleaned(document, text, (), OffsetMap.identity(len(text)), parse_blocks(text)))


def reports(described: str) -> list[DocumentResult]:
    """Reports from ``year：sentence‖year：sentence``; a target stands in the report of the year before."""
    made = []
    for part in described.split("‖"):
        year, _, sentence = part.partition("：")
        if sentence.startswith("主要预期目标"):
            made.append(report(int(year) - 1, "各项工作扎实推进。", sentence))
        else:
            made.append(report(int(year), sentence))
    return made


def write_county(folder: Path, wrong: tuple[int, str, str] | None = None) -> Path:
    """The county's four reports as files; ``wrong`` is the year of one, and what is printed in it instead of what."""
    folder.mkdir(parents=True, exist_ok=True)
    for year, (sentence, plans) in FOUR_YEARS.items():
        text = text_of(year, sentence, plans)
        if wrong is not None and wrong[0] == year:
            assert text.count(wrong[1]) == 1
            text = text.replace(wrong[1], wrong[2])
        (folder / f"yunze_{year + 1}.txt").write_text(text, "utf-8", newline="")
    return folder
