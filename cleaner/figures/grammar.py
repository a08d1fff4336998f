"""The grammar of numerals: an ordered list of readings, the first that fits is taken.

A reading gets a numeral with what stands around it and answers with a draft or with None. Names and ordinals come
before quantities, so that a quantity is what is left when nothing says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cleaner.figures.codes import identifier, quoted_code
from cleaner.figures.dates import calendar
from cleaner.figures.drafts import UNREAD, Draft, lookalike
from cleaner.figures.lookalikes import word_at
from cleaner.figures.numerals import ARABIC, CHINESE, START
from cleaner.figures.ordinals import document_name, grade, list_marker, ordinal, page_number, rank, session
from cleaner.figures.parts import fraction, ratio
from cleaner.figures.passages import Passage, Token
from cleaner.figures.quantities import bare_amount, bare_scale, quantity, signed_quantity

Reading = Callable[[Token], Draft | None]

_SCAN = re.compile(rf"(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})")
_ARTICLE = re.compile(r"[个批项种条家座次件支份名场位张套处所片些股系道级部类本届大块]|方面|部分|系列|揽子")
_BUILT = "座处家所条场支台套辆张栋"
_ARTICLE_CUE = re.compile(r"(?:仅|只|至少|建成|新建|建设|新增|完成|改造|设立|举办|共|各)了?\Z")
_EACH_CUE = re.compile(r"每[年月周季日天半届旬村镇乡县市人户\u4e00-\u9fff]{1,6}\Z")


def read_passage(passage: Passage) -> Iterator[Draft]:
    """Every numeral of a block in order, each read once."""
    position = passage.start
    while start := START.search(passage.text, position, passage.end):
        found = _SCAN.match(passage.text, start.start(), passage.end)
        if found is None:
            position = start.end()
            continue
        token = Token(passage, found.start(), found.end(), found.lastgroup == "chinese")
        draft = _read(token)
        yield draft
        position = max(draft.end, token.end)


def _read(token: Token) -> Draft:
    for reading in _CHINESE if token.chinese else _ARABIC:
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


_CHINESE: tuple[Reading, ...] = (
    fraction,
    list_marker,
    quoted_code,
    session,
    rank,
    ordinal,
    named_word,
    calendar,
    document_name,
    grade,
    article,
    bare_scale,
    quantity,
    bare_amount,
)
_ARABIC: tuple[Reading, ...] = (
    page_number,
    list_marker,
    quoted_code,
    session,
    rank,
    ordinal,
    calendar,
    ratio,
    grade,
    document_name,
    identifier,
    signed_quantity,
    bare_amount,
    bare_year,
)
