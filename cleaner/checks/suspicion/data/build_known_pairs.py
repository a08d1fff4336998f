"""List the Han pairs that are no surprise.

``python -m cleaner.checks.suspicion.data.build_known_pairs FOLDER PHRASES WORDS``

FOLDER holds the 28 clean work reports behind the other tables of the project; PHRASES is the phrase list of
OpenCC (Apache-2.0) as text, which its own tool writes: ``opencc_dict -i STPhrases.ocd2 -o PHRASES -f ocd2 -t
text``. WORDS is the word list of jieba 0.42.1 (MIT), ``jieba/dict.txt``: a word, how often it was seen, its class.
``report_words.txt`` beside this script lists words of work reports that dictionaries lack. The table holds which
character was seen after which, in any of them, and nothing else. A line is a character and all that were seen after it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import regex

TABLE = Path(__file__).with_name("known_pairs.txt")
REPORT_WORDS = Path(__file__).with_name("report_words.txt")
_SEEN = 5
"""A word that was seen more rarely is a name oftener than a word."""
_NAMES = ("nr", "ns", "nt", "nz")
"""Classes of names: of persons, places, bodies, and others. A rare name is what a reader is to be asked about."""
_RUN = regex.compile(r"[\u4e00-\u9fff]{2,}")
_DOUBLED = regex.compile(r"(.)\1")


def pairs_of(texts: Iterable[str]) -> set[str]:
    """Every pair of neighbouring Han characters."""
    return {a + b for text in texts for run in _RUN.findall(text) for a, b in pairwise(run)}


def ordinary_words(lines: Iterable[str]) -> Iterator[str]:
    """The words of a frequency list that are no names and not rare, cut where they double a character.

    夜夜 and 辛辛 are words, and yet 城夜夜市 is a question.
    """
    for line in lines:
        word, seen, kind = line.split()
        if int(seen) >= _SEEN and not kind.startswith(_NAMES):
            yield _DOUBLED.sub(r"\1 \1", word)


def render(pairs: Iterable[str]) -> str:
    """The pairs as text, sorted by code point."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for pair in sorted(pairs):
        rows[pair[0]].append(pair[1])
    return "".join(f"{head}{''.join(tail)}\n" for head, tail in rows.items())


def main(folder: str, phrases: str, words: str) -> None:
    """Read the three inputs and write the table beside this script."""
    entries = (line.partition("\t")[0] for line in Path(phrases).read_text(encoding="utf-8").splitlines())
    ordinary = ordinary_words(Path(words).read_text(encoding="utf-8").splitlines())
    own = REPORT_WORDS.read_text(encoding="utf-8").split()
    pairs = pairs_of(own) | pairs_of(
        path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt"))
    )
    TABLE.write_text(render(pairs | pairs_of(entries) | pairs_of(ordinary)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3])
