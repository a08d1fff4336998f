"""The words of the weaker claims: what members of a whole forbid, and what a reader is asked about the text.

Each takes the detail of a relation, its members as printed and the computed interval as shown, and gives the
message in Chinese and in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Question = Callable[[Mapping[str, Any], Sequence[str], str], tuple[str, str]]


def _some_parts(_: Mapping[str, Any], texts: Sequence[str], computed: str) -> tuple[str, str]:
    *parts, whole = texts
    return (
        f"所列部分 {'、'.join(parts)} 之和为 {computed}，大于总数 {whole}。",
        f"The parts {', '.join(parts)} add up to {computed}, more than the whole {whole}.",
    )


def _between(_: Mapping[str, Any], texts: Sequence[str], computed: str) -> tuple[str, str]:
    *parts, whole = texts
    return (
        f"三次产业增速为 {'、'.join(parts)}，生产总值增速应在 {computed} 之间；文中写 {whole}。",
        f"With industries growing by {', '.join(parts)} the whole grows by {computed}; the text says {whole}.",
    )


def _orphan(detail: Mapping[str, Any], texts: Sequence[str], _: str) -> tuple[str, str]:
    name, rank = detail["name"], texts[0] if texts else ""
    return (
        f"“{name}”有名次 {rank}，本段却没有它的数值，而并列的指标有数值；请查是否脱落。",
        f"'{name}' has a rank ({rank}) but no figure in its paragraph, while its sibling has one; see whether it was lost.",
    )


def _repeated(_: Mapping[str, Any], texts: Sequence[str], __: str) -> tuple[str, str]:
    return (
        f"带有 {'、'.join(texts)} 的句子在本段已一字不差地出现过；其中的数字只应算一次。",
        f"The sentence with {', '.join(texts)} stands word for word in its paragraph before; count its figures once.",
    )


def _words_of_size(detail: Mapping[str, Any], texts: Sequence[str], _: str) -> tuple[str, str]:
    word, listed = detail["word"], "、".join(texts)
    return (
        f"文中说“{word}”，旁边的数值是 {listed}。",
        f"The words '{word}' stand beside {', '.join(texts)}.",
    )


def _broken(detail: Mapping[str, Any], _: Sequence[str], __: str) -> tuple[str, str]:
    printed = detail["text"]
    if detail["form"] == "years":
        stated = detail["stated"]
        return (
            f"“{printed}”的起止年份不是 {stated} 年。",
            f"The years of '{printed}' do not span {stated} years.",
        )
    return (
        f"“{detail['name']}”前一期尚在启动，后一期却已建成；请查期次是否有误（此处“{printed}”）。",
        f"An earlier phase of '{detail['name']}' is being started while a later one is finished (here '{printed}').",
    )


QUESTIONS: Mapping[str, Question] = {
    "orphan_indicator": _orphan,
    "repeated_text": _repeated,
    "qualitative_claim": _words_of_size,
    "continuity": _broken,
    "partial_sum_le_total": _some_parts,
    "accounting_bound": _between,
}
