"""Blocks printed twice: exact copies, copies with noise, copies that were cut off.

Of two copies the better one stays: the one that goes on, the longer, the less noisy, the first. What recurs by
design stays too: headings and slogans by themselves, lines of forms, table rows, notes, captions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.engine.repairs.copies import cut_copy_of, overlap, overlapping_neighbours
from cleaner.engine.repairs.likeness import (
    CLOSERS,
    VERBATIM,
    is_prose,
    key,
    quoted,
    recurs_by_design,
    removals,
)
from cleaner.engine.repairs.nearness import Verdict, judge_pair, near_pairs
from cleaner.engine.repairs.openness import runs_on
from cleaner.engine.view import View
from cleaner.model import BlockType, Candidate, Safety

_FIXED = (BlockType.TABLE_CELL, BlockType.FURNITURE)
_LONG_IN_RUN = (BlockType.NOTE, BlockType.CAPTION)
_SHORT_IN_RUN = 12
_MOST_INSIDE = 8


def duplicate_blocks(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Delete exact copies of blocks of at least ``minimum`` characters, and the short blocks of a repeated run.

    A block that stands three times or more, each time in other company, may recur by design: doubtful.
    """
    groups = _exact_groups(view, int(parameters.get("minimum", VERBATIM)))
    if not groups:
        return
    source: dict[int, int] = {}
    for members in groups:
        kept = _best_of(view, members)
        source.update({m: kept for m in members if m != kept})
    keys = [key(view.content(b)) for b in view.blocks]
    _extend_runs(view, keys, source)
    crowds = {m for members in groups if len(members) > 2 for m in members}
    doomed = ((i, _why(view, s), _exact_safety(view, i, source, crowds)) for i, s in source.items())
    yield from removals(view, doomed)


def _exact_groups(view: View, minimum: int) -> list[list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    if len(set(view.texts)) == len(view.texts):
        return []
    for index, (block, text) in enumerate(zip(view.blocks, view.texts, strict=True)):
        if len(text) >= minimum and block.type is not BlockType.HEADING and is_prose(block, text):
            found[text].append(index)
    return [
        m
        for text, m in found.items()
        if len(m) > 1
        and len(key(text)) >= minimum
        and (not recurs_by_design(text) or _is_read_twice(text, m))
    ]


def _is_read_twice(text: str, members: list[int]) -> bool:
    """Whether a line that may recur stands twice in a row and has two sentences: no form has the same entry so."""
    return len(members) == 2 and members[1] == members[0] + 1 and "。" in text[:-1] and text[0] != "“"


def _best_of(view: View, members: list[int]) -> int:
    """The copy that stays: of cut copies the one that the next block continues, else the first."""
    if view.content(view.blocks[members[0]]).rstrip("*")[-1:] not in CLOSERS:
        for index in members:
            if index + 1 < len(view.blocks) and _goes_on(view, index):
                return index
    return members[0]


def _goes_on(view: View, index: int) -> bool:
    """Whether the block behind a cut block continues it; the document's own pairs of characters count too."""
    following = view.blocks[index + 1]
    if following.type is not BlockType.PARAGRAPH:
        return False
    pair = view.text[view.blocks[index].end - 1] + view.text[following.start]
    return runs_on(view, index, index + 1) or pair in view.text


def _extend_runs(view: View, keys: list[str], source: dict[int, int]) -> None:
    """Add the short blocks that belong to a repeated run: they repeat what stands beside the source."""
    seen = Counter(keys)
    kept = set(source.values())
    for index in sorted(source):
        for step in (-1, 1):
            copy, origin = _beside(index, step, source), _beside(source[index], step, source)
            while _belongs(view, keys, copy, origin, step, seen):
                if copy in kept or copy in source or origin in source:
                    break
                source[copy] = origin
                kept.add(origin)
                copy, origin = _beside(copy, step, source), _beside(origin, step, source)


def _beside(index: int, step: int, source: Mapping[int, int]) -> int:
    """The next block in a direction that is no copy itself: another copy may stand inside a run."""
    for _ in range(_MOST_INSIDE):
        index += step
        if index not in source:
            break
    return index


def _belongs(view: View, keys: list[str], copy: int, origin: int, step: int, seen: Counter[str]) -> bool:
    """Whether block ``copy`` is part of the run that repeats the neighbourhood of ``origin``."""
    if (
        not (0 <= copy < len(keys) and 0 <= origin < len(keys))
        or copy == origin
        or keys[copy] != keys[origin]
    ):
        return False
    kind = view.blocks[copy].type
    if kind in _FIXED or seen[keys[copy]] > 2:
        return False
    if kind in _LONG_IN_RUN:
        return len(keys[copy]) >= VERBATIM
    # A salutation behind the run may open what follows; a heading that stands behind the same block twice does not.
    return step < 0 or kind is BlockType.HEADING or len(keys[copy]) >= _SHORT_IN_RUN


def _exact_safety(view: View, index: int, source: Mapping[int, int], crowds: set[int]) -> Safety | None:
    if index not in crowds:
        return None
    origin = source[index]
    in_company = any(source.get(index + step) == origin + step for step in (-1, 1))
    beside = view.content(view.blocks[index - 1]) == view.content(view.blocks[index])
    return None if in_company or beside or abs(index - origin) == 1 else Safety.DOUBTFUL


def _why(view: View, origin: int) -> str:
    return f"与{quoted(view.content(view.blocks[origin]))}一段逐字相同，留存一份"


def cut_copies(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Delete blocks that are a cut copy of a longer block, and halves of sentences that were begun again.

    A copy of ``minimum`` characters that stops (or starts) inside a sentence is certain; one of ``shortest``
    characters is probable beside the longer block and doubtful elsewhere.
    """
    minimum = int(parameters.get("minimum", VERBATIM))
    shortest = int(parameters.get("shortest", 16))
    doomed: dict[int, tuple[str, Safety | None]] = {}
    for copy in cut_copy_of(view, shortest):
        longer = view.content(view.blocks[copy.longer])
        why = f"是{quoted(longer)}一段的残本（{copy.part}），留较全的一份"
        doomed[copy.index] = (why, copy.safety(minimum))
    yield from removals(view, ((i, why, safety) for i, (why, safety) in doomed.items()))
    for index in overlapping_neighbours(view):
        length = overlap(view, index)
        if length and index not in doomed and index + 1 not in doomed:
            start, following = view.blocks[index].end, view.blocks[index + 1].start
            why = f"断处的半句又重印了一遍（{length}字），接回原句"
            safety = None if length >= minimum else Safety.PROBABLE
            yield Candidate(start, following + length, "", why=why, safety=safety)


def near_duplicates(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Delete copies of a paragraph that differ from it by noise alone; doubtful where noise is not proved.

    Copies whose digits differ, or that differ by a whole word, are parallel texts and stay. The first keeps its
    place and is mended by :func:`collated_readings`; of two neighbours, whose place is one, the worse goes.
    """
    doomed: dict[int, tuple[str, Safety | None]] = {}
    for left, right, verdict in _copies(view, parameters):
        if left in doomed or right in doomed:
            continue
        kept = left if verdict.worse == right else right
        why = f"与{quoted(view.content(view.blocks[kept]))}一段只差{verdict.differences}处噪声，留较净的一份"
        doomed[verdict.worse] = (why, verdict.safety)
    yield from removals(view, ((i, why, safety) for i, (why, safety) in doomed.items()))


def collated_readings(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Read the first of two copies by the second where that one is the better witness.

    Which of the two stands in the right place nothing shows but that it came first; so its place is kept, and the
    readings in which the other is clearly better are taken over.
    """
    mended: set[int] = set()
    for left, _, verdict in _copies(view, parameters):
        if verdict.safety is not None or left in mended:
            continue
        mended.add(left)
        start = view.blocks[left].start
        for low, high, reading in verdict.readings:
            why = f"下文又印一遍作“{reading}”，据以校改" if reading else "下文又印一遍无此字，据以校改"
            yield Candidate(start + low, start + high, reading, why=why)


def _copies(view: View, parameters: Mapping[str, Any]) -> Iterator[tuple[int, int, Verdict]]:
    """Pairs of paragraphs that differ by noise alone."""
    least = float(parameters.get("similarity", 0.9))
    for left, right in near_pairs(view, int(parameters.get("minimum", VERBATIM))):
        verdict = judge_pair(view, left, right, least)
        if verdict is not None:
            yield left, right, verdict
