"""Runs in parts: the same documents give the same rows, however they come in and however they are cut."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace

import jsonschema
import pyarrow.parquet as pq
import pytest
from parts_helpers import files, parquet_rows, row, run, table_rows, write_table
from support import write_pack

from cleaner.contracts.parts import Measured, settled, together
from cleaner.engine.settings import Settings
from cleaner.reading.discover import InputError
from cleaner.reports.json_report import schema
from cleaner.runs import attempt
from cleaner.runs.execute import execute
from cleaner.runs.options import Options
from cleaner.runs.outfolder import OutError
from cleaner.runs.parts import choose, keys
from cleaner.runs.parts.pool import processes
from cleaner.runs.parts.run import PartsError
from cleaner.runs.parts.store import assembling
from cleaner.runs.standing import Standing
from cleaner.runs.undo import UndoError, texts_of, undo_into

ROWS = [row(n) for n in range(16)]
TABLES = ("t.jsonl", "t.jsonl.gz", "t.jsonl.zst", "t.parquet")


def as_jsonl(rows):
    """Parquet rows as the ledgers in JSON lines hold them."""
    lists = ("spans", "members", "parts")
    return [{k: json.loads(v) if k in lists else v for k, v in r.items()} for r in rows]


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """One table, run whole and run in parts."""
    place = tmp_path_factory.mktemp("twice")
    table = write_table(place / "t.jsonl", ROWS)
    whole = execute(Options(inputs=(str(table),), out=place / "whole", shards=False))
    return place, whole, run(place / "parts", table, command="run")


def test_rows_are_those_of_a_run_that_is_not_in_parts(twice):
    place, _, _ = twice
    for name in ("edits", "findings", "blocks"):
        lines = (place / "whole" / f"{name}.jsonl").read_text("utf-8").splitlines()
        assert as_jsonl(parquet_rows(place / "parts" / name)) == [json.loads(line) for line in lines]
    for name in ("figures", "relations"):
        whole = pq.read_table(place / "whole" / f"{name}.parquet").to_pylist()
        assert whole
        assert parquet_rows(place / "parts" / name) == whole
    whole = (place / "whole" / "text" / "t.jsonl").read_text("utf-8").splitlines()
    assert table_rows(place / "parts" / "text" / "t.jsonl") == [json.loads(line) for line in whole]


def test_counts_contracts_and_exit_code_are_those_of_a_run_that_is_not_in_parts(twice):
    place, whole, run_json = twice
    assert run_json["parts"]["count"] > 2
    assert {k: v for k, v in run_json["counts"].items() if k != "problems"} == whole.run["counts"]
    assert run_json["exit_code"] == whole.run["exit_code"]
    records = sorted((place / "parts" / "parts").glob("contracts-*.json"))
    assert len(records) == run_json["parts"]["count"]
    told = [json.loads(path.read_text())["results"] for path in records]
    for index, promise in enumerate(whole.contracts):
        results = [rows[index]["result"] for rows in told]
        assert {(r["source"], r["name"]) for r in results} == {(promise.source, promise.name)}
        if promise.name != "suite":
            assert sum(r["applicable"] for r in results) == promise.applicable
    found = ()
    for rows in told:
        found = together(found, tuple(map(Measured.of_row, rows)))
    assert [c.success for c in settled(found)] == [c.success for c in whole.contracts]
    assert {c.success for c in whole.contracts} == {True, False}
    assert "# 刊误 Kanwu" in (place / "parts" / "summary.md").read_text("utf-8")


def test_run_json_keeps_its_schema_and_records_name_every_file(twice):
    place, _, run_json = twice
    jsonschema.validate(json.loads((place / "parts" / "run.json").read_text("utf-8")), schema("run"))
    listed = {o["path"] for o in run_json["outputs"]}
    for path in (place / "parts" / "parts").glob("part-*.json"):
        listed |= {file["path"] for file in json.loads(path.read_text())["files"]}
    assert listed == set(files(place / "parts"))


@pytest.mark.parametrize("name", TABLES)
def test_every_format_gives_the_same_texts_and_carries_the_other_columns(tmp_path, name):
    table = write_table(tmp_path / name, ROWS)
    run(tmp_path / "out", table)
    found = table_rows(tmp_path / "out" / "text" / name)
    expected = execute_texts(tmp_path)
    assert [r["text"] for r in found] == expected
    assert expected != [r["text"] for r in ROWS]
    assert [{k: v for k, v in r.items() if k != "text"} for r in found] == [
        {k: v for k, v in r.items() if k != "text"} for r in ROWS
    ]


def execute_texts(tmp_path):
    from cleaner import clean

    return [r["text"] and clean(r["text"]).text for r in ROWS]


def test_a_parquet_table_keeps_its_schema_and_compression(tmp_path):
    table = write_table(tmp_path / "t.parquet", ROWS)
    run(tmp_path / "out", table)
    before = pq.ParquetFile(table)
    for path in (tmp_path / "out" / "text" / "t.parquet").iterdir():
        after = pq.ParquetFile(path)
        assert after.schema_arrow == before.schema_arrow
        assert after.metadata.row_group(0).column(0).compression == "SNAPPY"


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_named_by_index_or_key(tmp_path, name):
    table = write_table(tmp_path / name, ROWS)
    run(tmp_path / "index", table)
    docs = [r["doc"] for r in parquet_rows(tmp_path / "index" / "documents")]
    assert docs == [f"{name}#{n}" for n in range(16) if n % 7 != 6]
    run(tmp_path / "key", table, id_field="id")
    assert parquet_rows(tmp_path / "key" / "documents")[1]["doc"] == f"{name}#r1"


def test_jobs_and_neighbours_do_not_change_a_byte(tmp_path):
    inputs = [write_table(tmp_path / "in" / name, ROWS) for name in TABLES]
    (tmp_path / "in" / "a.txt").write_text("新增就业512人,增长3.2%。", "utf-8")
    one = run(tmp_path / "one", tmp_path / "in")
    for jobs in (1, 2):
        two = run(tmp_path / "two", tmp_path / "in", jobs=jobs)
        assert files(tmp_path / "one") == files(tmp_path / "two")
        assert one["outputs"] == two["outputs"]
    run(tmp_path / "alone", inputs[0])
    alone = parquet_rows(tmp_path / "alone" / "edits")
    together = [e for e in parquet_rows(tmp_path / "one" / "edits") if e["doc"].startswith("t.jsonl#")]
    assert alone == together


def test_the_size_of_the_parts_changes_no_row(tmp_path):
    table = write_table(tmp_path / "t.parquet", ROWS)
    run(tmp_path / "small", table, size=10)
    run(tmp_path / "large", table, size=1 << 20)
    for name in ("documents", "edits", "findings", "blocks"):
        assert parquet_rows(tmp_path / "small" / name) == parquet_rows(tmp_path / "large" / name)


def test_a_wrong_row_is_refused_by_name_and_copied_and_the_others_go_on(tmp_path):
    lines = [
        json.dumps(row(0), ensure_ascii=False),
        "{broken",
        '{"body": "x"}',
        '{"text": 5}',
        '{"id": 4, "text": "\\ud800"}',
    ]
    lines.append(json.dumps(row(1), ensure_ascii=False))
    (tmp_path / "t.jsonl").write_bytes("\n".join(lines).encode() + b'\n\xff\n{"id":"r0","text":"x"}')
    found = run(tmp_path / "out", tmp_path / "t.jsonl", id_field="id", size=1 << 20)
    assert found["exit_code"] == 2
    assert [r["doc"] for r in found["refusals"]] == [f"t.jsonl#{n}" for n in (1, 2, 3, 4, 6, 7)]
    reasons = " / ".join(r["reason"] for r in found["refusals"])
    for word in (
        "is not JSON",
        "--text-field",
        "not a string",
        "half a character",
        "not utf-8",
        "stands twice",
    ):
        assert word in reasons
    out = (tmp_path / "out" / "text" / "t.jsonl" / "part-000000.jsonl").read_bytes().split(b"\n")
    given = (tmp_path / "t.jsonl").read_bytes().split(b"\n")
    assert [a == b for a, b in zip(given, out, strict=True)] == [False, *[True] * 7]


def test_a_document_that_makes_kanwu_fail_is_refused_and_the_others_go_on(tmp_path, monkeypatch):
    real = attempt.process_document

    def failing(document, *given):
        if document.doc.endswith("#2"):
            raise RuntimeError("no such luck")
        return real(document, *given)

    table = write_table(tmp_path / "t.jsonl", ROWS)
    run(tmp_path / "good", table)
    monkeypatch.setattr(attempt, "process_document", failing)
    found = run(tmp_path / "out", table)
    assert found["exit_code"] == 2
    assert [r["doc"] for r in found["refusals"]] == ["t.jsonl#2"]
    assert "no such luck" in found["refusals"][0]["reason"]
    good = [e for e in parquet_rows(tmp_path / "good" / "edits") if e["doc"] != "t.jsonl#2"]
    assert parquet_rows(tmp_path / "out" / "edits") == good
    assert table_rows(tmp_path / "out" / "text" / "t.jsonl")[2] == ROWS[2]


def test_a_broken_file_is_refused_and_the_others_go_on(tmp_path):
    packed = write_table(tmp_path / "in" / "t.jsonl.gz", ROWS)
    packed.write_bytes(packed.read_bytes()[:-12])
    (tmp_path / "in" / "u.parquet").write_bytes(b"no parquet")
    (tmp_path / "in" / "v.pdf").write_bytes(b"%PDF")
    (tmp_path / "in" / "w.jsonl").write_bytes(b"")
    write_table(tmp_path / "in" / "x.parquet", [{"body": "甲"}])
    write_table(tmp_path / "in" / "y.parquet", [{"text": 5}])
    (tmp_path / "in" / "z.txt").write_text("新增就业512人,增长3.2%。", "utf-8")
    found = run(tmp_path / "out", tmp_path / "in")
    told = {r["doc"]: r["reason"] for r in found["refusals"]}
    assert set(told) == {"t.jsonl.gz", "u.parquet", "v.pdf", "w.jsonl", "x.parquet", "y.parquet"}
    assert "to its end" in told["t.jsonl.gz"]
    assert "--text-field" in told["x.parquet"]
    assert "not strings" in told["y.parquet"]
    assert (tmp_path / "out" / "text" / "z.txt").read_text("utf-8") == "新增就业512人，增长3.2%。"


def test_undo_gives_texts_back_byte_for_byte_and_tables_value_for_value(tmp_path):
    for name in TABLES:
        write_table(tmp_path / "in" / name, ROWS)
    (tmp_path / "in" / "a.txt").write_bytes("新增就业512人,增长3.2%。\r\n再无他事,止。\r\n".encode("gb18030"))
    run(tmp_path / "out", tmp_path / "in")
    undo_into(tmp_path / "out", tmp_path / "back")
    assert (tmp_path / "back" / "a.txt").read_bytes() == (tmp_path / "in" / "a.txt").read_bytes()
    for name in TABLES:
        assert table_rows(tmp_path / "back" / name) == ROWS
    base, clean, rows = texts_of(tmp_path / "out", "t.parquet#0")
    assert base == ROWS[0]["text"]
    assert clean != base
    assert rows
    assert "12人，" in texts_of(tmp_path / "out", "a.txt")[1]
    with pytest.raises(UndoError, match="holds no document"):
        texts_of(tmp_path / "out", "t.jsonl#99")
    part = next((tmp_path / "out" / "text" / "t.jsonl").iterdir())
    part.write_bytes(part.read_bytes() + b"\n")
    with pytest.raises(UndoError, match="edited since"):
        undo_into(tmp_path / "out", tmp_path / "again")


def test_what_needs_all_documents_is_refused(tmp_path):
    table = write_table(tmp_path / "t.jsonl", ROWS)
    for asked in ({"panel": True}, {"data_docs": True}, {"standing": Standing()}):
        with pytest.raises(PartsError, match="--no-shards"):
            run(tmp_path / "out", table, command="run", **asked)
    run(tmp_path / "out", table)
    with pytest.raises(PartsError, match="results of a run"):
        run(tmp_path / "again", tmp_path / "out", command="check")


def test_parts_are_chosen_where_inputs_are_large_or_are_read_in_no_other_way(tmp_path, monkeypatch):
    table = write_table(tmp_path / "in" / "t.jsonl", ROWS)
    options = Options(inputs=(str(table),), out=tmp_path / "out")
    assert not choose.wants_parts(options)
    assert choose.wants_parts(replace(options, shards=True))
    assert choose.wants_parts(replace(options, cache=True))
    assert choose.wants_parts(replace(options, inputs=(str(write_table(tmp_path / "t.parquet", ROWS)),)))
    monkeypatch.setattr(choose, "MOST_BYTES", 100)
    assert choose.wants_parts(options)
    assert not choose.wants_parts(replace(options, panel=True))
    assert not choose.wants_parts(replace(options, standing=Standing()))
    assert not choose.wants_parts(replace(options, shards=False))
    with pytest.raises(InputError):
        choose.wants_parts(replace(options, inputs=(str(tmp_path / "missing"),)))


def test_two_runs_on_one_out_are_kept_apart(tmp_path):
    with (
        assembling(tmp_path / "out"),
        pytest.raises(OutError, match="another run"),
        assembling(tmp_path / "out"),
    ):
        pytest.fail("must not begin")


def test_tables_that_a_command_leaves(tmp_path):
    table = write_table(tmp_path / "t.jsonl", ROWS)
    run(tmp_path / "figures", table, command="figures")
    assert sorted(p.name for p in (tmp_path / "figures").iterdir() if p.is_dir()) == [
        "documents",
        "figures",
        "parts",
        "relations",
    ]


def pandas_is_loaded_by_arrow():
    import pyarrow as pa

    return len(pa.array([1])) == 1 and "pandas" in sys.modules


def test_a_process_that_makes_parts_loads_no_pandas_and_one_that_examines_may():
    for wanted in (False, True):
        with processes(1, pandas=wanted) as pool:
            assert pool.submit(pandas_is_loaded_by_arrow).result() is wanted


def test_only_files_that_changed_since_a_commit_are_read_where_that_is_asked(tmp_path):
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    for number in range(3):
        write_table(tmp_path / "in" / f"{number}.jsonl", ROWS)
    author = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    for command in (["init", "-q"], ["add", "."], [*author, "commit", "-q", "-m", "one"]):
        subprocess.run(["git", "-C", str(tmp_path / "in"), *command], check=True, capture_output=True)
    write_table(tmp_path / "in" / "1.jsonl", ROWS[:3])
    run(tmp_path / "out", tmp_path / "in", diff_from="HEAD")
    assert {r["doc"].partition("#")[0] for r in parquet_rows(tmp_path / "out" / "documents")} == {"1.jsonl"}


LONG = (
    "全县各乡镇坚持推进落实优化建成新增改造治理发展农业工业水利道路学校医院项目产业园区群众企业河道林地耕地"
)


def test_a_rule_without_end_is_stopped_and_named_and_the_rest_goes_on(tmp_path):
    match = r"(?:\p{Han}|\p{Han}{2})+(?![\p{Han}\p{P}0-9]|$)"
    pack = write_pack(tmp_path / "packs", "endless", nested={"match": match})
    rows = [row(0), {"id": "long", "text": f"{LONG}，人口稳定,有所增长。"}, row(1)]
    table = write_table(tmp_path / "t.jsonl", rows)
    found = run(tmp_path / "out", table, id_field="id", packs=(pack,), settings=Settings(time_limit=0.2))
    assert found["exit_code"] == 2
    assert len(found["problems"]) == 1
    assert "t.jsonl#long: endless/nested took longer" in found["problems"][0]
    applied = {(e["doc"], e["rule"]) for e in parquet_rows(tmp_path / "out" / "edits") if e["applied"]}
    assert ("t.jsonl#long", "punctuation/half-width-comma") in applied
    assert ("t.jsonl#r0", "punctuation/half-width-comma") in applied
    assert "endless/nested" not in {rule for doc, rule in applied if doc == "t.jsonl#long"}
    whole = execute(
        Options(
            (str(table),), tmp_path / "whole", packs=(pack,), settings=Settings(time_limit=0.2), judge=False
        )
    )
    assert whole.run["exit_code"] == 2
    assert len(whole.run["problems"]) == 1


@pytest.mark.parametrize("at_a_time", [4, 8_000_000])
@pytest.mark.parametrize("name", ["t.jsonl", "t.parquet"])
def test_a_key_that_stands_in_two_parts_is_named(tmp_path, monkeypatch, name, at_a_time):
    monkeypatch.setattr(keys, "AT_A_TIME", at_a_time)
    table = write_table(tmp_path / "in" / name, [*ROWS, {**row(15), "id": "r1"}])
    write_table(tmp_path / "in" / f"other-{name}", ROWS)
    found = run(tmp_path / "out", tmp_path / "in", id_field="id", size=200)
    assert found["exit_code"] == 2
    assert [p.split(":")[0] for p in found["problems"]] == [f"{name}#r1"]
    assert "in 2 rows (part-00000" in found["problems"][0]
    assert found["counts"]["problems"] == 1
    assert run(tmp_path / "out", table, size=200)["problems"] == []
