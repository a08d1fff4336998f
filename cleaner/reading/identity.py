"""Title, place and year of a public document, read from its face; "unknown" where it does not say."""

from __future__ import annotations

from dataclasses import dataclass

import regex

UNKNOWN = "unknown"
_HEAD = 4000
_PLACE = r"[\p{Han}]{1,9}?(?:自治[州县旗]|[省市县区旗州盟])"
_REPORT = r"(?:人民)?政府(?:(?:19|20)[0-9]{2}年)?工作报告"
_PLACE_MARKS = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"(?:^|\n)#*(?:(?:19|20)[0-9]{{2}}年)?({_PLACE})(?:(?:19|20)[0-9]{{2}}年)?{_REPORT}",
        rf"在({_PLACE})第[〇零一二三四五六七八九十0-9]+届",
        rf"(?:^|[^\p{{Han}}])({_PLACE})第[〇零一二三四五六七八九十0-9]+\p{{Han}}(?:人民代表大会|人大)",
        rf"(?:^|[^\p{{Han}}])({_PLACE})人民政府(?:县长|市长|区长|省长|旗长|州长|盟长|主席|代)",
        rf"(?:^|[^\p{{Han}}])({_PLACE})委、",
        rf"(?:中共|开创|推进|建设|谱写.{{0,10}})({_PLACE})(?:县委|市委|区委|省委|篇章)",
    )
)
_NATIONAL = regex.compile(r"第[〇零一二三四五六七八九十]+届全国人民代表大会")
_DATE = regex.compile(r"[—(（-]{0,3}\s*((?:19|20)[0-9]{2})\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日")
_FORWARD = regex.compile(
    r"(?:展望|安排)?((?:19|20)[0-9]{2})年?(?:工作安排|的?(?:主要)?(?:预期)?目标|重点工作|工作总体要求)|展望((?:19|20)[0-9]{2})"
)
_BACK = regex.compile(r"((?:19|20)[0-9]{2})年?[^\n，。]{0,6}回顾|回[眸顾]((?:19|20)[0-9]{2})")
_OF_YEAR = regex.compile(
    r"((?:19|20)[0-9]{2})年[^\n，。]{0,12}工作报告|工作报告[（(]((?:19|20)[0-9]{2})年?(?:度)?[）)]"
)
_LAST_YEAR = regex.compile(r"去年[^\n，。]{0,8}回顾\s*((?:19|20)[0-9]{2})年")
_TERM = regex.compile(r"第([八九十]|十[一二三四五])届全国人民代表大会第一次会议以来的五年")
_TERMS = {
    "八": 1993,
    "九": 1998,
    "十": 2003,
    "十一": 2008,
    "十二": 2013,
    "十三": 2018,
    "十四": 2023,
    "十五": 2028,
}
_KIND = regex.compile(r"[\p{Han}0-9年度]{0,24}(?:工作报告|公报|预算(?:执行情况)?报告)")
_NUMBERED = regex.compile(r"[（(]?[〇零一二三四五六七八九十]+[)）、]")
_SENTENCE = regex.compile(r"[，。：；,;:]")
_HIGHER = regex.compile(r"^(?:\p{Han}+?(?:省|自治区|自治州|地区|市|盟)(?=\p{Han}{2,}$))+")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says it is. ``year`` is the year in which the report was given."""

    title: str
    place: str
    year: str


def identify(text: str) -> Identity:
    """Read title, place and year from the opening of ``text`` (and the headings of the rest)."""
    # Every document goes through here: plain string methods where they do.
    squeezed = text.replace(" ", "").replace("\t", "").replace("\u3000", "")
    return Identity(_title(text), _place(text, squeezed), _year(squeezed))


def _title(text: str) -> str:
    """The first line that names the kind of document, else the first line that is no salutation."""
    lines = [line.strip().lstrip("#").strip() for line in text.split("\n") if line.strip()]
    for line in lines:
        if len(line) <= 60 and "报" in line and _KIND.fullmatch(named := "".join(line.split())):
            return named
    return next((line for line in lines[:3] if _may_be_title(line)), UNKNOWN)


def _may_be_title(line: str) -> bool:
    return len(line) <= 60 and not _NUMBERED.match(line) and not _SENTENCE.search(line)


def _place(text: str, whole: str) -> str:
    squeezed = regex.sub(r"[ \t　]+", "", text[:_HEAD])
    squeezed = regex.sub(r"\n+", "\n", squeezed)
    if _NATIONAL.search(squeezed[:600]) or "代表国务院" in squeezed[:600]:
        return "全国"
    for mark in _PLACE_MARKS:
        found = mark.search(squeezed) or mark.search(whole)
        if found:
            return _nearest(str(found.group(1)))
    return UNKNOWN


def _nearest(place: str) -> str:
    """The place itself, without the province and city that it lies in: 河东市云泽县 is 云泽县."""
    return str(_HIGHER.sub("", place))


def _year(squeezed: str) -> str:
    heads = squeezed.split("\n")[:12]
    for line in heads:
        date = _DATE.search(line)
        if date and len(line) <= 60:
            return str(date.group(1))
    named = next((m for line in heads if len(line) <= 40 and (m := _OF_YEAR.search(line))), None)
    if named:
        return str(named.group(1) or named.group(2))
    forward = [int(m.group(1) or m.group(2)) for m in _FORWARD.finditer(squeezed)]
    if forward:
        return str(max(set(forward), key=forward.count))
    back = [int(m.group(1) or m.group(2)) for m in _BACK.finditer(squeezed)]
    back += [int(m.group(1)) for m in _LAST_YEAR.finditer(squeezed)]
    if back:
        return str(max(back) + 1)
    term = _TERM.search(squeezed)
    if term:
        return str(_TERMS[term.group(1)] + 5)
    dates = [m.group(1) for line in squeezed.split("\n") if len(line) <= 60 for m in _DATE.finditer(line)]
    return str(dates[0]) if dates else UNKNOWN
