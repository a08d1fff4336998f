"""Every format that ``--report`` knows, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cleaner.model import RunResult
from cleaner.reports.issues import View, counting

Renderer = Callable[[RunResult, View], str | bytes]


def _text(result: RunResult, view: View) -> str:
    from cleaner.reports.annotations import render_text

    return render_text(result, view)


def _json(result: RunResult, _view: View) -> str:
    from cleaner.reports.json_report import render_json

    return render_json(result)


def _jsonl(result: RunResult, view: View) -> str:
    from cleaner.reports.annotations import render_jsonl

    return render_jsonl(result, view)


def _sarif(result: RunResult, view: View) -> str:
    from cleaner.reports.sarif import render_sarif

    return render_sarif(result, view)


def _junit(result: RunResult, view: View) -> str:
    from cleaner.reports.junit import render_junit

    return render_junit(counting(result, view))


def _github(result: RunResult, view: View) -> str:
    from cleaner.reports.annotations import render_github

    return render_github(result, view)


def _gitlab(result: RunResult, view: View) -> str:
    from cleaner.reports.annotations import render_gitlab

    return render_gitlab(result, view)


def _markdown(result: RunResult, view: View) -> str:
    from cleaner.reports.summary import render_summary

    return render_summary(counting(result, view))


def _html(result: RunResult, _view: View) -> str:
    from cleaner.reports.html import render_html

    return render_html(result)


def _xlsx(result: RunResult, _view: View) -> bytes:
    from cleaner.reports.xlsx import render_xlsx

    return render_xlsx(result)


FORMATS: Mapping[str, Renderer] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "markdown": _markdown,
    "html": _html,
    "xlsx": _xlsx,
}
"""Name -> what makes it. All are text but the workbook."""
