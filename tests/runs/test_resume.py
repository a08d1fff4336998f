"""A run that was killed goes on where it stood; a run that finds its parts unchanged takes them over."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from parts_helpers import files, parquet_rows, row, run, table_rows, write_table

from cleaner.runs.parts import run as parts_run
from cleaner.runs.parts.store import RECORDS


def records(folder):
    return sorted(folder.glob(f"{RECORDS}/part-*.json"))


def begin(place, *more):
    """The command, in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "clean",
        "in",
        "-o",
        "out",
        "--shards",
        "--shard-size",
        "0.001",
    ]
    return subprocess.Popen([*command, *more], cwd=place, stderr=subprocess.PIPE, text=True, encoding="utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_killed_process_is_continued_and_leaves_what_an_unbroken_run_leaves(tmp_path, jobs):
    write_table(tmp_path / "in" / "t.jsonl", [row(n) for n in range(300)])
    write_table(tmp_path / "in" / "u.jsonl.gz", [row(n) for n in range(30)])
    process = begin(tmp_path, "--jobs", jobs)
    partial = tmp_path / "out.partial"
    deadline = time.monotonic() + 60
    while len(records(partial)) < 3 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    assert process.returncode != 0
    assert not (tmp_path / "out").exists()
    stood = len(records(partial))
    assert stood >= 3
    again = begin(tmp_path, "--jobs", jobs)
    _, said = again.communicate(timeout=100)
    assert again.returncode == 0, said
    found = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert stood <= found["parts"]["kept"] < found["parts"]["count"]
    assert not partial.exists()
    unbroken = run(tmp_path / "unbroken", tmp_path / "in", size=int(0.001 * (1 << 20)))
    assert files(tmp_path / "out") == files(tmp_path / "unbroken")
    assert found["outputs"] == unbroken["outputs"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="its processes are looked up in /proc")
def test_workers_of_a_killed_run_end_with_it(tmp_path):
    write_table(tmp_path / "in" / "t.jsonl", [row(n) for n in range(300)])
    process = begin(tmp_path, "--jobs", "2")
    deadline = time.monotonic() + 60
    while not records(tmp_path / "out.partial") and time.monotonic() < deadline:
        time.sleep(0.005)
    children = descendants(process.pid)
    assert children
    process.kill()
    process.communicate()
    while any(alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [child for child in children if alive(child)]


def descendants(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def interrupted(monkeypatch, after):
    """Make a run stop as if it were interrupted when ``after`` parts stand."""
    real = parts_run.write_record

    def writing(folder, name, content):
        if name == f"part-{after:06d}":
            raise KeyboardInterrupt
        real(folder, name, content)

    monkeypatch.setattr(parts_run, "write_record", writing)


@pytest.fixture
def table(tmp_path):
    return write_table(tmp_path / "in" / "t.jsonl", [row(n) for n in range(24)])


def broken_off(tmp_path, table, monkeypatch, after=3, **options):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        interrupted(patch, after)
        run(tmp_path / "out", table, **options)
    assert len(records(tmp_path / "out.partial")) == after


def test_the_examined_parts_of_a_broken_run_stay_examined(tmp_path, table, monkeypatch):
    real = parts_run.write_record
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):

        def writing(folder, name, content):
            if name == "contracts-000001":
                raise KeyboardInterrupt
            real(folder, name, content)

        patch.setattr(parts_run, "write_record", writing)
        run(tmp_path / "out", table, command="run", size=1500)
    found = run(tmp_path / "out", table, command="run", size=1500)
    assert found["parts"]["kept"] == found["parts"]["count"]
    run(tmp_path / "unbroken", table, command="run", size=1500)
    assert files(tmp_path / "out") == files(tmp_path / "unbroken")


@pytest.mark.parametrize("change", ["input", "settings", "file", "file of a part gone", "record"])
def test_what_changed_since_a_run_was_broken_off_is_made_again(tmp_path, table, monkeypatch, change):
    broken_off(tmp_path, table, monkeypatch)
    partial, kept = tmp_path / "out.partial", 2
    options: dict = {}
    if change == "input":
        rows = [row(n) for n in range(24)]
        rows[0]["text"] = "改过的一行,共512人。"
        write_table(table, rows)
    elif change == "settings":
        options, kept = {"encoding": "gb18030"}, 0
        table.write_bytes(table.read_bytes().decode().encode("gb18030"))
    elif change == "file":
        (partial / "edits" / "part-000001.parquet").write_bytes(b"half")
    elif change == "file of a part gone":
        (partial / "text" / "t.jsonl" / "part-000002.jsonl").unlink()
    else:
        (partial / RECORDS / "part-000001.json").write_text("{half", "utf-8")
    found = run(tmp_path / "out", table, **options)
    assert found["parts"]["kept"] == kept
    run(tmp_path / "fresh", table, **options)
    assert files(tmp_path / "out") == files(tmp_path / "fresh")


def test_what_a_broken_run_left_of_other_inputs_is_removed(tmp_path, table, monkeypatch):
    (tmp_path / "in" / "a.txt").write_text("新增就业512人,增长3.2%。", "utf-8")
    broken_off(tmp_path, tmp_path / "in", monkeypatch)
    assert (tmp_path / "out.partial" / "text" / "a.txt").exists()
    run(tmp_path / "out", table)
    assert not (tmp_path / "out" / "text" / "a.txt").exists()
    run(tmp_path / "fresh", table)
    assert files(tmp_path / "out") == files(tmp_path / "fresh")


def folder_of_files(tmp_path, count=600):
    for number in range(count):
        path = tmp_path / "in" / f"{number:04d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"第{number}号。新增就业512人,增长3.2%。", "utf-8")
    return tmp_path / "in"


def test_unchanged_parts_are_taken_over_with_cache(tmp_path):
    folder = folder_of_files(tmp_path, 120)
    first = run(tmp_path / "out", folder, size=1000)
    (folder / "0119.txt").write_text("改过了,共512人。", "utf-8")
    again = run(tmp_path / "out", folder, size=1000, cache=True)
    assert again["parts"]["kept"] == first["parts"]["count"] - 1
    run(tmp_path / "fresh", folder, size=1000)
    assert files(tmp_path / "out") == files(tmp_path / "fresh")
    assert "改过了，" in (tmp_path / "out" / "text" / "0119.txt").read_text("utf-8")
    assert run(tmp_path / "out", folder, size=1000)["parts"]["kept"] == 0


@pytest.mark.parametrize("option", [{"text_field": "id"}, {"id_field": "id"}, {"command": "run"}])
def test_parts_made_with_other_settings_are_not_taken_over(tmp_path, table, option):
    run(tmp_path / "out", table)
    found = run(tmp_path / "out", table, cache=True, **option)
    assert found["parts"]["kept"] == 0


def test_parts_made_with_other_rules_are_not_taken_over(tmp_path, table):
    from support import write_pack

    pack = write_pack(tmp_path / "packs", stray_word={"match": "甲 and 乙"})
    run(tmp_path / "out", table, packs=(pack,))
    assert run(tmp_path / "out", table, packs=(pack,), cache=True)["parts"]["kept"] > 0
    rule = pack / "stray-word.yaml"
    rule.write_text(rule.read_text("utf-8").replace("甲 and 乙", "甲 or 乙"), "utf-8")
    changed = tmp_path / "changed" / "sample"
    changed.parent.mkdir()
    pack.rename(changed)
    assert run(tmp_path / "out", table, packs=(changed,), cache=True)["parts"]["kept"] == 0


def test_an_edited_result_is_not_taken_over(tmp_path, table):
    run(tmp_path / "out", table)
    text = tmp_path / "out" / "text" / "t.jsonl" / "part-000000.jsonl"
    text.write_bytes(text.read_bytes().replace(b"512", b"513"))
    found = run(tmp_path / "out", table, cache=True)
    assert found["parts"]["kept"] == found["parts"]["count"] - 1
    assert table_rows(text.parent)[0]["text"].startswith("第0号")
    assert parquet_rows(tmp_path / "out" / "documents")[0]["doc"] == "t.jsonl#0"


def make_or_die(planned):
    if planned.task.number == 2:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))  # on Windows both end it at once
    return parts_run.make_or_keep(planned)


def test_a_worker_that_was_killed_ends_the_run_with_a_word_and_the_parts_stay(tmp_path, table, monkeypatch):
    real = parts_run.in_order

    def dying(pool, jobs, function, given):
        return real(pool, jobs, make_or_die, given)

    with (
        monkeypatch.context() as patch,
        pytest.raises(parts_run.PartsError, match="start the same command again"),
    ):
        patch.setattr(parts_run, "in_order", dying)
        run(tmp_path / "out", table, jobs=1)
    found = run(tmp_path / "out", table)
    assert found["parts"]["kept"] <= 2
    run(tmp_path / "fresh", table)
    assert files(tmp_path / "out") == files(tmp_path / "fresh")
