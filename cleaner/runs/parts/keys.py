"""Keys that stand in two parts of one table: two documents of one name, whose ledgers cannot be told apart.

A part refuses a key that it has seen. Across parts they are compared by eight bytes of their digests, some millions at a
time, so that a table may have any number of rows.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from cleaner.runs.parts.store import part_name

AT_A_TIME = 8_000_000
"""Keys that are compared in one pass: 64 MB, and as much again while they are sorted."""


def doubled(folder: Path, records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A sentence for each document whose name stands in two parts of its table, in the order of the parts.

    Args:
        folder: where the parts stand.
        records: the records of the parts, in their order.
    """
    cut = ((r["slice"]["doc"], r["part"], r["counts"].get("documents", 0)) for r in records if _is_table(r))
    for _, group in groupby(cut, key=lambda one: one[0]):
        parts = list(group)
        passes = 1 + sum(rows for _, _, rows in parts) // AT_A_TIME
        if len(parts) > 1 and any(rows for _, _, rows in parts):
            for residue in range(passes):
                yield from _in_pass(folder, [number for _, number, _ in parts], residue, passes)


def _is_table(record: Mapping[str, Any]) -> bool:
    return record["slice"]["kind"] in ("lines", "rows")


def _in_pass(folder: Path, parts: list[int], residue: int, passes: int) -> Iterator[str]:
    import numpy as np

    seen = array("Q", (key for number in parts for key, _ in _keys(folder, number, residue, passes)))
    if not seen:
        return
    found, times = np.unique(np.frombuffer(seen, dtype=np.uint64), return_counts=True)
    suspects = set(found[times > 1].tolist())
    if not suspects:
        return
    places: dict[str, list[int]] = defaultdict(list)
    for number in parts:
        for key, doc in _keys(folder, number, residue, passes):
            if key in suspects:
                places[doc].append(number)
    for doc, numbers in places.items():
        if len(numbers) > 1:
            told = ", ".join(part_name(number) for number in numbers)
            yield f"{doc}: this key stands in {len(numbers)} rows ({told}); name another field with --id-field"


def _keys(folder: Path, number: int, residue: int, passes: int) -> Iterator[tuple[int, str]]:
    """Digest and name of the documents of a part that this pass is about."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(folder / "documents" / f"{part_name(number)}.parquet") as table:
        for batch in table.iter_batches(columns=["doc"], use_threads=False):
            for doc in batch.column(0).to_pylist():
                key = int.from_bytes(hashlib.blake2b(doc.encode(), digest_size=8).digest(), "little")
                if key % passes == residue:
                    yield key, doc
