"""Which files a command reads, and under which names."""

from __future__ import annotations

import glob
import heapq
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import KanwuError

TEXTS = (".txt", ".md")
TABLES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
SUFFIXES = (*TEXTS, *TABLES)
PARTS_ONLY = TABLES[1:]
"""Tables that are read row by row, never whole."""
CONFIGURATION = ("kanwu.toml", "pyproject.toml", "decisions.jsonl")
"""Files that stand beside documents and are none."""


class InputError(KanwuError):
    """An input that is not there, or two inputs of one name: the run cannot begin."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and its ``doc``: its own name, or its POSIX path from the folder it was found in."""

    path: Path
    doc: str


def suffix_of(path: Path) -> str:
    """The suffix that says how a file is read, in lower case; two of them for a compressed table."""
    name = path.name.lower()
    return next((s for s in TABLES if s.count(".") > 1 and name.endswith(s)), path.suffix.lower())


def discover(inputs: Iterable[str], out: Path | None = None) -> tuple[Found, ...]:
    """All that ``walk`` finds."""
    return tuple(walk(inputs, out))


def walk(inputs: Iterable[str], out: Path | None = None) -> Iterator[Found]:
    """Files named by ``inputs`` (files, folders, globs), in the order of their docs, one after the other.

    Hidden files, README*, configuration, folders that hold a run.json and ``out`` itself are not read. Only the names of the
    folders that lead to the current file are held in memory, so a folder may hold millions of files.

    Raises:
        InputError: nothing found, or two files of one name.
    """
    named = tuple(inputs)
    files, folders = _expanded(named)
    streams = [iter(sorted(files)), *(_walk(folder, folder, _skipped(out)) for folder in folders)]
    last: tuple[str, Path] | None = None
    for doc, path in heapq.merge(*streams):
        if last is not None and last[0] == doc:
            if last[1] != path:
                raise InputError(
                    f"two inputs would both be called {doc}: {last[1]} and {path}; run them apart"
                )
            continue
        last = doc, path
        yield Found(path, doc)
    if last is None:
        raise InputError(f"nothing to read in {', '.join(named)}: no {', '.join(SUFFIXES)} file")


def _expanded(inputs: Iterable[str]) -> tuple[list[tuple[str, Path]], list[Path]]:
    """Files with their docs, and folders."""
    files: list[tuple[str, Path]] = []
    folders: list[Path] = []
    for path in (match for given in inputs for match in _matches(given)):
        if path.is_file():
            files.append((path.name, path))
        elif (path / "run.json").is_file():
            raise InputError(
                f"{path} holds the results of a run (run.json); name its inputs, or `kanwu check {path}`"
            )
        else:
            folders.append(path)
    return files, folders


def _matches(given: str) -> Iterator[Path]:
    if given == "-":
        raise InputError("-: only `kanwu clean -` reads stdin, and nothing beside it")
    path = Path(given)
    if path.is_dir() or path.is_file():
        yield path
        return
    # Path.glob refuses absolute patterns, and a pattern of a user may be one
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
    if not matches:
        raise InputError(f"{given}: no such file or folder")
    for match in matches:
        yield from _matches(match)


def _skipped(out: Path | None) -> frozenset[Path]:
    return frozenset() if out is None else frozenset({out.resolve(), _partial(out).resolve()})


def _walk(folder: Path, root: Path, skipped: frozenset[Path]) -> Iterator[tuple[str, Path]]:
    """Files below ``folder`` in the order of their docs: a folder sorts with the slash that follows its name."""
    names, run = [], False
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if not entry.name.startswith(".") and not entry.is_symlink():
                    names.append(entry.name + "/")
            else:
                run = run or entry.name == "run.json"
                if not entry.name.startswith((".", "README")) and entry.name not in CONFIGURATION:
                    names.append(entry.name)
    if run:
        return
    for name in sorted(names):
        path = folder / name
        if not name.endswith("/"):
            yield path.relative_to(root).as_posix(), path
        elif path.resolve() not in skipped:
            yield from _walk(path, root, skipped)


def _partial(out: Path) -> Path:
    return out.with_name(out.name + ".partial")
