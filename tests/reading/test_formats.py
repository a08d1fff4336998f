"""Files -> documents and back, rows of tables by name."""

from __future__ import annotations

import json

import pytest

from cleaner.reading.decode import ReadError
from cleaner.reading.discover import Found
from cleaner.reading.formats import read_source


def source(tmp_path, name, data, **options):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_source(Found(path, name), **options)


def test_a_text_is_one_document(tmp_path):
    found = source(tmp_path, "a.txt", "甲\r\n乙")
    assert [(d.doc, d.text, d.format) for d in found.documents] == [("a.txt", "甲\n乙", "txt")]
    assert found.render({"a.txt": "甲\n丙"}) == "甲\r\n丙".encode()


ROWS = '{"id": "x", "text": "甲乙", "n": 1.50}\n\n{"id":"y","text":"丙", "n":2}\n{"id": "z", "text": null}\n'


def test_rows_are_documents_named_by_index_or_key(tmp_path):
    assert [d.doc for d in source(tmp_path, "t.jsonl", ROWS).documents] == ["t.jsonl#0", "t.jsonl#2"]
    found = source(tmp_path, "t.jsonl", ROWS, id_field="id")
    assert [d.doc for d in found.documents] == ["t.jsonl#x", "t.jsonl#y"]


def test_rows_without_an_edit_are_copied_as_they_are(tmp_path):
    found = source(tmp_path, "t.jsonl", ROWS)
    out = found.render({"t.jsonl#0": "甲乙", "t.jsonl#2": "丁"}).decode().split("\n")
    assert out[0] == ROWS.split("\n", maxsplit=1)[0]
    assert json.loads(out[2]) == {"id": "y", "text": "丁", "n": 2}
    assert out[3] == ROWS.split("\n")[3]


@pytest.mark.parametrize(
    ("rows", "options", "reason"),
    [
        ('{"text": "甲"}\n{broken', {}, "line 2 is not JSON"),
        ('["甲"]', {}, "line 1 is not a JSON object"),
        ('{"body": "甲"}', {}, "--text-field"),
        ('{"text": 5}', {}, "not a string"),
        ('{"text": "甲"}', {"id_field": "id"}, "--id-field"),
        ('{"id":1,"text":"甲"}\n{"id":1,"text":"乙"}', {"id_field": "id"}, "stands twice"),
        ('{"text": null}', {}, "no row with a text"),
    ],
)
def test_rows_that_cannot_be_read_are_refused_with_line_and_reason(tmp_path, rows, options, reason):
    with pytest.raises(ReadError, match=reason):
        source(tmp_path, "t.jsonl", rows, **options)


def test_an_unknown_suffix_is_refused(tmp_path):
    with pytest.raises(ReadError, match=r"no reader for '\.pdf'"):
        source(tmp_path, "a.pdf", b"%PDF-1.7")
