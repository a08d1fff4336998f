"""Lines back into paragraphs: hard wraps, and paragraphs that a page end cut in two.

The first are a matter of geometry (:mod:`cleaner.engine.repairs.unwrap`); the second of language alone, for in a
page scan every paragraph is one line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import regex

from cleaner.engine.repairs.cohesion import document_pairs, is_han, seam_bits
from cleaner.engine.repairs.seams import (
    Ending,
    cannot_begin,
    ending,
    may_continue,
    opens_with_head,
    unfinished,
)
from cleaner.engine.repairs.unwrap import joins
from cleaner.engine.repairs.wraps import Line, lines_of, measure_of, widths_of, wrap_widths
from cleaner.engine.view import View
from cleaner.model import Candidate, Safety

_ORPHAN = regex.compile(r"\p{Han}{1,2}[。；]")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"))
_OPENERS = "".join(pair[0] for pair in _PAIRS)
_LATIN = regex.compile(r"[A-Za-z]")


def hard_wraps(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Join the lines that the width of a page broke; the gap goes, between two Latin words a space stays.

    Near-linear: every line is looked at a fixed number of times. The restored text holds no line of the
    wrapped width that stops inside a sentence, so a second run proposes nothing.
    """
    yield from joins(view)


def cut_paragraphs(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Join two paragraphs of which the first stops inside a sentence and the second goes on with it.

    ``parameters``: ``least`` characters that an unfinished block without a full stop inside must have to be
    taken for a paragraph; ``bits`` that the two characters at the seam must have in common (see
    :mod:`cleaner.engine.repairs.cohesion`). A seam that the corpus and the document do not know is only proposed.
    """
    least = int(parameters.get("least", 45))
    lines = lines_of(view)
    open_ends = [i for i, (a, b) in enumerate(pairwise(lines)) if _open_end(a, b, least)]
    if not open_ends:
        return
    measure = measure_of(lines)
    widths = widths_of(lines, measure)
    wraps = wrap_widths(lines, widths, measure)
    pairs = document_pairs(line.text for line in lines)
    for index in open_ends:
        if not (wraps[index] and widths[index]):
            candidate = _join(lines[index], lines[index + 1], pairs, float(parameters.get("bits", 0)))
            if candidate is not None:
                yield candidate


def _open_end(line: Line, following: Line, least: int) -> bool:
    """Whether ``line`` stops inside a sentence that ``following`` might go on with."""
    apart = line.apart or following.apart
    return not apart and unfinished(line.text, least) and may_continue(following.text)


def _join(line: Line, following: Line, pairs: Counter[str], least: float) -> Candidate | None:
    """The joining of two halves, applied or only proposed; None if they are not halves of one sentence."""
    why, safety = _verdict(line.text, following.text, pairs, least)
    if not why:
        return None
    between = " " if _LATIN.match(line.text[-1]) and _LATIN.match(following.text[0]) else ""
    return Candidate(line.end, following.start, between, why, safety=safety)


def _verdict(left: str, right: str, pairs: Counter[str], least: float) -> tuple[str, Safety | None]:
    """Why ``right`` goes on with ``left`` (nothing if it does not), and how far that may be trusted."""
    if cannot_begin(right):
        return "后段以不能起头的标点开始", None
    if _closes(left, right):
        return "前段的引号、括号在后段收住", None
    fresh = opens_with_head(right)
    if ending(left) is Ending.COMMA:
        return ("", None) if fresh or left[-1] in _OPENERS else ("前段停在逗号、顿号上，后段接着说", None)
    bits = seam_bits(left, right)
    if bits is None:
        return "", None
    seam = left[-2:] + "|" + right[:2]
    known = bits > least or (is_han(left[-1]) and is_han(right[0]) and pairs[left[-1] + right[0]] > 0)
    if known and (not fresh or bits > least + 3):
        return f"前段断在句中，后段接着说（{seam}）", None
    if fresh or _ORPHAN.match(right):
        return "", None
    return f"前段断在句中，而接缝（{seam}）未见于语料：中间或有缺文", Safety.DOUBTFUL


def _closes(left: str, right: str) -> bool:
    """Whether a quotation or bracket that ``left`` leaves open at its end is closed first thing by ``right``."""
    for opener, closer in _PAIRS:
        opened, closed = right.find(opener), right.find(closer)
        if left.rfind(opener) > left.rfind(closer) and 0 <= closed < (opened if opened >= 0 else len(right)):
            return closed <= 40
    return False
