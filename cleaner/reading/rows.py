"""One line of a .jsonl table: what stands in it, what it is called, how it is written back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cleaner.model import Document
from cleaner.reading.decode import ReadError, sha256
from cleaner.reading.identity import identify


@dataclass(frozen=True, slots=True)
class Columns:
    """Which fields of a table are read: the text, and the key that names a row (its index without one).

    ``bare`` documents are text and name alone: without a digest, and without the title, place and year that are read
    from the text, which take most of the time of reading.
    """

    text: str = "text"
    key: str | None = None
    bare: bool = False


def parse_row(line: str, index: int) -> dict[str, Any]:
    """The object of a line.

    Raises:
        ReadError: it is none.
    """
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ReadError(f"line {index + 1} is not JSON: {error.msg} at column {error.colno}") from error
    except ValueError as error:  # Python's limit for the digits of an integer
        raise ReadError(
            f"line {index + 1} holds a number of too many digits; write it as a string"
        ) from error
    except RecursionError as error:
        raise ReadError(f"line {index + 1} is nested too deeply") from error
    if not isinstance(value, dict):
        raise ReadError(f"line {index + 1} is not a JSON object")
    return value


def text_of(value: Mapping[str, Any], index: int, columns: Columns) -> str | None:
    """The text of a row; None where it is null.

    Raises:
        ReadError: there is no such field, or it holds no string.
    """
    if columns.text not in value:
        raise ReadError(f"line {index + 1} has no field '{columns.text}'; name it with --text-field")
    text = value[columns.text]
    if text is not None and not isinstance(text, str):
        raise ReadError(f"line {index + 1}: field '{columns.text}' is not a string")
    return text


def key_of(value: Mapping[str, Any], index: int, columns: Columns) -> str:
    """The name of a row within its table.

    Raises:
        ReadError: there is no such field, or it holds what is no name: null, true, a list, an object.
    """
    if columns.key is None:
        return str(index)
    if columns.key not in value:
        raise ReadError(f"line {index + 1} has no field '{columns.key}'; name another with --id-field")
    key = value[columns.key]
    if isinstance(key, bool) or not isinstance(key, (str, int, float)):
        message = f"line {index + 1}: field '{columns.key}' is not a string or a number; name another with --id-field"
        raise ReadError(message)
    return str(key)


def named_row(doc: str, text: str, index: int, known: set[str], bare: bool = False) -> Document:
    """The document of a row; adds its name to ``known``.

    Raises:
        ReadError: the name is known already, or the row holds half a character, which no file can keep.
    """
    if doc in known:
        raise ReadError(f"line {index + 1}: the key of '{doc}' stands twice")
    known.add(doc)
    try:
        f"{doc}{text}".encode()
    except UnicodeEncodeError as error:
        half = error.object[error.start].encode("ascii", "backslashreplace").decode()
        raise ReadError(
            f"line {index + 1} holds half a character ({half}); mend its text or its key"
        ) from error
    return row_document(doc, text, bare)


def row_document(doc: str, text: str, bare: bool = False) -> Document:
    """The document of a row: its digest is that of its text."""
    if bare:
        return Document(doc, text)
    return identified(Document(doc=doc, text=text, sha256=sha256(text.encode())))


def identified(document: Document) -> Document:
    """A document with the title, place and year that it states."""
    said = identify(document.text)
    return replace(document, title=said.title, place=said.place, year=said.year)


def row_with(line: str, text_field: str, text: str) -> str:
    """A line with another text; all that stands before and behind the literal of the text stays as it is.

    Numbers keep their digits, doubled keys and spaces stay. A text that was written in escapes alone is so again.
    """
    start, end = _literal(line, text_field)
    given = line[start:end]
    escaped = given.isascii() and not json.loads(given).isascii()
    return f"{line[:start]}{json.dumps(text, ensure_ascii=escaped)}{line[end:]}"


_DECODER = json.JSONDecoder()


def _literal(line: str, name: str) -> tuple[int, int]:
    """Where the value of ``name`` stands in the object of a line; of several the last one, which is the one that is read."""
    found = 0, 0
    at = _behind_space(line, _behind_space(line, 0) + 1)
    while line[at] != "}":
        key, at = _DECODER.raw_decode(line, at)
        start = _behind_space(line, _behind_space(line, at) + 1)  # behind the colon
        _, end = _DECODER.raw_decode(line, start)
        if key == name:
            found = start, end
        at = _behind_space(line, end)
        if line[at] == ",":
            at = _behind_space(line, at + 1)
    return found


def _behind_space(line: str, at: int) -> int:
    while line[at] in " \t\n\r":
        at += 1
    return at
