"""How far a run is: a bar on a terminal, plain lines in a log, nothing where it was asked to be quiet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli.progress import EVERY, lines
from cleaner.reading.discover import Found

TEXT = "完成就业信息平台 and 零工市场建设。\n"


def test_a_log_gets_a_line_now_and_then():
    now, told = [0.0], []
    advance = lines(4, told.append, lambda: now[0])
    for number, at in enumerate((1.0, EVERY, EVERY + 1, 2 * EVERY)):
        now[0] = at
        advance(Found(Path("x"), f"文件{number}.txt"))
    assert told == ["kanwu: 2/4 文件1.txt", "kanwu: 4/4 文件3.txt"]


def test_a_name_cannot_write_to_the_terminal():
    told = []
    lines(None, told.append, iter((0.0, EVERY, EVERY)).__next__)(Found(Path("x"), "a\x1b[2Jb\n.txt"))
    assert told == ["kanwu: 1 a⟨U+001B⟩[2Jb⏎.txt"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / "in" / name).write_text(TEXT, "utf-8")
    return tmp_path


def kanwu(folder, *args, **more):
    return subprocess.run(
        [sys.executable, "-m", "cleaner", *args],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **more},
    )


def on_a_terminal(folder, *args, **more):
    """What a terminal is sent on stderr."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", *args],
        cwd=folder,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "120", **more},
    ) as running:
        os.close(theirs)
        sent = b""
        while chunk := _read(ours):
            sent += chunk
        assert running.wait() == 0
    os.close(ours)
    return sent.decode()


def _read(ours):
    try:
        return os.read(ours, 4096)
    except OSError:  # the other end is closed
        return b""


def test_a_terminal_gets_a_bar_that_knows_the_total(folder):
    sent = on_a_terminal(folder, "clean", "in", "-o", "out", TERM="xterm-256color", NO_COLOR="")
    assert "2/2" in sent
    assert "\x1b[3" in sent


def test_no_color_is_honoured(folder):
    sent = on_a_terminal(folder, "clean", "in", "-o", "out", TERM="xterm-256color", NO_COLOR="1")
    assert "2/2" in sent
    assert "\x1b[3" not in sent


def test_a_dumb_terminal_gets_plain_text(folder):
    assert "\x1b" not in on_a_terminal(folder, "clean", "in", "-o", "out", TERM="dumb")


def test_quiet_says_nothing_but_errors(folder):
    done = kanwu(folder, "clean", "in", "-o", "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (folder / "in" / "空.txt").touch()
    done = kanwu(folder, "clean", "in", "-o", "out", "--quiet")
    assert done.returncode == 2
    assert done.stderr.decode() == "kanwu: 空.txt: not read: the file is empty\n"


@pytest.mark.parametrize("encoding", ["cp936", "cp1252", "ascii"])
def test_messages_are_utf_8_whatever_the_console_says(folder, encoding):
    done = kanwu(folder, "clean", "in", "-o", "out", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert "2 篇文件" in done.stderr.decode("utf-8")


def test_stdin_stands_for_a_file_with_its_suffix_and_overrides(folder):
    def cleaned(name):
        return subprocess.run(
            [sys.executable, "-m", "cleaner", "clean", "-", "--stdin-name", name],
            cwd=folder,
            input="# 一、**就业**\n".encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        ).stdout.decode()

    assert "#" in cleaned("a.md")
    assert "#" not in cleaned("a.txt")
    (folder / "kanwu.toml").write_text("[[overrides]]\npaths = 'raw/**'\nignore = 'markup'\n", "utf-8")
    assert "#" in cleaned("raw/a.txt")
