"""Where a key stands in a TOML file: the standard library's parser does not say.

Table heads and keys at the beginning of a line are followed; a key inside an inline table has the line of the
key that the table belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Path = tuple[str | int, ...]

_PART = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEAD = re.compile(rf"\s*\[(\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_TRIPLE = re.compile(r'"""|' + "'''")


def line_of(text: str, location: Sequence[str | int], value: object = None) -> int:
    """The line, from 1, of the key at ``location``, or of the nearest table around it.

    Args:
        text: a TOML file.
        location: keys from the root; a number is the place in an array of tables.
        value: a string that stands in the key's array, whose own line is wanted.
    """
    best, line = 0, 1
    for number, path in _places(text):
        depth = len(path)
        if depth > best and tuple(location[:depth]) == path:
            best, line = depth, number
    if not isinstance(value, str):
        return line
    lines = text.split("\n")
    return next((n for n in range(line, len(lines) + 1) if value in lines[n - 1]), line)


def _places(text: str) -> Iterator[tuple[int, Path]]:
    """Line and path of every table head and key."""
    counts: dict[Path, int] = {}
    table: Path = ()
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        opens = len(_TRIPLE.findall(line)) % 2 == 1
        if not inside:
            if head := _HEAD.match(line):
                table = _table(_parts(head[2]), bool(head[1]), counts)
                yield number, table
            elif key := _KEY.match(line):
                yield number, (*table, *_parts(key[1]))
        inside ^= opens


def _table(parts: Sequence[str], repeated: bool, counts: dict[Path, int]) -> Path:
    """The path of a table head: after the name of an array of tables comes the number of the last one."""
    path: Path = ()
    for place, part in enumerate(parts, 1):
        path = (*path, part)
        if repeated and place == len(parts):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]
