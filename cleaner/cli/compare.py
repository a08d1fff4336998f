"""``kanwu compare``: what the second of two runs does otherwise."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.errors import reported


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

    with reported():
        drift = compare(before, after)
        if html is not None:
            _write(html, render_drift_html(drift))
        if markdown is not None:
            _write(markdown, render_drift_markdown(drift))
        else:
            sys.stdout.write(render_drift_markdown(drift))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}"
        raise typer.BadParameter(message) from error
