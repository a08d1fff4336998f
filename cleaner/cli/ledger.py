"""``kanwu undo``, ``blame`` and ``diff``: what can be asked of the OUT of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.errors import reported
from cleaner.cli.stdio import put, say

Run = Annotated[Path, typer.Argument(metavar="OUT", help="the folder of a run")]


def undo_command(
    out: Run,
    target: Annotated[Path, typer.Option("-o", "--out", help="folder for the base files; new or empty")],
) -> None:
    """Take a run back: the base files, byte for byte, from OUT alone."""
    from cleaner.runs.outfolder import OutError
    from cleaner.runs.undo import undo_into

    with reported():
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OutError(f"{target} is not empty; undo writes into a new folder")
        count = undo_into(out, target)
        files = "1 file as it was" if count == 1 else f"{count} files as they were"
        say(f"还原 {count} 个文件 / {files}: {target}")


def blame_command(
    out: Run,
    doc: Annotated[str, typer.Argument(help="document, as in documents.csv")],
    offset: Annotated[int, typer.Argument(min=0, help="code point of the clean text, from 0")],
) -> None:
    """Trace a place of the clean text to the base text, and to the edits that made it."""
    from cleaner.reports.diff import blame
    from cleaner.runs.process import all_packs, rule_words
    from cleaner.runs.undo import texts_of

    with reported():
        base, clean, rows = texts_of(out, doc)
        if offset >= len(clean):
            raise typer.BadParameter(f"offset {offset} is past the end of {doc} ({len(clean)} code points)")
        put(blame(rows, base, clean, offset, rules=rule_words(all_packs(()))))


def diff_command(
    out: Run,
    docs: Annotated[
        list[str] | None, typer.Argument(metavar="[DOC]...", help="documents; all without")
    ] = None,
) -> None:
    """Show what changed, block by block, with the rule of every edit."""
    from cleaner.reports.diff import diff_rows
    from cleaner.runs.undo import ledger, read_run, texts_of

    with reported():
        texts = {e["doc"] for e in read_run(out)["inputs"] if e["kind"] == "text"}
        names = docs or sorted(set(ledger(out)) | texts)
        for name in names:
            base, clean, rows = texts_of(out, name)
            put(diff_rows(name, rows, base, clean))
