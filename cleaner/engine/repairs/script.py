"""Traditional characters in a simplified text: convert the minority script only, and protect names.

The tables come from OpenCC at run time, so that its version decides. A character is *foreign* when OpenCC
writes it otherwise in simplified script and GB 2312, the repertoire of simplified printing, lacks it
(乾 and 著 stand in both; 於 and 徵 too, which the rule's parameters name). A foreign character is converted when
OpenCC reads the simplified form back to it: alone (題) or, for variants (製, 週), within a word of two
characters; or when the simplified form makes a word with its neighbour (特征); 迴 of a place name fails all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import regex

from cleaner.engine.repairs.bonds import is_word
from cleaner.engine.repairs.cohesion import corpus_bigrams, is_han
from cleaner.engine.repairs.likeness import codes
from cleaner.engine.view import View
from cleaner.model import Block, Candidate, Safety
from cleaner.packs.cache import kept

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = range(0x4E00, 0xA000)
_LAST = 0xFFFF
"""The last code point of the first plane, which no table has."""
_PLACE = regex.compile(r"\p{Han}{0,2}?[岭村镇乡路街巷河山沟峪庄屯寨堡桥湖泉庙寺塔坪坡洞岗岛]")
_PERSON = regex.compile(r"(?:长|主席|主任|书记|委员|同志|先生|女士)$")
_SURNAMES = frozenset("张赵钱孙吴郑冯陈卫蒋韩杨许吕严华魏陶窦苏鲁马凤贺罗乐于顾孟穆萧谈纪项祝阮蓝贾娄颜郭钟骆卢莫"
                      "应邓单龚汤叶刘龙谢邹黄齐庞谭阎欧聂岳关冉")  # fmt: skip
"""Surnames that the two scripts write differently: 張家村 is a name, 國家 a word."""
_WAYS_BACK = ("s2t", "s2hk", "s2tw")
"""为 goes back to 爲, 為 and 為: the standards of three places, any of which may have been read."""
_GRAMMAR = frozenset("为与于从对将让给这们个还过来后当两种时里会")
"""No name begins with these: 轉變爲城镇居民, 又要爲农村."""
_OTHER_FORMS = "hk2s"
"""The configuration that also knows forms of one place alone (衞, 敍)."""
_BOUND = 6.0
"""Bits (see :mod:`cleaner.engine.repairs.cohesion`) from which a pair vouches for a variant inside it."""
_LEVEL_ONE_END = 0xD7
"""Last lead byte of the common characters (level 1) of GB 2312."""


@dataclass(frozen=True, slots=True)
class _Tables:
    """Single characters of the two scripts.

    ``foreign``: characters that only a traditional text has, with their simplified form; ``back``: whether
    the character alone is enough, because OpenCC writes that form back to it; ``native``: characters that
    only a simplified text has, ``native_flags`` the same for every code point.
    """

    foreign: Mapping[str, str]
    back: Mapping[str, bool]
    native: frozenset[str]
    native_flags: npt.NDArray[np.bool_] = field(compare=False)
    trigger: re.Pattern[str]


@cache
def _converter(config: str) -> OpenCC:
    from opencc import OpenCC  # only where nothing is kept, or a word has to be read back

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
def _tables(config: str, also: str, in_words: str) -> _Tables:
    """Tables from the two directions of OpenCC; what a version of it gives is kept between runs."""
    named = {name: name.encode() for name in ("script", version("opencc"), config, also, in_words)}
    parts = kept(named, lambda: _derived(config, also, in_words))
    foreign = parts["foreign"]
    trigger = re.compile(f"[{''.join(sorted(foreign))}]+")
    flags = np.zeros(_LAST + 1, dtype=np.bool_)
    flags[codes(parts["native"])] = True
    return _Tables(foreign, parts["back"], frozenset(parts["native"]), flags, trigger)


def _derived(config: str, also: str, in_words: str) -> dict[str, Any]:
    """Foreign characters with their simplified forms, which of them are read back alone, and native characters."""
    simple = {
        c: s if c != s else h
        for (c, s), h in zip(_each(config).items(), _each(_OTHER_FORMS).values(), strict=True)
    }
    full = [_each(way) for way in _WAYS_BACK]
    shared = also + in_words
    foreign = {c: s for c, s in simple.items() if c != s and (c in shared or not _gb2312(c))}
    native = frozenset(c for c, f in full[0].items() if c != f and c not in foreign and f in foreign)
    back = {c: c not in in_words and any(way.get(s) == c for way in full) for c, s in foreign.items()}
    return {"foreign": foreign, "back": back, "native": "".join(sorted(native))}


def simplified(text: str) -> str:
    """``text`` in simplified script, names and all: for weighing, not for editing."""
    return "".join(_converter("t2s").convert(c) if is_han(c) and not _gb2312(c) else c for c in text)


def minority_script(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Candidates that turn runs of traditional characters into simplified ones.

    Args:
        view: the stage text; offsets of candidates are in its frame.
        parameters: ``config`` (an OpenCC configuration, ``t2s``), ``protect`` (strings that stay), ``also``
            (characters of GB 2312 that are foreign all the same), ``in_words`` (those that are foreign where
            the simplified form makes a word with a neighbour), ``majority`` (the least share of
            simplified characters among those that tell the scripts apart, 0.8) and ``quotation`` (a block
            or quotation with that many foreign characters and hardly a simplified one is a text of its
            own, 6).
    """
    config = str(parameters.get("config", "t2s"))
    tables = _tables(config, str(parameters.get("also", "")), str(parameters.get("in_words", "")))
    runs = list(tables.trigger.finditer(view.text))
    if not runs or not _is_simplified(view.text, runs, tables, float(parameters.get("majority", 0.8))):
        return
    kept = [*_protected(view, parameters), *_own_texts(view, tables, int(parameters.get("quotation", 6)))]
    inside = _Cover(kept)
    reader = _Reader(view.text, tables, config)
    for run in runs:
        if not inside.touches(run.start(), run.end()):
            yield from reader.converted(run.start(), run.end())


def _is_simplified(text: str, runs: list[re.Match[str]], tables: _Tables, majority: float) -> bool:
    foreign = sum(len(run.group()) for run in runs)
    native = int(tables.native_flags[np.minimum(codes(text), np.uint32(_LAST))].sum())
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
    for name in parameters.get("protect", ()):
        at = view.text.find(name)
        while at >= 0:
            yield at, at + len(name)
            at = view.text.find(name, at + len(name))


_QUOTATION = regex.compile(r"[“「『《][^“”「」『』《》\n]{8,}[”」』》]")


_MENTIONED = regex.compile(
    r"(?:[古旧原又亦]称|[古旧原又亦写]作|题[写有]|[刻上]书|匾额|繁体字?|异体字?)“[^“”\n]{1,7}”|“[^“”\n]{1,7}”(?:[现今后又亦]作|字|[通同]“)"
)
"""Characters that the text speaks of, and so shows as they are written: “後河”现作“后河”."""


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
    for mention in _MENTIONED.finditer(view.text, block.start, block.end):
        yield mention.span()


def _traditional(text: str, tables: _Tables, least: int) -> bool:
    foreign = sum(len(run) for run in tables.trigger.findall(text))
    return foreign >= least and 10 * sum(character in tables.native for character in text) <= foreign


class _Reader:
    """Reads runs of foreign characters of one text."""

    def __init__(self, text: str, tables: _Tables, config: str) -> None:
        self._text = text
        self._tables = tables
        self._config = config

    def converted(self, start: int, end: int) -> Iterator[Candidate]:
        """The candidate for one run, doubtful where the run may be part of a name; none for variants."""
        after = "".join(self._simple(at) for at in range(start, end))
        if after == self._text[start:end]:
            return
        rare = any(
            _is_rare(character) and character != self._text[at] and not self._makes_a_word(at)
            for at, character in enumerate(after, start)
        )
        if rare or self._is_name(start, end, after):
            why = "繁体字疑为专名用字，或简体亦非常用字，存疑"
            yield Candidate(start, end, after, why=why, safety=Safety.DOUBTFUL)
        else:
            yield Candidate(start, end, after, why="通篇简体，混入繁体字")

    def _simple(self, at: int) -> str:
        """The simplified form of the character at ``at``, or itself where no word vouches for it."""
        character = self._text[at]
        if self._tables.back[character] or self._is_bound(at) or self._word_reads_back(at):
            return self._tables.foreign[character]
        return character

    def _plain(self, at: int) -> str:
        """The character at ``at`` in simplified script; nothing outside the text."""
        character = self._text[at : at + 1] if at >= 0 else ""
        return self._tables.foreign.get(character, character)

    def _pairs(self, at: int) -> Iterator[str]:
        """The simplified form with either neighbour."""
        before, this, after = (self._plain(i) for i in (at - 1, at, at + 1))
        yield from (before + this, this + after)

    def _is_bound(self, at: int) -> bool:
        """Whether clean reports hold the simplified form together with a neighbour: 征程, not 大干."""
        return any(corpus_bigrams().bits(pair) >= _BOUND for pair in self._pairs(at))

    def _makes_a_word(self, at: int) -> bool:
        """Whether the simplified form is a word with either neighbour, in clean reports."""
        return any(is_word(pair[:1], pair[1:]) for pair in self._pairs(at))

    def _word_reads_back(self, at: int) -> bool:
        """Whether a word of two characters around ``at`` survives the way to simplified script and back."""
        for start in (at - 1, at):
            pair = self._text[max(start, 0) : start + 2]
            if len(pair) < 2:
                continue
            there = _converter(self._config).convert(pair)
            for way in _WAYS_BACK:
                again = _converter(way).convert(there)
                alone = "".join(_converter(way).convert(c) for c in there)
                if again[at - start] == self._text[at] and again != alone:
                    return True
        return False

    def _is_name(self, start: int, end: int, after: str) -> bool:
        """A single foreign character before a word for a place, or a surname after a title.

        Not where it belongs to a common word (農村), nor where the document has the name in simplified script.
        """
        if end - start > 1 or after in _GRAMMAR:
            return False
        if after in _SURNAMES and _PERSON.search(self._text, max(0, start - 2), start):
            return True
        following = self._text[end : end + 1]
        family = after in _SURNAMES and following == "家"
        if not _PLACE.match(self._text, end, end + 3) or (self._makes_a_word(start) and not family):
            return False
        return after + self._text[end : end + 2] not in self._own_words

    @cached_property
    def _own_words(self) -> frozenset[str]:
        """All runs of three characters; only a text with a likely name is asked for them."""
        return frozenset(self._text[i : i + 3] for i in range(len(self._text) - 2))


def _is_rare(character: str) -> bool:
    """Outside the common characters of GB 2312, and not ASCII."""
    code = _gb2312(character)
    return len(code) == 2 and code[0] > _LEVEL_ONE_END
