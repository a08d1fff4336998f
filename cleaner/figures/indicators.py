"""The noun phrase that a number belongs to.

A number after its noun (投资完成87亿元) takes what stands before it in the clause; a number before its noun (37个
工业项目) what follows. A clause without a noun of its own (同比增长4.6%) is about what the figure before it was about.
"""

from __future__ import annotations

import re

from cleaner.figures.drafts import Draft

CLAUSE_MARKS = "，；：。！？,;:\t"
"""What ends a clause, beside a line feed."""
_SCOPE = re.compile(
    r"(?:今年|去年|全年|[一五]年来|目前|截至[^，]{0,8}|其中|年末|当年)?[，\s]?(?P<scope>全[县市省区国州旗]|我[县市省区国州]|本[县市省区])"
)
_LEAD = re.compile(
    r"[\s*#“”（(]*(?:其中|今年|去年|全年|当年|上年|目前|预计|初步预计|累计|共|分别|均|并|并且|力争|确保|争取|推动|全面|加快|计划|同时|先后|特别是|[一二三四五六七八九十]+[是要]|"
    r"(?:19|20)[0-9]{2}年|[0-9]{1,2}月底前?|上半年|年底前|到(?!位)|截至|实施了?|使|让|为|将|要|，|\s)+"
)
_VERBS = re.compile(
    r"(?:[\s，]|分别|预计|预期|累计|共计?|总计|合计|已|均|将|约|近|超过?|突破|首次|提前|实现|完成|达到?|达成|增[至加长到]+|发展[到至]|扩大[到至]|提[高升](?:[到至]|了)?|下降[到至]?|降低?[至到]|"
    r"稳定在|保持在|控制在|维持在|为|是|有|了|到|跨过|迈上|由|从|(?<!存)在|跃[上至升]|同比|环比|增速|增幅|比上年|较上年|年均|平均|净增|位居|位列|居|排名|排|全[市省国]|世界|第|前|以|按|的|仅|只|占比达)+\Z"
)
_VERB_ENDS = frozenset(
    "，别计期已均将约近超过破次前现成达到至加长高升了降在为是有上由从比速幅年增居列名排市省国界第以按的仅只共"
)
"""What a verb before the number ends in, beside a blank."""
_GROWTH_ONLY = re.compile(
    r"[\s，]*(?:同口径|自然口径|按?(?:可比|不变)(?:口径|价格?)(?:计算)?|(?:剔除|扣除)[^，。；]{0,12}(?:因素|后)|"
    r"同比|环比|(?:比|较)(?:上年|去年)(?:末|底|同期)?|(?:比|较)年初|增产|减产|比[0-9]{4}年|年均|平均|两年|分别|均|实际|名义|名义上|又|再|且|也|上年|和|并|仅|其中|增速|增幅|涨幅|降幅|增长率|增长|下降|提高|上升|降低|减少|增加|上涨|回落|达到?|为|是|了|约|近|超过?|快于[^，]{0,6}|高于[^，]{0,12}|低于[^，]{0,12}|\s)*\Z"
)
_GROWTH_BEGINS = frozenset(
    "，同自按可不剔扣环比较增减年平两分均实名又再且也上和并仅其涨降下提回达为是了约近超快高低"
)
"""What a clause that tells of growth alone begins with, beside a blank."""
_OF_PREVIOUS = re.compile(
    r"[\s，]*(?:约|均|分别)?(?P<relation>占比?[^，。；]{0,30}?|完成[^，。；]{0,14}任务的?|增速|总量|规模|比重|占比)"
    r"(?:达到?|为|的|超过?|高达|提[高升]到|上升到|排名?|位[居列]|名列|[居列]|均|全[市省国县区州]|[东中西]部|第|前|\s)*\Z"
)
_ACTION_WORDS = """
新增 新建 新培育 培育 改造 提升 建设 建成 实施 引进 完成 办好 办理 举办 打造 推进 推动
改扩建 开展 发放 投入 安排 撤并 落实 规划 建立 成立 设立 推出 开工 续建 整修 整治 修复
修建 处置 解决 转移 安置 带动 惠及 覆盖 有 了 等 的 与 和 及 以及 在 为 把 对 由
用好 发挥 实现 创建 新认定 认定 新 年产 储备 入库 争取 签约 制定 出台 组织 配备 增设
购置 剩余 围绕 聚焦 抓好 抓实 重点抓好 以下 依托
"""
_ACTIONS = tuple(_ACTION_WORDS.split())
_ACTION_ENDS = frozenset(word[-1] for word in _ACTIONS)
_NOUN = re.compile(r"\s?(?:的)?(?P<noun>[\u4e00-\u9fffA-Za-z“”+（）()·-]{1,24})")
_STOP_WORDS = """
全部 均 已 正 将 实现 完成 达到 开工 竣工 投产 投入 建成 顺利 有序 快速 集中 获 荣获 被 提供 落实
总投资 共 累计 ， 建设$ 得到 推进 启动
"""
_STOPS = _STOP_WORDS.split()
# The first character is taken alone, for a class of characters is searched fast; then the word that it begins.
_NOUN_STOP = re.compile(
    rf"[{''.join({word[0]: '' for word in _STOPS})}](?<=[\u4e00-\u9fff]{{2}}.)"
    rf"(?:{'|'.join(f'(?<={word[0]}){word[1:]}' for word in _STOPS)})"
)
_ITEM = re.compile(r"\A[0-9]{1,2}[.．、](?![0-9])")
_LAST_ITEM = re.compile(r"^.*(?:[、,，和]|以及|及)")
_LEVEL = re.compile(r"(?:达到?|突破|超过?|稳定在|保持在)\s?\Z")
_CARRIED = re.compile(
    r"\A[\s]*(?P<verb>新增|新培育|新认定|培育|新建|改造|建成|办理|受理办结|建设|引进|净增|提升改造|新发展|推广|开展)"
)


def clause_start(clauses: str, sentence: int, previous: Draft | None, draft: Draft) -> int:
    """Where the phrase of ``draft`` begins: after the last mark before it or the figure before.

    ``clauses`` is the text with a line feed for each of ``CLAUSE_MARKS``.
    """
    start = max(sentence, clauses.rfind("\n", sentence, draft.lead) + 1)
    if previous is not None and start < previous.reach <= draft.start:
        start = previous.reach
    return start


def name_figure(
    draft: Draft, text: str, clause: int, limit: int, previous: Draft | None, anchor: Draft | None
) -> bool:
    """Fill ``indicator`` and ``subject`` of a data figure; say whether its own clause names it.

    ``previous`` is the figure before it in the sentence, ``anchor`` the last one that had a name of its own.
    """
    head = text[clause : draft.lead].lstrip("、和及与以 ")
    scope = _SCOPE.match(head)
    if scope:
        draft.subject = scope["scope"]
    elif previous is not None and previous.is_data:
        draft.subject = previous.subject
    inherited = _inherited(draft, head, anchor.indicator if anchor is not None else "")
    if inherited is not None:
        draft.indicator = inherited
        return False
    draft.indicator = _own(draft, text, head, limit, previous)
    if not draft.indicator and anchor is not None:
        draft.indicator = anchor.indicator
        return False
    return True


def _inherited(draft: Draft, head: str, base: str) -> str | None:
    """The name of a clause that has none: 同比增长4.6%, 占财政支出83.3%, 增速排名全市第1."""
    relative = draft.dimension in ("percent", "rank")
    if base and (relative or draft.unit == "倍"):
        related = _OF_PREVIOUS.fullmatch(head)
        if related:
            return base + related["relation"].strip()
    only = not head or ((head[0] in _GROWTH_BEGINS or head[0].isspace()) and _GROWTH_ONLY.fullmatch(head))
    return base if only and (relative or head.strip()) else None


def _own(draft: Draft, text: str, head: str, limit: int, previous: Draft | None) -> str:
    if _precedes_noun(draft, text, head):
        noun = _following(text, draft.reach, limit)
        if noun:
            return noun
    named = _trim(head)
    return _carried(named, head, text, previous) if named else _following(text, draft.reach, limit)


def _precedes_noun(draft: Draft, text: str, head: str) -> bool:
    after = text[draft.reach : draft.reach + 2].lstrip()
    if draft.dimension == "percent" and after[:1] == "的" and not _trim(head):
        return True
    if not after or after[0] in "，。；、！？：）)\n\t" or draft.dimension in ("percent", "rank"):
        return False
    if after[0] == "的":
        return not head.rstrip().endswith(
            ("投资", "收入", "产值", "面积", "金额", "规模", "资金", "产能", "产量")
        )
    return draft.dimension in ("count", "people") or _ends_in_action(head)


def _ends_in_action(head: str) -> bool:
    """Whether a clause ends in a word that takes what comes next for its object, in a blank, or is empty."""
    last = head[-1:]
    return not last or last.isspace() or (last in _ACTION_ENDS and head.endswith(_ACTIONS))


def _following(text: str, position: int, limit: int) -> str:
    found = _NOUN.match(text, position, limit)
    if found is None:
        return ""
    noun = found["noun"]
    stop = _NOUN_STOP.search(noun)
    noun = noun[: stop.start()] if stop else noun
    return _paired(noun.strip("（()）"))


def _trim(head: str) -> str:
    """The clause without what leads into it and without the verb before the number."""
    if head.startswith("的"):
        head = _LAST_ITEM.sub("", head)
    lead = _LEAD.match(head)
    named = head[lead.end() :] if lead else head
    scope = _SCOPE.match(named)
    if scope:
        named = named[scope.end() :]
    if "0" <= named[:1] <= "9":
        named = _ITEM.sub("", named)
    last = named[-1:]
    if last in _VERB_ENDS or last.isspace():
        named = _VERBS.sub("", named)
    return _paired(named.strip("*# \u3000、"))


def _paired(name: str) -> str:
    """A name without quotation marks that have no partner in it."""
    opened, closed = name.count("“"), name.count("”")
    if opened == closed:
        return name
    if closed > opened:
        return name.replace("”", "", closed - opened)
    return name.replace("“", "", opened - closed)


def _carried(named: str, head: str, text: str, previous: Draft | None) -> str:
    """新增企业5家、作坊3家: the verb of the first item serves the others."""
    listed = previous is not None and text[previous.reach : previous.reach + 1] == "、" and previous.is_data
    if not listed or previous is None or _CARRIED.match(named) or named in _ACTIONS or _LEVEL.search(head):
        return named
    verb = _CARRIED.match(previous.indicator)
    return verb["verb"] + named if verb else named
