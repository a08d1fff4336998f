"""What a measured number is: level, count, rate of growth, share, target or threshold."""

from __future__ import annotations

import re

from cleaner.figures.drafts import Draft

# 到 and 至 after the verb give the level that was reached, not the change.
_GROWTH = re.compile(
    r"(?:增长|增速|增幅|涨幅|降幅|下降|降低|减少|提高|提升|上升|上涨|回落|下滑|增加|增收|增产|减产|缩短|压缩|压减|压降|削减|收窄|扩大|新增|净增|减排|"
    r"增(?=[ 0-9])|降(?=[ 0-9])|翻)(?!到|至|为|了?[0-9一-九]+[倍个]|.{0,2}(?:比重|占比|比例))"
)
_SHARE = re.compile(r"占(?!地)|比[例重率]|率|度|覆盖|比|水平|任务|份额")
_REDUCTION = re.compile(r"缩短|压缩|压减|压降|削减")
_RATE = re.compile(r"[增涨降]幅|增速|增长率|增长(?!贡献)")
_CHANGE = re.compile(r"(?:增加|减少|提高|上升|下降|降低|回落|净增|提升)了?\s?\Z")
_CAPACITY = re.compile(r"(?:年产|日产|年处理|日处理|年处置|日处置|年加工|年储|装机)\s?\Z")
_ROADWORK = re.compile(
    r"(?:改造|整修|新建|修建|建设|硬化|铺设|治理|绿化|疏浚|提升|完成|新增|栽植|延长线|长)了?\s?\Z"
)
_PLACE = re.compile(r"排名|位次|位[居列]|名列|[居列]全|提升|上升|前进|前移|跃升|晋升|后移|下降")
_RANKED = re.compile(r"排名|位次|位[居列]|名列|[居列]全")
_DAYS = re.compile(r"天数|天气|优良|污染|达标|增加|减少")
_PER_AREA = re.compile(r"(?:亩产|单产|每亩)[^，。]{0,6}\Z")
_TARGET_SCOPE = re.compile(r"力争|力求|确保(?!了)|争取|预期目标|目标是|目标为|预期指标|主要目标|努力实现")
_OUTCOME = re.compile(
    r"(?:达到?|突破|超过?|稳定在|保持在|控制在|增[至到]|提[高升][至到]|降[至到]|不低于|不少于|不超过|净增|扩大到|增长到|实现)[^，。；]{0,3}\Z"
)
_GAIN = re.compile(r"(?:新增|新培育|培育|净增|引进培育|全年|城镇新增)[^，。；]{0,16}\Z")
_NAMED_SET = re.compile(r"[0-9]+大|[两二三四五六七八九十百]+(?:大|级|类)")
_CATEGORY_AFTER = re.compile(r"\s?(?:的)?[\u4e00-\u9fff]")
_NOT_CATEGORY = re.compile(r"[，。；、！）]|的?(?:目标|水平|增速|速度)|[和或以及与并]|左右")


def settle_kind(draft: Draft, text: str, head: str, previous: Draft | None) -> None:
    """Decide kind and nature of ``draft`` from its unit and its clause (``head`` is the clause up to it)."""
    if draft.kind != "count":
        return
    if draft.dimension == "percent":
        _percent(draft, head, previous)
    elif draft.dimension == "duration":
        _duration(draft, head)
    elif draft.unit in ("倍", "番"):
        draft.kind = "level"
        draft.nature = "ratio"
    elif draft.dimension == "index":
        draft.kind = draft.nature = "level"
    elif text[draft.end - 1] == "位" and _PLACE.search(head):
        _place(draft, head)
    elif draft.dimension in ("count", "people"):
        if _NAMED_SET.fullmatch(text[draft.start : draft.end]) or text[draft.start - 1 : draft.start] in "“‘":
            draft.nature = "named_set"
    else:
        draft.kind = draft.nature = "level"
        if draft.unit == "公斤" and _PER_AREA.search(head):
            draft.unit = "公斤/亩"
        sized = draft.dimension in ("mass", "volume", "length") and not _ROADWORK.search(head)
        if _CAPACITY.search(head) or (sized and _CATEGORY_AFTER.match(text[draft.reach : draft.reach + 2])):
            draft.nature = "specification"
        elif _CHANGE.search(head):
            draft.nature = "change"


def _percent(draft: Draft, head: str, previous: Draft | None) -> None:
    if draft.unit == "个百分点":
        draft.kind, draft.nature = "level", "change"
        return
    growth = share = -1
    for found in _GROWTH.finditer(head):
        growth = found.start()
    for found in _SHARE.finditer(head):
        share = found.start()
    if growth < 0 and share < 0 and previous is not None and previous.unit == "%":
        draft.kind, draft.nature = previous.kind, previous.nature
        return
    if growth > share or _RATE.search(head[-7:]):
        draft.kind = "growth_rate"
        draft.nature = "reduction" if _REDUCTION.search(head[growth:]) else "growth_rate"
    else:
        draft.kind = draft.nature = "share"
        if head.rstrip().endswith(("任务的", "目标的", "计划的")):
            draft.nature = "ratio_to_target"


def _place(draft: Draft, head: str) -> None:
    """全国排名46位 is a rank; 提升6位 is a change of rank."""
    draft.unit, draft.dimension = "位", "rank"
    if _CHANGE.search(head) or not _RANKED.search(head):
        draft.kind, draft.nature = "level", "change"
    else:
        draft.kind = draft.nature = "rank"


def _duration(draft: Draft, head: str) -> None:
    if draft.unit == "天" and _DAYS.search(head):
        draft.kind = "level"
        draft.nature = "change" if _CHANGE.search(head) else "level"
    elif draft.unit == "岁":
        draft.kind, draft.nature = "threshold" if draft.comparator != "=" else "level", "level"
    else:
        draft.kind = draft.nature = "duration"


def settle_status(
    draft: Draft, text: str, sentence: int, head: str, period_status: str, previous: Draft | None
) -> None:
    """Decide the status of a data figure, and with it whether an amount is a target (a point) or a threshold (a bound).

    In an enumeration (企业2家、平台3家) what holds for the first item holds for the others.
    """
    draft.status = period_status
    bounded = draft.reach > draft.end or draft.high is not None
    category = bounded and _names_a_category(draft, text)
    if period_status == "plan" and not category:
        listed = previous is not None and previous.status == "target" and text[previous.reach] == "、"
        draft.status = "target" if listed or _is_target(draft, text, sentence, head) else "plan"
    if draft.kind not in ("level", "count") or draft.nature == "named_set":
        return
    if category:
        draft.kind = "threshold"
    elif draft.status == "target":
        draft.kind = "threshold" if draft.comparator in "<>" else "target"


def _names_a_category(draft: Draft, text: str) -> bool:
    """10万元以上的村: the bound says which villages are meant, not what was reached."""
    bounded = (draft.reach > draft.end and draft.comparator in "<>") or draft.high is not None
    counted = draft.high is not None and draft.dimension in ("count", "people")
    if not bounded or counted or draft.dimension == "percent":
        return False
    after = text[draft.reach : draft.reach + 6]
    return bool(_CATEGORY_AFTER.match(after)) and not _NOT_CATEGORY.match(after.lstrip())


def _is_target(draft: Draft, text: str, sentence: int, head: str) -> bool:
    if draft.kind in ("growth_rate", "share"):
        return True
    if draft.kind == "rank" or draft.nature in ("named_set", "specification"):
        return False
    after = text[draft.reach : draft.reach + 2]
    postnominal = not _CATEGORY_AFTER.match(after) and after[:1] != "“"
    bounded = draft.comparator in "<>" and (postnominal or after[:1] == "的")
    if bounded or (postnominal and _OUTCOME.search(head)):
        return True
    wanted = _TARGET_SCOPE.search(text, sentence, draft.start) is not None
    counted = draft.dimension in ("people", "count")
    if postnominal:
        return wanted or (counted and bool(_GAIN.search(head)) and draft.unit in ("家", "户", "人"))
    return wanted and counted and bool(_GAIN.search(head))
