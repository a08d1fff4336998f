"""What every row of relations promises: its verdict follows from the figures it names.

The verdict is not copied: the formula is evaluated again (:mod:`cleaner.contracts.recompute`). A relation
that is stored as consistent fails where no reading holds, one stored as inconsistent where every reading
does. Undecided relations promise nothing about numbers; they must say why they are undecided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cleaner.contracts.context import listed
from cleaner.contracts.intervals import Interval
from cleaner.contracts.promises import KEPT, Judgement, Promise
from cleaner.contracts.recompute import FORMULAS, Operand, Reading, readings

DECIDED = ("consistent", "inconsistent")

INTERVALS_MEET = frozenset(
    {
        *("parts_sum_to_whole", "share_of_total", "growth_vs_levels", "cross_year_growth", "unit_conversion"),
        *("duplicated_figure",),
    }
)
"""Types whose stored computed and stated intervals must share a value."""

Operands = Sequence[Operand | None]


def recomputed(kind: str, operands: Operands, stated: Interval | None, by: str | None) -> tuple[Reading, ...]:
    """The readings of a relation's row; none where a member is missing or the type rests on text."""
    members = [o for o in operands if o is not None]
    return readings(kind, members, stated, by) if len(members) == len(operands) else ()


def describe(operands: Operands, found: Sequence[Reading]) -> str:
    """The members as printed and what they give: ``18.2、46.3、33.5 → [97.85, 98.15] ≠ [100, 100]``."""
    members = listed((o.raw if o else "?").replace("\n", "") for o in operands)
    if not found:
        return members
    sign = "≤" if found[0].at_most else "≈"
    sign = sign if found[0].holds else {"≤": ">", "≈": "≠"}[sign]
    return f"{members} → {found[0].computed} {sign} {found[0].stated}"


def members_exist(members: Sequence[str], operands: Operands) -> Judgement:
    """Every member id is a figure of the same document."""
    if not members:
        return None
    missing = [member for member, operand in zip(members, operands, strict=True) if operand is None]
    return f"查无此数值 / no such figure: {listed(missing)}" if missing else KEPT


def verdict_follows(
    kind: str, operands: Operands, stated: Interval | None, by: str | None, verdict: str | None
) -> Judgement:
    """The stored verdict is one that the figures allow."""
    if verdict not in DECIDED:
        return None
    found = recomputed(kind, operands, stated, by)
    if not found:
        return None
    if verdict == "consistent" and not any(r.holds for r in found):
        return f"{kind} 记作相符，重算不符 / stored as consistent, but {describe(operands, found)}"
    if verdict == "inconsistent" and all(r.holds for r in found):
        return f"{kind} 记作不符，重算相符 / stored as inconsistent, but {describe(operands, found)}"
    return KEPT


def verdict_fits_stored_intervals(
    kind: str, computed: Interval | None, stated: Interval | None, verdict: str | None
) -> Judgement:
    """The row does not contradict itself: its two intervals share a value if and only if it says so.

    Whether ends are open is not stored, so intervals that only touch pass as either.
    """
    if kind not in INTERVALS_MEET or verdict not in DECIDED or computed is None or stated is None:
        return None
    if computed.meets(stated) if verdict == "consistent" else not computed.overlaps(stated):
        return KEPT
    return f"{verdict}：{computed} · {stated} / the stored intervals say otherwise"


def reason_given(verdict: str | None, reason: str | None) -> Judgement:
    """An undecided relation says why."""
    if verdict != "undecidable":
        return None
    return KEPT if reason else "未判而无理由 / undecidable without a reason"


def _follows(name: str, kinds: Collection[str], zh: str, en: str) -> Promise:
    def judge(kind: str, *stored: Any) -> Judgement:
        return verdict_follows(kind, *stored) if kind in kinds else None

    return Promise(name, ("type", "operands", "stated", "by", "verdict"), judge, zh, en)


_NAMED: Mapping[str, tuple[frozenset[str], str, str]] = {
    "parts_sum_to_whole": (
        frozenset({"parts_sum_to_whole"}),
        "各部分之和等于全体",
        "parts sum to their whole",
    ),
    "share_fits_part_and_whole": (
        frozenset({"share_of_total", "implied_total", "ratio_to_target"}),
        "占比合于部分与全体",
        "a share fits its part and whole",
    ),
    "growth_fits_levels": (
        frozenset({"growth_vs_levels", "cross_year_growth"}),
        "增速合于水平",
        "growth fits its levels",
    ),
}
_REST = frozenset(FORMULAS).difference(*(kinds for kinds, _, _ in _NAMED.values()))

CLAIMS: tuple[Promise, ...] = (
    Promise("members_exist", ("members", "operands"), members_exist, "成员有据可查", "members exist"),
    *(_follows(name, *rest) for name, rest in _NAMED.items()),
    _follows("verdict_follows_from_figures", _REST, "判定出自数值", "the verdict follows from the figures"),
    Promise(
        "verdict_fits_stored_intervals",
        ("type", "computed", "stated", "verdict"),
        verdict_fits_stored_intervals,
        "判定合于所存区间",
        "the verdict fits the stored intervals",
    ),
    Promise(
        "reason_given", ("verdict", "reason"), reason_given, "未判者有理由", "undecided relations say why"
    ),
)
"""The promises of the relations table."""
