"""What the commands over documents do: options from arguments, a run, its summary on stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from cleaner.cli.progress import progress
from cleaner.cli.reporting import ReportFile, where, write_reports
from cleaner.cli.stdio import put, say
from cleaner.cli.telling import say_result, say_unused, say_unused_decisions
from cleaner.model import RunResult
from cleaner.reading.decode import ReadError
from cleaner.reports.issues import View
from cleaner.runs.baseline import write_known
from cleaner.runs.execute import execute
from cleaner.runs.inputs import read_by, refuse_inputs
from cleaner.runs.options import Options
from cleaner.runs.outfolder import refuse_foreign
from cleaner.runs.parts.choose import wants_parts
from cleaner.runs.standing import Assessment, Standing, assess, files_of, updated


def run(chosen: Options, quiet: bool, reports: Sequence[ReportFile] = ()) -> int:
    """Run, say what was found, write the reports that were asked for, give the exit code."""
    refuse_foreign(chosen.out)
    _refuse_inputs(chosen, chosen.out, reports)
    with progress(chosen.inputs, chosen.out, quiet, wants_parts(chosen)) as advance:
        result = execute(chosen, advance)
    _tell(result, chosen, quiet, chosen.out, reports)
    return int(result.run["exit_code"])


def check(chosen: Options, out: Path | None, quiet: bool, reports: Sequence[ReportFile] = ()) -> int:
    """Judge documents, or the clean texts of a run; reports go to ``out`` if one is named."""
    from dataclasses import replace

    if out is not None:
        return run(replace(chosen, out=out), quiet, reports)
    if chosen.data_docs:
        message = "--data-docs leaves a site in OUT; name a folder with -o"
        raise typer.BadParameter(message)
    _refuse_inputs(chosen, None, reports)
    with TemporaryDirectory() as scratch:
        scratched = replace(chosen, out=Path(scratch) / "check")
        with progress(chosen.inputs, scratched.out, quiet, wants_parts(scratched)) as advance:
            result = execute(scratched, advance)
        _tell(result, scratched, quiet, None, reports)
    return int(result.run["exit_code"])


def _refuse_inputs(chosen: Options, out: Path | None, reports: Sequence[ReportFile]) -> None:
    """Reports and a baseline take the place of nothing that is read."""
    named = [(f"--report {file.format}={file.path}", file.path) for file in reports if file.path]
    if chosen.standing is not None and chosen.standing.update is not None:
        named.append((f"--update-baseline {chosen.standing.update}", chosen.standing.update))
    refuse_inputs(named, read_by(chosen.inputs, out))


def _tell(
    result: RunResult, chosen: Options, quiet: bool, out: Path | None, reports: Sequence[ReportFile]
) -> None:
    """Say what was found and what of it counts; write the reports and the baseline that were asked for."""
    standing = chosen.standing or Standing()
    files = files_of(result.run["inputs"], chosen.out, chosen.inputs) if chosen.standing else {}
    assessed = assess(result, files, standing) if chosen.standing else Assessment()
    say_result(result, assessed, quiet, out)
    if not quiet and chosen.diff_from is None:
        say_unused(assessed)
        say_unused_decisions(result.run)
    if reports:
        known = standing.known is not None or standing.updating
        write_reports(reports, result, View(where(result, chosen), assessed.statuses, known))
    if standing.update is not None:
        write_known(standing.update, updated(standing, assessed, files.values()), assessed.words)


def refuse_files(context: typer.Context) -> None:
    """A filter leaves no files: an option that names one is an error, not silence.

    Raises:
        typer.BadParameter: ``-o`` or ``--report`` stands on the command line.
    """
    for name in ("out", "report"):
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            message = (
                f"`kanwu clean -` writes the text to stdout and leaves no --{name}; name a file instead of -"
            )
            raise typer.BadParameter(message)


def filter_stdin(chosen: Options, name: Path) -> int:
    """Restore stdin to stdout, byte for byte but for the edits, as if it stood in the file ``name``; the exit code."""
    from cleaner.reading.decode import decode, encode
    from cleaner.reading.discover import Found
    from cleaner.reading.formats import text_document
    from cleaner.runs.counts import exit_code
    from cleaner.runs.process import process_document, rules_of

    chosen = chosen.for_file(Found(name, name.name))
    try:
        decoded = decode(sys.stdin.buffer.read(), chosen.encoding)
    except ReadError as error:
        raise ReadError(f"stdin: {error}") from error
    document = text_document(decoded.text, name.name)
    result = process_document(document, rules_of(chosen), chosen.settings, judging=False)
    put(encode(result.cleaned.text, decoded.encoding, decoded.bom, decoded.line_ends))
    for problem in result.cleaned.problems:
        say(f"kanwu: {problem}")
    return exit_code(RunResult((result,)), chosen.fail_on)
