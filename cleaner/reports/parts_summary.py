"""summary.md of a run in parts: counts only, however many documents there were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cleaner.model import ContractResult
from cleaner.reports.summary import (
    MOST_CLASSES,
    MOST_DOCUMENTS,
    contracts_part,
    escape,
    more,
    table,
)
from cleaner.reports.words import COVERAGE, SEVERITY, STATE

_VERDICTS = ("consistent", "inconsistent", "undecidable", "not_applicable")


def render_parts(
    totals: Mapping[str, Any], contracts: Sequence[ContractResult], run: Mapping[str, Any]
) -> str:
    """The Markdown summary of the counts that all parts gave together."""
    parts = (
        _head(totals, run),
        _refused(totals),
        _edits(totals["edits"]),
        _findings(totals["findings"]),
        contracts_part(contracts),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _head(totals: Mapping[str, Any], run: Mapping[str, Any]) -> Iterator[str]:
    counts = totals["counts"]
    yield "# 刊误 Kanwu"
    yield ""
    yield (
        f"**{counts.get('documents', 0)}** 篇 documents · **{counts.get('characters', 0)}** 字 characters · "
        f"**{run['parts']['count']}** 份 parts · **{counts.get('edits_applied', 0)}** 处改动 edits applied · "
        f"**{counts.get('edits_shown', 0)}** 处只列不改 shown only · "
        + " · ".join(
            f"**{counts.get(f'findings_{name}', 0)}** {word.zh} {name}" for name, word in SEVERITY.items()
        )
    )
    yield ""
    yield from _line(
        "矛盾由来 contradictions", totals["gate"], {k: f"{w.zh} {w.en}" for k, w in STATE.items()}
    )
    yield from _line(
        "数值核对范围 coverage", totals["coverage"], {k: f"{w.zh} {w.en}" for k, w in COVERAGE.items()}
    )
    yield from _line("关系判定 relations", totals["verdicts"], {name: name for name in _VERDICTS})


def _line(title: str, counts: Mapping[str, int], labels: Mapping[str, str]) -> Iterator[str]:
    if any(counts.values()):
        yield f"{title}: " + " · ".join(
            f"{label} **{counts.get(name, 0)}**" for name, label in labels.items()
        )
        yield ""


def _refused(totals: Mapping[str, Any]) -> Iterator[str]:
    counted = totals["counts"]
    refusals = [(r["doc"], r["reason"]) for r in totals["refusals"]]
    problems = [tuple(problem.split(": ", 1)) for problem in totals["problems"]]
    for title, listed, number in (
        ("## 未能读入 Refused", refusals, counted.get("refused", 0)),
        ("## 问题 Problems", problems, counted.get("problems", 0)),
    ):
        if not number:
            continue
        yield title
        yield ""
        for doc, reason in (item if len(item) == 2 else ("", *item) for item in listed[:MOST_DOCUMENTS]):
            yield f"- **{escape(doc)}**: {escape(reason, 300)}"
        yield ""
        yield from more(MOST_DOCUMENTS, number, "")


def _edits(edits: Mapping[str, int]) -> Iterator[str]:
    if not edits:
        return
    yield "## 各条规则 Edits by rule"
    yield ""
    yield from table(("规则 rule", "", "", "处 edits"), _ranked(edits))
    yield from more(MOST_CLASSES, len(edits), "rules")


def _findings(findings: Mapping[str, int]) -> Iterator[str]:
    if not findings:
        return
    yield "## 判定 Findings by check"
    yield ""
    yield from table(("检查 check", "", "处 findings"), _ranked(findings))
    yield from more(MOST_CLASSES, len(findings), "checks")


def _ranked(counts: Mapping[str, int]) -> Iterable[Iterable[str]]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_CLASSES]
    return [[*map(escape, key.split(" ")), str(count)] for key, count in ranked]
