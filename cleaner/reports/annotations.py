"""Findings as lines: for a terminal, for the annotations of GitHub, for the code quality report of GitLab."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cleaner.model import RunResult, Severity
from cleaner.reports.issues import Issue, View, issues
from cleaner.reports.safe import one_line

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_text(result: RunResult, view: View) -> str:
    """One line for each: place, severity, check, message; what is known or waived says so."""
    return "".join(f"{_line(issue)}\n" for issue in issues(result, view))


def _line(issue: Issue) -> str:
    place = f"{one_line(issue.place)}: " if issue.path else ""
    state = "" if issue.status.state == "new" else f" [{issue.status.state}]"
    return f"{place}{issue.severity.value}{state}: {issue.check}: {one_line(issue.message)}"


def render_jsonl(result: RunResult, view: View) -> str:
    """One JSON object a line, with the places of :func:`render_text` as numbers."""
    return "".join(json.dumps(_object(issue), ensure_ascii=False) + "\n" for issue in issues(result, view))


def _object(issue: Issue) -> dict[str, Any]:
    region = issue.region
    return {
        "path": issue.path,
        "doc": issue.doc,
        "row": issue.row or None,
        "line": region.line if region else None,
        "column": region.column if region else None,
        "end_line": region.end_line if region else None,
        "end_column": region.end_column if region else None,
        "severity": issue.severity.value,
        "check": issue.check,
        "message": issue.message,
        "message_en": issue.message_en,
        "suggestion": issue.suggestion,
        "fingerprint": issue.fingerprint,
        "state": issue.status.state,
        "reason": issue.status.reason,
    }


def render_github(result: RunResult, view: View) -> str:
    """Workflow commands: what a job prints, GitHub shows beside the lines. Known and waived findings are left out."""
    told = (issue for issue in issues(result, view) if issue.status.state == "new")
    return "".join(f"{_command(issue)}\n" for issue in told)


def _command(issue: Issue) -> str:
    properties = {"file": issue.path, **_lines(issue), "title": issue.check}
    shown = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    return f"::{_GITHUB[issue.severity]} {shown}::{_data(issue.message)}"


def _lines(issue: Issue) -> dict[str, int]:
    region = issue.region
    if issue.row or region is None:
        return {"line": issue.row} if issue.row else {}
    found = {"line": region.line, "endLine": region.end_line}
    # GitHub takes columns only for a range within one line
    one = region.line == region.end_line
    return {**found, "col": region.column, "endColumn": region.end_column} if one else found


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render_gitlab(result: RunResult, view: View) -> str:
    """A code quality report: findings that count and lie in a file, each with a fingerprint of its own."""
    told = [issue for issue in issues(result, view) if issue.status.state == "new" and issue.path]
    return json.dumps([_quality(issue) for issue in told], ensure_ascii=False, indent=1) + "\n"


def _quality(issue: Issue) -> dict[str, Any]:
    name = "\0".join((issue.path, issue.doc, issue.check, issue.fingerprint))
    lines = _lines(issue)
    return {
        "description": issue.message,
        "check_name": issue.check,
        "fingerprint": hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _GITLAB[issue.severity],
        "location": {
            "path": issue.path,
            "lines": {"begin": lines.get("line", 1), "end": lines.get("endLine", lines.get("line", 1))},
        },
    }
