"""The formats of other tools: what stands in them is what the run found, where it found it."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from sarif_subset import LOG
from support import ROOT, kanwu

import cleaner
from cleaner.model import DocumentResult, Finding, Refusal, RunResult, Severity, Span
from cleaner.packs.relations import relation_types
from cleaner.reports.checks import RESTORATION, check_help
from cleaner.reports.formats import FORMATS
from cleaner.reports.issues import Status, View, Where, issues

BAD = "三次产业比例为15.5：57.0：26.5。"
TEXT = f"# 政府工作报告\n\n各位代表：\n\n  {BAD}\n"
CHECK = "relation/parts_sum_to_whole"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "报告 集").mkdir()
    (tmp_path / "报告 集" / "甲,乙.txt").write_text(TEXT, "utf-8", newline="")
    return tmp_path


def shown(text, region):
    """The text that a region of lines and columns from 1 marks."""
    lines = text.split("\n")[region["startLine"] - 1 : region["endLine"]]
    lines[-1] = lines[-1][: region["endColumn"] - 1]
    lines[0] = lines[0][region["startColumn"] - 1 :]
    return "\n".join(lines)


def made(*findings, text=BAD, refusals=(), view=None):
    cleaned = cleaner.clean(text)
    result = RunResult((DocumentResult(cleaned, findings=findings),), refusals)
    return result, view or View()


def finding(**given):
    defaults = {"doc": "text.txt", "check": CHECK, "severity": Severity.ERROR, "spans": (Span(0, 2),)}
    return Finding(
        **{
            "finding_id": "F1",
            "message": "不合",
            "message_en": "no",
            "fingerprint": "ab",
            **defaults,
            **given,
        }
    )


def test_several_reports_of_one_run(place):
    code, stdout, _ = kanwu(
        "check", "报告 集", "-q",
        "--report", "sarif=r/a.sarif", "--report", "junit=b.xml", "--report", "gitlab=q.json",
        "--report", "jsonl=l.jsonl", "--report", "markdown=s.md", "--report", "json=r.json",
        "--report", "html=p.html", "--report", "xlsx=t.xlsx", "--report", "text",
    )  # fmt: skip
    assert code == 1
    assert f"报告 集/甲,乙.txt:5:10: error: {CHECK}: 15.5 + 57.0 + 26.5" in stdout
    left = {p.relative_to(place).as_posix() for p in place.rglob("*") if p.is_file()}
    assert left == {
        "报告 集/甲,乙.txt",
        "r/a.sarif",
        "b.xml",
        "q.json",
        "l.jsonl",
        "s.md",
        "r.json",
        "p.html",
        "t.xlsx",
    }
    assert ElementTree.parse(place / "b.xml").getroot().get("failures") >= "1"  # noqa: S314 (our own report)
    assert all((place / name).stat().st_size for name in left)


def test_sarif_is_valid_and_marks_the_text_itself(place):
    kanwu("run", "报告 集", "-q", "--report", "sarif=a.sarif")
    log = json.loads((place / "a.sarif").read_text("utf-8"))
    jsonschema.validate(log, LOG, format_checker=jsonschema.FormatChecker())
    run = log["runs"][0]
    result = next(r for r in run["results"] if r["ruleId"] == CHECK)
    location = result["locations"][0]["physicalLocation"]
    assert unquote(location["artifactLocation"]["uri"]) == "报告 集/甲,乙.txt"
    assert "%20" in location["artifactLocation"]["uri"]
    assert shown(TEXT, location["region"]) == location["region"]["snippet"]["text"]
    assert "15.5" in location["region"]["snippet"]["text"]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (rule["id"], rule["defaultConfiguration"]["level"]) == (CHECK, "error")
    assert relation_types()["parts_sum_to_whole"].rationale_en.strip() in rule["help"]["text"]


def test_fingerprints_stay_when_lines_shift(place):
    def prints():
        kanwu("check", "报告 集", "-q", "--report", "sarif=a.sarif")
        run = json.loads((place / "a.sarif").read_text("utf-8"))["runs"][0]
        return [
            r["partialFingerprints"]["kanwu/v1"]
            for r in run["results"]
            if r["ruleId"].startswith("relation/")
        ]

    before = prints()
    path = place / "报告 集" / "甲,乙.txt"
    path.write_text(TEXT.replace("各位代表：", "各位代表：\n\n过去一年，工作扎实推进。"), "utf-8")
    assert prints() == before
    path.write_text(TEXT + BAD + "\n", "utf-8")
    assert len(set(prints())) == len(prints()) > len(before)


def test_a_row_of_a_table_is_a_line_of_its_file(place):
    rows = [{"id": "x", "text": "没有。"}, {"id": "y", "text": f"一句。\n{BAD}"}]
    (place / "t.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    kanwu(
        "check", "t.jsonl", "--id-field", "id", "-q", "--report", "sarif=a.sarif", "--report", "github=g.txt"
    )
    run = json.loads((place / "a.sarif").read_text("utf-8"))["runs"][0]
    location = next(r for r in run["results"] if r["ruleId"] == CHECK)["locations"][0]
    assert location["physicalLocation"]["region"] == {"startLine": 2}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "t.jsonl#y"}]
    assert "::error file=t.jsonl,line=2,title=" in (place / "g.txt").read_text("utf-8")


def test_the_out_of_a_run_is_told_under_the_names_of_its_inputs(place):
    kanwu("run", "报告 集", "-o", "out", "-q")
    assert "报告 集/甲,乙.txt:5:10: error" in kanwu("check", "out", "-q", "--report", "text")[1]


def test_what_was_not_read_is_told_too(place):
    (place / "报告 集" / "空.txt").touch()
    code, stdout, _ = kanwu("check", "报告 集", "-q", "--report", "github", "--report", "sarif=a.sarif")
    assert code == 2
    assert "::error file=报告 集/空.txt,title=kanwu/unreadable::the file is empty" in stdout.replace(
        "%3A", ":"
    )
    invocation = json.loads((place / "a.sarif").read_text("utf-8"))["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert "empty" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_github_properties_and_data_are_escaped():
    view = View({"text.txt": Where("a,b:c%.txt")})
    result, view = made(finding(message="甲,100%：\n::error::乙", message_en=""), view=view)
    assert FORMATS["github"](result, view) == (
        f"::error file=a%2Cb%3Ac%25.txt,line=1,endLine=1,col=1,endColumn=3,title={CHECK}::甲,100%25：%0A::error::乙\n"
    )


def test_github_has_columns_only_within_one_line():
    line = FORMATS["github"](*made(finding(spans=(Span(0, 3),)), text="一\n二\n三"))
    assert "line=1,endLine=2,title" in line


def test_gitlab_has_what_it_asks_for_and_no_fingerprint_twice():
    two = [finding(), finding(finding_id="F2", severity=Severity.INFO)]
    told = json.loads(FORMATS["gitlab"](*made(*two)))
    assert [(t["check_name"], t["severity"], t["location"]) for t in told] == [
        (CHECK, severity, {"path": "text.txt", "lines": {"begin": 1, "end": 1}})
        for severity in ("major", "info")
    ]
    assert len({t["fingerprint"] for t in told}) == 2


def test_what_is_known_or_waived_does_not_count_and_is_still_told():
    two = [finding(), finding(finding_id="F2", fingerprint="cd"), finding(finding_id="F3", fingerprint="ef")]
    statuses = {("text.txt", "F1"): Status("known"), ("text.txt", "F2"): Status("waived", "原文如此")}
    result, view = made(*two, view=View(statuses=statuses, baseline=True))
    assert len(json.loads(FORMATS["gitlab"](result, view))) == 1
    assert FORMATS["github"](result, view).count("::error") == 1
    suites = ElementTree.fromstring(FORMATS["junit"](result, view))  # noqa: S314 (our own report)
    assert suites.find(".//failure").text.count("不合") == 1
    lines = FORMATS["text"](result, view).splitlines()
    assert [re.search(r"error( \[\w+\])?", line)[0] for line in lines] == [
        "error [known]",
        "error [waived]",
        "error",
    ]
    log = json.loads(FORMATS["sarif"](result, view))
    jsonschema.validate(log, LOG, format_checker=jsonschema.FormatChecker())
    results = log["runs"][0]["results"]
    assert [r["baselineState"] for r in results] == ["unchanged", "new", "new"]
    assert results[1]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "原文如此"}
    ]
    assert [json.loads(line)["state"] for line in FORMATS["jsonl"](result, view).splitlines()] == [
        "known",
        "waived",
        "new",
    ]


def test_places_outside_the_folder_are_file_uris():
    for path, uri in (("/a b/c.txt", "file:///a%20b/c.txt"), ("C:/a/c.txt", "file:///C:/a/c.txt")):
        result, view = made(finding(), view=View({"text.txt": Where(path)}))
        log = json.loads(FORMATS["sarif"](result, view))
        artifact = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": uri}


def test_a_text_cannot_steer_a_terminal_or_break_a_line():
    result, view = made(finding(message="a\x1b[2J\u202eb\nc"), refusals=(Refusal("x\n.txt", "bad\x07"),))
    assert FORMATS["text"](result, view) == (
        "x⏎.txt: error: kanwu/unreadable: bad⟨U+0007⟩\n"
        f"text.txt:1:1: error: {CHECK}: a⟨U+001B⟩[2J⟨U+202E⟩b⏎c\n"
    )


def test_the_workbook_holds_figures_findings_and_relations(place):
    openpyxl = pytest.importorskip("openpyxl")
    kanwu("run", "报告 集", "-o", "out", "-q", "--report", "xlsx=t.xlsx")
    book = openpyxl.load_workbook(place / "t.xlsx")
    assert book.sheetnames == ["figures", "findings", "relations"]
    sheet = list(book["figures"].values)
    table = list(csv.DictReader(io.StringIO((place / "out" / "figures.csv").read_text("utf-8-sig"))))
    assert list(sheet[0]) == list(table[0])
    column = sheet[0].index("value")
    assert [row[column] for row in sheet[1:]] == [float(row["value"]) for row in table]


def test_no_cell_of_the_workbook_is_a_formula():
    openpyxl = pytest.importorskip("openpyxl")
    result, view = made(finding(message="=1+1", suggestion="\x00\x0b" + "长" * 40_000))
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](result, view)))["findings"]
    cells = {cell.value: cell for cell in next(sheet.iter_rows(min_row=2))}
    assert cells["=1+1"].data_type == "s"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["sarf=x"], "--report: found 'sarf'; expected one of text, json"),
        (["sarf=x"], "Did you mean 'sarif'?"),
        (["xlsx"], "xlsx is not for a terminal"),
        (["text", "github"], "text and github would both go to stdout"),
        (["text=a", "json=a"], "two reports for a"),
    ],
)
def test_a_wrong_report_is_refused_before_any_work(place, asked, told):
    args = [arg for name in asked for arg in ("--report", name)]
    code, _, stderr = kanwu("run", "报告 集", "-o", "out", *args)
    assert (code, told in stderr) == (2, True)
    assert not (place / "out").exists()


def test_a_report_that_cannot_be_written_is_exit_2(place):
    (place / "file").touch()
    code, _, stderr = kanwu("run", "报告 集", "-o", "out", "-q", "--report", "text=file/x")
    assert (code, "--report text: cannot write file/x" in stderr) == (2, True)


def test_reports_may_stand_in_the_configuration(place):
    (place / "报告 集" / "kanwu.toml").write_text("report = ['sarif=a.sarif']\n", "utf-8")
    kanwu("check", "报告 集", "-q")
    assert (place / "报告 集" / "a.sarif").exists()


def test_every_check_of_a_document_has_words_of_its_own():
    assert check_help(CHECK).title.zh == relation_types()["parts_sum_to_whole"].title
    for name in RESTORATION:
        assert check_help(f"restoration/{name}").title.zh
    assert check_help("own/check").title.zh == "own/check"


def kinds():
    """Every kind of suspicion that the checks may raise, read from their source."""
    for path in sorted((ROOT / "cleaner" / "checks" / "suspicion").glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        own = {
            n.targets[0].id: n.value.value
            for n in tree.body
            if isinstance(n, ast.Assign) and isinstance(n.value, ast.Constant)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Suspicion":
                named = [
                    a for a in call.args if isinstance(a, ast.Constant) or getattr(a, "id", "") == "_KIND"
                ]
                assert named, path
                yield named[0].value if isinstance(named[0], ast.Constant) else own["_KIND"]


def test_every_suspicion_is_described():
    assert {kind for kind in kinds() if kind not in RESTORATION} == set()


def test_issues_keep_the_order_of_the_run():
    result, view = made(finding(), finding(finding_id="F2", fingerprint="ab"), refusals=(Refusal("x", "y"),))
    assert [(i.check, i.fingerprint) for i in issues(result, view)] == [
        ("kanwu/unreadable", "kanwu/unreadable:x"), (CHECK, "ab:1"), (CHECK, "ab:2"),
    ]  # fmt: skip
