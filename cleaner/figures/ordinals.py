"""Numerals that say which one, not how many: headings, sessions, ranks, grades, decrees, page numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from cleaner.figures.drafts import Draft
from cleaner.figures.passages import Token

_PAGE_BEFORE = re.compile(r"[-—–－·\s第]*\Z")
_PAGE_AFTER = re.compile(r"\s?[-—–－·页\s]*(?:共\s?[0-9]+\s?页)?\Z")


def page_number(token: Token) -> Draft | None:
    """A line that holds a short number and dashes; four bare digits are more likely a year."""
    passage = token.passage
    width = passage.end - passage.start
    if width > 16 or token.length > 4 or width == token.length > 3:
        return None
    if _PAGE_BEFORE.match(token.before(16)) and _PAGE_AFTER.match(token.following(16)):
        return token.named("policy_code", "page_number")
    return None


_MARK_BEFORE = re.compile(r"[（(【\[*#\s注]*\Z")
_MARK_AFTER = re.compile(r"\s?(?:[）)】\]]|、|[.．](?![0-9]))|[：:](?=\S)|[，,]")
_POINT = re.compile(r"[.．](?=[\u4e00-\u9fff“])")
_STOPS = ("。", "；", "：", ";", ":")
_CLAUSE_ITEM = re.compile(r"[是要](?![否求素])")


def list_marker(token: Token) -> Draft | None:
    """一、 （一） 1. 一是: the number of a heading, an item or a note."""
    if token.chinese and token.match(_CLAUSE_ITEM) and token.text not in ("万", "千"):
        return _clause_item(token)
    if not token.chinese and token.mark() in _STOPS and token.length <= 2 and token.match(_POINT):
        return token.named("ordinal", "list_item")
    if token.start - token.passage.start > 6 or not _MARK_BEFORE.match(token.before(6)):
        return None
    after = token.match(_MARK_AFTER)
    if after is None or after.group() in ("，", ",", "：", ":"):
        return None
    if token.chinese:
        return token.named("ordinal", "heading")
    if token.length > 3 or "." in token.text:
        return None
    return token.named("ordinal", "note_number" if token.passage.note else "list_item")


def _clause_item(token: Token) -> Draft | None:
    """一是…；二是… and 一要…, wherever a clause begins."""
    at_start = token.start == token.passage.start or token.mark() in "。；：;:，,*—”）、 "
    return token.named("ordinal", "list_item") if at_start else None


_SESSION = re.compile(
    r"届|次(?=(?:、[一二三四五六七八九十]次)?(?:(?:全体)?会议|全会|全国|党代会|党代表|会上))|中(?=全会|、?[一二三四五六七]中)"
)
_CONGRESS = re.compile(r"大(?![力小中型量众学道厅棚楼地桥])")


def session(token: Token) -> Draft | None:
    """十七届, 三次会议, 二中全会, 党的二十大; 两届 are two of them."""
    found = token.match(_SESSION)
    if found and token.text != "两":
        return token.named("ordinal", "ordinal", found.end())
    if not token.chinese or not token.match(_CONGRESS) or token.numeral is None:
        return None
    # 十大 counts things; the congresses that reports speak of are the fourteenth and later ones.
    if token.before(2) == "党的" or 14 <= token.numeral.value <= 30:
        return token.named("ordinal", "ordinal", token.end + 1)
    return None


_RANK_CUE = re.compile(
    r"(?:全[市省国县区州球网盟]|世界|排名|位次|位[居列于处]|名列|列|居|排|跃[居升至]|升至|上升|增速|总量|规模"
    r"|综合|[东中西]部|组别?|均|保持|[、和，])[^。；]{0,10}\Z"
)
_RANK_AFTER = re.compile(r"\s?(?P<unit>[位名])?(?=[，。、；）)：\s”！和]|\Z|的)")
_TOP_CUE = re.compile(
    r"(?:全[市省国县区州球]|世界|列|居|进入?|跻身|排名|保持|稳居|[东中西]部|行业)[\u4e00-\u9fff]{0,4}\Z"
)
_TOP_AFTER = re.compile(r"\s?(?P<unit>[位名强])?(?![年季个月期十百%％‰‱])")


def rank(token: Token) -> Draft | None:
    """全市第1, 排名第二, 世界前三: a place in an order; 第一方阵 and 第三产业 are none."""
    mark = token.mark()
    if mark not in ("第", "前"):
        return None
    lead = token.start - 1 - token.passage.text[token.start - 1].isspace()
    after, cue = (_RANK_AFTER, _RANK_CUE) if mark == "第" else (_TOP_AFTER, _TOP_CUE)
    found = token.match(after)
    if found is None or not cue.search(token.before(16, lead)):
        return None
    if token.numeral is None or token.numeral.value > 1000:
        return None
    one = Decimal(1)
    draft = token.named("rank", "rank")
    draft.place, draft.step, draft.unit, draft.dimension = one, one, "位", "rank"
    draft.lead, draft.reach = lead, found.end()
    if mark == "前":
        draft.comparator, draft.inclusive = "<", True
    return draft


def ordinal(token: Token) -> Draft | None:
    """Whatever else follows 第 (第四次, 第二幼儿园), 其一, and 表1 at the head of a line."""
    caption = token.mark() in ("表", "图") and token.start - token.passage.start <= 2
    return token.named("ordinal", "ordinal") if caption or token.mark() in ("第", "其") else None


_GRADE = re.compile(
    r"\s?(?:A级|级(?=[以及]上|及以|[、，。）”]|公路|公立|水|医|标准|响应|资质|警|应急|天气|保护|文物|汽|航道|博物|实验室|综合医)"
    r"|类(?=标准|水|以上|区|地区|断面)|等奖|星级|本(?=[以及A-D]|线|达|上线|科)|期(?!间|望|盼|货|限|末|待)|号|版)"
    r"|A(?![A-Za-z0-9])"
)


_SECOND = re.compile(r"轮|线|级|环路|楼|队")


def grade(token: Token) -> Draft | None:
    """4A景区, 二级以上, 一等奖, 二本, 二期: places on a scale, not amounts. Of two one says 两, the second is 二."""
    found = token.match(_GRADE) or (token.match(_SECOND) if token.text == "二" else None)
    if found is None or token.length > 3:
        return None
    return token.named("ordinal", "grade", found.end())


_DECREE = re.compile(r"项(?:规定|禁令|纪律|铁规)|条(?=硬?措施|”硬?措施|政策|意见|禁令|[、，。；”]|等政策)")
_DECREE_CUE = re.compile(r"(?:新|发展|经济|政策|措施|意见|中央)\s?\Z")
_HARD = re.compile(r"条”?硬措施")


def _titled(token: Token) -> bool:
    """“提升服务水平20条”: the number ends a title in quotation marks."""
    before = token.before(24)
    return token.following(2) == "条”" and before.rfind("“") > before.rfind("”")


def document_name(token: Token) -> Draft | None:
    """八项规定, 支持企业发展30条: a decree is called by the number of its articles."""
    found = token.match(_DECREE)
    if found is None:
        return None
    named = token.match(_HARD) or _DECREE_CUE.search(token.before(3)) or _titled(token)
    if found.group() == "条" and not named:
        return None
    draft = token.named("policy_code", "document_name", found.end())
    draft.components = () if draft.value is None else (draft.value,)
    return draft
