"""The loader of rules/relations: a closed grammar, and mistakes that name their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.packs.errors import PackError
from cleaner.packs.relations import load_relation, load_relations, relation_types

GOOD = """\
id: relation/sample
title: 样例
title_en: Sample
formula: a = b
family: equality
severity: error
trigger:
  word: ['甲', '甲乙']
exclusions: ['丙+']
rationale: 两数相等。
rationale_en: Two numbers are equal.
examples:
  consistent: [甲是乙。]
mutation: 甲是⟦1→2⟧。
"""


def write(folder: Path, text: str, name: str = "sample.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_file_becomes_a_type(tmp_path: Path) -> None:
    kind = load_relation(write(tmp_path, GOOD))
    assert (kind.name, kind.check) == ("sample", "relation/sample")
    assert kind.words("word") == "(?:甲乙|甲)"
    assert kind.excluded("有丙丙")
    assert not kind.excluded("有丁")
    assert list(load_relations(tmp_path)) == ["sample"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("severity: error", "severty: error", 6, "severty"),
        ("severity: error", "severity: grave", 6, "severity"),
        ("id: relation/sample", "id: relation/other", 1, "the file's name"),
        ("exclusions: ['丙+']", "exclusions: ['丙(']", 9, "pattern"),
        ("  word: ['甲', '甲乙']", "  word: ['甲', '[乙']", 8, "pattern"),
        ("rationale: 两数相等。\n", "", 1, "rationale"),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(PackError, match=says) as caught:
        load_relation(path)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"{path}:{line}:")


def test_the_shipped_types_have_examples() -> None:
    types = relation_types()
    assert len(types) >= 25
    assert all(any(kind.examples.values()) for kind in types.values())
