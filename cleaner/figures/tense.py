"""Whether a passage looks back or ahead, told by its verbs, and smoothed over the passages around it.

Chapter headings get lost, and the columns of a newspaper page are read in the wrong order. What remains is style:
a review says 了, 已, 同比, 成功; a plan is a row of bare verbs (加快, 完善, 打造). One passage may be in doubt, so the
whole text is read at once: the most likely sequence of backward and forward passages, where a change costs something
unless a heading stands there (Viterbi's method, two states, linear time).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# Every alternative below begins with a character, none with a class or something optional: only then does ``re`` skip
# at once to the places where one can begin.
_AHEAD_STRONG = re.compile(
    r"力争|争创|今年(?!以来|[0-9])|确保(?!了)|要(?:继续|坚持|深入|加快|加强|进一步|切实|全面)|将(?:以|坚持|继续|全力|围绕)"
    r"|年(?:底前|底?(?:完工|竣工|投用|通车|开工|建成))|月(?:(?<=[0-9].)底?前|底?(?:完工|竣工|投用|通车|开工|建成))"
)
_BARE_VERB = (
    r"(?:打造|培育|提升|做[好大强优精]|健全|建[好强]|办好|抓好|用好|管好|完善|加[快强大力]|鼓励|支持"
    r"|谋划|壮大|筑牢|探索|推[动进]|引导|深化|强化|促进|提高|增强|优化|坚[决持]|抓紧|拓展|构建|切实|严[格厉守]|继续|持续"
    r"|全力|大力|积极|启动|聚焦|围绕|突出|扩大|落实|进一步|深入|统筹|常态化|高标准|高质量|系统|抢抓|扎实|着力|规范|重点"
    r"|稳妥|有序|开展|实施|发展|完成(?![0-9]))"
)
_AHEAD = re.compile(
    rf"[，。；：！？\n、“”]\s?(?=[打培提做健建办抓用管完加鼓支谋壮筑探推引深强促高增优坚拓构切严继持全大积启聚围突扩落进统常系抢扎着规重稳有开实发]){_BARE_VERB}"
)
_AHEAD_AT_ONCE = re.compile(rf"\s?{_BARE_VERB}")
_BACK_STRONG = re.compile(
    r"同比|累计(?!达)|成功(?!率)|首次|荣获[评得批国省全市]|获[评得批国省全市]|入选|被(?:评|认|授|列|确|命)|圆满|位居|居全|排名全|跃居|已"
    r"|比上年|较上年|增速|成工投|竣工投|完工投|投入使用|全面完成|顺利[完实通推竣投]|成效|再创|迈[上出]|相继"
    r"|一年来|五年来|过去[一五]年|去年|清醒地?认识|还存在|还面临"
)
_BACK = re.compile(
    r"了|更加|不断|明显|显著|得[到以]|增长(?=[0-9])|达到?(?=[0-9])|完成(?=[0-9])|超过?(?=[0-9])|新增(?=[0-9])|建成|落成|完工|竣工|通车|投用|投产|实现|惠及"
    r"|有[效力]|稳步|全年|突破|交出|取得|获"
)
_STRONG, _MOST = 3, 10
_SWITCH_BLOCK, _SWITCH_HEADING = 12, 5
HEADED = 6
"""How much an unnumbered chapter title says (回眸, 展望): as much as a paragraph or two."""
FIRM = 1000
"""Nothing speaks against a numbered chapter."""


class Passage(NamedTuple):
    """One block: how much speaks for looking back (negative: ahead), and what a change of tense costs before it."""

    evidence: int
    change: int


def evidence(text: str, start: int, end: int) -> int:
    """Marks of a review minus marks of a plan in ``text[start:end]``, at most 10 either way."""
    back = _STRONG * _count(_BACK_STRONG, text, start, end) + _count(_BACK, text, start, end)
    ahead = _STRONG * _count(_AHEAD_STRONG, text, start, end) + _bare_verbs(text, start, end)
    return max(-_MOST, min(_MOST, back - ahead))


def _count(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    return len(pattern.findall(text, start, end))


def _bare_verbs(text: str, start: int, end: int) -> int:
    """Clauses that begin with a bare verb; the mark before the first of them stands before ``start``, or the text does."""
    at_once = start == 0 and _AHEAD_AT_ONCE.match(text, 0, end) is not None
    return at_once + _count(_AHEAD, text, max(0, start - 1), end)


def change_cost(heading: bool) -> int:
    """What a change of tense costs at a block: less at a heading."""
    return _SWITCH_HEADING if heading else _SWITCH_BLOCK


def looking_back(passages: Sequence[Passage]) -> list[bool]:
    """For each passage whether it looks back, in the most likely sequence of all. In doubt a text states facts."""
    back, ahead = 0, -_SWITCH_HEADING
    cut: list[tuple[bool, bool]] = []
    for passage in passages:
        turned_back, turned_ahead = ahead - passage.change > back, back - passage.change > ahead
        cut.append((turned_back, turned_ahead))
        back, ahead = (
            (ahead - passage.change if turned_back else back) + passage.evidence,
            (back - passage.change if turned_ahead else ahead) - passage.evidence,
        )
    result: list[bool] = []
    state = back >= ahead
    for turned_back, turned_ahead in reversed(cut):
        result.append(state)
        state = not state if (turned_back if state else turned_ahead) else state
    return result[::-1]
