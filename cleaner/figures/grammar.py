"""The grammar of numerals: an ordered list of readings, the first that fits is taken.

A reading gets a numeral with what stands around it and answers with a draft or with None. Names and ordinals come
before quantities, so that a quantity is what is left when nothing says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from cleaner.figures.codes import identifier, quoted_code
from cleaner.figures.dates import calendar
from cleaner.figures.drafts import UNREAD, Draft, lookalike
from cleaner.figures.lookalikes import word_at
from cleaner.figures.numerals import ARABIC_REST, CHINESE_REST, DIGITS, RANK, SCALES, STARTS
from cleaner.figures.ordinals import document_name, grade, list_marker, ordinal, page_number, rank, session
from cleaner.figures.parts import fraction, ratio
from cleaner.figures.passages import Passage, Token
from cleaner.figures.quantities import bare_amount, bare_scale, quantity, signed_quantity

Reading = Callable[[Token], Draft | None]

# The first character is taken alone, for a class of characters is searched fast; then what it begins, as one numeral.
_NUMERAL = re.compile(
    rf"[{STARTS}](?:(?<=[{DIGITS}])(?P<arabic>{ARABIC_REST})|(?<={RANK})(?P<chinese>{CHINESE_REST}))"
)
_ARTICLE = re.compile(r"[个批项种条家座次件支份名场位张套处所片些股系道级部类本届大块]|方面|部分|系列|揽子")
_BUILT = "座处家所条场支台套辆张栋"
_ARTICLE_CUE = re.compile(r"(?:仅|只|至少|建成|新建|建设|新增|完成|改造|设立|举办|共|各)了?\Z")
_EACH_CUE = re.compile(r"每[年月周季日天半届旬村镇乡县市人户\u4e00-\u9fff]{1,6}\Z")


def read_passage(passage: Passage) -> list[Draft]:
    """Every numeral of a block in order, each read once."""
    text, position, end, _ = passage
    drafts: list[Draft] = []
    again = True
    while again:
        again = False
        for found in _NUMERAL.finditer(text, position, end):
            start, stop = found.span()
            if start < position:  # what was read last goes on beyond its numeral
                again = stop > position
                if again:
                    break
                continue
            draft = _read(Token(passage, start, stop, found.lastgroup == "chinese"))
            drafts.append(draft)
            position = draft.end if draft.end > stop else stop
    return drafts


def _read(token: Token) -> Draft:
    for reading in _readings(token):
        draft = reading(token)
        if draft is not None:
            return draft
    return _left_over(token)


def named_word(token: Token) -> Draft | None:
    """进一步, 红十字, 长三角: the lexicon of look-alikes. A numeral that goes on past the word is not the word."""
    found = word_at(token.passage.text, token.start)
    if found is None or found[0] < token.end:
        return None
    return lookalike(token.start, *found)


def article(token: Token) -> Draft | None:
    """一个 and 一批 say that there is something, not how many; 每季度一次 does."""
    if token.text != "一":
        return None
    measure = token.match(_ARTICLE)
    if measure is None:
        return None if token.following(1) == "番" else lookalike(token.start, token.end, "word")
    cue = (
        _EACH_CUE if measure.group() in ("次", "场") else _ARTICLE_CUE if measure.group() in _BUILT else None
    )
    if cue is not None and cue.search(token.before(9)):
        return None
    return lookalike(token.start, measure.end(), "article")


def bare_year(token: Token) -> Draft | None:
    """2024中国国际大会: four digits of this age without a unit are a year; seven and more a number to dial or to file."""
    if token.length >= 7:
        return token.named("policy_code", "identifier")
    recent = token.length == 4 and token.text[:3] in ("199", "200", "201", "202", "203", "204", "205")
    return token.named("date", "date") if recent else None


def _left_over(token: Token) -> Draft:
    """A numeral without a unit: in Chinese most often part of a word, in digits something to report."""
    if token.chinese and (token.length == 1 or token.numeral is None):
        return lookalike(token.start, token.end, "word")
    return Draft(token.start, token.end, UNREAD, "no unit", lead=token.start, reach=token.end)


@dataclass(frozen=True, slots=True)
class _Clue:
    """Where a reading can succeed at all: one of the things that it asks for is there; without any, everywhere.

    ``after`` and ``before`` are characters of which one stands beside the numeral, over one blank. ``sorts`` are of
    the numeral itself, ``early`` says that the block begins not far before it, ``quoted`` that quotation marks do.
    """

    reading: Reading
    after: str = ""
    before: str = ""
    sorts: str = ""
    early: bool = False
    quoted: bool = False

    def fits(self, sort: str, after: str, before: str, early: bool, quoted: bool) -> bool:
        """Whether the reading is worth a try."""
        asked = self.after or self.before or self.sorts or self.early or self.quoted
        beside = (after != "" and after in self.after) or (before != "" and before in self.before)
        return not asked or beside or sort in self.sorts or (self.early and early) or (self.quoted and quoted)


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OF_TIME = "年月日号世季多余—–~～至-:：版"
_COLONS = "：:∶"
_GRADES = "A级类等星本期号版轮线环楼队"
_CHINESE: tuple[_Clue, ...] = (
    _Clue(fraction, after="分"),
    _Clue(list_marker, after="是要", early=True),
    _Clue(quoted_code, quoted=True),
    _Clue(session, after="届次中大"),
    _Clue(rank, before="第前"),
    _Clue(ordinal, before="第其表图"),
    _Clue(named_word),
    _Clue(calendar, after=_OF_TIME),
    _Clue(document_name, after="项条"),
    _Clue(grade, after=_GRADES),
    _Clue(article, sorts="一"),
    _Clue(bare_scale, sorts="万"),
    _Clue(quantity),
    _Clue(bare_amount),
)
_ARABIC: tuple[_Clue, ...] = (
    _Clue(page_number, early=True),
    _Clue(list_marker, after=".．", early=True),
    _Clue(quoted_code, quoted=True),
    _Clue(session, after="届次中"),
    _Clue(rank, before="第前"),
    _Clue(ordinal, before="第其表图"),
    _Clue(calendar, after=_OF_TIME, sorts="年"),
    _Clue(ratio, after=_COLONS, before=_COLONS),
    _Clue(grade, after=_GRADES),
    _Clue(document_name, after="项条"),
    _Clue(
        identifier,
        after="×xX+＋*·/国省县乡高线号路热次医强版时方计模工系政行”" + _LETTERS,
        before="道._" + _LETTERS,
        sorts="号",
    ),
    _Clue(signed_quantity),
    _Clue(bare_amount),
    _Clue(bare_year),
)
# Strings and no sets: a character that was cut out of a text has no hash yet.
_AFTER = "".join(clue.after for clue in (*_CHINESE, *_ARABIC))
_BEFORE = "".join(clue.before for clue in (*_CHINESE, *_ARABIC))
_EARLY = 16
"""Characters of the longest line that can be a page number; the marker of an item stands nearer to its start."""
_QUOTED = 8
"""A numeral this far behind a quotation mark stands in the quotation."""


def _readings(token: Token) -> tuple[Reading, ...]:
    """The readings that can succeed for a numeral, in their order."""
    text, floor, limit, _ = token.passage
    start, end = token.start, token.end
    near = text[start - _QUOTED if start - _QUOTED > floor else floor : start]
    before = near[-1:]
    if before.isspace():
        before = near[-2:].rstrip()[-1:]
    after = text[end] if end < limit else ""
    if after.isspace():
        after = token.next()
    return _fitting(
        _sort(token),
        after if after in _AFTER else "",
        before if before in _BEFORE else "",
        start - floor <= _EARLY,
        "“" in near or "‘" in near or "「" in near,
    )


def _sort(token: Token) -> str:
    """What a numeral is by itself: 一, a bare scale (万), other Chinese; a year, a number to dial (号), other digits."""
    text = token.text
    if token.chinese:
        return "一" if text == "一" else "万" if text in SCALES else "二"
    head = text[:2]
    if head in ("19", "20"):
        return "年" if len(text) == 4 else "0"
    return "号" if head in ("11", "12") else "0"


@cache
def _fitting(sort: str, after: str, before: str, early: bool, quoted: bool) -> tuple[Reading, ...]:
    clues = _CHINESE if sort in "一万二" else _ARABIC
    return tuple(clue.reading for clue in clues if clue.fits(sort, after, before, early, quoted))
