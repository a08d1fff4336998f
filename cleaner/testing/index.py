"""The indexes of rules and of relation types, generated from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cleaner.engine.chain import CHAIN
from cleaner.packs.grammar import Pack
from cleaner.packs.relations import relation_types
from cleaner.reports.safe import one_line
from cleaner.runs.process import all_packs
from cleaner.testing.reference import finding_entries

_MARKS = re.compile(r"[\\`*_\[\]<>|&#]")
_CHECKS = (
    "每条判定属于哪一种检查，为什么查，什么样的句子相合、不合、不可判。判定只说印出来的文字，从不改动它。 "
    "Every finding names its check. A check says what was printed and never changes it."
)
_FAMILIES = {
    "relation": "一篇之内的勾稽关系 Relations within a report",
    "panel": "几份报告之间的勾稽关系 Relations between reports",
    "restoration": "复原之后的可疑之处 What looks damaged still",
    "kanwu": "运行本身 The run itself",
}


def render_index(folders: tuple[Path, ...] = ()) -> str:
    """A Markdown table of every pack and rule, in the order of the chain."""
    packs = sorted(all_packs(folders), key=lambda p: (CHAIN.index(p.stage), p.name))
    return "\n".join(line for pack in packs for line in _pack_lines(pack)) + "\n"


def _pack_lines(pack: Pack) -> Iterator[str]:
    yield f"### {pack.name} · {in_table(pack.title)} ({in_table(pack.title_en)})"
    yield ""
    yield f"{in_table(pack.purpose)} {in_table(pack.purpose_en)} Stage: `{pack.stage}`."
    yield ""
    yield "| rule | 说明 | what | by | safety | evidence |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for rule in pack.rules:
        link = f"[`{rule.id}`]({pack.name}/{rule.path.name})"
        titles = f"{in_table(rule.title)} | {in_table(rule.title_en)}"
        yield f"| {link} | {titles} | {rule.by} | {rule.safety} | {rule.evidence} |"
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


def render_checks() -> str:
    """A page of Markdown that leads to the entry of every check, by family; the links are seen from ``reference/``."""
    entries = finding_entries().values()
    lines = ["# 判定 Checks", "", _CHECKS, ""]
    for family, title in _FAMILIES.items():
        lines += [f"## {title}", "", "| check | 说明 | what |", "| --- | --- | --- |"]
        lines += [
            f"| [`{e.name}`](checks/{e.name}.md) | {in_table(e.title.zh)} | {in_table(e.title.en)} |"
            for e in entries
            if e.name.startswith(f"{family}/")
        ]
        lines.append("")
    return "\n".join(lines)


def in_table(text: str) -> str:
    """Text of a rule file on one line, without a sign that Markdown would read."""
    return _MARKS.sub(lambda mark: f"&#{ord(mark.group())};", one_line(text))
