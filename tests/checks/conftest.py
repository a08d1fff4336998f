"""One way from a sentence to its verdicts, for all tests of the checks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner.checks.confront import confront
from cleaner.figures.extract import extract
from cleaner.figures.relate import relate
from cleaner.model import Cleaned, Document, Figure, Finding, OffsetMap, Relation
from cleaner.reading.blocks import parse_blocks

Judge = Callable[[str], tuple[tuple[Figure, ...], tuple[Relation, ...], tuple[Finding, ...]]]


def as_cleaned(text: str, doc: str = "样本.txt") -> Cleaned:
    """A text that needed no edit."""
    return Cleaned(Document(doc, text), text, (), OffsetMap.identity(len(text)), parse_blocks(text))


def judged(text: str) -> tuple[tuple[Figure, ...], tuple[Relation, ...], tuple[Finding, ...]]:
    """Figures, judged relations and findings of a text that needed no edit."""
    cleaned = as_cleaned(text)
    figures = extract(cleaned).figures
    relations, findings = confront(cleaned, figures, relate(cleaned, figures))
    return figures, relations, findings


@pytest.fixture
def judge() -> Judge:
    """The way from a text to its verdicts."""
    return judged
