"""The words of the reports, Chinese and English side by side."""

from __future__ import annotations

from typing import Final, NamedTuple

from cleaner.model import Finding, RunResult

LANGUAGES: Final = ("zh", "en")


def language(result: RunResult) -> str:
    """The language that a run asked for; Chinese if it did not say."""
    asked = str(result.run.get("config", {}).get("lang", ""))
    return asked if asked in LANGUAGES else LANGUAGES[0]


def said(finding: Finding, lang: str) -> str:
    """The message of a finding in one language; the Chinese one where there is no English."""
    return (finding.message_en or finding.message) if lang == "en" else finding.message


class Word(NamedTuple):
    """One label in both languages."""

    zh: str
    en: str


SAFETY: Final = {
    "certain": Word("径改", "certain"),
    "probable": Word("改而出校", "probable"),
    "doubtful": Word("存疑", "doubtful"),
}
EVIDENCE: Final = {
    "form": Word("自明", "form"),
    "witness": Word("对校", "witness"),
    "internal": Word("本校", "internal"),
    "external": Word("他校", "external"),
    "reasoning": Word("理校", "reasoning"),
}
KIND: Final = {
    "substitute": Word("讹", "substitute"),
    "supply": Word("脱", "supply"),
    "delete": Word("衍", "delete"),
    "transpose": Word("倒", "transpose"),
    "move": Word("错简", "move"),
}
SEVERITY: Final = {
    "error": Word("错误", "error"),
    "warning": Word("警告", "warning"),
    "info": Word("提示", "info"),
}
VERDICT: Final = {
    "consistent": Word("相合", "consistent"),
    "inconsistent": Word("不合", "inconsistent"),
    "undecidable": Word("不可判", "undecidable"),
    "not_applicable": Word("不适用", "not applicable"),
}
BY: Final = {
    "exact": Word("按所印", "as printed"),
    "rounding": Word("按四舍五入", "rounded"),
    "truncation": Word("按截尾", "truncated"),
}
REASON: Final = {
    "base_unknown": Word("基数未载", "base unknown"),
    "subset_not_said": Word("从属未言明", "subset not said"),
    "other_year": Word("年份不同", "another year"),
    "nominal_vs_real": Word("名义与可比价不同", "nominal against real"),
    "scope_changed": Word("口径有变", "scope changed"),
    "outside_knowledge": Word("须外部知识", "needs outside knowledge"),
    "second_reading": Word("另有一读", "a second reading"),
}
STATE: Final = {
    "introduced": Word("改动造成", "introduced"),
    "inherited": Word("底本固有", "inherited"),
    "fixed": Word("改后消除", "fixed"),
}
PROMISE: Final = {
    "kept": Word("守约", "kept"),
    "not_applicable": Word("无所适用", "nothing applicable"),
    "broken": Word("失约", "broken"),
}
COVERAGE: Final = {
    "in_equality": Word("已核", "checked in an equality"),
    "in_inequality": Word("只在不等式中", "only in inequalities"),
    "in_nothing": Word("未入任何关系", "in nothing"),
    "not_understood": Word("未读懂", "not understood"),
}


def word(table: dict[str, Word], key: str) -> Word:
    """The label of ``key``, or the key itself where the table has none."""
    return table.get(key, Word(key, key))
