"""``--report FORMAT[=PATH]``: several reports of one run, to files and at most one to stdout."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from cleaner.cli.stdio import put
from cleaner.config.errors import shown
from cleaner.errors import KanwuError
from cleaner.model import RunResult
from cleaner.reading.discover import discover
from cleaner.reports.formats import FORMATS
from cleaner.reports.issues import View, Where
from cleaner.runs.options import Options
from cleaner.runs.outfolder import is_run
from cleaner.runs.undo import read_run
from cleaner.runs.whole import write_whole

BINARY = ("xlsx",)
"""Formats that are not for a terminal."""


class ReportError(KanwuError):
    """A report cannot be written."""


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that was asked for; without ``path`` it goes to stdout."""

    format: str
    path: Path | None


def report_files(asked: Iterable[str]) -> tuple[ReportFile, ...]:
    """The reports of ``--report``, checked before any work is done.

    Raises:
        typer.BadParameter: a format that is not there, a second one for stdout, two for one file.
    """
    files = tuple(_report_file(given) for given in asked)
    loud = [file.format for file in files if file.path is None]
    if len(loud) > 1:
        message = (
            f"--report: {' and '.join(loud)} would both go to stdout; give one of them a file, FORMAT=PATH"
        )
        raise typer.BadParameter(message)
    paths = [file.path for file in files if file.path]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice is not None:
        message = f"--report: two reports for {twice}; give each a file of its own"
        raise typer.BadParameter(message)
    return files


def _report_file(given: str) -> ReportFile:
    name, _, path = given.partition("=")
    if name not in FORMATS:
        near = difflib.get_close_matches(name, FORMATS, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        message = f"--report: found '{name}'; expected one of {', '.join(FORMATS)}.{hint}"
        raise typer.BadParameter(message)
    if name in BINARY and not path:
        message = f"--report: {name} is not for a terminal; give it a file, {name}=PATH"
        raise typer.BadParameter(message)
    return ReportFile(name, Path(path) if path else None)


def write_reports(files: Sequence[ReportFile], result: RunResult, view: View) -> None:
    """Make every report, in the order in which they were asked for.

    Raises:
        ReportError: a file cannot be written.
        StdoutError: stdout cannot.
        XlsxError: a workbook cannot be made.
    """
    for file in files:
        made = FORMATS[file.format](result, view)
        data = made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")
        if file.path is None:
            put(data.decode())
            continue
        try:
            write_whole(file.path, data)
        except OSError as error:
            message = f"--report {file.format}: cannot write {file.path.as_posix()}: {error.strerror}"
            raise ReportError(message) from error


def where(result: RunResult, options: Options) -> dict[str, Where]:
    """Document -> its file, from the folder of the command, and its line where it is a row of a table."""
    judged = [Path(given) for given in options.inputs if is_run(Path(given))]
    rest = [given for given in options.inputs if Path(given) not in judged]
    found = discover(rest, options.out) if rest else ()
    places = {file.doc: Where(shown(file.path)) for file in found}
    for out, run in ((options.out, result.run), *((out, read_run(out)) for out in judged)):
        for entry in run.get("inputs", ()):
            places |= _entry(out.parent / entry["path"], entry)
    return places


def _entry(path: Path, entry: Mapping[str, Any]) -> dict[str, Where]:
    name = shown(path.resolve())
    rows = {doc: Where(name, index + 1) for doc, index in entry["rows"].items()}
    return {entry["doc"]: Where(name), **rows}
