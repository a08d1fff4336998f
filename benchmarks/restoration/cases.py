"""What is restored and scored: documents x classes of damage, each case on its own and by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from benchmarks.restoration.score import Score, score
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet, select_rules
from cleaner.engine.settings import Settings
from cleaner.model import Cleaned, Document
from cleaner.packs.load import shipped_packs
from cleaner.testing.damage import CLASSES, Planted, plant, plant_all

ALL_TOGETHER = "all_together"
UNTOUCHED = "untouched"
COLUMNS = (*CLASSES, ALL_TOGETHER, UNTOUCHED)
"""The rows of the table: every class, all but moved blocks together, and no damage at all."""


@dataclass(frozen=True, slots=True)
class Case:
    """One document with one class of damage, planted by ``seed``."""

    path: Path
    column: str
    seed: int = 0


@cache
def rules() -> RuleSet:
    """The shipped rules, as a run without options has them."""
    return select_rules(shipped_packs(), Settings())


@cache
def _sound(path: Path) -> str:
    """The text as damage is planted in it: printed faults of the report itself (a stray space) are put right.

    Else they would count as damage that was not planted, and their repair as harm. What is done to the report
    itself stands in the row of the untouched text.
    """
    return restore(Document(path.name, path.read_text("utf-8")), rules(), Settings()).text


def damaged(case: Case) -> Planted:
    """The case's text, damaged. The seed of a document is made of its name, so that styles differ among them."""
    if case.column == UNTOUCHED:
        text = case.path.read_text("utf-8")
        return Planted(text, text, (), ())
    text = _sound(case.path)
    seed = crc32(case.path.name.encode()) + case.seed
    return plant_all(text, seed) if case.column == ALL_TOGETHER else plant(text, case.column, seed)


def restored(case: Case, planted: Planted) -> Cleaned:
    """The damaged text as the product restores it by default."""
    return restore(Document(case.path.name, planted.noisy), rules(), Settings())


def run_case(case: Case) -> Score:
    """Plant, restore, score."""
    planted = damaged(case)
    return score(planted.truth, restored(case, planted), rules(), len(planted.plants))
