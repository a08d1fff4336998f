"""The reference: one entry for each rule and check, which `kanwu explain` prints and the site shows."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path

from cleaner.engine.ruleset import SelectionError
from cleaner.packs.indicators import panel_relations
from cleaner.packs.relations import relation_types
from cleaner.runs.process import all_packs
from cleaner.testing.reference.entry import Entry
from cleaner.testing.reference.of_checks import check_entries, relation_entry
from cleaner.testing.reference.of_rules import rule_entry
from cleaner.testing.reference.writers import as_markdown, as_text


def rule_entries(folders: tuple[Path, ...] = ()) -> dict[str, Entry]:
    """The entries of all rules by name; ``folders`` are packs of one's own."""
    return {rule.id: rule_entry(rule) for pack in all_packs(folders) for rule in pack.rules}


@cache
def finding_entries() -> dict[str, Entry]:
    """The entries of all that a finding can be called: relations, those between reports, other checks."""
    entries = [relation_entry(relation, "relation") for relation in relation_types().values()]
    entries += [relation_entry(relation, "panel") for relation in panel_relations().values()]
    return {entry.name: entry for entry in (*entries, *check_entries())}


def explained(name: str, folders: tuple[Path, ...] = ()) -> str:
    """The entry of ``name`` for a terminal.

    Raises:
        SelectionError: no rule and no check has that name; it may be that of a pack.
    """
    rules = {rule.id: rule for pack in all_packs(folders) for rule in pack.rules}
    checks = finding_entries()
    if name in rules:
        return as_text(rule_entry(rules[name]))
    if name in checks:
        return as_text(checks[name])
    of_pack = sorted(rule for rule in rules if rule.startswith(f"{name}/"))
    if of_pack:
        message = f"'{name}' is a pack; its rules: {', '.join(of_pack)}"
        raise SelectionError(message)
    near = difflib.get_close_matches(name, [*sorted(rules), *sorted(checks)], n=1)
    hint = f"Did you mean '{near[0]}'?" if near else "See `kanwu rules list`."
    message = f"no rule is named '{name}'. {hint}"
    raise SelectionError(message)


__all__ = ["Entry", "as_markdown", "as_text", "explained", "finding_entries", "rule_entries"]
