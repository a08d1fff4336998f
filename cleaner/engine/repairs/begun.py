"""Half a sentence whose other half is known: the same text stands elsewhere in the document, and goes on there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

_SHORTEST = 16
"""Characters that are not the same at the head of two paragraphs by chance."""

_ALIKE = 0.9
_KEY = 6
_CROWD = 8
_SLACK = 3
"""Characters by which a misread copy may be longer or shorter."""


class Openings:
    """The paragraphs of a document by their first characters.

    Two runs of characters stand for a head, so that a single misread one does not hide it. ``asked`` are the places
    of the paragraphs whose other beginnings will be looked for.
    """

    def __init__(self, texts: Sequence[str], asked: Iterable[int]) -> None:
        self._texts = texts
        wanted = [texts[i] for i in asked if len(texts[i]) >= _SHORTEST]
        firsts, seconds = {text[:_KEY] for text in wanted}, {text[_KEY : 2 * _KEY] for text in wanted}
        self._heads: Mapping[str, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            if text[:_KEY] in firsts or text[_KEY : 2 * _KEY] in seconds:
                self._add(index, text)

    def _add(self, index: int, text: str) -> None:
        for key in _keys(text) if len(text) >= _SHORTEST else ():
            if len(self._heads[key]) < _CROWD:
                self._heads[key].append(index)

    def goes_on_elsewhere(self, index: int) -> bool:
        """Whether another paragraph begins as ``index`` does and goes on otherwise than with ``index + 1``.

        That paragraph may be ``index + 1`` itself, even if it was broken off, too.
        """
        text, following = self._texts[index], self._texts[index + 1]
        if len(text) < _SHORTEST:
            return False
        if _begun_again(text, following):
            return True
        others = dict.fromkeys(other for key in _keys(text) for other in self._heads[key])
        rests = [self._texts[i][len(text) - _SLACK :] for i in others if i != index and self._begins(i, text)]
        return bool(rests) and not any(following[:_KEY] in rest[: _KEY + 2 * _SLACK] for rest in rests)

    def _begins(self, other: int, text: str) -> bool:
        """Whether paragraph ``other`` is longer than ``text`` and begins with it, but for single characters."""
        whole = self._texts[other]
        if len(whole) < len(text) + _SLACK:
            return False
        return Levenshtein.normalized_similarity(text, whole[: len(text)], score_cutoff=_ALIKE) > 0


def _begun_again(text: str, following: str) -> bool:
    """Whether two paragraphs in a row begin with the same characters, single ones further on apart."""
    length = min(len(text), len(following))
    if length < _SHORTEST or text[:_SHORTEST] != following[:_SHORTEST]:
        return False
    return Levenshtein.normalized_similarity(text[:length], following[:length], score_cutoff=_ALIKE) > 0


def _keys(text: str) -> tuple[str, str]:
    return f"0{text[:_KEY]}", f"1{text[_KEY : 2 * _KEY]}"
