"""The rule index and the page of one rule, generated from the rules."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from cleaner.engine.chain import CHAIN
from cleaner.engine.ruleset import SelectionError
from cleaner.packs.grammar import Pack, Rule
from cleaner.packs.relations import RelationType, relation_types
from cleaner.runs.process import all_packs


def render_index(folders: tuple[Path, ...] = ()) -> str:
    """A Markdown table of every pack and rule, in the order of the chain."""
    packs = sorted(all_packs(folders), key=lambda p: (CHAIN.index(p.stage), p.name))
    return "\n".join(line for pack in packs for line in _pack_lines(pack)) + "\n"


def _pack_lines(pack: Pack) -> Iterator[str]:
    yield f"### {pack.name} · {pack.title} ({pack.title_en})"
    yield ""
    yield f"{pack.purpose} {pack.purpose_en} Stage: `{pack.stage}`."
    yield ""
    yield "| rule | 说明 | what | by | safety | evidence |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for rule in pack.rules:
        link = f"[`{rule.id}`]({pack.name}/{rule.path.name})"
        yield f"| {link} | {rule.title} | {rule.title_en} | {rule.by} | {rule.safety} | {rule.evidence} |"
    yield ""


def render_relations() -> str:
    """A Markdown table of the relation types: equalities, then inequalities, then what is textual."""
    lines = ["| type | 说明 | what | formula | severity |", "| --- | --- | --- | --- | --- |"]
    order = ("equality", "inequality", "textual")
    for kind in sorted(relation_types().values(), key=lambda k: (order.index(k.family), k.name)):
        link = f"[`{kind.name}`](../rules/relations/{kind.path.name})"
        formula = kind.formula.replace("|", "\\|")
        lines.append(
            f"| {link} | {kind.title} | {kind.title_en} | {formula} | {kind.family}, {kind.severity} |"
        )
    return "\n".join(lines) + "\n"


def render_rule(name: str, folders: tuple[Path, ...] = ()) -> str:
    """All that a rule, or a relation type (``relation/share_of_total``), says of itself, for a reader.

    Raises:
        SelectionError: no rule and no relation type has that name; it may be that of a pack.
    """
    rules = {rule.id: rule for pack in all_packs(folders) for rule in pack.rules}
    relations = {relation.check: relation for relation in relation_types().values()}
    if name in relations:
        return "\n".join(_relation_lines(relations[name])) + "\n"
    of_pack = sorted(key for key, rule in rules.items() if rule.pack == name)
    if of_pack:
        message = f"'{name}' is a pack; its rules: {', '.join(of_pack)}"
        raise SelectionError(message)
    if name not in rules:
        near = difflib.get_close_matches(name, [*sorted(rules), *sorted(relations)], n=1)
        hint = f"Did you mean '{near[0]}'?" if near else "See `kanwu rules list`."
        message = f"no rule is named '{name}'. {hint}"
        raise SelectionError(message)
    return "\n".join(_rule_lines(rules[name])) + "\n"


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}  {rule.title} / {rule.title_en}"
    yield f"{rule.edit} by {rule.by}, stage {rule.stage}; safety {rule.safety}, evidence {rule.evidence}"
    yield ""
    yield rule.rationale.strip()
    yield rule.rationale_en.strip()
    if rule.safety_note:
        yield f"安全 / safety: {rule.safety_note.strip()}"
    yield ""
    yield "当改 / fires:"
    yield from (f"  {_shown(e)}" for e in rule.examples.fires)
    yield "不改 / silent:"
    yield from (f"  {_shown(text)}    # {why}" for text, why in rule.examples.silent.items())
    if rule.examples.limits:
        yield "力所不及 / limits:"
        yield from (f"  {_shown(text)}    # {why}" for text, why in rule.examples.limits.items())
    for source in rule.source:
        yield f"出处 / source: {source}"
    yield ""
    yield f"停用 / switch off: kanwu run INPUT --ignore {rule.id}"


def _relation_lines(relation: RelationType) -> Iterator[str]:
    yield f"{relation.check}  {relation.title} / {relation.title_en}"
    yield f"{relation.family}, severity {relation.severity}: {relation.formula}"
    yield ""
    yield relation.rationale.strip()
    yield relation.rationale_en.strip()
    for verdict, sentences in relation.examples.items():
        if sentences:
            yield ""
            yield f"{verdict}:"
            yield from (f"  {_shown(sentence)}" for sentence in sentences)


def _shown(text: str) -> str:
    return text.strip("\n").replace("\n", "⏎")
