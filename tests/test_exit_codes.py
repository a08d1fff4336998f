"""Exit codes, line by line as the README's table has them."""

from __future__ import annotations

import json
import re

import pytest
from support import ROOT, write_pack
from typer.testing import CliRunner

from cleaner.cli.app import app

BAD = "三次产业比例为15.5：57.0：26.5。\n"
CUT = "全县工业经济运行平稳，重点企业生产形势良好。\n，农业生产形势稳定，全县生态环境持续改善。\n"
DOUBTFUL = "全县就业工作稳步推进，各项任务全面完成（含城镇新增就业。\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = {
        "clean": "过去一年，全县工作扎实推进。\n",
        "bad": BAD,
        "doubtful": DOUBTFUL,
        "cut": CUT,
        "empty": "",
    }
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(text, "utf-8")
    (tmp_path / "broken.toml").write_text("levle = 'certain'\n", "utf-8")
    (tmp_path / "broken.json").write_text("{}", "utf-8")
    write_pack(tmp_path / "packs", "own", "wording", a_rule={"match": "(", "replace": "x"})
    return tmp_path


def code(command):
    result = CliRunner().invoke(app, command.split())
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        # 0: nothing at or above --fail-on
        ("check clean", 0),
        ("check bad --fail-on never", 0),
        ("check doubtful", 0),
        ("run bad -o out", 0),
        ("clean bad -o out", 0),
        ("clean cut -o out", 0),
        ("figures bad -o out", 0),
        ("check bad --baseline known.json --update-baseline", 0),
        # 1: findings at or above it
        ("check bad", 1),
        ("check doubtful --fail-on warning", 1),
        ("run bad -o out --fail-on error", 1),
        ("clean cut -o out --fail-on warning", 1),
        # 2: an input could not be read
        ("check empty --fail-on never", 2),
        ("run empty -o out", 2),
        ("clean empty -o out", 2),
        ("clean missing -o out", 2),
        # 2: the configuration, a rule, a contract or a suite is broken
        ("check bad --config broken.toml", 2),
        ("check bad --config none.toml", 2),
        ("check bad --packs packs", 2),
        ("check bad --suite broken.json", 2),
        ("check bad --baseline broken.json", 2),
        ("check bad --fail-on fatal", 2),
        ("check bad --report sarf", 2),
        ("check bad --nonsense", 2),
        ("run bad -o bad", 2),
    ],
)
def test_every_line_of_the_table(place, command, expected):
    assert code(command) == expected


def test_an_unread_file_beside_findings_is_2(place):
    (place / "bad" / "b.txt").touch()
    assert code("check bad") == 2


def test_run_json_holds_the_exit_code_of_the_run(place):
    assert code("run bad -o out --fail-on error") == 1
    assert json.loads((place / "out" / "run.json").read_text("utf-8"))["exit_code"] == 1


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_table_names_what_is_tested_here(page):
    table = dict(re.findall(r"^\| `(\d)` \| (.+) \|$", (ROOT / page).read_text("utf-8"), re.M))
    assert sorted(table) == ["0", "1", "2"]
    assert "--fail-on" in table["0"] and "--fail-on" in table["1"]
    assert "--baseline" in table["1"]
