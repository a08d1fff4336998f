"""What others use in their CI: the hooks for pre-commit, the action, and our own workflow as the example."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from ruamel.yaml import YAML
from support import ROOT

BAD = "三次产业比例为15.5：57.0：26.5。\n"


def read(name):
    return YAML(typ="safe").load((ROOT / name).read_text("utf-8"))


@pytest.fixture
def project(tmp_path):
    """A repository with a folder of documents, and `kanwu` on the path."""
    if shutil.which("git") is None or os.name == "nt":
        pytest.skip("needs git and sh")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "旧.txt").write_text(BAD, "utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "kanwu").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cleaner "$@"\n')
    (programs / "kanwu").chmod(0o755)
    for command in (["init"], ["add", "documents"], ["commit", "-m", "one"]):
        run(tmp_path, ["git", "-c", "user.name=x", "-c", "user.email=x@x", *command])
    return tmp_path


def run(folder, command, **more):
    outer = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "KANWU_", "GITHUB_"))}
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**outer, "PATH": path, "PYTHONPATH": str(ROOT), **more},
    )


def test_the_hooks_have_what_pre_commit_asks_for():
    for hook in read(".pre-commit-hooks.yaml"):
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert hook["language"] == "python"
        assert re.compile(hook["files"])


def hook(name):
    return shlex.split(next(h["entry"] for h in read(".pre-commit-hooks.yaml") if h["id"] == name))


def test_the_hook_judges_what_is_about_to_be_committed(project):
    assert run(project, [*hook("kanwu-check"), "documents"]).returncode == 0
    (project / "documents" / "新.txt").write_text(BAD, "utf-8")
    run(project, ["git", "add", "documents"])
    done = run(project, [*hook("kanwu-check"), "documents"])
    assert done.returncode == 1
    assert "documents/新.txt:1:" in done.stdout
    assert "旧" not in done.stdout


def test_the_hook_for_rules_runs_their_examples(project):
    assert run(project, [*hook("kanwu-rules"), "wording"]).returncode == 0


def test_the_action_hands_its_inputs_over_by_the_environment():
    action = read("action.yml")
    steps = action["runs"]["steps"]
    assert action["runs"]["using"] == "composite"
    assert not any("inputs." in step.get("run", "") for step in steps)
    given = {value for step in steps for value in step.get("env", {}).values()}
    named = {f"${{{{ inputs.{name} }}}}" for name in action["inputs"] if name != "python-version"}
    assert given == named
    script = (ROOT / "tools" / "action.sh").read_text("utf-8")
    assert all(name in script for step in steps for name in step.get("env", {}))


def act(project, paths, **given):
    names = {f"KANWU_{name}": "" for name in ("FAIL_ON", "BASELINE", "DIFF_FROM")}
    files = {"GITHUB_STEP_SUMMARY": str(project / "summary"), "GITHUB_OUTPUT": str(project / "output")}
    more = {**names, "KANWU_SARIF": "k.sarif", "RUNNER_TEMP": str(project), **files, **given}
    return run(project, ["bash", str(ROOT / "tools" / "action.sh")], KANWU_PATHS=paths, **more)


def test_the_action_annotates_sums_up_and_fails(project):
    done = act(project, "documents\n")
    assert done.returncode == 1
    assert "::error file=documents/旧.txt,line=1" in done.stdout
    assert (project / "k.sarif").exists()
    assert "刊误 Kanwu" in (project / "summary").read_text("utf-8")
    assert (project / "output").read_text("utf-8") == "exit-code=1\n"


def test_the_action_takes_its_options(project):
    assert act(project, "documents", KANWU_FAIL_ON="never").returncode == 0
    assert act(project, "documents", KANWU_DIFF_FROM="HEAD").returncode == 0
    run(project, ["kanwu", "check", "documents", "--baseline", "known.json", "--update-baseline"])
    assert act(project, "documents", KANWU_BASELINE="known.json").returncode == 0
    assert act(project, "missing").returncode == 2
    assert act(project, "\n").returncode == 2


def test_a_path_of_the_action_is_never_a_command_or_an_option(project):
    done = act(project, "$(touch pwned)\n--out=pwned\n")
    assert done.returncode == 2
    assert not (project / "pwned").exists()


@pytest.mark.parametrize(
    ("schema", "file"),
    [("github-workflows", ".github/workflows/ci.yml"), ("github-actions", "action.yml")],
)
def test_workflow_and_action_keep_to_the_published_schemas(schema, file):
    pytest.importorskip("check_jsonschema", reason="needs check-jsonschema, which brings the schemas along")
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.{schema}",
        str(ROOT / file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_our_own_workflow_is_the_example():
    jobs = read(".github/workflows/ci.yml")["jobs"]
    assert jobs["windows"]["runs-on"] == "windows-latest"
    assert any(step.get("uses") == "./" for step in jobs["documents"]["steps"])
    given = next(step["with"] for step in jobs["documents"]["steps"] if step.get("uses") == "./")
    assert set(given) <= set(read("action.yml")["inputs"])
