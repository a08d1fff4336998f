"""分别: values that are aligned with their indicators by order.

收入和支出分别完成3亿元、5亿元，增长2%、4% is two groups of two: the levels take the names
before 分别, the rates inherit them. ``group`` reads ``G3:1/2``, the first of two; ``G3:1/2≠3``
where three names stand against two values (nothing is aligned then), and ``G3:*/2`` for a value
that 均 says of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.figures.drafts import Draft

_BETWEEN = re.compile(r"\s?(?:[、和及与]|以及|，)\s?\Z")
_NAMES = re.compile(
    r"(?P<names>[^，。；：！？,;:]+?)(?:增速|增幅|涨幅|降幅)?(?:又|也|已|将|要|约|力争|实现|完成)?分别"
)
_CUTS = tuple(re.compile(cut) for cut in ("、", "、|以及|和(?!国)|及(?!其)", "、|以及|和|及|与"))
_BARE_END = re.compile(r"(?:增长|分别|达到?|完成|增速|\s)+\Z")
_INHERIT = re.compile(
    r"[，,\s]*(?:同比|环比|比上年|较上年|比去年|年均|分别|实际|名义|均|[上下]|增速|增长|下降|提高|上升|降低|减少|增加|排名|居|列|全[市省国]|第|达到?|为|位|\s)*\Z"
)
_TWINS = (
    ("城乡", ("城镇", "农村")),
    ("刑治", ("刑事", "治安")),
    ("存贷款", ("存款", "贷款")),
    ("进出口", ("进口", "出口")),
    ("收支", ("收入", "支出")),
    ("产销", ("生产", "销售")),
)
_TAILS = re.compile(
    r"(?:吞吐量|运输量|周转量|发送量|(?:居民)?人均可支配收入|案件(?:[^、，]{0,4})|人均可支配收入|可支配收入|增加值|销售额|零售额|产值|产量|总量|收入|支出|投资|贷款|存款|余额|人数|人次|面积|价格|费用|标准|覆盖率|占比|比重|排放量|用电量|发电量|浓度|率|量|额)\Z"
)

_SECTORS = re.compile(r"(?:全[市省国县区州旗])?一、?二、?三次?产业?")
_MEASURES = "数额率量值比度费入出款"
"""A name that ends so names a measure of its own: 事故起数和死亡人数 share no noun."""


def align(text: str, drafts: Sequence[Draft], sentence: int, number: int) -> int:
    """Align the lists of values of one sentence; ``number`` is the last group used, the new last one is returned."""
    last = _NO_GROUP
    for run in _runs(text, drafts):
        if len(run) == 1 and not last.arity:
            continue
        before = [d for d in drafts if d.reach <= run[0].lead]
        head = text[max([sentence, *(d.reach for d in before)]) : run[0].lead]
        if len(run) == 1:
            if "均" in head[-12:]:
                run[0].group = f"{last.name}:*/{last.arity}"
                run[0].indicator = "、".join(last.names) or run[0].indicator
            continue
        names = _names_before(text, run, sentence)
        if names is None and _INHERIT.fullmatch(head) and last.arity == len(run):
            _assign(run, last.names, last.name, last.arity)
            continue
        if names is None and not (_INHERIT.fullmatch(head) and head.strip()):
            continue
        number += 1
        group = f"G{number}"
        if names is None:
            names = _owners(before, run, group)
        last = _Group(group, tuple(names), len(run))
        _assign(run, names, group, len(names))
        _rates_or_shares(run, head)
    return number


@dataclass(frozen=True, slots=True)
class _Group:
    """The group that a later list without names inherits from."""

    name: str
    names: Sequence[str]
    arity: int


_NO_GROUP = _Group("", (), 0)


def _owners(before: Sequence[Draft], run: Sequence[Draft], group: str) -> list[str]:
    """The indicators of the amounts that rates without names belong to: 钢10万吨、煤20万吨，分别增长2%、3%."""
    owners = [d for d in before if d.dimension != run[0].dimension and not d.group][-len(run) :]
    if len(owners) == len(run):
        for place, owner in enumerate(owners, 1):
            owner.group = f"{group}:{place}/{len(run)}"
    return [owner.indicator for owner in owners]


def _runs(text: str, drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Data figures of one dimension with nothing but 、 or 和 between them."""
    runs: list[list[Draft]] = []
    for draft in drafts:
        if not draft.is_data:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and last.dimension == draft.dimension and _joined(text, last, draft):
            runs[-1].append(draft)
        else:
            runs.append([draft])
    return runs


def _joined(text: str, last: Draft, draft: Draft) -> bool:
    between = text[last.reach : draft.lead]
    if between.strip() in ("：", ":", "∶"):
        return True
    return _BETWEEN.fullmatch(between) is not None and "，" not in between


def _names_before(text: str, run: Sequence[Draft], sentence: int) -> list[str] | None:
    """The conjuncts before 分别, or the two halves of 城乡; None where nothing is named."""
    first, values = run[0], len(run)
    start = max(sentence, *(text.rfind(mark, sentence, first.lead) + 1 for mark in "，。；：,;:"))
    clause = text[start : first.lead]
    if text[first.reach : first.reach + 2].strip()[:1] in ("：", ":", "∶"):
        sectors = "产业" in clause and values == 3
        return ["第一产业占比", "第二产业占比", "第三产业占比"] if sectors else [""] * values
    found = _NAMES.search(clause)
    if found is None:
        if values == 2 and any(twin in clause for twin, _ in _TWINS):
            return _conjuncts(_BARE_END.sub("", clause), 2)
        return None
    names = found["names"].strip()
    return None if not names or _INHERIT.fullmatch(names) else _conjuncts(names, values)


def _conjuncts(phrase: str, values: int) -> list[str]:
    """Cut a conjunction of names into its members, each with the noun that they share.

    A name may hold a 和 of its own, so the coarsest cut that gives one name for each value is taken.
    """
    sectors = _SECTORS.match(phrase)
    if sectors and values == 3:
        return [f"第{place}产业{phrase[sectors.end() :]}" for place in "一二三"]
    names: list[str] = []
    for mark in _CUTS:
        names = [n.strip() for n in mark.split(phrase) if n.strip()]
        if len(names) == values:
            break
    if len(names) < values:
        for twin, halves in _TWINS:
            names = [m for n in names for m in ([n.replace(twin, h) for h in halves] if twin in n else [n])]
    tail = _TAILS.search(names[-1]) if names else None
    if tail is None:
        return names
    return [n if _TAILS.search(n) or n[-1] in _MEASURES else n + tail.group() for n in names]


_OWN_RATE = re.compile(r"(?<!增长)率\Z|比重\Z|占比\Z|比例\Z")
_VERB_OF_CHANGE = re.compile(r"[增降涨升]|减|回落|提高|扩大|收窄")


def _rates_or_shares(run: Sequence[Draft], head: str) -> None:
    """失业率、涨幅分别控制在5%和3%: where no verb says that they changed, each name says what its value is."""
    _, told, after = head.rpartition("分别")
    if not told or _VERB_OF_CHANGE.search(after):
        return
    for draft in run:
        if draft.kind == "growth_rate" and _OWN_RATE.search(draft.indicator):
            draft.kind = draft.nature = "share"


def _assign(run: Sequence[Draft], names: Sequence[str], group: str, arity: int) -> None:
    for place, draft in enumerate(run, 1):
        mismatch = f"≠{arity}" if arity and arity != len(run) else ""
        draft.group = f"{group}:{place}/{len(run)}{mismatch}"
        if names and len(names) == len(run) and names[place - 1]:
            draft.indicator = names[place - 1]
