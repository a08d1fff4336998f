"""Sections that lost their head, their body, or themselves: where they should stand, as far as it can be told."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import regex

from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.engine.repairs.openness import ends_open
from cleaner.engine.repairs.stitch import gaps
from cleaner.model import Block, BlockType, Severity

_KIND = "missing-section"
_HAN = regex.compile(r"[\u4e00-\u9fff]")
_SCRAP = regex.compile(r"[\u4e00-\u9fff]{2,4}。(?=[\u4e00-\u9fff])")
_LONGEST_SCRAP = 5
_GENERAL = regex.compile(
    "坚定|坚持|加快|推进|推动|全面|着力|持续|深入|切实|大力|高质量|发展|建设|工作|提升|实现|取得|迈出|展现|打造|促进|增强|不断|更加|进一步|统筹"
    "|新突破|新成绩|新气象|新步伐|新答卷|新台阶|新成效|新局面|新进展"
)
"""Words that stand in every head and say nothing of what it is about."""
_NOTES = regex.compile(r"(?:附注|注释|名词解释|注)[：:]?")
_LONGEST_NOTES = len("名词解释：")
_NOTE_NUMBER = regex.compile(r"[0-9]{1,3}[.．、](?![0-9])|[\[〔（(][0-9]{1,3}[\]〕）)]")
_ANCHOR = regex.compile(
    r"[\[〔［【][0-9]{1,3}[\]〕］】]|[（(]注?[0-9]{1,3}[)）](?=[，。；、”])|[①-⑳]|(?<![A-Za-z/])[¹²³⁴-⁹]"
)
_ANCHOR_START = re.compile("[" + re.escape("[〔［【（(") + "①-⑳¹²³⁴-⁹]")
_LEAST_NOTES = 3
_LEAST_TOPIC = 4
_LEAST_BODY = 60
_MARKER = regex.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])")
_FIGURE = regex.compile(r"[0-9]+(?:\.[0-9]+)?(?![0-9.年])")
_FIGURES = 3
_NEAR = 2
"""Of the four heads around, more than two must have bodies with three figures or more."""


def lost_sections(subject: Subject) -> Iterator[Suspicion]:
    """Where the numbering of heads skips: the break in the text, if there is one, at which the lost part stood."""
    skips = [r for r in subject.relations if r.type == "heading_numbering" and r.detail.get("missing")]
    if not skips:
        return
    breaks = list(_breaks(subject))
    heads = [b.start for b in subject.view.blocks if _is_marked_head(subject, b)]
    told: set[int] = set()
    for relation in skips:
        end = int(relation.detail["clean_start"])
        above = bisect_left(heads, end)
        place = bisect_left(breaks, (heads[above - 1] if above else 0, 0))
        if place < len(breaks) and breaks[place][0] < end and place not in told:
            told.add(place)
            lost = "".join(relation.detail["missing"])
            message = f"标题编号缺“{lost}”，此处文字中断，缺失的部分当在这里"
            english = f"the numbering skips “{lost}”, and the text breaks off here: the lost part stood here"
            yield Suspicion(*breaks[place], _KIND, message, english, Severity.WARNING)


def _breaks(subject: Subject) -> Iterator[tuple[int, int]]:
    """The gaps behind blocks that stop inside a sentence and before those that start inside one."""
    starts = {start for start, _, kind, _ in gaps(subject.view) if kind == "cut_start"}
    for index, (block, following) in enumerate(pairwise(subject.view.blocks)):
        if following.start in starts or ends_open(subject.view, index):
            yield block.end, following.start


def _is_marked_head(subject: Subject, block: Block) -> bool:
    """Whether a block is a head that carries a number (一、 or （一）)."""
    return block.type is BlockType.HEADING and _MARKER.match(subject.view.content(block)) is not None


def mismatched_bodies(subject: Subject) -> Iterator[Suspicion]:
    """A head whose siblings report figures, above a paragraph that has none and shares no word with it.

    The body of the head is lost, or the head of the body: what stands below is another part of the page.
    """
    view = subject.view
    heads = [i for i, b in view.of_type(BlockType.HEADING) if b.level > 1]
    bodies = {i: _body(subject, i) for i in heads}
    for place, index in enumerate(heads):
        body = bodies[index]
        if len(body) < _LEAST_BODY or _FIGURE.search(body):
            continue
        near = [bodies[h] for h in heads[max(0, place - _NEAR) : place + _NEAR + 1] if h != index]
        if sum(len(_FIGURE.findall(b)) >= _FIGURES for b in near) <= _NEAR:
            continue
        topic = _topic(view.content(view.blocks[index]))
        if len(topic) >= _LEAST_TOPIC and not any(a + b in body for a, b in pairwise(topic)):
            yield from _mismatch(subject, view.blocks[index], view.blocks[index + 1])


def _body(subject: Subject, index: int) -> str:
    """The paragraph right below a head; empty where something else stands there."""
    blocks = subject.view.blocks
    if index + 1 == len(blocks) or blocks[index + 1].type is not BlockType.PARAGRAPH:
        return ""
    return subject.view.content(blocks[index + 1])


def _mismatch(subject: Subject, head: Block, body: Block) -> Iterator[Suspicion]:
    text = subject.view.text
    lead = text[body.start : body.start + 20]
    message = f"标题“{text[head.start : head.end][:14]}”之下不是其正文：同级各节都有数字，此段“{lead[:8]}”无一字相应"
    english = "what stands below this head is not its body: its siblings report figures, this shares no word with it"
    yield Suspicion(head.start, min(head.end, head.start + 40), _KIND, message, english)
    yield Suspicion(body.start, body.start + len(lead), _KIND, message, english)


def _topic(head: str) -> str:
    """The characters of a head that say what it is about."""
    first = regex.split(r"[\s　，、]+", _MARKER.sub("", head))[0]
    return "".join(_HAN.findall(_GENERAL.sub("", first)))


def notes_without_anchors(subject: Subject) -> Iterator[Suspicion]:
    """Numbered notes at the end, and not one number of a note in the text: the raised numbers were lost."""
    view = subject.view
    short = (i for i, b in enumerate(view.blocks) if b.end - b.start <= _LONGEST_NOTES)
    place = next((i for i in short if _NOTES.fullmatch(view.content(view.blocks[i]))), len(view.blocks))
    numbered = sum(_NOTE_NUMBER.match(view.content(b)) is not None for b in view.blocks[place + 1 :])
    if numbered < _LEAST_NOTES or _has_anchor(view.text, view.blocks[place].start):
        return
    message = f"此处有编号的附注{numbered}条，正文里没有一个注号：上标的注号或已丢失"
    english = f"{numbered} numbered notes, and no number of a note in the text: were the raised numbers lost?"
    block = view.blocks[place]
    yield Suspicion(block.start, block.end, "lost-anchors", message, english)


def _has_anchor(text: str, end: int) -> bool:
    """Whether the number of a note stands in the text up to ``end``."""
    return any(_ANCHOR.match(text, found.start(), end) for found in _ANCHOR_START.finditer(text, 0, end))


def scraps(subject: Subject) -> Iterator[Suspicion]:
    """A paragraph that starts with the last two to four characters of a sentence, and goes on with another."""
    text = subject.view.text
    for _, block in subject.view.of_type(BlockType.PARAGRAPH):
        stops = text.find("。", block.start, block.start + _LONGEST_SCRAP) >= 0
        found = _SCRAP.match(text, block.start, block.end) if stops else None
        if found is not None:
            message = f"段首“{found.group()}”只有几字即成句，像是前文缺失的句尾"
            english = "the paragraph starts with a scrap that looks like the end of a lost sentence"
            yield Suspicion(block.start, found.end(), "orphan-head", message, english)
