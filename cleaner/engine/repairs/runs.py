"""What comes next: a character model over clean reports and the document at hand, inside a text and at its head.

Runs of three, two and one characters, marks among them, each smoothed by the shorter one (Witten and Bell, 1991);
what the document itself shows is added to what the reports show.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from cleaner.engine.repairs.data.build_runs import LONGEST, heads_of, plain, running, without_head
from cleaner.engine.repairs.grams import Grams
from cleaner.packs.cache import kept

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

    inside: tuple[Table, Grams]
    heads: tuple[Table, Table]
    known: dict[tuple[str, str], float] = field(default_factory=dict)
    """Likelihoods of a character behind a run that were worked out: neighbours ask for the same ones."""

    @classmethod
    def of(cls, lines: Iterable[str]) -> Runs:
        """The shipped tables, with what the lines of a document add to them."""
        kept = running(lines)
        shipped = _shipped()
        return cls((shipped[0], Grams(kept)), (shipped[1], Table.of(heads_of(kept))))

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
        shipped, own = self.inside
        seen = shipped.counts.get(before + char, 0) + own.counts.get(before + char, 0)
        return _smoothed(self.inside, before, seen, shorter)

    def _head(self, before: str, char: str, known: Counter[str]) -> float:
        seen = self.heads[0].counts.get(before + char, 0) + known[before + char]
        return _smoothed(self.heads, before, seen, self._after(before, char))


def _smoothed(tables: tuple[Table, Table | Grams], before: str, seen: int, shorter: float) -> float:
    shipped, own = tables
    total = shipped.totals[before] + own.totals[before]
    kinds = max(shipped.kinds[before], own.kinds[before])
    return (seen + kinds * shorter) / (total + kinds) if total else shorter


def _firsts(text: str) -> list[str]:
    return [text[: length + 1] for length in range(len(text))]


@cache
def _shipped() -> tuple[Table, Table]:
    table = resources.files("cleaner.engine.repairs.data").joinpath("runs.txt").read_bytes()
    parts = kept({"runs": table}, lambda: _parsed(table.decode()))
    inside, heads = (
        Table(parts[n]["counts"], Counter(parts[n]["totals"]), Counter(parts[n]["kinds"])) for n in _PARTS
    )
    return inside, heads


_PARTS = ("inside", "heads")


def _parsed(table: str) -> dict[str, dict[str, Mapping[str, int]]]:
    parts = table.removeprefix("[runs]\n").split("[heads]\n")
    read = (Table.of(_read(part)) for part in parts)
    return {
        name: {"counts": t.counts, "totals": t.totals, "kinds": t.kinds}
        for name, t in zip(_PARTS, read, strict=True)
    }


def _read(rows: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows.splitlines():
        before, _, after = row.partition(" ")
        found.update({before + item[0]: int(item[1:]) for item in after.split(" ")})
    return found
