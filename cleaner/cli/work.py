"""What the commands over documents do: options from arguments, a run, its summary on stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from cleaner.cli.progress import progress
from cleaner.cli.reporting import ReportFile, where, write_reports
from cleaner.cli.stdio import say
from cleaner.model import Finding, RunResult
from cleaner.reports.issues import View
from cleaner.reports.words import language, said
from cleaner.runs.execute import execute
from cleaner.runs.options import Options
from cleaner.terms import Severity

_SHOWN = 12


def run(chosen: Options, quiet: bool, reports: Sequence[ReportFile] = ()) -> int:
    """Run, say what was found, write the reports that were asked for, give the exit code."""
    with progress(chosen.inputs, chosen.out, quiet) as advance:
        result = execute(chosen, advance)
    _say_result(result, quiet, chosen.out)
    _report(reports, result, chosen)
    return int(result.run["exit_code"])


def check(chosen: Options, out: Path | None, quiet: bool, reports: Sequence[ReportFile] = ()) -> int:
    """Judge documents, or the clean texts of a run; reports go to ``out`` if one is named."""
    from dataclasses import replace

    if out is not None:
        return run(replace(chosen, out=out), quiet, reports)
    if chosen.data_docs:
        message = "--data-docs leaves a site in OUT; name a folder with -o"
        raise typer.BadParameter(message)
    with TemporaryDirectory() as scratch:
        scratched = replace(chosen, out=Path(scratch) / "check")
        with progress(chosen.inputs, scratched.out, quiet) as advance:
            result = execute(scratched, advance)
        _say_result(result, quiet, None)
        _report(reports, result, scratched)
    return int(result.run["exit_code"])


def _report(reports: Sequence[ReportFile], result: RunResult, chosen: Options) -> None:
    if reports:
        write_reports(reports, result, View(where(result, chosen)))


def filter_stdin(chosen: Options, name: Path) -> int:
    """Restore stdin to stdout, byte for byte but for the edits, as if it stood in the file ``name``."""
    from cleaner.engine.restore import restore
    from cleaner.reading.decode import decode, encode
    from cleaner.reading.discover import Found
    from cleaner.reading.formats import text_document
    from cleaner.runs.process import rules_of

    chosen = chosen.for_file(Found(name, name.name))
    decoded = decode(sys.stdin.buffer.read(), chosen.encoding)
    cleaned = restore(text_document(decoded.text, name.name), rules_of(chosen), chosen.settings)
    sys.stdout.buffer.write(encode(cleaned.text, decoded.encoding, decoded.bom, decoded.line_ends))
    for problem in cleaned.problems:
        say(f"kanwu: {problem}")
    return 2 if cleaned.problems else 0


def _say_result(result: RunResult, quiet: bool, out: Path | None) -> None:
    for refusal in result.refusals:
        say(f"kanwu: {refusal.doc}: not read: {refusal.reason}")
    for problem in result.run["problems"]:
        say(f"kanwu: {problem}")
    for contract in result.contracts:
        if contract.broken:
            say(f"kanwu: {contract.source}: {contract.name}: {'; '.join(contract.failures) or contract.note}")
    if not quiet:
        _say_findings(result)
        _say_counts(result, out)


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


def _say_counts(result: RunResult, out: Path | None) -> None:
    counts, lang = result.run["counts"], language(result)
    say(_COUNTED[lang].format(**counts, **{s.value: counts[f"findings_{s.value}"] for s in Severity}))
    if out is not None:
        shown = out / "report.html" if (out / "report.html").exists() else out
        say(f"{'结果：' if lang == 'zh' else 'results: '}{shown}")


_COUNTED = {
    "zh": "{documents} 篇文件，改动 {edits_applied} 处，只列不改 {edits_shown} 处；数值 {figures} 个，关系 {relations} 条；"
    "判定：错误 {error}，警告 {warning}，提示 {info}",
    "en": "{documents} documents, {edits_applied} edits applied, {edits_shown} shown; "
    "{figures} figures, {relations} relations; findings: {error} error, {warning} warning, {info} info",
}
