"""Parts and wholes: ratios of shares, lists that end in 共, and pairs that divide a total without remainder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cleaner.figures.relations.page import CLAUSE, Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import bare_name, compiled
from cleaner.figures.scan import found_from
from cleaner.model import Figure, Reason
from cleaner.packs.relations import RelationType, relation_types

_RATIO = re.compile(r"(?<![\d.:：∶])\d+(?:\.\d+)?(?:\s*[:：∶]\s*\d+(?:\.\d+)?){2,}(?![\d.:：∶])")
_STEPS = re.compile("增加(?!值)|增长|减少|下降|净增")
_NEARLY_ALL = 90
"""Shares that reach less than this are some of many, and no claim about the whole."""


def propose(page: Page) -> Iterator[Draft]:
    """parts_sum_to_whole in its four forms."""
    kind = relation_types()["parts_sum_to_whole"]
    yield from _ratios(page, kind)
    for run in page.triples:
        if sum(map(is_rate, run)) > 2:
            yield from _shares_of_sectors(page, kind, run)
            yield from _shares_in_a_list(page, kind, run)
        if sum(map(is_quantity, run)) > 2:
            yield from _partitions(page, kind, run)
            yield from _among(page, run)
            yield from _lists_with_total(page, kind, run)


def _ratios(page: Page, kind: RelationType) -> Iterator[Draft]:
    """A：B：C of an economy's structure is 100; of a burden it may be 10."""
    structure = compiled(kind.words("structure"))
    for found in found_from(_RATIO, page.text, page.numerals_before(":：∶")):
        before = compiled(r"[，。；\n]").split(page.text[max(0, found.start() - 80) : found.start()])[-1]
        numerals = compiled(r"\d+(?:\.\d+)?").findall(found.group())
        certain = structure.search(before) is not None
        whole = "100" if certain or sum(float(n) for n in numerals) > 50 else "10"
        members = page.touching(found.start(), found.end())
        detail: dict[str, object] = {"form": "ratio", "whole": whole}
        if len(members) != len(numerals) or any(f.value is None for f in members):
            detail["parts"] = tuple(numerals)
        if "三次产业" in before:
            counted = {"form": "sectors", "stated": 3, "readings": (len(numerals),), "items": tuple(numerals)}
            begin = found.start() - len(before) + before.rindex("三次产业")
            yield Draft(
                "enumerated_count", begin, found.end(), page.touching(begin, found.end()), detail=counted
            )
        if certain and "parts" not in detail:
            yield from _of_levels(page, members, found.start())
        reason = None if certain else Reason.BASE_UNKNOWN
        if "parts" in detail:
            # not all of them were read as figures: what they add up to is no figure's claim
            certain, reason = False, Reason.SECOND_READING
        yield Draft("parts_sum_to_whole", found.start(), found.end(), members, certain, reason, detail)


def _of_levels(page: Page, shares: tuple[Figure, ...], start: int) -> Iterator[Draft]:
    """The three sectors in money, where the sentence prints them before their shares: each share on its own."""
    floor, _ = page.sentence(start)
    levels = [f for f in page.within(floor, start) if is_quantity(f) and f.unit == "元"]
    whole = next((f for f in levels if bare_name(page.lead(f)) == "生产总值"), None)
    if whole is None or len(shares) != 3:
        return
    for number, share in zip("一二三", shares, strict=True):
        named = compiled(rf"第{number}产业(?:增加值)?(?:完成|实现|达到?|为)?$")
        part = next((f for f in levels if named.search(page.lead(f))), None)
        if part is not None:
            yield Draft("share_of_total", share.clean_start, share.clean_end, (part, whole, share))


def _shares_of_sectors(page: Page, kind: RelationType, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """第一、二、三产业占比分别为 …: the named sectors are the whole economy."""
    sectors = compiled(rf"{kind.words('sectors')}[^。；\d]{{0,14}}(?:比重|占比|比例)[^。；\d]{{0,8}}$")
    start = max(0, run[0].clean_start - CLAUSE)
    if not compiled(kind.words("sectors")).search(page.text, start, run[-1].clean_start):
        return
    for index in range(len(run) - 2):
        three = run[index : index + 3]
        if not all(is_rate(f) for f in three) or not sectors.search(page.lead(three[0])):
            continue
        if any(compiled(r"[、，和及\s]+").fullmatch(page.between(a, b)) is None for a, b in pairwise(three)):
            continue
        detail = {"form": "shares", "whole": "100"}
        yield Draft("parts_sum_to_whole", three[0].clean_start, three[2].clean_end, three, detail=detail)


def _shares_in_a_list(page: Page, kind: RelationType, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """本市游客占x%、省外游客占y%、…: shares of one kind of thing. More than 100 is too much; less is a list left open."""
    shares: list[Figure] = []
    ends = compiled(rf"{kind.words('has')}$")
    joins = compiled(r"[、，][^，。；、]{2,14}")
    for figure in run:
        has = is_rate(figure) and ends.search(page.lead(figure)) is not None
        if shares and not (has and joins.fullmatch(page.between(shares[-1], figure))):
            yield from _one_list(page, shares)
            shares = []
        if has:
            shares.append(figure)
    yield from _one_list(page, shares)


def _one_list(page: Page, shares: list[Figure]) -> Iterator[Draft]:
    if len(shares) < 3:
        return
    nouns = [page.lead(f).rpartition("占")[0] for f in shares]
    like = all(len(n) > 2 and n[-2:] == nouns[0][-2:] for n in nouns)
    reached = sum(f.value for f in shares if f.value is not None)
    if not like or reached < _NEARLY_ALL:
        return
    start, end = shares[0].clean_start, shares[-1].clean_end
    detail = {"form": "list", "whole": "100"}
    certain = reached > 100
    reason = None if certain else Reason.BASE_UNKNOWN
    yield Draft("parts_sum_to_whole", start, end, tuple(shares), certain, reason, detail)


def _among(page: Page, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """N个，其中甲a个、乙b个、丙c个: parts that add up are a sum; parts that do not need not be all."""
    joins = compiled(r"[、，][^，。；、0-9]{1,14}")
    if page.text.find("其中", max(0, run[0].clean_start - CLAUSE), run[-1].clean_start) < 0:
        return
    for index, first in enumerate(run):
        before = [f for f in run[:index] if is_quantity(f) and f.unit == first.unit]
        if not before or not is_quantity(first) or "其中" not in page.lead(first):
            continue
        whole, parts = before[-1], [first]
        for figure in run[index + 1 :]:
            if figure.unit != first.unit or not joins.fullmatch(page.between(parts[-1], figure)):
                break
            parts.append(figure)
        if len(parts) > 1 and "；" not in page.between(whole, first):
            start, end = whole.clean_start, parts[-1].clean_end
            reason, detail = Reason.SUBSET_NOT_SAID, {"form": "among"}
            yield Draft("parts_sum_to_whole", start, end, (*parts, whole), False, reason, detail)


def _partitions(page: Page, kind: RelationType, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """A total, then its two or three halves by name (出口/进口, 税收/非税): nothing is left over."""
    named = _first_parts(kind)
    if not named.search(page.text, max(0, run[0].clean_start - CLAUSE), run[-1].clean_start):
        return
    quantities = [f for f in run if is_quantity(f)]
    families = [tuple(words.split("|")) for words in kind.trigger["partitions"]]
    windows = {size: _windows(page, kind, quantities, size) for size in {len(names) for names in families}}
    for names in families:
        for members, leads in windows[len(names)]:
            if all(name in leads for name in names) and _fits(page, names, members):
                whole, *parts = members
                start, end = whole.clean_start, parts[-1].clean_end
                yield Draft("parts_sum_to_whole", start, end, (*parts, whole), detail={"form": "sum"})


def _first_parts(kind: RelationType) -> re.Pattern[str]:
    """The first name of each family of parts."""
    return compiled("|".join(words.partition("|")[0] for words in kind.trigger["partitions"]))


def _windows(
    page: Page, kind: RelationType, quantities: list[Figure], size: int
) -> list[tuple[list[Figure], str]]:
    """A total and ``size`` parts behind it, of one unit, in one statement of no change, with the words before them."""
    found = []
    for index in range(len(quantities) - size):
        members = quantities[index : index + 1 + size]
        whole, last = members[0], members[-1]
        if any(f.unit != whole.unit or not page.lead(f) for f in members[1:]):
            continue
        leads = " ".join([page.lead(f) for f in members])
        changes = _STEPS.search(leads) is not None
        if not changes and "；" not in page.between(whole, last) and not kind.excluded(leads):
            found.append((members, leads))
    return found


def _fits(page: Page, names: tuple[str, ...], members: list[Figure]) -> bool:
    """Whether the parts bear these names, one each, and the total none of them."""
    named = [
        next((n for n in names if compiled(rf"{n}[^，。；]{{0,4}}$").search(page.lead(part))), "")
        for part in members[1:]
    ]
    return sorted(named) == sorted(names) and bare_name(page.lead(members[0])) not in names


def _lists_with_total(page: Page, kind: RelationType, run: tuple[Figure, ...]) -> Iterator[Draft]:
    """甲5家、乙4家、丙8家，共计17家: an explicit sum of what was just listed."""
    closing = compiled(rf"[，,、；\s]*{kind.words('total')}(?:有|为|达|达到)?")
    for index, whole in enumerate(run):
        if index < 2 or not is_quantity(whole) or not closing.fullmatch(page.lead(whole)):
            continue
        parts: list[Figure] = []
        for figure in reversed(run[:index]):
            if not is_quantity(figure) or figure.unit != whole.unit:
                break
            parts.insert(0, figure)
        joined = all("、" in page.between(a, b) or "，" in page.between(a, b) for a, b in pairwise(parts))
        if len(parts) >= 2 and joined and "其中" not in page.between(parts[0], whole):
            certain = len(parts) == index
            reason = None if certain else Reason.SECOND_READING
            detail = {"form": "sum"}
            members = (*parts, whole)
            yield Draft(
                "parts_sum_to_whole", parts[0].clean_start, whole.clean_end, members, certain, reason, detail
            )
