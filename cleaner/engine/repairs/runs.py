"""What comes next: a character model over clean reports and the document at hand, inside a text and at its head.

Runs of three, two and one characters, marks among them, each smoothed by the shorter one (Witten and Bell, 1991);
what the document itself shows is added to what the reports show.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from cleaner.engine.repairs.data.build_runs import LONGEST, heads_of, plain, running, without_head
from cleaner.engine.repairs.grams import Grams
from cleaner.engine.repairs.packed import packed
from cleaner.packs.cache import kept, source_of

_SYMBOLS = 4000
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of runs, with the sum and the number of kinds of what follows each shorter run."""

    counts: Mapping[str, int]
    totals: Counter[str]
    kinds: Counter[str]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Table:
        """Counts with their margins."""
        totals: Counter[str] = Counter()
        for run, seen in counts.items():
            totals[run[:-1]] += seen
        return cls(counts, totals, Counter(run[:-1] for run in counts))


@dataclass(frozen=True, slots=True)
class Step:
    """How likely a character is at a place, on three readings of the text before it, as natural logarithms."""

    goes_on: float
    begins: float
    anywhere: float


@dataclass(frozen=True, slots=True)
class Runs:
    """The reports' tables (runs inside, runs at heads) and the document's."""

    inside: tuple[Grams, Grams]
    heads: tuple[Table, Table]
    known: dict[tuple[str, str], float] = field(default_factory=dict)
    """Likelihoods of a character behind a run that were worked out: neighbours ask for the same ones."""

    @classmethod
    def of(cls, lines: Iterable[str]) -> Runs:
        """The shipped tables, with what the lines of a document add to them."""
        kept = running(lines)
        shipped = _shipped()
        return cls((shipped[0], Grams.of(kept)), (shipped[1], Table.of(heads_of(kept))))

    def own(self, run: str) -> int:
        """How often the document itself has a run of up to three characters."""
        return self.inside[1].counts.get(plain(run), 0)

    def steps(self, left: str, right: str) -> list[Step]:
        """The first characters of ``right``: as they follow ``left``, as a head, as they stand anywhere.

        ``right`` is a line of the document: that it stands at the head of its line now counts for nothing.
        """
        before, after = plain(left[-_NEAR:])[1 - LONGEST :], plain(right[:_NEAR])[:LONGEST]
        known = without_head(
            Counter({run: self.heads[1].counts.get(run, 0) for run in _firsts(after)}), right
        )
        return [
            Step(
                math.log(self._after((before + after[:place])[1 - LONGEST :], char)),
                math.log(self._head(after[:place], char, known)),
                math.log(self._after(after[:place], char)),
            )
            for place, char in enumerate(after)
        ]

    def _after(self, before: str, char: str) -> float:
        found = self.known.get((before, char))
        if found is None:
            found = self.known[before, char] = self._likelihood(before, char)
        return found

    def _likelihood(self, before: str, char: str) -> float:
        shorter = self._after(before[1:], char) if before else 1 / _SYMBOLS
        own, seen = self.inside[1], _seen_inside(before, char)
        here = own.counts.get(before + char, 0), own.totals[before], own.kinds[before]
        return _smoothed(seen, here, shorter)

    def _head(self, before: str, char: str, known: Counter[str]) -> float:
        shipped, own = self.heads
        seen = shipped.counts.get(before + char, 0), shipped.totals[before], shipped.kinds[before]
        here = known[before + char], own.totals[before], own.kinds[before]
        return _smoothed(seen, here, self._after(before, char))


_Seen = tuple[int, int, int]
"""How often a character followed a run, how often any did, and how many did."""


def _smoothed(shipped: _Seen, own: _Seen, shorter: float) -> float:
    total, kinds = shipped[1] + own[1], max(shipped[2], own[2])
    return (shipped[0] + own[0] + kinds * shorter) / (total + kinds) if total else shorter


@lru_cache(maxsize=1 << 17)
def _seen_inside(before: str, char: str) -> _Seen:
    """What the reports say of a character behind a run: every document asks for the same ones."""
    table, _ = _shipped()
    return table.counts.get(before + char), table.totals[before], table.kinds[before]


def _firsts(text: str) -> list[str]:
    return [text[: length + 1] for length in range(len(text))]


@cache
def _shipped() -> tuple[Grams, Table]:
    table = resources.files("cleaner.engine.repairs.data").joinpath("runs.txt").read_bytes()
    code = {name: source_of(name) for name in (Grams.__module__, packed.__module__)}
    parts = kept({"runs": table, **code}, lambda: _parsed(table.decode()))
    return Grams.unpacked(parts["inside"]), Table.of(parts["heads"])


def _parsed(table: str) -> dict[str, Any]:
    inside, heads = table.removeprefix("[runs]\n").split("[heads]\n")
    return {"inside": Grams.counted(_read(inside)).packed(), "heads": _read(heads)}


def _read(rows: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows.splitlines():
        before, _, after = row.partition(" ")
        found.update({before + item[0]: int(item[1:]) for item in after.split(" ")})
    return found
