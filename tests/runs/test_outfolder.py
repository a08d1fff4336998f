"""OUT: built beside, renamed when whole, replaced only if it is ours."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.runs import outfolder
from cleaner.runs.outfolder import OutError, building
from cleaner.runs.parts.store import assembling


def finish(folder, content="one"):
    (folder / "run.json").write_text(json.dumps({"product": "kanwu"}), "utf-8")
    (folder / "result.txt").write_text(content, "utf-8")


def test_a_run_takes_its_place_when_it_is_whole(tmp_path):
    out = tmp_path / "deep" / "out"
    with building(out) as folder:
        finish(folder)
        assert not out.exists()
    assert sorted(p.name for p in out.iterdir()) == ["result.txt", "run.json"]
    assert not (tmp_path / "deep" / "out.partial").exists()


def test_an_earlier_run_is_replaced(tmp_path):
    for content in ("one", "two"):
        with building(tmp_path / "out") as folder:
            finish(folder, content)
    assert (tmp_path / "out" / "result.txt").read_text() == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_run_that_fails_leaves_the_earlier_one(tmp_path):
    with building(tmp_path / "out") as folder:
        finish(folder)
    with pytest.raises(RuntimeError), building(tmp_path / "out") as folder:
        raise RuntimeError
    assert (tmp_path / "out" / "result.txt").read_text() == "one"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("run_json", [None, "{}", '{"product": "other"}', "broken"])
def test_a_folder_that_is_not_ours_is_refused_untouched(tmp_path, run_json):
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("precious", "utf-8")
    if run_json is not None:
        (out / "run.json").write_text(run_json, "utf-8")
    with pytest.raises(OutError, match="not of an earlier run"), building(out):
        pytest.fail("must not begin")
    assert (out / "thesis.txt").read_text() == "precious"


def test_a_file_in_the_place_of_out_is_refused(tmp_path):
    (tmp_path / "out").write_text("precious", "utf-8")
    with pytest.raises(OutError, match="is not a folder"), building(tmp_path / "out"):
        pytest.fail("must not begin")


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "out").mkdir()
    with building(tmp_path / "out") as folder:
        finish(folder)
    assert (tmp_path / "out" / "run.json").exists()


def test_what_a_killed_run_left_is_cleared_and_what_is_not_ours_is_kept(tmp_path):
    partial = tmp_path / "out.partial"
    partial.mkdir()
    (partial / ".kanwu-partial").touch()
    (partial / "half").touch()
    with building(tmp_path / "out") as folder:
        finish(folder)
    assert not (tmp_path / "out" / "half").exists()
    partial.mkdir()
    (partial / "precious").touch()
    with pytest.raises(OutError, match="in the way and not ours"), building(tmp_path / "out"):
        pytest.fail("must not begin")
    assert (partial / "precious").exists()


def test_an_unwritable_parent_is_named(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(OutError, match="cannot write"), building(tmp_path / "file" / "out"):
        pytest.fail("must not begin")


@pytest.mark.parametrize("earlier", [False, True])
def test_a_folder_of_the_user_beside_out_is_refused_untouched(tmp_path, earlier):
    if earlier:
        with building(tmp_path / "out") as folder:
            finish(folder)
    old = tmp_path / "out.old"
    old.mkdir()
    (old / "thesis.txt").write_text("precious", "utf-8")
    with pytest.raises(OutError, match=r"out\.old is in the way"), building(tmp_path / "out"):
        pytest.fail("must not begin")
    assert (old / "thesis.txt").read_text() == "precious"


def test_a_folder_put_beside_out_while_a_run_builds_is_kept(tmp_path):
    with building(tmp_path / "out") as folder:
        finish(folder)
    with pytest.raises(OutError, match=r"out\.old is in the way"), building(tmp_path / "out") as folder:
        finish(folder, "two")
        (tmp_path / "out.old").mkdir()
        (tmp_path / "out.old" / "thesis.txt").write_text("precious", "utf-8")
    assert (tmp_path / "out.old" / "thesis.txt").read_text() == "precious"
    assert (tmp_path / "out" / "result.txt").read_text() == "one"


@pytest.mark.parametrize("earlier", [False, True])
def test_a_run_that_cannot_take_its_place_puts_back_only_the_run_before(tmp_path, monkeypatch, earlier):
    if earlier:
        with building(tmp_path / "out") as folder:
            finish(folder)

    def refuse(source, target):
        if source.name == "out.partial":
            (tmp_path / "seen").touch()
            raise OSError(18, "across devices")
        source.replace(target)

    monkeypatch.setattr(outfolder.patient, "rename", refuse)
    with pytest.raises(OutError, match="across devices"), building(tmp_path / "out") as folder:
        finish(folder, "two")
    assert (tmp_path / "seen").exists()
    assert (tmp_path / "out").exists() is earlier
    assert (tmp_path / "out.partial" / "result.txt").read_text() == "two"
    if earlier:
        assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["result.txt", "run.json"]
    monkeypatch.undo()
    with building(tmp_path / "out") as folder:
        finish(folder, "three")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "seen"]


def test_what_a_run_killed_between_its_renames_set_aside_is_cleared(tmp_path, monkeypatch):
    with building(tmp_path / "out") as folder:
        finish(folder)
    with monkeypatch.context() as patch:
        patch.setattr(outfolder.shutil, "rmtree", lambda *_, **__: None)
        with building(tmp_path / "out") as folder:
            finish(folder, "two")
    assert (tmp_path / "out.old").exists()
    with building(tmp_path / "out") as folder:
        finish(folder, "three")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_the_mark_of_a_folder_that_goes_is_removed_last(tmp_path, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / "out" / name).mkdir(parents=True)
    (tmp_path / "out" / "run.json").write_text('{"product": "kanwu"}', "utf-8")
    gone, real = [], outfolder.shutil.rmtree

    def rmtree(path, **more):
        gone.append((path.name, (tmp_path / "out.old" / outfolder.OLD_MARK).exists()))
        real(path, **more)

    monkeypatch.setattr(outfolder.shutil, "rmtree", rmtree)
    with building(tmp_path / "out") as folder:
        finish(folder)
    assert sorted(gone) == [("a", True), ("b", True), ("out.old", True)]
    assert not (tmp_path / "out.old").exists()


def test_a_link_in_the_place_of_out_stays_and_leads_to_the_run(tmp_path):
    target = tmp_path / "disk" / "results"
    target.mkdir(parents=True)
    (tmp_path / "out").symlink_to(target)
    for content in ("one", "two", "three"):
        with building(tmp_path / "out") as folder:
            finish(folder, content)
        assert (target / "result.txt").read_text() == content
    assert (tmp_path / "out").readlink() == target
    assert sorted(p.name for p in tmp_path.iterdir()) == ["disk", "out"]
    assert [p.name for p in target.parent.iterdir()] == ["results"]


def test_a_second_run_on_one_out_is_refused_and_the_first_ends_well(tmp_path):
    with building(tmp_path / "out") as folder:
        finish(folder)
        with pytest.raises(OutError, match="another run is at work"), building(tmp_path / "out"):
            pytest.fail("must not begin")
    assert (tmp_path / "out" / "result.txt").read_text() == "one"


def test_a_run_in_parts_and_another_on_one_out_are_kept_apart(tmp_path):
    with assembling(tmp_path / "out") as folder:
        finish(folder)
        with pytest.raises(OutError, match="another run is at work"), building(tmp_path / "out"):
            pytest.fail("must not begin")
    with building(tmp_path / "out") as folder:
        finish(folder, "two")
        with pytest.raises(OutError, match="another run is at work"), assembling(tmp_path / "out"):
            pytest.fail("must not begin")
    assert (tmp_path / "out" / "result.txt").read_text() == "two"


KILLED = """\
import os, signal, sys
from pathlib import Path
from cleaner.runs.outfolder import building

with building(Path(sys.argv[1])) as folder:
    (folder / "half").touch()
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def test_the_lock_of_a_killed_process_ends_with_it(tmp_path):
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out")], check=False)
    assert done.returncode != 0
    assert (tmp_path / "out.partial" / "half").exists()
    with building(tmp_path / "out") as folder:
        finish(folder)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["result.txt", "run.json"]


def test_a_file_system_without_locks_is_no_reason_to_refuse(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def without(*_):
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(fcntl, "flock", without)
    with building(tmp_path / "out") as folder:
        finish(folder)
    assert (tmp_path / "out" / "run.json").exists()


@pytest.mark.parametrize("name", [".", "..", "sub/.."])
def test_a_folder_without_a_name_of_its_own_is_refused(tmp_path, monkeypatch, name):
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    with pytest.raises(OutError, match="name a folder inside it"), building(Path(name)):
        pytest.fail("must not begin")
