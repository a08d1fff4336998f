"""Members of a list that do not fit their siblings: another separator, a character more or less."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from cleaner.checks.suspicion.hanruns import Places, one_of
from cleaner.checks.suspicion.subject import Subject, Suspicion

_SENTENCE = re.compile(r"[^。！？\n]+")
_LEAST_CLAUSE = 5
_CLAUSE_END = re.compile(rf"([\u4e00-\u9fff]{{{_LEAST_CLAUSE},14}})(?=[，；。！？、\n]|$)")
_LEADS = frozenset({"围绕", "依托", "聚焦", "立足", "针对", "通过", "借助", "瞄准", "紧扣", "对标", "锚定"})
"""Words that open a member of a list with its object; verbs chain with commas freely (加强…，加强…)."""
_COUNTED_TWICE = re.compile(
    r"(?<![0-9.])[0-9]{1,4}(?P<unit>[所个家座条项处名户件台套])(?:(?![和与及的])[\u4e00-\u9fff]){2,4}"
    r"[0-9]{1,4}(?P=unit)[\u4e00-\u9fff]{2}"
)
_FIELDS = "教育|保险|救助|福利|医疗|文化|旅游|金融|贸易|服务|养老|卫生|体育"
_VERB = "加强|支持|保护|发展|推进|促进|优化|提升|扩大|做好|抓好|搞好|规范|强化|深化|改善|完善|重视|创新|参加|接受|享受|开展|提供"
_NO_VERB = rf"(?:(?!{_VERB})[\u4e00-\u9fff]{{2}})"
_BARE = re.compile(
    rf"[\u4e00-\u9fff]{{4}}(?P<field>{_FIELDS})(?P<comma>，)(?P<bare>{_NO_VERB}(?P=field))(?=，)"
)
_LIST_AFTER = re.compile(
    rf"(?:做好|抓好|搞好)[\u4e00-\u9fff]{{4}}(?P<comma>，)(?P<bare>{_NO_VERB}[\u4e00-\u9fff]{{2}})"
    rf"(?:、{_NO_VERB}[\u4e00-\u9fff]{{2}}){{2,}}等(?:工作|事业)"
)
_LEAD_BEHIND_COMMA = re.compile(f"，(?:{'|'.join(sorted(_LEADS))})")
_DIGITS = "0123456789"
_SIBLINGS = 4
"""So many clauses of one sentence that end alike and are as long, but for one, are parallel on purpose."""


def list_separators(subject: Subject) -> Iterator[Suspicion]:
    """围绕A，…，围绕B，…；围绕C，…；依托D，…: a comma where the other members are parted by semicolons."""
    for start, text in subject.prose(_LEAD_BEHIND_COMMA):
        for sentence in _SENTENCE.finditer(text):
            if sentence.group().count("；") >= 2:
                yield from _separators(start + sentence.start(), sentence.group())


def _separators(start: int, sentence: str) -> Iterator[Suspicion]:
    members = sentence.split("；")
    leads = {member[:2] for member in members} & _LEADS
    place = start
    for member in members:
        for comma in re.finditer("，", member):
            lead = member[comma.end() : comma.end() + 2]
            if lead in leads and member[:2] in leads:
                message = f"各项以“；”分开，这里“{lead}”另起一项却用“，”"
                english = (
                    "the members of this list are parted by semicolons, and here a new one follows a comma"
                )
                at = place + comma.start()
                yield Suspicion(at, at + 3, "list-separator", message, english)
        place += len(member) + 1


def unparted_members(subject: Subject) -> Iterator[Suspicion]:
    """办好特殊教育，继续教育，规范…: a member of a list follows a comma as if it were a clause, and has no verb."""
    for start, text in subject.prose_at(_behind_like(subject)):
        for pattern in (_BARE, _LIST_AFTER):
            for found in pattern.finditer(text):
                message = f"“{found.group('bare')}”没有谓语，与前一项并列：这里的“，”当是“、”"
                english = "a member of a list without a verb of its own follows a comma; “、” is expected"
                place = start + found.start("comma")
                yield Suspicion(place, place + 1, "list-separator", message, english)


def _behind_like(subject: Subject) -> Places:
    """Runs of four characters behind a comma, and before it the same last word, or 做好 and four characters."""
    runs, points = subject.runs, subject.runs.points
    which = (runs.lengths == len("继续教育")) & runs.behind("，")
    comma, last = runs.starts[which] - 1, runs.ends[which] - 1
    alike = (points[comma - 1] == points[last]) & (points[comma - 2] == points[last - 1])
    found: Places = comma[alike | (points[comma - len("好特殊教育")] == ord("好"))]
    return found


def uneven_members(subject: Subject) -> Iterator[Suspicion]:
    """开展生态度假游，发展乡村休闲游，开展红色研学游，实施军工文化旅游: one clause is a character off its siblings."""
    for start, text in subject.prose_at(_alike_endings(subject)):
        for sentence in _SENTENCE.finditer(text):
            yield from _uneven(start + sentence.start(), sentence.group())


def _alike_endings(subject: Subject) -> Places:
    """Ends of long runs in sentences in which more than enough of them end in one character."""
    runs, points = subject.runs, subject.runs.points
    last = runs.ends[runs.lengths >= _LEAST_CLAUSE] - 1
    stops = np.flatnonzero(one_of(points, "。！？\n"))
    sentence = stops.searchsorted(last)
    keys = np.sort(sentence << 21 | points[last])
    crowded = np.zeros(len(stops) + 1, dtype=np.bool_)
    crowded[keys[_SIBLINGS:][keys[_SIBLINGS:] == keys[:-_SIBLINGS]] >> 21] = True
    found: Places = last[crowded[sentence]]
    return found


def _uneven(start: int, sentence: str) -> Iterator[Suspicion]:
    tails = [word[-1] for word in _CLAUSE_END.findall(sentence)]
    if not tails or max(map(tails.count, {*tails})) <= _SIBLINGS:
        return
    endings: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for clause in _CLAUSE_END.finditer(sentence):
        endings[clause.group()[-1]].append(clause)
    for last, clauses in endings.items():
        lengths = Counter(len(c.group()) for c in clauses)
        usual, times = lengths.most_common(1)[0]
        odd = [c for c in clauses if len(c.group()) != usual]
        if times >= _SIBLINGS and len(odd) == 1 and abs(len(odd[0].group()) - usual) == 1:
            word = odd[0].group()[-6:]
            message = f"并列的{times}个分句都以“{last}”收尾、字数相同，唯“{word}”差一字：或衍，或脱"
            english = f"{times} parallel clauses end alike and are as long; “{word}” is one character off"
            yield Suspicion(start + odd[0].end() - 6, start + odd[0].end(), "uneven-list", message, english)


def joined_counts(subject: Subject) -> Iterator[Suspicion]:
    """10所小学2所初中: two things are counted in a row, and nothing parts them."""
    for start, text in subject.prose_at(_between_numbers(subject)):
        for found in _COUNTED_TWICE.finditer(text):
            message = f"“{found.group()}”两项相连，中间或脱“、”"
            english = "two counted things in a row without a mark between them: was one lost?"
            yield Suspicion(start + found.start(), start + found.end(), "joined-counts", message, english)


def _between_numbers(subject: Subject) -> Places:
    """Short runs with a digit before and behind them."""
    runs, points = subject.runs, subject.runs.points
    short = (runs.lengths >= len("所小学")) & (runs.lengths <= len("所初级中学"))
    starts, ends = runs.starts[short], runs.ends[short]
    found: Places = starts[one_of(points[starts - 1], _DIGITS) & one_of(points[ends], _DIGITS)]
    return found
