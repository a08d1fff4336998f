"""Wrapping text as page layout does, and restoring it with the packs that undo it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from support import ROOT

from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Cleaned, Document
from cleaner.packs.load import load_packs

_CLOSERS = "，。、；：！？”’）》％%"
_OPENERS = "“‘（《"


def packs(*names: str) -> RuleSet:
    """The rules of some packs of the project."""
    loaded = load_packs([ROOT / "rules" / name for name in names])
    return RuleSet.of(rule for pack in loaded for rule in pack.rules)


LAYOUT = packs("furniture", "reflow")


def run(text: str, rules: RuleSet = LAYOUT) -> Cleaned:
    """Restore ``text`` with the layout packs alone."""
    cleaned = restore(Document(doc="a.txt", text=text), rules, Settings())
    assert not cleaned.problems
    return cleaned


def restored(text: str) -> str:
    """The clean text of ``text`` after the layout packs."""
    return run(text).text


def columns(text: str) -> int:
    """Display columns: two for a full-width character."""
    return sum(2 if ord(c) > 0x2000 or c in "·×" else 1 for c in text)


def wrap(paragraph: str, width: int, first: int = 0) -> list[str]:
    """Break ``paragraph`` every ``width`` columns, ``first`` fewer on the first line, as typesetters do.

    Numbers stay whole, no closing mark starts a line and no opening mark ends one.
    """
    lines: list[str] = []
    line, room = "", width - first
    for token in re.findall(r"[0-9A-Za-z.%+]+|.", paragraph):
        if line and columns(line + token) > room and token not in _CLOSERS:
            carried = ""
            while line and line[-1] in _OPENERS:
                line, carried = line[:-1], line[-1] + carried
            lines.append(line)
            line, room = carried, width
        line += token
    return [*lines, line]


def wrapped(paragraphs: Sequence[str], width: int, indent: str = "none", gap: str = "\n") -> str:
    """Paragraphs as lines of ``width`` Han characters; ``indent`` is none, hidden (cut off) or visible."""
    lines: list[str] = []
    for paragraph in paragraphs:
        head, *tail = wrap(paragraph, 2 * width, 0 if indent == "none" else 4)
        lines += ["　　" + head if indent == "visible" else head, *tail]
    return gap.join(lines)


def ends(paragraphs: Sequence[str]) -> set[int]:
    """Where paragraphs end, counted in characters without white space."""
    found: set[int] = set()
    total = 0
    for paragraph in paragraphs:
        total += len("".join(paragraph.split()))
        found.add(total)
    return found


def lines_of_text(text: str) -> list[str]:
    """The non-blank lines of ``text``."""
    return [line for line in text.split("\n") if line.strip()]


def joins(paragraphs: Sequence[str], broken: str) -> tuple[int, int, int]:
    """Line ends of ``broken`` that a restoration has to join, that it joined, and that it should not have."""
    true, before = ends(paragraphs), ends(lines_of_text(broken))
    after = ends(lines_of_text(restored(broken)))
    return len(before - true), len((before - true) - after), len(true - after)
