"""The environment of the Makefile: made once; what stands in its way is one line that says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from support import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None or os.name == "nt", reason="needs make and sh")


def environment(venv, *, python=sys.executable, cwd=ROOT, **variables):
    done = subprocess.run(  # noqa: PLW1510 (the code is what is looked at)
        ["sh", str(ROOT / "tools" / "environment.sh"), str(venv), "."],
        cwd=cwd,
        env={**os.environ, "PYTHON": str(python), **variables},
        capture_output=True,
        text=True,
    )
    return done.returncode, [line for line in done.stderr.splitlines() if line.startswith("make: ")]


def fake_python(folder, answer):
    """A Python that is new enough and answers every other question with ``answer``."""
    path = folder / "python"
    path.write_text(f'#!/bin/sh\ncase "$2" in *version_info*) exit 0;; esac\nexit {answer}\n', "utf-8")
    path.chmod(0o755)
    return path


def test_a_python_that_is_too_old_is_named(tmp_path):
    code, told = environment(tmp_path / "venv", python="no-such-python", PATH=str(tools(tmp_path)))
    assert code == 2
    assert told == [
        "make: Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3 ..."
    ]


def tools(folder):
    """A folder with a shell and the usual tools, and no Python."""
    bin_ = folder / "bin"
    bin_.mkdir()
    for name in ("sh", "tail", "echo"):
        (bin_ / name).symlink_to(shutil.which(name))
    return bin_


def test_a_missing_venv_module_is_named(tmp_path):
    code, told = environment(tmp_path / "venv", python=fake_python(tmp_path, 1))
    assert code == 2
    assert told == [
        "make: this Python has no venv module; install it (Debian, Ubuntu: apt install python3-venv) and call make again"
    ]


def test_something_else_in_the_place_of_the_environment_is_kept(tmp_path):
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "precious").touch()
    code, told = environment(tmp_path / "venv")
    assert code == 2
    assert "exists and is no Python environment; remove it, or name another: make VENV=DIR" in told[0]
    assert (tmp_path / "venv" / "precious").exists()


def test_an_environment_of_an_old_python_is_named(tmp_path):
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    old = tmp_path / "venv" / "bin" / "python"
    old.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    old.chmod(0o755)
    code, told = environment(tmp_path / "venv")
    assert code == 2
    assert "holds a Python older than 3.11" in told[0]


def test_no_network_is_one_line_with_the_log(tmp_path):
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "PIP_CONFIG_FILE": os.devnull}
    code, told = environment(tmp_path / "venv", **offline)
    assert code == 2
    assert "cannot install the dependencies (no network, or a mirror without them?)" in told[0]
    assert str(tmp_path / "venv" / "install.log") in told[0]


def test_purge_keeps_a_folder_that_is_no_run(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "precious").touch()
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    (tmp_path / "cleaner").mkdir()
    (tmp_path / "tests").mkdir()
    subprocess.run(["make", "purge"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "out" / "precious").exists()


def test_help_lists_the_targets():
    told = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for target in ("clean", "validate", "test", "test-all", "check", "purge"):
        assert f"make {target} " in told


def test_make_measures_restoration_with_the_arguments_it_is_given():
    done = subprocess.run(
        ["make", "-n", "bench-restore", "ARGS=--short"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert "benchmarks.restoration.run --out bench-restore.json --short" in done.stdout
