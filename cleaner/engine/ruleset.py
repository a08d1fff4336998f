"""The rules of a run: packs after selection, by stage, in a fixed order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cleaner.engine.chain import CHAIN
from cleaner.engine.settings import Settings
from cleaner.errors import KanwuError
from cleaner.packs.grammar import Pack, Rule
from cleaner.terms import Safety


class SelectionError(KanwuError):
    """A rule or pack that was named and does not exist, or a safety that moves more than a step."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules by stage, sorted by id: the order in which ties are settled."""

    by_stage: Mapping[str, tuple[Rule, ...]]

    def __iter__(self) -> Iterator[Rule]:
        return (rule for stage in CHAIN for rule in self.by_stage.get(stage, ()))

    def without(self, rule_id: str) -> RuleSet:
        """The same rules but one."""
        return RuleSet({s: tuple(r for r in rules if r.id != rule_id) for s, rules in self.by_stage.items()})

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> RuleSet:
        """Sort ``rules`` into their stages."""
        by_stage: dict[str, list[Rule]] = {stage: [] for stage in CHAIN}
        for rule in rules:
            by_stage[rule.stage].append(rule)
        return cls({s: tuple(sorted(found, key=lambda r: r.id)) for s, found in by_stage.items() if found})


def select_rules(packs: Iterable[Pack], settings: Settings) -> RuleSet:
    """Apply ``--select``, ``--ignore`` and the safety overrides of ``settings``.

    Raises:
        SelectionError: a name that no pack or rule has, with the nearest one that exists.
    """
    rules = [rule for pack in packs for rule in pack.rules]
    known = {rule.id for rule in rules} | {rule.pack for rule in rules}
    for name in (*settings.select, *settings.ignore, *settings.safety):
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            hint = f" Did you mean '{near[0]}'?" if near else " See `kanwu rules list`."
            message = f"no rule or pack is named '{name}'.{hint}"
            raise SelectionError(message)
    chosen = [r for r in rules if not settings.select or {r.id, r.pack} & set(settings.select)]
    kept = [r for r in chosen if not {r.id, r.pack} & set(settings.ignore)]
    return RuleSet.of(_with_safety(rule, settings) for rule in kept)


def _with_safety(rule: Rule, settings: Settings) -> Rule:
    wanted = settings.safety.get(rule.id, settings.safety.get(rule.pack))
    if wanted is None or wanted is rule.safety:
        return rule
    if abs(wanted.rank - rule.safety.rank) > 1:
        message = (
            f"{rule.id} is {rule.safety}; a configuration may raise or lower it by one step, not to {wanted}"
        )
        raise SelectionError(message)
    return replace(rule, safety=Safety(wanted), safety_set_by="configuration")
