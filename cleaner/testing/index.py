"""The indexes of rules and of relation types, generated from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.engine.chain import CHAIN
from cleaner.packs.grammar import Pack
from cleaner.packs.relations import relation_types
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
