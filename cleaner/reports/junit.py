"""junit.xml: a suite for each document, a case for each check that was about it, one suite for contracts.

Findings at ``error`` fail their case; warnings and infos are its output. A check of which every relation
stayed undecided is skipped, never passed. Refused inputs and stopped rules are errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cleaner.model import ContractResult, DocumentResult, Finding, Relation, RunResult, Severity, Verdict
from cleaner.reports.places import Places
from cleaner.reports.safe import one_line, xml_text
from cleaner.reports.words import language, said

_DECIDED = (Verdict.CONSISTENT, Verdict.INCONSISTENT)


def render_junit(result: RunResult) -> str:
    """The run as JUnit XML, with its XML declaration, to be written as UTF-8."""
    root = Element("testsuites", name="kanwu")
    for document in result.documents:
        _document_suite(root, document, result)
    if result.contracts:
        _contract_suite(root, result)
    if result.refusals:
        suite = _suite(root, "refusals", result.run)
        for refusal in result.refusals:
            case = _case(suite, "kanwu.read", refusal.doc)
            _outcome(case, "error", "refused", refusal.reason)
    for element in root:
        _count(element)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("time", "0")
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, name: str, run: Mapping[str, Any]) -> Element:
    suite = SubElement(root, "testsuite", name=xml_text(name))
    if run.get("started"):
        suite.set("timestamp", xml_text(str(run["started"])))
    return suite


def _case(suite: Element, classname: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=xml_text(classname), name=xml_text(name), time="0")


def _outcome(case: Element, tag: str, kind: str, text: str) -> None:
    SubElement(case, tag, message=one_line(xml_text(text), 300), type=kind).text = xml_text(text)


def _document_suite(root: Element, document: DocumentResult, result: RunResult) -> None:
    name = document.cleaned.document.doc
    suite = _suite(root, name, result.run)
    restored = _case(suite, f"kanwu.{name}", "restore")
    for problem in document.cleaned.problems:
        _outcome(restored, "error", "problem", problem)
    found: dict[str, list[Finding]] = {}
    for finding in document.findings:
        found.setdefault(finding.check, []).append(finding)
    related: dict[str, list[Relation]] = {}
    for relation in document.relations:
        related.setdefault(_check_of(relation, found), []).append(relation)
    places = Places(document.cleaned.document.text)
    for check in sorted({*found, *related}):
        case = _case(suite, f"kanwu.{name}", check)
        _judge(case, found.get(check, []), related.get(check, []), _Speaker(places, language(result)))


def _check_of(relation: Relation, found: Iterable[str]) -> str:
    """The check that speaks for a relation: the one that carries its type as its last part."""
    spoken = (name for name in found if name.rpartition("/")[2] == relation.type)
    return next(spoken, f"relation/{relation.type}")


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says where a finding stands and what it says, in the language of the run."""

    places: Places
    lang: str

    def sentence(self, finding: Finding) -> str:
        place = self.places.label(finding.start)
        return xml_text(f"{finding.doc}:{place}: {finding.severity.value}: {said(finding, self.lang)}")


def _judge(case: Element, findings: list[Finding], relations: list[Relation], speaker: _Speaker) -> None:
    failed = [f for f in findings if f.severity is Severity.ERROR]
    noted = [f for f in findings if f.severity is not Severity.ERROR]
    if failed:
        text = "\n".join(speaker.sentence(f) for f in failed)
        SubElement(
            case, "failure", message=one_line(xml_text(said(failed[0], speaker.lang)), 300), type="error"
        ).text = text
    elif relations and not findings and not any(r.verdict in _DECIDED for r in relations):
        words = sorted({(r.verdict or Verdict.UNDECIDABLE).value for r in relations})
        SubElement(case, "skipped", message=f"{len(relations)} relations: {', '.join(words)}")
    if noted:
        SubElement(case, "system-out").text = "\n".join(speaker.sentence(f) for f in noted)


def _contract_suite(root: Element, result: RunResult) -> None:
    suite = _suite(root, "contracts", result.run)
    for contract in result.contracts:
        case = _case(suite, f"contracts.{contract.source}", contract.name)
        text = "\n".join(contract.failures) or contract.note or "the promise was not kept"
        if contract.broken:
            _outcome(case, "error", "broken", text)
        elif contract.success:
            _kept(case, contract)
        elif contract.severity is Severity.ERROR:
            _outcome(case, "failure", contract.severity.value, text)
        else:
            SubElement(case, "system-out").text = xml_text(f"{contract.severity.value}: {text}")


def _kept(case: Element, contract: ContractResult) -> None:
    if contract.applicable == 0:
        SubElement(
            case, "skipped", message=one_line(xml_text(contract.note), 300) or "nothing was applicable"
        )
    elif contract.note:
        SubElement(case, "system-out").text = xml_text(contract.note)


def _count(suite: Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in suite)))
    suite.set("time", "0")
