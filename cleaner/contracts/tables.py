"""A run's tables: one row a figure, relation, finding, edit, document; as frames and as files.

The columns are an interface (DESIGN section 8) and come from :mod:`cleaner.rows`; ``COLUMNS`` adds what each
column holds. Offsets count code points of the base text.

**Decimals.** In a frame a decimal is a :class:`decimal.Decimal` or missing; in CSV its plain digits, without
an exponent; in Parquet ``decimal128(38, 9)``. What does not fit raises :class:`TableError` and is never
rounded. Only ``computed_lower``, ``computed_upper`` and ``margin`` come out of divisions: the bounds are
widened to nine decimals (lower down, upper up), the margin is rounded.

**Lists** (spans, components, members, coverage) are JSON in CSV and in Parquet alike.

**Formulas.** A spreadsheet runs a cell that starts with ``=``, ``+``, ``-`` or ``@``, and the text of a
scanned document is not to be trusted. Such a text cell gets one apostrophe in front in CSV, unless it is a
plain number. The change is lossless: a cell that itself starts with apostrophes before such a mark gets one more,
so :func:`true_cell` takes away exactly what :func:`safe_cell` added. Parquet holds the characters themselves.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from cleaner.errors import KanwuError
from cleaner.model import DocumentResult, RunResult
from cleaner.rows import edit_row, figure_row, finding_row, relation_row

if TYPE_CHECKING:
    import pandas as pd

    from cleaner.checks.panel import Observation, Panel

Row = dict[str, Any]

DECIMAL_DIGITS, DECIMAL_PLACES = 38, 9
NINE_PLACES = Decimal(1).scaleb(-DECIMAL_PLACES)
WIDE = Context(prec=4 * DECIMAL_DIGITS)

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "documents": {
        **dict.fromkeys(("doc", "sha256", "encoding", "title", "place", "year"), "text"),
        **dict.fromkeys(("characters", "edits", "findings", "figures"), "int"),
        "coverage": "list",
    },
    "figures": {
        **{"doc": "text", "figure_id": "text", "start": "int", "end": "int", "spans": "list"},
        **{"raw": "text", "text": "text", "value": "decimal", "lower": "decimal", "upper": "decimal"},
        **{"lower_closed": "bool", "upper_closed": "bool", "precision": "decimal", "scale": "int"},
        **{"unit": "text", "kind": "text", "nature": "text", "components": "list"},
        **dict.fromkeys(("indicator", "subject", "period", "status", "comparator", "group"), "text"),
        "edited": "bool",
    },
    "relations": {
        **{"doc": "text", "relation_id": "text", "type": "text", "members": "list"},
        **dict.fromkeys(("computed_lower", "computed_upper", "stated_lower", "stated_upper"), "decimal"),
        **{"verdict": "text", "by": "text", "reason": "text", "margin": "decimal", "repair": "text"},
    },
    "findings": {
        **dict.fromkeys(("finding_id", "doc", "check", "severity", "verdict"), "text"),
        **{"start": "int", "end": "int", "spans": "list", "message": "text", "message_en": "text"},
        **{"members": "list", "suggestion": "text", "fingerprint": "text", "state": "text"},
    },
    "edits": {
        **dict.fromkeys(("edit_id", "doc", "rule", "edit", "safety", "safety_set_by", "evidence"), "text"),
        **{"start": "int", "end": "int", "spans": "list", "before": "text", "after": "text"},
        **{"applied": "bool", "withheld_by": "text", "group": "text", "clean_start": "int"},
        **{"clean_end": "int", "why": "text", "seq": "int", "stage": "text", "pass": "int"},
        **{"stage_start": "int", "stage_end": "int", "stage_before": "text", "parts": "list"},
    },
    "panel": {
        **{"place": "text", "year": "int", "indicator": "text", "indicator_id": "text", "measure": "text"},
        **{"basis": "text", "value": "decimal", "lower": "decimal", "upper": "decimal", "unit": "text"},
        **{"lower_closed": "bool", "upper_closed": "bool", "status": "text", "comparator": "text"},
        **{"doubt": "text", "doc": "text", "report_year": "text", "figure_id": "text", "start": "int"},
        **{"end": "int", "spans": "list", "text": "text"},
    },
}
"""Table -> column -> what it holds: text, int, bool, decimal or list (JSON in files)."""

_FORMULA = regex.compile(r"'*[=+\-@\t\r]")
_PLAIN_NUMBER = regex.compile(r"[+-]?[0-9][0-9.,]*[%‰]?")


class TableError(KanwuError):
    """A value that its table cannot hold as it is: names table, row and column."""


def rows(result: RunResult) -> dict[str, list[Row]]:
    """The rows of every table, in the order of the run.

    Raises:
        TableError: a decimal that is not finite or does not fit 29 digits before and 9 after the point.
    """
    found: dict[str, list[Row]] = {
        "documents": [document_row(d) for d in result.documents],
        "figures": [figure_row(f) for d in result.documents for f in d.figures],
        "relations": [relation_row(r) for d in result.documents for r in d.relations],
        "findings": [finding_row(f) for d in result.documents for f in d.findings],
        "edits": [edit_row(e) for d in result.documents for e in d.cleaned.edits],
    }
    for row in found["relations"]:
        _nine_places(row, _DIVIDED)
    for table in ("figures", "relations"):
        _refuse_what_does_not_fit(table, found[table])
    return found


def document_row(result: DocumentResult) -> Row:
    """The row of documents.csv.

    ``characters`` counts code points of the base text, ``edits`` the applied edits, ``findings`` and
    ``figures`` the rows of those tables. ``coverage`` is a JSON object of counts (``in_equality``,
    ``in_inequality``, ``in_nothing``, ``not_understood``), not a share: a share hides what it is a share of.
    """
    document = result.cleaned.document
    return {
        "doc": document.doc,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "title": document.title,
        "place": document.place,
        "year": document.year,
        "characters": len(document.text),
        "edits": len(result.cleaned.applied),
        "findings": len(result.findings),
        "figures": len(result.figures),
        "coverage": dict(result.coverage),
    }


def frames(result: RunResult, panel: Panel | None = None) -> dict[str, pd.DataFrame]:
    """Every table as a pandas frame, typed by ``COLUMNS`` even when it has no row; ``panel`` only of a panel."""
    import pandas as pd

    dtypes = {"text": "str", "int": "int64", "bool": "bool", "decimal": "object", "list": "object"}
    return {
        table: pd.DataFrame(
            {
                name: pd.Series([row[name] for row in found], dtype=dtypes[kind])
                for name, kind in COLUMNS[table].items()
            }
        )
        for table, found in {**rows(result), **({"panel": panel_rows(panel)} if panel else {})}.items()
    }


def write_tables(result: RunResult, folder: Path) -> tuple[Path, ...]:
    """Write figures and relations as CSV and Parquet and documents as CSV; returns the paths.

    CSV is UTF-8 with BOM (which Excel needs). Needs pyarrow, but not pandas.

    Raises:
        TableError: a decimal that does not fit; nothing has been written then.
    """
    found = rows(result)
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write_csv(folder / f"{table}.csv", table, found[table]) for table in ("documents", "figures")]
    written.append(_write_csv(folder / "relations.csv", "relations", found["relations"]))
    written += [_write_parquet(folder / f"{t}.parquet", t, found[t]) for t in ("figures", "relations")]
    return tuple(written)


def write_panel(panel: Panel, folder: Path) -> tuple[Path, Path]:
    """Write panel.csv (UTF-8 with BOM) and panel.parquet; returns the paths.

    Raises:
        TableError: a decimal that does not fit.
    """
    found = panel_rows(panel)
    return (
        _write_csv(folder / "panel.csv", "panel", found),
        _write_parquet(folder / "panel.parquet", "panel", found),
    )


def panel_rows(panel: Panel) -> list[Row]:
    """The rows of panel.csv, one an observation, in the order of the panel.

    ``value``, ``lower`` and ``upper`` are in ``unit``, which may be another than the printed one; a rate that falls
    is negative. ``basis`` is what a rate is over, ``doubt`` why a figure need not be what its name says.

    Raises:
        TableError: a decimal that does not fit.
    """
    found = [_panel_row(observation) for observation in panel.observations]
    for row in found:
        _nine_places(row, {"value": ROUND_HALF_EVEN, "lower": ROUND_FLOOR, "upper": ROUND_CEILING})
    _refuse_what_does_not_fit("panel", found)
    return found


def _panel_row(observation: Observation) -> Row:
    figure, interval = observation.figure, observation.interval
    return {
        "place": observation.place,
        "year": observation.year,
        "indicator": observation.indicator.name,
        "indicator_id": observation.indicator.id,
        "measure": observation.measure,
        "basis": observation.basis if observation.measure == "growth" else None,
        "value": observation.value,
        "lower": interval.lower,
        "upper": interval.upper,
        "unit": observation.unit,
        "lower_closed": interval.lower_closed,
        "upper_closed": interval.upper_closed,
        "status": figure.status,
        "comparator": figure.comparator,
        "doubt": observation.doubt.value if observation.doubt else None,
        "doc": figure.doc,
        "report_year": str(observation.report_year) if observation.report_year else None,
        "figure_id": figure.figure_id,
        "start": figure.start,
        "end": figure.end,
        "spans": [[s.start, s.end] for s in figure.spans],
        "text": figure.text,
    }


def safe_cell(text: str) -> str:
    """``text`` as a CSV cell that no spreadsheet runs as a formula; the comparator ``=`` alone is none."""
    risky = text != "=" and _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def true_cell(cell: str) -> str:
    """The text that :func:`safe_cell` was given: for programs that read the CSV files."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def plain(value: Decimal) -> str:
    """All digits of a decimal, without an exponent: ``2.5E+9`` is 2500000000."""
    return format(value, "f")


_DIVIDED = {"computed_lower": ROUND_FLOOR, "computed_upper": ROUND_CEILING, "margin": ROUND_HALF_EVEN}


def _nine_places(row: Row, ways: Mapping[str, str]) -> None:
    """Bring the results of divisions to the places a table holds, never narrowing an interval."""
    for column, way in ways.items():
        value = row[column]
        if value is not None and value.adjusted() < DECIMAL_DIGITS and _places(value) > DECIMAL_PLACES:
            row[column] = value.quantize(NINE_PLACES, rounding=way, context=WIDE)


def _refuse_what_does_not_fit(table: str, found: Sequence[Row]) -> None:
    decimals = [name for name, kind in COLUMNS[table].items() if kind == "decimal"]
    for row in found:
        for name in decimals:
            value = row[name]
            if value is not None and not _fits(value):
                row_id = row.get("figure_id") or row.get("relation_id")
                raise TableError(
                    f"{row['doc']} {row_id}: {table}.{name} = {value} does not fit "
                    f"decimal128({DECIMAL_DIGITS}, {DECIMAL_PLACES}) / 此数超出表格所能容纳的位数"
                )


def _places(value: Decimal) -> int:
    """Digits after the point; 0 for what is not finite."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _fits(value: Decimal) -> bool:
    if not value.is_finite() or len(value.as_tuple().digits) > WIDE.prec:
        return False
    shortest = value.normalize(WIDE)
    return _places(shortest) <= DECIMAL_PLACES and shortest.adjusted() < DECIMAL_DIGITS - DECIMAL_PLACES


def json_cell(value: Any) -> str:
    """A list or mapping as it stands in CSV and Parquet."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _truth(value: bool) -> str:
    return "true" if value else "false"


_TO_CELL: Mapping[str, Callable[[Any], str]] = {
    "text": safe_cell,
    "int": str,
    "bool": _truth,
    "decimal": plain,
    "list": json_cell,
}


def _cells(table: str, found: Sequence[Row]) -> Iterator[list[str]]:
    writers = [(name, _TO_CELL[kind]) for name, kind in COLUMNS[table].items()]
    for row in found:
        yield ["" if row[name] is None else to_cell(row[name]) for name, to_cell in writers]


def _write_csv(path: Path, table: str, found: Sequence[Row]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS[table])
        writer.writerows(_cells(table, found))
    return path


def _write_parquet(path: Path, table: str, found: Sequence[Row]) -> Path:
    import pyarrow.parquet as pq

    from cleaner.contracts.arrow import arrow_table

    pq.write_table(arrow_table(COLUMNS[table], found), path)
    return path
