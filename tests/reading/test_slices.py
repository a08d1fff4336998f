"""Inputs cut into slices: nothing is lost or read twice, and a change stays where it is made."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.reading.discover import Found, walk
from cleaner.reading.slices import digest_of, slices


def cut(tmp_path, path, size):
    return list(slices([Found(path, path.name)], size, tmp_path / "pieces"))


@given(
    lines=st.lists(st.sampled_from(["", "甲", "x" * 9, "y" * 40]), min_size=1),
    size=st.integers(1, 60),
    end=st.booleans(),
)
def test_lines_are_cut_at_line_ends_and_cover_the_file(tmp_path_factory, lines, size, end):
    place = tmp_path_factory.mktemp("lines")
    data = ("\n".join(lines) + ("\n" if end else "")).encode()
    (place / "t.jsonl").write_bytes(data)
    found = cut(place, place / "t.jsonl", size)
    if not data:
        assert [s.kind for s in found] == ["refused"]
        return
    assert b"".join(data[s.start : s.end] for s in found) == data
    assert [s.start for s in found] == [0, *[s.end for s in found[:-1]]]
    for piece in found:
        assert piece.first_row == data[: piece.start].count(b"\n")
    for piece in found[:-1]:
        held = data[piece.start : piece.end]
        assert held.endswith(b"\n")
        assert len(held) >= size
        assert len(held.rstrip(b"\n").rsplit(b"\n", 1)[0]) < size + 41


def test_a_line_longer_than_a_block_is_one_slice(tmp_path):
    (tmp_path / "t.jsonl").write_bytes(b"a" * (3 << 20) + b"\n" + b"b\n")
    found = cut(tmp_path, tmp_path / "t.jsonl", 1000)
    assert [(s.start, s.end, s.first_row) for s in found] == [
        (0, (3 << 20) + 1, 0),
        ((3 << 20) + 1, (3 << 20) + 3, 1),
    ]


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_compressed_lines_are_laid_beside_as_the_plain_ones_are_cut(tmp_path, suffix):
    data = "".join(f'{{"text": "第{n}行"}}\n' for n in range(50)).encode()
    (tmp_path / "t.jsonl").write_bytes(data)
    packed = tmp_path / f"t.jsonl.{suffix}"
    packed.write_bytes(gzip.compress(data) if suffix == "gz" else pa.compress(data, "zstd").to_pybytes())
    plain, laid = cut(tmp_path, tmp_path / "t.jsonl", 300), cut(tmp_path, packed, 300)
    assert len(laid) == len(plain) > 2
    assert [s.beside.read_bytes() for s in laid] == [data[s.start : s.end] for s in plain]
    assert [s.first_row for s in laid] == [s.first_row for s in plain]


def test_a_file_of_several_compressed_members_is_read_whole(tmp_path):
    halves = [b'{"text": "a"}\n' * 5, b'{"text": "b"}\n' * 5]
    (tmp_path / "t.jsonl.gz").write_bytes(b"".join(map(gzip.compress, halves)))
    (tmp_path / "t.jsonl.zst").write_bytes(b"".join(pa.compress(h, "zstd").to_pybytes() for h in halves))
    for name in ("t.jsonl.gz", "t.jsonl.zst"):
        found = cut(tmp_path, tmp_path / name, 1 << 20)
        assert b"".join(s.beside.read_bytes() for s in found) == b"".join(halves)


def test_row_groups_are_gathered_to_the_size(tmp_path):
    table = pa.table({"text": [f"第{n}行" * 9 for n in range(40)]})
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=5)
    one = cut(tmp_path, tmp_path / "t.parquet", 1)
    assert [(s.start, s.end, s.first_row) for s in one] == [(n, n + 1, 5 * n) for n in range(8)]
    assert [(s.start, s.end) for s in cut(tmp_path, tmp_path / "t.parquet", 1 << 30)] == [(0, 8)]


def folder(tmp_path, names):
    for name in names:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(name, "utf-8")
    return list(slices(walk([str(tmp_path / "in")]), 1 << 20, tmp_path / "pieces"))


def test_a_file_that_is_added_changes_the_slice_it_stands_in_alone(tmp_path):
    names = [f"{n:04d}.txt" for n in range(900)]
    before = {digest_of(s): s for s in folder(tmp_path, names)}
    after = {digest_of(s): s for s in folder(tmp_path, ["0300a.txt"])}
    assert len(before) >= 3
    assert len(set(after) - set(before)) == 1
    assert sum(len(s.files) for s in after.values()) == 901


def test_digests_tell_the_contents_and_the_names(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'{"text": "a"}\n')
    one = digest_of(cut(tmp_path, path, 100)[0])
    path.write_bytes(b'{"text": "b"}\n')
    assert digest_of(cut(tmp_path, path, 100)[0]) != one
    path.rename(tmp_path / "u.jsonl")
    (tmp_path / "u.jsonl").write_bytes(b'{"text": "a"}\n')
    assert digest_of(cut(tmp_path, tmp_path / "u.jsonl", 100)[0]) != one
    for texts in (["a"], ["b"]):
        pq.write_table(pa.table({"text": texts}), tmp_path / f"{texts[0]}.parquet")
    both = [Found(tmp_path / f"{name}.parquet", "t.parquet") for name in "ab"]
    assert len({digest_of(s) for s in slices(both, 100, tmp_path)}) == 2


MEASURED = """
import re, sys
from pathlib import Path
from cleaner.reading.batches import read_batches, writer_for
from cleaner.reading.discover import Found
from cleaner.reading.rows import Columns
from cleaner.reading.slices import slices
path, out = Path(sys.argv[1]), Path(sys.argv[2])
rows = 0
for piece in slices([Found(path, path.name)], 4 << 20, out / "pieces"):
    writer = writer_for(piece, out, Columns())
    for batch in read_batches(piece, Columns()):
        rows += len(batch.documents)
        writer.write(batch, {d.doc: d.text + "x" for _, d in batch.documents})
    writer.close()
print(rows, int(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def large(path, rows):
    text = "云泽县全年粮食产量稳步增长，办结建议一批。" * 100
    if path.suffix == ".parquet":
        table = pa.table({"text": [f"{n}{text}" for n in range(rows)]})
        pq.write_table(table, path, row_group_size=rows, compression="none", use_dictionary=False)
        return
    lines = "".join(f'{{"text": "{n}{text}"}}\n' for n in range(rows)).encode()
    path.write_bytes(gzip.compress(lines, 1) if path.suffix == ".gz" else lines)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read in /proc")
@pytest.mark.parametrize("name", ["t.jsonl", "t.jsonl.gz", "t.parquet"])
def test_memory_does_not_grow_with_the_table(tmp_path, name):
    """Ten times the rows, 60 MB of them, in one row group: less than 60 MB more, and below 300 MB."""
    peaks = []
    for rows in (1000, 10_000):
        path = tmp_path / str(rows) / name
        path.parent.mkdir()
        large(path, rows)
        command = [sys.executable, "-c", MEASURED, str(path), str(tmp_path / f"out{rows}")]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
        )
        count, peak = map(int, done.stdout.split())
        assert count == rows
        peaks.append(peak)
    assert peaks[1] < 300
    assert peaks[1] - peaks[0] < 60, peaks
