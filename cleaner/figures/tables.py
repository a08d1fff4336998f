"""Tables: one row a line, cells by tab (or by pipes); the header says what a bare number counts, and in what.

A number in a cell has no clause. Its unit stands in the cell, in the header (产值（亿元）), in the row's label, in a column of
units or in a line above the table (单位：万元), in this order; its indicator is the header where the rows are places or years,
and the row's label where the rows are indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.figures.drafts import Draft
from cleaner.figures.numerals import ARABIC, SCALE, SCALES, read_arabic
from cleaner.figures.periods import Setting
from cleaner.figures.units import UNIT, UNITS
from cleaner.model import Block, BlockType

_EDGE = re.compile(r"[\t|]")
_RULED = re.compile(r"[\s:：|\-]*\Z")
_NUMBER = re.compile(rf"\s*(?P<sign>[-－–−+])?(?P<number>{ARABIC})\s?(?P<unit>(?:{SCALE})?(?:{UNIT}))?\s*\Z")
_UNIT = re.compile(rf"(?P<scale>{SCALE})?(?P<unit>{UNIT})\Z")
_IN_BRACKETS = re.compile(r"[（(\[](?P<inside>[^）)\]]{1,12})[）)\]]")
_ABOVE = re.compile(r"单位[：:]\s*(?P<inside>[^\s，。；）)]{1,8})")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_OF_YEARS = re.compile(r"\D*年(?:份|度)?\D*")
_RATE = re.compile(r"增长|增速|增幅|同比|环比|比上年|±")
_SHARE = re.compile(r"占比|比重|比例|率")
_AMOUNT = re.compile(r"(?:绝对[数值量]|数[值量]|实绩|完成|累计|总量|本[年期月]|全年|计划|目标|实际)")
_ROWS_ARE_INDICATORS = re.compile(r"指标|项目|名称|内容|类别")
_NUMBERED = re.compile(r"序号|编号|排名|位次|名次")
_PLANNED = re.compile(r"计划|目标|预期")


@dataclass(slots=True)
class Table:
    """Consecutive rows: ``cells`` are ranges of the clean text, ``header`` the words above each column."""

    text: str
    header: list[str] = field(default_factory=list)
    above: str = ""

    def words(self, cell: tuple[int, int]) -> str:
        """A cell without its blanks."""
        return self.text[cell[0] : cell[1]].strip()

    def column(self, index: int) -> str:
        """The header above a cell; empty beyond its end."""
        return self.header[index] if index < len(self.header) else ""

    def value(self, cells: Sequence[tuple[int, int]], place: int) -> re.Match[str] | None:
        """The number of a cell that holds nothing else; a year is a word.

        A bare 2000 is a year among the words of a header, in the first column and below 年份; elsewhere it counts.
        """
        low, high = cells[place]
        found = _NUMBER.match(self.text[low:high])
        if found is None or (found["unit"] == "年" and len(found["number"]) == 4):
            return None
        bare = not found["unit"] and _YEAR.fullmatch(self.words(cells[place]))
        if bare and (place == 0 or not self.header or _OF_YEARS.fullmatch(self.column(place))):
            return None
        return found


def table_rows(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Table, int, list[tuple[int, int]]]]:
    """Every row of every table: its table, the index of its block, its cells. Headers are not rows.

    A row of words below rows of numbers is the header of another table.
    """
    table = Table(text)
    previous, filled = -2, False
    for index, block in enumerate(blocks):
        if block.type is not BlockType.TABLE_CELL:
            continue
        if index != previous + 1:
            above = text[blocks[index - 1].start : blocks[index - 1].end] if index else ""
            table, filled = Table(text, [], above[-40:]), False
        previous = index
        if _RULED.match(text, block.start, block.end):
            continue
        cells = _cells(text, block.start, block.end)
        if any(table.value(cells, place) for place in range(len(cells))):
            filled = True
            yield table, index, cells
        elif not table.header or (filled and sum(bool(table.words(cell)) for cell in cells) > 1):
            header = [table.words(cell) for cell in cells]
            table, filled = Table(text, header, table.above), False


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of the cells of a row, empty ones too, so that each keeps its column."""
    while start and text[start - 1] in "\t ":
        start -= 1
    if text[start] == "|" and text[end - 1] == "|":
        start, end = start + 1, max(start + 1, end - 1)
    edges = [m.start() for m in _EDGE.finditer(text, start, end)]
    return list(zip([start, *(e + 1 for e in edges)], [*edges, end], strict=True))


def read_row(table: Table, cells: Sequence[tuple[int, int]], setting: Setting) -> list[Draft]:
    """The figures of one row; cells of words are left to the label."""
    numbers = [table.value(cells, place) for place in range(len(cells))]
    words = (table.words(cell) for cell, number in zip(cells, numbers, strict=True) if not number)
    label = next((word for word in words if word.strip("-—－/ ")), "")
    drafts = []
    for place, found in enumerate(numbers):
        if found:
            drafts.append(_read_cell(table, cells, place, found, label, setting))
    return drafts


def _read_cell(
    table: Table,
    cells: Sequence[tuple[int, int]],
    place: int,
    found: re.Match[str],
    label: str,
    setting: Setting,
) -> Draft:
    base = cells[place][0]
    column = table.column(place)
    start = base + found.start("sign" if found["sign"] in ("-", "－", "–", "−") else "number")
    end = base + found.end("unit" if found["unit"] else "number")
    draft = Draft(
        start, end, "count", "count", lead=start, reach=end, period=setting.period, status=setting.status
    )
    if _NUMBERED.search(column) or (place == 0 and not found["unit"] and not column):
        draft.kind, draft.nature = "ordinal", "list_item"
        draft.value = read_arabic(found["number"]).value
        return draft
    surface = found["unit"] or _unit_of(table, cells, place, label)
    _measure(draft, found, surface)
    _name(draft, table, column, label)
    return draft


def _unit_of(table: Table, cells: Sequence[tuple[int, int]], place: int, label: str) -> str:
    """The unit of a bare cell: header, label, a column of units, the line above the table."""
    for words in (table.column(place), label):
        inside = _IN_BRACKETS.search(words)
        if inside and _UNIT.match(inside["inside"]):
            return inside["inside"]
    for index, cell in enumerate(cells):
        if "单位" in table.column(index) and _UNIT.match(table.words(cell)):
            return table.words(cell)
    if _RATE.search(table.column(place)) or _SHARE.search(table.column(place)):
        return "%"
    above = _ABOVE.search(table.above)
    return above["inside"] if above and _UNIT.match(above["inside"]) else ""


def _measure(draft: Draft, found: re.Match[str], surface: str) -> None:
    parsed = _UNIT.match(surface)
    numeral = read_arabic(found["number"])
    if parsed:
        unit = UNITS[parsed["unit"]]
        numeral = numeral.scaled(SCALES[parsed["scale"] or ""])
        draft.unit, draft.dimension = unit.name, unit.dimension
    draft.value = -numeral.value if found["sign"] in ("-", "－", "–", "−") else numeral.value
    draft.place, draft.step, draft.scale = numeral.place, numeral.step, numeral.scale


def _name(draft: Draft, table: Table, column: str, label: str) -> None:
    """Indicator, subject, period, kind and status from the words around a cell."""
    bare = _IN_BRACKETS.sub("", column).strip()
    name = _IN_BRACKETS.sub("", label).strip()
    year = _YEAR.search(column) or _YEAR.search(label)
    if year:
        draft.period = year[1]
    if _PLANNED.search(column):
        draft.status = "target"
    by_row = bool(_ROWS_ARE_INDICATORS.search(table.column(0))) or not bare
    if by_row or _RATE.search(bare) or _AMOUNT.search(bare) or _YEAR.search(bare):
        draft.indicator = name
    else:
        draft.indicator, draft.subject = bare, name
    if draft.dimension == "percent":
        draft.kind = draft.nature = "growth_rate" if _RATE.search(column + label) else "share"
    elif draft.dimension not in ("count", "people"):
        draft.kind = draft.nature = "level"
    if draft.status == "target" and draft.kind in ("level", "count"):
        draft.kind = "target"
