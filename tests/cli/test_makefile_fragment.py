"""The part of a Makefile that others include."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import pytest
from support import ROOT
from typer.testing import CliRunner

from cleaner.cli.app import app

pytestmark = pytest.mark.skipif(shutil.which("make") is None or os.name == "nt", reason="needs make and sh")
TEXT = "完成就业信息平台 and 零工市场建设，三次产业比例为15.5：57.0：26.5。\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "一 二").mkdir()
    (tmp_path / "一 二" / "a b.txt").write_text(TEXT, "utf-8")
    fragment = CliRunner().invoke(app, ["makefile"]).stdout.strip()
    (tmp_path / "Makefile").write_text(f"KANWU_IN = 一 二\ninclude {fragment}\n", "utf-8")
    return tmp_path


def make(project, *args):
    outer = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "OUT")}
    return subprocess.run(
        ["make", f"KANWU={sys.executable} -m cleaner", *args],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**outer, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
    )


def test_clean_runs_when_something_changed_and_only_then(project):
    assert make(project, "kanwu-clean").returncode == 0
    assert " and " not in (project / "out" / "text" / "a b.txt").read_text("utf-8")
    assert "Nothing to be done" in make(project, "kanwu-clean").stdout
    time.sleep(0.02)
    (project / "kanwu.toml").write_text("ignore = 'wording'\n", "utf-8")
    assert make(project, "kanwu-clean").returncode == 0
    assert " and " in (project / "out" / "text" / "a b.txt").read_text("utf-8")


def test_a_run_that_failed_is_not_up_to_date(project):
    (project / "一 二" / "empty.txt").touch()
    assert [make(project, "kanwu-clean").returncode for _ in range(2)] == [2, 2]


def test_check_fails_on_findings_and_purge_removes_what_is_ours(project):
    assert make(project, "kanwu-check").returncode == 2
    assert make(project, "kanwu-check", "KANWU_FAIL_ON=never").returncode == 0
    make(project, "kanwu-clean")
    assert "# command line" in make(project, "kanwu-settings").stdout
    assert make(project, "kanwu-purge").returncode == 0
    assert sorted(p.name for p in project.iterdir()) == ["Makefile", "一 二"]
    (project / "out").mkdir()
    (project / "out" / "precious").touch()
    make(project, "kanwu-purge")
    assert (project / "out" / "precious").exists()
