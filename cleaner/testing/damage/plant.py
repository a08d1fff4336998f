"""The classes of damage, and the two ways to do them: one alone, or all on one text."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cleaner.testing.damage.copies import duplicate_blocks, repetition_loops
from cleaner.testing.damage.furniture import page_numbers, running_heads
from cleaner.testing.damage.glyphs import glyph_residue
from cleaner.testing.damage.layout import cut_paragraphs, hard_wraps, moved_blocks, set_apart
from cleaner.testing.damage.marks import punctuation_width, stray_spaces
from cleaner.testing.damage.markup import markup_residue, with_tables
from cleaner.testing.damage.planted import Change, Plant, Planted, combine, disjoint, lay
from cleaner.testing.damage.words import doubled, dropped, foreign_words, lookalikes, minority_script

Generator = Callable[[str, random.Random, float], Iterator[Change]]
Layout = Callable[[str, random.Random], str]

PER_10K = 10.0
"""Plants per 10,000 characters."""
PER_DOCUMENT = 6.0
"""Plants per document, for classes of whole blocks."""


@dataclass(frozen=True, slots=True)
class DamageClass:
    """A class of damage: how it is planted, how densely by default, what the truth needs for it."""

    name: str
    generate: Generator
    density: float = PER_10K
    prepare: Layout | None = None


CLASSES: dict[str, DamageClass] = {
    c.name: c
    for c in (
        DamageClass("foreign_word", foreign_words),
        DamageClass("minority_script", minority_script),
        DamageClass("lookalike", lookalikes),
        DamageClass("dropped_character", dropped),
        DamageClass("doubled", doubled),
        DamageClass("punctuation_width", punctuation_width),
        DamageClass("glyph_residue", glyph_residue),
        DamageClass("markup_residue", markup_residue, prepare=with_tables),
        DamageClass("repetition_loop", repetition_loops, PER_DOCUMENT),
        DamageClass("duplicate_block", duplicate_blocks, PER_DOCUMENT),
        DamageClass("moved_block", moved_blocks, PER_DOCUMENT),
        DamageClass("cut_paragraph", cut_paragraphs, PER_DOCUMENT),
        DamageClass("stray_space", stray_spaces),
        DamageClass("hard_wrap", hard_wraps, prepare=set_apart),
        DamageClass("running_head", running_heads),
        DamageClass("page_number", page_numbers),
    )
}
"""All classes, in the order in which the machine does them: characters, blocks, lines, pages."""


def plant(text: str, damage_class: str, seed: int, density: float | None = None) -> Planted:
    """Plant one class of damage in a sound text.

    Args:
        text: sound text, one line a paragraph; taken as the truth.
        damage_class: a name of ``CLASSES``.
        seed: the same seed gives the same damage.
        density: plants per 10,000 characters, or per document for classes of whole blocks; the class's own if
            None. A text that has no place for so many gets as many as it has places.

    Raises:
        KeyError: no class has that name.
    """
    return _plant(text, [CLASSES[damage_class]], seed, density)


def plant_all(text: str, seed: int, classes: Iterable[str] | None = None) -> Planted:
    """Plant several classes, one on another, each at its own density; all but moved blocks if not named.

    Raises:
        KeyError: no class has one of the names.
    """
    names = set(CLASSES) - {"moved_block"} if classes is None else set(classes)
    unknown = names - set(CLASSES)
    if unknown:
        raise KeyError(min(unknown))
    return _plant(text, [c for c in CLASSES.values() if c.name in names], seed, None)


def _plant(text: str, classes: list[DamageClass], seed: int, density: float | None) -> Planted:
    for damage in reversed(classes):
        if damage.prepare:
            text = damage.prepare(text, _random(seed, damage.name, "layout"))
    noisy = text
    steps: list[tuple[Plant, ...]] = []
    for damage in classes:
        rng = _random(seed, damage.name, "damage")
        changes = damage.generate(noisy, rng, damage.density if density is None else density)
        noisy, plants = lay(noisy, disjoint(changes), damage.name)
        steps.append(plants)
    return combine(noisy, text, steps)


def _random(seed: int, *names: str) -> random.Random:
    """A source of its own for every class: what one class draws does not move what another draws."""
    return random.Random("/".join([str(seed), *names]))  # noqa: S311 (damage to order, nothing secret)
