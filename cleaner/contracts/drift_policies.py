"""The named expectations about an earlier run: the same bytes should give no less than they gave before.

They speak of documents whose digest is the same in both runs, so a difference comes from the product or its
configuration and not from a better scan. Without an earlier run they are not applicable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cleaner.contracts.policy import Policy, Row
from cleaner.contracts.promises import KEPT, Judgement


def _same_bytes(judge: Callable[[Row, Row], str]) -> Callable[[Row], Judgement]:
    """A judge of a document and its earlier row, where both were read from the same bytes."""

    def judged(row: Row) -> Judgement:
        before = row["before"]
        if before is None or not row["sha256"] or row["sha256"] != before["sha256"]:
            return None
        return judge(row, before)

    return judged


def keeps_figures(row: Row, before: Row) -> str:
    """No figure is lost."""
    if row["figures"] >= before["figures"]:
        return KEPT
    return f"数值由 {before['figures']} 减为 {row['figures']} / figures were {before['figures']}"


def keeps_coverage(row: Row, before: Row) -> str:
    """As many figures stand in an equality."""
    now, then = (r["coverage"].get("in_equality", 0) for r in (row, before))
    return KEPT if now >= then else f"入于等式者由 {then} 减为 {now} / {then} stood in an equality"


def keeps_edits(row: Row, before: Row) -> str:
    """As many edits are applied."""
    if row["edits"] == before["edits"]:
        return KEPT
    return f"改动由 {before['edits']} 变为 {row['edits']} / edits were {before['edits']}"


DRIFT_POLICIES: Sequence[Policy] = (
    Policy(
        "expect_the_same_document_to_keep_its_figures",
        "documents",
        _same_bytes(keeps_figures),
        "同一文献读出的数值不应减少",
        "the same document should give no fewer figures",
    ),
    Policy(
        "expect_the_same_document_to_stay_checkable",
        "documents",
        _same_bytes(keeps_coverage),
        "同一文献入于等式的数值不应减少",
        "no fewer figures of the same document should stand in an equality",
    ),
    Policy(
        "expect_the_same_document_to_keep_its_edits",
        "documents",
        _same_bytes(keeps_edits),
        "同一文献的改动不应变化",
        "the same document should be edited as before",
    ),
)
