"""The closed lists of words in the tables, beside the enumerations of :mod:`cleaner.terms`."""

from __future__ import annotations

KINDS = (
    *("level", "count", "growth_rate", "share", "rank", "target", "threshold"),
    *("date", "duration", "ordinal", "policy_code"),
)
"""What a figure states; the last four are numerals that state no data."""

STATUSES = ("actual", "target", "plan")
"""Whether a figure was reached, is promised, or stands in a plan."""

COMPARATORS = ("=", ">", "<", "≈")
"""How the text hedges a figure: plainly, 超过 and 以上, 近 and 以内, 约 and 左右."""

COVERAGE_KEYS = ("in_equality", "in_inequality", "in_nothing", "not_understood")
"""What ``coverage`` of a document counts."""

RELATION_TYPES = (
    # equalities
    *("parts_sum_to_whole", "share_of_total", "growth_vs_levels", "ratio_to_target", "cross_year_growth"),
    *("average_growth", "unit_conversion", "duplicated_figure", "implied_total", "enumerated_count"),
    *("fenbie_arity", "heading_numbering", "session_number", "granularity_grim", "part_of_part"),
    # inequalities
    *("subset_le_total", "partial_sum_le_total", "enumerated_partial", "floor_sum", "member_threshold"),
    *("bound_vs_exact", "net_le_gross", "range_monotone", "percent_bounds", "rank_plausibility"),
    *("date_validity", "implied_ratio", "accounting_bound"),
    # the text around figures
    *("orphan_indicator", "unit_indicator_fit", "repeated_text", "programme_period", "continuity"),
    *("target_vs_actual", "qualitative_claim"),
)
"""What a relation claims; each type has one named expectation."""
