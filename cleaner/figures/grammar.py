"""The grammar of numerals: an ordered list of readings, the first that fits is taken.

A reading gets the passage, the numeral's place and its script, and answers with a draft or with None. Names and
ordinals come before quantities, so that a quantity is what is left when nothing says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from cleaner.figures.drafts import UNREAD, Draft, lookalike
from cleaner.figures.lookalikes import Lookalikes
from cleaner.figures.numerals import ARABIC, CHINESE, Numeral, read_arabic, read_chinese
from cleaner.figures.quantities import bare_scale, quantity, read_numeral_at

_SCAN = re.compile(rf"(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})")
_CN = re.compile(CHINESE)
_ANY = re.compile(rf"{ARABIC}|{CHINESE}")


@dataclass(slots=True)
class Passage:
    """One block of the clean text that is being read, and the named words of the whole text."""

    text: str
    start: int
    end: int
    words: Lookalikes
    note: bool = False

    def before(self, position: int, width: int) -> str:
        """Up to ``width`` characters that stand before ``position`` in this block."""
        return self.text[max(self.start, position - width) : position]

    def match(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """Match ``pattern`` at ``position``, not past the end of the block."""
        return pattern.match(self.text, position, self.end)


Reading = Callable[[Passage, int, int, bool], Draft | None]


def read_passage(passage: Passage) -> Iterator[Draft]:
    """Every numeral of a block in order, read once."""
    position = passage.start
    while found := _SCAN.search(passage.text, position, passage.end):
        start, end = found.span()
        chinese = found.lastgroup == "chinese"
        for reading in _CHINESE_READINGS if chinese else _ARABIC_READINGS:
            draft = reading(passage, start, end, chinese)
            if draft is not None:
                break
        else:
            draft = _left_over(passage, start, end, chinese)
        yield draft
        position = max(draft.end, end if draft.start >= start else start + 1)


def _ordinal(passage: Passage, start: int, end: int, chinese: bool, nature: str, reach: int = 0) -> Draft:
    numeral = read_numeral_at(passage.text, start, end, chinese)
    draft = Draft(start, max(reach, end), "ordinal", nature, numeral.value if numeral else None)
    draft.lead, draft.reach = start, draft.end
    return draft


_PAGE = re.compile(r"[-—–－·\s第]*\Z")
_PAGE_END = re.compile(r"\s?[-—–－·页\s]*(?:共\s?[0-9]+\s?页)?\Z")


def page_number(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """A line that holds a number and dashes."""
    alone = end - start <= 4 and passage.end - passage.start <= 16
    text = passage.text
    if chinese or not alone or not _PAGE.match(text[passage.start : start]):
        return None
    if not _PAGE_END.match(text[end : passage.end]) or passage.end - passage.start == end - start > 3:
        return None
    draft = _ordinal(passage, start, end, False, "page_number")
    draft.kind = "policy_code"
    return draft


_MARK_BEFORE = re.compile(r"[（(【\[*#\s注]*\Z")
_MARK_AFTER = re.compile(r"[）)】\]]|、|\s?[.．](?![0-9])|[：:](?=\S)|[，,]")
_ITEM_AFTER = re.compile(r"[是要](?!否|求)|[，、]")


def list_marker(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """一、 （一） 1. 一是: the number of a heading, an item or a note."""
    text = passage.text
    if chinese and passage.match(_ITEM_AFTER, end):
        previous = text[start - 1 : start] if start > passage.start else "。"
        if text[end] in "是要" and previous in "。；：:;，,*—”） 、" and text[start:end] not in ("万", "千"):
            return _ordinal(passage, start, end, True, "list_item")
    if start - passage.start > 6 or not _MARK_BEFORE.match(text[passage.start : start]):
        return None
    if not passage.match(_MARK_AFTER, end) or (text[end] in "，,：:" and start == passage.start):
        return None
    if not chinese and (end - start > 3 or "." in text[start:end] or text[end] in "，,：:"):
        return None
    nature = "heading" if chinese else "note_number" if passage.note else "list_item"
    return _ordinal(passage, start, end, chinese, nature)


_FRACTION = re.compile(rf"分之(?:(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE}))")


def fraction(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """百分之五 is 5 %; 三分之一 is a share that was not measured."""
    found = passage.match(_FRACTION, end)
    if not chinese or found is None:
        return None
    base, part = read_chinese(passage.text[start:end]), (
        read_chinese(found["chinese"]) if found["chinese"] else read_arabic(found["arabic"])
    )  # fmt: skip
    if base is None or part is None or base.value == 0:
        return None
    factor = Decimal(100) / base.value
    exact = base.value in (100, 1000)
    value = (
        (part.value * factor).quantize(Decimal("0.0001")).normalize() if not exact else part.value * factor
    )
    place = part.place * factor if exact else Decimal(1)
    draft = Draft(
        start, found.end(), "share", "share", value, None, place, place, unit="%", dimension="percent"
    )
    if not exact:
        draft.comparator, draft.approx = "≈", "about"
    draft.lead, draft.reach = start, draft.end
    return draft


_QUOTED = re.compile(r"[^”’」\n]{1,14}(?=[”’」])")
_NAMED_SET = re.compile(r"(?:大(?![县镇])|[张支类篇条项件][\u4e00-\u9fff]|[0-9]+[个类大项])")
_CODE_END = re.compile("[、，；。 　]")


def quoted_code(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """“三重一大”, “1311”, “7×24”: a slogan in quotes, with the numbers it is made of."""
    text = passage.text
    opening = max(text.rfind(mark, max(passage.start, start - 8), start) for mark in "“‘「")
    if opening < 0 or any(mark in text[opening:start] for mark in "”’」"):
        return None
    content = passage.match(_QUOTED, opening + 1)
    if content is None or content.end() < end:
        return None
    if chinese and passage.match(_NAMED_SET, end):
        return None
    if not chinese and start == opening + 1 and passage.match(_MEASURED, end):
        return None
    cut = _CODE_END.search(text, end, content.end())
    stop = cut.start() if cut else content.end()
    parts = tuple(n.value for m in _ANY.finditer(text, start, stop) if (n := _read(m.group())) is not None)
    draft = Draft(start, stop, "policy_code", "policy_code" if chinese else "code", components=parts)
    draft.value = parts[0] if len(parts) == 1 else None
    draft.lead, draft.reach = start, stop
    return draft


_MEASURED = re.compile(r"\s?[余多]?[万亿]?[个项家亩元类%％大条人]")


def _read(numeral: str) -> Numeral | None:
    return read_arabic(numeral) if numeral[0].isdigit() else read_chinese(numeral)


_SESSION = re.compile(r"届|次(?=(?:全体)?会议|全会|全国|党代会)|中(?=全会|、[一二三四五六七]中)")
_CONGRESS = re.compile(r"大(?![力小中型量众学道厅棚楼地桥])")


def session(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """十七届, 三次会议, 二中全会, 党的二十大."""
    found = passage.match(_SESSION, end)
    if found:
        return _ordinal(passage, start, end, chinese, "ordinal", found.end())
    if not chinese or not passage.match(_CONGRESS, end):
        return None
    numeral = read_chinese(passage.text[start:end])
    named = passage.before(start, 2) in ("党的", "共产")
    if numeral is not None and (named or 14 <= numeral.value <= 30):
        return _ordinal(passage, start, end, True, "ordinal", end + 1)
    return None


_RANK_CUE = re.compile(
    r"(?:全[市省国县区州球网盟]|世界|排名|位次|位居|位列|位[于处]|名列|列|居|排|跃[居升至]|升至|上升|增速|总量|规模|综合|[东中西]部|组别?|均|保持|[、和，])[^。；]{0,10}\Z"
)
_RANK_AFTER = re.compile(r"\s?(?P<unit>[位名])?(?=[，。、；）)：\s”！和]|\Z|的)")
_TOP_CUE = re.compile(
    r"(?:全[市省国县区州球]|世界|列|居|进入?|跻身|排名|保持|稳居|[东中西]部|行业)[\u4e00-\u9fff]{0,4}\Z"
)
_TOP_AFTER = re.compile(r"\s?(?P<unit>[位名强])?(?![年季个月期十百])")


def rank(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """全市第1, 排名第二, 世界前三: a place in an order; 第一方阵 and 第三产业 are none."""
    mark = passage.before(start, 2).rstrip()[-1:]
    lead = start - 1 - (passage.text[start - 1 : start].isspace())
    if mark == "第":
        found, cue = passage.match(_RANK_AFTER, end), _RANK_CUE.search(passage.before(lead, 16))
    elif mark == "前":
        found, cue = passage.match(_TOP_AFTER, end), _TOP_CUE.search(passage.before(lead, 8))
    else:
        return None
    if found is None or cue is None:
        return None
    numeral = read_numeral_at(passage.text, start, end, chinese)
    if numeral is None or numeral.value > 1000:
        return None
    one = Decimal(1)
    draft = Draft(start, end, "rank", "rank", numeral.value, None, one, one, unit="位", dimension="rank")
    draft.lead, draft.reach = lead, found.end()
    if mark == "前":
        draft.comparator, draft.inclusive = "<", True
    return draft


def ordinal(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """Whatever else follows 第 (第四次, 第二幼儿园), and 其一."""
    if passage.before(start, 2).rstrip()[-1:] not in ("第", "其"):
        return None
    return _ordinal(passage, start, end, chinese, "ordinal")


_YEAR = re.compile(r"\s?(?:年(?:度|底|末|初)?|[—–~～至-]{1,2}\s?(?:19|20)[0-9]{2}\s?年)")
_MONTH = re.compile(r"\s?(?:月(?:份|底|末|初|中旬|下旬|上旬)?|日|号(?=至|在|召)|年代|世纪|季度)")
_SPAN_OF_TIME = re.compile(r"\s?[—–~～至-]{1,2}\s?[0-9]{1,2}\s?(?:月|日)")
_YEARS = re.compile(r"(?P<odd>[多余])?年(?!产|均|度任务|级)")
_DEICTIC = re.compile(
    r"(?:过去|刚刚过去|难忘|这|近|关键|平凡|本|新|头|又|上|下|前|后|今后|未来)的?(?:这|那)?\Z"
)
_TO_YEAR = re.compile(r"[—–~～至-]{1,2}\s?\Z")


def calendar(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """2023年, 3月底, 20日, 一季度: dates; 三年行动, 一年来: spans of years."""
    text = passage.text
    digits = end - start
    if digits == 4 and (found := passage.match(_YEAR, end)) and (not chinese or text[start] in "一二"):
        reach = found.end() if "年" in found.group()[:2] else end
        return _date(passage, start, end, chinese, reach)
    if digits <= 2 and (found := passage.match(_MONTH, end) or passage.match(_SPAN_OF_TIME, end)):
        return _date(passage, start, end, chinese, found.end() if found.group().strip()[0] in "月日" else end)
    if (
        digits == 4
        and not chinese
        and text[start : start + 2] in ("19", "20")
        and _bare_year(passage, start, end)
    ):
        return _date(passage, start, end, chinese, end)
    found = passage.match(_YEARS, end)
    if found is None or not (chinese or digits <= 3):
        return None
    draft = _ordinal(passage, start, end, chinese, "duration", found.end())
    draft.kind, draft.unit = "duration", "年"
    if text.startswith("来", draft.end) or _DEICTIC.search(passage.before(start, 6)):
        draft.nature = "deictic_period"
    return draft


def _bare_year(passage: Passage, start: int, end: int) -> bool:
    after = passage.text[end : end + 2]
    cue = passage.before(start, 2) in ("回眸", "展望", "回顾", "聚焦", "奋进", "奔向", "迈向")
    return cue or bool(_TO_YEAR.search(passage.before(start, 3))) or after[:1] in ("版",)


def _date(passage: Passage, start: int, end: int, chinese: bool, reach: int) -> Draft:
    draft = _ordinal(passage, start, end, chinese, "date", reach)
    draft.kind = "date"
    draft.unit = passage.text[end:reach].strip()[:1]
    return draft


_GRADE = re.compile(
    r"\s?(?:A级|级(?=[以及]上|[、，。）”]|公路|水|医|标准|响应|资质|警|应急|天气|保护|文物|汽)|类(?=标准|水|以上|区|地区|断面)|等奖|星级|本(?=[以及A-D]|线|达|上线|科)|期(?!间|望|盼|货|限|末|待)|号|版)|A(?![A-Za-z0-9])"
)


def grade(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """4A景区, 二级以上, 一等奖, 二本, 二期: places on a scale, not amounts."""
    found = passage.match(_GRADE, end)
    if found is None or end - start > 3:
        return None
    if found.group().strip() in ("期", "级") and not chinese and not passage.text[start:end].isdigit():
        return None
    return _ordinal(passage, start, end, chinese, "grade", found.end())


_DOCUMENT = re.compile(r"项(?:规定|禁令|纪律|铁规)|条(?=措施|政策|意见|禁令|[、，。；”]|等政策)")
_DOCUMENT_CUE = re.compile(r"(?:新|发展|经济|政策|措施|意见|中央|国|省|市|条、新)\s?\Z")


def document_name(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """八项规定, 支持企业发展30条: a decree is called by the number of its articles."""
    found = passage.match(_DOCUMENT, end)
    if found is None or (found.group() == "条" and not _DOCUMENT_CUE.search(passage.before(start, 3))):
        return None
    draft = _ordinal(passage, start, end, chinese, "document_name", found.end())
    draft.kind, draft.components = "policy_code", () if draft.value is None else (draft.value,)
    return draft


def named_word(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """进一步, 红十字, 长三角: the lexicon of look-alikes."""
    found = passage.words.at(start, end)
    if found is None or found[1] < end:
        return None
    return lookalike(start, found[1], found[2])


_ARTICLE = re.compile(
    r"[个批项种条家座次件支份名场位张套处所片些股系道级部类本片届系大块]|方面|部分|系列|揽子"
)
_ARTICLE_CUE = re.compile(
    r"(?:每[\u4e00-\u9fff]{0,6}|仅|只|至少|建成|新建|建设|新增|完成|改造|设立|开展|举办|共|各)了?\Z"
)


def article(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """一个 and 一批 say that there is something, not how many; 每季度一次 does."""
    if passage.text[start:end] != "一":
        return None
    measure = passage.match(_ARTICLE, end)
    if measure and measure.group() not in "批些级大系" and _ARTICLE_CUE.search(passage.before(start, 9)):
        return None
    return lookalike(start, end + (len(measure.group()) if measure else 0), "article" if measure else "word")


def chinese_quantity(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """两轮, 十大行动, 五百亩, 亿元以上."""
    return bare_scale(passage.text, start, end, passage.end) or quantity(
        passage.text, start, end, True, passage.end
    )


def arabic_quantity(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """2.7万亩, 34个, 10-100亿元, 28万人民."""
    draft = quantity(passage.text, start, end, False, passage.end)
    if (
        draft is not None
        and passage.before(start, 2)[-1:] in ("-", "－")
        and passage.before(start, 2)[:1] not in "0123456789 "
    ):
        _negate(draft)
    return draft


def _negate(draft: Draft) -> None:
    draft.start -= 1
    draft.lead = min(draft.lead, draft.start)
    draft.value = None if draft.value is None else -draft.value


_RATIO = re.compile(rf"\s?[：:∶]\s?({ARABIC})\s?[：:∶]\s?({ARABIC})(?![0-9：:])")


def ratio(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """15.5：57.0：27.5: three shares of one whole; the parts after the first are read in their turn."""
    first = passage.match(_RATIO, end)
    last = re.search(rf"({ARABIC})\s?[：:∶]\s?(?:({ARABIC})\s?[：:∶]\s?)?\Z", passage.before(start, 16))
    if first is None and last is None:
        return None
    if (
        first is None
        and last is not None
        and last[2] is None
        and not _RATIO_TAIL.match(passage.text, end, passage.end)
    ):
        return None
    numeral = read_arabic(passage.text[start:end])
    draft = Draft(
        start,
        end,
        "share",
        "share",
        numeral.value,
        None,
        numeral.place,
        numeral.step,
        unit="%",
        dimension="percent",
    )
    draft.lead, draft.reach = start, end
    return draft


_RATIO_TAIL = re.compile(rf"\s?[：:∶]\s?(?:{ARABIC})")
_GLUED = re.compile(r"[A-Za-z]")
_LETTER_UNIT = re.compile(
    r"\s?[万亿]?(?:kWh|kW|MW|GW|kV|MVA|kVA|km|m3|m³|m²|m2|ug|μg|mg|TEU|Gbps|Mbps|GB|TB|PB|EFLOPS|PFLOPS|P(?![A-Za-z]))"
)
_NUMBERED = re.compile(
    r"\s?(?:国道|省道|县道|乡道|高速|线(?![上下城路])|号|路(?!口)|热线|次列车|国际医院|医院)"
)
_HOTLINE = re.compile(r"\s?[\u4e00-\u9fff“]{0,6}(?:热线|平台|电话|举报|报警|急救)")
_ROAD = re.compile(r"(?:国道|省道|县道|乡道|[A-Za-z.])\s?\Z")
_CODE = re.compile(rf"(?:\s?[×xX+＋*·/]\s?(?:{ARABIC}))+(?:N|n)?(?![%％])")


def identifier(passage: Passage, start: int, end: int, chinese: bool) -> Draft | None:
    """108国道, G209, PM2.5, 5G, 12345热线, 1+5: names that happen to be written with digits."""
    text = passage.text
    found = passage.match(_NUMBERED, end)
    glued = passage.match(_GLUED, end) and not passage.match(_LETTER_UNIT, end)
    hotline = (
        text[start : start + 2] in ("12", "11") and end - start in (3, 5) and passage.match(_HOTLINE, end)
    )
    road = start > passage.start and _ROAD.search(passage.before(start, 3))
    code = passage.match(_CODE, end)
    if not (found or glued or hotline or road or code or end - start >= 8):
        return None
    draft = _ordinal(passage, start, end, False, "identifier", code.end() if code else end)
    draft.kind = "policy_code"
    if code:
        draft.nature, draft.value = "code", None
        draft.components = tuple(
            n.value for m in _ANY.finditer(code.string, start, code.end()) if (n := _read(m.group()))
        )
    return draft


def _left_over(passage: Passage, start: int, end: int, chinese: bool) -> Draft:
    """A numeral without a unit: in Chinese most often part of a word, in digits something to report."""
    if chinese and (end - start == 1 or read_chinese(passage.text[start:end]) is None):
        return lookalike(start, end, "word")
    return Draft(start, end, UNREAD, "no unit", lead=start, reach=end)


_CHINESE_READINGS: tuple[Reading, ...] = (
    fraction, list_marker, quoted_code, session, rank, ordinal, named_word, calendar, document_name, grade, article,
    chinese_quantity,
)  # fmt: skip
_ARABIC_READINGS: tuple[Reading, ...] = (
    page_number, list_marker, quoted_code, session, rank, ordinal, calendar, ratio, grade, document_name, identifier,
    arabic_quantity,
)  # fmt: skip
