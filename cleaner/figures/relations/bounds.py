"""Inequalities: a part in its whole, a bound beside the exact figure, floors, ranges and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from cleaner.figures.relations.page import Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import HAN, bare_name, compiled
from cleaner.figures.scan import found_from
from cleaner.model import Figure, Reason
from cleaner.packs.relations import RelationType, relation_types

_GROSS = re.compile(r"新增[^，。；]{0,14}$")
_NET = re.compile(r"[，、]?净增(?:加)?")


def propose(page: Page) -> Iterator[Draft]:
    """The relations that only bound a figure."""
    yield from _of_them(page)
    yield from _subsets(page)
    yield from _floors(page)
    yield from _exact_beyond_bound(page)
    yield from _net_and_gross(page)
    yield from _directions(page)
    yield from _milestones(page)
    yield from _percentages(page)
    yield from _ranges(page)


def _subsets(page: Page) -> Iterator[Draft]:
    """N个…，其中m个: the first part behind 其中 against the nearest total of its unit before it; N个…中，m个."""
    kind = relation_types()["subset_le_total"]
    mark = compiled(rf"{kind.words('among')}[^。；;]{{0,40}}?$")
    among = compiled(kind.words("among"))
    for run in page.pairs:
        if not among.search(page.text, page.sentence(run[0].clean_start)[0], run[-1].clean_start):
            continue
        for whole_index, part in enumerate(run):
            if not is_quantity(part) or part.kind == "threshold":
                continue
            lead = page.text[page.sentence(part.clean_start)[0] : part.clean_start]
            found = mark.search(lead)
            if found is None or page.within(part.clean_start - len(found.group()), part.clean_start):
                continue
            wholes = [
                f
                for f in run[:whole_index]
                if is_quantity(f) and f.unit == part.unit and f.kind != "threshold"
            ]
            if not wholes:
                continue
            whole = wholes[-1]
            words = page.lead(whole) + page.text[whole.clean_end : part.clean_start] + page.tail(part, 4)
            doubtful = (
                kind.excluded(words)
                or len(wholes) > 1
                or page.text[whole.clean_end : part.clean_start].count("，") > 2
            )
            reason = Reason.SCOPE_CHANGED if doubtful else None
            yield Draft(
                "subset_le_total", whole.clean_start, part.clean_end, (part, whole), not doubtful, reason
            )


def _of_them(page: Page) -> Iterator[Draft]:
    """88个项目中，开工14个; 37个项目，已竣工9个: a part that the words join to the total right before it."""
    kind = relation_types()["subset_le_total"]
    joint = compiled(rf"[{HAN}“”（）]{{0,16}}{kind.words('of_them')}[{HAN}]{{0,8}}")
    for whole, part in page.alike:
        if "threshold" in (whole.kind, part.kind):
            continue
        between = page.between(whole, part)
        if (
            "其中" not in between
            and joint.fullmatch(between)
            and not kind.excluded(page.lead(whole) + between)
        ):
            yield Draft("subset_le_total", whole.clean_start, part.clean_end, (part, whole))


def _floors(page: Page) -> Iterator[Draft]:
    """总投资T的N个M亿元以上项目: T is at least N times M."""
    kind = relation_types()["floor_sum"]
    total = compiled(rf"{kind.words('total')}(?:达|为|约|近|超|超过|突破)?$")
    for run in page.triples:
        for whole, number, floor in zip(run, run[1:], run[2:], strict=False):
            if not (floor.unit == whole.unit == "元" and is_quantity(whole) and is_quantity(number)):
                continue
            if (
                not total.search(page.lead(whole))
                or number.unit not in {"个", "项", "家"}
                or number.value is None
            ):
                continue
            if compiled(r"的?").fullmatch(page.between(whole, number)) and page.between(number, floor) in {
                "",
                "总投资",
                "投资",
            }:
                above = (
                    page.tail(floor, 2) == "以上"
                    or floor.comparator in {">", ">="}
                    or floor.text.endswith("以上")
                )
                if above:
                    yield Draft("floor_sum", whole.clean_start, floor.clean_end, (number, floor, whole))


def _exact_beyond_bound(page: Page) -> Iterator[Draft]:
    """突破150亿元大关、达到158.9亿元."""
    kind = relation_types()["bound_vs_exact"]
    bound = compiled(rf"{kind.words('beyond')}$")
    between = compiled(rf"(?:大关|关口)?[，、,]?{kind.words('reach')}")
    for one, other in page.alike:
        if other.comparator != "=" or not between.fullmatch(page.between(one, other)):
            continue
        if one.comparator == ">" or bound.search(page.text[max(0, one.clean_start - 4) : one.clean_start]):
            yield Draft("bound_vs_exact", one.clean_start, other.clean_end, (one, other))


def _net_and_gross(page: Page) -> Iterator[Draft]:
    """新增n户，净增m户: what is left cannot be more than what came."""
    for gross, net in page.alike:
        if _NET.fullmatch(page.lead(net)) and _GROSS.search(page.lead(gross)):
            yield Draft("net_le_gross", gross.clean_start, net.clean_end, (net, gross))


def _directions(page: Page) -> Iterator[Draft]:
    """由a提高到b, 从a压缩到b: the words say which of the two is greater."""
    kind = relation_types()["range_monotone"]
    up, down = (
        compiled(rf"[^，。；\d]{{0,6}}{kind.words('up')}(?:了|约)?"),
        compiled(rf"[^，。；\d]{{0,6}}{kind.words('down')}(?:了|约)?"),
    )
    for run in page.pairs:
        for before, after in pairwise(run):
            if (
                before.unit != after.unit
                or before.value is None
                or after.value is None
                or before.kind in {"rank", "ordinal"}
            ):
                continue
            lead, between = page.lead(before), page.between(before, after)
            if compiled(r"[由从]").search(lead) is None or kind.excluded(
                lead + between + page.tail(after, 4)
            ):
                continue
            rises = up.fullmatch(between) is not None
            if rises or down.fullmatch(between):
                members = (before, after) if rises else (after, before)
                yield Draft(
                    "range_monotone",
                    before.clean_start,
                    after.clean_end,
                    members,
                    detail={"form": "direction"},
                )


def _milestones(page: Page) -> Iterator[Draft]:
    """3月底…40%、上半年…80%: a rate that accumulates does not fall within a year."""
    kind = relation_types()["range_monotone"]
    month = compiled(kind.words("by"))
    for run in page.rated:
        rates = [f for f in run if is_rate(f)]
        months = [_month_before(page, month, rate) for rate in rates] if len(rates) > 1 else []
        dated = [(at, rate) for at, rate in zip(months, rates, strict=False) if at is not None]
        for (one, first), (two, second) in pairwise(dated):
            if one < two:
                members, detail = (first, second), {"form": "milestones"}
                yield Draft("range_monotone", first.clean_start, second.clean_end, members, detail=detail)


def _month_before(page: Page, month: re.Pattern[str], rate: Figure) -> int | None:
    """The month by which a rate of progress is reached; None where its clause names none."""
    start = page.clause_start(rate.clean_start)
    found = [m.group() for m in month.finditer(page.text, start, rate.clean_start)]
    if found and compiled(r"率|完成|进度").search(page.text[start : rate.clean_start]):
        return _month(found[-1])
    return None


def _month(word: str) -> int:
    named = {"上半年": 6, "一季度": 3, "三季度": 9, "年底": 12, "全年": 12, "年末": 12, "二季度": 6}
    digits = compiled(r"\d{1,2}").search(word)
    return named.get(word) or (int(digits.group()) if digits else 12)


def _ranges(page: Page) -> Iterator[Draft]:
    """a—b with one unit: the first is not greater than the second."""
    pattern = _range(relation_types()["range_monotone"])
    for found in found_from(pattern, page.text, page.numerals_before("—–~～-")):
        low, high = Decimal(found.group(1)), Decimal(found.group(2))
        detail = {"form": "range", "low": str(low), "high": str(high)}
        members = page.touching(*found.span())
        short = found.group(0).endswith("年") and len(found.group(2)) < 4
        reason = Reason.SECOND_READING if short else None
        yield Draft("range_monotone", found.start(), found.end(), members, not short, reason, detail)


def _range(kind: RelationType) -> re.Pattern[str]:
    return compiled(
        rf"(?<![\d.—\-–~∶:A-Za-z/+])(\d+(?:\.\d+)?)\s*(?:[—–~～]|——|-)\s*(\d+(?:\.\d+)?)(?:[万亿]?{kind.words('unit')})"
    )


def _percentages(page: Page) -> Iterator[Draft]:
    """Shares, rates of coverage and cuts lie between 0 and 100 %."""
    kind = relation_types()["percent_bounds"]
    proper = compiled(rf"{kind.words('proper')}{kind.words('verb')}*$")
    cut = compiled(rf"{kind.words('cut')}(?:了|约|近|超|超过|达)?$")
    for rate in page.rates:
        lead = page.lead(rate)
        sure = proper.search(lead) is not None or cut.search(lead) is not None
        if kind.excluded(lead) or not (sure or rate.kind == "share"):
            continue
        reason = None if sure else Reason.BASE_UNKNOWN
        yield Draft(
            "percent_bounds",
            rate.clean_start,
            rate.clean_end,
            (rate,),
            sure,
            reason,
            {"name": bare_name(lead)},
        )
