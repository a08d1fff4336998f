"""What speaks for and against one block going on with another, as numbers: how they are weighed was fitted.

The traits of a joint: the odds of its characters (:mod:`cleaner.engine.repairs.joints`), what the document itself
repeats, quotation marks, the shape of the tail and of the head, and whether both speak of the same matter, by itself
and beside the other blocks near by. The weights (``data/halves.txt``) are a logistic regression over documents
whose tables were counted without them (``benchmarks/restoration/fit_halves.py``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import regex

from cleaner.engine.repairs.bonds import bonds
from cleaner.engine.repairs.joints import Joints
from cleaner.engine.repairs.openness import balanced, starts_open
from cleaner.engine.repairs.runs import Runs
from cleaner.engine.repairs.seams import (
    Ending,
    addresses,
    article,
    begins_block,
    ending,
    opens_with_head,
)
from cleaner.engine.repairs.topics import direction, likeness
from cleaner.engine.view import View
from cleaner.model import BlockType
from cleaner.reading.blocks import heading_level

REACH = 8
"""How many blocks further down a tail is looked for."""

RUNNING = frozenset({BlockType.PARAGRAPH, BlockType.HEADING, BlockType.LIST_ITEM})
"""Types that a half may have: a cut paragraph without a full stop looks like a heading."""

_LONG = 45
"""Characters of a paragraph whose head tells how paragraphs of the document begin."""

_LEARNT = 60_000
"""Characters from which a document's own runs are learnt: more of them would cost more than they teach."""

_USUAL, _MOST_ODDS, _NEAR = 100, 8.0, 6
_STOP = regex.compile(r"[。！？；]")
_UNIT = regex.compile(
    r"[万亿]{1,2}(?:元|吨|亩|人|户|斤|公斤|千瓦|平方米|立方米|公里|件|名)|元[，、。；]|[%％‰]"
)
"""What stands behind a digit and nowhere else."""
_FIRST_MARK = regex.compile(r"[，。；、：！？]")
_CLAUSE = 15

Traits = dict[str, float]

_GOES_ON = ("first goes on", "second goes on", "third goes on")
_BOUND = ("first is bound", "second is bound")
"""Of the first characters of a tail: how much likelier after the head than as a head itself, than anywhere."""


@dataclass(frozen=True)
class Reading:
    """What is known of a document before its joints are weighed; built once a view."""

    view: View
    joints: Joints
    model: Runs

    @classmethod
    def of(cls, view: View) -> Reading:
        """Learn what follows what in the document, and how its paragraphs begin."""
        texts = [t for b, t in zip(view.blocks, view.texts, strict=True) if b.end <= _LEARNT]
        return cls(view, Joints.of_view(view, _LONG, _LEARNT), Runs.of(texts))

    def content(self, index: int) -> str:
        """The characters of block ``index``."""
        return self.view.content(self.view.blocks[index])

    def candidates(self, head: int) -> Iterator[tuple[int, Traits]]:
        """The blocks below ``head`` that may go on with it, each with its traits."""
        blocks = self.view.blocks
        near = range(head + 1, min(head + 1 + REACH, len(blocks)))
        digit = self.content(head)[-1].isdigit()
        tails = [t for t in near if blocks[t].type in RUNNING and (digit or not _UNIT.match(self.content(t)))]
        if not tails:
            return
        matter = direction(self.content(head))
        same = [likeness(matter, direction(self.content(tail))) for tail in tails]
        for tail, likes in zip(tails, same, strict=True):
            traits = self._joint(head, tail) | self._steps(head, tail) | self._tail(tail)
            traits |= _head(self.content(head))
            traits["next"] = float(tail == head + 1)
            traits["far"] = float(max(0, tail - head - _NEAR))
            traits["matter"] = likes
            traits["matter here"] = likes - sum(same) / len(same)
            yield tail, traits

    def _joint(self, head: int, tail: int) -> Traits:
        left, right = self.content(head), self.content(tail)
        odds = self.joints.odds(left, right)
        runs = left[-2:] + right[0], left[-1] + right[:2]
        return {
            "odds": max(-_MOST_ODDS, min(_MOST_ODDS, odds.afresh)) if odds else 0.0,
            "odds of a stray": odds.stray if odds else 0.0,
            "number or unknown": float(odds is None),
            "known run": float(sum(run in bonds().trigrams for run in runs)),
            "own pair": float(min(3, self.model.own(left[-1] + right[0]))),
            "own run": float(min(2, sum(map(self.model.own, runs)))),
            "other neighbour": float(bonds().forbids(left, right)),
            "open quotation": float(not balanced(left + right)),
            "closed quotation": float(not balanced(left) and not balanced(right) and balanced(left + right)),
            "enumeration": float("、" in left[-12:-1] and _enumerates(right)),
        }

    def _steps(self, head: int, tail: int) -> Traits:
        steps = self.model.steps(self.content(head), self.content(tail))
        found: Traits = dict.fromkeys(_GOES_ON + _BOUND, 0.0)
        found.update((name, step.goes_on - step.begins) for name, step in zip(_GOES_ON, steps, strict=False))
        found.update((name, step.goes_on - step.anywhere) for name, step in zip(_BOUND, steps, strict=False))
        return found

    def _tail(self, tail: int) -> Traits:
        text = self.content(tail)
        kind = self.view.blocks[tail].type
        mark = _FIRST_MARK.search(text)
        return {
            "heading": float(kind is BlockType.HEADING),
            "list item": float(kind is BlockType.LIST_ITEM),
            "begins": float(begins_block(text) or addresses(text) or article(text)),
            "begins clauses": float(text[:2] in bonds().starts),
            "bound to a character": float(text[:2] in bonds().before),
            "starts open": float(starts_open(text)),
            "run-in head": float(opens_with_head(text)),
            "first clause": min(_CLAUSE, mark.start() if mark else len(text)) / _CLAUSE,
            "stops open": float(ending(text) not in {Ending.STOP, Ending.PAUSE}),
            "no full stop": float("。" not in text),
            "length": math.log(len(text) / _USUAL),
        }


def _head(text: str) -> Traits:
    stop = _STOP.search(text)
    return {
        "head without stop": float(stop is None),
        "short head": max(0.0, 1 - len(text) / _LONG) if stop is None else 0.0,
        "head numbered": float(heading_level(text) > 0),
        "head at comma": float(text[-1] in "，、"),
    }


def _enumerates(text: str) -> bool:
    mark = _FIRST_MARK.search(text)
    return (mark is not None and mark[0] == "、") or "等" in text[:8] or "和" in text[:8]


@cache
def weights() -> Mapping[str, float]:
    """The weight of each trait, and ``constant``."""
    table = resources.files("cleaner.engine.repairs.data").joinpath("halves.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


def weigh(traits: Traits) -> float:
    """The log-odds of a joint by its traits."""
    table = weights()
    return table["constant"] + sum(table[name] * value for name, value in traits.items())
