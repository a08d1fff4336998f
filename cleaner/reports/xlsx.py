"""Figures and findings as a workbook, for readers who live in spreadsheets. Needs the extra ``kanwu[xlsx]``."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from cleaner.errors import KanwuError
from cleaner.model import RunResult
from cleaner.reports.safe import visible
from cleaner.rows import figure_row, finding_row, relation_row

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
"""Of a sheet below its head, and of a cell: the limits of the format."""


class XlsxError(KanwuError):
    """A workbook cannot be made: a package is missing, or a table is too long for a sheet."""


def render_xlsx(result: RunResult) -> bytes:
    """The workbook: one sheet for figures, findings, relations, columns as in OUT.

    Numbers are numbers where Excel can hold them (15 digits), else text. No cell is a formula.

    Raises:
        XlsxError: openpyxl is not installed, or a table is longer than a sheet.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        message = "a workbook needs openpyxl; install it: pip install 'kanwu[xlsx]'"
        raise XlsxError(message) from error
    book = Workbook(write_only=True)
    for name, rows in _sheets(result).items():
        _write(book.create_sheet(name), rows)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _sheets(result: RunResult) -> dict[str, list[Mapping[str, Any]]]:
    def rows(of: str, row: Callable[[Any], Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        return [row(item) for document in result.documents for item in getattr(document, of)]

    return {
        "figures": rows("figures", figure_row),
        "findings": rows("findings", finding_row),
        "relations": rows("relations", relation_row),
    }


def _write(sheet: Any, rows: list[Mapping[str, Any]]) -> None:
    if len(rows) > MOST_ROWS:
        message = f"{sheet.title}: {len(rows)} rows, a sheet holds {MOST_ROWS}; use the CSV or Parquet tables"
        raise XlsxError(message)
    sheet.freeze_panes = "A2"
    if rows:
        sheet.append(_cells(sheet, rows[0].keys()))
    for row in rows:
        sheet.append(_cells(sheet, row.values()))


def _cells(sheet: Any, values: Iterable[Any]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in values:
        plain = _plain(value)
        cell = WriteOnlyCell(sheet, value=plain)
        if isinstance(plain, str):
            cell.data_type = "s"  # a text that begins with = stays a text
        cells.append(cell)
    return cells


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value if len(value.as_tuple().digits) <= 15 else str(value)
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False)
    return visible(value)[:MOST_CHARACTERS] if isinstance(value, str) else value
