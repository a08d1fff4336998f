"""Lines back into paragraphs: hard wraps, and paragraphs that a page end cut in two.

The first are a matter of geometry (:mod:`cleaner.engine.repairs.unwrap`); the second of language alone, for in a
page scan every paragraph is one line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from cleaner.engine.repairs.begun import Openings
from cleaner.engine.repairs.bonds import bonds
from cleaner.engine.repairs.cohesion import is_han
from cleaner.engine.repairs.joints import LEAST_ELSEWHERE, REACH, SURE, Joints, Odds, believed
from cleaner.engine.repairs.openness import seam
from cleaner.engine.repairs.seams import (
    Ending,
    cannot_begin,
    cuts_conjunction,
    cuts_number,
    ending,
    entries_of_a_list,
    gap_of_words,
    half_clause,
    levels_of_headings,
    may_be_cut,
    may_continue,
    opens_with_head,
    unfinished,
)
from cleaner.engine.repairs.unwrap import joins
from cleaner.engine.repairs.wraps import Line, geometry_of, lines_of
from cleaner.engine.view import View
from cleaner.model import Candidate, Safety

_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"))
_OPENERS = "".join(pair[0] for pair in _PAIRS)
_PROSE = 50
"""Characters that a line and the next must have together: lines of a poem or of a list are shorter."""

_MARKS_OF_A_CLAUSE = frozenset("，。、；：！？")

_ENDED = frozenset({Ending.STOP, Ending.PAUSE})

_ENDS, _ENDS_NOT = -0.8, 2.4
"""Weight of a last pair that ends a clause somewhere, and of one that does not: 95 of 100 headings end on the former,
43 of 100 halves of sentences."""

_STRAY_REST, _FOREIGN_REST = -1.0, -2.0
"""Log-odds of a joint whose characters do not belong together, and of one that calls for another neighbour."""


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
    open_ends = [
        i
        for i, (a, b) in enumerate(pairwise(lines))
        if _open_end(a, b, least) and not _is_entry(lines[max(0, i - 1)], a, b)
    ]
    if not open_ends:
        return
    openings = Openings(view.texts, open_ends)
    geometry = geometry_of(view)
    widths, wraps = geometry.widths, geometry.wraps
    weighed = _Weighed(lines, frozenset(open_ends), Joints.of_view(view, least))
    found = [i for i in open_ends if not (wraps[i] and widths[i]) and not openings.goes_on_elsewhere(i)]
    unended = {i: unfinished(lines[i].text, least) for i in found}
    long = [weighed.joint(i) for i in found if unended[i]]
    short = [i for i in found if not unended[i]]
    judged = list(_judged(long, float(parameters.get("belief", 0.5))))
    yield from judged
    cuts = sum(candidate.safety is None for candidate in judged)
    headed = levels_of_headings(line.text for line in lines)
    clauses = {i for i in short if half_clause(lines[i].text, headed)}
    prior = math.log((cuts + 0.5) / (len(clauses) + 0.5))
    judge = _Short(weighed, clauses, float(parameters.get("strict", 2)), prior)
    yield from (judge.closing(i) for i in short if judge.runs_on(i))


_Joint = tuple[Line, Line, Odds | None]
"""A line that stops inside a sentence, the next one, and the odds that it is the rest."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The lines of a document with their open ends, and what weighs a joint."""

    lines: Sequence[Line]
    open_ends: frozenset[int]
    joints: Joints

    def joint(self, index: int) -> _Joint:
        """Line ``index`` and the next one."""
        line, following = self.lines[index], self.lines[index + 1]
        odds = self.joints.odds(line.text, following.text)
        return line, following, odds and replace(odds, elsewhere=self.elsewhere(index))

    def elsewhere(self, index: int) -> float:
        """How likely it is that the rest of line ``index`` stands further on."""
        return self.joints.elsewhere(self.lines[index].text, (self.lines[i].text for i in self._loose(index)))

    def _loose(self, index: int) -> Iterator[int]:
        """The texts further on that are no rest of what stands before them."""
        for i in range(index + 2, min(index + 2 + REACH, len(self.lines))):
            if i - 1 not in self.open_ends and not self.lines[i].apart and may_continue(self.lines[i].text):
                yield i


def _open_end(line: Line, following: Line, least: int) -> bool:
    """Whether ``line`` stops inside a sentence that ``following`` might go on with."""
    if line.ending in _ENDED or line.apart or following.apart or not may_continue(following.text):
        return False
    if following.text[0] in _MARKS_OF_A_CLAUSE or cuts_number(line.text, following.text):
        return True  # however short the line before: no line of verse or of a list begins so
    return unfinished(line.text, least) or (
        may_be_cut(line.text) and len(line.text + following.text) >= _PROSE
    )


def _is_entry(before: Line, line: Line, following: Line) -> bool:
    """Whether ``line`` is one of a list whose entries stop without a mark, as the one before it or after it is."""
    if line.ending is not Ending.NONE or following.text[0] in _MARKS_OF_A_CLAUSE:
        return False
    if entries_of_a_list(line.text, following.text):
        return True
    listed = before.ending is Ending.NONE and entries_of_a_list(before.text, line.text)
    return listed and not seam(line.text, following.text)


@dataclass(frozen=True, slots=True)
class _Short:
    """Judges lines that are short enough for a heading: each must show by itself that it is none.

    ``clauses``: the lines that may be half a sentence by their commas; ``prior``: log-odds of a cut, which is rare
    where no longer paragraph is cut, or where many lines look so.
    """

    weighed: _Weighed
    clauses: set[int]
    strict: float
    prior: float

    def closing(self, index: int) -> Candidate:
        """The gap behind line ``index`` closed."""
        line, following = self.weighed.lines[index], self.weighed.lines[index + 1]
        return Candidate(line.end, following.start, _between(line, following), _why(line, following))

    def runs_on(self, index: int) -> bool:
        """Whether line ``index`` goes on with the next one."""
        text, following = self.weighed.lines[index].text, self.weighed.lines[index + 1].text
        clause = index in self.clauses
        if clause and ending(text) is Ending.COMMA and not opens_with_head(following):
            return True
        if _plain(text, following):
            return True
        weight = self.weighed.joints.odds(text, following)
        return weight is not None and (
            self._is_half(index, text, weight)
            if clause
            else weight.afresh >= 3 * self.strict and weight.stray > _STRAY_REST
        )

    def _is_half(self, index: int, text: str, weight: Odds) -> bool:
        if weight.stray < _FOREIGN_REST:
            return False
        if self._odds(text, replace(weight, elsewhere=LEAST_ELSEWHERE)) < self.strict:
            return False  # whatever stands further on: to weigh that takes most of the time
        return self._odds(text, replace(weight, elsewhere=self.weighed.elsewhere(index))) >= self.strict

    def _odds(self, text: str, weight: Odds) -> float:
        return self.prior + _is_no_heading(text, weight)


def _is_no_heading(text: str, weight: Odds) -> float:
    """Log-odds that a line is half a sentence and runs on: headings, too, end on what a clause may end on."""
    odds = weight.afresh - math.log(weight.elsewhere)
    if text[-2:] in bonds().ends:
        return odds + _ENDS + min(0.0, weight.stray)
    return odds + _ENDS_NOT * all(map(is_han, text[-2:]))


def _judged(joints: Sequence[_Joint], belief: float) -> Iterator[Candidate]:
    """The joints that are closed, and those whose closing is only proposed."""
    plain = [_plain(line.text, following.text) for line, following, _ in joints]
    weights = [SURE if why else weight for why, (_, _, weight) in zip(plain, joints, strict=True)]
    beliefs = iter(believed([w for w in weights if w is not None]))
    for (line, following, _), why, weight in zip(joints, plain, weights, strict=True):
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
    return gap_of_words(line.text, following.text)


def _plain(left: str, right: str) -> str:
    """Why ``right`` goes on with ``left``, if the marks at the joint alone say so."""
    if cannot_begin(right):
        return "后段以不能起头的标点开始"
    if cuts_number(left, right):
        return "接缝恰断开一个数"
    if cuts_conjunction(left, right):
        return "接缝恰断开一个混入的英文连词"
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
