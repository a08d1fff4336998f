"""Traditional characters in a simplified text: convert the minority script only, and protect names.

The tables come from OpenCC at run time, so that its version decides. A character is *foreign* when OpenCC
writes it otherwise in simplified script and GB 2312, the repertoire of simplified printing, lacks it
(乾 and 著 stand in both; 於 too, which the rule's parameters name). A foreign character is converted when
OpenCC reads the simplified form back to it: alone (題) or, for variants (製, 週), within a word of two
characters; 迴 of a place name fails both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex
from opencc import OpenCC

from cleaner.engine.view import View
from cleaner.model import Block, Candidate, Safety

_HAN = range(0x4E00, 0xA000)
_PLACE = regex.compile(r"\p{Han}{0,2}?[岭村镇乡路街巷河山沟峪庄屯寨堡桥湖泉庙寺塔坪坡洞岗岛]")
_PERSON = regex.compile(r"(?:长|主席|主任|书记|委员|同志|先生|女士)$")
_WAYS_BACK = ("s2t", "s2hk", "s2tw")
"""为 goes back to 爲, 為 and 為: the standards of three places, any of which may have been read."""
_LEVEL_ONE_END = 0xD7
"""Last lead byte of the common characters (level 1) of GB 2312."""


@dataclass(frozen=True, slots=True)
class _Tables:
    """Single characters of the two scripts.

    ``foreign``: characters that only a traditional text has, with their simplified form; ``back``: whether
    OpenCC writes that form back to the character; ``native``: characters that only a simplified text has.
    """

    foreign: Mapping[str, str]
    back: Mapping[str, bool]
    native: frozenset[str]
    trigger: regex.Pattern[str]


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def _gb2312(character: str) -> bytes:
    try:
        return character.encode("gb2312")
    except UnicodeEncodeError:
        return b""


def _each(config: str) -> dict[str, str]:
    """What a configuration makes of every unified character on its own."""
    characters = [chr(code) for code in _HAN]
    converted = _converter(config).convert("\n".join(characters)).split("\n")
    return dict(zip(characters, converted, strict=True))


@cache
def _tables(config: str, also: str) -> _Tables:
    """Build the tables once per process from the two directions of OpenCC."""
    simple = _each(config)
    full = [_each(way) for way in _WAYS_BACK]
    foreign = {c: s for c, s in simple.items() if c != s and (c in also or not _gb2312(c))}
    native = frozenset(c for c, f in full[0].items() if c != f and c not in foreign and f in foreign)
    back = {c: any(way.get(s) == c for way in full) for c, s in foreign.items()}
    return _Tables(foreign, back, native, regex.compile(f"[{''.join(sorted(foreign))}]+"))


def minority_script(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Candidates that turn runs of traditional characters into simplified ones.

    Args:
        view: the stage text; offsets of candidates are in its frame.
        parameters: ``config`` (an OpenCC configuration, ``t2s``), ``protect`` (strings that stay), ``also``
            (characters of GB 2312 that are foreign all the same), ``majority`` (the least share of
            simplified characters among those that tell the scripts apart, 0.8) and ``quotation`` (a block
            or quotation with that many foreign characters and hardly a simplified one is a text of its
            own, 6).
    """
    tables = _tables(str(parameters.get("config", "t2s")), str(parameters.get("also", "")))
    runs = list(tables.trigger.finditer(view.text))
    if not runs or not _is_simplified(view.text, runs, tables, float(parameters.get("majority", 0.8))):
        return
    kept = [*_protected(view, parameters), *_own_texts(view, tables, int(parameters.get("quotation", 6)))]
    inside = _Cover(kept)
    for run in runs:
        if not inside.touches(run.start(), run.end()):
            yield from _converted(view.text, run.start(), run.end(), tables, parameters)


def _is_simplified(text: str, runs: list[regex.Match[str]], tables: _Tables, majority: float) -> bool:
    foreign = sum(len(run.group()) for run in runs)
    native = sum(character in tables.native for character in text)
    return native >= majority * (native + foreign)


class _Cover:
    """Whether a range touches one of many sorted ranges; asked in rising order, so one pass is enough."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)
        self._next = 0

    def touches(self, start: int, end: int) -> bool:
        while self._next < len(self._ranges) and self._ranges[self._next][1] <= start:
            self._next += 1
        return self._next < len(self._ranges) and self._ranges[self._next][0] < end


def _protected(view: View, parameters: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    for name in {*parameters.get("protect", ()), *view.protected}:
        at = view.text.find(name)
        while at >= 0:
            yield at, at + len(name)
            at = view.text.find(name, at + len(name))


_QUOTATION = regex.compile(r"[“「『《][^“”「」『』《》\n]{8,}[”」』》]")


def _own_texts(view: View, tables: _Tables, least: int) -> Iterator[tuple[int, int]]:
    """Blocks and quotations that are traditional throughout: a quoted source, not residue."""
    for block in view.blocks:
        if _traditional(view.content(block), tables, least):
            yield block.start, block.end
        else:
            yield from _own_quotations(view, block, tables, least)


def _own_quotations(view: View, block: Block, tables: _Tables, least: int) -> Iterator[tuple[int, int]]:
    if not tables.trigger.search(view.text, block.start, block.end):
        return
    for quotation in _QUOTATION.finditer(view.text, block.start, block.end):
        if _traditional(quotation.group(), tables, least):
            yield quotation.span()


def _traditional(text: str, tables: _Tables, least: int) -> bool:
    foreign = sum(len(run) for run in tables.trigger.findall(text))
    return foreign >= least and 10 * sum(character in tables.native for character in text) <= foreign


def _converted(
    text: str, start: int, end: int, tables: _Tables, parameters: Mapping[str, Any]
) -> Iterator[Candidate]:
    """The candidate for one run, doubtful where the run may be part of a name; none for variants."""
    config = str(parameters.get("config", "t2s"))
    after = "".join(_simple(text, at, tables, config) for at in range(start, end))
    if after == text[start:end]:
        return
    if _is_name(text, start, end) or any(_is_rare(character) for character in after):
        why = "繁体字疑为专名用字，或简体亦非常用字，存疑"
        yield Candidate(start, end, after, why=why, safety=Safety.DOUBTFUL)
    else:
        yield Candidate(start, end, after, why="通篇简体，混入繁体字")


def _simple(text: str, at: int, tables: _Tables, config: str) -> str:
    """The simplified form of the character at ``at``, or itself where no word vouches for it."""
    character = text[at]
    if tables.back[character] or _word_reads_back(text, at, config):
        return tables.foreign[character]
    return character


def _word_reads_back(text: str, at: int, config: str) -> bool:
    """Whether a word of two characters around ``at`` survives the way to simplified script and back."""
    for start in (at - 1, at):
        pair = text[max(start, 0) : start + 2]
        if len(pair) < 2:
            continue
        there = _converter(config).convert(pair)
        for way in _WAYS_BACK:
            again = _converter(way).convert(there)
            alone = "".join(_converter(way).convert(c) for c in there)
            if again[at - start] == text[at] and again != alone:
                return True
    return False


def _is_name(text: str, start: int, end: int) -> bool:
    """A single foreign character before a word for a place, or after a title."""
    if end - start > 1:
        return False
    return bool(_PLACE.match(text, end, end + 3)) or bool(_PERSON.search(text, max(0, start - 2), start))


def _is_rare(character: str) -> bool:
    """Outside the common characters of GB 2312, and not ASCII."""
    code = _gb2312(character)
    return len(code) == 2 and code[0] > _LEVEL_ONE_END
