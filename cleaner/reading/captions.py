"""Photo captions that carry no credit, told from where they stand: the page had a picture there.

Two kinds of evidence. A picture leaves a run of blank lines before its caption where the document has one blank
line elsewhere. And captions without a credit come as a gallery: bare lines in a row that name a thing each, with
no running text below them. The first kind is lost when blank lines are put right, so the types of the base text
are carried to the clean text (``cleaner.engine.restore``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from cleaner.model import Block, BlockType

_WIDE = 3
"""Line ends in a gap that a picture left: two blank lines or more."""
_PICTURE = regex.compile(r"\n[^\S\n]*\n[^\S\n]*\n")
_LONGEST = 30
_LONGEST_SENTENCE = 90
_GALLERY = 3
_THING = regex.compile(
    r"[\u4e00-\u9fff0-9A-Za-z《》“”（）()·]+(?:[园区院馆桥站库田塘村镇街山湖河厂机校楼线片路]|公司|基地|实验室|项目|工程|车间|广场|中心"
    r"|温泉|栈道|湿地|现场|活动|仪式|夜景|一角|风光|新貌|合影|[》）)])"
)
_NO_CAPTION = regex.compile(
    r"^[（(]?[一二三四五六七八九十0-9]+[、.）)]|[0-9]{4}年?$|工作(?:回顾|安排|报告|总结)|展望|回眸|聚焦|目标|附件|目录"
)
_EVENT = regex.compile(
    r"[^。！？；\n]*(?:开幕|闭幕|召开|举行|会议现场|作(?:县|市|区)?(?:政府)?工作报告|合影|图为|调研|视察|揭牌|竣工|通车)[^。！？；\n]*。?"
)


def with_captions(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks`` of ``text`` with the captions that stand apart typed as such."""
    if not any(b.type is BlockType.HEADING and b.level > 1 for b in blocks) and "\n" * _WIDE not in text:
        return tuple(blocks)
    wide = _wide_gaps(text, blocks)
    found = {*_galleries(text, blocks, wide), *_events(text, blocks, wide)}
    if not found:
        return tuple(blocks)
    return tuple(
        b._replace(type=BlockType.CAPTION, level=0) if i in found else b for i, b in enumerate(blocks)
    )


def _wide_gaps(text: str, blocks: Sequence[Block]) -> Sequence[bool]:
    """For every block whether it stands behind a gap that a picture left."""
    if not _PICTURE.search(text):
        return [False] * len(blocks)
    gaps = [0, *(text.count("\n", a.end, b.start) for a, b in pairwise(blocks))]
    usual = Counter(gaps[1:]).most_common(1)[0][0] if len(gaps) > 1 else 0
    return [gap >= _WIDE and gap > usual for gap in gaps]


def _galleries(text: str, blocks: Sequence[Block], wide: Sequence[bool]) -> Iterator[int]:
    """Bare lines in a row that name a thing; a lone one must stand behind a wide gap and right above a head."""
    bare = (i for i, b in enumerate(blocks) if b.level == _BARE)
    past = 0
    for index in bare:
        if index < past:
            continue
        stop = index
        while stop < len(blocks) and _may_be(text, blocks[stop], wide[stop]):
            stop += 1
        credited = stop < len(blocks) and blocks[stop].type is BlockType.CAPTION
        heads = stop < len(blocks) and blocks[stop].type is BlockType.HEADING
        lone = stop - index == 1 and wide[index] and heads and _names_a_thing(text, blocks[index])
        if stop - index + credited >= _GALLERY or lone:
            yield from range(index, stop)
        past = stop


def _may_be(text: str, block: Block, wide: bool) -> bool:
    line = text[block.start : block.end]
    bare = block.type is BlockType.HEADING and block.level == _BARE and len(line) <= _LONGEST
    if not bare or _NO_CAPTION.search(line) or " " in line or "　" in line:
        return False
    return wide or _names_a_thing(text, block)


_BARE = 3
"""The level that :func:`cleaner.reading.blocks.classify` gives a short line without a mark."""


def _names_a_thing(text: str, block: Block) -> bool:
    return _THING.fullmatch(text, block.start, block.end) is not None


def _events(text: str, blocks: Sequence[Block], wide: Sequence[bool]) -> Iterator[int]:
    """A single short sentence about an event, behind a wide gap."""
    for index, block in enumerate(blocks):
        if index and wide[index] and block.type in (BlockType.PARAGRAPH, BlockType.HEADING):
            short = block.end - block.start <= _LONGEST_SENTENCE
            if short and block.level != 1 and _EVENT.fullmatch(text, block.start, block.end):
                yield index
