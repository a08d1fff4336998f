"""How alike two paragraphs are, and whether they state the same numbers."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

MOST = 50_000
"""Characters above which a paragraph is looked for in exact copies only: alignment takes the square of its length."""

_NUMERALS = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[〇零○两一二三四五六七八九十百千万亿]+")


def similarity(one: str, other: str, least: float) -> float:
    """The share of characters that need not change to make one text the other (Levenshtein); 0.0 where it is below ``least``."""
    return float(Levenshtein.normalized_similarity(one, other, score_cutoff=least))


def numerals(text: str) -> tuple[str, ...]:
    """The numbers of a normalised paragraph as they are written, in Arabic or Chinese numerals, in order."""
    return tuple(_NUMERALS.findall(text))
