"""The parts of a run on disk. A part is complete when its record is there, and its record is written last."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from cleaner.runs.outfolder import MARK, OutError, claimed, empty, swap

Record = dict[str, Any]
"""What is known of a part: its key, its counts, its files with their digests."""

RECORDS, WORK, PIECES = "parts", ".work", ".pieces"
"""Folders below OUT: the records of parts; what is being made; unpacked pieces of compressed inputs."""


def part_name(number: int) -> str:
    """The name of a part: parts sort as they are numbered."""
    return f"part-{number:06d}"


@contextmanager
def assembling(out: Path) -> Iterator[Path]:
    """The folder ``OUT.partial``, with what an earlier run of parts left in it; it becomes ``out`` at the end.

    Whatever ends the block early, the folder stays, for the next run to go on from.

    Raises:
        OutError: ``out`` is not ours, cannot be written, or another run is at work on it.
    """
    with claimed(out) as partial:
        if not (partial / RECORDS).is_dir():
            empty(partial)
        try:
            (partial / RECORDS).mkdir(exist_ok=True)
        except OSError as error:
            raise OutError(
                f"cannot write {partial}: {error.strerror}; name another folder with -o"
            ) from error
        for folder in (WORK, PIECES):
            shutil.rmtree(partial / folder, ignore_errors=True)
        yield partial
        for folder in (WORK, PIECES):
            shutil.rmtree(partial / folder, ignore_errors=True)
        swap(partial, out)


class Store:
    """Records of the parts below one folder, found by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._by_key: dict[str, Path] = {}
        for path in sorted((folder / RECORDS).glob("part-*.json")):
            with suppress(OSError, ValueError, KeyError, TypeError):
                self._by_key.setdefault(json.loads(path.read_text("utf-8"))["key"], path)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def find(self, key: str) -> Record | None:
        """The record of the part with this key, if all its files stand as they were written."""
        path = self._by_key.get(key)
        if path is None:
            return None
        record: Record = json.loads(path.read_text("utf-8"))
        whole = all(_digest(self.folder / file["path"]) == file["sha256"] for file in record["files"])
        return record if whole else None

    def names(self) -> set[str]:
        """The paths of all files of the parts and of their records."""
        found = {path.relative_to(self.folder).as_posix() for path in self._by_key.values()}
        for path in self._by_key.values():
            found.update(file["path"] for file in json.loads(path.read_text("utf-8"))["files"])
        return found


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()


def write_record(folder: Path, name: str, content: Mapping[str, Any]) -> None:
    """Write a record beside its place and rename it: it is there whole or not at all."""
    path = folder / RECORDS / f"{name}.json"
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(json.dumps(content, ensure_ascii=True, indent=1) + "\n", "utf-8")
    beside.replace(path)


def read_record(folder: Path, name: str) -> Record | None:
    """A record, or None where there is none."""
    try:
        found: Record = json.loads((folder / RECORDS / f"{name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


def put_in_place(made: Path, folder: Path) -> list[dict[str, str]]:
    """Move every file below ``made`` to the same path below ``folder``; their paths and digests."""
    files = []
    for path in sorted(p for p in made.rglob("*") if p.is_file()):
        name = path.relative_to(made).as_posix()
        files.append({"path": name, "sha256": _digest(path)})
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    shutil.rmtree(made, ignore_errors=True)
    return files


def taken_over(record: Record, source: Path, folder: Path, number: int) -> Record:
    """A part of an earlier run as part ``number`` of this one: its files linked, or copied where no link can be."""
    files = []
    for file in record["files"]:
        name = _renumbered(file["path"], record["part"], number)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(source / file["path"], target)
        except OSError:
            shutil.copyfile(source / file["path"], target)
        files.append({**file, "path": name})
    return {**record, "part": number, "files": files}


def _renumbered(path: str, before: int, after: int) -> str:
    """The path of a file of a part under another number; texts are named after their input and keep their paths."""
    head, _, name = path.rpartition("/")
    if head.startswith("text"):
        return path
    return f"{head}/{name.replace(part_name(before), part_name(after))}"


def sweep(folder: Path, keep: Iterable[str]) -> None:
    """Remove what a run that was killed, or read other inputs, left below ``folder``; ``keep`` are paths from it."""
    kept = set(keep)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in kept and path.name != MARK:
            path.unlink()
