"""Damage to paragraphs: set in lines, cut by a page end, cut with the tail elsewhere."""

from __future__ import annotations

import random
from collections.abc import Iterator

import regex

from cleaner.model import BlockType
from cleaner.offsets import Span
from cleaner.reading.blocks import parse_blocks
from cleaner.testing.damage.planted import Change
from cleaner.testing.damage.sites import all_lines, breakable, midst, paragraphs, separator

INDENT = "　　"
_UNIT = regex.compile(r"[0-9A-Za-z.+%×]+|——|……|.", regex.DOTALL)
_NEVER_FIRST = frozenset("，。；：、！？”’）》%!,)")
_NEVER_LAST = frozenset("“‘（《(")
_MARKS = ("\n\n", "\n\n", "\n\n", "\n", "\n")


def set_apart(text: str, rng: random.Random) -> str:
    """``text`` with its paragraphs set apart in one of the ways that wrapped documents have."""
    mark = rng.choice(_MARKS)
    return mark.join(text[b.start : b.end] for b in parse_blocks(text)) + text[len(text.rstrip("\n")) :]


def hard_wraps(text: str, rng: random.Random, density: float) -> Iterator[Change]:  # noqa: ARG001
    """A line end every 26 to 34 columns throughout. A text that is set in lines has no density of them.

    Three in four documents are broken as typesetters do (no mark at the head of a line, no figure cut, the
    first line of a paragraph two columns shorter), the others after a fixed number of columns. In two of five
    the first lines still show the indent that makes them shorter.
    """
    columns = rng.randint(26, 34)
    typeset = rng.random() < 0.75
    indent = INDENT if rng.random() < 0.4 else ""
    first = 2 if indent or (typeset and rng.random() < 0.7) else 0
    indented = _first_lines(text) if indent else frozenset()
    ends = "\n" if separator(text) == "\n" or rng.random() < 0.35 else "\n\n"
    for span in all_lines(text):
        line = text[span.start : span.end]
        if "\t" in line or line.startswith(("<", "![")):
            continue
        if span.start in indented:
            yield Change(span.start, span.start, indent, "indent")
        for at in _line_ends(line, columns, first if len(line) > columns else 0, typeset):
            yield Change(span.start + at, span.start + at, ends, f"{columns} columns")


def _first_lines(text: str) -> frozenset[int]:
    """Where paragraphs begin that a typesetter indents: all from the first that is no heading, but signatures."""
    blocks = parse_blocks(text)
    body = next((i for i, b in enumerate(blocks) if b.type is not BlockType.HEADING), 0)
    return frozenset(b.start for b in blocks[body:] if b.type is not BlockType.SIGNATURE)


def _line_ends(line: str, columns: int, first: int, typeset: bool) -> Iterator[int]:
    """Positions in ``line`` before which a new printed line begins; ASCII is half a column wide."""
    room = 2 * (columns - first)
    start = at = 0
    units = _UNIT.findall(line) if typeset else list(line)
    for index, unit in enumerate(units):
        width = sum(1 if char.isascii() else 2 for char in unit)
        if room < width and at > start and not (typeset and unit in _NEVER_FIRST):
            carried = units[index - 1] if typeset and units[index - 1] in _NEVER_LAST else ""
            start = at - len(carried)
            yield start
            room = 2 * columns - 2 * len(carried)
        room -= width
        at += len(unit)


def cut_paragraphs(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """``density`` paragraphs of the document are cut in two in the middle of a sentence."""
    mark = separator(text)
    for span in _draw(paragraphs(text, 60), rng, density):
        at = _cut(text, span, rng)
        if at is not None:
            yield Change(at, at, mark, "in a clause" if text[at - 1] not in "，、；：" else "after a mark")


def moved_blocks(text: str, rng: random.Random, density: float) -> Iterator[Change]:
    """``density`` paragraphs are cut, and the tail turns up one to five blocks later, a block of its own."""
    spans = all_lines(text)
    order = {span: i for i, span in enumerate(spans)}
    mark = separator(text)
    cut: set[int] = set()
    for number, span in enumerate(_draw(paragraphs(text, 80), rng, density)):
        at = _cut(text, span, rng)
        later = range(order[span] + 1, min(order[span] + 6, len(spans)))
        places = [i for i in later if i not in cut]
        if at is None or not places or order[span] in cut:
            continue
        place = rng.choice(places)
        cut |= {order[span], place}
        kind, group = f"{place - order[span]} later", f"move {number}"
        yield Change(at, span.end, "", kind, group)
        yield Change(spans[place].end, spans[place].end, mark + text[at : span.end], kind, group)


def _draw(spans: list[Span], rng: random.Random, density: float) -> list[Span]:
    return sorted(rng.sample(spans, min(len(spans), round(density))))


def _cut(text: str, span: Span, rng: random.Random) -> int | None:
    places = [p for p in midst(text, span) if breakable(text, p)]
    return rng.choice(places) if places else None
