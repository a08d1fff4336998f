"""Does a block stop, or start, in the middle of a sentence; does one block run on into another?"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from cleaner.engine.repairs.bonds import bonds, is_word
from cleaner.engine.repairs.cohesion import corpus_bigrams, is_han
from cleaner.engine.repairs.likeness import CLOSERS, PROSE, is_cut
from cleaner.engine.repairs.seams import entries_of_a_list, is_signed
from cleaner.engine.view import View
from cleaner.model import Block, BlockType

_MID_MARKS = frozenset("，、。；：！？,;:%％）)》”’")
_FIRST_CLAUSE = regex.compile(r"([\u4e00-\u9fff]{1,3})[，,。；]")
_PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "「": "」", "【": "】", "〔": "〕"}
_OPENING_CHARS = frozenset(
    "年月日时间后前上下中内外此这那其我他她它们但而且若如虽因故既即又也还再是为有在以从对一二三四五六七八九十第每各"
)
"""Characters of time, place and reference: a short clause with one of them may open a sentence."""
_CALLS = frozenset("啊哦噢唉哎嗨呀嗯喂哟嘿哈咦哼对好是不行中来走看听快冲干")
"""One character that is a clause: 啊，云泽！"""
_NAMED = regex.compile(
    r"(?:审核|审签|签发|校对|记录|编辑|责编|监制|撰稿|供稿|摄影|作者|来源|医师|经办人|填报人|联系人|负责人)"
    r"[：:][ \u3000]*[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,3}$"
)
"""A signature at the end of a line: 审核：白　术"""
_TWO_CLAUSES = regex.compile(r"([\u4e00-\u9fff]{3,8})[，、]([\u4e00-\u9fff]{3,8})[，、。！]")
_SURE = 5.0
_SEEN = 2.0
"""In bits (see :mod:`cleaner.engine.repairs.cohesion`): a pair that is a word by itself, a pair that is no chance."""
_CLOSING = {right: left for left, right in _PAIRS.items()}


def ends_open(view: View, index: int) -> bool:
    """Whether block ``index`` is running text that stops inside a sentence."""
    return open_ends(view)[index]


def open_ends(view: View) -> Sequence[bool]:
    """Which blocks are running text that stops inside a sentence."""
    return view.once(
        "open ends",
        lambda: [
            _ends_open(b, t) and not _is_entry(view.texts, i)
            for i, (b, t) in enumerate(zip(view.blocks, view.texts, strict=True))
        ],
    )


def _is_entry(texts: Sequence[str], index: int) -> bool:
    """Whether a text is one of a list: it opens as one beside it does that stops without a mark as well."""
    text = texts[index]
    if not is_han(text[-1]):
        return False
    beside = (texts[i] for i in (index - 1, index + 1) if 0 <= i < len(texts))
    return any(is_han(other[-1]) and entries_of_a_list(text, other) for other in beside)


def _ends_open(block: Block, text: str) -> bool:
    if text[-1] in CLOSERS or block.type not in PROSE:
        return False
    text = text.rstrip("*")
    if _NAMED.search(text) or is_signed(text):
        return False
    # A line that is short enough for a heading must show that it is none.
    return is_cut(text) and (block.type is not BlockType.HEADING or "。" in text)


def starts_open(text: str) -> bool:
    """Whether a text can only be the rest of a sentence.

    It starts with a mark, with a first clause that is a scrap (设。, 资质，), or with a pair of characters that
    call for another one before them (镇化 for 城).
    """
    text = text.lstrip("*")
    if not text:
        return False
    if text[0] in _MID_MARKS:
        return True
    clause = _FIRST_CLAUSE.match(text)
    if clause is not None and _is_scrap(clause.group(1)):
        return text[2:4] != text[:2]  # 干，干，干！ is a call
    return text[:2] in bonds().before and not (_is_slogan(text) or text.startswith("百分之"))


def _is_slogan(text: str) -> bool:
    """Whether a text opens with two clauses made alike: 大干大支持，小干小支持."""
    clauses = _TWO_CLAUSES.match(text)
    if clauses is None:
        return False
    first, second = str(clauses[1]), str(clauses[2])
    alike = sum(a == b for a, b in zip(first, second, strict=False))
    return len(first) == len(second) and 2 * alike >= len(first)


def _is_scrap(clause: str) -> bool:
    """Whether a first clause of one to three characters is the end of another: no 同时，, no 这一年，."""
    if len(clause) == 1:
        return clause not in _CALLS
    known = corpus_bigrams().pairs.get(clause[:2], 0) >= 3
    opens = clause[:2] in bonds().starts or clause in bonds().openings or _OPENING_CHARS & set(clause)
    return known and not opens


def balanced(text: str) -> bool:
    """Whether quotation marks and brackets of a text close what they open."""
    stack: list[str] = []
    for mark in text:
        if mark in _PAIRS:
            stack.append(mark)
        elif mark in _CLOSING and (not stack or stack.pop() != _CLOSING[mark]):
            return False
    return not stack


def seam(left: str, right: str) -> int:
    """How well ``right`` continues ``left`` on the evidence of the characters at the joint.

    2: one word was cut in two, it holds together more than what stands on either side of the joint, and a
    character beside it is known to stand there; 1: a word, without more; 0: no evidence, or evidence against.
    """
    left, right = left.rstrip("*"), right.lstrip("*")
    if not left or not right or bonds().forbids(left, right):
        return 0
    if not is_word(left[-1], right[0]):
        return 0
    agreed = left[-1] + right[:2] in bonds().trigrams or left[-2:] + right[0] in bonds().trigrams
    ends_there = not is_han(right[1:2]) and corpus_bigrams().bits(left[-1] + right[0]) >= _SURE
    return 2 if _is_strongest(left, right) and (agreed or ends_there) else 1


def _is_strongest(left: str, right: str) -> bool:
    """Whether the pair at the joint holds together more than the pairs on either side of it."""
    bits = corpus_bigrams().bits
    return bits(left[-1] + right[0]) > max(bits(left[-2:]), bits(right[:2]))


def coheres(left: str, right: str) -> bool:
    """Whether two neighbours may be halves: the pair at the joint is seen and the strongest, or part of a word."""
    if left[-2:] + right[0] in bonds().trigrams:
        return True
    return corpus_bigrams().bits(left[-1] + right[0]) >= _SEEN and _is_strongest(left, right)


def runs_on(view: View, index: int, following: int) -> bool:
    """Whether block ``following`` continues the cut block ``index``."""
    left, right = view.content(view.blocks[index]), view.content(view.blocks[following])
    if seam(left, right):
        return True
    return starts_open(right) and not bonds().forbids(left.rstrip("*"), right.lstrip("*"))
