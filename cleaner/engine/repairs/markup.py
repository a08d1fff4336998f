"""Marks that vision models leave: Markdown, HTML, LaTeX. The words between the marks stay.

In a Markdown document (``.md``) its own marks are the text's form and stay; LaTeX numbers are read back
everywhere.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from cleaner.engine.repairs.latex import plain
from cleaner.engine.view import View
from cleaner.model import Candidate

_BOLD = regex.compile(
    r"((?<!\*)(?!(?<=[0-9])\*+[0-9])\*{2,3}(?!\*)|(?<!_)__(?!_))(?=[^\s，。；、！？])([^*_\n]+?)(?<=[^\s、])\1(?![*_])"
)
"""Not a mask over digits (139****0000), nor a line to write on (______乡)."""
_LONE_STARS = regex.compile(r"(?<![^。；！？：，])\*{2,3}(?=[^\s*。，；、！？])(?![0-9]+(?![0-9]*[年.、．]))")
_ITALIC = regex.compile(r"(?<![*\w])(\*)(?=\p{Han}|[“《（])([^*\n]{1,60}?)\*(?![*\w])")
_HEADING = regex.compile(r"(?m)^[^\S\n]{0,3}(#{1,6}[^\S\n]+)(?=\S)")
_CLOSING_HASHES = regex.compile(r"(?m)[^\S\n]+#{1,6}[^\S\n]*$")
_IMAGE = regex.compile(r"!\[([^\]\n]{0,200})\]\([^()\n]{0,500}(?:\([^()\n]{0,200}\))?[^()\n]{0,300}\)")
_IMAGE_TAG = regex.compile(r"(?i)<img\b[^<>\n]{0,600}>")
_FENCE = regex.compile(r"```+[A-Za-z]{0,12}")
_TABLE_BORDER = regex.compile(r"(?i)<(/?)table\b[^<>]{0,300}>")
_TABLE_TAGS = regex.compile(
    r"(?i)(?:\s*</?(?:table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col)\b[^<>]{0,300}>\s*)+"
)
_BREAK_IN_CELL = regex.compile(r"(?i)[^\S\n]*<br\s*/?>\s*")
_ROW_END = regex.compile(r"(?i)</tr|<tr|</caption|</?table")
_CELL_END = regex.compile(r"(?i)</t[dh]\s*>\s*<t[dh]\b")
_BREAK = regex.compile(r"(?i)[^\S\n]*<br\s*/?>[^\S\n]*(\n?)")
_SCRIPT = regex.compile(r"(?i)<(sup|sub)>\s*([0-9]{1,3}|[①-⑳*])\s*</\1>")
_TAG = regex.compile(
    r"(?i)</?(?:p|div|span|font|b|strong|i|em|u|s|center|section|article|header|footer|h[1-6]|ul|ol|li|a"
    r"|small|big|sup|sub|body|html|figure|figcaption|blockquote)(?:\s[^<>\n]{0,300})?/?>"
)
_ENTITY = regex.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,6});")
_FORMULA = regex.compile(r"(?<![\\$])\$([^$\n]{1,160})\$(?!\$)|\\\(([^\n]{1,160}?)\\\)")
_CUT_FORMULA = regex.compile(
    r"(?<![\\$])\$([^$\n]{0,60}[^\S\n]*\n+[^\S\n]*[^$\n]{0,60})\$(?!\$)"
    r"|\\\(([^\n]{0,60}?[^\S\n]*\n+[^\S\n]*[^\n]{0,60}?)\\\)"
)
"""A formula that a line end cut in two."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _is_markdown(view: View) -> bool:
    return view.document.format == "md"


def bold_marks(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """``**…**`` and its kin: the marks go, the words stay; stars alone before a sentence go too."""
    if _is_markdown(view) or ("*" not in view.text and "__" not in view.text):
        return
    for block in view.blocks:
        line = view.content(block)
        taken: set[int] = set()
        for match in (*_BOLD.finditer(line), *_ITALIC.finditer(line)):
            width = len(match.group(1))
            taken |= {match.start(), match.end() - width}
            if _hides_names(line, match):
                continue
            for at in (match.start(), match.end() - width):
                yield Candidate(block.start + at, block.start + at + width, "", why="Markdown 强调标记")
        for match in _LONE_STARS.finditer(line):
            if match.start() not in taken:
                start = block.start + match.start()
                yield Candidate(start, block.start + match.end(), "", why="落单的 Markdown 标记")
    yield from _cut_bold(view)


def _cut_bold(view: View) -> Iterator[Candidate]:
    """The closing half of ``**…⏎…**``, whose opening half, alone at the head of the line before, goes as well."""
    for index, block in enumerate(view.blocks[1:], 1):
        line, above = view.content(block), view.content(view.blocks[index - 1])
        if line.count("**") == above.count("**") == 1 and above.startswith("**") and line.endswith("**"):
            yield Candidate(block.end - 2, block.end, "", why="跨行的 Markdown 标记")


def _hides_names(line: str, match: regex.Match[str]) -> bool:
    """王**、李** : stars that stand for characters, not around them."""
    before, after = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
    return len(match.group(2)) <= 3 and before.isalnum() and not after.isalnum()


def heading_marks(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """``#`` to ``######`` with its space at the start of a line, and the closing hashes of such a line."""
    if _is_markdown(view) or "#" not in view.text:
        return
    for match in _HEADING.finditer(view.text):
        yield Candidate(match.start(1), match.end(1), "", why="Markdown 标题标记")
        end = view.text.find("\n", match.end())
        closing = _CLOSING_HASHES.search(view.text, match.end(), len(view.text) if end < 0 else end)
        if closing:
            yield Candidate(closing.start(), closing.end(), "", why="Markdown 标题标记")


def image_links(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Links to pictures that were cut out of the page; a Chinese description of the picture stays."""
    if _is_markdown(view):
        return
    for index, block in enumerate(view.blocks):
        found = list(_IMAGE.finditer(view.text, block.start, block.end))
        found += _IMAGE_TAG.finditer(view.text, block.start, block.end)
        alone = len(found) == 1 and found[0].span() == (block.start, block.end)
        if alone and not _description(found[0]):
            yield _whole_block(view, index, "图片链接")
            continue
        for match in found:
            yield Candidate(match.start(), match.end(), _description(match), why="图片链接")


def _description(match: regex.Match[str]) -> str:
    """The alternative text of a Markdown picture when it says something in Chinese."""
    words = match.group(1) if match.re is _IMAGE else ""
    return words.strip() if regex.search(r"\p{Han}{3}", words) else ""


def _whole_block(view: View, index: int, why: str) -> Candidate:
    """Delete a block together with the gap before it, or after it if it is the first."""
    block = view.blocks[index]
    if index:
        return Candidate(view.blocks[index - 1].end, block.end, "", why=why)
    end = view.blocks[1].start if len(view.blocks) > 1 else block.end
    return Candidate(block.start, end, "", why=why)


def code_fences(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """The fence that a model puts around its whole answer: a line of back quotes alone."""
    if _is_markdown(view) or "```" not in view.text:
        return
    fences = [i for i, b in enumerate(view.blocks) if _FENCE.fullmatch(view.content(b))]
    for index in fences:
        yield _whole_block(view, index, "代码围栏")


def html_tables(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """``<table>…</table>``: one row a line, the cells of a row set apart by a tab; cell text stays.

    Each run of tags is one candidate, so the words of the cells are never part of an edit.
    """
    if _is_markdown(view) or "<" not in view.text:
        return
    for table in _tables(view.text):
        for run in _TABLE_TAGS.finditer(view.text, *table):
            after = _separator(run.group())
            if run.start() == table[0] or run.end() == table[1]:
                after = _edge(view.text, run.start(), run.end(), table)
            yield Candidate(run.start(), run.end(), after, why="HTML 表格标签")
        for tag in _BREAK_IN_CELL.finditer(view.text, *table):
            yield Candidate(tag.start(), tag.end(), "", why="单元格内换行标签")


def _tables(text: str) -> list[tuple[int, int]]:
    """Ranges of the tables, outermost tags included; a table without its end is none."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for border in _TABLE_BORDER.finditer(text):
        if not border.group(1):
            opened.append(border.start())
        elif opened:
            start = opened.pop()
            if not opened:
                found.append((start, border.end()))
    return found


def _separator(tags: str) -> str:
    """A line end between rows; a tab for each step to the next cell of a row (empty cells count)."""
    rows = _ROW_END.split(tags)
    steps = len(_CELL_END.findall(rows[-1], overlapped=True))
    return "\n" * (len(rows) > 1) + "\t" * steps


def _edge(text: str, start: int, end: int, table: tuple[int, int]) -> str:
    """At the borders of a table: keep its white space outside, and part it from text on the same line."""
    if start == table[0]:
        return "" if text[max(start - 1, 0) : start] in "\n" else "\n"
    return "" if text[end : end + 1] in "\n" else "\n"


def html_tags(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Tags of text: ``<br>`` is a line end, ``<sup>3</sup>`` a raised digit; the others just go."""
    if _is_markdown(view) or "<" not in view.text:
        return
    tables = _tables(view.text)
    starts = [start for start, _ in tables]
    for match in _breaks_and_tags(view.text):
        nearest = bisect_right(starts, match.start()) - 1
        if nearest < 0 or match.start() >= tables[nearest][1]:
            yield Candidate(match.start(), match.end(), _tag_text(match), why="HTML 标签")


def _breaks_and_tags(text: str) -> Iterator[regex.Match[str]]:
    """Scripts first, so that their own tags are not also found as bare tags."""
    scripts = list(_SCRIPT.finditer(text))
    yield from scripts
    yield from _BREAK.finditer(text)
    starts = {s for m in scripts for s in (m.start(), m.end() - len(m.group(1)) - 3)}
    yield from (m for m in _TAG.finditer(text) if m.start() not in starts)


def _tag_text(match: regex.Match[str]) -> str:
    if match.re is _SCRIPT:
        raised = match.group(1).lower() == "sup"
        return match.group(2).translate(_SUPERSCRIPTS) if raised else str(match.group(2))
    return "\n" if match.re is _BREAK else ""


def html_entities(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Character references: the character that they stand for, an ordinary space for ``&nbsp;``."""
    if _is_markdown(view) or "&" not in view.text:
        return
    for match in _ENTITY.finditer(view.text):
        character = html.unescape(match.group())
        if character != match.group() and len(character) == 1:
            after = " " if character == "\u00a0" else character
            yield Candidate(match.start(), match.end(), after, why="HTML 字符实体")


def latex_numbers(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    r"""``$…$`` and ``\(…\)`` around numbers and units, where every sign of the formula is understood.

    A line end inside the formula goes with its marks.
    """
    if "$" not in view.text and "\\(" not in view.text:
        return
    edge = 0
    whole = list(_FORMULA.finditer(view.text))
    taken = {at for match in whole for at in (match.start(), match.end() - 1)}
    cut = (m for m in _CUT_FORMULA.finditer(view.text) if taken.isdisjoint((m.start(), m.end() - 1)))
    for match in sorted((*whole, *cut), key=lambda m: m.start()):
        after = plain(match.group(1) or match.group(2))
        if after and match.start() >= edge:
            edge = match.end()
            yield Candidate(match.start(), match.end(), after, why="LaTeX 公式")
