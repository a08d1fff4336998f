"""The stages of restoring, in the one order in which they run.

Marks of the machine go first (glyphs, markup, page matter), so that lines can be told; lines are joined before
blocks are compared and put in their places; words come last (script, spaces, marks, wording), when a word that
a line end had cut in two is whole again. The list itself stands in the grammar of packs, which may name no other.
"""

from __future__ import annotations

from cleaner.packs.grammar import Stage

CHAIN: tuple[str, ...] = tuple(stage.value for stage in Stage)
