"""What was known before: the findings of an earlier run, or of a file that is kept beside the documents.

A finding is known by its file, its check and its fingerprint (the words that it is about), so that it stays known when
lines shift. Two of one name are two: a third is new.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.errors import KanwuError
from cleaner.runs.paths import seen_from
from cleaner.runs.undo import read_run
from cleaner.runs.whole import write_whole

PRODUCT = "kanwu-baseline"
VERSION = 1
Key = tuple[str, str, str]
"""File (``path`` or ``path#key``, absolute), check, fingerprint."""


class KnownError(KanwuError):
    """A baseline that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Known:
    """Findings that are known, by how many of each; promises that are known not to be kept, as (source, name)."""

    findings: Counter[Key]
    promises: frozenset[tuple[str, str]]


def read_known(path: Path) -> Known:
    """The baseline of a file, or what an earlier run found.

    Raises:
        KnownError: it is neither.
        UndoError: a run of another version.
    """
    return _of_run(path) if path.is_dir() else _of_file(path)


def _of_run(out: Path) -> Known:
    run = read_run(out)
    names = {doc: name for entry in run["inputs"] for doc, name in names_of(entry, out).items()}
    if not (out / "findings.jsonl").is_file():
        message = (
            f"--baseline {out}: it holds no findings.jsonl: a run of figures, or one in parts (--no-shards)"
        )
        raise KnownError(message)
    with (out / "findings.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    report = out / "report.json"
    contracts = json.loads(report.read_text("utf-8"))["contracts"] if report.is_file() else []
    return Known(
        Counter((names[row["doc"]], row["check"], row["fingerprint"]) for row in rows if row["doc"] in names),
        frozenset((c["source"], c["name"]) for c in contracts if not c["success"]),
    )


def names_of(entry: Mapping[str, Any], out: Path) -> dict[str, str]:
    """Document -> its file, for one input of run.json; a row of a table has its key behind a ``#``."""
    path = (out.parent / entry["path"]).resolve().as_posix()
    rows = {doc: f"{path}#{doc.rpartition('#')[2]}" for doc in entry["rows"]}
    return {entry["doc"]: path, **rows}


def _of_file(path: Path) -> Known:
    try:
        given = json.loads(path.read_text("utf-8"))
        if given["product"] != PRODUCT or given["schema_version"] != VERSION:
            raise KeyError("product")
        findings = Counter[Key]()
        for row in given["findings"]:
            findings[_absolute(row["path"], path), row["check"], row["fingerprint"]] += row["count"]
        return Known(findings, frozenset((row["source"], row["name"]) for row in given["promises"]))
    except OSError as error:
        message = f"--baseline {path}: {error.strerror}; --update-baseline makes it"
        raise KnownError(message) from error
    except (ValueError, KeyError, TypeError) as error:
        message = (
            f"--baseline {path}: found no baseline of kanwu; --update-baseline makes one, under another name"
        )
        raise KnownError(message) from error


def refuse_folder(path: Path) -> None:
    """A run is not changed afterwards: what is known is kept in a file.

    Raises:
        KnownError: ``path`` is a folder.
    """
    if path.is_dir():
        message = f"--update-baseline: {path} is a folder, and a run is not changed afterwards; name a file"
        raise KnownError(message)


def write_known(path: Path, known: Known, words: Mapping[Key, str]) -> None:
    """Write a baseline that can be committed and merged: sorted, one finding a line, paths from its own folder.

    Args:
        path: the file.
        known: what it is to hold.
        words: what a finding says, for the reader of a difference; a baseline is read without it.

    Raises:
        KnownError: it is a run, or cannot be written.
    """
    refuse_folder(path)
    rows = sorted(
        (_relative(name, path), check, fingerprint, count, words.get((name, check, fingerprint), ""))
        for (name, check, fingerprint), count in known.findings.items()
    )
    names = ("path", "check", "fingerprint", "count", "message")
    promises = [{"source": source, "name": name} for source, name in sorted(known.promises)]
    head = f'{{"product": "{PRODUCT}", "schema_version": {VERSION},\n'
    found = _lines("findings", (dict(zip(names, row, strict=True)) for row in rows))
    text = f"{head}{found},\n{_lines('promises', promises)}}}\n"
    try:
        write_whole(path, text.encode())
    except OSError as error:
        message = f"--update-baseline: cannot write {path}: {error.strerror}"
        raise KnownError(message) from error


def _lines(name: str, rows: Iterable[Mapping[str, Any]]) -> str:
    listed = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'"{name}": [\n{listed}\n]' if listed else f'"{name}": []'


def _absolute(name: str, path: Path) -> str:
    file, mark, key = name.partition("#")
    return f"{(path.parent / file).resolve().as_posix()}{mark}{key}"


def _relative(name: str, path: Path) -> str:
    file, mark, key = name.partition("#")
    return f"{seen_from(Path(file), path.parent.resolve())}{mark}{key}"
