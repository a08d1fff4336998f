"""A lint for the rule set itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.engine.registry import repair_named
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet
from cleaner.engine.settings import Settings
from cleaner.model import Document, Edit
from cleaner.packs.grammar import Method, Rule
from cleaner.packs.marks import read_marks
from cleaner.runs.process import all_packs

FORBIDDEN = re.compile(r"^(?:fix|no|check|remove|clean|normalize|convert|replace)-")
"""A rule is named after the defect, so that "ignore RULE" reads as a sentence."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a rule as one among others."""

    rule: str
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.kind}: {self.message}"


def lint_packs(folders: tuple[Path, ...] = ()) -> Iterator[Complaint]:
    """Lint the shipped rules together with the packs in ``folders``."""
    rules = [replace(rule, places=()) for pack in all_packs(folders) for rule in pack.rules]
    together = RuleSet.of(rules)
    for rule in rules:
        yield from _names(rule, {r.id for r in rules})
        yield from _code(rule)
        yield from _among_others(rule, together)


def lint_rule(rule: Rule) -> Iterator[Complaint]:
    """Lint one rule among those that ship."""
    own = replace(rule, places=())
    shipped = [replace(r, places=()) for pack in all_packs(()) for r in pack.rules]
    yield from _names(own, {r.id for r in (own, *shipped)})
    yield from _code(own)
    yield from _among_others(own, RuleSet.of([own, *shipped]))


def _names(rule: Rule, known: set[str]) -> Iterator[Complaint]:
    name = rule.id.split("/")[1]
    if FORBIDDEN.match(name):
        yield Complaint(rule.id, "name", "names the remedy; name what is wrong")
    for other in rule.see_also:
        if other not in known and not other.startswith("relation/"):
            yield Complaint(rule.id, "see_also", f"'{other}' is no rule")


def _code(rule: Rule) -> Iterator[Complaint]:
    if rule.by is not Method.CODE:
        return
    try:
        repair_named(rule.code)
    except LookupError as error:
        yield Complaint(rule.id, "code", str(error))


def _among_others(rule: Rule, together: RuleSet) -> Iterator[Complaint]:
    """With all rules on: does each example still reach the rule, and does the chain come to rest?"""
    reached = False
    for example in rule.examples.fires:
        text = read_marks(example).text
        cleaned = restore(Document(doc="example.txt", text=text), together, Settings())
        if cleaned.problems:
            yield Complaint(rule.id, "fighting", "; ".join(cleaned.problems))
        reached = reached or any(_is_of(rule, e) for e in cleaned.edits)
    if not reached:
        yield Complaint(rule.id, "shadowed", "with all rules on, none of its fires examples reaches it")


def _is_of(rule: Rule, edit: Edit) -> bool:
    return edit.rule == rule.id and (edit.applied or not edit.withheld_by)
