"""When a figure was true, and whether it is a fact, a plan or a target.

The section decides first (工作回顾 looks back on last year, 工作安排 ahead to this one), because the nearest year in a
sentence is as often a base of comparison as a date. Local words (去年, 到2025年, 力争) come second. A run of blocks
whose chapter heading is lost is judged by its own verbs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.figures.numerals import read_chinese
from cleaner.figures.scan import found_at
from cleaner.figures.tense import FIRM, HEADED, Passage, change_cost, evidence, looking_back
from cleaner.model import Block, BlockType, Document
from cleaner.reading.blocks import heading_level


class Setting(NamedTuple):
    """The period ("2023", "2016-2020", "" for notes) and the status of what a block says by default.

    ``firm`` says that a numbered chapter heading stands behind it.
    """

    period: str
    status: str
    note: bool = False
    firm: bool = False


_REPORT_DATE = re.compile(r"((?:19|20)[0-9]{2})年\s?[0-9]{1,2}月\s?[0-9]{1,2}日\s?在[^。]{2,24}(?:会|届)")
_BULLETIN = re.compile(r"((?:19|20)[0-9]{2})\s?年[^。，\n]{0,20}统计公报(?=\n|\Z)")
_OPENING = 400
_TITLE_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s?年[^。，]{0,12}政府工作报告")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_DATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s?年")
_REVIEW = re.compile(
    r"回顾|回眸|过去[一五]年|去年|[一五]年来|五年的|取得.{0,8}(?:成[就绩]|进展)|工作总结|主要成绩"
)
_PLAN = re.compile(
    r"安排|部署|任务|目标|展望|今年|总体要求|重点工作|建议|自身建设|下一步|未来|今后|打算|举措|规划|工作思路|政策取向|预期"
)
_NOTES = re.compile(r"(?:附注|注释|名词解释|名词注释|名词说明|有关名词|相关名词|用语说明)[：:]?\s*$")
_ANNEX = re.compile(r"附[件表][0-9一二三四五六七八九十]*[：:]?\s*")
_TITLE_BEGINS = frozenset("附注名有相用（(")
"""What a line of notes, of an annex and of a section begins with; no other title that counts is long."""
_LONGEST_TITLE = 44
_TITLE = re.compile(r"政府工作报告")
_SECTION = re.compile(r"[（(]([一二三四五六七八九十]+)[)）]")
_FIVE = re.compile(r"(?:过去|近|这)五年|五年来|五年的")
_NEXT_FIVE = re.compile(r"(?:今后|未来)五年")
_PROGRAMME = re.compile(r"“?(十[一二三四五]?|[八九])五”?(?:期间|时期|规划|末|以来)")


def report_year(document: Document, text: str, blocks: Sequence[Block]) -> int | None:
    """The year in which the report was given: its date line, its title, its chapters, then what is known of it.

    A statistical bulletin is about the year of its title.
    """
    bulletin = _BULLETIN.search(text, 0, _OPENING)
    if bulletin:
        return int(bulletin[1])
    for pattern in (_REPORT_DATE, _TITLE_YEAR):
        found = pattern.search(text)
        if found:
            return int(found[1])
    for block in blocks:
        year = _chapter_year(text[block.start : block.end]) if _is_chapter(text, block) else None
        if year is not None:
            return year
    if document.year.isdigit():
        return int(document.year)
    years = Counter(_DATED.findall(text))
    return int(max(years, key=lambda y: (years[y], y))) if years else None


def _chapter_year(line: str) -> int | None:
    found = _YEAR.search(line)
    if found is None:
        return None
    if _REVIEW.search(line):
        return int(found[1]) + 1
    return int(found[1]) if _PLAN.search(line) else None


def _is_chapter(text: str, block: Block) -> bool:
    line = text[block.start : block.end]
    if len(line) > _LONGEST_TITLE:
        return False
    return heading_level(line.lstrip("# ")) == 1 or (
        block.type is BlockType.HEADING and _is_named_chapter(line)
    )


def _is_named_chapter(line: str) -> bool:
    """An unnumbered chapter title, as newspapers and tables of contents have them."""
    return (
        len(line) <= 16
        and bool(_YEAR.search(line) or _NOTES.search(line))
        and bool(_REVIEW.search(line) or _PLAN.search(line) or _NOTES.search(line))
    )


def settings(text: str, blocks: Sequence[Block], year: int | None) -> list[Setting]:
    """The setting of every block, in order; ``year`` is that of :func:`report_year`."""
    given = list(_headed(text, blocks, year))
    if _BULLETIN.search(text, 0, _OPENING):
        return [Setting("" if head.fixed else str(year), "actual", head.fixed) for head in given]
    passages = [_passage(text, block, head) for block, head in zip(blocks, given, strict=True)]
    back = looking_back(passages)
    reviews = (
        not any(head.begins for head in given) and sum(p.evidence for p in passages if p.evidence > 0) > 2
    )
    return [_settled(head, looks_back, year, reviews) for head, looks_back in zip(given, back, strict=True)]


class _Headed(NamedTuple):
    """What the headings say of a block: its chapter, and the chapters last named for each tense.

    ``begins`` says that a chapter begins here, ``lost`` that one does whose heading is lost, ``fixed`` that its tense
    is not in question.
    """

    current: Setting | None
    review: Setting | None
    plan: Setting | None
    begins: bool = False
    lost: bool = False
    fixed: bool = False


def _headed(text: str, blocks: Sequence[Block], year: int | None) -> Iterator[_Headed]:
    current: Setting | None = None
    named: dict[str, Setting] = {}
    number = 0
    for block in blocks:
        if _goes_on(text, block):
            yield _Headed(
                current, named.get("actual"), named.get("plan"), fixed=current is not None and current.note
            )
            continue
        line = text[block.start : block.end]
        shown, begins, lost = None, False, False
        if _is_notes(line, block, current):
            current = Setting("", "actual", True)
        elif _ANNEX.fullmatch(line):
            current, begins = None, True
        elif _starts_over(line, block, current):
            current, shown, begins = None, Setting(str(year or ""), "actual"), True
        elif _is_chapter(text, block) and not _within(line, current):
            current, begins, number = chapter_setting(line, year, current), True, 0
            if current is not None:
                current = current._replace(firm=heading_level(line.lstrip("# ")) == 1)
                named[current.status] = current
        elif block.type is BlockType.SIGNATURE and _YEAR.search(line):
            shown = Setting(str(year or ""), "actual")
        elif current is not None and (again := _section(line)):
            lost = again <= number
            current = current._replace(firm=current.firm and not lost)
            number = again
        fixed = shown is not None or (current is not None and current.note)
        yield _Headed(shown or current, named.get("actual"), named.get("plan"), begins, lost, fixed)


def _goes_on(text: str, block: Block) -> bool:
    """Whether a block is too long for a title and begins with no sign of another: nearly all of them."""
    long = block.end - block.start > _LONGEST_TITLE
    return long and block.type is not BlockType.SIGNATURE and text[block.start] not in _TITLE_BEGINS


def _within(line: str, current: Setting | None) -> bool:
    """一、 below an unnumbered chapter title (2023年工作回顾) is one of its sections, if it says nothing of time."""
    below = current is not None and not current.firm and not current.note and current.period != ""
    return below and not _REVIEW.search(line) and not _PLAN.search(line)


def _is_notes(line: str, block: Block, current: Setting | None) -> bool:
    if _NOTES.fullmatch(line):
        return True
    opened = block.type is BlockType.NOTE and current is not None and not current.note
    return opened and _NOTES.match(line) is not None


def _section(line: str) -> int:
    """The number of a heading of the second level, 0 for none. Where it falls, the heading of a chapter was lost."""
    found = _SECTION.match(line)
    numeral = read_chinese(found[1]) if found else None
    return int(numeral.value) if numeral else 0


def _passage(text: str, block: Block, head: _Headed) -> Passage:
    """What the verbs of a block and the heading of its chapter say together."""
    if head.fixed:
        return Passage(0, 0)
    sentences = block.type is not BlockType.TABLE_CELL
    current = head.current
    if current is not None and current.firm:
        return Passage(FIRM if current.status == "actual" else -FIRM, 0)
    told = evidence(text, block.start, block.end) if sentences else 0
    if current is None:
        return Passage(told, change_cost(block.type is BlockType.HEADING))
    if head.begins:
        return Passage(told + (HEADED if current.status == "actual" else -HEADED), 0)
    return Passage(told, 0 if head.lost else change_cost(block.type is BlockType.HEADING))


def _settled(head: _Headed, looks_back: bool, year: int | None, reviews: bool) -> Setting:
    """The setting of a block: that of its chapter if its tense agrees, else that of the last chapter of its tense.

    What opens a report, before its first chapter, speaks of the day; so does a short text that ``reviews`` nothing.
    """
    status = "actual" if looks_back else "plan"
    if head.current is not None and (head.fixed or head.current.status == status):
        return head.current
    named = head.review if looks_back else head.plan
    if named is not None:
        return named
    today = head.current is None and head.plan is None and not reviews
    return Setting(str(year - (looks_back and not today) if year else ""), status)


def _starts_over(line: str, block: Block, current: Setting | None) -> bool:
    """A title page in the middle of the text: the chapter before it has ended."""
    return (
        current is not None
        and not current.note
        and block.type is BlockType.HEADING
        and (_TITLE.search(line) is not None and len(line) <= 30)
    )


def chapter_setting(line: str, year: int | None, current: Setting | None) -> Setting | None:
    """What a chapter heading says of its figures."""
    written = _YEAR.search(line)
    plan_year = str(year) if year else ""
    programme = _PROGRAMME.search(line)
    if programme:
        return Setting(_programme_years(programme[1]), "plan" if _PLAN.search(line) else "actual")
    if _REVIEW.search(line):
        last = int(written[1]) if written else (year - 1 if year else None)
        if last is None:
            return Setting("", "actual")
        return Setting(f"{last - 4}-{last}" if _FIVE.search(line) else str(last), "actual")
    if _PLAN.search(line):
        if _NEXT_FIVE.search(line) and year:
            return Setting(f"{year}-{year + 4}", "plan")
        return Setting(written[1] if written else plan_year, "plan")
    if current is not None and current.status == "actual" and not current.note:
        return Setting(plan_year, "plan")
    return current


def _programme_years(ordinal: str) -> str:
    """The years of a five-year plan: the eighth began in 1991."""
    number = {"八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15}[ordinal]
    first = 1991 + 5 * (number - 8)
    return f"{first}-{first + 4}"


_LOCAL = re.compile(
    r"(?P<base>(?:比|较|与|同|以|于)(?:上年|去年|(?:19|20)[0-9]{2}年))"
    r"|(?P<until>(?:到|至|力争到?)(?P<year_to>20[0-9]{2})年(?:底|末|前)?)"
    r"|(?P<year>(?<![0-9—–-])(?:19|20)[0-9]{2})年(?!来|以来|—|-)"
    r"|(?P<last>去年|上年(?!度)|上一年)|(?P<now>今年|本年)|(?P<next>明年)"
    r"|(?P<five>(?:过去|这|近)五年|五年来)|(?P<programme>“?(?:十[一二三四五]?|[八九])五”?(?:期间|时期|末))"
    r"|(?P<average>两年平均)"
)
_MAY_BE_LOCAL = re.compile(
    r"比(?=[上去12])|较(?=[上去12])|与(?=[上去12])|同(?=[上去12])|以(?=[上去12])|于(?=[上去12])|到(?=20)|至(?=20)|力(?=争)"
    r"|1(?<![0-9—–-].)(?=9[0-9]{2}年)|2(?<![0-9—–-].)(?=0[0-9]{2}年)|去(?=年)|上(?=年|一年)|今(?=年)|本(?=年)|明(?=年)"
    r"|过(?=去五)|这(?=五年)|近(?=五年)|五(?=年来)|“(?=[十八九])|十(?=[一二三四五])|八(?=五)|九(?=五)|两(?=年平均)"
)
"""What a local word of time begins with; each alternative begins with a character, so that ``re`` skips to it."""


class LocalWords:
    """The local words of time of a text, found once, and asked for by sentence."""

    def __init__(self, text: str) -> None:
        self._hits = list(found_at(_LOCAL, text, _MAY_BE_LOCAL))
        self._starts = [hit.start() for hit in self._hits]

    def within(self, start: int, end: int) -> Sequence[re.Match[str]]:
        """Those that begin in ``[start, end)``, which is cut at marks that no such word holds."""
        low = bisect_left(self._starts, start)
        return self._hits[low : bisect_left(self._starts, end, low)]


def local_words(text: str, start: int, end: int) -> Sequence[re.Match[str]]:
    """The local words of time in ``text[start:end]`` alone."""
    return list(_LOCAL.finditer(text, start, end))


class Clock:
    """Local words of time of one sentence, asked for by position."""

    __slots__ = ("_hits", "_year", "period", "status")

    def __init__(self, hits: Sequence[re.Match[str]], setting: Setting, year: int | None) -> None:
        self.period, self.status = setting.period, setting.status
        self._hits = hits
        self._year = year

    def status_at(self, position: int) -> str:
        """The status of what stands at ``position`` and is no data."""
        return self.at(position, position)[1] if self._hits else self.status

    def at(self, position: int, clause: int) -> tuple[str, str]:
        """Period and status of a figure at ``position`` whose clause begins at ``clause``."""
        period, status = self.period, self.status
        for hit in self._hits:
            if hit.start() > position:
                break
            if hit.lastgroup == "base" or (hit.lastgroup == "average" and hit.start() < clause):
                continue
            period, status = self._shifted(hit, period, status)
        return period, status

    def _shifted(self, hit: re.Match[str], period: str, status: str) -> tuple[str, str]:
        now = self._year
        if hit["until"]:
            target = int(hit["year_to"])
            return hit["year_to"], "plan" if now is not None and target >= now else status
        if hit["year"]:
            year = int(hit["year"])
            return hit["year"], "actual" if now is not None and year < now else self.status
        if hit["programme"]:
            years = _programme_years(hit["programme"].strip("“”")[: hit["programme"].strip("“").index("五")])
            return years, "actual" if now is not None and int(years[-4:]) < now else status
        if now is None:
            return period, status
        if hit["last"]:
            return str(now - 1), "actual"
        if hit["average"]:
            last = int(period) if period.isdigit() else now - 1
            return f"{last - 1}-{last}", status
        if hit["five"]:
            return f"{now - 5}-{now - 1}", "actual"
        return (str(now + 1), "plan") if hit["next"] else (str(now), status)
