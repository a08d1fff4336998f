"""The OUT of a run, read back: its documents with their ledgers, to be judged again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cleaner.engine.apply import replay
from cleaner.engine.restore import typed_blocks
from cleaner.model import Cleaned, Document, Refusal
from cleaner.reading.blocks import parse_blocks
from cleaner.reading.discover import Found
from cleaner.reading.identity import identify
from cleaner.rows import edit_of
from cleaner.runs.process import Processed, judge
from cleaner.runs.undo import UndoError, read_run, texts_of


def judge_again(out: Path) -> Iterator[Processed]:
    """Judge the clean texts of a run, as they stand in its folder; what the run could not read is refused again.

    Raises:
        UndoError: the folder was changed since the run.
    """
    yield Processed(Found(out, out.name), None, tuple(judge(cleaned) for cleaned in reload_run(out)))
    for refused in read_run(out)["refusals"]:
        refusal = Refusal(refused["doc"], refused["reason"])
        yield Processed(Found(out, refusal.doc), None, refusal=refusal)


def reload_run(out: Path) -> Iterator[Cleaned]:
    """The restored documents of a run, with edits and offset maps rebuilt from the ledger.

    Raises:
        UndoError: the folder was changed since the run, or the run was done in parts.
    """
    run = read_run(out)
    if "parts" in run:
        raise UndoError(
            f"{out} was made in parts, which are judged as they are made; check its inputs instead"
        )
    for entry in run["inputs"]:
        for doc in entry["rows"] or [entry["doc"]]:
            problems = tuple(told for told in run["problems"] if told.startswith(f"{doc}: "))
            yield replace(_reloaded(out, doc, entry["sha256"]), problems=problems)


def _reloaded(out: Path, doc: str, digest: str) -> Cleaned:
    base, clean, rows = texts_of(out, doc)
    text, offsets = replay(base, rows)
    if text != clean:
        message = f"{doc}: the ledger does not lead to the clean text; run it again"
        raise UndoError(message)
    said = identify(base)
    document = Document(doc=doc, text=base, sha256=digest, title=said.title, place=said.place, year=said.year)
    edits = tuple(edit_of(r) for r in rows)
    blocks = typed_blocks(parse_blocks(clean), parse_blocks(base), offsets, edits)
    return Cleaned(document, clean, edits, offsets, blocks)
