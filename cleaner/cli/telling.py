"""What a run says on stderr: what could not be read, the errors that count, how much there was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cleaner.cli.stdio import say
from cleaner.model import Finding, RunResult
from cleaner.reports.safe import one_line
from cleaner.reports.words import language, said
from cleaner.runs.standing import Assessment
from cleaner.terms import Severity

_SHOWN = 12
_UNUSED_SHOWN = 3


def say_result(result: RunResult, assessed: Assessment, quiet: bool, out: Path | None) -> None:
    """Refusals, stopped rules and broken promises always; findings and counts unless ``quiet``."""
    for refusal in result.refusals:
        say(f"kanwu: {refusal.doc}: not read: {refusal.reason}")
    for problem in result.run["problems"]:
        say(f"kanwu: {problem}")
    for contract in result.contracts:
        if contract.broken:
            say(f"kanwu: {contract.source}: {contract.name}: {'; '.join(contract.failures) or contract.note}")
    if not quiet:
        _say_findings(assessed.counting(result))
        _say_counts(result, assessed, out)


def say_unused(assessed: Assessment) -> None:
    """Waivers that no finding came under: what they waived is gone, or they are misspelt."""
    for waiver in assessed.unused:
        say(f"kanwu: {waiver.place}: 这条豁免没有用到 / this waiver was not used: {waiver.reason}")


def say_unused_decisions(run: Mapping[str, Any]) -> None:
    """Decisions that no change came under: their words are gone, or another version proposes otherwise."""
    unused = run.get("decisions", {}).get("unused", ())
    if not unused:
        return
    say(f"kanwu: {len(unused)} 条裁定没有用到 / decisions that were not used: {len(unused)}")
    for row in unused[:_UNUSED_SHOWN]:
        place = (
            f"{one_line(row.get('left', ''))}⟦{one_line(row['before'], 20)}⟧{one_line(row.get('right', ''))}"
        )
        say(f"  {row['rule']}: {row['decision']}: {place}")


def _say_findings(result: RunResult) -> None:
    lang = language(result)
    findings = [f for d in result.documents for f in d.findings if f.severity is Severity.ERROR]
    for finding in findings[:_SHOWN]:
        say(f"{_place(result, finding)}: {finding.severity}: {finding.check}: {said(finding, lang)}")
    more = len(findings) - _SHOWN
    if more > 0:
        say(f"……另有 {more} 处错误" if lang == "zh" else f"… and {more} more findings of severity error")


def _place(result: RunResult, finding: Finding) -> str:
    text = next(d.cleaned.document.text for d in result.documents if d.cleaned.document.doc == finding.doc)
    line = text.count("\n", 0, finding.start) + 1
    column = finding.start - (text.rfind("\n", 0, finding.start) + 1) + 1
    return f"{finding.doc}:{line}:{column}"


def _say_counts(result: RunResult, assessed: Assessment, out: Path | None) -> None:
    counts, lang = result.run["counts"], language(result)
    parts = _COUNTED[lang] if result.run["config"]["judge"] else (_COUNTED[lang][0], _COUNTED[lang][2])
    say("".join(parts).format(**counts, **{s.value: counts[f"findings_{s.value}"] for s in Severity}))
    states = Counter(status.state for (doc, _), status in assessed.statuses.items() if doc)
    if states:
        say(_NOT_COUNTING[lang].format(known=states["known"], waived=states["waived"]))
    if out is not None:
        shown = out / "report.html" if (out / "report.html").exists() else out
        say(f"{'结果：' if lang == 'zh' else 'results: '}{shown}")


_NOT_COUNTING = {
    "zh": "其中已知 {known}，已豁免 {waived}",
    "en": "of these {known} known, {waived} waived",
}
_COUNTED = {
    "zh": (
        "{documents} 篇文件，改动 {edits_applied} 处，只列不改 {edits_shown} 处；",
        "数值 {figures} 个，关系 {relations} 条；",
        "判定：错误 {error}，警告 {warning}，提示 {info}",
    ),
    "en": (
        "documents: {documents}; edits: {edits_applied} applied, {edits_shown} only shown; ",
        "figures: {figures}, relations: {relations}; ",
        "findings: {error} error, {warning} warning, {info} info",
    ),
}
"""What there was of restoration, of figures (where they were read), of findings."""
