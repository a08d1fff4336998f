"""The named expectations about the ledger: what may be changed, on which grounds, and how much of it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from cleaner.contracts.policy import Policy, Row
from cleaner.contracts.promises import KEPT, Judgement, excerpt


def _digits(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if "0" <= c <= "9")


def digit_edit_is_declared(row: Row) -> Judgement:
    """An applied edit that changes digits comes from a rule that declares it, or a reader decided it.

    A move is weighed as a group.
    """
    rows = row["partners"] or (row,)
    before = "".join(_digits(r["stage_before"] or r["before"]) for r in rows)
    after = "".join(_digits(r["after"]) for r in rows)
    if not row["applied"] or row["digits"] is None or before == after:
        return None
    if row["partners"] and Counter(before) == Counter(after):
        return None
    removed = row["digits"] == "removes" and not Counter(after) - Counter(before)
    if row["digits"] == "may-change" or removed or row["safety_set_by"] == "decision":
        return KEPT
    change = f"{row['rule']}：{before or '∅'} → {after or '∅'}"
    return f"{change}，规则并未声明可改数字 / the rule does not declare that it changes digits"


def certain_edit_has_grounds(row: Row) -> Judgement:
    """A certain edit rests on its form or on a witness, unless a reader's configuration made it certain."""
    if row["safety"] != "certain" or row["safety_set_by"]:
        return None
    if row["evidence"] in ("form", "witness"):
        return KEPT
    return f"{row['rule']}：径改而仅凭 {row['evidence']} / certain on no better grounds"


def reasoning_stays_doubtful(row: Row) -> Judgement:
    """What rests on reasoning alone is never applied."""
    if row["evidence"] != "reasoning" or row["safety_set_by"]:
        return None
    return KEPT if row["safety"] == "doubtful" else f"{row['rule']}：理校而非存疑 / reasoning beyond doubtful"


def edit_is_decided(row: Row) -> Judgement:
    """An edit is not doubtful: with ``mostly`` this bounds the share of doubtful edits."""
    if row["safety"] != "doubtful":
        return KEPT
    return f"{row['rule']}：“{excerpt(row['before'])}”存疑 / doubtful"


def edit_says_why(row: Row) -> Judgement:
    """Every row of the ledger has its grounds in words."""
    return KEPT if row["why"] else f"{row['rule']}：没有说明 / no grounds given"


RESTORATION_POLICIES: Sequence[Policy] = (
    Policy(
        "expect_digit_edits_to_be_declared",
        "edits",
        digit_edit_is_declared,
        "改动数字的规则应作声明",
        "rules that change digits should declare it",
    ),
    Policy(
        "expect_certain_edits_to_rest_on_form_or_witness",
        "edits",
        certain_edit_has_grounds,
        "径改应有形证或参校本",
        "certain edits should rest on form or a witness",
    ),
    Policy(
        "expect_reasoning_to_stay_doubtful",
        "edits",
        reasoning_stays_doubtful,
        "理校只可存疑",
        "what rests on reasoning should stay doubtful",
    ),
    Policy(
        "expect_edits_not_to_be_doubtful",
        "edits",
        edit_is_decided,
        "存疑的改动应占少数",
        "doubtful edits should be few",
    ),
    Policy(
        "expect_edits_to_say_why",
        "edits",
        edit_says_why,
        "每处改动应说明理由",
        "every edit should say why",
    ),
)
