"""Which configuration file is in force: the nearest one upward from the inputs."""

from __future__ import annotations

import glob
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from cleaner.config.errors import ConfigError

OWN = "kanwu.toml"
SHARED = "pyproject.toml"
TABLE = ("tool", "kanwu")


def find(inputs: Iterable[str]) -> Path | None:
    """The configuration file of ``inputs``: kanwu.toml, or a pyproject.toml with [tool.kanwu], nearest upward.

    Raises:
        ConfigError: inputs that lead to different files, or a folder with both.
    """
    found = {path: given for given in inputs for path in [_upward(_folder(given))] if path is not None}
    if len(found) > 1:
        first, second = list(found)[:2]
        both = f"another configuration for {found[second]}, {second}"
        raise ConfigError(first, 1, both, "one for all inputs", "Name it with --config, or run them apart.")
    return next(iter(found), None)


def _folder(given: str) -> Path:
    """The folder from which to look: of a file its own, of a glob the one before its first wild part."""
    if given == "-":
        return Path.cwd()
    path = Path(given)
    while glob.has_magic(str(path)) or os.path.isfile(path):  # noqa: PTH113 (Path.is_file raises in a closed folder)
        path = path.parent
    return path.resolve()


def _upward(folder: Path) -> Path | None:
    return next((path for place in (folder, *folder.parents) for path in _in(place)), None)


def _in(folder: Path) -> Iterator[Path]:
    own, shared = folder / OWN, folder / SHARED
    has_own, has_shared = os.path.isfile(own), _has_table(shared)  # noqa: PTH113 (as above)
    if has_own and has_shared:
        raise ConfigError(own, 1, "a second configuration beside it, [tool.kanwu] in pyproject.toml", "one")
    if has_own or has_shared:
        yield own if has_own else shared


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has [tool.kanwu]; one that is no TOML and names no such table speaks for other tools."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    try:
        return "kanwu" in tomllib.loads(data.decode("utf-8-sig")).get("tool", {})
    except (ValueError, AttributeError):
        return _HEAD.search(data) is not None


_HEAD = re.compile(rb"^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*[\"']?kanwu\b", re.MULTILINE)


def read(path: Path) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """The text of a configuration file, its table, and where in the file the table stands.

    Raises:
        ConfigError: it is not there, not UTF-8 or not TOML, with the line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ConfigError(path, 1, f"no readable file ({error.strerror})", "a configuration file") from error
    except UnicodeDecodeError as error:
        raise ConfigError(path, 1, "bytes that are not UTF-8", "a TOML file in UTF-8") from error
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, _line(error), f"no TOML ({error})", "a TOML file") from error
    if path.name != SHARED:
        return text, table, ()
    inner = table.get("tool", {}).get("kanwu")
    if not isinstance(inner, dict):
        raise ConfigError(path, 1, "no [tool.kanwu]", "a table of that name", "Add it, or name another file.")
    return text, inner, TABLE


def _line(error: tomllib.TOMLDecodeError) -> int:
    """The line that the parser names in its message, 1 where it names none."""
    words = str(error).replace(",", " ").split()
    return next((int(b) for a, b in pairwise(words) if a == "line" and b.isdecimal()), 1)
