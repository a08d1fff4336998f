"""What tests share: the shared documents, where there are any, and rules made to order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cleaner.engine.ruleset import RuleSet
from cleaner.packs.load import load_packs

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "kanwu", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("kanwu")

PACK = """\
name: {name}
title: 样例
title_en: sample
purpose: 供测试。
purpose_en: For tests.
stage: {stage}
"""
RULE = """\
id: {id}
title: 夹入外文
title_en: stray foreign word
edit: substitute
by: regex
safety: {safety}
evidence: {evidence}
since: 0.1.0
rationale: 语言模型把虚词写成外文。
rationale_en: The language model slipped into English.
match: '{match}'
replace: '{replace}'
{more}
examples:
  fires: ['甲⟦ and →和⟧乙']
  silent:
    '甲和乙': 已经正确
    'R and D': 英文
"""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared documents; a test that needs it is skipped without it."""
    folder = Path(os.environ.get("KANWU_SHARED", str(ROOT.parent / "shared")))
    if not folder.is_absolute():
        folder = ROOT / folder
    if not (folder / "seeds").is_dir():
        pytest.skip("the shared documents are not here; set KANWU_SHARED to their folder")
    return folder


def write_pack(folder: Path, name: str = "sample", stage: str = "wording", **rules: dict[str, str]) -> Path:
    """A pack of regex rules in ``folder``; each keyword is a rule's name with its keys."""
    pack = folder / name
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "pack.yaml").write_text(PACK.format(name=name, stage=stage), "utf-8")
    for key, given in rules.items():
        rule = key.replace("_", "-")
        keys = {"safety": "certain", "evidence": "form", "replace": "和", "more": "", **given}
        (pack / f"{rule}.yaml").write_text(RULE.format(id=f"{name}/{rule}", **keys), "utf-8")
    return pack


@pytest.fixture
def make_rules(tmp_path: Path):
    """Rules made to order: ``make_rules(stray_word={"match": ...})``."""

    def make(stage: str = "wording", **rules: dict[str, str]) -> RuleSet:
        packs = load_packs([write_pack(tmp_path / "packs", "sample", stage, **rules)])
        return RuleSet.of(rule for pack in packs for rule in pack.rules)

    return make
