"""The command line as a user meets it: files in, results out, one line for what went wrong, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from support import kanwu, write_pack

BASE = "政府工作报告\n\n各位代表：\n\n完成就业信息平台 and 零工市场建设，三次产业比例为15.5：57.0：26.5。\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(BASE, "utf-8", newline="")
    return tmp_path


LEFT = [
    "blocks.jsonl",
    "documents.csv",
    "edits.jsonl",
    "figures.csv",
    "figures.parquet",
    "findings.jsonl",
    "junit.xml",
    "relations.csv",
    "relations.parquet",
    "report.html",
    "report.json",
    "run.json",
    "summary.md",
    "text/a.txt",
]


def test_run_leaves_what_the_contract_names(place):
    code, stdout, stderr = kanwu("run", "in", "-o", "out")
    assert (code, stdout) == (0, "")
    assert (
        sorted(p.relative_to(place / "out").as_posix() for p in (place / "out").rglob("*") if p.is_file())
        == LEFT
    )
    assert " and " not in (place / "out" / "text" / "a.txt").read_text("utf-8")
    assert "a.txt:5:" in stderr
    assert "15.5" in stderr


def test_a_second_run_replaces_the_first_with_the_same(place):
    kanwu("run", "in", "-o", "out")
    first = {p: p.read_bytes() for p in (place / "out").rglob("*.jsonl")}
    assert kanwu("run", "in", "-o", "out")[0] == 0
    assert {p: p.read_bytes() for p in (place / "out").rglob("*.jsonl")} == first


def test_jobs_do_not_change_the_result(place):
    (place / "in" / "b.txt").write_text(BASE.replace("平台", "中心"), "utf-8")
    kanwu("run", "in", "-o", "one")
    kanwu("run", "in", "-o", "two", "--jobs", "2")
    for name in (
        "edits.jsonl",
        "findings.jsonl",
        "blocks.jsonl",
        "figures.csv",
        "relations.csv",
        "text/b.txt",
    ):
        assert (place / "one" / name).read_bytes() == (place / "two" / name).read_bytes(), name


def test_fail_on_says_1_for_findings(place):
    assert kanwu("run", "in", "-o", "out", "--fail-on", "error")[0] == 1
    assert kanwu("check", "in")[0] == 1
    assert kanwu("check", "in", "--fail-on", "never")[0] == 0


def test_check_judges_the_out_of_a_run_too(place):
    kanwu("run", "in", "-o", "out")
    code, _, stderr = kanwu("check", "out")
    assert code == 1
    assert "parts_sum_to_whole" in stderr
    kanwu("check", "out", "-o", "again")
    assert (place / "again" / "findings.jsonl").read_text() == (place / "out" / "findings.jsonl").read_text()
    assert not (place / "again" / "text").exists()


def test_undo_gives_the_files_back_byte_for_byte(place):
    (place / "in" / "b.txt").write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    (place / "in" / "c.txt").write_bytes(BASE.encode("gb18030"))
    kanwu("run", "in", "-o", "out")
    assert kanwu("undo", "out", "-o", "back")[0] == 0
    for name in ("a.txt", "b.txt", "c.txt"):
        assert (place / "back" / name).read_bytes() == (place / "in" / name).read_bytes(), name


def test_undo_refuses_a_text_that_was_edited_since(place):
    kanwu("run", "in", "-o", "out")
    (place / "out" / "text" / "a.txt").write_text("changed", "utf-8")
    code, _, stderr = kanwu("undo", "out", "-o", "back")
    assert code == 2
    assert "edited since the run" in stderr


def test_what_an_edited_text_no_longer_allows_is_said_with_a_way_out(place):
    kanwu("run", "in", "-o", "out")
    (place / "out" / "text" / "a.txt").write_text("changed", "utf-8")
    for words in (["diff", "out"], ["check", "out"], ["blame", "out", "a.txt", "0"]):
        code, _, stderr = kanwu(*words)
        assert code == 2, words
        assert "edited since the run" in stderr and "run it again" in stderr, words
        assert "undo" not in stderr, words


def test_a_folder_that_is_no_run_is_named_as_that(place):
    for words in (["diff", "nowhere"], ["undo", "nowhere", "-o", "back"], ["blame", "nowhere", "a.txt", "0"]):
        code, _, stderr = kanwu(*words)
        assert (code, stderr) == (2, "kanwu: nowhere holds no run of kanwu (no run.json of ours)\n"), words


def test_undo_counts_in_grammar(place):
    kanwu("clean", "in", "-o", "one")
    assert kanwu("undo", "one", "-o", "back")[2] == "还原 1 个文件 / 1 file as it was: back\n"
    (place / "in" / "b.txt").write_text(BASE, "utf-8", newline="")
    kanwu("clean", "in", "-o", "two")
    assert kanwu("undo", "two", "-o", "backs")[2] == "还原 2 个文件 / 2 files as they were: backs\n"


def test_a_run_that_reads_no_figures_counts_none(place):
    assert "数值" not in kanwu("clean", "in", "-o", "out")[2]
    assert "figures" not in kanwu("clean", "in", "-o", "out", "--lang", "en")[2]
    assert "数值" in kanwu("run", "in", "-o", "out")[2]
    assert "documents: 1;" in kanwu("run", "in", "-o", "out", "--lang", "en")[2]


def test_tables_come_back_value_for_value(place):
    rows = [{"id": "x", "text": BASE}, {"id": "y", "text": "没有要改的。", "n": 1.5}]
    table = place / "in" / "t.jsonl"
    table.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    assert kanwu("run", table, "-o", "out", "--id-field", "id")[0] == 0
    lines = (place / "out" / "text" / "t.jsonl").read_text("utf-8").splitlines()
    assert lines[1] == json.dumps(rows[1])
    assert " and " not in json.loads(lines[0])["text"]
    kanwu("undo", "out", "-o", "back")
    back = [json.loads(line) for line in (place / "back" / "t.jsonl").read_text("utf-8").splitlines()]
    assert back == rows


def test_blame_and_diff_name_the_rule(place):
    kanwu("run", "in", "-o", "out")
    clean = (place / "out" / "text" / "a.txt").read_text("utf-8")
    code, stdout, _ = kanwu("blame", "out", "a.txt", clean.index("和零工"))
    assert code == 0
    assert "stray-conjunction" in stdout
    assert "stray-conjunction" in kanwu("diff", "out")[1]
    code, _, stderr = kanwu("blame", "out", "missing.txt", 0)
    assert (code, "holds no document" in stderr) == (2, True)
    assert kanwu("blame", "out", "a.txt", 10**6)[0] == 2


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_done(place):
    (place / "in" / "empty.txt").write_bytes(b"")
    (place / "in" / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (place / "in" / "scan.pdf").write_bytes(b"%PDF-1.7")
    code, _, stderr = kanwu("run", "in", "-o", "out")
    assert code == 2
    assert "empty.txt: not read: the file is empty" in stderr
    assert "image.txt: not read: it is binary" in stderr
    assert "scan.pdf: not read: no reader for '.pdf'" in stderr
    assert (place / "out" / "text" / "a.txt").exists()
    assert len(json.loads((place / "out" / "run.json").read_text("utf-8"))["refusals"]) == 3


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["run", "missing"], "missing: no such file or folder"),
        (["run", "in", "--select", "wordin"], "no rule or pack is named 'wordin'. Did you mean 'wording'?"),
        (["run", "in", "--level", "sure"], "--level: found 'sure'; expected one of certain, probable"),
        (
            ["run", "in", "--fail-on", "fatal"],
            "--fail-on: found 'fatal'; expected one of error, warning, info, never",
        ),
        (["run", "in", "--packs", "in"], "found no pack.yaml; expected a pack, or a folder of packs"),
        (["run", "in", "-o", "taken"], "not of an earlier run"),
        (["undo", "in", "-o", "back"], "holds no run of kanwu"),
        (["explain", "wording/stray-conjuncton"], "Did you mean 'wording/stray-conjunction'?"),
        (["run", "in", "--suite", "missing.json"], "missing.json"),
    ],
)
def test_what_a_user_can_mend_is_one_line_and_exit_2(place, args, told):
    (place / "taken").mkdir()
    (place / "taken" / "precious.txt").write_text("x", "utf-8")
    code, _, stderr = kanwu(*args)
    assert code == 2
    assert told in stderr
    assert "Traceback" not in stderr
    assert len([line for line in stderr.splitlines() if line.startswith("kanwu:")]) == 1
    assert (place / "taken" / "precious.txt").read_text() == "x"


def test_packs_of_the_user_take_part(place):
    write_pack(place / "own", "own", "wording", coined_word={"match": "零工市场", "replace": "零工之家"})
    kanwu("clean", "in", "-o", "out", "--packs", "own")
    assert "零工之家" in (place / "out" / "text" / "a.txt").read_text("utf-8")
    run = json.loads((place / "out" / "run.json").read_text("utf-8"))
    assert "own" in run["packs"]


def test_ignore_and_protect_hold_rules_back(place):
    kanwu("clean", "in", "-o", "out", "--ignore", "wording/stray-conjunction")
    assert " and " in (place / "out" / "text" / "a.txt").read_text("utf-8")
    kanwu("clean", "in", "-o", "out", "--protect", "平台 and 零工")
    assert "平台 and 零工" in (place / "out" / "text" / "a.txt").read_text("utf-8")


def test_clean_filters_stdin_to_stdout():
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "clean", "-"],
        input="平台 and 零工。\r\n".encode("utf-8-sig"),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.stdout == "平台和零工。\r\n".encode("utf-8-sig")


def test_a_filter_fails_on_what_is_missing_where_it_is_asked_to():
    text = "全县工业经济运行平稳。\n，农业生产形势稳定，全县生态环境持续改善。\n"
    for more, expected in (((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "error"), 0)):
        code, output, _ = kanwu("clean", "-", *more, input=text)
        assert (code, output) == (expected, text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "-"], "-: only `kanwu clean -` reads stdin"),
        (["check", "-"], "-: only `kanwu clean -` reads stdin"),
        (["clean", "-", "in"], "-: only `kanwu clean -` reads stdin, and nothing beside it"),
        (["clean", "-", "-o", "out"], "`kanwu clean -` writes the text to stdout and leaves no --out"),
        (
            ["clean", "-", "--report", "sarif"],
            "`kanwu clean -` writes the text to stdout and leaves no --report",
        ),
    ],
)
def test_what_stdin_cannot_do_is_refused(place, words, said):
    code, stdout, stderr = kanwu(*words, input=BASE)
    assert (code, stdout) == (2, "")
    assert said in stderr


def test_stdin_that_cannot_be_read_is_named(place):
    assert kanwu("clean", "-", input="")[2] == "kanwu: stdin: the file is empty\n"
    code, stdout, stderr = kanwu("clean", "-", input=b"\xff\xfe\x00")
    assert (code, stdout) == (2, "")
    assert stderr.startswith("kanwu: stdin: it is not utf-16-le")
    assert "--encoding" in stderr


def test_a_pack_is_not_explained_as_a_rule():
    code, _, stderr = kanwu("explain", "markup")
    assert code == 2
    assert stderr.startswith("kanwu: 'markup' is a pack; its rules: markup/bold-mark, ")


def test_explain_says_why_when_and_how_to_switch_off():
    code, stdout, _ = kanwu("explain", "wording/stray-conjunction")
    assert code == 0
    for word in ("fires", "silent", "--ignore wording/stray-conjunction"):
        assert word in stdout


def test_explain_knows_relation_types_too():
    code, stdout, _ = kanwu("explain", "relation/share_of_total")
    assert code == 0
    assert "inconsistent" in stdout
    code, _, stderr = kanwu("explain", "relation/share_of_totl")
    assert (code, "Did you mean 'relation/share_of_total'?" in stderr) == (2, True)
