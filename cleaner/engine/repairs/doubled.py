"""Characters and words printed twice: 开工工率, 文化文化.

Chinese doubles on purpose (紧紧, 干干净净), and a word that ends in a character often meets one that begins with
it (民工|工资, 创新|新能源). So the doubled form must be one that nobody writes, and the single form one that is
known: in this document, or in the corpus behind :mod:`cleaner.engine.repairs.bonds`. Measured on reports that
were left out of the tables (seven of 28 at a time): 72 of 100 planted characters and 90 of 100 words are found,
and of the 454 right doublings of the clean reports none is touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
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
_COUNTED = frozenset("一两几每某逐")
"""一步一步, 一件一件: what a numeral begins is doubled on purpose."""
_REDUPLICATED = frozenset(
    "常往仅刚渐慢悄偏明恰大深牢紧稳狠默纷频屡家户人处时事年月天日代层级步节个件条项样种座片点多好早远高满久"
    "津欣蒸勃兢业孜谆重等星爸妈哥姐弟妹爷奶叔宝太公婆丝缕滔茫苍源冉钉处看说想谈聊试走听问读写学练讲比"
)
"""Characters that are doubled for emphasis, for every one, for a moment, in names of kin."""
_EACH = frozenset("家户人处事时年月天日层级步节个件条项样种座片桩句字笔村")
"""What is counted, doubled for every one."""
_SUFFIXES = frozenset("省市县区州乡镇村旗盟街路委局办部厅院所站校厂司店馆园场会队长员人")
"""重庆市|市长, 绛县|县委: what names a place or an office ends one name and begins the next."""
_TWICE_ON_PURPOSE = regex.compile(
    "研究|讨论|商量|考虑|了解|学习|休息|锻炼|放松|交流|体验|尝试|整理|收拾|调查|总结|检查|帮助|介绍|宣传|活动|准备|琢磨|打听"
    "|参观|欣赏|关心|照顾|反思|热闹|高兴|轻松|开心|感谢|非常|特别|永远|彼此|谢谢|很多|多少|比较|感受|支持|加油"
)
"""Verbs doubled for a moment, words doubled for emphasis."""
_FREQUENT = 20
"""So often a pair is seen that is surely a word, if clauses begin or end with it."""
_CLOSE = 4.0
"""Bits (see :mod:`cleaner.engine.repairs.cohesion`) from which a pair may be a rare word."""
_OFFICES = regex.compile(r"(?:代表|委员|主席|董事|理事|监事|常务|书记)(?:团|会)")
"""Bodies named after their members: 代表|代表团发言."""
_SAID_AGAIN = regex.compile(r"(?:再|又|还是|也是|就是|更要|还要|总是|无非|仍是)")
"""What takes a doubled word up once more: 落实落实再落实, 项目项目还是项目."""
_DOUBLED_BEFORE = regex.compile(r"(\p{Han}{2})\1\p{Han}{0,4}[，、]$")
_DOUBLED_AFTER = regex.compile(r"\p{Han}{0,4}[，、](\p{Han}{2})\1")
_BESIDE = 10
"""Characters of a clause beside, and its mark."""
_PARTICLES = frozenset("的和与及或在对将把以为等了是有由从向到被让使于并也都更不")
_CLAUSE_ENDS = frozenset("，。；：、！？\n")
_LONG_CLAUSE = 8
"""A clause of so many characters, both copies counted, has other words that carry it."""
_OPENING = ("“", "《", "‘", "（")
_CLAUSE_BEFORE = regex.compile(r"[^，。；：！？\n]+$")
_ADVERB = regex.compile(r"(?:更加|更为|更|日益|越来越|愈加|十分|非常|格外|倍加|倍感|最|很|太)$")
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


def is_printed_twice(text: str, place: int) -> bool:
    """Whether the character at ``place``, which is a Han character and followed by the same, stands there once too often."""
    return is_han(text[place]) and _Around.of(text, place).is_damage(text)


def doubled_words(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Delete the second of two equal words of two to ``longest`` characters that stand in a row.

    A unit of four characters or more is probable, and a shorter one that is a word and does not begin a longer
    one (服务|服务业). At the end of a short clause the second may stand where another word was lost: doubtful.
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
    if (
        len(places) < width
        or not (places[width - 1 :] - places[: len(places) - width + 1] == width - 1).any()
    ):
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

    before: str

    @classmethod
    def of(cls, text: str, place: int) -> _Around:
        """The surroundings of a doubled character at ``place``; ``before`` is what stands there, Han or not."""
        window = ("\n\n" + text[max(0, place - 2) : place + 4] + "\n\n")[min(place, 2) :][:6]
        further_left, left, char, _, right, further_right = (c if is_han(c) else "" for c in window)
        return cls(further_left, left, char, right, further_right, window[1])

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
        if self._is_on_purpose() or self._are_two_words():
            return False
        if self._left_is_whole():
            return True
        if self.char in _REDUPLICATED:
            return self._left_is_a_word() and self._is_known(text) and not self._right_begins_a_word()
        return self._is_known(text) or self._right_is_whole()

    def _is_on_purpose(self) -> bool:
        """干干净净, 县县委: doubled by grammar, or in names of places and offices."""
        aabb = self.left == self.further_left != "" or self.right == self.further_right != ""
        three = self.char in (self.left, self.right)
        return (
            aabb
            or three
            or self._is_each()
            or self._is_one_by_one()
            or (self.char in _SUFFIXES and self._right_begins_a_word())
        )

    def _are_two_words(self) -> bool:
        """所有|有关, 单位|位于: a word that ends where another one begins."""
        left, right = self.left + self.char, self.char + self.right
        return (right in _plain_words() or self._right_begins_a_word()) and (
            left in _plain_words() or self._left_ends_a_word() or left in bonds().starts
        )

    def _is_each(self) -> bool:
        """民生实事|件件落地: every one of them, of which something is said; not 人人居, for 人居 is a word."""
        said = self.char in _EACH and self.right != "" and self.right not in _PARTICLES
        return said and not self._right_begins_a_word()

    def _is_one_by_one(self) -> bool:
        """一年年, 一件件办: one after the other; not 一年|年来, where it begins a word."""
        return self.left == "一" and self.char in _EACH and not self._right_begins_a_word()

    def _left_ends_a_word(self) -> bool:
        return self.left + self.char in bonds().ends

    def _left_is_a_word(self) -> bool:
        """A frequent word that ends clauses; before a mark or a number a rarer one will do."""
        least = _FREQUENT if self.right else WORD_COUNT
        return self._left_ends_a_word() and _count(self.left + self.char) >= least

    def _right_begins_a_word(self) -> bool:
        """Not where the pair is seen because a left word goes on: 面推 in 全面|推进."""
        pair = self.char + self.right
        return pair in bonds().starts or (_is_word(pair) and bonds().before.get(pair) != self.left)

    def _right_may_begin_a_word(self) -> bool:
        """A rarer one: 税率 in 农业税|税率, but not 济发 in 经济|发展."""
        pair = self.char + self.right
        close = corpus_bigrams().bits(pair) >= _CLOSE and bonds().before.get(pair) != self.left
        return close or pair in bonds().inner or self._right_begins_a_word()

    def _goes_on(self) -> bool:
        """Whether what follows the single form goes on from it: not 医院|感染 beside 医院|院感|防控."""
        following = self.right + self.further_right
        if len(following) < 2 or self.right in _PARTICLES:
            return True
        recurs = self.char + following in bonds().trigrams
        return recurs or following in bonds().starts or _is_word(following)

    def _is_seen(self) -> bool:
        """Whether the corpus has the doubled character after what stands before it, or before what stands after."""
        known = bonds().trigrams
        return self.left + self.char * 2 in known or self.char * 2 + self.right in known

    def _left_is_whole(self) -> bool:
        """经济|济责任: the left word is whole with one, and the other begins nothing."""
        if not self._left_is_a_word() or self._right_may_begin_a_word() or self._is_seen():
            return False
        if not self.right:
            return True
        free = self.right in _PARTICLES or self.right + self.further_right in bonds().starts
        return free and not _count(self.char + self.right)

    def _right_is_whole(self) -> bool:
        """公路关|关键: the right word is whole with one, and the other ends nothing."""
        pair = self.char + self.right
        if pair not in bonds().starts or _count(pair) < _FREQUENT or self._is_seen():
            return False
        if not self.left:
            return self.before in _CLAUSE_ENDS
        apart = self.left in _PARTICLES or self.further_left + self.left in bonds().ends
        return apart and not _count(self.left + self.char)

    def _is_known(self, text: str) -> bool:
        """开工率: the single form recurs, and is not a word that ends where one begins (农业税|税率)."""
        left, right = self._left_ends_a_word(), self._right_begins_a_word()
        known = bonds().trigrams
        if left and self._right_may_begin_a_word():
            return False
        if self.char * 2 + self.right in known and (left or right):
            return False
        if self.left + self.char * 2 in known and (right or not self.right):
            return False
        if self.single in known and self._goes_on():
            return True
        return not right and self._is_written_elsewhere(text)

    def _is_written_elsewhere(self, text: str) -> bool:
        """Whether the document has the single form as a word: not 医院|感染, where the last character goes on."""
        if not self.left or not self.right:
            return False
        following = (text[m : m + 1] for m in _ends_of(text, self.single))
        return any(char == self.further_right or not _count(self.right + char) for char in following)


def _is_word(pair: str) -> bool:
    return is_word(pair[:1], pair[1:])


@cache
def _plain_words() -> frozenset[str]:
    """Words of other texts, too rare in clean reports to show as words: 单位|位于, 资源|源于, 处理|理由."""
    table = resources.files("cleaner.engine.repairs.data").joinpath("plain_words.txt")
    return frozenset(table.read_text(encoding="utf-8").split())


def _count(pair: str) -> int:
    return corpus_bigrams().pairs.get(pair, 0)


def _ends_of(text: str, part: str) -> Iterator[int]:
    """Where the first occurrences of ``part`` end."""
    place = -1
    for _ in range(_MOST_LOOKS):
        place = text.find(part, place + 1)
        if place < 0:
            return
        yield place + len(part)


def _word_safety(text: str, place: int, width: int) -> Safety | None:
    """None (the rule's own) where the repetition cannot be meant, doubtful where another word may have stood.

    At the end of a clause, that is where the rhythm asks for a second word: after an adverb (更加舒心放心), and in
    a clause of three words or less.
    """
    end = place + 2 * width
    after = text[end : end + 1]
    if width >= 4 or is_han(after) or after.isdigit() or after in _OPENING:
        return None
    clause = _CLAUSE_BEFORE.search(text, max(0, place - _LONG_CLAUSE), place)
    short = clause is None or len(clause.group()) < _LONG_CLAUSE - 2 * width
    return Safety.DOUBTFUL if short or _ADVERB.search(text, max(0, place - 3), place) else None


def _is_doubled_word(text: str, place: int, width: int) -> bool:
    """Whether a unit that follows itself is a word that nobody doubles, and does not begin a longer word."""
    word = text[place : place + width]
    after, further = (text[place + 2 * width + i : place + 2 * width + i + 1] for i in (0, 1))
    if len(set(word)) == 1 or _COUNTED & set(word) or _TWICE_ON_PURPOSE.fullmatch(word):
        return False
    if _OFFICES.match(text, place + width) or _is_called_out(text, place, place + 2 * width):
        return False
    if width >= 4:
        return not (width == 4 and word[0] == word[1] and word[2] == word[3])  # 噼噼啪啪噼噼啪啪
    bits = corpus_bigrams().bits
    # Read from the second character on, the same run may be another pair of words: 产业|创业|创新.
    whole = all(is_word(x, y) for x, y in pairwise(word)) and bits(word[:2]) > bits(word[-1] + word[0])
    tied = after not in _PARTICLES and is_word(word[-1], after)
    goes_on = tied and bits(word[-1] + after) >= bits(after + further)
    return whole and not goes_on


def _is_called_out(text: str, place: int, end: int) -> bool:
    """Whether the word is said once more (落实落实再落实), or a clause beside doubles its own (责任责任明、措施措施实)."""
    again = _SAID_AGAIN.match(text, end)
    if again and text.startswith(text[place : (place + end) // 2], again.end()):
        return True
    before, after = text[max(0, place - _BESIDE) : place], text[end : end + _BESIDE]
    return bool(_DOUBLED_BEFORE.search(before) or _DOUBLED_AFTER.match(after))


def _in_prose(view: View, place: int) -> bool:
    low, high = 0, len(view.blocks)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if view.blocks[middle].start <= place else (low, middle)
    return view.blocks[low].type not in _EXEMPT
