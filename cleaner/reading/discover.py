"""Which files a command reads, and under which names."""

from __future__ import annotations

import errno
import glob
import heapq
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
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
    """A file to read, and its ``doc``: its own name, or its POSIX path from the folder it was found in.

    ``refused`` says why it, or a folder (whose ``doc`` ends with a slash), cannot be read; empty for what may be tried.
    """

    path: Path
    doc: str
    refused: str = ""


_Entry = tuple[str, Path, str]
"""``doc``, ``path`` and ``refused`` of what was found: entries sort by their docs."""
_NOT_UTF8 = "its name is not UTF-8; rename it"


def suffix_of(path: Path) -> str:
    """The suffix that says how a file is read, in lower case; two of them for a compressed table."""
    name = path.name.lower()
    return next((s for s in TABLES if s.count(".") > 1 and name.endswith(s)), path.suffix.lower())


def discover(inputs: Iterable[str], out: Path | None = None) -> tuple[Found, ...]:
    """All that ``walk`` finds."""
    return tuple(walk(inputs, out))


def walk(inputs: Iterable[str], out: Path | None = None) -> Iterator[Found]:
    """Files named by ``inputs`` (files, folders, globs), in the order of their docs, one after the other.

    Hidden files, README*, configuration, folders that hold a run.json and ``out`` itself are not read. Links to folders are
    followed, and no folder is read twice. What cannot be read is found with the reason. Only the names of the folders
    that lead to the current file are held in memory, and of those behind links, so a folder may hold millions of files.

    Raises:
        InputError: nothing found, an empty input, or two files of one name.
    """
    named = tuple(inputs)
    files, folders = _expanded(named)
    walks = _Folders(folders, out)
    streams = [iter(sorted(files)), *map(walks.walk, folders)]
    last: tuple[str, Path] | None = None
    for doc, path, refused in heapq.merge(*streams):
        if last is not None and last[0] == doc:
            if last[1] != path:
                raise InputError(
                    f"two inputs would both be called {doc}: {last[1]} and {path}; run them apart"
                )
            continue
        last = doc, path
        yield Found(path, doc, refused)
    if last is None:
        raise InputError(f"nothing to read in {', '.join(named)}: no {', '.join(SUFFIXES)} file")


def _expanded(inputs: Iterable[str]) -> tuple[list[_Entry], list[Path]]:
    """Files with their docs, and folders."""
    files: list[_Entry] = []
    folders: list[Path] = []
    for path in (match for given in inputs for match in _matches(given)):
        if not os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises behind a closed folder)
            files.append((_shown(path.name), path, _why_not(path)))
        elif os.path.isfile(path / "run.json"):  # noqa: PTH113
            raise InputError(
                f"{path} holds the results of a run (run.json); name its inputs, or `kanwu check {path}`"
            )
        else:
            folders.append(path)
    return files, folders


def _matches(given: str) -> Iterator[Path]:
    if not given:
        raise InputError("an input is empty (a variable that is not set?); name a file, a folder or a glob")
    if given == "-":
        raise InputError("-: only `kanwu clean -` reads stdin, and nothing beside it")
    if _stands(Path(given)):
        yield Path(given)
        return
    # Path.glob refuses absolute patterns, and a pattern of a user may be one
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
    if not matches:
        raise InputError(f"{given}: no such file or folder")
    yield from map(Path, matches)


def _stands(path: Path) -> bool:
    """Whether there is something of that name, though it may lead nowhere or be closed to us."""
    try:
        path.lstat()
    except OSError as error:
        return isinstance(error, PermissionError)
    return True


def _why_not(path: Path) -> str:
    """Why a path that is no folder cannot be read; empty if it may be tried."""
    if not _is_utf8(str(path)):
        return _NOT_UTF8
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "it is a link that leads nowhere; mend it or take it away"
    except OSError as error:
        return f"it cannot be opened: {error.strerror}"
    if not stat.S_ISREG(mode):
        return "it is no regular file (a pipe, a socket, a device); save what it gives to a file"
    return ""


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(name: str) -> str:
    """A name with its bytes that are not UTF-8 escaped."""
    return name if _is_utf8(name) else os.fsencode(name).decode("utf-8", "backslashreplace")


class _Folders:
    """The folders of a run, none of them read twice: neither behind two links nor behind one and under its own path."""

    def __init__(self, roots: Iterable[Path], out: Path | None) -> None:
        self._roots = tuple(root.resolve() for root in roots)
        self._skipped = frozenset() if out is None else _results(out.resolve())
        self._behind_links: set[Path] = set()

    def walk(self, root: Path) -> Iterator[_Entry]:
        """What stands below ``root``, in the order of docs."""
        if _is_utf8(str(root)):
            yield from self._below(root, root.resolve(), "", linked=False)
        else:
            yield f"{_shown(root.name)}/", root, _NOT_UTF8

    def _below(self, folder: Path, real: Path, prefix: str, linked: bool) -> Iterator[_Entry]:
        """What stands in ``folder``: a folder sorts with the slash that follows its name."""
        try:
            listed = _listed(folder)
        except OSError as error:
            doc = prefix or f"{folder.name or folder.absolute().name}/"
            yield doc, folder, f"the folder cannot be opened: {error.strerror}"
            return
        for name in listed.names:
            path, doc = folder / name, prefix + name
            if name in listed.refused or not name.endswith("/"):
                yield doc, path, listed.refused.get(name, "")
                continue
            behind = linked or name in listed.links
            target = path.resolve() if name in listed.links else real / name
            if self._is_due(target, behind):
                yield from self._below(path, target, doc, behind)

    def _is_due(self, real: Path, linked: bool) -> bool:
        """Whether a folder is to be read; if it is behind a link, it is not the next time."""
        if not linked:
            return real not in self._skipped
        if real in self._behind_links or self._skipped & {real, *real.parents} or self._has_own_path(real):
            return False
        self._behind_links.add(real)
        return True

    def _has_own_path(self, real: Path) -> bool:
        """Whether a folder is read without any link: below an input, with no hidden folder and no run on the way."""
        for root in self._roots:
            if real.is_relative_to(root):
                way = [real, *real.parents][: len(real.parts) - len(root.parts)]
                if not any(at.name.startswith(".") or os.path.isfile(at / "run.json") for at in way):  # noqa: PTH113
                    return True
        return False


@dataclass(frozen=True, slots=True)
class _Listed:
    """The names in a folder, in the order of docs; of folders with a slash. ``refused`` has reasons."""

    names: list[str]
    links: frozenset[str]
    refused: Mapping[str, str]


def _listed(folder: Path) -> _Listed:
    """What of a folder is to be read; nothing where it holds a run.

    Raises:
        OSError: it cannot be opened.
    """
    if not os.access(folder, os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    names: list[str] = []
    links: list[str] = []
    refused: dict[str, str] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            is_folder = _is_folder(entry)
            if entry.name == "run.json" and not is_folder:
                return _Listed([], frozenset(), {})
            if entry.name.startswith(".") or (not is_folder and _is_aside(entry.name)):
                continue
            name = _shown(entry.name) + "/" * is_folder
            names.append(name)
            if is_folder and entry.is_symlink():
                links.append(name)
            if reason := _refusal(entry, is_folder):
                refused[name] = reason
    return _Listed(sorted(names), frozenset(links), refused)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or into a closed folder
        return False


def _is_aside(name: str) -> bool:
    return name.startswith("README") or name in CONFIGURATION


def _refusal(entry: os.DirEntry[str], is_folder: bool) -> str:
    """Why an entry cannot be read; most are files or folders, which the system tells with their names."""
    if not _is_utf8(entry.name):
        return _NOT_UTF8
    return "" if is_folder or entry.is_file(follow_symlinks=False) else _why_not(Path(entry.path))


def _results(out: Path) -> frozenset[Path]:
    """The folder of a run, and the one beside it that it is built in; ``out`` is where a link leads."""
    return frozenset({out, out.with_name(out.name + ".partial")})
