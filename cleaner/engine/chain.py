"""The stages of restoring, in the one order in which they run.

Marks of the machine go first, so that page matter and line ends can be told; lines are joined before
blocks are compared; words come last, when a word that a line end had cut in two is whole again.
"""

from __future__ import annotations

from cleaner.packs.grammar import STAGES

CHAIN: tuple[str, ...] = (
    "glyph",
    "markup",
    "furniture",
    "reflow",
    "repeats",
    "stitch",
    "script",
    "spacing",
    "punctuation",
    "wording",
)

if set(CHAIN) != set(STAGES):
    message = "the chain and the grammar of packs name different stages"
    raise AssertionError(message)
