"""What tests import from each other: where the project lies, the command, and packs made to order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from cleaner.cli.app import app

ROOT = Path(__file__).resolve().parent.parent

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


def kanwu(*args: object, **more: Any) -> tuple[int, str, str]:
    """The command with ``args``: its exit code, what it printed, what it told on stderr; ``more`` as ``input``, ``env``."""
    result = CliRunner().invoke(app, [str(a) for a in args], catch_exceptions=False, **more)
    return result.exit_code, result.stdout, result.stderr


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
