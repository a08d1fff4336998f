"""Blocks out of their order, where the order that was printed cannot be known for sure: a finding, never a move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.engine.repairs.cohesion import corpus_bigrams
from cleaner.model import Block, BlockType, Severity

_KIND = "block-order"
_REVIEW = regex.compile(r"(?:回眸|回顾|盘点|数说)\s*[0-9]{4}年?|[0-9]{4}年?(?:工作)?(?:回顾|回眸|成绩单)")
_PLAN = regex.compile(
    r"(?:展望|奋进|部署)\s*[0-9]{4}年?|[0-9]{4}年?(?:工作)?(?:安排|展望|部署|目标任务|重点工作)"
)
_PART = regex.compile(r"^(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]+）|#+\s*)?")
_LONGEST_HEAD = 44
_PATTERN = 2
_LEAST_RUN = 3
"""So many heads that begin alike are a pattern; a lone pair is not."""
_LEAD = regex.compile(r"(?:\*\*)?([\u4e00-\u9fff]{4,16})[。\s]")
_REPEATED = 8
_RARE = 10
"""A first word that the corpus holds less often than this is no common opening of a paragraph (加强, 推进)."""
_PROSE = frozenset({BlockType.PARAGRAPH, BlockType.HEADING})
_BLANK = regex.compile(r"[\s　]+")
_NO_WORD = regex.compile(r"[\W0-9]")
_FIRST_ITEM = regex.compile(r"([0-9]{1,2})[.．、](?![0-9])")
_ITEM = regex.compile(r"(?<![0-9.])([0-9]{1,2})[.．、](?![0-9])")


def _suspicion(block: Block, message: str, english: str) -> Suspicion:
    end = min(block.end, block.start + 40)
    return Suspicion(block.start, end, _KIND, message, english, Severity.WARNING)


def _headings(subject: Subject) -> list[tuple[int, Block, str]]:
    view = subject.view
    return [
        (i, b, view.content(b))
        for i, b in view.of_type(BlockType.HEADING)
        if b.end - b.start <= _LONGEST_HEAD
    ]


def parts_out_of_order(subject: Subject) -> Iterator[Suspicion]:
    """展望2024 above 回眸2023: the plan for a year stands before the review of the year before."""
    review: list[tuple[Block, str]] = []
    plan: list[tuple[Block, str]] = []
    for _, block, text in _headings(subject):
        title = _PART.sub("", text)
        if _REVIEW.fullmatch(title):
            review.append((block, text))
        elif _PLAN.fullmatch(title):
            plan.append((block, text))
    if len(review) == 1 and len(plan) == 1 and plan[0][0].start < review[0][0].start:
        for (block, text), (_, other) in ((plan[0], review[0]), (review[0], plan[0])):
            message = f"展望在回顾之前：“{text}”与“{other}”次序颠倒，版面次序当有误"
            english = f"the plan stands before the review: “{text}” and “{other}” are out of order"
            yield _suspicion(block, message, english)


def interrupted_patterns(subject: Subject) -> Iterator[Suspicion]:
    """Section heads that begin alike, with heads of another pattern between them: asked where the run goes on."""
    heads = _headings(subject)
    runs: defaultdict[str, list[int]] = defaultdict(list)
    for place, (_, _, text) in enumerate(heads):
        runs[text[:_PATTERN]].append(place)
    for first, places in runs.items():
        breaks = [(a, b) for a, b in pairwise(places) if b - a > _PATTERN]
        if len(places) >= 2 * _LEAST_RUN and len(breaks) == 1 and not _NO_WORD.search(first):
            _, resumed = breaks[0]
            before, after = places.index(resumed), len(places) - places.index(resumed)
            if min(before, after) >= _LEAST_RUN:
                _, block, text = heads[resumed]
                message = f"以“{first}”起头的各节标题在“{text[:12]}”之前被别组标题隔断，版面次序当有误"
                english = (
                    f"the heads that begin with “{first}” are interrupted by others before “{text[:12]}”"
                )
                yield _suspicion(block, message, english)


def scattered_siblings(subject: Subject) -> Iterator[Suspicion]:
    """Paragraphs with run-in heads of one mould (大抓…。), apart from each other under different section heads."""
    view = subject.view
    moulds: defaultdict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(view.blocks):
        lead = _lead(view.text, block) if block.type in _PROSE else ""
        for mould in _moulds(lead) if lead else ():
            moulds[mould].append(index)
    told: set[int] = set()
    for mould, members in sorted(moulds.items(), key=lambda item: -len(item[0])):
        for index in _strayed(subject, members):
            if index not in told:
                told.add(index)
                block = view.blocks[index]
                message = f"段首“{mould.replace('_', '…')}”与他处同式的段落分在不同标题之下，次序当有误"
                english = f"paragraphs that begin “{mould.replace('_', '…')}” stand under different heads"
                yield _suspicion(block, message, english)


def _lead(text: str, block: Block) -> str:
    """The run-in head of a block, or a heading's first half; empty where there is none."""
    found = _LEAD.match(text, block.start, block.end)
    return found.group(1) if found else ""


def _moulds(lead: str) -> Iterator[str]:
    """What siblings share of a run-in head: a rare first word, or four characters and the last two."""
    if corpus_bigrams().pairs.get(lead[:2], 0) < _RARE:
        yield lead[:2]
    if len(lead) >= _REPEATED:
        yield f"{lead[:4]}_{lead[-2:]}"


def _strayed(subject: Subject, members: Sequence[int]) -> Iterator[int]:
    """Both of a pair of siblings that a section head parts."""
    blocks = subject.view.blocks
    if len(members) != 2 or all(blocks[m].type is BlockType.HEADING for m in members):
        return
    leads = {_lead(subject.view.text, blocks[m]) for m in members}
    between = blocks[members[0] + 1 : members[1]]
    if len(leads) == 2 and any(b.type is BlockType.HEADING for b in between):
        yield from members


def echoing_heads(subject: Subject) -> Iterator[Suspicion]:
    """A head whose end the next paragraph begins with: the head of another block, or a lead that was torn off."""
    view = subject.view
    for index, block, text in _headings(subject):
        following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
        part = _BLANK.split(text)[-1]
        if following is None or len(part) < _REPEATED or part == text:
            continue
        if view.content(following).startswith(part):
            message = f"标题后半“{part[:12]}”与下段开头逐字相同，或是段首被误作标题"
            english = "the end of this head is repeated word for word by the paragraph below it"
            yield _suspicion(block, message, english)
            yield Suspicion(
                following.start, following.start + len(part), _KIND, message, english, Severity.WARNING
            )


def interrupted_lists(subject: Subject) -> Iterator[Suspicion]:
    """A numbered list that goes on behind a foreign head."""
    view = subject.view
    for index, block in view.of_type(BlockType.HEADING):
        if 0 < index < len(view.blocks) - 1:
            number = _FIRST_ITEM.match(view.content(view.blocks[index + 1]))
            last = _ITEM.findall(view.content(view.blocks[index - 1])) if number else []
            if number and last and int(number.group(1)) == int(last[-1]) + 1 and int(last[-1]) > 0:
                message = f"第{last[-1]}项与第{number.group(1)}项之间插入了“{view.content(block)[:12]}”"
                english = f"item {last[-1]} and item {number.group(1)} of a list are parted by a head"
                yield _suspicion(block, message, english)
