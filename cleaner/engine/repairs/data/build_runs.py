"""What follows what, marks included, in a folder of clean reports: ``python -m cleaner.engine.repairs.data.build_runs FOLDER``.

``runs.txt`` in this folder was counted over the same 28 work reports of the government as ``han_bigrams.txt``
(national 1998-2024, provincial 2025), which are public documents. It holds runs of up to three characters that recur
(``[runs]``), and those that begin a sentence (``[heads]``; the head of a paragraph counts thrice), and no longer run of
their text. A line is the characters before, a space, and each character that was seen after them with its count. A
number counts as one character ``0``, a Latin word as ``A``; marks of half width are full.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import regex

TABLE = Path(__file__).with_name("runs.txt")
LONGEST = 3
AT_LEAST = 2
SHORTEST = 20
"""Characters of the shortest line that counts as running text."""

_PARAGRAPH = 3
_NUMBER = regex.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORD = regex.compile(r"[A-Za-z]+")
_HEAD = re.compile(r"[。！？][”’）》]*(?=[^\s。！？”’）》])")
_SPACES = re.compile(r"[^\S\n]+")
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")


def plain(text: str) -> str:
    """``text`` as its runs are counted."""
    return _plain("".join(text.split()))


def _plain(text: str) -> str:
    return str(_WORD.sub("A", _NUMBER.sub("0", text)).translate(_WIDE))


def runs(text: str) -> Iterator[str]:
    """All runs of a plain text."""
    for length in range(1, LONGEST + 1):
        yield from (text[i : i + length] for i in range(len(text) - length + 1))


def first_runs(text: str, start: int = 0) -> Iterator[str]:
    """The runs that begin at ``start`` of a plain text."""
    return (text[start : start + length] for length in range(1, LONGEST + 1))


def running(lines: Iterable[str]) -> list[str]:
    """The lines of running text, plain."""
    text = _plain(_SPACES.sub("", "\n".join(lines)))
    return [line for line in text.split("\n") if len(line) >= SHORTEST]


def heads_of(running_lines: Iterable[str]) -> Counter[str]:
    """The runs at the heads of the sentences of plain lines."""
    found: list[str] = []
    for line in running_lines:
        found += _PARAGRAPH * list(dict.fromkeys(first_runs(line)))
        for stop in _HEAD.finditer(line):
            found += first_runs(line, stop.end())
    return Counter(found)


def count(lines: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """The runs of running text, and those at the heads of its sentences."""
    kept = running(lines)
    return Counter(run for line in kept for run in runs(line)), heads_of(kept)


def without_head(heads: Counter[str], line: str) -> Counter[str]:
    """What remains at the first characters of ``line`` if its own head is not counted."""
    text = plain(line)
    own = _PARAGRAPH if len(text) >= SHORTEST else 0
    return Counter({run: max(0, heads[run] - own) for run in first_runs(text)})


def _grouped(counts: Mapping[str, int]) -> Iterator[str]:
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for run, seen in sorted(counts.items()):
        if seen >= AT_LEAST:
            rows[run[:-1]].append(f"{run[-1]}{seen}")
    return (f"{before} {' '.join(after)}" for before, after in sorted(rows.items()))


def render(texts: Iterable[str]) -> str:
    """The text of the table for a corpus."""
    inside, heads = count(line for text in texts for line in text.split("\n"))
    return "\n".join(["[runs]", *_grouped(inside), "[heads]", *_grouped(heads)]) + "\n"


def main(folder: str) -> None:
    """Read every .txt file of ``folder`` and write the table beside this script."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
    TABLE.write_text(render(texts), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
