"""What a configuration does to a run, and what `kanwu config` says of it."""

from __future__ import annotations

import json
import tomllib

import pytest
from support import kanwu, write_pack

from cleaner.runs.overrides import fits

TEXT = "政府工作报告\n\n各位代表：\n\n完成就业信息平台 and 零工市场建设，抓好抚标工作，三次产业比例为15.5：57.0：26.5。\n"
RULE = "wording/stray-conjunction"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.txt", "in/news/b.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, "utf-8", newline="")
    return tmp_path


def configure(place, text):
    (place / "kanwu.toml").write_text(text, "utf-8")


def cleaned(place, *args):
    code, _, stderr = kanwu("clean", "in", "-o", "out", *args)
    assert code == 0, stderr
    return {
        name: (place / "out" / "text" / name).read_text("utf-8").split("平台")[1].split("零工")[0]
        for name in ("a.txt", "news/b.txt")
    }


def test_the_file_switches_a_rule_off_and_the_command_line_rules_over_it(place):
    assert cleaned(place) == {"a.txt": "和", "news/b.txt": "和"}
    configure(place, f"ignore = '{RULE}'\n")
    assert cleaned(place) == {"a.txt": " and ", "news/b.txt": " and "}
    assert cleaned(place, "--ignore", "repeats") == {"a.txt": "和", "news/b.txt": "和"}
    assert cleaned(place, "--no-config") == {"a.txt": "和", "news/b.txt": "和"}


def test_protected_names_of_the_command_line_are_added_to_those_of_the_file(place):
    configure(place, "protect = '平台 and 零工'\n")
    assert cleaned(place, "--protect", "别的名字")["a.txt"] == " and "


def test_a_rule_is_lowered_and_the_ledger_says_who_did_it(place):
    configure(place, f"level = 'certain'\n[safety]\n'{RULE}' = 'probable'\n")
    assert cleaned(place)["a.txt"] == " and "
    rows = [json.loads(line) for line in (place / "out" / "edits.jsonl").read_text("utf-8").splitlines()]
    lowered = {r["safety_set_by"] for r in rows if r["rule"] == RULE}
    assert lowered == {"configuration"}


def test_an_override_holds_for_its_paths_only(place):
    configure(place, f"[[overrides]]\npaths = 'in/news/**'\nignore = '{RULE}'\n")
    assert cleaned(place) == {"a.txt": "和", "news/b.txt": " and "}
    assert cleaned(place, "--jobs", "2") == {"a.txt": "和", "news/b.txt": " and "}
    assert cleaned(place, "--shards") == {"a.txt": "和", "news/b.txt": " and "}


def test_the_command_line_rules_over_an_override_too(place):
    lowered = f"[safety]\n'{RULE}' = 'probable'\n[[overrides]]\npaths = 'b.txt'\nlevel = 'certain'\n"
    configure(place, lowered)
    assert cleaned(place) == {"a.txt": "和", "news/b.txt": " and "}
    assert cleaned(place, "--level", "probable") == {"a.txt": "和", "news/b.txt": "和"}


def test_paths_in_the_file_are_seen_from_its_folder(place, monkeypatch):
    write_pack(place / "own", "own", "wording", coined_word={"match": "零工市场", "replace": "零工之家"})
    configure(place, "packs = 'own'\nout = 'results'\n")
    monkeypatch.chdir(place / "in")
    assert kanwu("clean", "a.txt")[0] == 0
    assert "零工之家" in (place / "results" / "text" / "a.txt").read_text("utf-8")


def test_a_configuration_beside_the_documents_is_no_document(place):
    (place / "in" / "kanwu.toml").write_text("level = 'certain'\n", "utf-8")
    assert kanwu("run", "in", "-o", "out")[0] == 0
    assert {p.name for p in (place / "out" / "text").rglob("*.*")} == {"a.txt", "b.txt"}


def test_fail_on_of_the_file_is_for_run_and_check(place):
    assert kanwu("run", "in", "-o", "out")[0] == 0
    configure(place, "fail-on = 'error'\n")
    assert kanwu("run", "in", "-o", "out")[0] == 1
    assert kanwu("run", "in", "-o", "out", "--fail-on", "never")[0] == 0
    assert kanwu("clean", "in", "-o", "cleaned")[0] == 0


def test_run_json_holds_the_settings_that_were_in_force(place):
    configure(place, f"level = 'certain'\n[[overrides]]\npaths = 'b.txt'\nignore = '{RULE}'\n")
    kanwu("run", "in", "-o", "out")
    config = json.loads((place / "out" / "run.json").read_text("utf-8"))["config"]
    assert config["settings"]["level"] == "certain"
    assert [(o["patterns"], o["ignore"]) for o in config["overrides"]] == [(["b.txt"], [RULE])]


def test_a_wrong_file_is_one_line_and_exit_2(place):
    configure(place, "leve = 'certain'\n")
    code, _, stderr = kanwu("run", "in", "-o", "out")
    assert (code, stderr) == (
        2,
        "kanwu: kanwu.toml:1: found unknown key 'leve'; expected a key of the configuration. Did you mean 'level'?\n",
    )
    assert kanwu("run", "in", "-o", "out", "--no-config")[0] == 0


def test_config_says_where_each_setting_comes_from(place):
    configure(
        place,
        f"# ours\nlevel = 'certain'\n[safety]\n'{RULE}' = 'probable'\n[[overrides]]\npaths = 'b.txt'\nreorder = true\n",
    )
    code, stdout, _ = kanwu("config", "in", "--jobs", "2", env={"KANWU_LANG": "en"})
    assert code == 0
    lines = {line.split(" ")[0]: line.rpartition("# ")[2] for line in stdout.splitlines()}
    assert lines["level"] == "kanwu.toml:2"
    assert lines["jobs"] == "command line"
    assert lines["lang"] == "environment"
    assert lines["text-field"] == "default"
    assert lines["[safety]"] == "kanwu.toml:3"
    assert lines["[[overrides]]"] == "kanwu.toml:5"


def test_what_config_prints_is_a_configuration_that_does_the_same(place):
    configure(
        place, f"level = 'certain'\nprotect = ['甲\"乙']\n[[overrides]]\npaths = 'b.txt'\nignore = '{RULE}'\n"
    )
    printed = kanwu("config", "in")[1]
    (place / "again.toml").write_text(printed, "utf-8")
    code, again, _ = kanwu("config", "in", "--config", "again.toml")
    assert code == 0
    assert tomllib.loads(again) == tomllib.loads(printed)


def test_config_knows_the_options_of_run(place):
    assert "No such option: --nonsense" in kanwu("config", "--nonsense")[2]
    assert "# no configuration file" in kanwu("config", "--no-config")[1]


@pytest.mark.parametrize(
    ("path", "pattern", "fitting"),
    [
        ("a/b/c.txt", "c.txt", True),
        ("a/b/c.txt", "*.txt", True),
        ("a/b/c.txt", "a/*.txt", False),
        ("a/b/c.txt", "a/**", True),
        ("a/b/c.txt", "a/**/c.txt", True),
        ("a/c.txt", "a/**/c.txt", True),
        ("a/b/c.txt", "a", True),
        ("a/b/c.txt", "b/", True),
        ("a/b/c.txt", "/b", False),
        ("a/bb/c.txt", "a/b", False),
        ("a/b/c.txt", "a/?/c.txt", True),
        ("a/b/c.md", "*.txt", False),
        ("../x/c.txt", "c.txt", False),
    ],
)
def test_patterns_fit_paths_from_the_folder_of_the_file(tmp_path, path, pattern, fitting):
    assert fits(tmp_path / path, tmp_path, [pattern]) is fitting
