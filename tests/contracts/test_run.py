"""Validation as a whole: what fails, what is not applicable, what could not be examined."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cleaner.contracts import run
from cleaner.contracts.baseline import BaselineError, read_baseline
from cleaner.contracts.context import Known, in_context
from cleaner.contracts.expectations import great_expectations, install, outcome
from cleaner.contracts.policies import POLICIES
from cleaner.contracts.policy import Ledger
from cleaner.contracts.run import suite_results, validate
from cleaner.contracts.suites import SuiteError, load_suites
from cleaner.contracts.tables import frames, write_tables
from cleaner.model import Reason, Safety, Severity, Verdict

SHARES = "expect_shares_to_sum_to_whole"


@pytest.fixture
def examine(tmp_path):
    """Examine a run by one suite of the given entries; its results by name."""

    def examined(small, *entries, table="relations"):
        suite = {"name": "mine", "meta": {"table": table}, "expectations": list(entries)}
        (tmp_path / "mine.json").write_text(json.dumps(suite), "utf-8")
        tables = in_context(frames(small.result), Known(small.texts, small.rules or {}))
        return {result.name: result for result in suite_results(load_suites(tmp_path), tables)}

    return examined


def entry(kind, severity="critical", **kwargs):
    """An entry of a suite."""
    return {"type": kind, "kwargs": kwargs, "severity": severity}


def misread(small):
    """A composition whose last part was misread by two points, and stored as what it is."""
    amount = {"value": Decimal("33.4"), "lower": Decimal("33.35"), "upper": Decimal("33.45")}
    computed = {"computed_lower": Decimal("97.75"), "computed_upper": Decimal("98.05")}
    return (
        small.with_(text=small.text.replace("35.4", "33.4"))
        .with_figure(2, raw="33.4", text="33.4", **amount)
        .with_relation(0, verdict=Verdict.INCONSISTENT, repair="33.4→35.4", **computed)
    )


def test_a_sound_run_passes_the_shipped_suites(small):
    """No failure of error or warning; every result has its place."""
    found = validate(small.result, small.texts)
    failed = [r for r in found if not r.success]
    assert [(r.source, r.name, r.failures) for r in failed] == []
    assert next(r.source for r in found if r.source != "pandera") == "documents"
    assert len({(r.source, r.name) for r in found}) == len(found)


def test_a_composition_that_misses_its_whole_fails_by_name(small):
    """The named expectation fails as an error and shows the parts, the sum and the repair."""
    found = {r.name: r for r in validate(misread(small).result, misread(small).texts)}
    failed = found[SHARES]
    assert (failed.success, failed.severity, failed.applicable, failed.broken) == (
        False,
        Severity.ERROR,
        1,
        False,
    )
    assert failed.failures == (
        "云泽/2023.txt R0：各部分之和应等于全体，此处不然 / parts should sum to their whole, but "
        "18.2、46.3、33.4 → [97.75, 98.05] ≠ [100, 100]；33.4→35.4",
    )
    # the table tells the truth about it, so its contract is kept
    assert found["relations.parts_sum_to_whole"].success


def test_a_verdict_that_hides_a_miss_does_not_help(small, examine):
    """Stored as consistent, the sum still misses: expectation and table contract both say so."""
    hidden = misread(small).with_relation(0, verdict=Verdict.CONSISTENT)
    assert not examine(hidden, entry(SHARES))[SHARES].success
    contracts = {r.name: r for r in validate(hidden.result, hidden.texts)}
    assert not contracts["relations.parts_sum_to_whole"].success


def test_what_rests_on_text_is_told_in_the_words_of_its_check(small):
    """A count of items has no formula on figures; the check's own sentence is shown, else what is stored."""
    words = {"message": "列出两项", "message_en": "two are named", "verdict": Verdict.INCONSISTENT}
    stored = {"computed_lower": Decimal(2), "computed_upper": Decimal(2)}
    stated = {"stated_lower": Decimal(3), "stated_upper": Decimal(3)}
    name = "expect_enumerations_to_name_as_many_as_they_count"
    counted = small.with_relation(3, type="enumerated_count", members=("F9",), **words, **stored, **stated)
    told = {r.name: r for r in validate(counted.result, counted.texts)}[name]
    assert told.failures[0].endswith("but 列出两项 / two are named")
    silent = counted.with_relation(3, message="")
    told = {r.name: r for r in validate(silent.result, silent.texts)}[name]
    assert told.failures[0].endswith("but 58个 → [2, 2] ≠ [3, 3]")


class TestVacuity:
    """Nothing passes for want of rows without saying so."""

    def test_no_relation_of_a_type_is_not_applicable(self, small, examine):
        """Success, for a document need not have one; zero applicable, said in words."""
        name = "expect_units_to_convert"
        found = examine(small, entry(name))[name]
        assert (found.success, found.applicable) == (True, 0)
        assert "不适用" in found.note
        assert "not applicable: no such row" in found.note

    def test_undecided_relations_are_counted_apart(self, small, examine):
        """A relation that could not be decided is neither kept nor broken."""
        undecided = small.with_relation(0, verdict=Verdict.UNDECIDABLE, reason=Reason.SECOND_READING)
        found = examine(undecided, entry(SHARES))[SHARES]
        assert (found.success, found.applicable) == (True, 0)
        assert "none of 1 could be decided" in found.note

    def test_min_applicable_fails_when_too_few_rows_apply(self, small, examine):
        """A suite that was written for such relations may insist on them."""
        name = "expect_units_to_convert"
        found = examine(small, entry(name, min_applicable=1))[name]
        assert not found.success
        assert found.failures == ("只有 0 行适用，至少要 1 行 / fewer applicable rows than required",)

    def test_min_applicable_of_a_built_in_expectation(self, small, examine):
        """Missing values are not applicable: a column of nothing but gaps does not pass."""
        gaps = {
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {"column": "reason", "value_set": ["base_unknown"]},
            "severity": "warning",
        }
        name = "expect_column_values_to_be_in_set(reason)"
        found = examine(small, gaps)[name]
        assert (found.success, found.applicable) == (True, 0)
        assert "not applicable" in found.note
        assert not examine(small, {**gaps, "meta": {"min_applicable": 1}})[name].success

    def test_an_empty_run(self, nothing):
        """Only what asks for rows fails; all the rest is not applicable, and says so."""
        found = validate(nothing, {})
        failed = {(r.source, r.name): r.severity for r in found if not r.success}
        assert failed == {
            ("documents", "expect_table_row_count_to_be_between"): Severity.ERROR,
            ("documents", "expect_column_values_to_be_between(characters)"): Severity.WARNING,
            ("figures", "expect_table_row_count_to_be_between"): Severity.INFO,
        }
        for result in found:
            assert result.applicable == 0
            said = "not applicable" in result.note or result.name == "suite"
            assert said or not result.success, result.name

    def test_a_suite_says_how_much_of_it_applied(self, small, examine):
        """The last result of a suite counts its entries."""
        found = examine(small, entry(SHARES), entry("expect_units_to_convert"))["suite"]
        assert found.applicable == 1
        assert found.note == "2 项中 1 项适用 / 1 of 2 expectations applied"

    def test_a_misspelt_type_is_no_pass(self, small, tmp_path):
        """The run stops; it does not go on with one expectation fewer."""
        bad = {"name": "x", "meta": {"table": "relations"}, "expectations": [entry("expect_shares_to_sum")]}
        (tmp_path / "x.json").write_text(json.dumps(bad), "utf-8")
        with pytest.raises(SuiteError, match="unknown expectation type"):
            validate(small.result, small.texts, tmp_path)


class TestDrift:
    """The same bytes should give no less than they gave in an earlier run."""

    FIGURES = "expect_the_same_document_to_keep_its_figures"

    def drifted(self, small, before, folder):
        """The results of the drift suite, after an earlier run."""
        write_tables(before.result, folder)
        found = validate(small.result, small.texts, baseline=folder)
        return {r.name: r for r in found if r.source == "drift"}

    def test_the_same_run_does_not_drift(self, small, tmp_path):
        """Everything is kept, and it was about the one document."""
        found = self.drifted(small, small, tmp_path)
        assert all(r.success and r.applicable for r in found.values())

    def test_what_is_lost_is_named(self, small, tmp_path):
        """A figure fewer, an equality fewer, an edit fewer: each has its own expectation."""
        fewer = small.with_(
            figures=small.figures[:10], relations=small.relations[:3], edits=(), coverage={"in_equality": 7}
        )
        found = self.drifted(fewer, small, tmp_path)
        assert found[self.FIGURES].failures == ("云泽/2023.txt：数值由 11 减为 10 / figures were 11",)
        assert not found["expect_the_same_document_to_stay_checkable"].success
        assert not found["expect_the_same_document_to_keep_its_edits"].success
        assert found[self.FIGURES].severity is Severity.WARNING

    def test_another_scan_is_no_drift(self, small, tmp_path):
        """Other bytes: a difference says nothing about the product."""
        write_tables(small.result, tmp_path)
        path = tmp_path / "documents.csv"
        path.write_text(path.read_text("utf-8-sig").replace("0" * 64, "1" * 64), "utf-8-sig")
        found = {r.name: r for r in validate(small.result, small.texts, baseline=tmp_path)}
        assert found[self.FIGURES].applicable == 0

    def test_without_an_earlier_run_it_is_not_applicable(self, small):
        """And that is said."""
        found = {r.name: r for r in validate(small.result, small.texts)}
        assert (found[self.FIGURES].success, found[self.FIGURES].applicable) == (True, 0)
        assert "not applicable" in found[self.FIGURES].note

    @pytest.mark.parametrize("content", [None, "doc,figures\n", "\xff"])
    def test_a_baseline_that_is_none(self, tmp_path, content):
        """A missing table, other columns, other bytes: refused, not skipped."""
        if content is not None:
            (tmp_path / "documents.csv").write_bytes(content.encode("latin-1"))
        with pytest.raises(BaselineError, match=r"documents\.csv: "):
            read_baseline(tmp_path)

    def test_a_baseline_is_read_as_it_was_written(self, small, tmp_path):
        """Counts are numbers, coverage an object, and a name that looks like a formula is itself again."""
        odd = small.with_(doc="=a.txt", figures=(), relations=(), findings=(), edits=(), coverage={})
        write_tables(odd.result, tmp_path)
        row = read_baseline(tmp_path)["=a.txt"]
        assert (row["figures"], row["coverage"], row["characters"]) == (0, {}, len(small.text))


class TestMostly:
    """The tolerated share, on decimals."""

    def test_a_share_of_breaches_may_be_tolerated(self, small, examine):
        """One of two sums misses: half is enough for 0.5 and not for 0.6."""
        second = replace(misread(small).relations[0], relation_id="R9", members=("F0", "F1"))
        two = small.with_(relations=(*small.relations, second))
        assert examine(two, entry(SHARES, mostly=0.5))[SHARES].success
        assert not examine(two, entry(SHARES, mostly=0.6))[SHARES].success

    @pytest.mark.parametrize(
        ("broken", "mostly", "success"), [(1, 0.9, True), (2, 0.9, False), (3, 0.7, True)]
    )
    def test_ten_rows(self, broken, mostly, success):
        """0.9 of ten is nine; binary floats would ask for a hair more than seven at 0.7."""
        ledger = Ledger(10, 0, ("x",) * broken)
        assert outcome(ledger, 10, mostly, 0)["success"] is success


class TestCrashes:
    """What could not be examined is an error, whatever the entry's severity."""

    def test_a_crash_inside_a_named_expectation(self, small, examine, monkeypatch):
        """The message is kept, and the result says that it is broken."""
        policy = POLICIES[SHARES]

        def crash(_row):
            raise ZeroDivisionError("no parts")

        monkeypatch.setitem(POLICIES, SHARES, replace(policy, judge=crash))
        found = examine(small, entry(SHARES, "info"))[SHARES]
        assert (found.success, found.severity, found.broken) == (False, Severity.ERROR, True)
        assert found.failures == ("未能检查 / could not be examined: no parts",)

    def test_a_crash_inside_a_built_in_expectation(self, small, examine):
        """Lists have no order that a number could stand in."""
        bad = entry("expect_column_values_to_be_between", "info", column="members", min_value=0)
        found = examine(small, bad)["expect_column_values_to_be_between(members)"]
        assert (found.success, found.severity, found.broken) == (False, Severity.ERROR, True)

    def test_a_suite_that_could_not_run_at_all(self, small, examine, monkeypatch):
        """Every entry is reported as not examined."""

        class Batch:
            def validate(self, *_args, **_kwargs):
                raise RuntimeError("engine gone")

        examined = run._examined
        monkeypatch.setattr(run, "_examined", lambda suite, _batch, *rest: examined(suite, Batch(), *rest))
        found = examine(small, entry(SHARES), entry("expect_units_to_convert"))
        assert all(not r.success and r.broken for name, r in found.items() if name != "suite")
        assert "engine gone" in found[SHARES].failures[0]


@pytest.mark.parametrize(
    ("word", "severity"),
    [("critical", Severity.ERROR), ("warning", Severity.WARNING), ("info", Severity.INFO)],
)
def test_severities(small, examine, word, severity):
    """Critical is an error here; the others keep their names."""
    found = examine(misread(small), entry(SHARES, word))[SHARES]
    assert (found.success, found.severity) == (False, severity)


def test_failures_of_built_in_expectations_name_their_rows(small, examine):
    """Document, id, column and value."""
    one = entry("expect_column_values_to_be_in_set", column="unit", value_set=["%", "元", "户"])
    found = examine(small, one, table="figures")["expect_column_values_to_be_in_set(unit)"]
    assert found.failures == ("云泽/2023.txt F9：unit = '个'", "云泽/2023.txt F10：unit = '个'")


class TestRestoration:
    """Policies about the ledger."""

    DIGITS = "expect_digit_edits_to_be_declared"

    def digit_edit(self, small, declared, after="20"):
        """An edit that changes digits, by a rule that declares something."""
        changed = {"before": "云泽县", "stage_before": "2O1", "after": after}
        return small.with_edit(**changed).with_(rules={"wording/doubled-word": {"digits": declared}})

    @pytest.mark.parametrize(
        ("declared", "after", "success"),
        [
            ("may-change", "201", True),
            ("", "201", False),
            ("removes", "2", True),
            ("removes", "23", False),
        ],
    )
    def test_digits_change_only_where_declared(self, small, examine, declared, after, success):
        """``may-change`` may do both, ``removes`` may only take digits away."""
        found = examine(self.digit_edit(small, declared, after), entry(self.DIGITS), table="edits")[
            self.DIGITS
        ]
        assert (found.success, found.applicable) == (success, 1)

    def test_what_a_rule_declares_may_be_unknown(self, small, examine):
        """Then nothing can be said, and that is said."""
        found = examine(self.digit_edit(small, "").with_(rules={}), entry(self.DIGITS), table="edits")
        assert found[self.DIGITS].applicable == 0

    def test_a_move_of_digits_changes_none(self, small, examine):
        """The two halves are weighed together."""
        out = replace(small.edits[0], group="g", stage_before="20户", after="")
        into = replace(out, edit_id="E1", stage_before="", after="20户")
        moved = small.with_(edits=(out, into), rules={out.rule: {"digits": ""}})
        assert examine(moved, entry(self.DIGITS), table="edits")[self.DIGITS].applicable == 0

    @pytest.mark.parametrize(
        ("name", "change"),
        [
            ("expect_certain_edits_to_rest_on_form_or_witness", {"evidence": "internal"}),
            ("expect_reasoning_to_stay_doubtful", {"evidence": "reasoning", "safety": "probable"}),
            ("expect_edits_to_say_why", {"why": ""}),
            ("expect_edits_not_to_be_doubtful", {"safety": "doubtful", "applied": False}),
        ],
    )
    def test_each_policy_is_broken_by_its_own_edit(self, small, examine, name, change):
        """And kept by the sound one."""
        words = {"evidence": type(small.edits[0].evidence), "safety": Safety}
        made = {key: words[key](value) if key in words else value for key, value in change.items()}
        assert not examine(small.with_edit(**made), entry(name), table="edits")[name].success
        assert examine(small, entry(name), table="edits")[name].success

    def test_a_reader_may_make_an_edit_certain(self, small, examine):
        """What a configuration raised is the reader's own."""
        name = "expect_certain_edits_to_rest_on_form_or_witness"
        internal = type(small.edits[0].evidence)("internal")
        raised = small.with_edit(evidence=internal, safety_set_by="kanwu.toml")
        assert examine(raised, entry(name), table="edits")[name].applicable == 0


def test_extra_suites_come_after_the_folder(small, tmp_path):
    """A user's own suite is examined too, from anywhere."""
    own = tmp_path / "own.json"
    own.write_text(
        json.dumps({"name": "own", "meta": {"table": "relations"}, "expectations": [entry(SHARES)]}), "utf-8"
    )
    found = validate(small.result, small.texts, extra_suites=[own])
    assert [r.name for r in found if r.source == "own"] == [SHARES, "suite"]
    assert found[-1].source == "own"


def test_results_do_not_depend_on_the_run(small):
    """The same run gives the same results, in the same order."""
    assert validate(small.result, small.texts) == validate(small.result, small.texts)


def test_named_expectations_are_classes_with_their_words():
    """Each is registered under its name and says what it expects in both languages."""
    for name, found in install().items():
        assert found.expectation_type == name
        assert POLICIES[name].zh in found.__doc__


def test_importing_the_contracts_imports_no_framework():
    """pandas, pandera and Great Expectations wait until something is validated."""
    modules = [path.stem for path in Path(run.__file__).parent.glob("*.py") if path.stem != "__init__"]
    heavy = ("pandas", "pandera", "great_expectations", "pyarrow")
    code = "".join(f"import cleaner.contracts.{name}\n" for name in modules)
    code += f"import sys; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_nothing_is_sent(monkeypatch):
    """The telemetry of older versions is switched off, unless the user has spoken."""
    monkeypatch.delenv("GX_ANALYTICS_ENABLED", raising=False)
    great_expectations()
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
