"""When are two blocks the same text: what is compared, and what is left out of the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import regex

from cleaner.engine.view import View
from cleaner.model import Block, BlockType, Candidate, Safety

Codes = npt.NDArray[np.uint32]

VERBATIM = 40
"""So many characters in a row do not come twice by chance: a copy of that length is malformed on its face."""

SENTENCE_ENDS = "。！？；!?;"
CLOSERS = SENTENCE_ENDS + '：:.…”’"）)》」』】〕]｝}—~'
PROSE = frozenset({BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.HEADING})
"""Blocks that can hold running text; a short cut paragraph is typed as a heading on its face."""

_WITH_STOP = frozenset({BlockType.CAPTION, BlockType.SIGNATURE})

_LABELLED = regex.compile(r"[（(【]?[\p{Han}]{2,6}[：:]")
_FORMULA = regex.compile(r"甲方|乙方|本合同|本协议|本作品|本人承诺|特此")
_RESIDUE = regex.compile(r"[\s　*#]+")


def codes(text: str) -> Codes:
    """The code points of ``text``, one number each."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def key(text: str) -> str:
    """What is compared: a text without white space and marks of emphasis."""
    return str(_RESIDUE.sub("", text))


def recurs_by_design(text: str) -> bool:
    """Whether a line may be printed twice on purpose: of a form (责任单位：), a legal formula, a quotation."""
    if _LABELLED.match(text) or _FORMULA.search(text):
        return True
    return text.startswith("“") and text.endswith("”")


def is_prose(block: Block, text: str) -> bool:
    """Whether a block can hold running text; of a caption, or of what looks like a date line, if it has a full stop."""
    return block.type in PROSE or (block.type in _WITH_STOP and "。" in text)


def is_sentence(text: str) -> bool:
    """Whether a line is running text: it holds a full stop, or is long and has several commas."""
    inner = text[:-1]
    if any(mark in inner for mark in "。！？；"):
        return True
    return len(text) >= 60 and inner.count("，") + inner.count(",") >= 2


def is_cut(text: str) -> bool:
    """Whether running text stops without a mark that can end it."""
    text = text.rstrip("*")
    return bool(text) and text[-1] not in CLOSERS and is_sentence(text)


def removal(blocks: Sequence[Block], first: int, last: int) -> tuple[int, int]:
    """The range to delete for blocks ``first`` to ``last``: with the gap before them, or after if they lead."""
    if first:
        return blocks[first - 1].end, blocks[last].end
    following = blocks[last + 1].start if last + 1 < len(blocks) else blocks[last].end
    return blocks[first].start, following


def removals(view: View, doomed: Iterable[tuple[int, str, Safety | None]]) -> Iterator[Candidate]:
    """Deletions of blocks (index, why, safety); neighbours of one safety go as one."""
    ordered = sorted(doomed, key=lambda item: item[0])
    start = 0
    for stop in range(1, len(ordered) + 1):
        index, why, safety = ordered[start]
        last = ordered[stop - 1]
        together = stop < len(ordered) and ordered[stop][0] == last[0] + 1 and ordered[stop][2] == safety
        if not together:
            low, high = removal(view.blocks, index, last[0])
            yield Candidate(low, high, "", why=why, safety=safety)
            start = stop


def quoted(text: str, length: int = 10) -> str:
    """The beginning of a text, for a reader who looks for it."""
    return f"“{text[:length]}…”" if len(text) > length else f"“{text}”"
