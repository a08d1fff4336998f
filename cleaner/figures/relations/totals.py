"""Tables that carry a 合计: a row that sums the rows, a column that sums the columns.

A table says of itself that its parts are all the parts only by the word 合计; where it also says that they are not
(其中, 主要, a cell left blank), the sum is a question and no claim. Rates, shares and averages are not added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cleaner.figures.relations.page import Draft, Page, is_quantity
from cleaner.figures.relations.words import compiled
from cleaner.figures.tables import Table, table_rows
from cleaner.model import Figure, Reason
from cleaner.packs.relations import RelationType, relation_types

_WHEN = re.compile(r"\s*(?:[0-9]{4}|[上本去今])?年?[度末]?(?:\s*[（(][^）)]*[）)])?\s*")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its words, and the figure of each cell that holds one number."""

    label: str
    figures: tuple[Figure | None, ...]
    blank: tuple[bool, ...]

    def figure(self, column: int) -> Figure | None:
        return self.figures[column] if column < len(self.figures) else None


def propose(page: Page) -> Iterator[Draft]:
    """parts_sum_to_whole in tables: down the columns, and along the rows."""
    kind = relation_types()["parts_sum_to_whole"]
    rows = table_rows(page.text, page.cleaned.blocks)
    for _, group in groupby(rows, key=lambda row: id(row[0])):
        found = list(group)
        table = found[0][0]
        body = [_row(page, table, cells) for _, _, cells in found]
        yield from _down(kind, table, body)
        yield from _along(kind, table, body)


def _row(page: Page, table: Table, cells: Sequence[tuple[int, int]]) -> _Row:
    words = [table.words(cell) for cell in cells]
    figures = [_only(page.touching(*cell)) for cell in cells]
    label = next((w for w, f in zip(words, figures, strict=True) if w and f is None), "")
    return _Row(label, tuple(figures), tuple(not w.strip("-—－/") for w in words))


def _only(figures: Sequence[Figure]) -> Figure | None:
    return figures[0] if len(figures) == 1 else None


def _down(kind: RelationType, table: Table, rows: list[_Row]) -> Iterator[Draft]:
    """合计 below or above the rows that it sums; 小计 closes the rows since the one before."""
    parts: list[_Row] = []
    subtotals: list[_Row] = []
    waiting: _Row | None = None
    for row in rows:
        if _is(kind, "subtotal", row.label):
            yield from _columns(kind, table, row, parts)
            subtotals, parts = [*subtotals, row], []
        elif not _is(kind, "grand_total", row.label):
            parts.append(row)
        elif not parts and not subtotals:
            waiting = row
        else:
            yield from _columns(kind, table, row, [*subtotals, *parts])
            subtotals, parts = [], []
    if waiting is not None:
        yield from _columns(kind, table, waiting, [*subtotals, *parts])


def _is(kind: RelationType, key: str, words: str) -> bool:
    return (
        compiled(rf"[\s（(]*{kind.words(key)}[\s）)：:]*(?:[（(][^）)]*[）)])?").fullmatch(words) is not None
    )


def _columns(kind: RelationType, table: Table, whole: _Row, parts: list[_Row]) -> Iterator[Draft]:
    partly = any(_is(kind, "partly", row.label) for row in parts) or _some_only(kind, table)
    for column, total in enumerate(whole.figures):
        if (
            total is not None
            and not _averaged(kind, table.column(column))
            and not _of_means(kind, table, column)
        ):
            cells = [row.figure(column) for row in parts]
            holes = any(column >= len(row.blank) or row.blank[column] for row in parts)
            yield from _claim(total, cells, partly or holes)


def _some_only(kind: RelationType, table: Table) -> bool:
    return compiled(kind.words("some_only")).search(table.above) is not None


def _averaged(kind: RelationType, words: str) -> bool:
    return compiled(kind.words("averaged")).search(words) is not None


def _of_means(kind: RelationType, table: Table, column: int) -> bool:
    """Whether a column says only when (2023年), and the title of the table that means or rates stand in it (平均工资)."""
    return _WHEN.fullmatch(table.column(column)) is not None and _titled_so(kind, table)


def _titled_so(kind: RelationType, table: Table) -> bool:
    return compiled(kind.words("averaged_title")).search(table.above) is not None


def _along(kind: RelationType, table: Table, rows: list[_Row]) -> Iterator[Draft]:
    """A column 合计 sums the other columns of its unit, where all of them are things that add up."""
    totals = [i for i, words in enumerate(table.header) if _is(kind, "grand_total", words)]
    others = [words for words in table.header if words and not _is(kind, "grand_total", words)]
    if len(totals) != 1 or _titled_so(kind, table) or any(_averaged(kind, words) for words in others):
        return
    partly = _some_only(kind, table) or any(_is(kind, "partly", words) for words in others)
    for row in rows:
        total = row.figure(totals[0])
        cells = [f for i, f in enumerate(row.figures) if i != totals[0] and f is not None and is_quantity(f)]
        holes = any(row.blank)
        if total is not None:
            yield from _claim(total, cells, partly or holes)


def _claim(total: Figure, cells: Sequence[Figure | None], doubtful: bool) -> Iterator[Draft]:
    """A sum of at least two parts of one unit; a cell that holds no number leaves a question."""
    parts = [f for f in cells if f is not None]
    like = all(is_quantity(f) and f.unit == total.unit and f.comparator == "=" for f in (*parts, total))
    if len(parts) < 2 or not like:
        return
    certain = not doubtful and len(parts) == len(cells)
    reason = None if certain else Reason.SUBSET_NOT_SAID
    start, end = total.clean_start, total.clean_end
    detail = {"form": "table"}
    yield Draft("parts_sum_to_whole", start, end, (*parts, total), certain, reason, detail)
