"""Suite files are read strictly: every mistake stops the run and says what was expected."""

from __future__ import annotations

import json

import pytest

from cleaner.contracts.policies import POLICIES
from cleaner.contracts.suites import SuiteError, load_suite, load_suites
from cleaner.contracts.words import RELATION_TYPES
from cleaner.packs.source import data_folder

SHIPPED = data_folder("expectations") / "suites"
ENTRY = {"type": "expect_shares_to_sum_to_whole", "kwargs": {"mostly": 1.0}, "severity": "critical"}
OTHER = {"type": "expect_growth_to_fit_levels", "severity": "warning"}


def suite_of(*entries, table="relations", **more):
    """A suite as its file has it."""
    return {"name": "mine", "meta": {"table": table}, "expectations": list(entries), **more}


def written(tmp_path, suite):
    """A suite file."""
    path = tmp_path / "mine.json"
    path.write_text(suite if isinstance(suite, str) else json.dumps(suite, ensure_ascii=False), "utf-8")
    return path


def refusal(tmp_path, suite):
    """The message of the error, without the folder."""
    path = written(tmp_path, suite)
    with pytest.raises(SuiteError) as caught:
        load_suite(path)
    assert caught.value.path == path
    return str(caught.value).replace(str(path), "mine.json")


def test_a_good_suite_keeps_every_entry(tmp_path):
    """As many entries as the file has, in its order, with their severities."""
    suite = load_suite(written(tmp_path, suite_of(ENTRY, OTHER)))
    assert (suite.name, suite.table) == ("mine", "relations")
    assert [(e.number, e.type, e.severity) for e in suite.entries] == [
        (1, "expect_shares_to_sum_to_whole", "critical"),
        (2, "expect_growth_to_fit_levels", "warning"),
    ]


MISTAKES = {
    "misspelt type": (
        suite_of(OTHER, {**ENTRY, "type": "expect_share_to_sum_to_whole"}),
        "mine.json: entry 2: unknown expectation type 'expect_share_to_sum_to_whole'; expected one of this "
        "project or of Great Expectations; did you mean 'expect_shares_to_sum_to_whole'?",
    ),
    "misspelt built-in type": (
        suite_of({**ENTRY, "type": "expect_column_value_to_be_null"}),
        "mine.json: entry 1: unknown expectation type 'expect_column_value_to_be_null'; expected one of this "
        "project or of Great Expectations; did you mean 'expect_column_values_to_be_null'?",
    ),
    "misspelt key": (
        suite_of({**ENTRY, "severty": "info"}),
        "mine.json: entry 1: unknown key 'severty'; expected one of type, kwargs, severity, description, "
        "notes, meta; did you mean 'severity'?",
    ),
    "an id": (
        suite_of({**ENTRY, "id": "7b0"}),
        "mine.json: entry 1: unknown key 'id'; expected one of type, kwargs, severity, description, notes, meta",
    ),
    "bad severity": (
        suite_of({**ENTRY, "severity": "Critical"}),
        "mine.json: entry 1: unknown severity 'Critical'; expected one of critical, warning, info; "
        "did you mean 'critical'?",
    ),
    "no severity": (
        suite_of({"type": "expect_growth_to_fit_levels"}),
        "mine.json: entry 1: no key 'severity'; expected the keys type, severity",
    ),
    "misspelt keyword": (
        suite_of({**ENTRY, "kwargs": {"mostley": 1}}),
        "mine.json: entry 1: expect_shares_to_sum_to_whole has no keyword 'mostley'; "
        "expected one of min_applicable, mostly; did you mean 'mostly'?",
    ),
    "keyword out of range": (
        suite_of({**ENTRY, "kwargs": {"mostly": 95}}),
        "mine.json: entry 1: bad kwargs for expect_shares_to_sum_to_whole: mostly: ensure this value is less "
        "than or equal to 1; expected the keywords it takes, with values of their type",
    ),
    "negative min_applicable": (
        suite_of({**ENTRY, "kwargs": {"min_applicable": -1}}),
        "mine.json: entry 1: min_applicable -1; expected a whole number from 0",
    ),
    "missing keyword": (
        suite_of({"type": "expect_column_values_to_be_unique", "severity": "info"}),
        "mine.json: entry 1: bad kwargs for expect_column_values_to_be_unique: column: field required; "
        "expected the keywords it takes, with values of their type",
    ),
    "misspelt column": (
        suite_of(
            {
                "type": "expect_column_values_to_not_be_null",
                "kwargs": {"column": "verdikt"},
                "severity": "info",
            }
        ),
        "mine.json: entry 1: unknown column of relations 'verdikt'; expected a column of relations; "
        "did you mean 'verdict'?",
    ),
    "wrong table": (
        suite_of(ENTRY, table="edits"),
        "mine.json: entry 1: expect_shares_to_sum_to_whole in a suite about edits; "
        "expected a suite about relations",
    ),
    "unknown table": (
        suite_of(ENTRY, table="relation"),
        "mine.json: unknown table 'relation'; expected one of documents, figures, relations, findings, edits, panel; "
        "did you mean 'relations'?",
    ),
    "empty suite": (
        suite_of(),
        "mine.json: a suite without expectations passes everything; expected at least one entry",
    ),
    "twins": (
        suite_of(ENTRY, OTHER, {**ENTRY, "severity": "info"}),
        "mine.json: entry 3: the same expectation as entry 1 (expect_shares_to_sum_to_whole); "
        "expected every expectation once",
    ),
    "kwargs no object": (
        suite_of({**ENTRY, "kwargs": ["mostly"]}),
        "mine.json: entry 1: kwargs is ['mostly']; expected an object in braces",
    ),
    "entry no object": (
        suite_of("expect_growth_to_fit_levels"),
        "mine.json: entry 1: an entry is 'expect_growth_to_fit_levels'; expected an object in braces",
    ),
    "misspelt top key": (
        suite_of(ENTRY, expectation=[]),
        "mine.json: unknown key 'expectation'; expected one of name, meta, expectations, notes; "
        "did you mean 'expectations'?",
    ),
    "no name": (suite_of(ENTRY, name=""), "mine.json: name ''; expected a string"),
    "unknown meta of an entry": (
        suite_of({**ENTRY, "meta": {"min_aplicable": 1}}),
        "mine.json: entry 1: unknown key 'min_aplicable'; expected one of min_applicable; "
        "did you mean 'min_applicable'?",
    ),
    "no JSON": ('{"name": "mine",}', "mine.json: line 1 column 17: "),
    "a key twice": (
        '{"name": "mine", "name": "other"}',
        "mine.json: the key 'name' stands twice in one object; expected every key once",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_stops_the_run(tmp_path, mistake):
    """File, entry, what was expected, nearest known name: word for word."""
    suite, message = MISTAKES[mistake]
    found = refusal(tmp_path, suite)
    assert found == message or (message.endswith(": ") and found.startswith(message)), found


def test_bytes_that_are_not_utf_8(tmp_path):
    """A suite in another encoding is refused with the place."""
    path = tmp_path / "mine.json"
    path.write_bytes('{"name": "数值"}'.encode("gb18030"))
    with pytest.raises(SuiteError, match=r"bytes that are not UTF-8 at 10; expected UTF-8"):
        load_suite(path)


def test_a_file_that_is_not_there(tmp_path):
    """An extra suite that cannot be read stops the run."""
    with pytest.raises(
        SuiteError, match=r"absent\.json: No such file or directory; expected a readable file"
    ):
        load_suites(SHIPPED, [tmp_path / "absent.json"])


def test_a_folder_without_suites_checks_nothing(tmp_path):
    """No suite at all is an error, not a run without complaints."""
    with pytest.raises(SuiteError, match=r"no suite in this folder; expected at least one \.json file"):
        load_suites(tmp_path)


def test_two_suites_of_one_name(tmp_path):
    """Their results could not be told apart."""
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    for path in (first, second):
        path.write_text(json.dumps(suite_of(ENTRY)), "utf-8")
    with pytest.raises(SuiteError, match="a second suite named 'mine'"):
        load_suites(tmp_path)


class TestShipped:
    """The suites of the project."""

    def test_they_load_whole(self):
        """The number of expectations is locked: one that is lost on the way is noticed here."""
        counts = {suite.name: len(suite.entries) for suite in load_suites(SHIPPED)}
        assert counts == {
            **{"documents": 5, "drift": 3, "figures": 5},
            **{"findings": 3, "relations": 35, "restoration": 5},
        }

    def test_every_relation_type_has_its_named_expectation(self):
        """One for each type, no type twice, and all of them in the suite."""
        suite = load_suite(SHIPPED / "relations.json")
        covered = [kind for entry in suite.entries for kind in POLICIES[entry.type].covers]
        assert sorted(covered) == sorted(RELATION_TYPES)

    def test_every_policy_is_used(self):
        """A policy that no suite names would never run."""
        used = {entry.type for suite in load_suites(SHIPPED) for entry in suite.entries}
        assert set(POLICIES) <= used

    def test_files_are_readable(self):
        """UTF-8 with Chinese as Chinese, a description in both languages at every entry."""
        for path in SHIPPED.glob("*.json"):
            text = path.read_text("utf-8")
            assert "\\u" not in text
            assert text.endswith("}\n")
            for entry in json.loads(text)["expectations"]:
                assert " / " in entry["description"], (path.name, entry["type"])
