"""The figures of two real documents against a hand-made gold table. Skips without the shared material."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from figure_helpers import as_is, joined

from cleaner.figures.drafts import DATA_KINDS
from cleaner.figures.extract import Extraction, extract
from cleaner.model import Figure

SHARED = Path(os.environ.get("KANWU_SHARED", Path(__file__).parents[3] / "shared"))
pytestmark = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason=f"needs the shared material in {SHARED}"
)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "gold" / name).read_text("utf-8").splitlines()]


@cache
def _extractions() -> dict[str, Extraction]:
    names = {row["file"] for row in _rows("figures.jsonl")}
    texts = {name: (SHARED / "seeds" / name).read_text("utf-8") for name in names}
    hard_wrapped = {name for name in names if name.startswith("002")}
    return {n: extract(joined(t, n) if n in hard_wrapped else as_is(t, n)) for n, t in texts.items()}


@cache
def _pairs() -> list[tuple[dict[str, Any], Figure | None]]:
    found = {
        name: {f.start: f for f in e.figures if f.kind in DATA_KINDS} for name, e in _extractions().items()
    }
    return [(r, found[r["file"]].get(r["offset"])) for r in _rows("figures.jsonl") if r["kind"] in DATA_KINDS]


def _precise(row: dict[str, Any], figure: Figure) -> bool:
    """The gold records half a unit of the last digit, the model a whole one, and none for an exact count."""
    if row.get("exact"):
        return figure.precision is None
    return figure.precision is not None and figure.precision / 2 == Decimal(str(row["precision"]))


def _aligned(row: dict[str, Any], figure: Figure) -> bool:
    place = re.search(r"\d/\d", row["pairing"])
    return f":{place.group() if place else '*/2'}" in figure.group


_FIELDS: dict[str, tuple[float, Callable[[dict[str, Any], Figure], bool]]] = {
    "value": (0.995, lambda r, f: f.value is not None and abs(f.value - Decimal(str(r["value"]))) == 0),
    "unit": (0.98, lambda r, f: f.unit == r["unit"]),
    "precision": (0.98, _precise),
    "comparator": (0.97, lambda r, f: f.comparator == r["comparator"]),
    "kind": (0.97, lambda r, f: f.kind == r["kind"]),
    "status": (0.97, lambda r, f: f.status == r["status"]),
    "period": (0.97, lambda r, f: f.period == (r["period"] or "")),
    "nature": (0.95, lambda r, f: f.nature == r["nature"]),
    "pairing": (0.95, _aligned),
}


def test_figures_are_found() -> None:
    """At least 98 of 100 data figures, matched by file and offset of the first digit."""
    missed = [r["raw"] for r, f in _pairs() if f is None]
    assert len(missed) <= 0.02 * len(_pairs()), missed


@pytest.mark.parametrize("field", _FIELDS)
def test_figures_are_read_right(field: str) -> None:
    """Each field on the figures that were found."""
    floor, right = _FIELDS[field]
    pairs = [(r, f) for r, f in _pairs() if f is not None and (field != "pairing" or "pairing" in r)]
    wrong = [(r["raw"], r.get(field), getattr(f, field, f.group)) for r, f in pairs if not right(r, f)]
    assert len(wrong) <= (1 - floor) * len(pairs), wrong


def test_what_is_no_figure_is_not_taken_for_one() -> None:
    """At most 2 of the named look-alikes, and at most 2 in 100 of all data figures, are not in the gold."""
    starts = {
        (name, f.start) for name, e in _extractions().items() for f in e.figures if f.kind in DATA_KINDS
    }
    taken = [r for r in _rows("figures_negatives.jsonl") if (r["file"], r["offset"]) in starts]
    assert len(taken) <= 2, taken
    gold = {(r["file"], r["offset"]) for r in _rows("figures.jsonl") if r["kind"] in DATA_KINDS}
    assert len(starts - gold) <= 0.02 * len(starts), sorted(starts - gold)


def test_numerals_that_were_not_understood_are_few() -> None:
    """In clean reports fewer than one numeral in a hundred is left over."""
    counts: Counter[str] = Counter()
    for path in sorted((SHARED / "corpus").glob("province-*.txt")):
        found = extract(as_is(path.read_text("utf-8"), path.name))
        counts["left"] += len(found.not_understood)
        counts["read"] += len(found.figures)
    assert counts["read"] > 1000
    assert counts["left"] <= 0.01 * counts["read"], counts
