"""Lines back into paragraphs: hard wraps, and paragraphs that a page end cut in two.

The first are a matter of geometry (:mod:`cleaner.engine.repairs.unwrap`); the second of language alone, for in a
page scan every paragraph is one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import regex

from cleaner.engine.repairs.begun import Openings
from cleaner.engine.repairs.joints import SURE, Joints, believed
from cleaner.engine.repairs.seams import (
    Ending,
    cannot_begin,
    ending,
    half_clause,
    may_be_cut,
    may_continue,
    opens_with_head,
    unfinished,
)
from cleaner.engine.repairs.unwrap import joins
from cleaner.engine.repairs.wraps import Line, lines_of, measure_of, widths_of, wrap_widths
from cleaner.engine.view import View
from cleaner.model import Candidate, Safety

_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"))
_OPENERS = "".join(pair[0] for pair in _PAIRS)
_PROSE = 50
"""Characters that a line and the next must have together: lines of a poem or of a list are shorter."""

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
    taken for a paragraph; ``belief``, from 0 to 1, that a joint must have to be closed (see
    :mod:`cleaner.engine.repairs.joints`); ``strict``, the log-odds for a shorter block, which may be a heading
    (thrice as much if it has no comma inside). Where the second may as well begin afresh, the joining is only
    proposed; where the first is the beginning of another paragraph, its other half stands there.
    """
    lines = lines_of(view)
    least = int(parameters.get("least", 45))
    open_ends = [i for i, (a, b) in enumerate(pairwise(lines)) if _open_end(a, b, least)]
    if not open_ends:
        return
    openings = Openings([line.text for line in lines])
    open_ends = [i for i in open_ends if not openings.goes_on_elsewhere(i)]
    measure = measure_of(lines)
    widths = widths_of(lines, measure)
    wraps = wrap_widths(lines, widths, measure)
    found = [(lines[i], lines[i + 1]) for i in open_ends if not (wraps[i] and widths[i])]
    joints = Joints.of([line.text for line in lines if len(line.text) >= least])
    long = [pair for pair in found if unfinished(pair[0].text, least)]
    short = [pair for pair in found if not unfinished(pair[0].text, least)]
    yield from _judged(long, joints, float(parameters.get("belief", 0.5)))
    yield from _short(short, joints, float(parameters.get("strict", 2)))


def _open_end(line: Line, following: Line, least: int) -> bool:
    """Whether ``line`` stops inside a sentence that ``following`` might go on with."""
    if line.apart or following.apart or not may_continue(following.text):
        return False
    return unfinished(line.text, least) or (
        may_be_cut(line.text) and len(line.text + following.text) >= _PROSE
    )


def _short(pairs: Sequence[tuple[Line, Line]], joints: Joints, strict: float) -> Iterator[Candidate]:
    """Joints of lines that are short enough for a heading: each must show by itself that it is none."""
    for line, following in pairs:
        clause = half_clause(line.text)
        weight = joints.odds(line.text, following.text)
        least = strict if clause else 3 * strict
        runs_on = weight is not None and weight.afresh >= least and weight.stray > -1
        comma = clause and ending(line.text) is Ending.COMMA and not opens_with_head(following.text)
        if comma or _plain(line.text, following.text) or runs_on:
            yield Candidate(line.end, following.start, _between(line, following), _why(line, following))


def _judged(pairs: Sequence[tuple[Line, Line]], joints: Joints, belief: float) -> Iterator[Candidate]:
    """The joints that are closed, and those whose closing is only proposed."""
    plain = [_plain(line.text, following.text) for line, following in pairs]
    weights = [
        SURE if why else joints.odds(line.text, following.text)
        for why, (line, following) in zip(plain, pairs, strict=True)
    ]
    beliefs = iter(believed([w for w in weights if w is not None]))
    for (line, following), why, weight in zip(pairs, plain, weights, strict=True):
        trust = 0.0 if weight is None else next(beliefs)
        between = _between(line, following)
        if trust >= belief:
            yield Candidate(line.end, following.start, between, why or _why(line, following))
        elif not opens_with_head(following.text):
            doubt = f"前段断在句中，而接缝（{_seam(line, following)}）难断是否相续：中间或有缺文"
            yield Candidate(line.end, following.start, between, doubt, safety=Safety.DOUBTFUL)


def _why(line: Line, following: Line) -> str:
    return f"前段断在句中，后段接着说（{_seam(line, following)}）"


def _seam(line: Line, following: Line) -> str:
    return f"{line.text[-2:]}|{following.text[:2]}"


def _between(line: Line, following: Line) -> str:
    return " " if _LATIN.match(line.text[-1]) and _LATIN.match(following.text[0]) else ""


def _plain(left: str, right: str) -> str:
    """Why ``right`` goes on with ``left``, if the marks at the joint alone say so."""
    if cannot_begin(right):
        return "后段以不能起头的标点开始"
    if _closes(left, right):
        return "前段的引号、括号在后段收住"
    return ""


def _closes(left: str, right: str) -> bool:
    """Whether a quotation or bracket that ``left`` leaves open at its end is closed first thing by ``right``."""
    for opener, closer in _PAIRS:
        opened, closed = right.find(opener), right.find(closer)
        if left.rfind(opener) > left.rfind(closer) and 0 <= closed < (opened if opened >= 0 else len(right)):
            return closed <= 40
    return False
