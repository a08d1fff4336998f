"""Text -> blocks: every non-blank line, typed on its face.

Types are read from the line and its neighbours alone, so the same function serves base, stage and
clean text. The patterns follow the layout of Chinese public documents (GB/T 9704: 一、（一）1.（1）). What a run
of blank lines says of a caption is :mod:`cleaner.reading.captions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import is_

import regex

from cleaner.model import Block, BlockType
from cleaner.reading.captions import with_captions

CHINESE_DIGITS = "〇零一二三四五六七八九十百"
STOPS = "。！？；：!?;:"
_CHAPTER = regex.compile(rf"第[{CHINESE_DIGITS}0-9]+[章节编篇](?![^\s　]*[。；])")
_LEVEL_ONE = regex.compile(rf"[{CHINESE_DIGITS}]+[ ]?、")
_LEVEL_TWO = regex.compile(rf"[（(][ ]?[{CHINESE_DIGITS}]+[ ]?[)）]")
_LEVEL_HEADS = frozenset(CHINESE_DIGITS + "第（(")
_LIST_ITEM = regex.compile(r"(?:[0-9]{1,3}(?:[.．](?![0-9])|、)|[（(][0-9]{1,3}[)）]|[①-⑳])")
_SPEAKER = regex.compile(
    r"(?:[\p{Han}]{0,14}(?:[县市区省州旗镇乡]\s?长|主席|主任|书记|检察长|院长))[\s　]*(?:[\p{Han}][\s　]*){2,4}$"
)
_DATELINE = regex.compile(r"(?:[—-]{1,2}[^。！？；]*|[（(]?[0-9０-９]{4}年[\s0-9]*月[\s0-9]*日[）)]?)$")
_CREDIT = regex.compile(r"(?:摄影报道|摄影|(?<![拍])摄|供图|配图|图为.*|资料图片?|图片来源.*)[。）)]?$")
_SALUTATION = regex.compile(r"(?:各位[\p{Han}、]{2,12}|同志们|朋友们|女士们、先生们)[：:！!，,]?$")
_NOTE = regex.compile(r"(?:\[[0-9]+\]|注[：:0-9①-⑳]|附注|备注[：:])")
_MARKDOWN_HEADING = regex.compile(r"(#{1,6})\s+")
_HEADING_WIDTH = 44


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line of ``text``, without its line end."""
    start = 0
    while True:
        end = text.find("\n", start)
        if end < 0:
            yield start, len(text)
            return
        yield start, end
        start = end + 1


def heading_level(line: str) -> int:
    """Depth of the heading marker at the start of ``line``: 1 for 一、, 2 for （一）, 0 for none."""
    if line[:1] not in _LEVEL_HEADS:
        return 0
    if _CHAPTER.match(line) or _LEVEL_ONE.match(line):
        return 1
    return 2 if _LEVEL_TWO.match(line) else 0


def _heading(line: str) -> int:
    markdown = _MARKDOWN_HEADING.match(line)
    if markdown:
        return len(markdown.group(1))
    level = heading_level(line)
    if level and len(line) <= _HEADING_WIDTH and line[-1] not in "。；;，,":
        return level
    return 0


def is_caption(line: str) -> bool:
    """Whether a line carries a photo credit at its end."""
    return len(line) <= 120 and _CREDIT.search(line) is not None


def _bare_heading(line: str) -> bool:
    """A short line that stops without a mark: a title, a newspaper headline, a section name."""
    return len(line) <= 40 and line[-1] not in STOPS + "，,、" and not line.startswith(("◆", "●", "■"))


_SHORTEST_PLAIN = 121
"""Characters from which a line is neither a heading, a date, a speaker nor a caption."""
_HEAD_MARKS = frozenset(CHINESE_DIGITS + "0123456789第#|（([注附备◆●■-*①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


def classify(line: str, first: bool) -> tuple[BlockType, int]:
    """Type and heading level of one stripped line; ``first`` for the first line of the text."""
    if len(line) >= _SHORTEST_PLAIN and line[-1] == "。" and line[0] not in _HEAD_MARKS and "\t" not in line:
        return BlockType.PARAGRAPH, 0  # most lines of a report, and most of its text
    return _classified(line, first)


def _classified(line: str, first: bool) -> tuple[BlockType, int]:
    """The same by the marks of every type, one after another."""
    level = _heading(line)
    if level:
        return BlockType.HEADING, level
    if "\t" in line or (line.startswith("|") and line.endswith("|")):
        return BlockType.TABLE_CELL, 0
    if _SPEAKER.fullmatch(line) or (_DATELINE.fullmatch(line) and len(line) <= 60):
        return BlockType.SIGNATURE, 0
    if is_caption(line):
        return BlockType.CAPTION, 0
    if _NOTE.match(line):
        return BlockType.NOTE, 0
    if _LIST_ITEM.match(line) or line.startswith(("◆", "●", "■", "- ", "* ")):
        return BlockType.LIST_ITEM, 0
    if _SALUTATION.fullmatch(line):
        return BlockType.PARAGRAPH, 0
    if _bare_heading(line):
        return BlockType.HEADING, 1 if first else 3
    return BlockType.PARAGRAPH, 0


Known = dict[str, tuple[BlockType, int, int, int] | None]
"""What was found of lines before, of one document: most lines of a text outlive an edit.

Type, level, indent and length in characters; None of a blank line.
"""


def parse_blocks(text: str, known: Known | None = None) -> tuple[Block, ...]:
    """Cut ``text`` into its non-blank lines. Offsets are in the frame of ``text``, without indents."""
    seen: Known = {} if known is None else known
    blocks: list[Block] = []
    section, start = -1, 0
    for raw in text.split("\n"):
        if raw in seen and blocks:
            found = seen[raw]
        else:
            found = _told(raw, first=not blocks)
            if blocks:
                seen[raw] = found
        if found is not None:
            kind, level, indent, length = found
            if kind is BlockType.HEADING:
                section = len(blocks)
            low = start + indent
            # a block, made without the detour over its own __new__: there is one for every line of every text
            blocks.append(tuple.__new__(Block, (kind, low, low + length, level, section, "")))
        start += len(raw) + 1
    retyped = with_captions(text, blocks)
    return retyped if all(map(is_, blocks, retyped)) else in_sections(retyped)


def _told(raw: str, first: bool) -> tuple[BlockType, int, int, int] | None:
    """What there is to know of a line, taken by itself; ``first`` for the first that is not blank."""
    line = raw.strip()
    if not line:
        return None
    return *classify(line, first), len(raw) - len(raw.lstrip()), len(line)


def in_sections(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Every block with the index of the nearest heading at or above it."""
    section = -1
    found: list[Block] = []
    for index, block in enumerate(blocks):
        section = index if block.type is BlockType.HEADING else section
        found.append(Block(block.type, block.start, block.end, block.level, section, block.marker))
    return tuple(found)
