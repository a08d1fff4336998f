"""Parsed rule files, kept between runs: a YAML parser takes longer over the rules than the rules over a report.

A folder of rules is one file of JSON in the cache folder of the user. Its name is a digest of what stands in the
folder, of the versions of Kanwu and of the parsers, so an entry is never out of date; its first line is a digest of
the rest, so a damaged entry is no entry. A cache that cannot be read or written is as good as none. What is worked out
of tables and rules at every start is kept likewise (:func:`kept`).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "KANWU_CACHE"
"""Environment variable that names another folder for the cache; set to nothing it turns the cache off."""
_KEPT = 64
"""How many entries stay when one is written: the newest."""

Parsed = Mapping[str, Any]
"""File name -> what its YAML says."""


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 of names and contents, in the order given."""
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(name.encode() + b"\0" + data + b"\0")
    return digest.hexdigest()


def recall(digest: str) -> Parsed | None:
    """The parsed files of a folder with this digest; None if they are not kept."""
    path = _path(digest)
    if path is None:
        return None
    try:
        told, body = path.read_bytes().split(b"\n", 1)
        kept = json.loads(body) if told.decode() == hashlib.sha256(body).hexdigest() else None
    except (OSError, ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) else None


def kept(sources: Mapping[str, bytes], work: Callable[[], Parsed]) -> Parsed:
    """What ``work`` makes of ``sources``, done once for all runs; it must be a mapping that JSON can hold.

    What other code makes is not taken for it: the module of ``work`` is a source, too.
    """
    digest = digest_of({**sources, "code": source_of(work.__module__)})
    found = recall(digest)
    if found is None:
        found = work()
        keep(digest, found)
    return found


def source_of(module: str) -> bytes:
    """The file of a module that is loaded; nothing where there is none."""
    file = getattr(sys.modules.get(module), "__file__", None)
    try:
        return Path(file).read_bytes() if file else b""
    except OSError:  # a module inside an archive
        return b""


def keep(digest: str, parsed: Parsed) -> None:
    """Keep parsed files that passed their checks, but for what JSON cannot hold (a date, a number as key)."""
    path = _path(digest)
    if path is None:
        return
    with suppress(OSError, TypeError, ValueError):
        body = json.dumps(parsed, ensure_ascii=False)
        if json.loads(body) == parsed:
            _write(path, body.encode())


def _path(digest: str) -> Path | None:
    named = os.environ.get(FOLDER_VARIABLE)
    if named == "":
        return None
    folder = Path(named) if named else _user_folder()
    name = hashlib.sha256(f"{_versions()}\0{digest}".encode()).hexdigest()[:32]
    return folder / f"rules-{name}.json"


@cache
def _user_folder() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("kanwu", appauthor=False)


@cache
def _versions() -> str:
    return "\0".join(version(name) for name in ("kanwu", "ruamel.yaml", "regex"))


def _write(path: Path, body: bytes) -> None:
    """Write beside and rename, so that no reader sees half of it; then drop the oldest entries."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    entries = sorted(path.parent.glob("rules-*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in entries[_KEPT:]:
        old.unlink(missing_ok=True)
