"""Spaces inside a line that the typesetting or the reading left between Chinese characters.

Chinese sets no spaces between words, so a space in running text is residue; but it is meant between a
post and a name, inside a name of two characters, between the halves of a headline and in a couplet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleaner.engine.repairs.bonds import bonds, is_word
from cleaner.engine.repairs.cohesion import corpus_bigrams
from cleaner.engine.view import View
from cleaner.model import Block, BlockType, Candidate

_RUNNING = (BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.NOTE)
_GAP = regex.compile(r"(?<=\p{Han})[ \u3000]{1,3}(?=\p{Han})")
_BESIDE_TWO = regex.compile(
    r"(?<=\p{Han})[ \u3000]{1,3}(?=\p{Han}{2})|(?<=\p{Han}{2})[ \u3000]{1,3}(?=\p{Han})"
)
_AFTER_MARK = regex.compile(r"(?<=[，、；：])(?:[ ]{1,3}|\u3000)(?=[\p{Han}“‘《（])")
_AFTER_STOP = regex.compile(r"(?<=[。！？][”’）]?)(?:[ ]{1,3}|\u3000)(?=[\p{Han}“‘《（])")
_LETTER_SPACED = regex.compile(r"(?<!\p{Han})\p{Han}(?:[ \u3000]+\p{Han}(?!\p{Han})){2,}")
_GAP_WITHIN = regex.compile(r"\s+")
_POST = (
    r"(?:[县市区省州旗乡镇村社局厅部院科处所校会厂判组队班团馆站]长|主席|主任|书记(?!员)|总理|检察长|董事长"
    r"|秘书长|委员长|专员|盟长)"
)
_POST_AND_NAME = regex.compile(rf"\p{{Han}}*?{_POST}(?=\p{{Han}}{{2,4}}$)")
_AFTER_POST = regex.compile(
    rf"(?:{_POST}|同志|先生|女士|记者|通讯员|(?<![谨我们将])代表|委员|作者|编辑|责编|校对)$"
)
_SENTENCE = regex.compile(r"[。；！？][”’）]?$")
_QUOTED = regex.compile(r"“[^“”\n]*”|‘[^‘’\n]*’|《[^《》\n]*》|「[^「」\n]*」|【[^【】\n]*】")
_STOP = regex.compile(r"[。；！？]")
_NEAR = 24
"""Characters on either side of a gap that are looked at."""
_FEW = 200
"""Runs that are looked for in the text itself; for more of them it is taken apart once."""
_LONG_LINE = 40
"""Characters from which a line with a stop or two commas is running text, though it is cut off at its end."""
_CLAUSE = regex.compile(r"[^，。；：、！？（）()“”‘’《》…—]+")
_NOT_HAN = regex.compile(r"[^\p{Han} \u3000]")
_ARTICLE = regex.compile(r"第[〇零一二三四五六七八九十百千]+[条款章节编][ \u3000]+")
_DATED = regex.compile(r"(?:(?:(?:19|20)[0-9]{2}年)?[0-9]{1,2}月)?[0-9]{1,2}日[ \u3000]+")
"""The head of an entry of a chronicle: 6日 县人大会议开幕."""
_VERSE = 7
"""Characters of the longest line of verse."""
_BOUND = 6.0
"""Bits (see :mod:`cleaner.engine.repairs.cohesion`) from which the pair at a gap is one word."""
_DATE_WORDS = frozenset("年月日时分")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史"
    "唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅齐康伍余顾孟黄穆萧肖尹姚邵汪祁毛狄米贝戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾"
    "江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解丁邓洪包左石崔吉龚程裴陆翁荀侯巫焦牧车全班仇甘武刘景詹龙"
    "叶白蒲从鄂赖卓蔺屠蒙池乔闫谭冉申冀温庄晏柴瞿阎连茹习艾向古易廖居步耿满匡文欧关岳帅游公仝晋宁苟牛解尚支查"
)
_SETTLED = regex.compile(r"\p{Han}(?:$|[为任的](?!务|何)|同志|担任|兼任|辞去|不再)")
"""What follows the surname where one is appointed or relieved: 何 苗任县审计局局长, 免去林 森的职务."""
_BEFORE_APPOINTEE = regex.compile(r"(?:免去|任命|聘任|聘请|提名|推荐|接受|关于|同意|决定|批准|补选)$")
_OF_AN_OFFICE = frozenset("局办委室院部处科厅会镇乡村厂校所站")
_TWO_APART = regex.compile(r"\p{Han}[ \u3000]+\p{Han}")
"""A label set wide (时　间：), or the name after one (记录：和　平)."""
_IDEOGRAPHIC = "\u3000"
_LAYOUT = 3
"""Ideographic spaces between Chinese characters, and more of them than of others, that are the layout of a text."""
_CREDIT = regex.compile(r"摄影|摄$|供图|图为|记者|通讯员|编辑|责编|校对|来源")
_LATIN_GAP = regex.compile(
    r"(?<=[\p{Han}，。；：、（“”）])[ ]{1,2}(?=[A-Z])"
    r"|(?<=[A-Z][A-Za-z0-9.+/&-]{0,11})[ ]{1,2}(?=[\p{Han}，。；：、）”])"
)
_LATIN_EDGE = regex.compile(r"\p{Han}(?=[A-Za-z])|[A-Za-z](?=\p{Han})")
_LATIN_WORDS = regex.compile(r"[A-Za-z][A-Za-z0-9.,'’+/&-]*(?:[ ]+[A-Za-z0-9][A-Za-z0-9.,'’+/&-]*)*")


def letter_spaced(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Lines set wide: single characters with a space between all of them.

    Four characters or more, or three that are the whole line or a name after a post. The narrowest gaps go;
    wider ones part words and stay. Between a post and a name one space stays. Pairs that wider gaps part and that
    are no words are names of two characters set wide (王 磊   李 静), and stay.
    """
    for block in view.blocks:
        if block.type is BlockType.TABLE_CELL:
            continue
        line = view.content(block)
        for run in _LETTER_SPACED.finditer(line):
            if _is_set_wide(line, run):
                yield from _closed_up(block, run)


def _is_set_wide(line: str, run: regex.Match[str]) -> bool:
    if _are_names(run.group()) or _is_blank_date(run.group()):
        return False
    count = sum(not character.isspace() for character in run.group())
    whole = run.group() == line.rstrip("：:")
    return count >= 4 or whole or bool(_AFTER_POST.search(line[: run.start()].rstrip()))


def _are_names(run: str) -> bool:
    """Pairs that are no words, parted by wider gaps, or each begun by a surname (周 平 吴 昊)."""
    characters, gaps = run.split(), _GAP_WITHIN.findall(run)
    pairs = list(zip(characters[::2], characters[1::2], strict=False))
    if len(pairs) > 2 and (_begin_with_surnames(characters) or _begin_with_surnames(characters[1:])):
        return True
    if len(characters) % 2 or len(pairs) < 2 or any(is_word(*pair) for pair in pairs):
        return False
    apart = max(map(len, gaps[::2])) < min(map(len, gaps[1::2]))
    return apart or all(surname in _SURNAMES for surname, _ in pairs)


def _begin_with_surnames(characters: list[str]) -> bool:
    """Three pairs or more, each begun by a surname, and not all of them words: （1）班 李 想 王 者 张 扬."""
    pairs = list(zip(characters[::2], characters[1::2], strict=False))
    if len(characters) % 2 or len(pairs) < 3:
        return False
    return all(surname in _SURNAMES for surname, _ in pairs) and not all(is_word(*pair) for pair in pairs)


def _is_blank_date(run: str) -> bool:
    """A date to be filled in: 年　　月　　日."""
    return not set(run.split()) - _DATE_WORDS


def _closed_up(block: Block, run: regex.Match[str]) -> Iterator[Candidate]:
    gaps = list(_GAP_WITHIN.finditer(run.group()))
    narrow = min(len(gap.group()) for gap in gaps)
    post = _POST_AND_NAME.match("".join(run.group().split()))
    before_name = len(post.group()) if post else -1
    for index, gap in enumerate(gaps):
        start = block.start + run.start() + gap.start()
        if index + 1 == before_name:
            if gap.group() != " ":
                yield Candidate(start, start + len(gap.group()), " ", why="职务与姓名之间留一空格")
        elif len(gap.group()) == narrow:
            yield Candidate(start, start + narrow, "", why="疏排字间空格")


def between_han(view: View, _parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """A space in a running sentence: between two Chinese characters, or after a mark."""
    evidence = _Evidence(view)
    for _, block in view.of_type(*_RUNNING):
        line = view.content(block)
        if (" " not in line and "\u3000" not in line) or not _is_running(line):
            continue
        for start, end, why in (*_gaps_after_marks(line), *_gaps_in_clauses(line, evidence)):
            yield Candidate(block.start + start, block.start + end, "", why=why)


def _is_running(line: str) -> bool:
    """A line that ends in a stop, one that leads to a list, or a long one of several clauses."""
    if _SENTENCE.search(line) or (line[-1] == "：" and "，" in line):
        return True
    return len(line) >= _LONG_LINE and ("。" in line or line.count("，") > 1)


def _gaps_after_marks(line: str) -> Iterator[tuple[int, int, str]]:
    """After a comma always, but in front of a list of names; after a stop where another sentence follows."""
    last_stop = max((m.start() for m in _STOP.finditer(line)), default=-1)
    for gap in (*_AFTER_MARK.finditer(line), *_AFTER_STOP.finditer(line)):
        clause = _CLAUSE.match(line, gap.end())
        following = clause.group() if clause else ""
        if gap.re is _AFTER_STOP and (gap.start() > last_stop or _CREDIT.search(following)):
            continue
        if line[gap.start() - 1] != "：" or not _GAP.search(following):
            yield gap.start(), gap.end(), "标点后空格"


def _gaps_in_clauses(line: str, evidence: _Evidence) -> Iterator[tuple[int, int, str]]:
    quoted = [match.span() for match in _QUOTED.finditer(line)]
    index = 0
    dated = _DATED.match(line)
    for clause in _CLAUSE.finditer(line):
        words = clause.group()
        after_colon = line[max(0, clause.start() - 1)] == "："
        before_colon = line[clause.end() : clause.end() + 1] == "："
        if _TWO_APART.fullmatch(words) and (after_colon or (before_colon and clause.start() == 0)):
            continue
        labelled = after_colon and before_colon
        if (" " not in words and "\u3000" not in words) or labelled or (after_colon and _is_list(words)):
            continue
        while index < len(quoted) and quoted[index][1] <= clause.start():
            index += 1
        title = index < len(quoted) and quoted[index][0] < clause.end()
        # The marks around a title belong to what may stand elsewhere: “六保”.
        start = max(0, clause.start() - 1) if title else clause.start()
        found = (
            _gaps_in_title(line[start : clause.end() + 1], evidence)
            if title
            else _stray_gaps(words, evidence)
        )
        for gap in found:
            if not dated or start + gap.end() > dated.end():
                yield start + gap.start(), start + gap.end(), "句中汉字间空格"


class _Evidence:
    """What vouches for the two sides of a gap being one piece of text."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._asked = 0

    @cached_property
    def _own(self) -> frozenset[str]:
        """All runs of four characters of the document; only a text with many doubtful gaps is asked for them."""
        text = self._view.text
        return frozenset(text[i : i + 4] for i in range(len(text) - 3))

    @cached_property
    def wide_layout(self) -> bool:
        """Whether the text parts columns, names and entries by ideographic spaces, beside two characters or more."""
        widths = Counter(_IDEOGRAPHIC in gap.group() for gap in _BESIDE_TWO.finditer(self._view.text))
        return widths[True] >= _LAYOUT and widths[True] > widths[False]

    def _holds(self, piece: str) -> bool:
        """Whether the document has a run of four characters."""
        self._asked += 1
        return piece in (self._view.text if self._asked <= _FEW else self._own)

    def joined_elsewhere(self, left: str, right: str) -> bool:
        """Whether the document prints the same place without the gap."""
        around = (left[-2:] + right[:2], left[-1:] + right[:3], left[-3:] + right[:1])
        return any(len(piece) == 4 and self._holds(piece) for piece in around)

    def one_word(self, left: str, right: str) -> bool:
        """Whether the gap cuts a word of clean reports, or of the document."""
        return (
            corpus_bigrams().bits(left[-1] + right[0]) >= _BOUND
            or bonds().supported(left[-2:], right[:2])
            or self.joined_elsewhere(left, right)
        )


def _stray_gaps(clause: str, evidence: _Evidence) -> Iterator[regex.Match[str]]:
    """Gaps of one clause that no layout explains."""
    numbered = _ARTICLE.match(clause)
    gaps = list(_GAP.finditer(clause, numbered.end() if numbered else 0))
    if not gaps or _CREDIT.search(clause):
        return
    couplet = _is_couplet(clause)
    for gap in gaps:
        left, right = _beside(clause, gap)
        if couplet and not evidence.one_word(left, right):
            continue
        if _IDEOGRAPHIC in gap.group() and evidence.wide_layout and not _cuts_words(left, right, evidence):
            continue
        named = _AFTER_POST.search(left) and not _begins_a_word(right)
        if not named and not _is_name(left, right) and not _is_before_name(right):
            yield gap


def _cuts_words(left: str, right: str, evidence: _Evidence) -> bool:
    """Whether a gap parts one word, and no single characters (李　默), which may be a name."""
    alone = len(left.rsplit(maxsplit=1)[-1]) == 1 or len(right.split(maxsplit=1)[0]) == 1
    return not alone and evidence.one_word(left, right)


def _gaps_in_title(clause: str, evidence: _Evidence) -> Iterator[regex.Match[str]]:
    """Gaps within quotation marks: titles and slogans have halves, words have not."""
    for gap in _GAP.finditer(clause):
        left, right = _beside(clause, gap)
        left, right = left.rsplit(maxsplit=1)[-1], right.split(maxsplit=1)[0]
        halves = len(left) == len(right) > 1
        if evidence.joined_elsewhere(left, right) or (not halves and evidence.one_word(left, right)):
            yield gap


def _beside(clause: str, gap: regex.Match[str]) -> tuple[str, str]:
    """What stands before and after a gap, near by."""
    return clause[max(0, gap.start() - _NEAR) : gap.start()], clause[gap.end() : gap.end() + _NEAR]


def _begins_a_word(right: str) -> bool:
    """Whether what follows a post is no name: 谨代表 省人民政府."""
    return len(right) > 1 and is_word(right[0], right[1])


def _is_name(left: str, right: str) -> bool:
    """A name of two characters set wide: single characters on both sides of the space, and no word (科技)."""
    if _is_appointee(left, right):
        return True
    if len(right) > 1 and right[1].isalnum():
        return False
    post = _AFTER_POST.search(left[:-1].rstrip())
    alone = len(left) < 2 or left[-2].isspace() or post
    return bool(alone) and bool(post or not is_word(left[-1], right[0]))


def _is_appointee(left: str, right: str) -> bool:
    """A surname, alone or after 免去 or an office, and one character of a name: no word."""
    head = left[:-1].rstrip()
    if left[-1] not in _SURNAMES or is_word(left[-1], right[0]) or not _SETTLED.match(right):
        return False
    return not head or head[-1] in _OF_AN_OFFICE or _BEFORE_APPOINTEE.search(head) is not None


def _is_before_name(right: str) -> bool:
    """Whether a name of two characters set wide follows, and nothing else: 县财政局 褚 岩."""
    parts = right.split()
    pair = len(parts) == 2 and len(parts[0]) == len(parts[1]) == 1
    return pair and parts[0] in _SURNAMES and not is_word(*parts)


def _is_list(clause: str) -> bool:
    """Three short words or more, each apart from the next: names, columns."""
    parts = clause.split()
    return len(parts) > 2 and all(1 < len(part) <= 4 for part in parts)


def _is_couplet(clause: str) -> bool:
    """Parts of equal length: slogans, halves of a headline; a line of verse may have one character more."""
    lengths = [len(part) for part in clause.split()]
    spread = max(lengths) - min(lengths)
    even = len(lengths) > 1 and min(lengths) >= 5 and spread <= (max(lengths) <= _VERSE)
    return even and not _NOT_HAN.search(clause)


def beside_latin(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """A space between Chinese and an abbreviation (GDP, LED), unless the text sets all of them so.

    Args:
        view: the stage text.
        parameters: ``consistent``: that many spaced borders, and more than there are closed ones, are a
            style of the house and stay (10); so are ``throughout`` of them where not one is closed (4).
    """
    found: list[tuple[int, int]] = []
    spaced = closed = 0
    for block in view.blocks:
        line = view.content(block)
        if block.type is BlockType.TABLE_CELL or line.isascii():
            continue
        gaps = list(_LATIN_GAP.finditer(line))
        closed += len(_LATIN_EDGE.findall(line))
        spaced += len(gaps)
        phrases = [m.span() for m in _LATIN_WORDS.finditer(line) if " " in m.group()] if gaps else []
        for gap in gaps:
            if not any(start <= gap.end() and gap.start() <= end for start, end in phrases):
                found.append((block.start + gap.start(), block.start + gap.end()))
    throughout = not closed and spaced >= int(parameters.get("throughout", 4))
    if throughout or (spaced >= int(parameters.get("consistent", 10)) and spaced > closed):
        return
    for start, end in found:
        yield Candidate(start, end, "", why="汉字与字母间空格")
