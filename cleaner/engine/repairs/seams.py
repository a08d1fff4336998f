"""How a line ends and how the next begins: what page matter and line ends are judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum

import regex

from cleaner.reading.blocks import CHINESE_DIGITS, heading_level

_CLOSERS = '”’"）)》〉」』〕】]｝}'
_STOPS = frozenset("。！？!?…")
_PAUSES = frozenset("；：;:")
_COMMAS = frozenset("，、,《〈（(“‘「『〔【·")
_NOTE_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BLOCK_HEADS = frozenset(CHINESE_DIGITS + "第0123456789（(" + _NOTE_MARKS + "◆●■▲★※附注名备—－-#*|")
_CANNOT_BEGIN = frozenset("，。、；：！？”’）》〉」』〕】,;:!?%％‰)")
_LIST_HEAD = regex.compile(
    r"(?:(?P<n>[0-9]{1,3})(?:[.．](?![0-9])|、)|[（(](?P<n>[0-9]{1,3})[)）]|[①-⑳◆●■▲★※])"
)
_FULL_STOP_ITEM = regex.compile(r"(?P<n>[0-9]{1,2})[.．](?=[0-9])")
_PERIOD_HEAD = regex.compile(
    r"(?:19|20)[0-9]{2}[.．][0-9]{1,2}\s*[—–－~～-]+\s*(?:(?:19|20)[0-9]{2}[.．][0-9]{1,2})?[ \u3000]"
)
"""A line of a résumé: 1999.07—2003.05　云泽县城关镇干部."""
_IN_BRACKETS = regex.compile(r"[（(][^（）()]*[）)]")
_CONTACT = regex.compile(r"(?:电话|传真|手机|邮编|邮箱|网址)[：:][\w.@:/ -]+$")
_NOTE_HEAD = regex.compile(r"(?:附注|注释|名词解释|备注|附件)[0-9]*[：:]?$")
_DATELINE = regex.compile(
    r"(?:[—－-]{1,2}[0-9０-９〇一二三四五六七八九]{2,4}\s*年|[（(][0-9０-９]{4}\s*年[^）)]*月)"
)
_ADDRESS = regex.compile(r"(?:各位(?:代表|委员|同志|领导|来宾)|同志们|朋友们)(?:[！!：:，,]|$)")
_OF_MEETING = regex.compile(r"(?:会议|全会)(?:指出|强调|要求|认为|审议|听取|决定|号召)")
_OFFICE = r"(?:[县市区州旗镇乡省]\s?长|主席|总理|主任|院长|检察长)"
_SPEAKER = regex.compile(rf"[^，。；：、]{{0,20}}{_OFFICE}[\s　]*(?:\p{{Han}}[\s　]*){{2,3}}$")
_SESSION = regex.compile(rf"(?:第[{CHINESE_DIGITS}0-9]+(?:届|次)|[\p{{Han}}]{{0,20}}(?:会议|会)上?[）)]?$)")
_ARTICLE = regex.compile(rf"第[{CHINESE_DIGITS}]{{1,3}}[，条]")

_ASIDE = regex.compile(r"(?<=[。！？!?…][”’]?)[（(][^（）()\n]{1,40}[）)]$")
"""What a record says of the hall, after the stop: ……（全场起立，长时间鼓掌）"""
_LABEL = regex.compile(
    r"(?:\p{Han}[ \u3000]+\p{Han}"
    r"|时间|地点|主持人?|出席(?:人员)?|列席(?:人员)?|参加(?:人员)?|缺席|请假|记录人?|抄送|分送|抄报|联系人)[：:]"
)
"""An entry of minutes or of a notice: 列　　席："""
_LABEL_HEADS = frozenset("时地主出列参缺请记抄分联")
_DATED_ENTRY = regex.compile(r"(?:(?:19|20)[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日\u3000")
"""An entry of a log: 3月5日　晴　巡查南干渠"""
_SIGNED = regex.compile(r"[ \u3000]\p{Han}{2,6}[：:][ \u3000]*\p{Han}(?:[ \u3000]*\p{Han}){1,3}$")
"""A name behind its label, set off at the end of a line: 无异常。　巡查人：王建国"""

_GROUP_HEAD = regex.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})*,([0-9]{0,2})$")
_GROUP_REST = regex.compile(r"([0-9]{1,3})(?:,[0-9]{3})*(?![0-9,])")
_NUMBER_REST = regex.compile(
    r"[.．][0-9]|个百分点|[万亿](?:[元人亩吨户，、。；]|千瓦|立方米|平方米|公里)|元[，、。；]"
)
_YEAR_HEAD = regex.compile(r"[\p{Han}，、。；：（](?:19|20)([0-9]?)$")
_YEAR_REST = regex.compile(r"([0-9]{1,2})年")
_LONGEST_NUMBER = 24
_MARK_OF_ENTRY = regex.compile(r"[，、：；（《“ \u3000]")
_HEAD_OF_ENTRY, _COPIED = 14, 8
_INNER_END = regex.compile(r"[。！？；]")
_MARK = regex.compile(r"[。！？；，]|,(?![0-9]{3})")
_COMMA_INSIDE = regex.compile(r"[，、]|,(?![0-9]{3})")
_HALF = 12
_LATIN = regex.compile(r"[A-Za-z]")
_CUT_CONJUNCTION = regex.compile(r"\p{Han} ?(?:a\nnd|an\nd|o\nr) ?\p{Han}")
_RUN_IN_HEAD = regex.compile(r"(?:\*\*)?[^，。；、,]{3,18}。")


class Ending(IntEnum):
    """How a line stops: on a sentence end, on a pause, in the middle of an enumeration, or without a mark."""

    STOP = 0
    PAUSE = 1
    COMMA = 2
    NONE = 3


def ending(line: str) -> Ending:
    """How ``line``, which holds no white space at its end, stops."""
    if line[-1:] in "）)" and (aside := _ASIDE.search(line, max(0, len(line) - 60))):
        line = line[: aside.start()]
    last = line.rstrip(_CLOSERS)[-1:]
    if last in _NOTE_MARKS:  # of a footnote, after the stop: 秋始雨。②
        last = line.rstrip(_CLOSERS + _NOTE_MARKS)[-1:]
    if last in _STOPS:
        return Ending.STOP
    if last in _PAUSES:
        return Ending.PAUSE
    return Ending.COMMA if line[-1:] in _COMMAS else Ending.NONE


def cannot_begin(line: str) -> bool:
    """Whether ``line`` starts with a mark that closes something: it continues what stands before."""
    return line[0] in _CANNOT_BEGIN


def item_number(line: str) -> int | None:
    """The number of a list item such as ``38.`` or ``（3）``; 0 for a bullet, None for no item."""
    found = _LIST_HEAD.match(line)
    if found is None:
        return None
    return int(found["n"] or 0)


def glued_item_number(line: str) -> int | None:
    """The number of an item whose text starts with a digit (``3．10种``), which a decimal may imitate."""
    found = _FULL_STOP_ITEM.match(line)
    return int(found["n"]) if found else None


def begins_block(line: str) -> bool:
    """Whether ``line`` carries a mark at its head that opens a block: 一、（一）第一章 1. ①, a date line, or a label."""
    if line[0] not in _BLOCK_HEADS:
        return (line[0] in _LABEL_HEADS or line[1:2] in (" ", "\u3000")) and _LABEL.match(line) is not None
    return (
        heading_level(line) > 0
        or item_number(line) is not None
        or _NOTE_HEAD.match(line) is not None
        or _DATELINE.match(line) is not None
        or _PERIOD_HEAD.match(line) is not None
        or _DATED_ENTRY.match(line) is not None
        or line.startswith(("#", "**", "|"))
    )


def addresses(line: str) -> bool:
    """Whether ``line`` starts by addressing the assembly, which opens a paragraph."""
    return _ADDRESS.match(line) is not None


def reports_of_meeting(line: str) -> bool:
    """Whether ``line`` starts with 会议要求 or its like, which opens a paragraph of minutes."""
    return _OF_MEETING.match(line) is not None


def stands_alone(line: str) -> bool:
    """Whether ``line`` is complete without a mark: a speaker's name, a salutation, a note head, a bracket, a contact."""
    return (
        _SPEAKER.match(line) is not None
        or _IN_BRACKETS.fullmatch(line) is not None
        or _NOTE_HEAD.match(line) is not None
        or is_signed(line)
        or (line[-1].isascii() and _CONTACT.search(line) is not None)
        or (len(line) <= 12 and addresses(line))
    )


def is_signed(line: str) -> bool:
    """Whether ``line`` ends on a label with a name, set off by a space."""
    return _SIGNED.search(line, max(0, len(line) - _LONGEST_NUMBER)) is not None


def entries_of_a_list(line: str, following: str) -> bool:
    """Whether two lines open alike and are no copies: 王大有，男，… and 李小兰，女，…, 会议听取了… and 会议审议了….

    Alike are the first two characters, or the first two marks and their places; an entry holds no full stop.
    """
    if line[:_COPIED] == following[:_COPIED] or "。" in line:
        return False
    if line[:2] == following[:2]:
        return True
    marks, others = (
        [(m.start(), m.group()) for m in _MARK_OF_ENTRY.finditer(text[:_HEAD_OF_ENTRY])][:2]
        for text in (line, following)
    )
    return len(marks) == 2 and marks == others


def splits_dateline(line: str, following: str) -> bool:
    """Whether ``following`` is the second half of a date line (``——2022年…人民代表大会`` / ``第二次会议上``)."""
    return (
        len(line) <= 60
        and len(following) <= 40
        and _DATELINE.match(line) is not None
        and line[-1] not in "上）)"
        and _SESSION.match(following) is not None
        and following[-1] in "上）)议会"
    )


def article(line: str) -> bool:
    """Whether ``line`` starts with 第一， or 第三条, which opens a paragraph more often than not."""
    return _ARTICLE.match(line) is not None


def unfinished(line: str, least: int) -> bool:
    """Whether ``line`` is a paragraph that stops inside a sentence, and no heading, name or salutation.

    A line without a full stop inside must have ``least`` characters to be taken for a paragraph.
    """
    if ending(line) in {Ending.STOP, Ending.PAUSE} or line[-1] in "…*—-#|" or stands_alone(line):
        return False
    if _INNER_END.search(line):
        return True
    return len(line) >= least and not heading_level(line) and _MARK.search(line) is not None


def may_be_cut(line: str) -> bool:
    """Whether ``line``, too short for :func:`unfinished`, ends on none of the marks that end.

    So does a headline: what follows must show that it is none.
    """
    if ending(line) in {Ending.STOP, Ending.PAUSE} or line[-1] in "…*—-#|" or stands_alone(line):
        return False
    return len(line) >= _HALF


def half_clause(line: str, headed: frozenset[int] = frozenset({1, 2})) -> bool:
    """Whether ``line`` has a comma inside and no mark of a heading before it, of one of the levels ``headed``."""
    return not (heading_level(line) in headed or article(line)) and _COMMA_INSIDE.search(line) is not None


def levels_of_headings(lines: Iterable[str]) -> frozenset[int]:
    """The levels whose marks (一、, （一）) stand before headings in lines of their own.

    Before the first sentence of a paragraph stand those of which the document has three paragraphs to one line.
    """
    alone: Counter[int] = Counter()
    run_in: Counter[int] = Counter()
    for line in lines:
        level = heading_level(line)
        if level:
            (run_in if _INNER_END.search(line[:-1]) else alone)[level] += 1
    return frozenset(level for level in (1, 2) if run_in[level] < 3 * max(1, alone[level]))


def may_continue(line: str) -> bool:
    """Whether ``line`` is running text that opens nothing of its own."""
    return not (begins_block(line) or addresses(line) or article(line)) and _MARK.search(line) is not None


def opens_with_head(line: str) -> bool:
    """Whether ``line`` starts with a short sentence without a comma, as paragraphs with a run-in head do."""
    return _RUN_IN_HEAD.match(line) is not None


def gap_of_words(left: str, right: str) -> str:
    """What stands between two joined lines: one space between Latin words, else nothing.

    Nothing either where the line end cut an English conjunction between Chinese characters (``an|d``).
    """
    if not (_LATIN.match(left[-1]) and _LATIN.match(right[0])):
        return ""
    return "" if cuts_conjunction(left, right) else " "


def cuts_conjunction(left: str, right: str) -> bool:
    """Whether ``left`` ends and ``right`` begins with a part of a stray English ``and`` or ``or``."""
    return _CUT_CONJUNCTION.search(f"{left[-4:]}\n{right[:4]}") is not None


def cuts_number(left: str, right: str) -> bool:
    """Whether a number alone says that ``right`` goes on with ``left``: 566,02|9万, 48,600|.00元, 64,582|万元, 201|6年."""
    if not left[-1:].isdecimal() and left[-1:] != ",":
        return False
    if left[-1] != "," and _NUMBER_REST.match(right):
        return True
    end = left[-_LONGEST_NUMBER:]
    pairs = ((_GROUP_HEAD, _GROUP_REST, 3), (_YEAR_HEAD, _YEAR_REST, 2))
    found = ((head.search(end), rest.match(right), digits) for head, rest, digits in pairs)
    return any(head and rest and len(head[1]) + len(rest[1]) == digits for head, rest, digits in found)
