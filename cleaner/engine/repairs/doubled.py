"""Characters and words printed twice: 开工工率, 文化文化.

Chinese doubles on purpose (紧紧, 干干净净), and a word that ends in a character often meets one that begins with
it (民工|工资, 创新|新能源). So the doubled form must be one that nobody writes, and the single form one that is
known: in this document, or in the corpus behind :mod:`cleaner.engine.repairs.bonds`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from cleaner.engine.repairs.bonds import WORD_COUNT, bonds, is_word
from cleaner.engine.repairs.cohesion import corpus_bigrams, is_han
from cleaner.engine.repairs.likeness import Codes, codes
from cleaner.engine.view import View
from cleaner.model import BlockType, Candidate, Safety

_EXEMPT = (BlockType.TABLE_CELL, BlockType.SIGNATURE, BlockType.FURNITURE)
_HAN_FIRST, _HAN_LAST = 0x4E00, 0x9FFF
_COUNTED = frozenset("一两几每某")
"""一步一步, 一件一件: what a numeral begins is doubled on purpose."""
_REDUPLICATED = frozenset(
    "常往仅刚渐慢悄偏明恰大深牢紧稳狠默纷频屡家户人处时事年月天日代层级步节个件条项样种座片点多好早远高满久"
    "津欣蒸勃兢业孜谆重等星爸妈哥姐弟妹爷奶叔宝太公婆丝缕滔茫苍源冉钉处看说想谈聊试走听问读写学练讲比"
)
"""Characters that are doubled for emphasis, for every one, for a moment, in names of kin."""
_SUFFIXES = frozenset("省市县区州乡镇村旗盟街路委局办部厅院所站校厂司店馆园场会队长员人")
"""重庆市|市长, 绛县|县委: what names a place or an office ends one name and begins the next."""
_TWICE_ON_PURPOSE = regex.compile(
    "研究|讨论|商量|考虑|了解|学习|休息|锻炼|放松|交流|体验|尝试|整理|收拾|调查|总结|检查|帮助|介绍|宣传|活动|准备|琢磨|打听"
    "|非常|特别|永远|彼此|谢谢|很多|多少|比较|感受|支持|加油"
)
"""Verbs doubled for a moment, words doubled for emphasis."""
_FREQUENT = 20
_CLOSE = 4.0
_LOOSE = 2.0
"""In bits (see :mod:`cleaner.engine.repairs.cohesion`): a pair that is a word, a pair that is seen at all."""
_MOST_LOOKS = 64
_Places = npt.NDArray[np.int64]


def doubled_characters(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Delete the second of two equal characters where only the single form is a word (开工工率 -> 开工率)."""
    del parameters
    places = _doubles(codes(view.text), 1)
    for place in places.tolist():
        around = _Around.of(view.text, place)
        if around.is_damage(view.text) and _in_prose(view, place):
            why = f"“{around.doubled}”不成词，“{around.single}”见于本文或语料"
            yield Candidate(place + 1, place + 2, "", why=why)


def doubled_words(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Delete the second of two equal words of two to ``longest`` characters that stand in a row.

    A unit of four characters or more is probable, and a shorter one that is a word and does not begin a longer
    one (服务|服务业). At the end of a clause the second may stand where another word was lost: doubtful.
    """
    points = codes(view.text)
    taken = -1
    for width in range(int(parameters.get("longest", 12)), 1, -1):
        for place in _doubles(points, width).tolist():
            if place < taken or not _is_doubled_word(view.text, place, width) or not _in_prose(view, place):
                continue
            taken = place + 2 * width
            word = view.text[place : place + width]
            safety = _word_safety(view.text, place, width)
            yield Candidate(place + width, taken, "", why=f"“{word}”连印两遍", safety=safety)


def _doubles(points: Codes, width: int) -> _Places:
    """Places where ``width`` Han characters are followed by the same ones, and the run begins."""
    if len(points) < 2 * width:
        return np.zeros(0, dtype=np.int64)
    same = points[:-width] == points[width:]
    same &= (points[:-width] >= _HAN_FIRST) & (points[:-width] <= _HAN_LAST)
    places = np.flatnonzero(same)
    if len(places) < width:
        return places[:0]
    breaks = np.flatnonzero(np.diff(places) != 1) + 1
    starts, stops = np.append(0, breaks), np.append(breaks, len(places))
    # A longer run is a loop of a model, or a third character: neither is a doubled word.
    found: _Places = places[starts[stops - starts == width]]
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """A doubled character with its neighbours: 前 开 工 工 率 达. A neighbour that is not Han is empty."""

    further_left: str
    left: str
    char: str
    right: str
    further_right: str

    @classmethod
    def of(cls, text: str, place: int) -> _Around:
        """The surroundings of a doubled character at ``place``."""
        window = ("\n\n" + text[max(0, place - 2) : place + 4] + "\n\n")[min(place, 2) :][:6]
        further_left, left, char, _, right, further_right = (c if is_han(c) else "" for c in window)
        return cls(further_left, left, char, right, further_right)

    @property
    def doubled(self) -> str:
        """What is printed."""
        return self.left + self.char * 2 + self.right

    @property
    def single(self) -> str:
        """What is taken to have been meant."""
        return self.left + self.char + self.right

    def is_damage(self, text: str) -> bool:
        """Whether the doubled form is none and the single one is known."""
        if self._is_on_purpose():
            return False
        if (
            is_word(self.left, self.char)
            and corpus_bigrams().pairs.get(self.left + self.char, 0) >= WORD_COUNT
        ):
            return self._ends_the_left_word(text)
        return self._begins_the_right_word()

    def _is_on_purpose(self) -> bool:
        """干干净净, 紧紧, 县县: doubled by grammar, or in names of places and offices."""
        aabb = self.left == self.further_left != "" or self.right == self.further_right != ""
        three = self.char in (self.left, self.right)
        at_an_edge = not self.left or not self.right
        recurs = at_an_edge and self.char * 2 in corpus_bigrams().pairs
        recurs = recurs or self.char * 2 + self.right in bonds().trigrams
        return aabb or three or recurs or self.char in _REDUPLICATED or self.char in _SUFFIXES

    def _ends_the_left_word(self, text: str) -> bool:
        """开工|工率: the left word is whole with one, and what follows begins no word with the other."""
        if not self.right:
            return self.left + self.char * 2 not in bonds().trigrams
        pair = self.char + self.right
        seen = pair in corpus_bigrams().pairs
        close = seen and corpus_bigrams().bits(pair) >= _CLOSE and bonds().before.get(pair) != self.left
        if pair in bonds().starts or close:
            return False
        known = self.single in bonds().trigrams and pair + self.further_right in bonds().trigrams
        return known or (not seen and (self._right_is_a_word() or self._is_written_elsewhere(text)))

    def _right_is_a_word(self) -> bool:
        """光伏|伏覆盖: what follows is a word without the character."""
        following = self.right + self.further_right
        return following in bonds().starts and is_word(self.right, self.further_right)

    def _is_written_elsewhere(self, text: str) -> bool:
        """Whether the document has the single form as a word: not 医院|感染, where the last character goes on."""
        return any(self.right + text[m : m + 1] not in bonds().starts for m in _ends_of(text, self.single))

    def _begins_the_right_word(self) -> bool:
        """的支|支出: the right word is frequent, and known in this place."""
        frequent = corpus_bigrams().pairs.get(self.char + self.right, 0) >= _FREQUENT
        if not frequent or not is_word(self.char, self.right):
            return False
        if not self.left:
            return True
        # 新建|建筑, 来自|自治区: one character of the left word is enough to make the doubling right.
        apart = self.left + self.char not in corpus_bigrams().pairs
        return apart and self.single in bonds().trigrams


def _ends_of(text: str, part: str) -> Iterator[int]:
    """Where the first occurrences of ``part`` end."""
    place = -1
    for _ in range(_MOST_LOOKS):
        place = text.find(part, place + 1)
        if place < 0:
            return
        yield place + len(part)


def _word_safety(text: str, place: int, width: int) -> Safety | None:
    """None (the rule's own) where the repetition cannot be meant, doubtful where another word may have stood."""
    after = text[place + 2 * width : place + 2 * width + 1]
    if width >= 4 or is_han(after) or after.isdigit():
        return None
    return Safety.DOUBTFUL


def _is_doubled_word(text: str, place: int, width: int) -> bool:
    """Whether a unit that follows itself is a word that nobody doubles, and does not begin a longer word."""
    word = text[place : place + width]
    after, further = (text[place + 2 * width + i : place + 2 * width + i + 1] for i in (0, 1))
    if len(set(word)) == 1 or _COUNTED & set(word) or _TWICE_ON_PURPOSE.fullmatch(word):
        return False
    if width >= 4:
        return True
    bits = corpus_bigrams().bits
    # Read from the second character on, the same run may be another pair of words: 产业|创业|创新.
    whole = all(is_word(x, y) for x, y in pairwise(word)) and bits(word[:2]) > bits(word[-1] + word[0])
    goes_on = is_word(word[-1], after) and bits(word[-1] + after) >= bits(after + further)
    return whole and not goes_on


def _in_prose(view: View, place: int) -> bool:
    low, high = 0, len(view.blocks)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if view.blocks[middle].start <= place else (low, middle)
    return view.blocks[low].type not in _EXEMPT
