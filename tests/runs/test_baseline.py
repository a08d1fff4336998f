"""What was known before does not count: baselines, waivers, files that changed since a commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest
from support import kanwu

BAD = "三次产业比例为15.5：57.0：26.5。"
WORSE = "三次产业比例为25.5：57.0：26.5。"
CHECK = "relation/parts_sum_to_whole"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    write(tmp_path, BAD)
    return tmp_path


def write(place, *sentences, name="a.txt"):
    text = "政府工作报告\n\n各位代表：\n\n" + "\n\n".join(sentences) + "\n"
    (place / "in" / name).write_text(text, "utf-8", newline="")


def test_only_what_is_new_counts(place):
    assert kanwu("check", "in", "-q")[0] == 1
    assert kanwu("check", "in", "-q", "--baseline", "known.json", "--update-baseline")[0] == 0
    code, _, stderr = kanwu("check", "in", "--baseline", "known.json")
    assert code == 0
    assert "其中已知 1，已豁免 0" in stderr
    assert CHECK not in stderr
    write(place, BAD, WORSE)
    code, _, stderr = kanwu("check", "in", "--baseline", "known.json")
    assert code == 1
    assert "25.5 + 57.0 + 26.5" in stderr
    assert "15.5 + 57.0 + 26.5" not in stderr


def test_a_finding_stays_known_when_lines_shift_and_not_when_its_words_change(place):
    kanwu("check", "in", "-q", "--baseline", "known.json", "--update-baseline")
    write(place, "过去一年，工作扎实推进。", BAD)
    assert kanwu("check", "in", "-q", "--baseline", "known.json")[0] == 0
    write(place, WORSE)
    assert kanwu("check", "in", "-q", "--baseline", "known.json")[0] == 1


def test_a_second_finding_of_the_same_words_is_new(place):
    kanwu("check", "in", "-q", "--baseline", "known.json", "--update-baseline")
    write(place, BAD, "过去一年，工作扎实推进，各项任务完成。", BAD)
    code, stdout, _ = kanwu(
        "check", "in", "-q", "--ignore", "repeats", "--baseline", "known.json", "--report", "text"
    )
    states = [line.split("error")[1].split(":")[0] for line in stdout.splitlines() if CHECK in line]
    assert (code, states) == (1, [" [known]", ""])


def test_an_earlier_run_is_a_baseline_with_the_same_meaning(place):
    kanwu("run", "in", "-o", "out", "-q")
    assert kanwu("check", "in", "-q", "--baseline", "out")[0] == 0
    assert kanwu("run", "in", "-o", "two", "-q", "--baseline", "out", "--fail-on", "error")[0] == 0
    assert json.loads((place / "two" / "run.json").read_text("utf-8"))["exit_code"] == 0
    write(place, BAD, WORSE)
    assert kanwu("run", "in", "-o", "two", "-q", "--baseline", "out", "--fail-on", "error")[0] == 1


def test_the_findings_stay_in_the_results(place):
    kanwu("run", "in", "-o", "one", "-q")
    kanwu("run", "in", "-o", "two", "-q", "--baseline", "one")
    assert (place / "one" / "findings.jsonl").read_bytes() == (place / "two" / "findings.jsonl").read_bytes()


def test_a_baseline_can_be_moved_with_its_documents_and_is_the_same_each_time(place, monkeypatch):
    kanwu("check", "in", "-q", "--baseline", "known.json", "--update-baseline")
    first = (place / "known.json").read_bytes()
    kanwu("check", "in", "-q", "--baseline", "known.json", "--update-baseline")
    assert (place / "known.json").read_bytes() == first
    assert json.loads(first)["findings"][0]["path"] == "in/a.txt"
    (place / "moved").mkdir()
    shutil.move(place / "in", place / "moved" / "in")
    shutil.move(place / "known.json", place / "moved" / "known.json")
    assert kanwu("check", "moved/in", "-q", "--baseline", "moved/known.json")[0] == 0
    monkeypatch.chdir(place / "moved" / "in")
    assert kanwu("check", "a.txt", "-q", "--baseline", "../known.json")[0] == 0


def test_what_a_run_did_not_read_stays_in_the_baseline(place):
    write(place, WORSE, name="b.txt")
    kanwu("check", "in", "-q", "--baseline", "known.json", "--update-baseline")
    write(place, "没有数。")
    kanwu("check", "in/a.txt", "-q", "--baseline", "known.json", "--update-baseline")
    assert [row["path"] for row in json.loads((place / "known.json").read_text("utf-8"))["findings"]] == [
        "in/b.txt"
    ]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ["--baseline", "none.json"],
            "--baseline none.json: No such file or directory; --update-baseline makes it",
        ),
        (["--baseline", "in/a.txt"], "found no baseline of kanwu"),
        (["--update-baseline"], "--update-baseline: which file?"),
        (["--baseline", "in", "--update-baseline"], "a run is not changed afterwards; name a file"),
    ],
)
def test_a_baseline_that_is_none_is_exit_2(place, args, told):
    code, _, stderr = kanwu("check", "in", *args)
    assert (code, told in stderr) == (2, True)


def test_a_file_that_cannot_be_read_is_no_pass_though_all_is_known(place):
    (place / "in" / "empty.txt").touch()
    assert kanwu("check", "in", "-q", "--baseline", "known.json", "--update-baseline")[0] == 2


def waive(place, text):
    (place / "in" / "kanwu.toml").write_text(text, "utf-8")


def test_a_waiver_with_its_reason_excuses_what_it_fits(place):
    waive(place, f"[[waivers]]\ncheck = '{CHECK}'\npaths = 'a.txt'\nreason = '原文如此，已与纸本核对'\n")
    code, stdout, stderr = kanwu("check", "in", "--report", "jsonl")
    assert code == 0
    assert "其中已知 0，已豁免 1" in stderr
    told = [json.loads(line) for line in stdout.splitlines()]
    assert ("waived", "原文如此，已与纸本核对") in {
        (t["state"], t["reason"]) for t in told if t["check"] == CHECK
    }
    write(place, WORSE, name="b.txt")
    assert kanwu("check", "in", "-q")[0] == 1


def test_a_waiver_by_fingerprint_excuses_one_finding_only(place):
    write(place, BAD, "过去一年，工作扎实推进。", WORSE)
    stdout = kanwu("check", "in", "-q", "--report", "jsonl")[1]
    prints = [json.loads(line)["fingerprint"].split(":")[0] for line in stdout.splitlines() if CHECK in line]
    waive(place, f"[[waivers]]\nfingerprint = '{prints[0]}'\nreason = '原文如此'\n")
    assert kanwu("check", "in", "-q")[0] == 1
    waive(place, "".join(f"[[waivers]]\nfingerprint = '{p}'\nreason = '原文如此'\n" for p in prints))
    assert kanwu("check", "in", "-q")[0] == 0


def test_a_waiver_that_is_not_used_is_named_with_its_line(place):
    waive(place, "lang = 'zh'\n[[waivers]]\ncheck = 'relation/share_of_total'\nreason = '旧的理由'\n")
    code, _, stderr = kanwu("check", "in")
    assert code == 1
    assert "in/kanwu.toml:2: 这条豁免没有用到 / this waiver was not used: 旧的理由" in stderr


def test_a_waiver_of_everything_is_refused(place):
    waive(place, "[[waivers]]\nreason = '都不想看了'\n")
    code, _, stderr = kanwu("check", "in")
    assert (code, "expected one of check, fingerprint, paths" in stderr) == (2, True)


def test_a_run_in_parts_does_not_go_with_it(place):
    code, _, stderr = kanwu("run", "in", "-o", "out", "--shards", "--report", "text")
    assert (code, "leave one of them out" in stderr) == (2, True)


@pytest.fixture
def repository(place):
    if shutil.which("git") is None:
        pytest.skip("needs git")
    names = {
        "GIT_AUTHOR_NAME": "x",
        "GIT_AUTHOR_EMAIL": "x@x",
        "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x@x",
    }

    def git(*args):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        subprocess.run(
            ["git", *args], cwd=place, check=True, capture_output=True, env={**environment, **names}
        )

    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "one")
    return git


def checked(*args):
    code, stdout, _ = kanwu("check", "in", "-q", "--report", "text", *args)
    return code, sorted({line.split(":")[0] for line in stdout.splitlines() if ".txt:" in line})


def test_only_what_changed_since_a_commit_is_read(place, repository):
    assert checked("--diff-from", "HEAD") == (0, [])
    write(place, WORSE, name="新.txt")
    assert checked("--diff-from", "HEAD") == (1, ["in/新.txt"])
    repository("add", ".")
    repository("commit", "-m", "two")
    assert checked("--diff-from", "HEAD") == (0, [])
    assert checked("--diff-from", "HEAD~1") == (1, ["in/新.txt"])
    write(place, BAD, "又一句。")
    assert checked("--diff-from", "HEAD") == (1, ["in/a.txt"])


def test_what_the_other_branch_changed_is_not_ours(place, repository):
    repository("checkout", "-b", "topic")
    write(place, WORSE, name="b.txt")
    repository("add", ".")
    repository("commit", "-m", "ours")
    repository("checkout", "main")
    write(place, BAD, "又一句。")
    repository("commit", "-am", "theirs")
    repository("checkout", "topic")
    assert checked("--diff-from", "main") == (1, ["in/b.txt"])


@pytest.mark.parametrize("ref", ["nonsense", "--output=x"])
def test_a_commit_that_is_not_there_is_exit_2(place, repository, ref):
    code, _, stderr = kanwu("check", "in", f"--diff-from={ref}")
    assert (code, "--diff-from: git merge-base" in stderr) == (2, True)
    assert not (place / "x").exists()


def test_outside_of_a_repository_git_cannot_say(place):
    code, _, stderr = kanwu("check", "in", "--diff-from", "HEAD")
    assert (code, "--diff-from: git rev-parse" in stderr) == (2, True)
