"""What every row of a table promises: small judges on the cells of a row, run by the pandera models.

A judge gives None where the promise is not about the row, an empty string where it is kept, and otherwise the
sentence that says what is wrong.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import regex

from cleaner.contracts.context import listed
from cleaner.contracts.words import COVERAGE_KEYS

KEPT = ""
Judgement = str | None


@dataclass(frozen=True, slots=True)
class Promise:
    """A named promise about the cells of ``columns``; ``zh`` and ``en`` say it in a line."""

    name: str
    columns: tuple[str, ...]
    judge: Callable[..., Judgement]
    zh: str
    en: str

    @property
    def title(self) -> str:
        """The promise in both languages."""
        return f"{self.zh} / {self.en}"


_EXCERPT = 24


def excerpt(text: str | None) -> str:
    """The beginning of a text on one line, to point at it."""
    flat = (text or "").replace("\n", "⏎")
    return flat if len(flat) <= _EXCERPT else f"{flat[:_EXCERPT]}…"


def spans_in_order(start: int, end: int, spans: Sequence[Sequence[int]], length: int) -> Judgement:
    """Spans are ranges of the base text and [start, end) is their hull."""
    if length < 0:
        return "没有底本 / no base text"
    if not spans or (start, end) != (min(s[0] for s in spans), max(s[1] for s in spans)):
        return f"[{start}, {end}) 不是各区间的外廓 / is not the hull of {spans}"
    wrong = [list(s) for s in spans if not 0 <= s[0] <= s[1] <= length]
    return f"区间越出底本 / spans outside the base text of {length}: {wrong}" if wrong else KEPT


def raw_is_base_text(raw: str, base: str | None) -> Judgement:
    """What a row quotes stands in the base text."""
    if base is None:
        return "没有底本 / no base text"
    if raw == base:
        return KEPT
    return f"底本为“{excerpt(base)}”，表中为“{excerpt(raw)}” / the base text reads otherwise"


def interval_holds_value(value: Decimal | None, lower: Decimal | None, upper: Decimal | None) -> Judgement:
    """A value lies between its bounds; a figure without a value has no bounds either."""
    if value is None:
        bounded = lower is not None or upper is not None
        return "无值而有上下限 / bounds without a value" if bounded else None
    if (lower is None or lower <= value) and (upper is None or value <= upper):
        return KEPT
    return f"{value} 不在 [{lower}, {upper}] 之内 / lies outside its interval"


_NUMBER = regex.compile(
    r"(?<![0-9.])(?<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"\s*(?<scale>(?:[余多几来]?[十百千]?[万亿])*)"
)
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def value_parses_from_text(text: str, value: Decimal | None, scale: int) -> Judgement:
    """The one Arabic number in ``text``, times its 万 or 亿, is the value.

    Without a scale word at the number the column ``scale`` counts (10—100亿元 shares its 亿). Texts with
    several numbers or in Chinese numerals are not judged: their reading is the extractor's alone.
    """
    found = list(_NUMBER.finditer(unicodedata.normalize("NFKC", text)))
    if value is None or len(found) != 1 or "‰" in text:
        return None
    factor = 1
    for word in found[0]["scale"]:
        factor *= _SCALE.get(word, 1)
    expected = Decimal(found[0]["digits"].replace(",", "")) * (factor if factor > 1 else scale)
    if abs(value) == expected:
        return KEPT
    return f"“{excerpt(text)}”应读作 {expected:f}，表中为 {value:f} / the text reads as another number"


def doubtful_not_applied(safety: str, applied: bool) -> Judgement:
    """A doubtful edit is shown and never applied."""
    if safety != "doubtful":
        return None
    return "存疑的改动被采用 / a doubtful edit was applied" if applied else KEPT


def withheld_not_applied(withheld_by: str | None, applied: bool) -> Judgement:
    """An edit that lost its place was not applied."""
    if not withheld_by:
        return None
    return f"已让位于 {withheld_by} 却被采用 / applied although withheld" if applied else KEPT


def group_is_whole(partners: Sequence[Mapping[str, Any]]) -> Judgement:
    """A group is applied whole or not at all."""
    if not partners:
        return None
    if len({row["applied"] for row in partners}) > 1:
        return f"一组 {len(partners)} 行只采用了一部分 / a group was applied in part"
    return KEPT


def move_loses_nothing(edit: str, partners: Sequence[Mapping[str, Any]]) -> Judgement:
    """What a move takes away in one place stands in the other: not a character more or less."""
    if edit != "move":
        return None
    if len(partners) < 2:
        return "移动只有一半 / a move of one half"
    taken = Counter(c for row in partners for c in row["stage_before"] if not c.isspace())
    put = Counter(c for row in partners for c in row["after"] if not c.isspace())
    return KEPT if taken == put else "移走与移入的文字不同 / text was lost or gained on the way"


def members_known(members: Sequence[str], unknown: Sequence[str]) -> Judgement:
    """The members of a finding are rows of its document."""
    if not members:
        return None
    return f"查无此行 / unknown members: {listed(unknown)}" if unknown else KEPT


def counts_agree(
    characters: int, edits: int, findings: int, figures: int, counted: Mapping[str, int]
) -> Judgement:
    """What a document's row counts is what the other tables hold."""
    claimed = {"characters": characters, "edits": edits, "findings": findings, "figures": figures}
    wrong = [
        f"{name} {claimed[name]} ≠ {counted[name]}" for name in claimed if claimed[name] != counted[name]
    ]
    return f"计数不符 / counts differ: {listed(wrong)}" if wrong else KEPT


def coverage_counts_figures(coverage: Mapping[str, int], figures: int) -> Judgement:
    """Coverage counts figures of the document under the four known keys."""
    if not coverage:
        return None
    strange = [key for key in coverage if key not in COVERAGE_KEYS]
    if strange or any(not isinstance(n, int) or n < 0 for n in coverage.values()):
        return f"键或计数不合 / not counts under the known keys: {dict(coverage)}"
    judged = sum(coverage.get(key, 0) for key in COVERAGE_KEYS[:3])
    return KEPT if judged <= figures else f"{judged} > {figures} / more covered than there are figures"


_SPANS = ("start", "end", "spans", "length")
_IN_ORDER = Promise("spans_in_order", _SPANS, spans_in_order, "区间在底本之内", "spans lie in the base text")

PROMISES: Mapping[str, tuple[Promise, ...]] = {
    "figures": (
        _IN_ORDER,
        Promise(
            "raw_is_base_text", ("raw", "base"), raw_is_base_text, "原文与底本一致", "raw is the base text"
        ),
        Promise(
            "interval_holds_value",
            ("value", "lower", "upper"),
            interval_holds_value,
            "数值在其区间之内",
            "a value lies in its interval",
        ),
        Promise(
            "value_parses_from_text",
            ("text", "value", "scale"),
            value_parses_from_text,
            "数值读自文字",
            "a value is what its text reads",
        ),
    ),
    "findings": (
        _IN_ORDER,
        Promise(
            "members_known", ("members", "unknown_members"), members_known, "成员有据可查", "members exist"
        ),
    ),
    "edits": (
        _IN_ORDER,
        Promise(
            "before_is_base_text",
            ("before", "base"),
            raw_is_base_text,
            "改前文字与底本一致",
            "before is the base text",
        ),
        Promise(
            "doubtful_not_applied",
            ("safety", "applied"),
            doubtful_not_applied,
            "存疑者不改",
            "doubtful edits are not applied",
        ),
        Promise(
            "withheld_not_applied",
            ("withheld_by", "applied"),
            withheld_not_applied,
            "让位者不改",
            "withheld edits are not applied",
        ),
        Promise(
            "group_is_whole",
            ("partners",),
            group_is_whole,
            "一组改动同进退",
            "a group is applied whole or not at all",
        ),
        Promise(
            "move_loses_nothing",
            ("edit", "partners"),
            move_loses_nothing,
            "移动不失一字",
            "a move loses nothing",
        ),
    ),
    "documents": (
        Promise(
            "counts_agree",
            ("characters", "edits", "findings", "figures", "counted"),
            counts_agree,
            "计数与各表一致",
            "counts agree with the tables",
        ),
        Promise(
            "coverage_counts_figures",
            ("coverage", "figures"),
            coverage_counts_figures,
            "覆盖面只数本文数值",
            "coverage counts the document's figures",
        ),
    ),
}
"""Table -> its promises, but for relations (:mod:`cleaner.contracts.claims`)."""
