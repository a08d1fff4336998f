"""Which pairs of characters are no surprise: the shipped list, and what the document itself repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import filterfalse
from operator import add

from cleaner.checks.suspicion.subject import Subject

FREE = frozenset(
    "的地得了着过和与同及或等好于以其之更各一二三四五六七八九十百千万亿个在是有不为也乎而则且者所即对将把被让向从到上下中内外"
    "前后东西南北大小多少新老高低全年月日县市区镇乡村省国家级类项座条处名第每就都又要能可会去来说看用做成"
)
"""Characters that stand beside anything: an unknown pair with one of them means little."""

NAME_TAIL = re.compile(
    "公司|集团|企业|大街|公路|公园|广场|大桥|水库|景区|园区|社区|医院|学校|小学|中学|大学|合作社|纪念馆|博物馆|大峡谷|古镇|古城"
    "|湿地|遗址|装备|科技|材料|生物|重工|能源|药业|食品|机械|化工|铸造|电子|光电|农业|汽车"
)
"""What the names of firms and places end in."""


@cache
def known_pairs() -> frozenset[str]:
    """The shipped list (``data/build_known_pairs.py``), read once."""
    table = resources.files("cleaner.checks.suspicion.data").joinpath("known_pairs.txt")
    lines = table.read_text(encoding="utf-8").splitlines()
    return frozenset(line[0] + follower for line in lines for follower in line[1:])


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of one document.

    ``counts`` is how often each stands in it, ``odd`` are those of no common word, ``strange`` those of them that
    stand once. ``runs`` are the runs of three characters and more that hold an odd pair: where each begins, its
    characters, and which of its pairs are odd.
    """

    counts: Counter[str]
    odd: frozenset[str]
    strange: frozenset[str]
    runs: tuple[tuple[int, str, list[bool]], ...]

    @classmethod
    def of(cls, subject: Subject, known: frozenset[str] | None = None) -> Pairs:
        """Hold the pairs of a document against the shipped list, or ``known`` (to leave a report out of it)."""
        if known is not None:
            return cls._against(subject, known)
        if "pairs" not in subject.memo:
            subject.memo["pairs"] = cls._against(subject, known_pairs())
        found: Pairs = subject.memo["pairs"]
        return found

    @classmethod
    def _against(cls, subject: Subject, known: frozenset[str]) -> Pairs:
        counts = subject.counts
        # Asking the list for each pair: to take the list from the pairs would walk through all of the list.
        odd = frozenset(filterfalse(known.__contains__, counts))
        strange = frozenset([pair for pair in odd if counts[pair] < 2])
        return cls(counts, odd, strange, tuple(_odd_runs(subject, odd)))


def _odd_runs(subject: Subject, odd: frozenset[str]) -> Iterator[tuple[int, str, list[bool]]]:
    is_odd = odd.__contains__
    for start, run in subject.runs:
        if len(run) > 2:
            which = list(map(is_odd, map(add, run, run[1:])))
            if True in which:
                yield start, run, which
