"""Count Han bigrams in a folder of clean reports: ``python -m cleaner.engine.repairs.data.build_bigrams FOLDER``.

The table in this folder was counted over 28 work reports of the government (national 1998-2024,
provincial 2025), which are public documents; it holds counts of character pairs and nothing else of
their text. A line is a character followed by the characters that were seen after it, each with its
count: ``投 资614 入57``. A number counts as one character ``0``, a Latin word as ``A``; quotation marks,
title marks and brackets are counted too, for a line may break beside them.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import regex

MINIMUM = 3
TABLE = Path(__file__).with_name("han_bigrams.txt")
_NUMBER = regex.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORD = regex.compile(r"[A-Za-z]+")
_RUN = regex.compile(r"[\u4e00-\u9fff0A“”《》（）%]{2,}")


def count(texts: Iterable[str]) -> Counter[str]:
    """Count the pairs of neighbouring characters; a pair never spans a stop, a comma or a line end."""
    pairs: Counter[str] = Counter()
    for text in texts:
        for run in _RUN.findall(plain(text)):
            pairs.update(run[i : i + 2] for i in range(len(run) - 1))
    return pairs


def plain(text: str) -> str:
    """``text`` with every number as ``0`` and every Latin word as ``A``."""
    return str(_WORD.sub("A", _NUMBER.sub("0", text)))


def render(pairs: Counter[str], minimum: int = MINIMUM) -> str:
    """The table as text, sorted by code point; pairs seen fewer than ``minimum`` times are left out."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for pair, seen in sorted(pairs.items()):
        if seen >= minimum:
            rows[pair[0]].append(f"{pair[1]}{seen}")
    return "".join(f"{head} {' '.join(tail)}\n" for head, tail in rows.items())


def main(folder: str) -> None:
    """Read every .txt file of ``folder`` and write the table beside this script."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
    TABLE.write_text(render(count(texts)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
