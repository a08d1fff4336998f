"""Spaces inside a line that the typesetting or the reading left between Chinese characters.

Chinese sets no spaces between words, so a space in running text is residue; but it is meant between a
post and a name, inside a name of two characters, between the halves of a headline and in a couplet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from cleaner.engine.view import View
from cleaner.model import Block, BlockType, Candidate

_RUNNING = (BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.NOTE)
_GAP = regex.compile(r"(?<=\p{Han})[ \u3000]{1,3}(?=\p{Han})")
_LETTER_SPACED = regex.compile(r"(?<!\p{Han})\p{Han}(?:[ \u3000]+\p{Han}(?!\p{Han})){2,}")
_POST = r"(?:[县市区省州旗乡镇村社局厅部院科处所校会厂]长|主席|主任|书记|总理|检察长|董事长|秘书长|委员长|专员|盟长)"
_POST_AND_NAME = regex.compile(rf"\p{{Han}}*?{_POST}(?=\p{{Han}}{{2,4}}$)")
_AFTER_POST = regex.compile(rf"(?:{_POST}|同志|先生|女士|记者|通讯员|代表|委员|作者|编辑|责编|校对)$")
_SENTENCE = regex.compile(r"[。；！？][”’）]?$")
_QUOTED = regex.compile(r"“[^“”\n]*”|‘[^‘’\n]*’|《[^《》\n]*》|「[^「」\n]*」|【[^【】\n]*】")
_CLAUSE = regex.compile(r"[^，。；：、！？（）()“”‘’《》…—]+")
_CREDIT = regex.compile(r"摄影|摄$|供图|图为|记者|通讯员|编辑|责编|校对|来源")
_LATIN_GAP = regex.compile(
    r"(?<=[\p{Han}，。；：、（“”）])[ ]{1,2}(?=[A-Z])"
    r"|(?<=[A-Z][A-Za-z0-9.+/&-]{0,11})[ ]{1,2}(?=[\p{Han}，。；：、）”])"
)
_LATIN_EDGE = regex.compile(r"\p{Han}(?=[A-Za-z])|[A-Za-z](?=\p{Han})")
_LATIN_WORDS = regex.compile(r"[A-Za-z][A-Za-z0-9.,'’+/&-]*(?:[ ]+[A-Za-z0-9][A-Za-z0-9.,'’+/&-]*)*")


def letter_spaced(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Lines set wide: single characters with a space between all of them.

    Four characters or more, or three that are the whole line or a name after a post. The narrowest gaps go;
    wider ones part words and stay. Between a post and a name one space stays.
    """
    for block in view.blocks:
        if block.type is BlockType.TABLE_CELL:
            continue
        line = view.content(block)
        for run in _LETTER_SPACED.finditer(line):
            if _is_set_wide(line, run):
                yield from _closed_up(block, run)


def _is_set_wide(line: str, run: regex.Match[str]) -> bool:
    count = sum(not character.isspace() for character in run.group())
    whole = run.group() == line.rstrip("：:")
    return count >= 4 or whole or bool(_AFTER_POST.search(line[: run.start()].rstrip()))


def _closed_up(block: Block, run: regex.Match[str]) -> Iterator[Candidate]:
    gaps = list(regex.finditer(r"\s+", run.group()))
    narrow = min(len(gap.group()) for gap in gaps)
    post = _POST_AND_NAME.match("".join(run.group().split()))
    before_name = len(post.group()) if post else -1
    for index, gap in enumerate(gaps):
        start = block.start + run.start() + gap.start()
        if index + 1 == before_name:
            if gap.group() != " ":
                yield Candidate(start, start + len(gap.group()), " ", why="职务与姓名之间留一空格")
        elif len(gap.group()) == narrow:
            yield Candidate(start, start + narrow, "", why="疏排字间空格")


def between_han(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """A space between two Chinese characters of a running sentence."""
    for _, block in view.of_type(*_RUNNING):
        line = view.content(block)
        if (" " not in line and "\u3000" not in line) or not _SENTENCE.search(line):
            continue
        quoted = [match.span() for match in _QUOTED.finditer(line)]
        for clause in _CLAUSE.finditer(line):
            if any(start < clause.end() and clause.start() < end for start, end in quoted):
                continue
            for gap in _stray_gaps(clause.group()):
                start = block.start + clause.start() + gap.start()
                yield Candidate(start, start + len(gap.group()), "", why="句中汉字间空格")


def _stray_gaps(clause: str) -> Iterator[regex.Match[str]]:
    """Gaps of one clause that no layout explains."""
    gaps = list(_GAP.finditer(clause))
    if not gaps or _CREDIT.search(clause) or _is_couplet(clause):
        return
    for gap in gaps:
        left, right = clause[: gap.start()], clause[gap.end() :]
        if not _AFTER_POST.search(left) and not _is_name(left, right):
            yield gap


def _is_name(left: str, right: str) -> bool:
    """A name of two characters set wide: single characters on both sides of the space."""
    alone_left = len(left) < 2 or left[-2].isspace() or _AFTER_POST.search(left[:-1])
    return bool(alone_left) and (len(right) < 2 or not right[1].isalnum())


def _is_couplet(clause: str) -> bool:
    """Halves of (nearly) equal length: verse, slogans, the two halves of a headline."""
    lengths = [len(part) for part in clause.split()]
    return len(lengths) > 1 and min(lengths) >= 5 and max(lengths) - min(lengths) <= 1


def beside_latin(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """A space between Chinese and an abbreviation (GDP, LED), unless the text sets all of them so.

    Args:
        view: the stage text.
        parameters: ``consistent``: that many spaced borders, and more than there are closed ones, are a
            style of the house and stay (10).
    """
    found: list[tuple[int, int]] = []
    spaced = closed = 0
    for block in view.blocks:
        line = view.content(block)
        if block.type is BlockType.TABLE_CELL or line.isascii():
            continue
        gaps = list(_LATIN_GAP.finditer(line))
        closed += len(_LATIN_EDGE.findall(line))
        spaced += len(gaps)
        phrases = [m.span() for m in _LATIN_WORDS.finditer(line) if " " in m.group()] if gaps else []
        for gap in gaps:
            if not any(start <= gap.end() and gap.start() <= end for start, end in phrases):
                found.append((block.start + gap.start(), block.start + gap.end()))
    if spaced >= int(parameters.get("consistent", 10)) and spaced > closed:
        return
    for start, end in found:
        yield Candidate(start, end, "", why="汉字与字母间空格")
