"""N things and the things: 四大平台 and the four that are named, “清拆改种建”五治, 市县两级, notes that spell a code out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleaner.figures.relations.lists import Counted, count
from cleaner.figures.relations.page import Draft, Page
from cleaner.figures.relations.words import HAN, NUMERAL, SMALL, compiled, whole_number
from cleaner.model import BlockType, Reason
from cleaner.packs.relations import RelationType, relation_types

_MOST = 20
"""A list that is announced and then spelt out is not longer than this."""
_MEASURED = frozenset({"count", "level", "target", "threshold", "share", "growth_rate"})
_TIER = "省市州县区乡镇村组"
_TIERS = re.compile(rf"(?<![{_TIER}])(?P<body>[{_TIER}]{{2,6}})(?P<n>[两二三四五六])级")
_TIER_COUNT = re.compile(rf"级(?<=[{_TIER}][两二三四五六].)(?!以上|以下|网格)")
_MOST_TIERS = 6
_TWOFOLD = re.compile("乡镇|县区|市区|市州|区县|镇村|村组")
_ONE_HAN = re.compile(rf"[{HAN}]")
_NUMBERED = re.compile(rf"[0-9]|“{NUMERAL}[个大项]|[的地得了]$|^[、]")
_TWO_NAMES = re.compile(rf"[和与及](?<=[{HAN}].)(?=[{HAN}])")
_AND_SO_ON = re.compile(rf"等[{HAN}]{{0,4}}$")
_MORE = re.compile(r"[^，。；：\n]{0,10}?(?:等|、|和|与|及)")
_PLAN_PERIOD = re.compile(r"“?(?:[八九]|十[一二三四五六]?)五")
"""The name of a plan period (十四五) counts nothing."""


def propose(page: Page) -> Iterator[Draft]:
    """enumerated_count and enumerated_partial."""
    kind = relation_types()["enumerated_count"]
    yield from _characters(page, kind)
    yield from _tiers(page)
    yield from _appositions(page, kind)


def draft(
    page: Page, span: tuple[int, int], stated: int, counted: Counted, certain: bool, form: str
) -> Draft:
    """The claim that ``stated`` things are announced and those in ``counted`` listed."""
    readings = sorted(counted.readings)
    detail = {"form": form, "stated": stated, "readings": tuple(readings), "items": counted.items}
    reason = None if certain else Reason.SECOND_READING
    return Draft("enumerated_count", span[0], span[1], page.touching(*span), certain, reason, detail)


def _characters(page: Page, kind: RelationType) -> Iterator[Draft]:
    """“清拆改种建”五治并举: each component is one character, or all are two."""
    pattern = compiled(
        rf"“(?P<body>[{HAN}、，]{{2,12}})”(?P<n>[两二三四五六七八九十])(?P<head>[{HAN}]){kind.words('together')}"
    )
    for found in pattern.finditer(page.text):
        stated = whole_number(found.group("n"))
        body = found.group("body")
        if stated is None:
            continue
        if "、" in body or "，" in body:
            counted = count(body)
        else:
            readings = {len(body) // k for k in (1, 2, 3, 4) if len(body) % k == 0}
            counted = Counted(tuple(body), frozenset(readings), pure=True)
        size = len(counted.items)
        certain = abs(size - stated) <= 2 or abs(size - 2 * stated) == 1
        yield draft(page, found.span(), stated, counted, certain, "characters")


def _tiers(page: Page) -> Iterator[Draft]:
    """市县两级, 省市县乡村五级: one character a tier."""
    end = 0
    for found in _all_tiers(page.text):
        stated = whole_number(found["n"])
        body = found["body"]
        name = page.text[found.start() - 1 : found.start()] if found.start() > end else ""
        start, end = found.start() - (_ONE_HAN.fullmatch(name) is not None), found.end()
        if stated is None or len(set(body)) != len(body):
            continue
        # 全省市县两级: the first character can belong to the word before. 乡镇 is also one tier by two names.
        twofold = _TWOFOLD.search(body) or name in ("全", "我", "本", "各")
        readings = {len(body), len(body) - 1} if twofold else {len(body)}
        counted = Counted(tuple(body), frozenset(readings), pure=True)
        yield draft(page, (start, end), stated, counted, True, "characters")


def _all_tiers(text: str) -> Iterator[re.Match[str]]:
    """The characters before 两级, all of them, where there are two to six; looked for before each 级."""
    for level in _TIER_COUNT.finditer(text):
        found = _TIERS.search(text, max(0, level.start() - _MOST_TIERS - 1), level.end())
        if found:
            yield found


def _appositions(page: Page, kind: RelationType) -> Iterator[Draft]:
    """甲、乙、丙三个…, 甲、乙、丙“三红”产业: the numeral follows the last item and a noun follows the numeral."""
    for found in _announced().finditer(page.text):
        quoted, position = found["coined"] is not None, found.start()
        start = page.clause_start(position)
        if page.text.find("、", start, position) < 0 and not (
            quoted and _TWO_NAMES.search(page.text, start, position)
        ):
            continue
        stated = whole_number(found["coined"] or page.text[position : found.start("unit")])
        if stated is None or not 2 <= stated <= _MOST:
            continue
        begin = _list_start(page, start, position)
        body = page.text[begin:position]
        if not _is_list(body, quoted) or kind.excluded(body) or _PLAN_PERIOD.match(found.group()):
            continue
        if _AND_SO_ON.search(body):
            yield from _partial(page, begin, found, body, stated)
        else:
            counted = count(body)
            whole = _whole(page, begin) and not _goes_on(page, found.end())
            certain = whole and _certain(counted, found["thing"] or found["unit"], stated)
            yield draft(page, (begin, found.end()), stated, counted, certain, "list")


@cache
def _announced() -> re.Pattern[str]:
    """“三红”, or 三 and a measure word before a noun. It begins with a class of characters, which is searched fast."""
    units = relation_types()["enumerated_count"].words("unit")
    coined = rf"(?<=“)(?P<coined>{NUMERAL})(?P<thing>[{HAN}]{{1,6}})”"
    numeral = rf"(?:(?<=[0-9])[0-9]{{0,2}}|(?<=[{SMALL}])[{SMALL}]{{0,3}})"
    return re.compile(rf"[“0-9{SMALL}](?:{coined}|{numeral}(?P<unit>{units})(?=[{HAN}“]))")


def _list_start(page: Page, start: int, end: int) -> int:
    """Start of the list that ends at ``end`` in a clause: its ``start``, or behind the last measured figure in it."""
    for figure in page.touching(start, end):
        if figure.clean_end <= end - 2 and figure.kind in _MEASURED:
            start = max(start, figure.clean_end)
    return start


def _is_list(body: str, quoted: bool) -> bool:
    if _NUMBERED.search(body) or body.count("“") != body.count("”"):
        return False
    if "、" not in body:
        return quoted and _TWO_NAMES.search(body) is not None
    return len(body.rpartition("、")[2]) >= 2 and body.count("（") == body.count("）")


def _certain(counted: Counted, unit: str, stated: int) -> bool:
    """A list is read with certainty when it has one shape and its count is near the stated one."""
    return (
        stated > 2
        and counted.pure
        and len(counted.items) >= 3
        and abs(len(counted.items) - stated) <= 2
        and unit != "级"
    )


def _goes_on(page: Page, end: int) -> bool:
    """Whether the list continues behind the counted noun: 低保、残疾人“两项补贴”等 counts its last item only."""
    return _MORE.match(page.text, end, end + 12) is not None


def _whole(page: Page, start: int) -> bool:
    """Whether the text at ``start`` begins a sentence of its own and not the second half of a wrapped line."""
    block = page.block(start)
    if block is None or block.start != start:
        return True
    before = page.text[max(0, start - 400) : start].rstrip()[-1:]
    return not before or before in set("。！？：；!?:;”") or block.type is BlockType.LIST_ITEM


def _partial(page: Page, begin: int, found: re.Match[str], body: str, stated: int) -> Iterator[Draft]:
    """甲、乙等N个: what is listed cannot be more than N; 等 may also close a full list."""
    counted = count(_AND_SO_ON.sub("", body))
    span = (begin, found.end())
    certain = counted.pure and len(counted.items) >= 3
    detail = {"form": "partial", "stated": stated, "readings": (len(counted.items),), "items": counted.items}
    reason = None if certain else Reason.SECOND_READING
    yield Draft("enumerated_partial", begin, found.end(), page.touching(*span), certain, reason, detail)
