"""What clean reports speak of together: ``python -m cleaner.engine.repairs.data.build_topics FOLDER``.

``topics.txt`` in this folder was computed from the same 28 work reports of the government as ``han_bigrams.txt``
(national 1998-2024, provincial 2025), which are public documents. It holds the directions of 4,000 pairs of
characters in the space that the 32 first singular vectors of the paragraphs span (latent semantic analysis:
Deerwester et al., 1990), and nothing else of their text: pairs that stand in the same paragraphs point the same
way. A line is a pair, a space, and one character for each coordinate: O is 0, P is 1, N is -1.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

TABLE = Path(__file__).with_name("topics.txt")
PAIRS, COMMONEST = 4000, 60
"""How many pairs have a direction, and how many that are commoner still have none: they stand everywhere."""

DIMENSIONS = 32
SHORTEST = 60
"""Characters of the shortest paragraph that is counted."""

ZERO, MOST, _SCALE = ord("O"), 31, 100.0


def han_pairs(text: str) -> Iterator[str]:
    """Each two Han characters in a row."""
    return (a + b for a, b in pairwise(text) if "\u4e00" <= a <= "\u9fff" and "\u4e00" <= b <= "\u9fff")


def render(texts: Iterable[str]) -> str:
    """The text of the table for a corpus, its lines sorted by code point."""
    paragraphs = [Counter(han_pairs(line)) for t in texts for line in t.split("\n") if len(line) >= SHORTEST]
    spread = Counter(pair for paragraph in paragraphs for pair in paragraph)
    ranked = sorted(spread, key=lambda pair: (-spread[pair], pair))
    kept = ranked[COMMONEST : COMMONEST + PAIRS]
    weight = {pair: float(np.log(len(paragraphs) / spread[pair])) for pair in kept}
    rows = np.clip(np.rint(_directions(paragraphs, kept, weight) * _SCALE), -MOST, MOST).astype(int)
    lines = (
        f"{pair} {''.join(chr(ZERO + place) for place in row)}\n"
        for pair, row in zip(kept, rows, strict=True)
    )
    return "".join(sorted(lines))


def _directions(
    paragraphs: Sequence[Counter[str]], kept: Sequence[str], weight: dict[str, float]
) -> npt.NDArray[np.float64]:
    """One row a pair: its place among the singular vectors, by its weight (rarer pairs say more)."""
    place = {pair: i for i, pair in enumerate(kept)}
    table = np.zeros((len(paragraphs), len(kept)))
    for row, paragraph in zip(table, paragraphs, strict=True):
        for pair in paragraph.keys() & place.keys():
            row[place[pair]] = (1 + np.log(paragraph[pair])) * weight[pair]
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    values, vectors = np.linalg.eigh(table @ table.T)
    first = np.argsort(values)[::-1][:DIMENSIONS]
    found = table.T @ (vectors[:, first] / np.sqrt(values[first]))
    # a singular vector has no sign of its own: its greatest coordinate is made positive
    found *= np.sign(found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])])
    weighted: npt.NDArray[np.float64] = found * np.array([[weight[pair]] for pair in kept])
    return weighted


def main(folder: str) -> None:
    """Read every .txt file of ``folder`` and write the table beside this script."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt")))
    TABLE.write_text(render(texts), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
