"""What the commands over documents do: options from arguments, a run, its summary on stderr."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from cleaner.cli.stdio import say
from cleaner.engine.settings import Settings
from cleaner.model import Finding, RunResult
from cleaner.reading.discover import Found
from cleaner.reports.words import LANGUAGES, language, said
from cleaner.runs.execute import Progress, execute
from cleaner.runs.options import Options
from cleaner.terms import Safety, Severity

_FAIL_ON = (*(s.value for s in Severity), "never")
_SHOWN = 12


def options(given: Mapping[str, Any], command: str) -> Options:
    """Options of a run from the arguments of a command.

    Raises:
        typer.BadParameter: a value that is not in its list.
    """
    fail_on = given.get("fail_on", "never")
    level = given.get("level", "probable")
    _one_of("--fail-on", fail_on, _FAIL_ON)
    _one_of("--level", level, ("certain", "probable"))
    _one_of("--lang", given.get("lang", "zh"), LANGUAGES)
    settings = Settings(
        level=Safety(level),
        select=tuple(given.get("select") or ()),
        ignore=tuple(given.get("ignore") or ()),
        protected=frozenset([*(given.get("protect") or ()), *_names_in(given.get("protect_file"))]),
        reorder=given.get("reorder", False),
    )
    return Options(
        inputs=tuple(given["inputs"]),
        out=Path(given.get("out") or "out"),
        command=command,
        settings=settings,
        packs=tuple(given.get("packs") or ()),
        suites=tuple(given.get("suites") or ()),
        baseline=given.get("baseline"),
        encoding=given.get("encoding"),
        text_field=given.get("text_field", "text"),
        id_field=given.get("id_field"),
        judge=command != "clean",
        keep_text=command in ("run", "clean"),
        fail_on=fail_on,
        jobs=given.get("jobs", 1),
        panel=given.get("panel", False),
        indicators=tuple(given.get("indicators") or ()),
        lang=given.get("lang", "zh"),
        data_docs=given.get("data_docs", False),
    )


def _names_in(path: Path | None) -> list[str]:
    """The strings of a file, one a line, without blank lines and comments.

    Raises:
        typer.BadParameter: there is no such file, or it is not UTF-8.
    """
    if path is None:
        return []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = (
            f"--protect-file {path}: found no readable file ({error}); expected UTF-8 text, one name a line"
        )
        raise typer.BadParameter(message) from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        message = f"{name}: found '{value}'; expected one of {', '.join(known)}"
        raise typer.BadParameter(message)


def run(chosen: Options, quiet: bool) -> int:
    """Run, say what was found, give the exit code."""
    with _progress(quiet) as progress:
        result = execute(chosen, progress)
    _say_result(result, quiet, chosen.out)
    return int(result.run["exit_code"])


def check(chosen: Options, out: Path | None, quiet: bool) -> int:
    """Judge documents, or the clean texts of a run; reports go to ``out`` if one is named."""
    from dataclasses import replace

    if out is not None:
        return run(replace(chosen, out=out), quiet)
    if chosen.data_docs:
        message = "--data-docs leaves a site in OUT; name a folder with -o"
        raise typer.BadParameter(message)
    with TemporaryDirectory() as scratch:
        result = execute(replace(chosen, out=Path(scratch) / "check"))
        _say_result(result, quiet, None)
    return int(result.run["exit_code"])


def filter_stdin(chosen: Options) -> int:
    """Restore stdin to stdout, byte for byte but for the edits."""
    from cleaner.engine.restore import restore
    from cleaner.reading.decode import decode, encode
    from cleaner.reading.formats import text_document
    from cleaner.runs.process import rules_of

    decoded = decode(sys.stdin.buffer.read(), chosen.encoding)
    cleaned = restore(text_document(decoded.text, "stdin.txt"), rules_of(chosen), chosen.settings)
    sys.stdout.buffer.write(encode(cleaned.text, decoded.encoding, decoded.bom, decoded.line_ends))
    for problem in cleaned.problems:
        say(f"kanwu: {problem}")
    return 2 if cleaned.problems else 0


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """A counter on a terminal; nothing where stderr is a file or a pipe."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("documents", total=None)

        def advance(found: Found) -> None:
            bar.update(task, advance=1, description=found.doc)

        yield advance


def _say_result(result: RunResult, quiet: bool, out: Path | None) -> None:
    for refusal in result.refusals:
        say(f"kanwu: {refusal.doc}: not read: {refusal.reason}")
    for document in result.documents:
        for problem in document.cleaned.problems:
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
    severities = Counter(f.severity.value for d in result.documents for f in d.findings)
    say(_COUNTED[lang].format(**counts, **{s.value: severities[s.value] for s in Severity}))
    if out is not None:
        shown = out / "report.html" if (out / "report.html").exists() else out
        say(f"{'结果：' if lang == 'zh' else 'results: '}{shown}")


_COUNTED = {
    "zh": "{documents} 篇文件，改动 {edits_applied} 处，只列不改 {edits_shown} 处；数值 {figures} 个，关系 {relations} 条；"
    "判定：错误 {error}，警告 {warning}，提示 {info}",
    "en": "{documents} documents, {edits_applied} edits applied, {edits_shown} shown; "
    "{figures} figures, {relations} relations; findings: {error} error, {warning} warning, {info} info",
}
