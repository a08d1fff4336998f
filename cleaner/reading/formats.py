"""Files -> documents, and clean text -> files of the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.model import Document
from cleaner.reading.decode import Decoded, ReadError, decode, encode, sha256
from cleaner.reading.discover import PARTS_ONLY, SUFFIXES, Found, suffix_of
from cleaner.reading.rows import Columns, identified, key_of, named_row, parse_row, row_with, text_of


@dataclass(frozen=True, slots=True)
class Source:
    """A file with the documents in it: one for a text, one a row for a table.

    ``rows`` holds the lines of a table as they stand; ``fields`` the name of its text field.
    """

    name: str
    path: Path
    digest: str
    documents: tuple[Document, ...]
    decoded: Decoded
    rows: tuple[str, ...] = ()
    text_field: str = "text"
    row_of: Mapping[str, int] = field(default_factory=dict)

    def render(self, texts: Mapping[str, str]) -> bytes:
        """The bytes of this file with the texts of its documents replaced by ``texts`` (by doc)."""
        d = self.decoded
        if not self.rows:
            return encode(texts[self.name], d.encoding, d.bom, d.line_ends)
        lines = list(self.rows)
        for document in self.documents:
            if texts[document.doc] != document.text:
                index = self.row_of[document.doc]
                lines[index] = row_with(lines[index], self.text_field, texts[document.doc])
        return encode("\n".join(lines), d.encoding, d.bom, d.line_ends)


def read_source(
    found: Found, encoding: str | None = None, text_field: str = "text", id_field: str | None = None
) -> Source:
    """Read one file.

    Raises:
        ReadError: with the reason, for a reader.
    """
    if found.refused:
        raise ReadError(found.refused)
    suffix = suffix_of(found.path)
    if suffix in PARTS_ONLY:
        raise ReadError(f"'{suffix}' is read in parts only; leave out --no-shards")
    if suffix not in SUFFIXES:
        raise ReadError(f"no reader for '{suffix or found.path.name}'; it reads {', '.join(SUFFIXES)}")
    data = _bytes_of(found)
    decoded = decode(data, encoding)
    if suffix == ".jsonl":
        return _read_rows(found, data, decoded, Columns(text_field, id_field))
    document = _document(found.doc, decoded.text, suffix[1:], decoded, sha256(data))
    return Source(found.doc, found.path, sha256(data), (document,), decoded)


def _bytes_of(found: Found) -> bytes:
    try:
        return found.path.read_bytes()
    except OSError as error:
        raise ReadError(f"it cannot be opened: {error.strerror}") from error


def bare_document(found: Found, encoding: str | None = None) -> Document:
    """The text of a text file under its name, and nothing that is read from it.

    Raises:
        ReadError: with the reason, for a reader.
    """
    if found.refused:
        raise ReadError(found.refused)
    return Document(found.doc, decode(_bytes_of(found), encoding).text)


def text_document(text: str, doc: str = "text.txt") -> Document:
    """A document of a string that has no file, for the library and for stdin."""
    decoded = Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), "utf-8", b"", "\n")
    return _document(doc, decoded.text, Path(doc).suffix[1:] or "txt", decoded, sha256(text.encode()))


def _document(doc: str, text: str, suffix: str, decoded: Decoded, digest: str) -> Document:
    return identified(
        Document(
            doc=doc,
            text=text,
            sha256=digest,
            encoding=decoded.encoding,
            bom=decoded.bom,
            line_ends=decoded.line_ends,
            format=suffix,
        )
    )


def _read_rows(found: Found, data: bytes, decoded: Decoded, columns: Columns) -> Source:
    rows = tuple(decoded.text.split("\n"))
    documents: list[Document] = []
    row_of: dict[str, int] = {}
    known: set[str] = set()
    for index, line in enumerate(rows):
        if not line.strip():
            continue
        value = parse_row(line, index)
        text = text_of(value, index, columns)
        if text is None:
            continue
        doc = f"{found.doc}#{key_of(value, index, columns)}"
        documents.append(named_row(doc, text, index, known))
        row_of[doc] = index
    if not documents:
        raise ReadError(f"no row with a text in field '{columns.text}'")
    return Source(found.doc, found.path, sha256(data), tuple(documents), decoded, rows, columns.text, row_of)
