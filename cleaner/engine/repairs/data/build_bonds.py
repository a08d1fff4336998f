"""Which characters hold together, in a folder of clean reports: ``python -m cleaner.engine.repairs.data.build_bonds FOLDER``.

``bonds.txt`` in this folder was built from the same 28 work reports of the government as
``han_bigrams.txt`` (national 1998-2024, provincial 2025), which are public documents. It holds runs of
two and three characters that recur, and no longer run of their text. A line is a head, a tab, and
the last characters that were seen after that head.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import regex

TABLE = Path(__file__).with_name("bonds.txt")
TRIGRAM_AT_LEAST = 2
BOUND_AT_LEAST = 6
BOUND_SHARE = 0.85

_HAN = regex.compile(r"[\u4e00-\u9fff]+")
_CLAUSE = regex.compile(r"(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{2})", regex.MULTILINE)
_CLOSING = regex.compile(r"([\u4e00-\u9fff]{2})(?=$|[^\u4e00-\u9fff])", regex.MULTILINE)
_OPENING = regex.compile(r"(?:^|[。！？；])[\s　]*([\u4e00-\u9fff]{2,3})[，、：,:]", regex.MULTILINE)


class Counts:
    """What is counted in a corpus."""

    def __init__(self) -> None:
        self.bigrams: Counter[str] = Counter()
        self.trigrams: Counter[str] = Counter()
        self.starts: set[str] = set()
        self.ends: set[str] = set()
        self.openings: set[str] = set()

    def add(self, text: str) -> None:
        """Count one document."""
        for run in _HAN.findall(text):
            self.bigrams.update(run[i : i + 2] for i in range(len(run) - 1))
            self.trigrams.update(run[i : i + 3] for i in range(len(run) - 2))
        self.starts.update(_CLAUSE.findall(text))
        self.ends.update(_CLOSING.findall(text))
        self.openings.update(_OPENING.findall(text))

    def bound(self, before: bool) -> Iterator[str]:
        """Pairs that hardly ever stand without one certain character before (after) them, with that one."""
        beside: dict[str, Counter[str]] = defaultdict(Counter)
        for trigram, count in self.trigrams.items():
            pair, other = (trigram[1:], trigram[0]) if before else (trigram[:2], trigram[2])
            beside[pair][other] += count
        for pair, others in beside.items():
            other, count = max(others.items(), key=lambda item: (item[1], item[0]))
            if self.bigrams[pair] >= BOUND_AT_LEAST and count >= BOUND_SHARE * self.bigrams[pair]:
                yield pair + other


def _grouped(entries: Iterable[str]) -> Iterator[str]:
    heads: dict[str, list[str]] = defaultdict(list)
    for entry in sorted(entries):
        heads[entry[:-1]].append(entry[-1])
    return (f"{head}\t{''.join(tails)}" for head, tails in heads.items())


def _telling(trigrams: Mapping[str, int]) -> Iterator[str]:
    """Trigrams that recur; a doubled character in a right place is evidence however rare it is."""
    for trigram, count in trigrams.items():
        if count >= TRIGRAM_AT_LEAST or trigram[1] in (trigram[0], trigram[2]):
            yield trigram


def render(texts: Iterable[str]) -> str:
    """The text of the table for a corpus."""
    counts = Counts()
    for text in texts:
        counts.add(text)
    sections = {
        "trigrams": _telling(counts.trigrams),
        "starts": counts.starts,
        "ends": counts.ends,
        "openings": counts.openings,
        "before": (entry for entry in counts.bound(before=True) if entry[:2] not in counts.starts),
        "after": counts.bound(before=False),
    }
    lines: list[str] = []
    for name, entries in sections.items():
        lines += [f"[{name}]", *_grouped(entries)]
    return "\n".join(lines) + "\n"


def main(folder: str) -> None:
    """Read every .txt file of ``folder`` and write the table beside this script."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
    TABLE.write_text(render(texts), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
