"""``kanwu review``: where decisions are kept, what is refused, the page as a file."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest
from review_helpers import TEXT, Place
from support import kanwu

from cleaner.engine.decisions import Decisions
from cleaner.review.items import items_of
from cleaner.runs.decisions import parse_decisions


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def _data(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    return json.loads(found[1])


def test_a_file_holds_the_page_and_the_command_ends(place, tmp_path):
    code, _, told = kanwu("review", place.out, "--file", tmp_path / "deep" / "r.html", "--lang", "en")
    assert (code, "changes to review: 4" in told) == (0, True)
    data = _data((tmp_path / "deep" / "r.html").read_text("utf-8"))
    assert [i["key"]["before"] for i in data["items"]] == [" and ", " and ", " and ", "1O"]
    assert (data["lang"], data["savesTo"], data["decisions"]) == ("en", "", [])
    assert data["items"][3]["digits"] is True
    assert data["rules"]["own/misread"]["title_en"] == "stray foreign word"


def test_what_was_decided_before_is_on_the_page_whatever_the_run_made_of_it(place, tmp_path):
    rows = [item.key for item in items_of(place.out, Decisions())]
    choices = ({"decision": "accept"}, {"decision": "reject"}, {"decision": "edit", "text": "与"})
    place.file.write_text(
        "".join(
            json.dumps({**row, **choice}, ensure_ascii=False) + "\n"
            for row, choice in zip(rows, choices, strict=False)
        ),
        "utf-8",
    )
    place.run("--decisions", place.file)
    found = list(items_of(place.out, parse_decisions(place.file.read_text("utf-8"), "")))
    assert [item.key for item in found] == rows
    assert [item.state for item in found] == ["applied", "withheld", "applied", "doubtful"]


def test_applied_edits_are_shown_on_request(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    kanwu("clean", tmp_path / "in", "-o", tmp_path / "out", "--no-config")
    assert not list(items_of(tmp_path / "out", Decisions()))
    assert {i.state for i in items_of(tmp_path / "out", Decisions(), applied=True)} == {"applied"}


def test_every_change_of_a_row_that_holds_many_is_one_to_decide(tmp_path):
    text = "各 位 " + "代 表 " * 70 + "\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    kanwu("clean", tmp_path / "a.txt", "-o", tmp_path / "out", "--no-config", "--select", "spacing")
    found = list(items_of(tmp_path / "out", Decisions(), applied=True))
    assert len(found) > 64
    assert {i.key["before"] for i in found} == {" "}


def test_the_halves_of_a_move_are_one_to_decide(tmp_path):
    from support import ROOT

    kanwu("clean", ROOT / "seeds" / "qinggang_2025_scan.txt", "-o", tmp_path / "out", "--no-config")
    moves = [item for item in items_of(tmp_path / "out", Decisions()) if item.mates]
    assert len(moves) == 1
    (move,) = moves
    assert (move.edit, len(move.mates), move.rulable) == ("move", 2, False)
    row = json.dumps({**move.key, "decision": "accept"}, ensure_ascii=False)
    (tmp_path / "d.jsonl").write_text(row + "\n", "utf-8")
    before = (tmp_path / "out" / "text" / "qinggang_2025_scan.txt").read_text("utf-8")
    given = (ROOT / "seeds" / "qinggang_2025_scan.txt", "-o", tmp_path / "out", "--no-config")
    _, _, told = kanwu("clean", *given, "--decisions", tmp_path / "d.jsonl")
    after = (tmp_path / "out" / "text" / "qinggang_2025_scan.txt").read_text("utf-8")
    assert "not used" not in told
    assert sorted(after.replace("\n", "")) == sorted(before.replace("\n", ""))
    assert after != before


def test_a_run_in_parts_can_be_reviewed(place):
    place.run("--shards")
    assert [i.key["before"] for i in items_of(place.out, Decisions())] == [" and ", " and ", " and ", "1O"]


def test_rows_of_a_table_can_be_reviewed(tmp_path):
    place = Place(tmp_path)
    (place.folder / "in" / "a.txt").rename(tmp_path / "kept.txt")
    rows = [{"text": TEXT}, {"text": "无误。\n"}, {"text": "水利 and 交通。\n"}]
    (place.folder / "in" / "t.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    place.run()
    assert [i.doc for i in items_of(place.out, Decisions())] == ["t.jsonl#0"] * 4 + ["t.jsonl#2"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--decisions", "OUT/d.jsonl"), "which the next run replaces"),
        (("--pack", "Mine"), "lower-case"),
        (("--lang", "fr"), "expected one of zh, en"),
        (("--decisions", "bad.jsonl"), "bad.jsonl:1: found no JSON"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_served(place, tmp_path, monkeypatch, more, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.jsonl").write_text("no\n", "utf-8")
    given = [str(place.out / arg[4:]) if arg.startswith("OUT/") else arg for arg in more]
    code, _, told = kanwu("review", place.out, "--file", "r.html", *given)
    assert (code, says in told) == (2, True), told
    assert not (tmp_path / "r.html").exists()
    assert kanwu("review", tmp_path, "--file", "r.html")[0] == 2


def test_rules_of_decisions_that_were_saved_elsewhere_are_written(place, tmp_path):
    row = {
        **next(items_of(place.out, Decisions())).key,
        "left": "县改革",
        "right": "发展成效",
        "decision": "always",
    }
    place.file.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    given = ("review", place.out, "--file", tmp_path / "r.html", "--pack", place.pack, "--lang", "en")
    assert "a rule was made" in kanwu(*given)[2]
    assert "a rule was made" not in kanwu(*given)[2]
    assert kanwu("rules", "test", "mine", "--packs", place.pack)[0] == 0


def test_decisions_beside_the_documents_are_no_document(place):
    (place.folder / "in" / "decisions.jsonl").write_text("", "utf-8")
    place.run()


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for one process there")
def test_it_serves_until_it_is_told_to_stop(place):
    command = (sys.executable, "-m", "cleaner", "review", str(place.out), "--no-open", "--lang", "en")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        with urlopen(url) as answer:  # noqa: S310 (the page of this test)
            assert len(_data(answer.read().decode())["items"]) == 4
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "decisions.jsonl" in told
    assert url.split("/")[3] not in told
