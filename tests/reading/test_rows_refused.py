"""Rows that cannot be documents are refused with their line; a run does its other files and exits 2."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support import kanwu

from cleaner.reading.batches import read_batches
from cleaner.reading.decode import ReadError
from cleaner.reading.discover import Found
from cleaner.reading.formats import read_source
from cleaner.reading.rows import Columns
from cleaner.reading.slices import slices


def read(tmp_path, rows, **options):
    path = tmp_path / "t.jsonl"
    path.write_text(rows, "utf-8")
    return read_source(Found(path, "t.jsonl"), **options)


def test_half_a_character_is_refused_with_its_line(tmp_path):
    for row, half in (('{"id":2,"text":"甲\\ud83d"}', "ud83d"), ('{"id":"\\udc00","text":"甲"}', "udc00")):
        with pytest.raises(ReadError, match=f"line 2 holds half a character .*{half}"):
            read(tmp_path, '{"id":1,"text":"甲"}\n' + row, id_field="id")


@pytest.mark.parametrize("key", ["null", '["x"]', '{"a":1}', "true"])
def test_a_key_that_is_no_name_is_refused_with_its_line(tmp_path, key):
    with pytest.raises(ReadError, match=r"line 2: field 'id' is not a string or a number.*--id-field"):
        read(tmp_path, f'{{"id":"a","text":"甲"}}\n{{"id":{key},"text":"乙"}}', id_field="id")


def refusals(tmp_path, **columns):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table(columns), path)
    (piece,) = slices([Found(path, "t.parquet")], 1 << 20, tmp_path / "beside")
    found = list(read_batches(piece, Columns(key="id")))
    read = [d.doc for batch in found for _, d in batch.documents]
    return read, [(r.doc, r.reason) for batch in found for r in batch.refusals]


def test_a_key_of_a_column_that_is_null_is_refused_with_its_row(tmp_path):
    read_, refused = refusals(tmp_path, id=["a", None, None], text=["甲", "乙", None])
    assert read_ == ["t.parquet#a"]
    assert refused == [("t.parquet#1", "its key is null; name another column with --id-field")]


@pytest.mark.parametrize("type_", [pa.string(), pa.large_string()])
def test_a_text_of_a_column_that_is_not_utf8_is_refused_and_keeps_its_bytes(tmp_path, monkeypatch, type_):
    monkeypatch.chdir(tmp_path)
    raw = [b"\xff\xfe", "柳溪县种粮 and 种菜。".encode(), None]
    wide = pa.binary() if type_ == pa.string() else pa.large_binary()
    pq.write_table(pa.table({"text": pa.array(raw, wide).view(type_), "n": [1, 2, 3]}), "t.parquet")
    code, _, stderr = kanwu("clean", "t.parquet", "-o", "out")
    assert (code, "t.parquet#0: not read: its text is not UTF-8" in stderr) == (2, True)
    column = pq.read_table("out/text/t.parquet/part-000000.parquet").column("text")
    assert column.cast(wide).to_pylist() == [raw[0], "柳溪县种粮和种菜。".encode(), None]
    kanwu("undo", "out", "-o", "back")
    back = pq.read_table("back/t.parquet/part-000000.parquet")
    assert back.column("text").cast(wide).to_pylist() == raw


@pytest.mark.parametrize("keys", [[["x"]], [{"a": 1}], [True]])
def test_a_column_without_names_is_refused(tmp_path, keys):
    read_, refused = refusals(tmp_path, id=keys, text=["甲"])
    assert (read_, [doc for doc, _ in refused]) == ([], ["t.parquet"])
    assert "column 'id' holds" in refused[0][1]
    assert "--id-field" in refused[0][1]


def test_a_number_without_end_is_refused_with_its_line(tmp_path):
    with pytest.raises(ReadError, match="line 1 holds a number"):
        read(tmp_path, f'{{"text":"甲","n":{"9" * 5000}}}')


@pytest.mark.parametrize("row", ['{"text":"甲\\ud83d"}', '{"text":"甲","n":%s}' % ("9" * 5000)])
def test_a_run_refuses_the_file_and_does_the_others(tmp_path, monkeypatch, row):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.jsonl").write_text(row, "utf-8")
    (tmp_path / "good.jsonl").write_text('{"text":"柳溪县种粮 and 种菜"}', "utf-8")
    code, _, stderr = kanwu("clean", "bad.jsonl", "good.jsonl", "-o", "out")
    assert (code, "bad.jsonl" in stderr, "line 1 holds" in stderr) == (2, True, True)
    assert (tmp_path / "out" / "text" / "good.jsonl").read_text("utf-8") == '{"text":"柳溪县种粮和种菜"}'
