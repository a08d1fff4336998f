"""SARIF 2.1.0, for forges and editors that show findings beside the text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from cleaner.model import RunResult, Severity
from cleaner.reports import tally
from cleaner.reports.checks import check_help
from cleaner.reports.issues import Issue, Region, View, issues

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "kanwu/v1"
"""The name of our fingerprint: it holds while the words of a finding and the check are the same, wherever they stand."""
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "%SRCROOT%"


def render_sarif(result: RunResult, view: View) -> str:
    """A run as a SARIF log: one result for a finding, and for each promise that was not kept."""
    told = list(issues(result, view))
    trouble = [issue for issue in told if issue.check in ("kanwu/unreadable", "kanwu/stopped-rule")]
    findings = [issue for issue in told if issue not in trouble]
    checks = sorted({issue.check for issue in findings})
    number = {check: index for index, check in enumerate(checks)}
    invocation = {
        "executionSuccessful": not trouble and int(result.run.get("exit_code") or 0) != 2,
        "toolExecutionNotifications": [_notification(issue) for issue in trouble],
    }
    driver = {
        "name": "kanwu",
        "version": tally.product_version(result),
        "rules": [_rule(check, findings) for check in checks],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [_result(issue, number[issue.check], view) for issue in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(check: str, findings: Sequence[Issue]) -> Mapping[str, Any]:
    words = check_help(check)
    gravest = min((i.severity for i in findings if i.check == check), key=lambda s: s.rank)
    both = f"{words.help.zh}\n\n{words.help.en}"
    return {
        "id": check,
        "shortDescription": {"text": f"{words.title.zh} / {words.title.en}"},
        "fullDescription": {"text": both},
        "help": {"text": both, "markdown": f"**{words.title.zh}** {words.title.en}\n\n{both}"},
        "defaultConfiguration": {"level": _LEVEL[gravest]},
    }


def _result(issue: Issue, rule: int, view: View) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": issue.check,
        "ruleIndex": rule,
        "level": _LEVEL[issue.severity],
        "message": {"text": issue.message},
        "partialFingerprints": {FINGERPRINT: issue.fingerprint},
    }
    if issue.path:
        made["locations"] = [_location(issue)]
    if view.baseline:
        made["baselineState"] = "unchanged" if issue.status.state == "known" else "new"
    if issue.status.state == "waived":
        waiver = {"kind": "external", "status": "accepted", "justification": issue.status.reason}
        made["suppressions"] = [waiver]
    return made


def _location(issue: Issue) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(issue.path)}
    if issue.row:
        # the place inside the row's text is no place in the file: the row is
        physical["region"] = {"startLine": issue.row}
    elif issue.region:
        physical["region"] = _region(issue.region)
    location: dict[str, Any] = {"physicalLocation": physical}
    if issue.row:
        location["logicalLocations"] = [{"fullyQualifiedName": issue.doc}]
    return location


def _artifact(path: str) -> dict[str, str]:
    if path.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    if path[1:3] == ":/":
        return {"uri": f"file:///{quote(path, safe='/:')}"}
    return {"uri": quote(path), "uriBaseId": _BASE}


def _region(region: Region) -> dict[str, Any]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
        "snippet": {"text": region.snippet},
    }


def _notification(issue: Issue) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": _artifact(issue.path)}}
    return {"level": "error", "message": {"text": issue.message}, "locations": [location]}
