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


QUESTIONS: Mapping[str, Question] = {
    "partial_sum_le_total": _some_parts,
    "accounting_bound": _between,
}
