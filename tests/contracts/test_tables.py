"""The tables keep their columns, their decimals and their text, in CSV and in Parquet."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.contracts.kept import shown
from cleaner.contracts.tables import COLUMNS, TableError, frames, plain, safe_cell, true_cell, write_tables
from cleaner.model import Cleaned, Document, DocumentResult, OffsetMap, Relation, RunResult
from cleaner.rows import edit_row, figure_row, finding_row, relation_row


def read_csv(folder, name):
    text = (folder / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_columns_are_those_of_the_contract(small):
    """The tables have the columns of the row functions, in their order."""
    found = small.result.documents[0]
    rows = {
        "figures": figure_row(found.figures[0]),
        "relations": relation_row(found.relations[0]),
        "findings": finding_row(found.findings[0]),
        "edits": edit_row(found.cleaned.edits[0]),
    }
    for table, row in rows.items():
        assert list(COLUMNS[table]) == list(row), table
    documents = "doc sha256 encoding title place year characters edits findings figures coverage"
    assert list(COLUMNS["documents"]) == documents.split()
    for table, frame in frames(small.result).items():
        assert list(frame.columns) == list(COLUMNS[table]), table


def test_an_empty_run_has_typed_tables_and_files_with_a_header(nothing, tmp_path):
    """No document: every column is there, with its type, and every file has its header."""
    found = frames(nothing)
    assert [len(frame) for frame in found.values()] == [0] * 5
    assert str(found["figures"]["start"].dtype) == "int64"
    assert str(found["figures"]["edited"].dtype) == "bool"
    write_tables(nothing, tmp_path)
    assert read_csv(tmp_path, "figures.csv") == []
    assert pq.read_table(tmp_path / "figures.parquet").column_names == list(COLUMNS["figures"])


def test_files_of_a_run(small, tmp_path):
    """Five files; CSV starts with the BOM that Excel needs and has no carriage return."""
    written = write_tables(small.result, tmp_path / "new")
    names = ["documents.csv", "figures.csv", "relations.csv", "figures.parquet", "relations.parquet"]
    assert [path.name for path in written] == names
    raw = written[1].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfdoc,")
    assert b"\r" not in raw


def test_decimals_are_plain_digits_in_csv(small, tmp_path):
    """2.00E+9 is written 2000000000; a missing bound is an empty cell."""
    open_ended = small.with_figure(3, comparator=">", upper=None).result
    write_tables(open_ended, tmp_path)
    row = read_csv(tmp_path, "figures.csv")[3]
    assert (row["value"], row["lower"], row["upper"]) == ("2000000000", "1995000000", "")
    assert row["precision"] == "10000000"


def test_lists_are_json(small, tmp_path):
    """Spans, components and members are JSON in both formats; coverage is an object of counts."""
    write_tables(small.with_figure(0, components=(Decimal("6"), Decimal("8"))).result, tmp_path)
    figure = read_csv(tmp_path, "figures.csv")[0]
    assert json.loads(figure["spans"]) == [[int(figure["start"]), int(figure["end"])]]
    assert json.loads(figure["components"]) == ["6", "8"]
    assert json.loads(read_csv(tmp_path, "relations.csv")[0]["members"]) == ["F0", "F1", "F2"]
    coverage = json.loads(read_csv(tmp_path, "documents.csv")[0]["coverage"])
    assert coverage == {"in_equality": 8, "in_inequality": 3}
    table = pq.read_table(tmp_path / "relations.parquet")
    assert json.loads(table["members"][0].as_py()) == ["F0", "F1", "F2"]


def test_parquet_keeps_decimals_exactly(small, tmp_path):
    """decimal128(38, 9), equal to what the figures hold."""
    write_tables(small.result, tmp_path)
    table = pq.read_table(tmp_path / "figures.parquet")
    assert str(table.schema.field("value").type) == "decimal128(38, 9)"
    figures = small.result.documents[0].figures
    assert table["value"].to_pylist() == [f.value for f in figures]
    assert table["precision"].to_pylist() == [f.precision for f in figures]
    assert table["start"].to_pylist() == [f.start for f in figures]


@pytest.mark.parametrize("value", ["0.1234567891", "1E+29", "NaN", "Infinity", "1." + "0" * 200 + "1"])
def test_a_decimal_that_does_not_fit_is_refused(small, tmp_path, value):
    """Nothing is rounded silently and nothing has been written."""
    with pytest.raises(TableError, match=r"云泽/2023\.txt F0: figures\.value = .* does not fit"):
        write_tables(small.with_figure(0, value=Decimal(value)).result, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("value", ["0.123456789", "99999999999999999999999999999", "-1E-9", "1.500000000000"])
def test_the_largest_and_finest_decimals_fit(small, tmp_path, value):
    """29 digits before the point, 9 after it; zeros at the end take no room."""
    write_tables(small.with_figure(0, value=Decimal(value)).result, tmp_path)
    assert pq.read_table(tmp_path / "figures.parquet")["value"][0].as_py() == Decimal(value)


def test_bounds_from_a_division_are_widened_not_narrowed():
    """83.3333… becomes an interval that still holds it; a margin is rounded."""
    third = Decimal(250) / 3
    computed = {"computed_lower": third, "computed_upper": third, "margin": -third}
    relation = Relation("R0", "a.txt", "share_of_total", (), **computed)
    cleaned = Cleaned(Document("a.txt", ""), "", (), OffsetMap.identity(0), ())
    row = frames(RunResult((DocumentResult(cleaned, relations=(relation,)),)))["relations"].iloc[0]
    assert (row["computed_lower"], row["computed_upper"]) == (
        Decimal("83.333333333"),
        Decimal("83.333333334"),
    )
    assert row["margin"] == Decimal("-83.333333333")


def test_documents_count_applied_edits_only(small):
    """An edit that is only shown is not counted as an edit of the document."""
    assert frames(small.result)["documents"].iloc[0]["edits"] == 1
    shown = small.with_edit(applied=False).result
    assert frames(shown)["documents"].iloc[0]["edits"] == 0


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("-3.5%", "-3.5%"),
        ("+12", "+12"),
        ("—5—", "—5—"),
        ("18.2", "18.2"),
        ("'quoted'", "'quoted'"),
    ],
)
def test_cells_that_a_spreadsheet_would_run(text, cell):
    """One apostrophe in front of a formula; numbers and plain text stay as they are."""
    assert safe_cell(text) == cell
    assert true_cell(cell) == text


@given(st.text(alphabet="'=+-@\t1a.%", max_size=8))
def test_safe_cells_can_be_taken_back(text):
    """No two texts share a cell, and no cell starts a formula."""
    assert true_cell(safe_cell(text)) == text
    assert text == "=" or not safe_cell(text).startswith(("=", "@", "\t"))


def test_formulas_are_disarmed_in_csv_and_true_in_parquet(small, tmp_path):
    """The text of a scan is not trusted in CSV, and not changed in Parquet."""
    write_tables(small.with_figure(0, indicator="=HYPERLINK(1)").result, tmp_path)
    assert read_csv(tmp_path, "figures.csv")[0]["indicator"] == "'=HYPERLINK(1)"
    assert pq.read_table(tmp_path / "figures.parquet")["indicator"][0].as_py() == "=HYPERLINK(1)"


def test_plain_has_no_exponent():
    """Small and large decimals alike."""
    assert plain(Decimal("1E-9")) == "0.000000001"
    assert plain(Decimal("2.509E+9")) == "2509000000"
    assert plain(Decimal("27.0")) == "27.0"


def test_a_cell_is_shown_as_a_reader_knows_it():
    """Numbers of numpy are numbers; words keep their quotation marks."""
    assert [shown(cell) for cell in (np.float64(0.5), np.int64(3), "县", None)] == [
        "0.5",
        "3",
        "'县'",
        "None",
    ]
