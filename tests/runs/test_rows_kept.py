"""A row with an edited text keeps every other byte, in a run, in a run in parts, and when it is taken back."""

from __future__ import annotations

import gzip

import pyarrow as pa
import pytest
from parts_helpers import run

from cleaner.runs.execute import execute
from cleaner.runs.options import Options
from cleaner.runs.undo import undo_into

BEFORE = '{"text":"云泽县种粮 and 种菜","x":0.12345678901234567890123,"y":1e400,"m":1,"m":2}'
AFTER = BEFORE.replace(" and ", "和")
OTHER = '{ "text" : "柳溪县", "z": "\\u4e2d\\ud83d" }'
BASE, CLEAN = f"{BEFORE}\r\n\r\n{OTHER}\r\n".encode(), f"{AFTER}\r\n\r\n{OTHER}\r\n".encode()


def packed(data, suffix):
    if suffix.endswith(".gz"):
        return gzip.compress(data)
    return pa.compress(data, "zstd").to_pybytes() if suffix.endswith(".zst") else data


def unpacked(folder):
    path = next(p for p in folder.rglob("*") if p.is_file())
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        with pa.CompressedInputStream(pa.py_buffer(data), "zstd") as stream:
            return stream.read()
    return data


def test_a_run_and_its_undo_keep_the_other_fields(tmp_path):
    (tmp_path / "t.jsonl").write_bytes(BASE)
    execute(Options(inputs=(str(tmp_path / "t.jsonl"),), out=tmp_path / "out", command="clean", judge=False))
    assert unpacked(tmp_path / "out" / "text") == CLEAN
    undo_into(tmp_path / "out", tmp_path / "back")
    assert unpacked(tmp_path / "back") == BASE


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_a_run_in_parts_and_its_undo_keep_the_other_fields(tmp_path, suffix):
    (tmp_path / f"t{suffix}").write_bytes(packed(BASE, suffix))
    run(tmp_path / "out", tmp_path / f"t{suffix}", size=4096)
    assert unpacked(tmp_path / "out" / "text") == CLEAN
    undo_into(tmp_path / "out", tmp_path / "back")
    assert unpacked(tmp_path / "back") == BASE
