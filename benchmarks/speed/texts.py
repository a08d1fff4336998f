"""The texts that are timed: clean reports, the same with a share of their paragraphs damaged, text that never repeats.

Copies of one report are not told apart by any tool measured here: the engine keeps nothing from one document to
the next. The text that never repeats shows that.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from cleaner.testing.damage import CLASSES
from cleaner.testing.damage.planted import disjoint, lay

ROOT = Path(__file__).resolve().parents[2]
SHARES = (1, 5, 20, 100)
"""Percent of the paragraphs that are damaged, one artefact each."""
NEVER_REPEATS = "never repeats"
_INSIDE = (
    "foreign_word",
    "minority_script",
    "lookalike",
    "dropped_character",
    "doubled",
    "punctuation_width",
    "glyph_residue",
    "repetition_loop",
    "stray_space",
)
"""Classes that damage one paragraph by itself."""
_PAGED = ("page_number", "cut", "copy", "wrap")
"""Damage to the order of lines."""
_LINE = 30
_CLAUSE = regex.compile(r"[^，。；！？\n]{4,40}[，。；！？]")
_DIGIT = regex.compile(r"[0-9]")
_PARAGRAPH = 6


def sources() -> list[str]:
    """The clean reports beside the project (``KANWU_SHARED``), else the truths of its own documents."""
    shared = Path(os.environ.get("KANWU_SHARED", str(ROOT.parent / "shared"))) / "corpus"
    paths = sorted(shared.glob("*.txt")) or sorted((ROOT / "tests" / "gold").glob("*.txt"))
    return [path.read_text("utf-8") for path in paths]


def corpus(size: int) -> list[str]:
    """Clean reports, one after another until they have ``size`` bytes of UTF-8."""
    found: list[str] = []
    length = 0
    while length < size:
        for text in sources():
            if length < size:
                found.append(text)
                length += len(text.encode())
    return found


def damaged(texts: Sequence[str], percent: int) -> list[str]:
    """``texts`` with one artefact in ``percent`` of a hundred paragraphs."""
    return [_damaged(text, percent / 100, seed) for seed, text in enumerate(texts)]


def _damaged(text: str, share: float, seed: int) -> str:
    rng = random.Random(seed)  # noqa: S311 (sample text)
    lines = text.split("\n")
    page = 0
    found: list[str] = []
    for line in lines:
        if len(line) < _LINE or rng.random() >= share:
            found.append(line)
            continue
        kind = rng.choice(_INSIDE + _PAGED)
        page += kind == "page_number"
        found += _broken(line, kind, page, rng) if kind in _PAGED else [_planted(line, kind, rng)]
    return "\n".join(found)


def _broken(line: str, kind: str, page: int, rng: random.Random) -> list[str]:
    """One paragraph as a page end, a page width or a second reading leaves it."""
    at = rng.randint(len(line) // 3, 2 * len(line) // 3)
    if kind == "wrap":
        return [line[i : i + _LINE] for i in range(0, len(line), _LINE)]
    if kind == "copy":
        return [line, "", line]
    return [line[:at], f"— {page} —", line[at:]] if kind == "page_number" else [line[:at], "", line[at:]]


def _planted(line: str, kind: str, rng: random.Random) -> str:
    changes = list(disjoint(CLASSES[kind].generate(line, rng, 10_000 / len(line))))[:1]
    return lay(line, changes, kind)[0]


def unrepeated(size: int, document: int = 50_000) -> list[str]:
    """Documents of clauses of the clean reports in a random order with random digits: no paragraph comes twice."""
    rng = random.Random(1)  # noqa: S311 (sample text)
    clauses = sorted({clause for text in sources() for clause in _CLAUSE.findall(text)})
    paragraphs = _paragraphs(clauses, rng)
    found: list[str] = []
    for _ in range(max(1, size // document)):
        text, length = [], 0
        while length < document:
            text.append(next(paragraphs))
            length += len(text[-1].encode()) + 2
        found.append("\n\n".join(text) + "\n")
    return found


def _paragraphs(clauses: Sequence[str], rng: random.Random) -> Iterator[str]:
    while True:
        chosen = rng.choices(clauses, k=rng.randint(2, 2 * _PARAGRAPH))
        text = _DIGIT.sub(lambda _match: rng.choice("123456789"), "".join(chosen))
        yield text[:-1] + "。"


def all_texts(size: int) -> dict[str, list[str]]:
    """Every text by name, each of about ``size`` bytes."""
    clean = corpus(size)
    found = {"clean": clean}
    found |= {f"{percent} % damaged": damaged(clean, percent) for percent in SHARES}
    return found | {NEVER_REPEATS: unrepeated(size)}


def megabytes(texts: Sequence[str]) -> float:
    """10^6 bytes of UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6
