"""Which pairs of characters are no surprise: the shipped list, and what the document itself repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from cleaner.checks.suspicion.hanruns import Places
from cleaner.checks.suspicion.subject import Subject
from cleaner.engine.repairs.likeness import codes
from cleaner.engine.repairs.pairset import PairSet
from cleaner.engine.repairs.tallies import Tally

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
def known_pairs() -> PairSet:
    """The shipped list (``data/build_known_pairs.py``), read once."""
    table = resources.files("cleaner.checks.suspicion.data").joinpath("known_pairs.txt")
    return read_pairs(table.read_text(encoding="utf-8"))


def read_pairs(table: str) -> PairSet:
    """A list of pairs: a line is a character and all that were seen after it."""
    points = codes(table)
    ends = np.flatnonzero(points == ord("\n"))
    starts = np.append(0, ends + 1)[: len(ends)]
    seconds = points != ord("\n")
    seconds[starts] = False
    return PairSet.of(np.repeat(points[starts], ends - starts - 1), points[seconds])


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of one document.

    ``odd`` are those of no common word, in the order of the text, with how often each stands in it; ``strange`` those
    of them that stand once. ``runs`` are the runs of three characters and more that hold an odd pair: where each
    begins, its characters, and for each of its pairs how often it stands in the document, 0 if it is not odd. ``seen``
    tells that of any pair.
    """

    odd: Mapping[str, int]
    strange: frozenset[str]
    runs: tuple[tuple[int, str, list[int]], ...]
    seen: Callable[[str], int]

    @classmethod
    def of(cls, subject: Subject, known: PairSet | None = None) -> Pairs:
        """Hold the pairs of a document against the shipped list, or ``known`` (to leave a report out of it)."""
        if known is not None:
            return cls._against(subject, known)
        if "pairs" not in subject.memo:
            subject.memo["pairs"] = cls._against(subject, known_pairs())
        found: Pairs = subject.memo["pairs"]
        return found

    @classmethod
    def _against(cls, subject: Subject, known: PairSet) -> Pairs:
        text, points = subject.view.text, subject.runs.points
        places = subject.runs.windows(2)
        odd_places = places[~known.holds(points[places], points[places + 1])]
        odd = Counter([text[place : place + 2] for place in odd_places.tolist()])
        strange = frozenset([pair for pair, seen in odd.items() if seen == 1])
        return cls(odd, strange, tuple(_odd_runs(subject, odd_places, odd)), _counted(subject, places))


def _odd_runs(
    subject: Subject, odd_places: Places, odd: Mapping[str, int]
) -> Iterator[tuple[int, str, list[int]]]:
    runs, text = subject.runs, subject.view.text
    times = np.zeros(len(text), dtype=np.int64)
    times[odd_places] = [odd[text[place : place + 2]] for place in odd_places.tolist()]
    for run in runs.at(odd_places).tolist():
        start, end = int(runs.starts[run]), int(runs.ends[run])
        if end - start > 2:
            yield start, text[start:end], times[start : end - 1].tolist()


def _counted(subject: Subject, places: Places) -> Callable[[str], int]:
    """How often a pair stands at one of ``places``: counted when the first is asked for."""

    @cache
    def tally() -> Tally:
        points = subject.runs.points
        return Tally.of(points[places] << np.uint32(16) | points[places + 1])

    return lambda pair: tally().get(pair)
