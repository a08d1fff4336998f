"""An earlier run to compare with: what its documents.csv counted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cleaner.contracts.tables import COLUMNS, true_cell
from cleaner.errors import KanwuError

Baseline = Mapping[str, Mapping[str, Any]]
"""``doc`` -> its row in the earlier documents.csv, counts as numbers."""


class BaselineError(KanwuError):
    """A folder that holds no documents.csv of ours."""


def read_baseline(folder: Path) -> Baseline:
    """The rows of the documents.csv that :func:`cleaner.contracts.tables.write_tables` left in ``folder``.

    Raises:
        BaselineError: there is no such table, or it has other columns.
    """
    path = folder / "documents.csv"
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(f"{path}: 不是从前一次运行的表 / no table of an earlier run ({error})") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if reader.fieldnames is None or set(reader.fieldnames) != set(COLUMNS["documents"]):
        raise BaselineError(f"{path}: 列不相同 / other columns than {', '.join(COLUMNS['documents'])}")
    try:
        rows = [{name: _value(name, cell) for name, cell in row.items()} for row in reader]
    except ValueError as error:
        raise BaselineError(f"{path}: 计数读不出 / a count that is no number ({error})") from error
    return {row["doc"]: row for row in rows}


def _value(name: str, cell: str) -> Any:
    kind = COLUMNS["documents"][name]
    if kind == "int":
        return int(cell)
    return json.loads(cell) if kind == "list" else true_cell(cell)
