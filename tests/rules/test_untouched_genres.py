"""Clean reports keep every character and digit; other genres are cases in tests/cases/must-not-touch.yaml."""

from __future__ import annotations

import json

from support import ROOT

from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document
from cleaner.packs.load import shipped_packs

LISTED = ROOT / "tests" / "cases" / "clean-corpus-edits.json"
PACKS = {
    "glyph",
    "markup",
    "script",
    "spacing",
    "punctuation",
    "wording",
    "names-yuncheng",
    "names-jishan",
    "numeral",
}
RULES = RuleSet.of(rule for pack in shipped_packs() if pack.name in PACKS for rule in pack.rules)


def test_clean_reports_keep_every_character_and_digit(shared):
    """Edits to the 28 clean reports are spaces and marks alone, and only of the kinds that are listed."""
    listed = json.loads(LISTED.read_text("utf-8"))
    for path in sorted((shared / "corpus").glob("*.txt")):
        cleaned = restore(Document(path.name, path.read_text("utf-8")), RULES, Settings())
        counts: dict[str, int] = {}
        for edit in cleaned.applied:
            for _, _, before, after in edit.parts or ((0, 0, edit.before, edit.after),):
                assert words(before) == words(after), (path.name, edit.rule, before, after)
                counts[edit.rule] = counts.get(edit.rule, 0) + 1
        allowed = listed.get(path.name, {})
        assert {r: n for r, n in counts.items() if n > allowed.get(r, {}).get("count", 0)} == {}, path.name


def words(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
