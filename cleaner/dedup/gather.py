"""The paragraphs of a slice of the inputs: where they stand, what they are compared by, their texts laid on disk.

What is held in memory of a paragraph are some 80 bytes for each time that it stands, and 128 for its signature; while slices are
put together some hundreds more, and never a text.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from cleaner.dedup.paragraphs import Line, lines_of, normalised
from cleaner.dedup.signatures import BINS, Signatures, signatures
from cleaner.model import Document, Refusal
from cleaner.reading.batches import read_batches
from cleaner.reading.rows import Columns
from cleaner.reading.slices import Slice, digest_of

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ask:
    """A slice to be read: of what length its paragraphs are at least, and where their texts are laid."""

    number: int
    piece: Slice
    columns: Columns
    encoding: str | None
    least: int
    texts: Path


@dataclass(slots=True)
class Gathered:
    """The paragraphs of a slice. ``own`` numbers the different ones among them in the order in which they first stand.

    Of each time that one stands: ``doc`` (an index of ``docs``), ``line``, ``start``, ``end``, ``own``. Of each different
    one: its ``digests``, ``made`` (its signature), its ``sizes`` in bytes of the file of texts; ``long`` ones have no
    signature that counts.
    """

    number: int
    digest: str
    docs: list[str] = field(default_factory=list)
    doc: array[int] = field(default_factory=lambda: array("q"))
    line: array[int] = field(default_factory=lambda: array("q"))
    start: array[int] = field(default_factory=lambda: array("q"))
    end: array[int] = field(default_factory=lambda: array("q"))
    own: array[int] = field(default_factory=lambda: array("q"))
    digests: bytearray = field(default_factory=bytearray)
    made: list[Signatures] = field(default_factory=list)
    sizes: array[int] = field(default_factory=lambda: array("q"))
    lengths: array[int] = field(default_factory=lambda: array("q"))
    refusals: list[Refusal] = field(default_factory=list)
    characters: int = 0
    lines: int = 0


def gather(ask: Ask) -> Gathered:
    """Read a slice; its different paragraphs are written to ``ask.texts``, one behind the other."""
    found, known = Gathered(ask.number, digest_of(ask.piece)), dict[bytes, int]()
    with ask.texts.open("wb") as file:
        for batch in read_batches(ask.piece, ask.columns, ask.encoding):
            found.refusals += batch.refusals
            _add(found, [document for _, document in batch.documents], ask.least, known, file)
    return found


def _add(
    found: Gathered, documents: Sequence[Document], least: int, known: dict[bytes, int], file: IO[bytes]
) -> None:
    """Add the paragraphs of some documents."""
    places: list[tuple[int, Line]] = []
    texts: list[str] = []
    for document in documents:
        number = len(found.docs)
        found.docs.append(document.doc)
        found.characters += len(document.text)
        for line in lines_of(document.text):
            found.lines += 1
            if line.end - line.start >= least:
                places.append((number, line))
                texts.append(document.text[line.start : line.end])
    if not texts:
        return
    whole = normalised(texts)
    prose = whole.prose(least)
    normal = whole.chosen(prose)
    fresh = np.zeros(len(normal.starts), dtype=np.bool_)
    for index, digest in enumerate(normal.digests()):
        own = known.setdefault(digest, len(known))
        found.own.append(own)
        if own == len(found.digests) // 16:
            fresh[index] = True
            found.digests += digest
    for index in np.flatnonzero(prose).tolist():
        number, line = places[index]
        found.doc.append(number)
        found.line.append(line.number)
        found.start.append(line.start)
        found.end.append(line.end)
    new = normal.chosen(fresh)
    found.made.append(signatures(new))
    found.lengths.extend((new.ends - new.starts).tolist())
    for text in new.texts():
        found.sizes.append(file.write(text.encode("utf-8", "surrogatepass")))


class Texts:
    """The texts of all different paragraphs, read from disk when they are asked for."""

    HELD, OPEN = 16_000_000, 32
    """Characters that are held so as not to be read again, and files that are open at a time."""

    def __init__(self, paths: Sequence[Path], part: Numbers, offset: Numbers, size: Numbers) -> None:
        self._paths = paths
        self._part, self._offset, self._size = part, offset, size
        self._files: dict[int, IO[bytes]] = {}
        self._held: dict[int, str] = {}
        self._characters = 0

    def __call__(self, index: int) -> str:
        """The normalised text of a paragraph."""
        text = self._held.get(index)
        if text is None:
            file = self._file(int(self._part[index]))
            file.seek(int(self._offset[index]))
            text = file.read(int(self._size[index])).decode("utf-8", "surrogatepass")
            if self._characters >= self.HELD:
                self._held.clear()
                self._characters = 0
            self._held[index] = text
            self._characters += len(text)
        return text

    def _file(self, part: int) -> IO[bytes]:
        if part not in self._files:
            if len(self._files) >= self.OPEN:
                self.close()
            self._files[part] = self._paths[part].open("rb", buffering=0)
        return self._files[part]

    def close(self) -> None:
        """Close the files; what is asked for later opens them again."""
        for file in self._files.values():
            file.close()
        self._files.clear()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All slices together.

    Each of the arrays ``doc``, ``line``, ``start``, ``end`` and ``block`` has an entry for each time that a paragraph
    stands, in order.

    ``block`` numbers the different paragraphs in the order in which they first stand; ``first`` is where that is. ``doc``
    counts documents over all slices. ``lengths`` are in characters.
    """

    docs: list[str]
    doc: Numbers
    line: Numbers
    start: Numbers
    end: Numbers
    block: Numbers
    first: Numbers
    digests: npt.NDArray[np.void]
    made: Signatures
    lengths: Numbers
    texts: Texts


def together(gathered: Sequence[Gathered], paths: Sequence[Path]) -> Corpus:
    """The slices as one corpus; what stood in two of them is one paragraph."""
    digests = np.frombuffer(b"".join(bytes(one.digests) for one in gathered), dtype="V16")
    counts = np.array([len(one.sizes) for one in gathered], dtype=np.int64)
    begins = np.cumsum(counts) - counts
    block, chosen = _numbered(digests)
    docs_before = np.cumsum([0, *(len(one.docs) for one in gathered)])
    own = _joined(np.asarray(one.own) + at for one, at in zip(gathered, begins, strict=True))
    occurs = block[own]
    sizes = _joined(np.asarray(one.sizes) for one in gathered)
    offsets = _joined(np.cumsum(one.sizes, dtype=np.int64) - np.asarray(one.sizes) for one in gathered)
    lengths = _joined(np.asarray(one.lengths) for one in gathered)
    return Corpus(
        docs=[doc for one in gathered for doc in one.docs],
        doc=_joined(np.asarray(one.doc) + at for one, at in zip(gathered, docs_before, strict=False)),
        line=_joined(np.asarray(one.line) for one in gathered),
        start=_joined(np.asarray(one.start) for one in gathered),
        end=_joined(np.asarray(one.end) for one in gathered),
        block=occurs,
        first=np.unique(occurs, return_index=True)[1].astype(np.int64),
        digests=digests[chosen],
        made=_signatures(gathered, chosen),
        lengths=lengths[chosen],
        texts=Texts(paths, np.repeat(np.arange(len(counts)), counts)[chosen], offsets[chosen], sizes[chosen]),
    )


def _signatures(gathered: Sequence[Gathered], chosen: Numbers) -> Signatures:
    """The signatures of the chosen paragraphs, taken out of the slices: they are most of what is held, and never held twice."""
    found = np.empty((len(chosen), BINS), dtype=np.uint32)
    at = row = 0
    for one in gathered:
        while one.made:
            some = one.made.pop(0)
            stop = row + int(np.searchsorted(chosen[row:], at + len(some)))
            found[row:stop] = some[chosen[row:stop] - at]
            at, row = at + len(some), stop
    return found


def _joined(arrays: Iterator[Numbers]) -> Numbers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *arrays]).astype(np.int64, copy=False)


def _numbered(digests: npt.NDArray[np.void]) -> tuple[Numbers, Numbers]:
    """For each digest the number of its paragraph, and for each paragraph where its digest stands first."""
    halves = digests.view("<u8").reshape(-1, 2)
    order = np.lexsort((halves[:, 0], halves[:, 1]))
    ordered = halves[order]
    fresh = np.append(True, (ordered[1:] != ordered[:-1]).any(axis=1))[: len(order)]
    first = order[fresh]
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = rank[np.cumsum(fresh) - 1] if len(order) else 0
    return number, np.sort(first)
