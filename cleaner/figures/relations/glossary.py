"""Notes that spell a code out (“五减”：减材料、…) and lists behind a colon (三大工程：甲、乙、丙)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cleaner.figures.relations.enumerations import draft
from cleaner.figures.relations.lists import count, keyed
from cleaner.figures.relations.page import Draft, Page
from cleaner.figures.relations.words import HAN, NUMERAL, SMALL, compiled, whole_number
from cleaner.figures.scan import found_from
from cleaner.model import Block, BlockType
from cleaner.packs.relations import RelationType, relation_types

_MOST = 20
_COLON = re.compile("[：:]")
_FAR = 16
"""Characters of the longest numeral and counted noun up to the colon, without the measure word between them."""
_PROSE = frozenset({BlockType.NOTE, BlockType.LIST_ITEM, BlockType.PARAGRAPH})
_CODE = re.compile(
    r"(十[一二三四五六七八九]?|[一二三四五六七八九两双]|[0-9]{1,2})([^一二三四五六七八九十两双0-9]{0,6})"
)
_NUMBER = re.compile(r"[0-9]{1,3}[.．、]\s*")
_WIDEST = 24
"""Characters before the quotation that a note explains."""
_OF_THINGS = re.compile(rf"(?P<n>[二两三四五六七八九十]{{1,2}}|[0-9]{{1,2}})个(?P<key>[{HAN}]{{1,6}})")


def propose(page: Page) -> Iterator[Draft]:
    """enumerated_count for what stands behind a colon."""
    yield from _notes(page)
    yield from _behind_colons(page)


def _behind_colons(page: Page) -> Iterator[Draft]:
    """服务业十大行动：甲、乙、丙."""
    kind = relation_types()["enumerated_count"]
    for found in found_from(_list(kind), page.text, _list_starts(page.text, kind)):
        stated, body = whole_number(found["n"]), found["body"]
        if stated is None or not 2 <= stated <= _MOST or "、" not in body:
            continue
        counted = count(body)
        certain = counted.pure and len(counted.items) >= 3 and abs(len(counted.items) - stated) <= 2
        yield draft(page, found.span(), stated, counted, certain, "colon")


def _list(kind: RelationType) -> re.Pattern[str]:
    return compiled(
        rf"(?<![“第0-9一二三四五六七八九十])(?P<n>{NUMERAL}){kind.words('unit')}[^，。；：“”\n0-9]{{1,10}}”?[：:](?P<body>[^。\n：:]{{4,400}})。"
    )


def _list_starts(text: str, kind: RelationType) -> list[int]:
    """Where a small numeral has a counted noun and a colon behind it; looked for before each colon."""
    units, longest = kind.words("unit"), max(map(len, kind.trigger["unit"]))
    counted = compiled(
        rf"[0-9{SMALL}](?<![“第0-9一二三四五六七八九十].)"
        rf"(?=[0-9{SMALL}]{{0,3}}{units}[^，。；：“”\n0-9]{{1,10}}”?[：:]\Z)"
    )
    colons = (colon.end() for colon in _COLON.finditer(text))
    found = {m.start() for end in colons for m in counted.finditer(text, max(0, end - longest - _FAR), end)}
    return sorted(found)


def _notes(page: Page) -> Iterator[Draft]:
    """A note that spells a code out: “五减”：减材料、…."""
    head = compiled(
        rf"(?:{_NUMBER.pattern})?(?P<head>[^：:。]{{0,{_WIDEST}}}(?:“(?P<code>[^”]{{2,14}})”)[^：:。，]{{0,12}})[：:]"
    )
    for block in page.cleaned.blocks:
        if block.type not in _PROSE or not _quotes_at_once(page.text, block):
            continue
        found = head.match(page.text, block.start, block.end)
        if not found:
            continue
        end = page.text.find("。", found.end(), block.end)
        closed = end >= 0
        end = end if closed else block.end
        yield from _spelt(page, found, page.text[found.end() : end], closed)


def _quotes_at_once(text: str, block: Block) -> bool:
    """Whether a quotation opens among the first characters of a block, behind its number if it has one."""
    opened = text.find("“", block.start, block.end)
    if opened <= block.start + _WIDEST:
        return opened >= 0
    number = _NUMBER.match(text, block.start, block.end)
    return number is not None and opened <= number.end() + _WIDEST


def _spelt(page: Page, found: re.Match[str], body: str, closed: bool) -> Iterator[Draft]:
    """One note; a body without its full stop may be the first half of a wrapped line."""
    span = (found.start(), found.end() + len(body))
    named = _OF_THINGS.fullmatch(found["code"])
    components = [(whole_number(n), word) for n, word in _CODE.findall(found["code"])]
    if named:
        components = [(whole_number(named["n"]), named["key"])]
    numbers = [n for n, _ in components if n is not None]
    if not numbers or not 2 <= max(numbers) <= _MOST or not compiled("[、，和与]").search(body):
        return
    if len(numbers) > 1 or found["head"].count("“") > 1:
        yield from _several(page, span, components, body, closed)
        return
    counted = count(body)
    plain = closed and not compiled("等|[0-9]|指").search(body)
    near = abs(len(counted.items) - numbers[0]) <= 2
    tight = keyed(body, components[0][1]) if components[0][1] else frozenset()
    if tight and plain:
        counted = replace(counted, readings=tight)
    yield draft(page, span, numbers[0], counted, plain and (bool(tight) or (counted.pure and near)), "note")


def _several(
    page: Page, span: tuple[int, int], components: list[tuple[int | None, str]], body: str, closed: bool
) -> Iterator[Draft]:
    """A code of several parts (五抓一优一促): its clauses one by one, or the items by their key characters."""
    numbers = [n for n, _ in components if n is not None]
    clauses = [c for c in compiled("[，；]").split(body) if c]
    if len(clauses) == len(numbers):
        for wanted, clause in zip(numbers, clauses, strict=True):
            yield draft(page, span, wanted, count(clause), False, f"note {clause[:4]}")
        return
    shared = frozenset.intersection(*(keyed(body, word) if word else frozenset() for _, word in components))
    if shared and len(set(numbers)) == 1:
        yield draft(
            page, span, numbers[0], replace(count(body), readings=shared), closed and "等" not in body, "note"
        )
        return
    counted = count(body)
    wanted = next((n for n in (sum(numbers), *numbers) if n in counted.readings), sum(numbers))
    yield draft(page, span, wanted, counted, False, "note")
