"""Lines that open a paragraph because they stand twice: a copy is taken of whole paragraphs, from their heads on.

In wrapped text the lines of a copy are the lines of its original, so the first of them opens a paragraph in both
places, even behind a line that is full or, where a broken-off copy stands before the whole, stops inside a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from cleaner.engine.repairs.wraps import Line

_LEAST, _MOST = 20, 60
"""Characters of a line that do not come back at a line head by chance; no more than so many are compared."""
_ALIKE, _SAME_TAIL = 0.9, 0.6
_TAIL = 8
_KEY = 6
_TURN = 3
"""Lines in which a loop of a model comes round."""
_CROWD = 8
"""So many lines with the same first characters are looked at: what stands more often is a formula."""


def heads_of_copies(lines: Sequence[Line], ended: Callable[[int], bool]) -> frozenset[int]:
    """The lines that begin alike, while those before them differ and one of these ends a paragraph.

    ``ended`` says of a line whether a paragraph may end with it.
    """
    found: set[int] = set()
    for i, j in _alike_pairs(lines):
        if _parts(lines, i, j) and not _turns(lines, i, j) and (_begins(i, ended) or _begins(j, ended)):
            found |= {i, j}
    return frozenset(found)


def _begins(index: int, ended: Callable[[int], bool]) -> bool:
    return index == 0 or ended(index - 1)


def _alike_pairs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Pairs of lines whose heads are the same but for single characters, each looked up by two runs of characters."""
    places: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.apart or len(line.text) < _LEAST:
            continue
        members = [places[n, line.text[n : n + _KEY]] for n in (0, _KEY)]
        for other in dict.fromkeys(members[0] + members[1]):
            if _alike(lines[other].text, line.text):
                yield other, index
        for group in members:
            if len(group) < _CROWD:
                group.append(index)


def _alike(one: str, other: str) -> bool:
    length = min(len(one), len(other), _MOST)
    return Levenshtein.normalized_similarity(one[:length], other[:length], score_cutoff=_ALIKE) > 0


def _parts(lines: Sequence[Line], i: int, j: int) -> bool:
    """Whether the lines before the two differ: there the copy begins."""
    if i == 0:
        return True
    tails = lines[i - 1].text[-_TAIL:], lines[j - 1].text[-_TAIL:]
    return Levenshtein.normalized_similarity(*tails) < _SAME_TAIL


def _turns(lines: Sequence[Line], i: int, j: int) -> bool:
    """Whether the head stands inside the lines from ``i`` on, too: a loop that comes round by chance at a line head."""
    text = "".join(line.text for line in lines[i : min(j, i + _TURN)])
    return text.find(lines[j].text[: 2 * _KEY], 1) > 0
