"""One text through all checks: its figures, the claims that link them, and what came of those."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.checks.confront import confront
from cleaner.figures.extract import extract
from cleaner.figures.relate import relate
from cleaner.model import Cleaned, Figure, Finding, Relation


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks said of one text.

    ``accusations`` pairs every finding with the relation that it speaks of; ``not_understood`` counts numerals.
    """

    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    not_understood: int

    @property
    def accusations(self) -> tuple[tuple[Finding, Relation], ...]:
        """Findings with their relations, in order of place."""
        spoken = (relation for relation in self.relations if relation.message)
        return tuple(zip(self.findings, spoken, strict=True))


def examine(cleaned: Cleaned) -> Examined:
    """Extract, relate and confront. Spans are in the base text of ``cleaned``."""
    extraction = extract(cleaned)
    relations, findings = confront(cleaned, extraction.figures, relate(cleaned, extraction.figures))
    return Examined(extraction.figures, relations, findings, len(extraction.not_understood))
