"""Two runs held against each other: what a new rule does to a corpus, before it is merged."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from support import kanwu, write_pack

from cleaner.reports.drift import MOST, Change, Count, Drift, render_drift_html, render_drift_markdown
from cleaner.runs.compare import compare

TEXT = "政府工作报告\n\n各位代表：\n\n完成就业信息平台 and 零工市场建设，三次产业比例为15.5：57.0：26.5。\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(TEXT, "utf-8", newline="")
    kanwu("run", "in", "-o", "one", "-q")
    return tmp_path


def counts(rows):
    return {c.name: (c.before, c.after, c.new, c.gone) for c in rows if c.differs}


def test_the_same_run_twice_is_the_same(place):
    kanwu("run", "in", "-o", "two", "-q")
    drift = compare(place / "one", place / "two")
    assert (drift.same, drift.documents, drift.settings, drift.apart) == (True, 2, (), ())
    assert "结果相同 the same results" in kanwu("compare", "one", "two")[1]


def test_runs_over_other_documents_are_not_called_the_same(place):
    (place / "other").mkdir()
    (place / "other" / "c.txt").write_text(TEXT, "utf-8")
    kanwu("run", "other", "-o", "two", "-q")
    said = kanwu("compare", "one", "two")[1]
    assert "**0** 篇字节相同的文件 documents of the same bytes · 没有可比的 nothing to compare" in said
    assert "the same results" not in said


def test_what_a_new_pack_does_is_counted_and_shown_in_its_place(place):
    write_pack(place / "own", "own", "wording", coined_word={"match": "零工市场", "replace": "零工之家"})
    kanwu("run", "in", "-o", "two", "-q", "--packs", "own")
    drift = compare(place / "one", place / "two")
    assert counts(drift.edits) == {"own/coined-word (applied)": (0, 2, 2, 0)}
    assert [(c.kind, c.place.split("@")[0]) for c in drift.edit_changes] == [
        ("新增 new", "a.txt"),
        ("新增 new", "b.txt"),
    ]
    assert drift.edit_changes[0].what == "：⏎⏎完成就业信息平台和⟦零工市场→零工之家⟧建设，三次产业比例为15"
    assert drift.texts == ("a.txt", "b.txt")
    assert "pack own: new" in drift.settings
    assert not drift.same


def test_a_rule_that_was_switched_off_leaves_its_edits_gone(place):
    kanwu("run", "in", "-o", "two", "-q", "--ignore", "wording/stray-conjunction")
    drift = compare(place / "one", place / "two")
    assert counts(drift.edits) == {"wording/stray-conjunction (applied)": (2, 0, 0, 2)}
    assert 'ignore: [] → ["wording/stray-conjunction"]' in drift.settings


def test_findings_figures_and_coverage(place):
    kanwu("run", "in", "-o", "two", "-q")
    _edit(place / "two" / "findings.jsonl", lambda row: {**row, "fingerprint": "0" * 16})
    table = place / "two" / "figures.csv"
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline="")))
    changed = next(row for row in rows if row[rows[0].index("text")] == "15.5")
    changed[rows[0].index("value")] = "16.5"
    with table.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(rows)
    documents = place / "two" / "documents.csv"
    changed = re.sub(
        r'""in_equality"":(\d+)',
        lambda m: f'""in_equality"":{int(m[1]) - 1}',
        documents.read_text("utf-8-sig"),
    )
    documents.write_text(changed, "utf-8-sig")
    drift = compare(place / "one", place / "two")
    assert counts(drift.findings)["relation/parts_sum_to_whole (error)"] == (2, 2, 2, 2)
    assert [c.what for c in drift.figure_changes if "read otherwise" in c.kind] == ["value: 15.5 → 16.5"]
    before, after = drift.coverage["in_equality"]
    assert before - after == 2


def _edit(path, change):
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(change(row), ensure_ascii=False) + "\n" for row in rows), "utf-8")


def test_documents_that_are_not_the_same_are_named_and_left_out(place):
    (place / "in" / "a.txt").unlink()
    (place / "in" / "b.txt").write_text(TEXT.replace("就业", "用工"), "utf-8")
    (place / "in" / "c.txt").write_text(TEXT, "utf-8")
    kanwu("run", "in", "-o", "two", "-q")
    drift = compare(place / "one", place / "two")
    assert [(doc, why.split(" ", 1)[1]) for doc, why in drift.apart] == [
        ("a.txt", "only before"),
        ("b.txt", "other bytes"),
        ("c.txt", "only after"),
    ]
    assert drift.documents == 0
    assert drift.edits == ()


def test_the_command_writes_both_forms(place):
    kanwu("run", "in", "-o", "two", "-q", "--ignore", "wording")
    code, stdout, _ = kanwu("compare", "one", "two", "--html", "r/c.html", "--markdown", "r/c.md")
    assert (code, stdout) == (0, "")
    assert (place / "r" / "c.md").read_text("utf-8") == kanwu("compare", "one", "two")[1]
    page = (place / "r" / "c.html").read_text("utf-8")
    assert "⟦ and →和⟧" in page
    assert "http" not in re.sub(r'http-equiv="', "", page)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["in", "one"], "holds no run of kanwu"),
        (["one", "tables"], "holds no edits.jsonl"),
        (["one", "one", "--html", "in"], "cannot write in"),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_exit_2(place, args, told):
    kanwu("figures", "in", "-o", "tables", "-q")
    code, _, stderr = kanwu("compare", *args)
    assert (code, told in stderr) == (2, True)


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.seen = set()
        self.feed(page)

    def handle_starttag(self, tag, _attrs):
        self.seen.add(tag)


HOSTILE = "<script>x</script>|`</td>\u202e"


def hostile():
    change = Change("新增 new", HOSTILE, HOSTILE, HOSTILE)
    return Drift(
        HOSTILE, "b", 1, (HOSTILE,), ((HOSTILE, "x"),), (), (Count(HOSTILE, 0, 1, 1),), (change,) * (MOST + 3)
    )


def test_nothing_of_a_document_is_markup():
    page, text = render_drift_html(hostile()), render_drift_markdown(hostile())
    assert "script" not in Tags(page).seen
    assert "\u202e" not in page + text
    assert "<script" not in text.split("\n", 3)[3]
    assert all(
        line.count("|") - line.count("\\|") == 5 for line in text.splitlines() if line.startswith("| 新增")
    )


def test_a_long_list_is_cut_and_says_so():
    assert "… and 3 more" in render_drift_html(hostile())
    assert "… and 3 more" in render_drift_markdown(hostile())
