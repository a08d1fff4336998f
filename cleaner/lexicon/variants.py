"""Names of one place that are printed in two ways, one character apart: 博翔汇良 here, 博南汇良 there.

Two readings of one frame (the same characters on both sides of one that differs) are proposed on one of three
grounds: the two characters look alike; the frame itself is long enough to be a name; or the two readings never
stand in one document, and each recurs in its own, as where one report was misread throughout. Which of the two was
printed, the corpus cannot know: the more frequent is put forward, and a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from cleaner.engine.repairs.lookalike import resemble
from cleaner.lexicon.corpus import Text

_SHAPES = ((1, 2), (2, 1), (0, 1), (0, 2), (2, 0), (2, 2), (1, 3), (3, 1), (0, 3), (3, 0))
"""How many characters must agree to the left and to the right of one that differs; the rest is found by growing."""
_ORDER = frozenset("〇零一二三四五六七八九十百千万亿两几半东西南北中上下左右前后内外大小新老旧高低甲乙丙丁")
"""Characters that tell one name from the next (南路, 北路; 一期, 二期): two of them are no variants."""
_JOINS = frozenset("等及和与的在以为是了")
"""Characters that join names."""
_MOST = 4
"""Of more readings than these, a frame is a pattern of speech and no name."""
_RIVERS = frozenset("水河江湖溪")
"""What the name of a water ends in: the one place where a single character carries a name (澧水, 涑水)."""
_TAILS = (
    "峡谷",
    "水库",
    "湿地",
    "森林公园",
    "景区",
    "古镇",
    "古城",
    "遗址",
    "大桥",
    "大街",
    "大道",
    "社区",
    "合作社",
    "有限公司",
)
"""What longer names of places and firms end in."""
_RECURS = 3
_LONGEST = 6
"""So many characters on either side may belong to the name."""


class Ground(StrEnum):
    """Why two readings may be one name."""

    ALIKE = "look-alike"
    FRAME = "long-frame"
    APART = "never-in-one-document"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One occurrence of a character in doubt: its text (by index) and its offset there."""

    text: int
    at: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as it is printed in some documents, and where: offsets of the whole name, by text."""

    name: str
    places: tuple[Place, ...]

    @property
    def documents(self) -> int:
        """How many documents print it so."""
        return len({place.text for place in self.places})


@dataclass(frozen=True, slots=True)
class Variant:
    """Two readings of one name; ``usual`` is the more frequent, which does not make it right."""

    rare: Reading
    usual: Reading
    ground: Ground
    offset: int

    @property
    def characters(self) -> tuple[str, str]:
        """The two characters in which the readings differ."""
        return self.rare.name[self.offset], self.usual.name[self.offset]


def variants(texts: Sequence[Text], common: frozenset[str]) -> tuple[Variant, ...]:
    """Names of one place in two readings, the most frequent first.

    Args:
        texts: the documents of one place.
        common: pairs of characters that are words (``corpus.common_pairs``).
    """
    found: dict[tuple[str, str], Variant] = {}
    for (left, right), readings in _frames(texts, common).items():
        for one, other in combinations(sorted(readings), 2):
            variant = _variant(texts, (left, right), (one, readings[one]), (other, readings[other]), common)
            if variant is not None:
                found.setdefault((variant.rare.name, variant.usual.name), variant)
    kept = _widest(found.values())
    return tuple(sorted(kept, key=lambda v: (-len(v.rare.places), v.rare.name, v.usual.name)))


_Frames = dict[tuple[str, str], dict[str, list[Place]]]


def _frames(texts: Sequence[Text], common: frozenset[str]) -> _Frames:
    """Frames with two to four readings, where the character belongs to no common word."""
    frames: defaultdict[tuple[str, str], defaultdict[str, list[Place]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for number, text in enumerate(texts):
        for start, run in text.runs():
            for i, middle in enumerate(run):
                for left, right in _SHAPES if middle not in _JOINS else ():
                    if i >= left and i + right < len(run) and _odd(run, i, left, right, common):
                        frame = run[i - left : i], run[i + 1 : i + 1 + right]
                        frames[frame][middle].append(Place(number, start + i))
    return {frame: found for frame, found in map(_recurring, frames.items()) if 2 <= len(found) <= _MOST}


def _recurring(
    item: tuple[tuple[str, str], dict[str, list[Place]]],
) -> tuple[tuple[str, str], dict[str, list[Place]]]:
    """A frame with its readings; of a water's name (one character alone) only those that recur."""
    frame, found = item
    least = _RECURS if len("".join(frame)) == 1 else 1
    return frame, {middle: places for middle, places in found.items() if len(places) >= least}


def _odd(run: str, i: int, left: int, right: int, common: frozenset[str]) -> bool:
    """Whether no pair that the character makes inside the frame is a common word; one neighbour must be a water's."""
    if left + right == 1 and run[i + 1] not in _RIVERS:
        return False
    pairs = [run[i - 1 : i + 1]] * bool(left) + [run[i : i + 2]] * bool(right)
    return not any(pair in common for pair in pairs)


def _variant(
    texts: Sequence[Text],
    frame: tuple[str, str],
    one: tuple[str, list[Place]],
    other: tuple[str, list[Place]],
    common: frozenset[str],
) -> Variant | None:
    places = one[1] + other[1]
    before, after = _grown(texts, places, frame)
    ground = _ground(one, other, before, after, common)
    if ground is None:
        return None
    rare, usual = sorted((one, other), key=lambda r: (len({p.text for p in r[1]}), len(r[1]), r[0]))
    return Variant(_reading(rare, before, after), _reading(usual, before, after), ground, len(before))


def _reading(found: tuple[str, list[Place]], before: str, after: str) -> Reading:
    middle, places = found
    return Reading(before + middle + after, tuple(Place(p.text, p.at - len(before)) for p in sorted(places)))


def _grown(texts: Sequence[Text], places: Sequence[Place], frame: tuple[str, str]) -> tuple[str, str]:
    """The frame with all that stands on both sides of every occurrence."""
    before, after = frame
    while len(before) < _LONGEST:
        signs = {texts[p.text].text[p.at - len(before) - 1 : p.at - len(before)] for p in places}
        if len(signs) != 1 or not _is_han(sign := signs.pop()):
            break
        before = sign + before
    while len(after) < _LONGEST:
        signs = {texts[p.text].text[p.at + len(after) + 1 : p.at + len(after) + 2] for p in places}
        if len(signs) != 1 or not _is_han(sign := signs.pop()):
            break
        after += sign
    return before, after


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff" and sign not in _JOINS


def _ground(
    one: tuple[str, list[Place]],
    other: tuple[str, list[Place]],
    before: str,
    after: str,
    common: frozenset[str],
) -> Ground | None:
    """The first ground that holds."""
    if one[0] in _ORDER and other[0] in _ORDER:
        return None
    readings = [before[-1:] + found[0] + after[:1] for found in (one, other)]
    if any(word[i : i + 2] in common for word in readings for i in range(len(word) - 1)):
        return None
    if _is_name(before, after, common):
        if resemble(one[0], other[0]):
            return Ground.ALIKE
        return Ground.FRAME if before and after and len(before + after) >= 3 else None
    if before or after[:1] not in _RIVERS:
        return None
    documents, others = ({p.text for p in found} for found in (one[1], other[1]))
    recurs = min(len(one[1]), len(other[1])) >= _RECURS
    return Ground.APART if recurs and not documents & others else None


def _is_name(before: str, after: str, common: frozenset[str]) -> bool:
    """Whether a side of the frame is itself no common word (汇良, and not 发展), or ends as names of places do."""
    if after.endswith(_TAILS):
        return True
    return any(side[i : i + 2] not in common for side in (before, after) for i in range(len(side) - 1))


def _widest(found: Iterable[Variant]) -> Iterator[Variant]:
    """Of variants that stand for the same occurrences, the longest name; one that is part of another goes."""
    ordered = sorted(found, key=lambda v: (-len(v.rare.places), -len(v.rare.name), v.rare.name))
    seen: set[tuple[tuple[str, str], Place]] = set()
    for variant in ordered:
        marks = {(variant.characters, Place(p.text, p.at + variant.offset)) for p in variant.rare.places}
        if not marks <= seen:
            seen |= marks
            yield variant
