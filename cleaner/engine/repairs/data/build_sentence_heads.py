"""How sentences begin, in a folder of clean reports: ``python -m cleaner.engine.repairs.data.build_sentence_heads FOLDER``.

``sentence_heads.txt`` in this folder was counted over the same 28 work reports of the government as
``han_bigrams.txt`` (national 1998-2024, provincial 2025), which are public documents. A line is the first
character of a sentence, followed by the characters that stood second, each with its count; nothing else of
their text. A number counts as one character ``0``, a Latin word as ``A``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import regex

from cleaner.engine.repairs.data.build_bigrams import plain, render

TABLE = Path(__file__).with_name("sentence_heads.txt")
_HEAD = regex.compile(r"(?:^|[。！？][”’）》]*)([\u4e00-\u9fff0A“《（]{2})", regex.MULTILINE)
_SHORTEST = 20
"""Characters of the shortest line that counts as running text."""


def count(texts: Iterable[str]) -> Counter[str]:
    """Count the first two characters of every sentence of running text."""
    heads: Counter[str] = Counter()
    for text in texts:
        bare = ("".join(line.split()) for line in text.split("\n"))
        running = "\n".join(line for line in bare if len(line) >= _SHORTEST)
        heads.update(_HEAD.findall(plain(running)))
    return heads


def main(folder: str) -> None:
    """Read every .txt file of ``folder`` and write the table beside this script."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
    TABLE.write_text(render(count(texts), minimum=1), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
