"""Words that are none: characters that hold together with neither neighbour, in prose that is otherwise ordinary.

A vision model that cannot read a name writes characters that look right one by one. Rarity alone finds them, and
every true name that is rare as well; so the list is short, the weightiest first, and only asks.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from cleaner.checks.suspicion.pairs import FREE, NAME_TAIL, Pairs
from cleaner.checks.suspicion.subject import Subject, Suspicion
from cleaner.engine.repairs.cohesion import corpus_bigrams

PER_THOUSAND = 1.8
"""No more than so many for every 1,000 characters."""
LEAST_BITS = 32.0
"""How improbable a run of loose characters must be. Measured leaving one report out: 0.3 for every 1,000 of clean text."""
_FREE_SHARE = 0.3
"""Characters that stand beside anything (:data:`FREE`) weigh so much of their bits, and nothing at the ends."""
_NAME_BITS = 4.0
"""What a run weighs more where a firm, a school, a museum follows: a name that was misread is worse than a word."""
_PLACE = frozenset("村镇乡寨庄堡庙寺院塔阁沟峪河湖泉溪渠路街巷桥山岭坡湾坪川塬苑")
_PLACE_BITS = -12.0
"""What a run weighs less that ends in the name of a kind of place, or stands before one: villages have such names."""
_TRADE = frozenset(
    "恒鑫瑞泰弘鸿鼎宏盛祥源康德达佰嘉晖辉尔威顿博翔驰融旭惠润禾丰隆昌盈华兴亿利顺通安永金银圣智慧腾捷凯迪诺赛斯维宇"
)
_TRADE_SHARE = 0.6
"""Characters that firms are named with weigh so much, where a run has no others."""
_ENDS = "".join(sorted(FREE))
_STRANGE = re.compile("1{3,}")
_LONGEST_EDIT = 40
_QUOTED = re.compile(r"[“‘《〈（(][^”’》〉）)\n]{1,20}[”’》〉）)]")


@cache
def _bits() -> tuple[dict[str, float], float]:
    """How much a character weighs: how improbable it is in clean reports, in bits. And one that is in none of them."""
    heads, total = corpus_bigrams().heads, corpus_bigrams().total
    bits = {char: -math.log2((seen + 1) / total) for char, seen in heads.items()}
    rarest = max(bits.values())
    return bits | {char: bits.get(char, rarest) * _FREE_SHARE for char in FREE}, rarest


def strange_words(subject: Subject, pairs: Pairs | None = None) -> Iterator[Suspicion]:
    """Runs of two loose characters or more, of at least ``LEAST_BITS`` together, best first within the budget.

    Not what an edit made, not what stands in quotation marks (a coinage of the writer), not names of speakers.
    """
    pairs = pairs or Pairs.of(subject)
    found = [s for start, run, odd in pairs.runs for s in _in_run(start, run, odd)]
    exempt = _exempt(subject) if found else []
    kept = [s for s in found if not _overlaps(s, exempt)]
    most = int(PER_THOUSAND * len(subject.view.text) / 1000)
    yield from sorted(sorted(kept, key=lambda s: -s.rank)[:most], key=lambda s: s.start)


def _in_run(start: int, run: str, odd: Sequence[int]) -> Iterator[Suspicion]:
    # The ends of a run count as strange pairs: one character less than a stretch has is loose on both sides.
    for stretch in _STRANGE.finditer("1" + "".join(["1" if seen == 1 else "0" for seen in odd]) + "1"):
        end = stretch.end() - 1
        word = run[stretch.start() : end]
        core = word.strip(_ENDS)
        weight = _weight(core)
        if len(core) < 2 or weight + _NAME_BITS < LEAST_BITS:
            continue
        rank = weight + _surroundings(core, run, end)
        if rank >= LEAST_BITS:
            yield _suspicion(start + stretch.start() + word.index(core), core, rank)


def _surroundings(word: str, run: str, end: int) -> float:
    """What a run weighs more or less for what it ends in and stands before."""
    bits = _NAME_BITS * (NAME_TAIL.match(run, end) is not None)
    in_print = len(word.encode("gb2312", "ignore")) == 2 * len(word)
    return bits + _PLACE_BITS * (in_print and not _PLACE.isdisjoint(word[-1:] + run[end : end + 1]))


def _weight(word: str) -> float:
    known, rarest = _bits()
    bits = sum(known.get(char, rarest) for char in word)
    return bits * (_TRADE_SHARE if _TRADE.issuperset(word) else 1)


def _suspicion(start: int, word: str, rank: float) -> Suspicion:
    message = f"“{word}”各字互不成词，与前后字也不成词，本文别处未见：是少见的名称，还是误认？"
    english = f"the characters of “{word}” form no known word with each other or their neighbours, and recur nowhere"
    return Suspicion(start, start + len(word), "strange-word", message, english, rank=rank)


def _exempt(subject: Subject) -> list[tuple[int, int]]:
    """What stands in quotation marks, and what an edit wrote, in order."""
    spans = [m.span() for m in _QUOTED.finditer(subject.view.text)]
    wrote = ((e.clean_start, e.clean_end) for e in subject.cleaned.applied)
    return sorted([*spans, *((start, end) for start, end in wrote if end - start < _LONGEST_EDIT)])


def _overlaps(suspicion: Suspicion, spans: list[tuple[int, int]]) -> bool:
    """Whether one of ``spans``, none of which is long, reaches into a suspicion."""
    place = bisect_left(spans, (suspicion.start - _LONGEST_EDIT, 0))
    while place < len(spans) and spans[place][0] < suspicion.end:
        if spans[place][1] > suspicion.start:
            return True
        place += 1
    return False
