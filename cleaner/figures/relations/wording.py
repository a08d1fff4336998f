"""The text around figures: ranks whose figure is lost, sentences printed twice, words of size beside their figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cleaner.figures.relations.page import Draft, Page, is_quantity, is_rate
from cleaner.figures.relations.words import HAN, bare_name, compiled
from cleaner.figures.scan import with_line_feeds
from cleaner.model import Figure, Reason
from cleaner.packs.relations import RelationType, relation_types

_LONGEST = 20
"""Characters of the longest name of an indicator."""
_RISES = re.compile(r"[^，。；\d]{0,4}(?:增加|提高|增长|扩大|发展|提升)(?:到|至)")
_SHORTEST = 12
"""A sentence shorter than this may well be said twice."""
_TWICE = 2
"""A sentence that a reading machine repeats ten times is asked about once."""


def propose(page: Page) -> Iterator[Draft]:
    """orphan_indicator, repeated_text, qualitative_claim: questions to a reader, none of them certain."""
    yield from _ranked(page)
    yield from _repeated(page)
    yield from _doubled(page)
    yield from _shares(page)
    yield from _first(page)


def _asked(kind: str, members: tuple[Figure, ...], span: tuple[int, int], **detail: object) -> Draft:
    return Draft(kind, *span, members, False, Reason.SECOND_READING, detail)


def _ranked(page: Page) -> Iterator[Draft]:
    """X增速排名全市第1，Y增速全市第3: both have a figure in the paragraph, or one of them lost it."""
    kind = relation_types()["orphan_indicator"]
    before: list[tuple[re.Match[str], bool]] = []
    for found in _placed_by_growth(page.text, kind):
        if kind.excluded(found["name"]) or not page.in_prose(found.end() - 1):
            continue
        if before and page.sentence(found.end() - 1) != page.sentence(before[0][0].end() - 1):
            yield from _siblings(page, before)
            before = []
        before.append((found, _has_figure(page, bare_name(found["name"]), found.end() - 1)))
    yield from _siblings(page, before)


def _placed_by_growth(text: str, kind: RelationType) -> Iterator[re.Match[str]]:
    """X增速排名全市第1, from the mark before X on; looked for before each word of growth that has its place behind it."""
    pattern = compiled(
        rf"(?:^|[，、；。\n])(?P<name>[{HAN}“”]{{4,{_LONGEST}}}?){_of_growth(kind)}第[0-9一二三四五六七八九十]+"
    )
    end = 0
    for words in _before_a_rank(text, kind):
        floor = max(end, words.start() - _LONGEST - 1)
        start = max(floor, *(text.rfind(mark, floor, words.start()) for mark in "，、；。\n"))
        found = pattern.match(text, start)
        if found:
            end = found.end()
            yield found


def _of_growth(kind: RelationType) -> str:
    """增速排名全市, with all that may stand before a place of growth."""
    return f"{kind.words('growth')}{kind.words('placed')}?{kind.words('scope')}{kind.words('placed')}?"


def _before_a_rank(text: str, kind: RelationType) -> Iterator[re.Match[str]]:
    """The words of growth that have a place behind them, looked for before each 第 that follows a scope."""
    words = compiled(rf"{_of_growth(kind)}\Z")
    width = sum(max(map(len, kind.trigger[key])) for key in ("growth", "placed", "scope", "placed"))
    last = "".join(word[-1] for key in ("scope", "placed") for word in kind.trigger[key])
    for rank in compiled(rf"第(?<=[{last}].)(?=[0-9一二三四五六七八九十])").finditer(text):
        found = words.search(text, max(0, rank.start() - width), rank.start())
        if found:
            yield found


def _siblings(page: Page, ranked: list[tuple[re.Match[str], bool]]) -> Iterator[Draft]:
    if len(ranked) < 2 or not any(known for _, known in ranked):
        return
    for found, known in ranked:
        members = page.touching(found.end() - 1, found.end())
        span = found.start("name"), found.end()
        yield _asked("orphan_indicator", members, span, holds=known, name=bare_name(found["name"]))


def _has_figure(page: Page, name: str, position: int) -> bool:
    """Whether the paragraph prints an amount or a rate close behind the name of an indicator."""
    block = page.block(position)
    if block is None or len(name) < 3:
        return True
    start, end = max(block.start, position - 3000), min(block.end, position + 3000)
    figures = [f for f in page.within(start, end) if is_quantity(f) or is_rate(f)]
    starts = [f.clean_start for f in figures]
    for place in compiled(re.escape(name)).finditer(page.text, start, end):
        index = bisect_left(starts, place.end())
        if index < len(figures) and "。" not in page.text[place.end() : starts[index]]:
            between = page.text[place.end() : starts[index]]
            if len(between) <= 40 and not compiled(r"增速|增幅|总量|第").search(between):
                return True
    return False


def _repeated(page: Page) -> Iterator[Draft]:
    """A sentence with figures that stood word for word in its paragraph before."""
    kind = relation_types()["repeated_text"]
    seen: dict[tuple[int, str], int] = {}
    for start, end in _sentences_said_twice(page, kind):
        said = page.text[start:end].strip()
        block = page.block(start)
        if block is None or kind.excluded(said) or not page.in_prose(start):
            continue
        key = block.start, said
        seen[key] = seen.get(key, 0) + 1
        members = page.within(start, end)
        if seen[key] == _TWICE and members:
            yield _asked("repeated_text", members, (start, end))


def _sentences_said_twice(page: Page, kind: RelationType) -> Iterator[tuple[int, int]]:
    """Where sentences stand that are long enough and stand more than once in the text. Each ends in one mark."""
    parts = with_line_feeds(page.text, kind.trigger["end"]).split("\n")
    long = [part.strip() for part in parts if len(part) >= _SHORTEST]
    if len(set(long)) == len(long):
        return
    seen: set[str] = set()
    twice = {said for said in long if said in seen or seen.add(said)}  # type: ignore[func-returns-value]
    start = 0
    for part in parts:
        if len(part) >= _SHORTEST and len(said := part.strip()) >= _SHORTEST and said in twice:
            yield start, start + len(part)
        start += len(part) + 1


def _doubled(page: Page) -> Iterator[Draft]:
    """由a增加到b，实现翻番."""
    kind = relation_types()["qualitative_claim"]
    doubled = compiled(rf"[，、]?(?:实现)?(?:了)?{kind.words('doubled')}")
    for one, other in page.alike:
        if not _RISES.fullmatch(page.between(one, other)):
            continue
        tail = page.tail(other, 12)
        said = doubled.match(tail)
        if said and not kind.excluded(page.lead(one) + tail):
            span = one.clean_start, other.clean_end + said.end()
            yield _asked("qualitative_claim", (one, other), span, form="doubled", word=said.group())


def _shares(page: Page) -> Iterator[Draft]:
    """占比x%，过半; 普及率x%，实现全覆盖."""
    kind = relation_types()["qualitative_claim"]
    forms = [
        (form, compiled(rf"[，、](?:已|实现|实现了)?{kind.words(form)}"), compiled(named))
        for form, named in (("half", "占"), ("all", rf"{kind.words('rate')}(?:达到?|为|提高到|提升至)?$"))
    ]
    for rate in page.rates:
        if page.text[rate.clean_end : rate.clean_end + 1] not in ("，", "、"):
            continue
        lead, tail = page.lead(rate), page.tail(rate, 12)
        if kind.excluded(lead + tail) or rate.comparator != "=":
            continue
        for form, words, named in forms:
            said = words.match(tail)
            if said and named.search(lead):
                span = rate.clean_start, rate.clean_end + said.end()
                yield _asked("qualitative_claim", (rate,), span, form=form, word=said.group().lstrip("，、"))


def _first(page: Page) -> Iterator[Draft]:
    """位居全市第一（第3名）."""
    kind = relation_types()["qualitative_claim"]
    if "（第" not in page.text and "(第" not in page.text:
        return
    pattern = compiled(
        rf"{kind.words('placed')}[{HAN}]{{0,4}}(?P<word>{kind.words('first')})[（(]第(?P<n>[0-9]+)"
    )
    for found in pattern.finditer(page.text):
        members = page.touching(found.start("n"), found.end("n"))
        if members and page.in_prose(found.start()):
            yield _asked("qualitative_claim", members[:1], found.span(), form="first", word=found["word"])
