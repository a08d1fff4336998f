"""White space outside the blocks: blank lines, ends of lines, the space that a form feed left.

Blocks are lines without their indents, so declarative rules never see this matter. Every function
walks the gaps between blocks once. The indent of two full-width spaces is layout and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from cleaner.engine.view import View
from cleaner.model import BlockType, Candidate

_EXCESS = regex.compile(r"\n{3,}")
_TRAILING = regex.compile(r"[^\S\n]+(?=\n|\Z)")
_ODD_SPACE = regex.compile(r"[\u00A0\u1680\u2000-\u200A\u202F\u205F]")


def _gaps(view: View) -> Iterator[tuple[int, int]]:
    """Ranges between blocks, with what stands before the first and after the last one."""
    edge = 0
    for block in view.blocks:
        yield edge, block.start
        edge = block.end
    yield edge, len(view.text)


def leading_blank_lines(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Blank lines before the first block; the indent of its own line stays."""
    if not view.blocks:
        return
    end = view.text.rfind("\n", 0, view.blocks[0].start) + 1
    if end:
        yield Candidate(0, end, "", why="篇首空行")


def trailing_spaces(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """White space before a line end; the empty last cell of a table row and Markdown's hard break stay."""
    markdown = view.document.format == "md"
    ends_of_rows = {block.end for block in view.blocks if block.type is BlockType.TABLE_CELL}
    for start, end in _gaps(view):
        for match in _TRAILING.finditer(view.text, start, end):
            if match.end() == end < len(view.text):
                continue
            if match.start() in ends_of_rows or (markdown and match.group() == "  "):
                continue
            yield Candidate(match.start(), match.end(), "", why="行末空白")


def blank_line_runs(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Two or more blank lines in a row: one is kept, and none at the end of the text."""
    tail = len(view.text.rstrip("\n"))
    for start, end in _gaps(view):
        for match in _EXCESS.finditer(view.text, start, min(end, tail)):
            yield Candidate(match.start() + 2, match.end(), "", why="连续空行")
    if tail and len(view.text) - tail > 1:
        yield Candidate(tail + 1, len(view.text), "", why="篇末空行")


def page_top_spaces(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """The form feed at a page top, or the single space that stands where one was.

    Where paragraphs are set apart by a blank line and the space follows a bare line end, the space
    becomes the missing blank line. A text that indents half of its lines so is left alone.
    """
    if view.document.format == "md":
        return
    feeds = [i for i, block in enumerate(view.blocks) if view.text[max(0, block.start - 1)] == "\f"]
    tops = [i for i, block in enumerate(view.blocks) if _is_page_top(view.text, block.start)]
    tops = feeds if len(tops) * 2 > len(view.blocks) > 3 else sorted({*feeds, *tops})
    blank_apart = _parts_by_blank_line(view, frozenset(tops))
    for index in tops:
        start = view.blocks[index].start - 1
        bare = index > 0 and view.gap(index - 1).count("\n") == 1
        after = "\n" if bare and blank_apart else ""
        yield Candidate(start, start + 1, after, why="页首残留空格")


def _is_page_top(text: str, start: int) -> bool:
    """Exactly one space before the block, at the start of its line."""
    return start > 0 and text[start - 1] in " \u2003\u00a0" and (start == 1 or text[start - 2] == "\n")


def _parts_by_blank_line(view: View, tops: frozenset[int]) -> bool:
    others = [view.gap(i - 1).count("\n") for i in range(1, len(view.blocks)) if i not in tops]
    return sum(count > 1 for count in others) * 2 > len(others)


def odd_spaces(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """No-break, thin and em spaces, in and outside blocks: an ordinary space stands for them."""
    for match in _ODD_SPACE.finditer(view.text):
        yield Candidate(match.start(), match.end(), " ", why="异形空格")
