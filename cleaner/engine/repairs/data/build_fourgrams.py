"""Count runs of four Han characters in clean reports: ``python -m cleaner.engine.repairs.data.build_fourgrams FOLDER``.

The table in this folder was counted over the same 28 work reports of the government as ``han_bigrams.txt``,
which are public documents; it holds counts of four characters in a row and nothing else of their text. A
line is three characters, a space, and the characters that were seen after them, each with its count.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import regex

MINIMUM = 3
TABLE = Path(__file__).with_name("han_fourgrams.txt")
_RUN = regex.compile(r"[\u4e00-\u9fff]{4,}")


def count(texts: Iterable[str]) -> Counter[str]:
    """Count the runs of four; none spans a mark, a number or a line end."""
    seen: Counter[str] = Counter()
    for text in texts:
        for run in _RUN.findall(text):
            seen.update(run[i : i + 4] for i in range(len(run) - 3))
    return seen


def render(seen: Counter[str], minimum: int = MINIMUM) -> str:
    """The table as text, sorted by code point; runs seen fewer than ``minimum`` times are left out."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for run, times in sorted(seen.items()):
        if times >= minimum:
            rows[run[:3]].append(f"{run[3]}{times}")
    return "".join(f"{head} {' '.join(tail)}\n" for head, tail in rows.items())


def main(folder: str) -> None:
    """Read every .txt file of ``folder`` and write the table beside this script."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
    TABLE.write_text(render(count(texts)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
