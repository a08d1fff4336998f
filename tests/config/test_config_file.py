"""kanwu.toml and [tool.kanwu]: which file is in force, and what is said about a wrong one."""

from __future__ import annotations

import pytest

from cleaner.config.errors import ConfigError
from cleaner.config.find import find
from cleaner.config.lines import line_of
from cleaner.config.load import configuration, load
from cleaner.config.names import check_names
from cleaner.packs.load import shipped_packs


@pytest.fixture
def written(tmp_path):
    def write(text, name="kanwu.toml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def told(path, check=load):
    with pytest.raises(ConfigError) as caught:
        check(path)
    return str(caught.value)


def test_the_nearest_file_upward_is_in_force(tmp_path):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "x.txt").touch()
    (tmp_path / "kanwu.toml").touch()
    given = [str(folder), str(folder / "x.txt"), str(folder / "*.txt")]
    assert [find([g]) for g in given] == [tmp_path / "kanwu.toml"] * 3
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.kanwu]\n", "utf-8")
    assert find(given) == tmp_path / "a" / "pyproject.toml"


def test_a_pyproject_of_other_tools_is_passed_over(tmp_path, written):
    written("[tool.ruff]\n", "pyproject.toml")
    assert find([str(tmp_path)]) is None


@pytest.mark.parametrize("table", ["[tool.kanwu]", '[ tool . "kanwu" ]', "[[tool.kanwu.overrides]]"])
def test_a_broken_pyproject_with_our_table_is_not_passed_over(tmp_path, written, table):
    written(f"{table}\nfail-on = 'error'\n[project]\nname = \n", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"pyproject.toml:4: found no TOML"):
        configuration([str(tmp_path)])
    written("[tool.ruff]\nselect = \n", "pyproject.toml")
    assert configuration([str(tmp_path)]) is None


def test_stdin_is_configured_by_the_folder_it_is_read_in(tmp_path, monkeypatch, written):
    monkeypatch.chdir(tmp_path)
    assert find(["-"]) is None
    assert find(["-"]) != written("")
    assert find(["-"]) == tmp_path / "kanwu.toml"


def test_two_configurations_are_refused(tmp_path, written):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        written("", f"{name}/kanwu.toml")
    with pytest.raises(ConfigError, match="one for all inputs"):
        find([str(tmp_path / "a"), str(tmp_path / "b")])
    written("[tool.kanwu]\n", "a/pyproject.toml")
    with pytest.raises(ConfigError, match="a second configuration beside it"):
        find([str(tmp_path / "a")])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "levle = 'certain'\n",
            1,
            "unknown key 'levle'; expected a key of the configuration. Did you mean 'level'?",
        ),
        ("level = 'certain'\nfail_on = 'error'\n", 2, "Did you mean 'fail-on'?"),
        (
            "[[overrides]]\npaths = 'a'\n[[overrides]]\npaths = 'b'\nignor = 'x'\n",
            5,
            "Did you mean 'ignore'?",
        ),
        ("# c\nlevel = 'sure'\n", 2, "level: 'sure'; expected 'certain' or 'probable'"),
        ("[safety]\n'a/b' = 'sure'\n", 2, "safety.a/b: 'sure'"),
        ("jobs = 0\n", 1, "jobs: 0"),
        ("jobs = '2'\n", 1, "jobs: '2'"),
        ("[[waivers]]\ncheck = 'a'\n", 1, "no 'reason'"),
        ("[[overrides]]\nlevel = 'certain'\n", 1, "no 'paths'"),
        ("level = 'certain'\n\nlevel =\n", 3, "no TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(written, text, line, words):
    message = told(written(text))
    assert f"kanwu.toml:{line}: found" in message
    assert words in message


def test_the_table_of_a_pyproject_has_its_own_lines(written):
    path = written("[project]\nname = 'x'\n[tool.kanwu]\nlevel = 'certain'\nlang = 'fr'\n", "pyproject.toml")
    assert "pyproject.toml:5: found lang: 'fr'" in told(path)


def test_a_file_that_was_named_must_be_there_and_have_the_table(tmp_path, written):
    assert "no readable file" in told(tmp_path / "none.toml")
    assert "no [tool.kanwu]" in told(written("", "pyproject.toml"))
    (tmp_path / "kanwu.toml").write_bytes(b"level = '\xff'")
    assert "not UTF-8" in told(tmp_path / "kanwu.toml")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("ignore = [\n  'wording',\n  'wordin/x',\n]\n", 3, "found 'wordin/x'; expected a rule or pack"),
        ("[safety]\nstich = 'doubtful'\n", 2, "Did you mean 'stitch'?"),
        ("[[overrides]]\npaths='a'\nselect = 'wordin'\n", 3, "Did you mean 'wording'?"),
        ("[safety]\n'wording/stray-conjunction' = 'doubtful'\n", 2, "a safety one step away at most"),
    ],
)
def test_names_are_held_against_the_packs(written, text, line, words):
    message = told(written(text), lambda path: check_names(load(path), shipped_packs()))
    assert f"kanwu.toml:{line}: " in message
    assert words in message


def test_a_rule_moved_one_step_is_fine_beside_its_pack(written):
    both = "[safety]\n'wording/stray-conjunction' = 'probable'\nfurniture = 'probable'\n"
    check_names(load(written(both)), shipped_packs())


def test_lines_are_found_in_tables_dotted_keys_and_after_long_strings():
    text = 'a = """\nb = 1\n"""\nb = 2\nx.y = 3\n[t."u/v"]\nc = 4\n[[l]]\nd = 5\n[l.m]\ne = 6\n[[l]]\nd = 7\n'
    asked = [
        ("b",),
        ("x", "y"),
        ("t", "u/v", "c"),
        ("l", 0, "d"),
        ("l", 0, "m", "e"),
        ("l", 1, "d"),
        ("none",),
    ]
    assert [line_of(text, location) for location in asked] == [4, 5, 7, 9, 11, 13, 1]
