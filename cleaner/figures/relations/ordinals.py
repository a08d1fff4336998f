"""Sequences that count themselves: headings 一、（一）1., 一是…二是…, and the count that announced them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cleaner.figures.relations.page import Draft, Page
from cleaner.figures.relations.words import HAN, NUMERAL, compiled, whole_number
from cleaner.figures.scan import found_from
from cleaner.model import Block, BlockType, Reason
from cleaner.packs.relations import relation_types

_NUMERALS = "一二三四五六七八九十百"
_MARKERS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (0, "{}编", compiled(rf"第([{_NUMERALS}]+)编")),
    (1, "第{}章", compiled(rf"第([{_NUMERALS}]+)章")),
    (2, "第{}节", compiled(rf"第([{_NUMERALS}]+)节")),
    (3, "{}、", compiled(rf"([{_NUMERALS}]+)、(?![{_NUMERALS}]、)")),
    (4, "（{}）", compiled(rf"[（(]([{_NUMERALS}]+)[)）]")),
    (5, "{}.", compiled(r"([0-9]{1,2})(?:[.．](?![0-9](?![0-9]*[个大项种条月]))|、(?![0-9]))")),
    (6, "（{}）", compiled(r"[（(]([0-9]{1,2})[)）]")),
)
"""Marker styles from the top of a document down; a style restarts below any style that stands above it."""
_BEGUN = {
    first: tuple(_MARKERS[style] for style in styles)
    for firsts, styles in (("第", (0, 1, 2)), (_NUMERALS, (3,)), ("（(", (4, 6)), ("0123456789", (5,)))
    for first in firsts
}
"""The markers by the character that they begin with."""

_SPOKEN = re.compile(
    rf"[第{_NUMERALS}](?:(?<=[。；;：:，,！!\n\s].)|(?<=\A.))"
    rf"(?:(?<=第)(?P<second>[{_NUMERALS}]{{1,3}})，|(?<=(?P<first>[{_NUMERALS}]))(?P<rest>[{_NUMERALS}]{{0,2}})(?P<word>[是要]))(?=[{HAN}])"
)
"""一是, 一要 and 第一， at the head of a clause."""
_SPOKEN_WORDS = tuple(re.compile(rf"{word}(?<=[{_NUMERALS}].)(?=[{HAN}])") for word in "是要")
_SPOKEN_SECOND = re.compile(rf"第(?=[{_NUMERALS}]{{1,3}}，)")
_ITEM = re.compile(r"(?<![0-9])([1-9][0-9]?)[.．]")
_POINT = re.compile(r"\.(?<=[0-9].)(?![0-9])")


@dataclass(slots=True)
class _Run:
    """One sequence of headings of one style below one parent."""

    style: int
    form: str
    numbers: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def propose(page: Page) -> Iterator[Draft]:
    """heading_numbering, and enumerated_count for what headings and 一是 spell out."""
    for run in _in_order(_heading_runs(page)):
        yield from _numbering(page, run)
        yield from _announced(page, run.spans[0][0], run.numbers, "headings")
    yield from _spoken(page)
    yield from _numbered(page)


def _marker(page: Page, block: Block) -> tuple[int, str, int, int] | None:
    """Style, printed form, number and width of the marker at the start of a block."""
    for style, form, pattern in _BEGUN.get(page.text[block.start], ()):
        found = pattern.match(page.text, block.start, block.end)
        if found:
            number = whole_number(found.group(1))
            return None if number is None else (style, form, number, found.end())
    return None


def _heading_runs(page: Page) -> list[_Run]:
    """Cut the marked blocks into runs: a new parent, or a restart at 1, begins a new run of a style."""
    done: list[_Run] = []
    open_runs: dict[int, _Run] = {}
    for block in page.cleaned.blocks:
        if block.type in {BlockType.TABLE_CELL, BlockType.CAPTION, BlockType.FURNITURE}:
            continue
        marker = _marker(page, block)
        if marker is None:
            continue
        style, form, number, end = marker
        for lower in [s for s in open_runs if s > style]:
            done.append(open_runs.pop(lower))
        run = open_runs.get(style)
        if run is None or number <= run.numbers[-1]:
            if run is not None:
                done.append(run)
            run = open_runs[style] = _Run(style, form)
        run.numbers.append(number)
        run.spans.append((block.start, end))
    return sorted([*done, *open_runs.values()], key=lambda r: r.spans[0])


def _in_order(runs: list[_Run]) -> Iterator[_Run]:
    """The runs; where neighbours of one style hold each number once, blocks have moved and nothing is lost."""
    index = 0
    while index < len(runs):
        stop = _shuffled(runs, index)
        if stop == index + 1:
            yield runs[index]
        index = stop


def _shuffled(runs: list[_Run], index: int) -> int:
    """End of the shortest group of runs from ``index`` on that is 1, …, n in another order, or ``index + 1``."""
    style, numbers = runs[index].style, list(runs[index].numbers)
    for stop in range(index + 1, min(index + 6, len(runs))):
        if not _missing(numbers) or runs[stop].style != style:
            break
        numbers += runs[stop].numbers
        if sorted(numbers) == list(range(1, len(numbers) + 1)):
            return stop + 1
    return index + 1


def _numbering(page: Page, run: _Run) -> Iterator[Draft]:
    """The run itself where it is whole; otherwise each gap, at the marker behind it."""
    missing = _missing(run.numbers)
    if not missing:
        if len(run.numbers) > 1:
            span = run.spans[0][0], run.spans[-1][1]
            detail = {"form": run.form, "numbers": tuple(run.numbers), "missing": ()}
            yield Draft("heading_numbering", *span, page.touching(*run.spans[0]), detail=detail)
        return
    # A style of arabic numerals also opens lists that are quoted in part: only Chinese numerals are certain.
    certain = run.style < 5 and len(missing) <= max(6, len(run.numbers))
    reason = None if certain else Reason.SECOND_READING
    for before, after, span in zip([0, *run.numbers], run.numbers, run.spans, strict=False):
        lost = [run.form.format(_chinese(n) if run.style < 5 else n) for n in range(before + 1, after)]
        if lost:
            detail = {"form": run.form, "numbers": tuple(run.numbers), "missing": tuple(lost)}
            yield Draft("heading_numbering", *span, page.touching(*span), certain, reason, detail)


def _missing(numbers: list[int]) -> list[int]:
    return [n for n in range(1, numbers[-1] + 1) if n not in set(numbers)]


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def _announcement(page: Page, start: int) -> tuple[int, int, int] | None:
    """The count that closes the text before ``start`` (做好以下九个方面工作：), with its place; None without one."""
    nouns = relation_types()["enumerated_count"].words("aspect")
    counted = rf"(?:[件个项大条][^，。；：\n0-9“”]{{0,6}}?{nouns}|个?方面的?(?![采进开入发着])[^，。；：\n0-9“”]{{0,6}}|点)"
    pattern = compiled(rf"(?<![“‘第0-9{_NUMERALS}])(?P<n>{NUMERAL}){counted}[：:。]?\s*$")
    floor = max(0, start - 60)
    found = pattern.search(page.text[floor:start])
    stated = whole_number(found["n"]) if found else None
    if found is None or stated is None or not 2 <= stated <= 30:
        return None
    return stated, floor + found.start(), floor + len(found.string[: found.end()].rstrip())


def _announced(page: Page, start: int, numbers: list[int], form: str) -> Iterator[Draft]:
    """A count against the sequence that follows it."""
    announced = _announcement(page, start)
    if announced is None or numbers[0] != 1:
        return
    stated, begin, end = announced
    certain = not _missing(numbers)
    reason = None if certain else Reason.SECOND_READING
    detail = {"form": form, "stated": stated, "readings": (numbers[-1],), "items": ()}
    yield Draft("enumerated_count", begin, end, page.touching(begin, end), certain, reason, detail)


def _numbered(page: Page) -> Iterator[Draft]:
    """6件民生实事：1.…2.…, where the numerals stand inside a paragraph: only what was announced is counted."""
    run: list[tuple[int, int]] = []
    for found in _items(page.text):
        number = int(found[1])
        if number != 1 and number != len(run) + 1:
            continue
        if not _after_a_mark(page.text, found.start()):
            continue
        if number == 1:
            yield from _announced_run(page, run)
            run = []
        if number == len(run) + 1:
            run.append((number, found.start()))
    yield from _announced_run(page, run)


def _items(text: str) -> Iterator[re.Match[str]]:
    """1. and 12. that no digit follows, looked for before each point."""
    for point in _POINT.finditer(text.replace("．", ".")):
        found = _ITEM.search(text, max(0, point.start() - 2), point.end())
        if found:
            yield found


def _after_a_mark(text: str, place: int) -> bool:
    """Whether only blanks stand between ``place`` and a mark, a line feed or the start of the text."""
    while place and text[place - 1].isspace() and text[place - 1] != "\n":
        place -= 1
    return not place or text[place - 1] in "：:。；\n"


def _announced_run(page: Page, run: list[tuple[int, int]]) -> Iterator[Draft]:
    if len(run) > 1 and page.text[max(0, run[0][1] - 1)] != "\n":
        yield from _announced(page, run[0][1], [number for number, _ in run], "items")


def _spoken(page: Page) -> Iterator[Draft]:
    """一是…二是…: each sequence, its gaps, and the N件 that announced it."""
    run: list[tuple[int, int, int, str]] = []
    for found in found_from(_SPOKEN, page.text, _spoken_starts(page.text)):
        number = whole_number(found["second"] or found["first"] + found["rest"])
        if number is None:
            continue
        word = found["word"] or "第，"
        item = (number, found.start(), found.end(), word)
        if run and (number <= run[-1][0] or word != run[-1][3] or found.start() - run[-1][2] > 1500):
            yield from _sequence(page, run)
            run = []
        if run or number == 1:
            run.append(item)
    yield from _sequence(page, run)


def _spoken_starts(text: str) -> list[int]:
    """Where 一是, 一要 and 第一， may begin; looked for by their words, which are rarer than numerals."""
    starts = [found.start() for found in _SPOKEN_SECOND.finditer(text)]
    for word in _SPOKEN_WORDS:
        for found in word.finditer(text):
            place = found.start() - 1
            while place and text[place - 1] in _NUMERALS:
                place -= 1
            starts.append(place)
    return sorted(starts)


def _sequence(page: Page, run: list[tuple[int, int, int, str]]) -> Iterator[Draft]:
    if len(run) < 2:
        return
    numbers = [item[0] for item in run]
    missing = _missing(numbers)
    word = run[0][3]
    detail = {
        "form": "{}" + word,
        "numbers": tuple(numbers),
        "missing": tuple(_chinese(n) + word for n in missing),
    }
    certain = len(missing) <= len(numbers)
    reason = None if certain else Reason.SECOND_READING
    members = page.touching(run[0][1], run[0][2])
    yield Draft("heading_numbering", run[0][1], run[-1][2], members, certain, reason, detail)
    yield from _announced(page, run[0][1], numbers, "items")
