"""Which files a command reads, and under which names."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import KanwuError

SUFFIXES = (".txt", ".md", ".jsonl")


class InputError(KanwuError):
    """An input that is not there, or two inputs of one name: the run cannot begin."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and its ``doc``: its own name, or its POSIX path from the folder it was found in."""

    path: Path
    doc: str


def discover(inputs: Iterable[str], out: Path | None = None) -> tuple[Found, ...]:
    """Files named by ``inputs`` (files, folders, globs), sorted by doc.

    Hidden files, README*, folders that hold a run.json and ``out`` itself are not read.

    Raises:
        InputError: nothing found, or two files of one name.
    """
    found: dict[str, Path] = {}
    for given in inputs:
        for path, doc in _resolve(given, out):
            if doc in found and found[doc] != path:
                raise InputError(
                    f"two inputs would both be called {doc}: {found[doc]} and {path}; run them apart"
                )
            found[doc] = path
    if not found:
        raise InputError(f"nothing to read in {', '.join(inputs)}: no {', '.join(SUFFIXES)} file")
    return tuple(Found(found[doc], doc) for doc in sorted(found))


def _resolve(given: str, out: Path | None) -> Iterator[tuple[Path, str]]:
    path = Path(given)
    if path.is_dir():
        if (path / "run.json").is_file():
            raise InputError(
                f"{path} holds the results of a run (run.json); name its inputs, or `kanwu check {path}`"
            )
        yield from _walk(path, out)
    elif path.is_file():
        yield path, path.name
    else:
        # Path.glob refuses absolute patterns, and a pattern of a user may be one
        matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
        if not matches:
            raise InputError(f"{given}: no such file or folder")
        for match in matches:
            yield from _resolve(match, out)


def _walk(folder: Path, out: Path | None) -> Iterator[tuple[Path, str]]:
    skipped = {p.resolve() for p in (out, _partial(out)) if p is not None}
    for root, folders, files in os.walk(folder):
        here = Path(root)
        if "run.json" in files:
            folders.clear()
            continue
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and (here / f).resolve() not in skipped
        )
        for name in sorted(files):
            if not name.startswith((".", "README")):
                path = here / name
                yield path, path.relative_to(folder).as_posix()


def _partial(out: Path | None) -> Path | None:
    return out.with_name(out.name + ".partial") if out is not None else None
