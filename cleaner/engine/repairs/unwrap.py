"""Which line ends of hard-wrapped text were forced by the width of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from cleaner.engine.repairs.cohesion import coheres, seam_bits
from cleaner.engine.repairs.habits import Layout, learn
from cleaner.engine.repairs.seams import (
    Ending,
    addresses,
    begins_block,
    cannot_begin,
    cuts_number,
    gap_of_words,
    glued_item_number,
    item_number,
    reports_of_meeting,
    splits_dateline,
    stands_alone,
)
from cleaner.engine.repairs.wraps import HANG, Line, geometry_of
from cleaner.engine.view import View
from cleaner.model import Candidate
from cleaner.reading.blocks import heading_level

_DIGIT = regex.compile(r"[0-9]")
_FIGURE = regex.compile(r"(?<!第)[0-9][0-9,.]*(?:[%％]|[万亿个家所座公亩吨户人元])")
_NUMBER_HEAD = regex.compile(r"[\p{Han}，、；：。（〔“—–](([1-9][0-9]{0,3}|0)(?:\.[0-9]{1,3})?)$")
_NUMBER_REST = regex.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?[%％‰\p{Han}]")
_GROUPS_BEGUN = regex.compile(r"[\p{Han}，、；：。（](?:[1-9][0-9]?)$")
_GROUPS_REST = regex.compile(r"[0-9]{1,2}(?:,[0-9]{3})+(?![0-9,])")
"""The first group of thousands, cut by a line end: 48|8,843."""
_NOUGHTS = regex.compile(r"0[0-9]")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}年")
_MARK_INSIDE = regex.compile(r"[，。；：、]")
_LOOSE = 2
"""Columns that a justified line may lack: the quarter spaces between Han and digits are not in the text."""

_CERTAINLY_FIRST = 3.0
"""Log-odds from which a line opens a paragraph though the line before it could be half a sentence."""


@dataclass(slots=True)
class _Paragraph:
    """The paragraph that is being put together: how wide its last line is, and what was seen in it."""

    width: int
    first: bool
    item: int
    inline_item: int = 0


def joins(view: View) -> Iterator[Candidate]:
    """The gaps that a hard wrap left in ``view``, each with what belongs there: nothing, or one space."""
    found = geometry_of(view)
    if any(found.wraps):
        yield from _joins(learn(found.lines, found.widths, found.wraps, found.measure))


def _joins(layout: Layout) -> Iterator[Candidate]:
    lines = layout.lines
    paragraph = _opened(layout, 0, 0)
    for index in range(len(lines) - 1):
        why = _reason(layout, index, paragraph) if layout.wraps[index] else ""
        if why:
            between = _between(layout, index, paragraph)
            yield Candidate(lines[index].end, lines[index + 1].start, between, why)
            paragraph = _continued(layout, index + 1, paragraph, why)
        else:
            paragraph = _opened(layout, index + 1, paragraph.item)


def _opened(layout: Layout, index: int, item: int) -> _Paragraph:
    text = layout.lines[index].text
    number = item_number(text) or glued_item_number(text) or 0
    return _Paragraph(layout.widths[index], True, number or item)


def _continued(layout: Layout, index: int, paragraph: _Paragraph, why: str) -> _Paragraph:
    width = layout.widths[index]
    if why == _HALVES:
        return _Paragraph(paragraph.width + width, paragraph.first, paragraph.item)
    return _Paragraph(width, False, paragraph.item)


_OPEN = "满行断在句中"
_FULL = "满行恰在句末，下一行不像段首"
_HALVES = "一行在页边断成两截，合起来恰是一行"
_MARK = "下一行以不能起头的标点开始"
_COMMA = "停在顿号、逗号或开口的引号括号上"
_DATELINE = "副标题分作两行"


def _reason(layout: Layout, index: int, paragraph: _Paragraph) -> str:
    """Why line ``index`` and the next are one; empty if they are not."""
    line, following = layout.lines[index], layout.lines[index + 1]
    if line.apart or following.apart or not layout.widths[index]:
        return ""
    if splits_dateline(line.text, following.text):
        return _DATELINE
    if not 0 < layout.widths[index + 1] <= layout.wraps[index] + HANG or stands_alone(line.text):
        return ""
    if cannot_begin(following.text):
        return _MARK
    if index + 1 in layout.copied:
        return ""
    forced = paragraph.width + layout.measure.unit(following.text) > layout.room(index, paragraph.first)
    if line.ending in {Ending.STOP, Ending.PAUSE}:
        return _FULL if forced and not _opens(layout, index + 1, paragraph) else ""
    if not forced:
        return _reason_unforced(layout, index, paragraph)
    return _OPEN if _sentence_goes_on(layout, index, paragraph) else ""


def _opens(layout: Layout, index: int, paragraph: _Paragraph) -> bool:
    """Whether the line after a full line with a stop opens a paragraph."""
    text = layout.lines[index].text
    if begins_block(text) or addresses(text) or reports_of_meeting(text):
        return True
    if glued_item_number(text) == paragraph.item + 1 > 1:
        return True
    if layout.lines[index - 1].text.endswith("；"):
        return layout.habits.likelihood(layout.features(index)) > _CERTAINLY_FIRST
    return layout.habits.odds(layout.features(index)) > 0


def _reason_unforced(layout: Layout, index: int, paragraph: _Paragraph) -> str:
    """A line that had room and still stops inside a sentence: cut by page matter, or wanted so."""
    line, following = layout.lines[index], layout.lines[index + 1]
    if begins_block(following.text):
        return ""
    if line.ending is Ending.COMMA:
        return _COMMA
    if paragraph.first and _MARK_INSIDE.search(line.text) is None:
        return ""
    room = layout.room(index, paragraph.first)
    loose = 0 if layout.measure.naive else _LOOSE
    if paragraph.width >= room - loose:
        return _OPEN
    fits = abs(paragraph.width + layout.widths[index + 1] - room) <= _LOOSE
    return _HALVES if fits and (coheres(line.text, following.text) or not paragraph.first) else ""


def _sentence_goes_on(layout: Layout, index: int, paragraph: _Paragraph) -> bool:
    """Whether a full line without a stop runs on: not if it is a headline that happens to fill its line."""
    line, following = layout.lines[index], layout.lines[index + 1]
    headline = paragraph.first and _may_be_headline(line)
    if begins_block(following.text):
        return not headline and _marker_in_sentence(line, following)
    first = layout.habits.likelihood(layout.features(index + 1))
    if not headline:
        # the second line of a headline that fills it, too: only what follows shows that it is none of a paragraph
        return (
            first < _CERTAINLY_FIRST or line.ending is not Ending.NONE or coheres(line.text, following.text)
        )
    if seam_bits(line.text, following.text) is not None:
        return first < (_CERTAINLY_FIRST if coheres(line.text, following.text) else -1)
    return first < 0


def _may_be_headline(line: Line) -> bool:
    if line.ending is not Ending.NONE or "。" in line.text or "；" in line.text:
        return False
    if line.text.count("，") > 1 and _FIGURE.search(line.text):
        return False  # an entry with its figures: 三、新增学位1,260个，新建幼儿园3所，全县
    return heading_level(line.text) > 0 or _MARK_INSIDE.search(line.text) is None


def _marker_in_sentence(line: Line, following: Line) -> bool:
    """Whether what looks like a marker is part of an enumeration that the line end cut (一、|二、三产业)."""
    if line.ending is Ending.COMMA or (_DIGIT.match(line.text[-1]) and following.text[0] in "—-"):
        return True
    return "、" in following.text[:4] and item_number(following.text) is not None


def _between(layout: Layout, index: int, paragraph: _Paragraph) -> str:
    """What stands between two joined lines: one space between two Latin words or two numbers, else nothing."""
    left, right = layout.lines[index].text, layout.lines[index + 1].text
    if layout.measure.naive:
        return ""
    if not (_DIGIT.match(left[-1]) and _DIGIT.match(right[0])):
        return gap_of_words(left, right)
    full = paragraph.width >= layout.room(index, paragraph.first)
    return "" if _is_one_number(left, right, full) else " "


def _is_one_number(left: str, right: str, full: bool) -> bool:
    """Whether the digits at a line end and those at the next head are one number of running text.

    No number begins with a nought and a digit, a year has four; else the line must be ``full`` to the last column,
    for what sets lines without cutting numbers leaves the room of those it carries over.
    """
    if cuts_number(left, right) or (full and _GROUPS_BEGUN.search(left) and _GROUPS_REST.match(right)):
        return True
    head, rest = _NUMBER_HEAD.search(left), _NUMBER_REST.match(right)
    if head is None or rest is None or ("." in head.group() and "." in rest.group()):
        return False
    known = _NOUGHTS.match(right) is not None or _YEAR.match(head.group(1) + rest.group()) is not None
    return full or known
