"""What goes to stdout and stderr, and what becomes of a run when they take nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support import kanwu

TEXT = "三次产业比例为15.5：57.0：26.5。\n"
FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [["clean", "-"], ["check", "a.txt", "--quiet", "--report", "json"]])
def test_a_full_disk_behind_stdout_is_a_sentence_and_exit_2(tmp_path, command):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", *command],
            cwd=tmp_path,
            input=TEXT.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    told = done.stderr.decode().splitlines()
    assert told == ["kanwu: cannot write stdout: No space left on device; make room, or send it elsewhere"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no line feed in the name of a file")
def test_a_name_with_a_line_feed_does_not_split_a_line_of_stderr(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a\nkanwu: b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "c\n\x1b[2Jd.bin").write_bytes(b"\x00\xff")
    code, _, told = kanwu("check", "in")
    assert code == 2
    assert "kanwu: c⏎⟨U+001B⟩[2Jd.bin: not read: " in told
    assert "a⏎kanwu: b.txt:1:8: error: " in told
    assert len(told.splitlines()) == 3
    assert kanwu("check", "no\nsuch")[2] == "kanwu: no⏎such: no such file or folder\n"
