"""Page matter in the running text: page numbers and running heads, once a page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from cleaner.testing.damage.planted import Change
from cleaner.testing.damage.sites import all_lines, breakable, paragraphs, separator, weighted

NUMBER_STYLES = (
    "- {n} -",
    "— {n} —",
    "－{n}－",
    "第 {n} 页",
    "第{n}页 共{last}页",
    "{n}/{last}",
    "Page {n}",
    "{n}",
)
"""Eight ways to print the number of a page."""
_INVENTED = (
    "云泽县政府工作报告",
    "柳溪县第十七届人民代表大会文件",
    "岚川日报 2025年1月25日",
    "政府工作报告",
    "青岗县工作简报",
)
_COUNTED = ("{head} {n}", "{head}  - {n} -", "{n} {head}", "{head} 第{n}页")
_NUMBER_PLACES = (("between", 4), ("cut", 4), ("inline", 2))
_HEAD_PLACES = (("between", 4), ("cut", 5), ("inline", 1))


@dataclass(frozen=True, slots=True)
class _Page:
    """The end of a page: where, and whether it falls between lines, cuts a sentence, or runs on in the line."""

    position: int
    place: str


def page_numbers(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """A number at the end of every page, in one style, in sequence. ``density`` sets the length of a page."""
    style = rng.choice(NUMBER_STYLES)
    first = rng.choice([1, 1, 1, 2, rng.randint(3, 40)])
    pages = _pages(text, rng, density, _NUMBER_PLACES)
    last = first + len(pages)
    gap = rng.choice(["", "", "\n"])
    for number, page in enumerate(pages, first):
        yield _printed(text, page, style.format(n=number, last=last), gap, rng)


def running_heads(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """A head on every page, with or without a counter; in long documents left and right pages may differ."""
    heads = _heads(text, rng)
    form = rng.choice([*_COUNTED, "{head}", "{head}", "{head}", "{head}"])
    places = _HEAD_PLACES if "{n}" in form else _HEAD_PLACES[:2]
    pages = _pages(text, rng, density, places)
    if len(pages) < 8:
        heads = heads[:1]
    for number, page in enumerate(pages, rng.choice([1, 2, rng.randint(3, 40)])):
        yield _printed(text, page, form.format(head=heads[number % len(heads)], n=number), "", rng)


def _heads(text: str, rng: random.Random) -> list[str]:
    lines = all_lines(text)
    title = text[lines[0].start : lines[0].end] if lines else ""
    names = [title] if 4 <= len(title) <= 24 and not title.endswith(("：", "。")) else []
    first = rng.choice([*names * 2, *_INVENTED])
    others = [name for name in _INVENTED if name != first]
    return [first, rng.choice(others)] if rng.random() < 0.2 else [first]


def _pages(text: str, rng: random.Random, density: float, places: tuple[tuple[str, int], ...]) -> list[_Page]:
    """The ends of the pages of ``text``: even, but for a fifth of a page either way."""
    length = 10_000 / density
    lines = all_lines(text)
    wrapped = median([len(span) for span in paragraphs(text, 1)] or [0]) < 40
    ends = [span.end for span in lines[:-1]]
    inner = sorted(p for span in paragraphs(text, 60) for p in range(span.start + 12, span.end - 12))
    found: list[_Page] = []
    target = length
    while target < len(text) - length / 5:
        place = "between" if wrapped else weighted(rng, places)
        wish = int(target + rng.uniform(-0.2, 0.2) * length)
        page = _page_at(text, wish, place, ends, inner)
        if page and (not found or page.position > found[-1].position + length / 4):
            found.append(page)
        target += length
    return found


def _page_at(text: str, wish: int, place: str, ends: list[int], inner: list[int]) -> _Page | None:
    if place == "between":
        return _Page(min(ends, key=lambda p: abs(p - wish)), place) if ends else None
    near = (p for p in sorted(inner, key=lambda p: abs(p - wish))[:200] if breakable(text, p))
    position = next(near, None)
    return None if position is None else _Page(position, place)


def _printed(text: str, page: _Page, line: str, gap: str, rng: random.Random) -> Change:
    at, mark = page.position, separator(text)
    if page.place == "between":
        return Change(at, at, mark + gap + line, "between")
    if page.place == "cut":
        return Change(at, at, mark + gap + line + mark, "cut")
    bare = line.isdigit() or text[at - 1].isascii() or text[at].isascii()
    space = " " if bare or rng.random() < 0.5 else ""
    return Change(at, at, space + line + space, "inline")
