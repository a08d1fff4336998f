"""junit.xml: suites, cases and counts as the usual parsers read them."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from report_samples import hostile_run, sample_run

from cleaner.model import RunResult
from cleaner.reports.junit import render_junit


def parsed(run):
    return ElementTree.fromstring(render_junit(run).encode())  # noqa: S314 - our own text


def cases(suite) -> dict[str, ElementTree.Element]:
    return {case.get("name"): case for case in suite}


@pytest.fixture
def suites():
    return {suite.get("name"): suite for suite in parsed(sample_run())}


def test_one_suite_for_each_document_one_for_contracts_one_for_refusals(suites):
    assert list(suites) == ["村镇/云泽县2023.txt", "柳溪县.txt", "contracts", "refusals"]


def test_a_finding_at_error_fails_its_check_with_its_place(suites):
    failure = cases(suites["村镇/云泽县2023.txt"])["relation/share_of_total"].find("failure")
    assert failure.get("message") == "占比与两数之商不合"
    assert "村镇/云泽县2023.txt:7:21" in failure.text


def test_warnings_are_output_and_do_not_fail(suites):
    case = cases(suites["村镇/云泽县2023.txt"])["restoration/gap"]
    assert case.find("failure") is None
    assert "（一）未见" in case.find("system-out").text


def test_a_check_that_decided_nothing_is_skipped_and_not_passed(suites):
    case = cases(suites["村镇/云泽县2023.txt"])["relation/subset_le_total"]
    assert "undecidable" in case.find("skipped").get("message")


def test_a_case_has_the_name_of_its_check_whether_it_fails_or_not(suites):
    for document in ("村镇/云泽县2023.txt", "柳溪县.txt"):
        for name in cases(suites[document]):
            assert name == "restore" or re.fullmatch("[a-z]+/[a-z_-]+", name), name


def test_a_common_parser_reads_one_case_for_a_check_and_a_document():
    read = JUnitXml.fromstring(render_junit(sample_run()).encode())
    found = [(suite.name, case.classname, case.name) for suite in read for case in suite]
    assert len(set(found)) == len(found) == read.tests
    outcomes = Counter(type(result) for suite in read for case in suite for result in case.result)
    assert (outcomes[Failure], outcomes[Error], outcomes[Skipped]) == (
        read.failures,
        read.errors,
        read.skipped,
    )
    said = (read.tests, read.failures, read.errors, read.skipped)
    read.update_statistics()
    assert said == (read.tests, read.failures, read.errors, read.skipped)


def test_a_common_parser_reads_hostile_text():
    suite = next(iter(JUnitXml.fromstring(render_junit(hostile_run()).encode())))
    assert [case.result[0].text for case in suite if case.name == "restore"] == [
        '<script>alert("x")</script>'
    ]


def test_contracts_fail_warn_skip_pass_and_break(suites):
    found = {name: [child.tag for child in case] for name, case in cases(suites["contracts"]).items()}
    assert found == {
        "figures": [],
        "expect_shares_to_sum_to_whole": ["failure"],
        "expect_growth_to_fit_levels": ["system-out"],
        "expect_to_run": ["error"],
        "expect_nothing": ["skipped"],
    }


def test_refusals_are_errors(suites):
    assert cases(suites["refusals"])["坏文件.txt"].find("error").text == "GB18030 与 Big5 难分"


def test_counts_are_those_of_the_cases(suites):
    root = parsed(sample_run())
    for tag, attribute in (
        ("testcase", "tests"),
        ("failure", "failures"),
        ("error", "errors"),
        ("skipped", "skipped"),
    ):
        assert int(root.get(attribute)) == len(list(root.iter(tag)))
        for suite in root:
            assert int(suite.get(attribute)) == len(list(suite.iter(tag)))


def test_hostile_text_is_well_formed_and_stopped_rules_are_errors():
    root = parsed(hostile_run())
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"
    }  # fmt: skip
    assert cases(root[0])["restore"].find("error").text == '<script>alert("x")</script>'
    text = render_junit(hostile_run())
    assert not any(ord(c) < 32 and c not in "\n\t" for c in text)
    assert "\u202e" not in text


def test_an_empty_run_is_valid():
    assert parsed(RunResult(())).get("tests") == "0"
