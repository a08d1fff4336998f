"""What must stand in a text before a structural repair can find anything in it: cheap to see, and true of few texts.

A repair by code has no pattern from which a filter could be derived, so its condition is written down here as a
pattern for RE2. Each is necessary and none is sufficient; a repair that is not listed is
always asked. Tests hold that repairs propose nothing where their condition fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from cleaner.engine.prefilter import HAN, SPACES
from cleaner.engine.repairs.likeness import codes
from cleaner.engine.repairs.page_marks import ALONE, INSIDE
from cleaner.engine.view import View
from cleaner.packs.grammar import Method, Rule

_GAP = r"[ \x{3000}]"
_PAGE_NUMBER = rf"(?m:^)(?:{ALONE}|[{SPACES}])+(?m:$)|" + INSIDE.replace(r"[^\S\n]", f"[{SPACES}]")
_FILTERS: Mapping[str, str] = {
    "spaces.letter_spaced": rf"[{HAN}]{_GAP}+[{HAN}]{_GAP}+[{HAN}]",
    "spaces.between_han": rf"[{HAN}，、；：。！？”’）]{_GAP}+[{HAN}“‘《（]",
    "spaces.beside_latin": rf"[{HAN}，。；：、（“”）] +[A-Z]|[A-Z][A-Za-z0-9.+/&-]* +[{HAN}，。；：、）”]",
    "blank.trailing_spaces": rf"[{SPACES}](?:\n|\z)",
    "blank.odd_spaces": r"[\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}]",
    "blank.blank_line_runs": r"\n\n(?:\n|\z)",
    "blank.leading_blank_lines": rf"\A[\n{SPACES}]",
    "furniture.page_numbers": _PAGE_NUMBER,
    "lists.headings_in_lists": r"[。；：:][0-9]{1,2}[.．]",
    "markup.bold_marks": r"\*|__",
    "markup.heading_marks": "#",
    "markup.image_links": r"!\[|<",
    "markup.code_fences": "```",
    "markup.html_tables": "<",
    "markup.html_tags": "<",
    "markup.html_entities": "&",
    "markup.latex_numbers": r"\$|\\\(",
    "width.straight_quotes": '"',
    "width.full_width": r"[\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}\x{ff0e}]",
}
"""Patterns of repairs whatever their parameters."""


def text_filter(rule: Rule) -> str | None:
    """A pattern for RE2 without which a repair proposes nothing: on a line or, of :func:`reads_gaps`, in a text."""
    return _FILTERS.get(rule.code)


def reads_gaps(rule: Rule) -> bool:
    """Whether a repair is about the white space around lines, which no line holds."""
    return rule.code.startswith("blank.")


def reads_lines(rule: Rule) -> bool:
    """Whether a repair looks at one line by itself, so that others need not be shown to it."""
    return rule.code in _OF_LINES


_OF_LINES = frozenset({"spaces.letter_spaced", "spaces.between_han"})


_HAN_BLOCK = range(0x4E00, 0xA000)


@cache
def _foreign(also: str) -> npt.NDArray[np.bool_]:
    """For every character of the first plane: is it none of simplified printing (GB 2312), or one of ``also``?"""
    han = "".join(map(chr, _HAN_BLOCK))
    flags = np.zeros(0x10000, dtype=np.bool_)
    flags[_HAN_BLOCK.start : _HAN_BLOCK.stop] = True
    flags[codes(han.encode("gb2312", "ignore").decode("gb2312"))] = False
    flags[codes(also)] = True
    return flags


def may_fire(rule: Rule, view: View) -> bool:
    """Whether a conversion of script can find anything on ``view``; of any other rule nothing is said here."""
    if rule.by is not Method.OPENCC:
        return True
    given = rule.parameters
    also = f"{given.get('also', '')}{given.get('in_words', '')}"
    points = codes(view.text)
    return bool(_foreign(also)[np.where(points < 0x10000, points, 0)].any())
