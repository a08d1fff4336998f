"""Official formulas that lost, gained or changed one character inside.

Damage is one substituted, missing or added character, two or more from the ends of a formula: so two characters on
either side of it are those of the formula. Such places are looked for in the whole text at once
(:mod:`cleaner.engine.repairs.brackets`). On their lines each formula is found by its first or its last three
characters, and compared with the text beside them. A formula belongs in the
list only when no other wording stands one character away from it (the rule's tests hold that on clean
reports), so the reading is the only one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import regex

from cleaner.engine.repairs.brackets import MARGIN, Brackets
from cleaner.engine.repairs.cohesion import corpus_bigrams
from cleaner.engine.repairs.lookalike import resemble
from cleaner.engine.view import View
from cleaner.model import Block, Candidate, Safety

_KEY = 3
_SHORTEST = 6
"""From so many characters on a look-alike in the place of one is damage."""
_HAN = regex.compile(r"\p{Han}")
_PARTICLES = "的地得了着过和与同及或等好于以其之更各、，“”"
_NUMERALS = "〇零一二三四五六七八九十百0123456789"
_FREE = _PARTICLES + _NUMERALS
_PARTICLE = regex.compile(f"[{_PARTICLES}]")
_NUMERAL = regex.compile(f"[{_NUMERALS}]")
_Damage = tuple[int, int, str]


@cache
def _index(
    formulae: tuple[str, ...],
) -> tuple[regex.Pattern[str], Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """A trigger for the ends of all formulas, and the formulas by their first and by their last characters."""
    heads: dict[str, list[str]] = defaultdict(list)
    tails: dict[str, list[str]] = defaultdict(list)
    for formula in sorted(formulae, key=lambda f: (-len(f), f)):
        heads[formula[:_KEY]].append(formula)
        tails[formula[-_KEY:]].append(formula)
    keys = "|".join(sorted({*heads, *tails}))
    return regex.compile(f"(?=({keys}))"), heads, tails


def near_formulae(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Candidates that put one character of a damaged formula right.

    Args:
        view: the stage text; candidates cover the changed character alone, or lie where one is missing.
        parameters: ``formulae``: the wordings; ``variants``: other wordings one character away that are
            right as they stand; ``least``: shorter formulas (9) are only proposed unless a look-alike was read, as
            are those whose damage stands twice in the document, and those that read well as they stand
            (实际使用外资): both may be the author's own words.
    """
    found = list(_all_damage(view, tuple(parameters["formulae"])))
    variants = tuple(parameters.get("variants", ()))
    least = int(parameters.get("least", 9))
    times = Counter((formula, view.text[start:end], after) for start, end, after, formula in found)
    for start, end, after, formula in found:
        near = view.text[max(0, start - len(formula)) : end + len(formula)]
        if any(variant in near for variant in variants):
            continue
        once = times[formula, view.text[start:end], after] == 1
        enough = len(formula) >= least or _is_look_alike(view.text[start:end], after, formula)
        sure = enough and once and _jars(view.text[start - 1 : end + 1])
        why = f"固定表述“{formula}”有误字、脱字或衍字"
        yield Candidate(start, end, after, why=why, safety=None if sure else Safety.DOUBTFUL)


def _is_look_alike(wrong: str, right: str, formula: str) -> bool:
    """Whether one character of a formula that is not too short was read as one that looks like it."""
    return len(formula) >= _SHORTEST and len(wrong) == len(right) == 1 and resemble(wrong, right)


def _jars(text: str) -> bool:
    """Whether two neighbours at the damage are a pair that clean reports do not hold."""
    return any(a + b not in corpus_bigrams().pairs for a, b in pairwise(text))


def _all_damage(view: View, formulae: tuple[str, ...]) -> Iterator[tuple[int, int, str, str]]:
    """Start, end and correction of every damaged place, with its formula; the longest formula comes first."""
    seen: set[tuple[int, int]] = set()
    for block in _suspected(view, formulae):
        trigger, heads, tails = _index(formulae)
        line = view.content(block)
        for match in trigger.finditer(line):
            key = match.group(1)
            pairs = [_from_head(line, match.start(), f) for f in heads.get(key, ())]
            pairs += [_from_tail(line, match.start() + _KEY, f) for f in tails.get(key, ())]
            for damage, formula in (pair for pair in pairs if pair is not None):
                place = (block.start + damage[0], block.start + damage[1])
                if place not in seen and not _is_free(line[damage[0] : damage[1]], damage[2]):
                    seen.add(place)
                    yield *place, damage[2], formula


def _suspected(view: View, formulae: tuple[str, ...]) -> Iterator[Block]:
    """The blocks on which a formula may be damaged."""
    starts = [block.start for block in view.blocks]
    found = _brackets(formulae).damage(view.text)
    places = {place for place, wrong, right in found if wrong != right and not _is_free(wrong, right)}
    for index in sorted({bisect_right(starts, place) - 1 for place in places}):
        yield view.blocks[index]


@cache
def _brackets(formulae: tuple[str, ...]) -> Brackets:
    return Brackets.of(formulae)


def _is_free(wrong: str, right: str) -> bool:
    """Particles and numerals vary from text to text (发展好, 第一次): a difference in them is no damage."""
    particle = _PARTICLE.search(wrong) or _PARTICLE.search(right)
    return bool(particle or _NUMERAL.search(wrong or right))


def _from_head(line: str, start: int, formula: str) -> tuple[_Damage, str] | None:
    """Compare ``formula`` with the text from ``start`` on, whose first characters agree."""
    window = line[start : start + len(formula) + 1]
    same = _agreement(window, formula)
    if same == len(formula):
        return None
    return _single(line, start + same, formula, same)


def _from_tail(line: str, end: int, formula: str) -> tuple[_Damage, str] | None:
    """Compare ``formula`` with the text up to ``end``, whose last characters agree, backwards."""
    window = line[max(0, end - len(formula) - 1) : end]
    same = _agreement(window[::-1], formula[::-1])
    if same == len(formula):
        return None
    rest = len(formula) - same
    for length in (rest, rest - 1, rest + 1):
        start = end - same - length
        if start < 0:
            continue
        head = _agreement(line[start:], formula)
        damage = _single(line, start + head, formula, head)
        if damage and head >= rest - (length != rest + 1):
            return damage
    return None


def _agreement(text: str, formula: str) -> int:
    """How many characters from the start are the same."""
    count = 0
    for one, other in zip(text, formula, strict=False):
        if one != other:
            break
        count += 1
    return count


def _single(line: str, at: int, formula: str, same: int) -> tuple[_Damage, str] | None:
    """The one edit at ``at``, after ``same`` characters that agree, that makes the text the formula."""
    wrong, rest = line[at : at + 1], formula[same:]
    if same < MARGIN or len(rest) < MARGIN:
        return None
    inside = len(rest) > MARGIN
    if inside and _HAN.fullmatch(wrong) and line.startswith(rest[1:], at + 1):
        return ((at, at + 1, rest[0]), formula)
    if inside and line.startswith(rest[1:], at):
        return ((at, at, rest[0]), formula)
    if _HAN.fullmatch(wrong) and line.startswith(rest, at + 1):
        return ((at, at + 1, ""), formula)
    return None
