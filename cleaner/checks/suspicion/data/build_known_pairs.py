"""List the Han pairs that are no surprise: ``python -m cleaner.checks.suspicion.data.build_known_pairs FOLDER PHRASES``.

FOLDER holds the 28 clean work reports behind the other tables of the project; PHRASES is the phrase list of
OpenCC (Apache-2.0) as text, which its own tool writes: ``opencc_dict -i STPhrases.ocd2 -o PHRASES -f ocd2 -t
text``. The table holds which character was seen after which, in either, and nothing else of them. A line is a
character and all that were seen after it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import regex

TABLE = Path(__file__).with_name("known_pairs.txt")
_RUN = regex.compile(r"[\u4e00-\u9fff]{2,}")


def pairs_of(texts: Iterable[str]) -> set[str]:
    """Every pair of neighbouring Han characters."""
    return {a + b for text in texts for run in _RUN.findall(text) for a, b in pairwise(run)}


def render(pairs: Iterable[str]) -> str:
    """The pairs as text, sorted by code point."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for pair in sorted(pairs):
        rows[pair[0]].append(pair[1])
    return "".join(f"{head}{''.join(tail)}\n" for head, tail in rows.items())


def main(folder: str, phrases: str) -> None:
    """Read both inputs and write the table beside this script."""
    words = (line.partition("\t")[0] for line in Path(phrases).read_text(encoding="utf-8").splitlines())
    pairs = pairs_of(path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
    TABLE.write_text(render(pairs | pairs_of(words)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
