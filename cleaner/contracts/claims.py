"""What every row of relations promises: its verdict follows from the figures it names.

The verdict is not copied: the formula is evaluated again (:mod:`cleaner.contracts.recompute`). A relation
that is stored as consistent fails where no reading holds, one stored as inconsistent where every reading
does. Undecided relations promise nothing about numbers; they must say why they are undecided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cleaner.contracts.context import listed
from cleaner.contracts.operands import Claim
from cleaner.contracts.promises import KEPT, Judgement, Promise
from cleaner.contracts.recompute import FORMULAS, Reading, readings

INTERVALS_MEET = frozenset(
    {
        *("parts_sum_to_whole", "share_of_total", "growth_vs_levels", "cross_year_growth", "unit_conversion"),
        *("duplicated_figure",),
    }
)
"""Types whose stored computed and stated intervals must share a value."""


def describe(claim: Claim, found: Sequence[Reading]) -> str:
    """The members as printed and what they give: ``18.2、46.3、33.5 → [97.85, 98.15] ≠ [100, 100]``.

    Without a reading, what the check said, or the stored intervals.
    """
    members = listed((o.raw if o else "?").replace("\n", "") for o in claim.operands)
    if not found:
        stored = f"{claim.computed} ≠ {claim.stated}" if claim.computed and claim.stated else ""
        return claim.message or " → ".join(part for part in (members, stored) if part)
    sign = "≤" if found[0].at_most else "≈"
    sign = sign if found[0].holds else {"≤": ">", "≈": "≠"}[sign]
    return f"{members} → {found[0].computed} {sign} {found[0].stated}"


def members_exist(members: Sequence[str], claim: Claim) -> Judgement:
    """Every member id is a figure of the same document, or names the other document (``doc#figure_id``)."""
    if not members:
        return None
    missing = [member for member, operand in zip(members, claim.operands, strict=True) if operand is None]
    return f"查无此数值 / no such figure: {listed(missing)}" if missing else KEPT


def verdict_follows(claim: Claim) -> Judgement:
    """The stored verdict is one that the figures allow."""
    found = readings(claim) if claim.decided else ()
    if not found:
        return None
    if claim.verdict == "consistent" and not any(r.holds for r in found):
        return f"{claim.kind} 记作相符，重算不符 / stored as consistent, but {describe(claim, found)}"
    if claim.verdict == "inconsistent" and all(r.holds for r in found):
        return f"{claim.kind} 记作不符，重算相符 / stored as inconsistent, but {describe(claim, found)}"
    return KEPT


def intervals_follow(claim: Claim) -> Judgement:
    """The stored intervals are ones that the figures give."""
    if claim.kind not in INTERVALS_MEET or claim.computed is None or not claim.decided:
        return None
    found = readings(claim)
    if not found:
        return None
    if any(reading.gives(claim.computed, claim.stated) for reading in found):
        return KEPT
    stored = f"{claim.computed} · {claim.stated}"
    return f"存为 {stored}，重算 {describe(claim, found)} / stored otherwise than the figures give"


def verdict_fits_stored_intervals(claim: Claim) -> Judgement:
    """The row does not contradict itself: its two intervals share a value if and only if it says so.

    Whether ends are open is not stored, so intervals that only touch pass as either.
    """
    computed, stated = claim.computed, claim.stated
    if claim.kind not in INTERVALS_MEET or not claim.decided or computed is None or stated is None:
        return None
    if computed.meets(stated) if claim.verdict == "consistent" else not computed.overlaps(stated):
        return KEPT
    return f"{claim.verdict}：{computed} · {stated} / the stored intervals say otherwise"


def reason_given(verdict: str | None, reason: str | None) -> Judgement:
    """An undecided relation says why."""
    if verdict != "undecidable":
        return None
    return KEPT if reason else "未判而无理由 / undecidable without a reason"


def _follows(name: str, kinds: Collection[str], zh: str, en: str) -> Promise:
    def judge(claim: Claim) -> Judgement:
        return verdict_follows(claim) if claim.kind in kinds else None

    return Promise(name, ("claim",), judge, zh, en)


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
    Promise("members_exist", ("members", "claim"), members_exist, "成员有据可查", "members exist"),
    *(_follows(name, *rest) for name, rest in _NAMED.items()),
    _follows("verdict_follows_from_figures", _REST, "判定出自数值", "the verdict follows from the figures"),
    Promise(
        "intervals_follow_from_figures",
        ("claim",),
        intervals_follow,
        "所存区间出自数值",
        "the stored intervals follow from the figures",
    ),
    Promise(
        "verdict_fits_stored_intervals",
        ("claim",),
        verdict_fits_stored_intervals,
        "判定合于所存区间",
        "the verdict fits the stored intervals",
    ),
    Promise(
        "reason_given", ("verdict", "reason"), reason_given, "未判者有理由", "undecided relations say why"
    ),
)
"""The promises of the relations table."""
