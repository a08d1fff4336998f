"""Inputs are not written to: no path that a user names for results may be one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from support import kanwu

from cleaner.runs import patient
from cleaner.runs.whole import write_whole

TEXT = "三次产业比例为15.5：57.0：26.5。\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("u.txt", "in/a.txt", "in/deep/b.md"):
        (tmp_path / name).write_text(TEXT, "utf-8", newline="")
    (tmp_path / "link.txt").symlink_to("in/a.txt")
    return tmp_path


def texts(place):
    names = ("u.txt", "in/a.txt", "in/deep/b.md")
    return [(place / name).read_text("utf-8") for name in names]


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ("u.txt", "u.txt"),
        ("u.txt", "in/../u.txt"),
        ("*.txt", "u.txt"),
        ("in", "in/a.txt"),
        ("in", "in/deep/b.md"),
        ("in", "link.txt"),
        ("link.txt", "in/a.txt"),
    ],
)
@pytest.mark.parametrize("command", ["check", "run -o out"])
def test_a_report_in_the_place_of_an_input_is_refused(place, inputs, path, command):
    name, *more = command.split()
    code, printed, told = kanwu(name, inputs, *more, "--report", f"sarif={path}")
    assert (code, printed) == (2, "")
    assert (
        f"--report sarif={path}: it is one of the inputs, which are not written to; name another file" in told
    )
    assert texts(place) == [TEXT] * 3
    assert not (place / "out").exists()


def test_a_report_beside_the_documents_of_a_folder_may_be_made_again(place):
    for _ in range(2):
        kanwu("check", "in", "--report", "sarif=in/found.sarif", "--report", "text=in/found.txt.log")
        assert '"2.1.0"' in (place / "in" / "found.sarif").read_text("utf-8")


def test_what_is_judged_again_is_an_input_and_so_are_its_documents(place):
    kanwu("run", "u.txt", "-o", "out")
    ledger = (place / "out" / "edits.jsonl").read_bytes()
    for path in ("u.txt", "out/edits.jsonl", "out/run.json", "out/text/u.txt"):
        code, _, told = kanwu("check", "out", "--report", f"json={path}")
        assert (code, f"--report json={path}: it is one of the inputs" in told) == (2, True)
    assert texts(place) == [TEXT] * 3
    assert (place / "out" / "edits.jsonl").read_bytes() == ledger
    assert kanwu("check", "out", "--report", "json=out/mine.json")[0] == 1


def test_a_baseline_in_the_place_of_an_input_is_refused(place):
    kanwu("check", "in", "--baseline", "known.md", "--update-baseline")
    known = (place / "known.md").read_bytes()
    code, _, told = kanwu("check", "known.md", "u.txt", "--baseline", "known.md", "--update-baseline")
    assert (code, "--update-baseline known.md: it is one of the inputs" in told) == (2, True)
    assert (place / "known.md").read_bytes() == known


@pytest.mark.parametrize("option", ["--html", "--markdown"])
@pytest.mark.parametrize("path", ["u.txt", "a/run.json", "b/edits.jsonl"])
def test_a_comparison_in_the_place_of_what_the_runs_read_or_left_is_refused(place, option, path):
    for name in ("a", "b"):
        kanwu("run", "u.txt", "-o", name)
    before = (place / path).read_bytes()
    code, printed, told = kanwu("compare", "a", "b", option, path)
    assert (code, printed) == (2, "")
    assert f"{option} {path}: it is one of the inputs" in told
    assert (place / path).read_bytes() == before
    assert kanwu("compare", "a", "b", option, "drift.out")[0] == 0


@pytest.mark.parametrize(
    "command",
    [
        ("check", "u.txt", "--report", "json=kept"),
        ("check", "u.txt", "--baseline", "kept", "--update-baseline"),
        ("compare", "a", "b", "--html", "kept"),
        ("compare", "a", "b", "--markdown", "kept"),
    ],
)
def test_what_cannot_be_written_whole_leaves_what_stood_there(place, command, monkeypatch):
    for name in ("a", "b"):
        kanwu("run", "u.txt", "-o", name)
    kanwu("check", "u.txt", "--baseline", "kept", "--update-baseline")
    before = (place / "kept").read_bytes()
    real = patient.rename

    def refuse(source, target):
        if target.name == "kept":
            raise OSError(errno.ENOSPC, "no space left")
        real(source, target)

    monkeypatch.setattr(patient, "rename", refuse)
    code, _, told = kanwu(*command)
    assert (code, "cannot write kept: no space left" in told) == (2, True)
    assert (place / "kept").read_bytes() == before
    assert sorted(p.name for p in place.iterdir()) == ["a", "b", "in", "kept", "link.txt", "u.txt"]


@pytest.mark.parametrize("path", ["u.txt", "out/run.json"])
def test_a_page_of_review_in_the_place_of_an_input_is_refused(place, path):
    kanwu("run", "u.txt", "-o", "out")
    before = (place / path).read_bytes()
    code, _, told = kanwu("review", "out", "--file", path)
    assert (code, f"--file {path}: it is one of the inputs" in told) == (2, True)
    assert (place / path).read_bytes() == before
    assert kanwu("review", "out", "--file", "page.html")[0] == 0


def test_a_link_stays_a_link_and_a_file_keeps_who_may_read_it(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "real").chmod(0o600)
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o600


def test_a_file_that_must_not_be_written_is_not_replaced(tmp_path, monkeypatch):
    (tmp_path / "real").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        write_whole(tmp_path / "real", b"new")
    assert (tmp_path / "real").read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no /dev/null")
def test_a_device_is_written_to_and_not_replaced(place):
    assert kanwu("check", "u.txt", "--report", "json=/dev/null")[0] == 1
    assert not Path("/dev/null").is_file()
