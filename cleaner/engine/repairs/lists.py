"""A heading printed inside a numbered list that runs on in one paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from cleaner.engine.repairs.likeness import quoted
from cleaner.engine.view import View
from cleaner.model import BlockType, Candidate, Safety

_FIRST = regex.compile(r"([0-9]{1,2})[.．](?![0-9])")
_INNER = regex.compile(r"(?<=[。；：:])([0-9]{1,2})[.．](?![0-9])")
_BARE = 3
"""The level of a heading without a number of its own."""


def headings_in_lists(view: View, parameters: Mapping[str, Any]) -> Iterator[Candidate]:
    """Take a bare heading from between two items of one list, and close the list over it.

    The list stands inside a paragraph (…：1.…。2.…。): item n ends it, and n+1 opens the block behind the heading,
    with another item after it in the same block. The heading belongs to what follows the list if that is running
    text; else it is a line of the title of the list, and goes above that. Applied where the user asks for a new
    order (``reorder``); else a doubtful proposal.
    """
    del parameters
    for index, heading in view.of_type(BlockType.HEADING):
        if heading.level == _BARE and 0 < index < len(view.blocks) - 1 and _runs_on(view, index):
            why = f"{quoted(view.content(heading))}插在同一列表相连的两项之间"
            safety = None if view.reorder else Safety.DOUBTFUL
            yield from (
                Candidate(start, end, after, why=why, group=f"list-{index}", safety=safety)
                for start, end, after in _move(view, index)
            )


def _move(view: View, index: int) -> Iterator[tuple[int, int, str]]:
    """What leaves and what is put in: the heading with the gap on the side that it is parted from."""
    before, heading, after = view.blocks[index - 1 : index + 2]
    if index + 2 < len(view.blocks) and view.blocks[index + 2].type is BlockType.PARAGRAPH:
        yield before.end, heading.end, ""
        yield heading.end, after.start, ""
        yield after.end, after.end, view.text[before.end : heading.end]
        return
    top = index - 1
    while top and view.blocks[top - 1].type is BlockType.HEADING and view.blocks[top - 1].level == _BARE:
        top -= 1
    target = view.blocks[top].start
    yield before.end, heading.start, ""
    yield heading.start, after.start, ""
    yield target, target, view.text[heading.start : after.start]


def _runs_on(view: View, index: int) -> bool:
    """Whether the block behind the heading opens with the item after the last one before it."""
    before, after = view.content(view.blocks[index - 1]), view.content(view.blocks[index + 1])
    first = _FIRST.match(after)
    items = [int(n) for n in _INNER.findall(before)]
    inside = [int(n) for n in _INNER.findall(after)]
    if first is None or not items or items != list(range(1, len(items) + 1)):
        return False
    number = int(first.group(1))
    return number == items[-1] + 1 and inside[:1] == [number + 1] and before.endswith(("。", "；"))
