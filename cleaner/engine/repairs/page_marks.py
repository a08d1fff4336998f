"""The printed forms of a page number, on a line of their own and inside a line, and the sequence they stand in."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import median

import regex

_N = "[0-9０-９]{1,4}"
_HAN_N = "[0-9０-９]{1,4}|[〇零一二三四五六七八九十百]{1,5}"
_DASH = "[-－—–―‐−]"
_SPACE = r"[^\S\n]*"
_PAGE_OF = (
    rf"第{_SPACE}(?P<n>{_HAN_N}){_SPACE}页{_SPACE}[，,/、|]?{_SPACE}(?:共|总){_SPACE}(?:{_HAN_N}){_SPACE}页"
    rf"|共{_SPACE}(?:{_HAN_N}){_SPACE}页{_SPACE}[，,/、|]?{_SPACE}第{_SPACE}(?P<n>{_HAN_N}){_SPACE}页"
)
_LATIN_PAGE = rf"(?i:page){_SPACE}(?P<n>{_N})(?:{_SPACE}(?:of|/){_SPACE}{_N})?"
_WAVE = "[~～〜]"
_DASHED = rf"(?P<d>{_DASH}{{1,2}}|{_WAVE}){_SPACE}(?P<n>{_N}){_SPACE}(?P=d)"


class Form(IntEnum):
    """How far the form of a page number speaks for itself."""

    BARE = 0
    BRACKETED = 1
    SLASHED = 2
    DOTTED = 3
    PAGE = 4
    DASHED = 5
    PAGE_OF = 6

    @property
    def delimits_itself(self) -> bool:
        """Whether a line that holds nothing else can only be a page number."""
        return self >= Form.PAGE


_WHOLE_LINE = (
    (Form.PAGE_OF, regex.compile(rf"(?:{_PAGE_OF})")),
    (Form.PAGE, regex.compile(rf"第{_SPACE}(?P<n>{_HAN_N}){_SPACE}页|{_LATIN_PAGE}")),
    (Form.DASHED, regex.compile(_DASHED)),
    (Form.DOTTED, regex.compile(rf"(?P<d>[·•∙・.]){_SPACE}(?P<n>{_N}){_SPACE}(?P=d)")),
    (
        Form.SLASHED,
        regex.compile(rf"(?P<n>{_N}){_SPACE}[/／]{_SPACE}(?P<of>{_N})|(?i:p)[.．]?{_SPACE}(?P<n>{_N})"),
    ),
    (Form.BRACKETED, regex.compile(rf"[〔\[【〈<（(]{_SPACE}(?P<n>{_N}){_SPACE}[〕\]】〉>）)]")),
    (Form.BARE, regex.compile(rf"(?P<n>{_N})")),
)
_INSIDE = (
    (Form.PAGE_OF, regex.compile(_PAGE_OF)),
    (Form.DASHED, regex.compile(rf"(?<!{_DASH}|{_WAVE}){_DASHED}(?!{_DASH}|{_WAVE})")),
    (
        Form.PAGE,
        regex.compile(
            rf"(?<![A-Za-z]){_LATIN_PAGE}(?![A-Za-z0-9])|(?<![见在到至从于的载自])第{_SPACE}(?P<n>{_N}){_SPACE}页"
        ),
    ),
    (
        Form.DOTTED,
        regex.compile(rf"(?<=\p{{Han}}){_SPACE}·{_SPACE}(?P<n>[0-9]{{1,3}}){_SPACE}·{_SPACE}(?=\p{{Han}})"),
    ),
    # set off by blanks on both sides, in the midst of words: a note number stands close to its word
    (
        Form.BRACKETED,
        regex.compile(r"(?<=\p{Han}[ \u3000])[〔\[【](?P<n>[0-9]{1,3})[〕\]】](?=[ \u3000]\p{Han})"),
    ),
)
INSIDE = (
    rf"{_DASH}{_SPACE}{_N}{_SPACE}{_DASH}|{_WAVE}{_SPACE}{_N}{_SPACE}{_WAVE}|第{_SPACE}(?:{_HAN_N}){_SPACE}页|(?i:page){_SPACE}[0-9]|·{_SPACE}[0-9]{{1,3}}{_SPACE}·"
    r"|[〔\[【][0-9]{1,3}[〕\]】]"
)
"""What every page number inside a line holds."""
ALONE = r"[0-9０-９〇零一二三四五六七八九十百第页共总PpAaGgEeOoFf~～〜·•∙・.．/／|，,、—–―‐−－〔\[【〈<（(〕\]】〉>）) -]"
"""The characters, white space aside, of which a line that is a page number consists."""
_TRIGGER = regex.compile(INSIDE)
_HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page number: its form, its value, its place in the text, the block it stands in, alone or not.

    ``total`` is the number of pages where the mark names it (5/23).
    """

    form: Form
    number: int
    start: int
    end: int
    block: int
    alone: bool
    total: int = 0


def page_mark(line: str, start: int, block: int) -> PageMark | None:
    """The page number that ``line`` consists of, if it does; ``start`` is its offset."""
    if len(line) > 24:
        return None
    for form, pattern in _WHOLE_LINE:
        found = pattern.fullmatch(line)
        if found:
            total = found["of"] if form is Form.SLASHED else None
            return PageMark(form, _value(found["n"]), start, start + len(line), block, True, int(total or 0))
    return None


def marks_inside(line: str, start: int, block: int) -> Iterator[PageMark]:
    """Self-delimiting page numbers inside a line that holds other text too, from left to right."""
    if not _TRIGGER.search(line):
        return
    taken = 0
    found = sorted(
        (match.start(), -match.end(), form, match)
        for form, pattern in _INSIDE
        for match in pattern.finditer(line)
    )
    for left, _, form, match in found:
        if left >= taken:
            taken = match.end()
            yield PageMark(form, _value(match["n"]), start + left, start + taken, block, False)


def _value(written: str) -> int:
    """The number as an integer; Chinese numerals up to 999."""
    if written[0].isdigit():
        return int(written)
    total, digit = 0, 0
    for char in written:
        if char in "十百":
            total += max(digit, 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = 10 * digit + _HAN_DIGITS[char]
    return total + digit


def in_sequence(marks: Sequence[PageMark]) -> set[int]:
    """Indices of the marks that belong to the longest run of rising numbers, if it has two or more.

    Patience sorting: O(k log k) for k marks.
    """
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, mark in enumerate(marks):
        at = bisect_left(tops, mark.number)
        before.append(tails[at - 1] if at else -1)
        if at == len(tops):
            tops.append(mark.number)
            tails.append(index)
        else:
            tops[at] = mark.number
            tails[at] = index
    if len(tails) < 2:
        return set()
    chain: set[int] = set()
    index = tails[-1]
    while index >= 0:
        chain.add(index)
        index = before[index]
    return chain


def evenly_spaced(marks: Sequence[PageMark], least: int) -> bool:
    """Whether rising marks stand a page apart: one to three numbers on, ``least`` characters and more, evenly."""
    steps = [(b.number - a.number, b.start - a.start) for a, b in itertools.pairwise(marks)]
    if not steps or median(n for n, _ in steps) > 2:
        return False
    pages = [distance / max(n, 1) for n, distance in steps]
    middle = median(pages)
    even = sum(1 for p in pages if middle / 3 <= p <= 3 * middle)
    return middle >= least and even >= 0.8 * len(pages)
