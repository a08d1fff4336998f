"""分别: values that are aligned with their indicators by order.

收入和支出分别完成3亿元、5亿元，增长2%、4% is two groups of two: the levels take the names before 分别, the rates inherit
them. ``group`` reads ``G3:1/2``, the first of two; ``G3:1/2≠3`` where three names stand against two values (nothing
is aligned then), and ``G3:*/2`` for a value that 均 says of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.figures.drafts import Draft

_BETWEEN = re.compile(r"\s?(?:[、和及与]|以及|，)\s?\Z")
_NAMES = re.compile(
    r"(?P<names>[^，。；：！？]+?)(?:增速|增幅|涨幅|降幅)?(?:又|也|已|将|要|约|力争|实现|完成)?分别"
)
_SPLIT = re.compile(r"、|以及|和|及|与")
_INHERIT = re.compile(
    r"[，\s]*(?:同比|环比|比上年|较上年|比去年|年均|分别|实际|名义|均|[上下]|增速|增长|下降|提高|上升|降低|减少|增加|排名|居|列|全[市省国]|第|达到?|为|位|\s)*\Z"
)
_TWINS = (("城乡", ("城镇", "农村")), ("刑治", ("刑事", "治安")))
_TAILS = re.compile(
    r"(?:案件(?:[^、，]{0,4})|人均可支配收入|可支配收入|增加值|销售额|零售额|产值|产量|总量|收入|支出|投资|贷款|存款|余额|人数|人次|面积|价格|费用|标准|覆盖率|占比|比重|排放量|用电量|发电量|浓度|率|量|额)\Z"
)


def align(text: str, drafts: Sequence[Draft], sentence: int, number: int) -> int:
    """Align the lists of values of one sentence; ``number`` is the last group used, the new last one is returned."""
    names: list[str] = []
    carried, arity = "", 0
    for run in _runs(text, drafts):
        head_start = _head_start(text, run[0], drafts, sentence)
        head = text[head_start : run[0].lead]
        if len(run) == 1 and arity and "均" in head[-12:]:
            run[0].group = f"{carried}:*/{arity}"
            run[0].indicator = "、".join(names) if names else run[0].indicator
            continue
        found = _names_before(text, run[0], sentence, head, len(run))
        if found is None and _INHERIT.fullmatch(head) and arity == len(run) > 1:
            _assign(run, names, carried, arity)
        elif found is not None and len(run) > 1:
            number += 1
            names, carried, arity = found, f"G{number}", len(run)
            _assign(run, names, carried, len(names))
        elif len(run) > 1 and _is_bare(head):
            number += 1
            _assign(run, [], f"G{number}", _values_before(drafts, run[0]))
    return number


def _is_bare(head: str) -> bool:
    return _INHERIT.fullmatch(head) is not None and bool(head.strip())


def _values_before(drafts: Sequence[Draft], first: Draft) -> int:
    """How many levels stand before a list of rates that has no names: 1 where one was lost."""
    index = list(drafts).index(first)
    return 1 if index and drafts[index - 1].is_data else 0


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


def _head_start(text: str, first: Draft, drafts: Sequence[Draft], sentence: int) -> int:
    before = [d.reach for d in drafts if d.reach <= first.lead and d.is_data]
    return max([sentence, *before])


def _names_before(text: str, first: Draft, sentence: int, head: str, values: int) -> list[str] | None:
    """The conjuncts before 分别, or the two halves of 城乡; None where the head names nothing."""
    if text[first.reach : first.reach + 2].strip()[:1] in ("：", ":", "∶"):
        return (
            ["第一产业占比", "第二产业占比", "第三产业占比"]
            if "产业" in head and values == 3
            else [""] * values
        )
    clause = head[max(head.rfind(mark) for mark in "，。；：") + 1 :]
    found = _NAMES.search(clause)
    if found is None:
        if values == 2 and any(twin in clause for twin, _ in _TWINS):
            return _conjuncts(re.sub(r"(?:增长|分别|达到?|完成|增速|\s)+\Z", "", clause), 2)
        return None
    names = found["names"].strip()
    if not names or _INHERIT.fullmatch(names):
        return None
    return _conjuncts(names, values)


def _conjuncts(phrase: str, values: int) -> list[str]:
    """Cut a conjunction of names into its members, each with the noun that they share."""
    names = [n.strip() for n in _SPLIT.split(phrase) if n.strip()]
    if len(names) < values:
        for twin, halves in _TWINS:
            names = [
                half for n in names for half in ([n.replace(twin, h) for h in halves] if twin in n else [n])
            ]
    tail = _TAILS.search(names[-1]) if names else None
    if tail is None:
        return names
    return [n if _TAILS.search(n) else n + tail.group() for n in names]


def _assign(run: Sequence[Draft], names: Sequence[str], group: str, arity: int) -> None:
    for place, draft in enumerate(run, 1):
        mismatch = f"≠{arity}" if arity and arity != len(run) else ""
        draft.group = f"{group}:{place}/{len(run)}{mismatch}"
        if names and len(names) == len(run) and names[place - 1]:
            draft.indicator = names[place - 1]
