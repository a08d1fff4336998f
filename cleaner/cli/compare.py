"""``kanwu compare``: what the second of two runs does otherwise."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.errors import reported
from cleaner.cli.stdio import put


def compare_command(
    before: Annotated[Path, typer.Argument(metavar="RUN_A", help="the OUT of the earlier run")],
    after: Annotated[Path, typer.Argument(metavar="RUN_B", help="the OUT of the later one")],
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="write the comparison as a page too")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="write the Markdown here, and not to stdout")
    ] = None,
) -> None:
    """Compare two runs: edits by rule, findings by check, figures read otherwise, coverage."""
    from cleaner.reports.drift import render_drift_html, render_drift_markdown
    from cleaner.runs.compare import compare
    from cleaner.runs.inputs import files_of_run, refuse_inputs

    with reported():
        drift = compare(before, after)
        named = [
            (f"{option} {path}", path)
            for option, path in (("--html", html), ("--markdown", markdown))
            if path
        ]
        refuse_inputs(named, chain(files_of_run(before), files_of_run(after)))
        if html is not None:
            _write(html, render_drift_html(drift))
        if markdown is not None:
            _write(markdown, render_drift_markdown(drift))
        else:
            put(render_drift_markdown(drift))


def _write(path: Path, text: str) -> None:
    from cleaner.runs.whole import write_whole

    try:
        write_whole(path, text.encode())
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}"
        raise typer.BadParameter(message) from error
