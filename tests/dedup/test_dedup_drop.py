"""Dropping: only on request, each copy in the ledger, and the base files come back byte for byte."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from dedup_helpers import changed, compare, lay, paragraph
from hypothesis import given
from hypothesis import strategies as st
from runs.parts_helpers import table_rows, write_table
from support import kanwu

from cleaner.dedup.run import Asked, DedupError, execute_dedup
from cleaner.runs.undo import undo_into

PIECES = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.03]), st.sampled_from(["", "　　", "\t"])),
        st.sampled_from(["", " ", "各位代表！", "一、工作回顾"]),
    ),
    max_size=8,
)


def line(piece) -> str:
    return piece if isinstance(piece, str) else piece[2] + changed(paragraph(piece[0]), piece[1], piece[0])


@given(st.lists(PIECES, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n", "\n\n"]), st.booleans())
def test_undo_gives_every_byte_back_and_what_is_left_is_left_alone(documents, between, end):
    texts = {
        f"d{i}": (between.join(map(line, pieces)).rstrip() or "首页") + (between if end else "")
        for i, pieces in enumerate(documents)
    }
    with TemporaryDirectory() as place:
        folder, out = lay(Path(place) / "in", **texts), Path(place) / "out"
        _, rows = compare(folder, out, drop=True)
        undo_into(out, Path(place) / "back")
        for path in sorted(folder.iterdir()):
            assert (Path(place) / "back" / path.name).read_bytes() == path.read_bytes()
        gone = sum(not row["kept"] for row in rows)
        ledger = pq.read_table(out / "edits").to_pylist()
        assert len(ledger) == gone
        _, left = compare(out / "text", Path(place) / "again")
        assert all(row["kept"] for row in left)


def test_what_is_dropped_stands_in_the_ledger_with_its_grounds(tmp_path):
    first, second = paragraph(1), paragraph(2)
    texts = {
        "a": f"{first}\n\n{second}\n",
        "b": f"一、回顾\n\n　　{first}\n\n{changed(second, 0.03)}\n\n尾声。\n",
    }
    compare(lay(tmp_path / "in", **texts), tmp_path / "out", drop=True)
    assert (tmp_path / "out" / "text" / "b.txt").read_text("utf-8") == "一、回顾\n\n尾声。\n"
    exact, near = pq.read_table(tmp_path / "out" / "edits").to_pylist()
    assert (exact["rule"], near["rule"]) == ("dedup/exact-duplicate", "dedup/near-duplicate")
    assert exact["before"] == f"\n\n　　{first}"
    assert texts["b"][exact["start"] : exact["end"]] == exact["before"]
    assert (exact["edit"], exact["safety"], exact["evidence"]) == ("delete", "probable", "external")
    assert "a.txt 第 1 段" in exact["why"]
    assert "a.txt 第 2 段" in near["why"]
    assert (exact["clean_start"], exact["clean_end"]) == (4, 4)


def test_nothing_is_dropped_unasked(tmp_path):
    compare(lay(tmp_path / "in", a=paragraph(1), b=paragraph(1)), tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "duplicates.csv",
        "duplicates.parquet",
        "run.json",
        "summary.md",
    ]


@pytest.mark.parametrize("name", ["t.jsonl", "t.jsonl.gz", "t.jsonl.zst", "t.parquet"])
def test_tables_come_back_value_for_value(tmp_path, name):
    texts = [f"{paragraph(n % 5)}\n尾{n}。" if n % 4 else None for n in range(24)]
    rows = [{"id": f"r{n}", "body": text, "n": {"page": n}} for n, text in enumerate(texts)]
    path = write_table(tmp_path / name, rows)
    more = {"text_field": "body", "id_field": "id", "shard_bytes": 700, "drop": True}
    outcome = execute_dedup(Asked((str(path),), tmp_path / "out", **more))
    assert outcome.run["parts"]["count"] > 2
    left = table_rows(tmp_path / "out" / "text" / name)
    assert [row["n"] for row in left] == [row["n"] for row in rows]
    assert sum("\n" in (row["body"] or "") for row in left) == 5
    assert kanwu("undo", tmp_path / "out", "-o", tmp_path / "back")[0] == 0
    assert table_rows(tmp_path / "back" / name) == rows
    code, told, _ = kanwu("blame", tmp_path / "out", f"{name}#r6", "0")
    assert code == 0
    assert "dedup/exact-duplicate" in told


def test_processes_and_the_size_of_parts_change_no_table(tmp_path):
    rows = [{"text": changed(paragraph(n % 7), 0.04 * (n % 3), n)} for n in range(60)]
    path = write_table(tmp_path / "t.jsonl", rows)
    found = [
        compare(path, tmp_path / f"o{number}", drop=True, **more)[1]
        for number, more in enumerate(
            [{}, {"shard_bytes": 900}, {"shard_bytes": 900, "jobs": 2}, {"shard_bytes": 5000}]
        )
    ]
    assert found[0] == found[1] == found[2] == found[3]
    assert len(found[0]) > 20
    for name in ("edits", "text/t.jsonl"):
        one, two = ([p.read_bytes() for p in sorted((tmp_path / f"o{n}" / name).iterdir())] for n in (1, 2))
        assert one == two


def test_an_input_that_changes_meanwhile_is_an_error_and_leaves_nothing(tmp_path, monkeypatch):
    folder = lay(tmp_path / "in", a=paragraph(1), b=paragraph(1))
    from cleaner.dedup import run as running

    def touched(*given):
        (folder / "b.txt").write_text("改过。", "utf-8")
        return real(*given)

    real = running._written
    monkeypatch.setattr(running, "_written", touched)
    with pytest.raises(DedupError, match="changed while it was compared"):
        compare(folder, tmp_path / "out", drop=True)
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "out.partial").exists()
