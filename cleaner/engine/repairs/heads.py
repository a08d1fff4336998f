"""Running heads on lines of their own: short lines that come back a page apart, and count or cut sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from cleaner.engine.repairs.cohesion import coheres, is_han
from cleaner.engine.repairs.page_marks import page_mark
from cleaner.engine.repairs.seams import (
    Ending,
    addresses,
    begins_block,
    ending,
    item_number,
    may_continue,
    stands_alone,
    unfinished,
)
from cleaner.engine.view import View
from cleaner.model import BlockType
from cleaner.reading.blocks import heading_level

_LONGEST = 40
_REACH = 80
_TEXT_LINE = 16
_SENTENCES = 4
"""Times that a line with marks of a sentence inside must come back: fewer are wrapped lines of a text printed twice."""

_SENTENCE_MARK = regex.compile(r"[，,。；、：]")
_ADDRESS = 12
"""Characters of the longest line that is an address and nothing more."""

_PARAGRAPH = 45
_SHORTEST_PAGE, _LONGEST_PAGE = 300, 4000
_TITLE_LINES = 4
_NUMBER = regex.compile(r"[0-9０-９]{1,4}")
_DASHES = frozenset("-－—–·•|｜/／")
_EDGE = " \t　\xa0-－—–·•|｜/／"
_MOST_MISSING = 8
_MOST_SEARCHES = 8
"""Pairs of counted lines that are looked for inside lines too: each costs a walk through the text."""

_NAME = 4
"""Han characters that a head has at least which is told with the help of sightings inside lines."""

_PERIODICAL = regex.compile(
    r"(?:工作报告|简报|[日晚时周]报|公报|年鉴|(?:大会|会议)文件|汇编)[0-9年月日第期]*$"
)
_ISSUE = regex.compile(
    r"[（(〔\[]?(?:总?第|增刊|\p{Han}{1,6}[〔\[（(]?[0-9]{4}[年〕\]）)]|(?:[—－-]{1,2})?[0-9〇一二三四五六七八九]{4}年)"
)
_APART = {BlockType.TABLE_CELL, BlockType.CAPTION, BlockType.LIST_ITEM}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One occurrence of a head: its place, its counter (-1 for none), the text on both sides, does it cut it."""

    start: int
    end: int
    number: int
    left: str
    right: str
    cuts: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A running head on a line of its own: its block, and whether its next sighting follows a page further on.

    ``whole`` says that it does: nothing is missing after it. ``last`` says that there is none, but none before it
    is missing either, and no more than a page of text is left.
    """

    block: int
    why: str
    whole: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A head that was found on lines of its own: what stands before and after its counter, and its sightings."""

    before: str
    after: str
    sightings: tuple[Sighting, ...]
    standing: tuple[Standing, ...]


def standing_heads(view: View, times: int, page: int) -> list[Standing]:
    """Blocks that are running heads on a line of their own, in order, each with the grounds."""
    found = [standing for head in heads_of(view, times, page) for standing in head.standing]
    return sorted(found, key=lambda standing: standing.block)


def heads_of(view: View, times: int, page: int) -> Sequence[Head]:
    """The heads of ``view``: equal lines, but for a counter, that behave like one."""
    return view.once(f"heads {times} {page}", lambda: list(_heads_of(view, times, page)))


def _heads_of(view: View, times: int, page: int) -> Iterator[Head]:
    groups: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    short = [(i, line, _bare(line)) for i, line in enumerate(view.texts) if 3 <= len(line) <= _LONGEST]
    times_seen = Counter(key for _, _, key in short)
    for index, line, key in short:
        if times_seen[key] > 1 and _may_head(line, key) and view.blocks[index].type not in _APART:
            groups[key, len(_NUMBER.findall(line))].append(index)
    searches = 0
    for (_, numbers), members in groups.items():
        if len(members) < 2:
            continue
        column = _counter(view, members, numbers, times, page)
        if column is None and numbers and len(members) < times and searches < _MOST_SEARCHES:
            searches += 1
            column = _counter_with_inside(view, members, numbers, times)
        if column is not None:
            yield _counted(view, members, column)
        else:
            yield from _uncounted(view, members, times, page)


def _counter(view: View, members: Sequence[int], numbers: int, times: int, page: int) -> int | None:
    """Which number of equal lines is the counter of a head, if one is."""
    for column in range(numbers):
        sightings = [_standing(view, index, column) for index in members]
        both = len(members) == 2 and all(s.cuts for s in sightings)
        counted = counts([s.number for s in sightings], 2 if both else times) and apart(sightings, page)
        if counted and _is_page_matter(view, _counted(view, members, column), sightings):
            return column
    return None


def _is_page_matter(view: View, head: Head, sightings: Sequence[Sighting]) -> bool:
    """Whether counted lines are no headings (典型案例 1, 2024年主要指标): they cut sentences, or say what they are.

    That is a counter between dashes or before 页, or set apart from the name of a paper or the document's first line.
    """
    before, after = "".join(head.before.split()), "".join(head.after.split())
    if after.startswith(("年", "月", "日")):
        return False
    dashed = before[-1:] in _DASHES and after[:1] in _DASHES
    if dashed or after.startswith("页") or 6 * sum(s.cuts for s in sightings) >= len(sightings):
        return True
    name, first = before or after, "".join(view.content(view.blocks[0]).split())
    set_apart = not (head.before[-1:].strip() or head.after[:1].strip())
    return set_apart and (name == first or _PERIODICAL.search(name) is not None)


def _counter_with_inside(view: View, members: Sequence[int], numbers: int, times: int) -> int | None:
    """Which number is the counter of a head that stands on lines of its own too seldom, and inside lines besides.

    The numbers must rise one by one, a page apart; an item of a list (实施方案3) hardly comes back so.
    """
    for column in range(numbers):
        head = _counted(view, members, column)
        if sum(map(is_han, head.before + head.after)) < _NAME or not _rises(head.sightings, times=2):
            continue
        inside = [_inside(view, *found) for found in missing_of(view, head)]
        together = sorted([*head.sightings, *inside], key=lambda sighting: sighting.start)
        counted = inside and _rises(together, times) and apart(together, _SHORTEST_PAGE)
        if counted and _is_page_matter(view, head, together):
            return column
    return None


def _rises(sightings: Sequence[Sighting], times: int) -> bool:
    """Whether at least ``times`` counters rise, and hardly leave one out."""
    return len(sightings) >= times and all(1 <= b.number - a.number <= 2 for a, b in pairwise(sightings))


def _inside(view: View, start: int, end: int, number: int) -> Sighting:
    """A sighting inside a line."""
    left, right = view.text[max(0, start - _REACH) : start], view.text[end : end + _REACH]
    return Sighting(start, end, number, left, right, bool(left and right) and one_sentence(left, right))


def _counted(view: View, members: Sequence[int], column: int) -> Head:
    sightings = [_standing(view, index, column) for index in members]
    why = "页眉逐页重现，所带页码递增"
    follows = [b.number == a.number + 1 for a, b in pairwise(sightings)]
    standing = _stood(view, members, why, sightings, follows)
    line = view.content(view.blocks[members[0]])
    counter = list(_NUMBER.finditer(line))[column]
    return Head(line[: counter.start()], line[counter.end() :], tuple(sightings), tuple(standing))


def _stood(
    view: View, members: Sequence[int], why: str, sightings: Sequence[Sighting], follows: Sequence[bool]
) -> list[Standing]:
    """The blocks of a head; ``follows`` says of all but the last whether the next one stands a page further on."""
    usual = median(b.start - a.end for a, b in pairwise(sightings))
    last = len(follows) >= 2 and all(follows) and len(view.text) - sightings[-1].end <= 1.6 * usual
    standing = [Standing(i, why, whole, last=False) for i, whole in zip(members, follows, strict=False)]
    return [*standing, Standing(members[-1], why, whole=False, last=last)]


def _uncounted(view: View, members: Sequence[int], times: int, page: int) -> Iterator[Head]:
    """Heads without a counter: lines that are equal throughout, a page apart, and cut sentences."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index in members:
        groups["".join(view.content(view.blocks[index]).split())].append(index)
    for line, equal in groups.items():
        sightings = [_standing(view, index, None) for index in equal]
        titles = _at_top(view, equal[0])
        if len(equal) < (_SENTENCES if _SENTENCE_MARK.search(line) else 2) or not apart(sightings, page):
            continue
        named = len(equal) > times if titles else _PERIODICAL.search(line) is not None
        if not _behaves(sightings, times, named and not _opens_texts(sightings)):
            continue
        usual = median(b.start - a.end for a, b in pairwise(sightings))
        kept = int(_is_text(view, equal[0], sightings, titles, usual))
        follows = [b.start - a.end <= 2 * usual for a, b in pairwise(sightings)]
        standing = _stood(view, equal, "同一短行逐页重现，断开句子", sightings, follows)
        yield Head(line, "", tuple(sightings[kept:]), tuple(standing[kept:]))


def _opens_texts(sightings: Sequence[Sighting]) -> bool:
    """Whether equal lines stand over texts of their own: over a date or an issue, or below another short line."""
    over = sum(_ISSUE.match(s.right) is not None for s in sightings)
    below = sum(len(s.left) < _TEXT_LINE and ending(s.left) is Ending.NONE for s in sightings[1:])
    return 2 * over >= len(sightings) or 2 * below >= len(sightings)


def _behaves(sightings: Sequence[Sighting], times: int, named: bool) -> bool:
    """Whether equal lines that stand a page apart are a head.

    Two that cut sentences are; of three or more one in six must, unless they stand at even distances and are
    ``named``: the name of a paper, or the first line of the document, which comes back more often than headings do.
    """
    cutting = sum(1 for s in sightings if s.cuts)
    if cutting >= 2 and 4 * cutting >= len(sightings):
        return True
    gaps = [b.start - a.end for a, b in pairwise(sightings)]
    usual = median(gaps)
    if len(sightings) < times or usual > _LONGEST_PAGE:
        return False
    even = usual >= _SHORTEST_PAGE and all(0.5 * usual <= gap <= 1.6 * usual for gap in gaps)
    return 6 * cutting >= len(sightings) or (named and even)


def _is_text(view: View, index: int, sightings: Sequence[Sighting], titles: bool, usual: float) -> bool:
    """Whether the first of the lines is what the head repeats: the title, or the heading of a part.

    A head that begins with the document stands a page from its beginning; the heading of a part stands anywhere.
    """
    first, second = sightings[:2]
    if first.cuts:
        return False
    if titles or heading_level(view.content(view.blocks[index])):
        return True
    return not (0.4 * usual <= first.start <= 1.6 * usual and second.start - first.end <= 1.8 * usual)


def _at_top(view: View, index: int) -> bool:
    """Whether nothing but short lines without a stop stands before block ``index``."""
    return index <= _TITLE_LINES and all(
        len(view.content(block)) <= _LONGEST and ending(view.content(block)) is not Ending.STOP
        for block in view.blocks[:index]
    )


def _bare(line: str) -> str:
    """What stays the same of a head from page to page."""
    return str(_NUMBER.sub("", "".join(line.split()))).strip(_EDGE + "第页（）()")


def _may_head(line: str, key: str) -> bool:
    """Whether a short line, of which ``key`` stays the same, can be a head."""
    if len(key) < 3 or ending(key) is not Ending.NONE or item_number(line) is not None:
        return False
    if addresses(line) and len(line) <= _ADDRESS:
        return False
    return not line.startswith(("#", "|")) and page_mark(line, 0, 0) is None


def _standing(view: View, index: int, column: int | None) -> Sighting:
    block = view.blocks[index]
    number = -1 if column is None else int(_NUMBER.findall(view.content(block))[column])
    left, right = _neighbours(view, index)
    cuts = bool(left and right) and not (begins_block(right) or stands_alone(left)) and _parts(left, right)
    return Sighting(block.start, block.end, number, left, right, cuts)


def _parts(left: str, right: str) -> bool:
    """Whether running text goes on from ``left`` to ``right``, lines that both may be whole paragraphs."""
    if max(len(left), len(right)) < _TEXT_LINE or addresses(right):
        return False
    return one_sentence(left, right) or (unfinished(left, _PARAGRAPH) and may_continue(right))


def _neighbours(view: View, index: int) -> tuple[str, str]:
    """The lines around block ``index``, page numbers left aside; empty at the ends of the text."""
    before, after = index - 1, index + 1
    while before >= 0 and _is_number(view, before):
        before -= 1
    while after < len(view.blocks) and _is_number(view, after):
        after += 1
    left = view.content(view.blocks[before]) if before >= 0 else ""
    return left, view.content(view.blocks[after]) if after < len(view.blocks) else ""


def _is_number(view: View, index: int) -> bool:
    block = view.blocks[index]
    return page_mark(view.content(block), block.start, index) is not None


def one_sentence(left: str, right: str) -> bool:
    """Whether ``left`` stops inside an enumeration, or without a mark where ``right`` goes on."""
    how = ending(left)
    return how is Ending.COMMA or (how is Ending.NONE and coheres(left, right))


def counts(numbers: Sequence[int], times: int) -> bool:
    """Whether the counters rise page by page; one in five may be misread."""
    steps = [b - a for a, b in pairwise(numbers)]
    rising = [s for s in steps if 0 < s <= 4]
    return len(numbers) >= times and 5 * len(rising) >= 4 * len(steps) and median(steps) in {1, 1.5, 2}


def apart(sightings: Sequence[Sighting], page: int) -> bool:
    """Whether the sightings stand a page apart, evenly, and each in a place of its own.

    Lines that come back with their neighbours belong to a text that was copied, and are no furniture.
    """
    if min(
        len({s.left[-_REACH:] for s in sightings}), len({s.right[:_REACH] for s in sightings})
    ) < 0.7 * len(sightings):
        return False
    gaps = [b.start - a.end for a, b in pairwise(sightings)]
    middle = median(gaps)
    return middle >= page and sum(1 for g in gaps if middle / 3 <= g <= 3 * middle) >= 0.6 * len(gaps)


def missing_of(view: View, head: Head) -> Iterator[tuple[int, int, int]]:
    """Where a counted head stands inside lines with a counter that its sightings lack there: start, end, counter."""
    counter = rf"{_loose(head.before)}([0-9０-９]{{1,4}}){_loose(head.after)}"
    pattern = regex.compile(rf"(?<![0-9])(?:{counter})(?![0-9])")
    starts, numbers = [s.start for s in head.sightings], [s.number for s in head.sightings]
    for match in pattern.finditer(view.text):
        at = bisect_right(starts, match.start())
        number = int(match.group(1))
        low = numbers[at - 1] if at else max(0, number - 4)
        high = numbers[at] if at < len(numbers) else number + 1
        if low < number < high <= low + _MOST_MISSING and match.start() not in starts:
            yield match.start(), match.end(), number


def _loose(part: str) -> str:
    """A pattern for a part of a head, with any spaces in it and about it."""
    space = r"[^\S\n]*"
    return space + space.join(regex.escape(char) for char in "".join(part.split())) + space
