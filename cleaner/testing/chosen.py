"""Rules by name, for the commands over rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cleaner.engine.ruleset import select_rules
from cleaner.engine.settings import Settings
from cleaner.packs.grammar import Rule
from cleaner.runs.process import all_packs


def chosen_rules(names: Iterable[str], packs: Iterable[Path]) -> tuple[Rule, ...]:
    """Rules in the order of the chain; all of them without a name.

    Raises:
        SelectionError: a name that no rule or pack has.
    """
    return tuple(select_rules(all_packs(tuple(packs)), Settings(select=tuple(names))))
