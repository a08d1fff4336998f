"""One quantity printed twice: in two places, in two units, or as the product of two others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, pairwise

from cleaner.figures.relations.page import Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import bare_name, compiled
from cleaner.model import Figure, Reason
from cleaner.packs.relations import relation_types

_FACTORS: dict[tuple[str, str], tuple[int, int]] = {
    ("公斤", "斤"): (2, 1),
    ("千克", "斤"): (2, 1),
    ("吨", "公斤"): (1000, 1),
    ("吨", "斤"): (2000, 1),
    ("公顷", "亩"): (15, 1),
    ("平方公里", "亩"): (1500, 1),
    ("平方公里", "公顷"): (100, 1),
    ("公里", "米"): (1000, 1),
    ("公里", "里"): (2, 1),
    ("千瓦", "兆瓦"): (1, 1000),
}
"""One of the first unit is numerator/denominator of the second."""
_SHORTEST = 4
"""A name shorter than this says too little of what it names."""
_SENTENCE_END = compiled(r"[。！？\n]")
_CHANGES = ("增长", "下降", "提高", "上升", "增加", "增幅")
_GROWTH = compiled(rf"[，、]?(?:同比|比上年|较上年|平均|分别|实际|可比)*(?:{'|'.join(_CHANGES)})$")


def propose(page: Page) -> Iterator[Draft]:
    """duplicated_figure, unit_conversion, implied_ratio."""
    yield from _codes(page)
    yield from _repeats(page)
    yield from _converted(page)
    for run in page.pairs:
        yield from _yields(page, run)


def factor(one: str, other: str) -> tuple[int, int] | None:
    """How many of ``other`` make one of ``one``, as numerator and denominator; None where they do not convert."""
    if (one, other) in _FACTORS:
        return _FACTORS[one, other]
    if (other, one) in _FACTORS:
        high, low = _FACTORS[other, one]
        return low, high
    return None


def _converted(page: Page) -> Iterator[Draft]:
    """a公斤（合b斤）, a，折合b."""
    kind = relation_types()["unit_conversion"]
    opening = compiled(rf"\s*(?:[（(]{kind.words('that_is')}?|[，,、]\s*{kind.words('that_is')})\s*")
    for one, other in chain.from_iterable(map(pairwise, page.pairs)):
        ratio = factor(one.unit, other.unit)
        if ratio is None or not (is_quantity(one) and is_quantity(other)):
            continue
        if opening.fullmatch(page.between(one, other)):
            detail = {"numerator": ratio[0], "denominator": ratio[1]}
            yield Draft("unit_conversion", one.clean_start, other.clean_end, (one, other), detail=detail)


def _repeats(page: Page) -> Iterator[Draft]:
    """The same indicator, period, status and unit in two places of one document."""
    kind = relation_types()["duplicated_figure"]
    bins: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in page.figures:
        if figure.comparator != "=" or figure.kind == "threshold":
            continue
        if not (is_quantity(figure) or is_rate(figure)):
            continue
        lead = page.lead(figure)
        if not lead:
            continue
        name = bare_name(_GROWTH.sub("", lead) if lead.endswith(_CHANGES) else lead)
        if len(name) >= _SHORTEST and page.is_prose(figure):
            bins[name, figure.unit, figure.kind, figure.period, figure.status].append(figure)
    for (name, *_), same in bins.items():
        if len(same) < 2 or kind.excluded(name):
            continue
        for one, other in pairwise(same):
            certain = one_slip(one.text, other.text) and one.status == "actual" and bool(one.period)
            # one sentence that names a thing twice tells of its tiers: 一级医院报销比例85%；二级医院报销比例75%
            certain = (
                certain and _SENTENCE_END.search(page.text, one.clean_end, other.clean_start) is not None
            )
            reason = None if certain else Reason.SECOND_READING
            yield Draft(
                "duplicated_figure", other.clean_start, other.clean_end, (one, other), certain, reason
            )


def one_slip(one: str, other: str) -> bool:
    """Whether two prints differ in one character: a slip, not another quantity of the same name."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _codes(page: Page) -> Iterator[Draft]:
    """A code in quotes that recurs: 五抓一优一促 in the text and in the notes."""
    seen: dict[str, Figure] = {}
    for figure in page.figures:
        if figure.kind != "policy_code" or not figure.components:
            continue
        first = seen.setdefault(figure.text, figure)
        if first is not figure and len(figure.text) > 1:
            detail = {"form": "code"}
            members = (first, figure)
            yield Draft("duplicated_figure", figure.clean_start, figure.clean_end, members, detail=detail)


def _yields(page: Page, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """面积x亩，总产y公斤，单产z公斤: area times yield is output."""
    kind = relation_types()["implied_ratio"]
    area = _named(page, kind.words("area"), [f for f in run if f.unit == "亩" and is_quantity(f)])
    if area is None:
        return
    output = _named(page, kind.words("output"), [f for f in run if is_quantity(f)])
    each = _named(page, kind.words("each"), [f for f in run if f.value is not None])
    if output is None or each is None or each is output:
        return
    made, per = _KILOGRAMS.get(output.unit), _KILOGRAMS.get(each.unit.removesuffix("/亩"))
    if made is None or per is None:
        return
    detail = {"output_kg": str(made), "yield_kg": str(per)}
    start, end = run[0].clean_start, run[-1].clean_end
    yield Draft("implied_ratio", start, end, (area, output, each), False, Reason.SCOPE_CHANGED, detail)


def _named(page: Page, words: str, figures: list[Figure]) -> Figure | None:
    """The first of ``figures`` with one of ``words`` before it."""
    return next((f for f in figures if compiled(words).search(page.lead(f))), None)


_KILOGRAMS = {"公斤": Decimal(1), "千克": Decimal(1), "斤": Decimal("0.5"), "吨": Decimal(1000)}
