"""How sentences begin, in a folder of clean reports: ``python -m cleaner.engine.repairs.data.build_sentence_heads FOLDER``.

``sentence_heads.txt`` in this folder was counted over the same 28 work reports of the government as
``han_bigrams.txt`` (national 1998-2024, provincial 2025), which are public documents. A line is the first
character of a sentence, followed by the characters that stood second, each with its count; nothing else of
their text. A number counts as one character ``0``, a Latin word as ``A``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from cleaner.engine.repairs.data.build_bigrams import plain, render

TABLE = Path(__file__).with_name("sentence_heads.txt")
_FIRST = r"([\u4e00-\u9fff0A“《（]{2})"
_OF_LINE = re.compile(rf"^{_FIRST}", re.MULTILINE)
_OF_SENTENCE = re.compile(rf"[。！？][”’）》]*{_FIRST}")
_SPACES = re.compile(r"[^\S\n]+")
_SHORTEST = 20
"""Characters of the shortest line that counts as running text."""


def count(texts: Iterable[str]) -> Counter[str]:
    """Count the first two characters of every sentence of running text."""
    return Counter(head for text in texts for head in heads_in(plain(running_text(text))))


def running_text(text: str) -> str:
    """The lines of running text, without their white space."""
    lines = text.split("\n")
    if text.split() != lines:
        lines = _SPACES.sub("", text).split("\n")
    return "\n".join(line for line in lines if len(line) >= _SHORTEST)


def heads_in(text: str) -> list[str]:
    """The first two characters of the sentences of a text that :func:`running_text` and ``plain`` gave."""
    return _OF_LINE.findall(text) + _OF_SENTENCE.findall(text)


def main(folder: str) -> None:
    """Read every .txt file of ``folder`` and write the table beside this script."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
    TABLE.write_text(render(count(texts), minimum=1), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
