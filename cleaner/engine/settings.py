"""What a user may set for a run: levels, switches, protected names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cleaner.engine.decisions import Decisions
from cleaner.terms import Safety


@dataclass(frozen=True, slots=True)
class Settings:
    """How the engine restores.

    ``level`` is the least safe level that is applied: ``probable`` applies certain and probable edits.
    ``safety`` raises or lowers rules by one step. ``protected`` are strings that stay as they are.
    ``reorder`` applies the moves of whole blocks that are only proposed by default. ``decisions`` are what readers
    decided about single changes; they outrank all of these. ``time_limit`` is in seconds, for one rule on one block.
    """

    level: Safety = Safety.PROBABLE
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    safety: Mapping[str, Safety] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()
    reorder: bool = False
    decisions: Decisions = field(default_factory=Decisions)
    time_limit: float = 2.0
