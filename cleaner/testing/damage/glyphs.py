"""What the text layer of a PDF leaves in place of characters."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from functools import cache

import regex

from cleaner.testing.damage.planted import Change
from cleaner.testing.damage.sites import apart, matches, wanted, weighted

_SUPPLEMENT = {
    "民": "⺠", "长": "⻓", "门": "⻔", "页": "⻚", "风": "⻛", "食": "⻝", "马": "⻢", "鱼": "⻥", "黄": "⻩",
    "龙": "⻰", "贝": "⻉", "车": "⻋", "见": "⻅", "西": "⻄", "青": "⻘", "角": "⻆", "飞": "⻜",
}  # fmt: skip
"""Simplified radicals of the CJK Radicals Supplement, which no normal form maps back."""
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_KINDS = (
    ("radical", 4),
    ("zero-width mark", 2),
    ("full-width digits", 2),
    ("soft hyphen", 1),
)
_GAP = regex.compile(r"(?<=\p{Han})(?=\p{Han})")
_NUMBER = regex.compile(r"(?<![0-9A-Za-z.])[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z.])")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@cache
def radicals() -> dict[str, str]:
    """Characters and the radical code points that print like them."""
    kangxi = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
    return {**kangxi, **_SUPPLEMENT}


@cache
def _radical_pattern() -> regex.Pattern[str]:
    return regex.compile("[" + "".join(sorted(radicals())) + "]")


def glyph_residue(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """Radicals for characters, full-width digits, and marks that do not print.

    No private-use codes: such a code may stand for a character, which is never guessed.
    """
    count = wanted(text, density)
    kinds = [weighted(rng, _KINDS) for _ in range(count)]
    for kind in sorted(set(kinds)):
        pattern = {"radical": _radical_pattern(), "full-width digits": _NUMBER}.get(kind, _GAP)
        for span in apart(matches(pattern, text), rng, kinds.count(kind)):
            yield Change(span.start, span.end, _printed(text[span.start : span.end], kind, rng), kind)


def _printed(sound: str, kind: str, rng: random.Random) -> str:
    if kind == "radical":
        return radicals()[sound]
    if kind == "full-width digits":
        return sound.translate(_WIDE)
    if kind == "soft hyphen":
        return "\u00ad"
    return rng.choice(_ZERO_WIDTH)
