"""N things and the things: 四大平台 and the four that are named, “清拆改种建”五治, 市县两级, notes that spell a code out."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cleaner.figures.relations.lists import Counted, count
from cleaner.figures.relations.page import Draft, Page
from cleaner.figures.relations.words import NUMERAL, compiled, whole_number
from cleaner.model import BlockType, Reason
from cleaner.packs.relations import RelationType, relation_types

_MOST = 20
"""A list that is announced and then spelt out is not longer than this."""
_MEASURED = {"count", "level", "target", "threshold", "share", "growth_rate"}


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
        rf"“(?P<body>[\p{{Han}}、，]{{2,12}})”(?P<n>[两二三四五六七八九十])(?P<head>\p{{Han}}){kind.words('together')}"
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
    pattern = compiled(
        r"(?P<name>\p{Han}?)(?<![省市州县区乡镇村组])(?P<body>[省市州县区乡镇村组]{2,6})(?P<n>[两二三四五六])级(?!以上|以下|网格)"
    )
    for found in pattern.finditer(page.text):
        stated = whole_number(found["n"])
        body = found["body"]
        if stated is None or len(set(body)) != len(body):
            continue
        # 全省市县两级: the first character can belong to the word before. 乡镇 is also one tier by two names.
        twofold = compiled("乡镇|县区|市区|市州|区县|镇村|村组").search(body) or found["name"] in set(
            "全我本各"
        )
        readings = {len(body), len(body) - 1} if twofold else {len(body)}
        counted = Counted(tuple(body), frozenset(readings), pure=True)
        yield draft(page, found.span(), stated, counted, True, "characters")


def _appositions(page: Page, kind: RelationType) -> Iterator[Draft]:
    """甲、乙、丙三个…, 甲、乙、丙“三红”产业: the numeral follows the last item and a noun follows the numeral."""
    named = rf"(?P<quote>“)(?P<n>{NUMERAL})(?P<unit>[\p{{Han}}]{{1,6}})”"
    plain = rf"(?P<n>{NUMERAL})(?P<unit>{kind.words('unit')})(?=[\p{{Han}}“])"
    for found in compiled(rf"{named}|{plain}").finditer(page.text):
        stated = whole_number(found["n"])
        if stated is None or not 2 <= stated <= _MOST:
            continue
        begin = _list_start(page, found.start())
        body = page.text[begin : found.start()]
        if not _is_list(body, found["quote"] is not None) or kind.excluded(body) or _is_name(found.group()):
            continue
        if compiled(r"等[\p{Han}]{0,4}$").search(body):
            yield from _partial(page, begin, found, body, stated)
        else:
            counted = count(body)
            whole = _whole(page, begin) and not _goes_on(page, found.end())
            certain = whole and _certain(counted, found, stated)
            yield draft(page, (begin, found.end()), stated, counted, certain, "list")


def _is_name(code: str) -> bool:
    """Whether a code is the name of a plan period (十四五) and counts nothing."""
    return compiled(r"“?(?:[八九]|十[一二三四五六]?)五").match(code) is not None


def _list_start(page: Page, end: int) -> int:
    """Start of the list that ends at ``end``: its clause, or behind the last measured figure in it."""
    start = page.clause_start(end)
    for figure in page.touching(start, end):
        if figure.clean_end <= end - 2 and figure.kind in _MEASURED:
            start = max(start, figure.clean_end)
    return start


def _is_list(body: str, quoted: bool) -> bool:
    numbered = rf"[0-9]|“{NUMERAL}[个大项]|[的地得了]$|^[、]"
    if regex.search(numbered, body) or body.count("“") != body.count("”"):
        return False
    if "、" not in body:
        return quoted and compiled(r"[\p{Han}](?:和|与|及)[\p{Han}]").search(body) is not None
    return len(body.rpartition("、")[2]) >= 2 and body.count("（") == body.count("）")


def _certain(counted: Counted, found: regex.Match[str], stated: int) -> bool:
    """A list is read with certainty when it has one shape and its count is near the stated one."""
    return (
        stated > 2
        and counted.pure
        and len(counted.items) >= 3
        and abs(len(counted.items) - stated) <= 2
        and found.group("unit") != "级"
    )


def _goes_on(page: Page, end: int) -> bool:
    """Whether the list continues behind the counted noun: 低保、残疾人“两项补贴”等 counts its last item only."""
    return compiled(r"[^，。；：\n]{0,10}?(?:等|、|和|与|及)").match(page.text[end : end + 12]) is not None


def _whole(page: Page, start: int) -> bool:
    """Whether the text at ``start`` begins a sentence of its own and not the second half of a wrapped line."""
    block = page.block(start)
    if block is None or block.start != start:
        return True
    before = page.text[max(0, start - 400) : start].rstrip()[-1:]
    return not before or before in set("。！？：；!?:;”") or block.type is BlockType.LIST_ITEM


def _partial(page: Page, begin: int, found: regex.Match[str], body: str, stated: int) -> Iterator[Draft]:
    """甲、乙等N个: what is listed cannot be more than N; 等 may also close a full list."""
    counted = count(regex.sub(r"等[\p{Han}]{0,4}$", "", body))
    span = (begin, found.end())
    certain = counted.pure and len(counted.items) >= 3
    detail = {"form": "partial", "stated": stated, "readings": (len(counted.items),), "items": counted.items}
    reason = None if certain else Reason.SECOND_READING
    yield Draft("enumerated_partial", begin, found.end(), page.touching(*span), certain, reason, detail)
