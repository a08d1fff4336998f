"""Messages in Chinese and in English: on stderr, in the summary, in JUnit, and as the page opens."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import cleaner
from cleaner.cli.app import app

BASE = "青岗县三次产业结构为15.5：57.0：26.5，农业稳步发展。\n"
SAID = {"zh": "15.5 + 57.0 + 26.5 合计", "en": "15.5 + 57.0 + 26.5 add up to"}
COUNTED = {"zh": "判定：错误 1，警告 0，提示 0", "en": "findings: 1 error, 0 warning, 0 info"}
WORD = {"zh": "合计", "en": "add up to"}
OTHER = {"zh": "en", "en": "zh"}


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(BASE, "utf-8")
    return tmp_path


def kanwu(*args):
    result = CliRunner().invoke(app, list(args), catch_exceptions=False)
    return result.exit_code, result.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["run", "check"])
def test_one_language_is_spoken_throughout(place, command, lang):
    _, told = kanwu(command, "a.txt", "-o", "out", "--lang", lang, "--fail-on", "never")
    assert SAID[lang] in told
    assert COUNTED[lang] in told
    assert COUNTED[OTHER[lang]] not in told
    for name in ("summary.md", "junit.xml"):
        text = (place / "out" / name).read_text("utf-8")
        assert WORD[lang] in text, name
        assert WORD[OTHER[lang]] not in text, name
    assert f'data-lang="{lang}"' in (place / "out" / "report.html").read_text("utf-8")


def test_chinese_is_spoken_unless_asked(place):
    assert COUNTED["zh"] in kanwu("run", "a.txt", "-o", "out")[1]
    assert "结果：out/report.html" in kanwu("run", "a.txt", "-o", "out")[1].replace("\\", "/")
    assert "results: out" in kanwu("figures", "a.txt", "-o", "out", "--lang", "en")[1]


def test_ledgers_hold_both_languages_whatever_was_asked(place):
    kanwu("run", "a.txt", "-o", "zh")
    kanwu("run", "a.txt", "-o", "en", "--lang", "en")
    rows = [(place / lang / "findings.jsonl").read_text("utf-8") for lang in ("zh", "en")]
    assert rows[0] == rows[1]
    row = json.loads(rows[0])
    assert SAID["zh"] in row["message"]
    assert SAID["en"] in row["message_en"]


def test_an_unknown_language_is_refused(place):
    code, told = kanwu("run", "a.txt", "-o", "out", "--lang", "fr")
    assert code == 2
    assert "--lang: found 'fr'; expected one of zh, en" in told
    with pytest.raises(ValueError, match="no language 'fr'"):
        cleaner.report(cleaner.confront(BASE), lang="fr")


def test_the_library_speaks_both():
    found = cleaner.confront(BASE)
    assert "合计" in cleaner.report(found, "junit")
    told = cleaner.report(found, "junit", lang="en")
    assert "add up to" in told
    assert "合计" not in told


def test_a_pipeline_may_ask_once_for_all_commands(place, monkeypatch):
    monkeypatch.setenv("KANWU_LANG", "en")
    assert COUNTED["en"] in kanwu("check", "a.txt")[1]
    assert COUNTED["zh"] in kanwu("check", "a.txt", "--lang", "zh")[1]
