"""Whether every rule and pack that a configuration names is there, and no rule is moved more than a step."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from cleaner.config.load import Config
from cleaner.config.schema import SwitchesFile
from cleaner.packs.grammar import Pack
from cleaner.terms import Safety

Place = tuple[str | int, ...]


def check_names(config: Config, packs: Iterable[Pack]) -> None:
    """Hold the names in a configuration against the packs of the run.

    Raises:
        ConfigError: the first that no rule or pack has, with the nearest one; a safety more than a step away.
    """
    packs = tuple(packs)
    rules = {rule.id: rule.safety for pack in packs for rule in pack.rules}
    known = sorted({*rules, *(pack.name for pack in packs)})
    for place, table in _tables(config):
        for key, name in _named(table):
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                remedy = f"Did you mean '{near[0]}'?" if near else "See `kanwu rules list`."
                raise config.error((*place, key, name), f"'{name}'", "a rule or pack", remedy)
        _check_steps(config, place, table.safety or {}, rules)


def _tables(config: Config) -> Iterator[tuple[Place, SwitchesFile]]:
    yield (), config.values
    for number, entry in enumerate(config.values.overrides):
        yield ("overrides", number), entry


def _named(table: SwitchesFile) -> Iterator[tuple[str, str]]:
    for key in ("select", "ignore", "safety"):
        for name in getattr(table, key) or ():
            yield key, name


def _check_steps(
    config: Config, place: Place, wanted: Mapping[str, Safety], rules: Mapping[str, Safety]
) -> None:
    for name, safety in wanted.items():
        for rule, own in rules.items():
            if rule in wanted and rule != name:
                continue  # the rule's own entry decides
            if name in (rule, rule.partition("/")[0]) and abs(safety.rank - own.rank) > 1:
                found = f"{name} = '{safety}', and {rule} is {own}"
                raise config.error((*place, "safety", name), found, "a safety one step away at most")
