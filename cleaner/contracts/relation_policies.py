"""One named expectation for each type of relation."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.contracts.claims import describe
from cleaner.contracts.policy import Policy, Row
from cleaner.contracts.promises import KEPT, Judgement
from cleaner.contracts.recompute import readings


def _relation(name: str, kind: str, zh: str, en: str) -> Policy:
    """The policy that relations of one type hold: recomputed where numbers allow, else by their verdict."""

    def judge(row: Row) -> Judgement:
        claim = row["claim"]
        if claim.kind != kind or not claim.decided:
            return None
        found = readings(claim)
        if claim.verdict == "consistent" and (not found or any(r.holds for r in found)):
            return KEPT
        repair = f"；{row['repair']}" if row["repair"] else ""
        return f"{zh}，此处不然 / {en}, but {describe(claim, found)}{repair}"

    return Policy(name, "relations", judge, zh, en, (kind,))


RELATION_POLICIES: Sequence[Policy] = (
    _relation(
        "expect_shares_to_sum_to_whole",
        "parts_sum_to_whole",
        "各部分之和应等于全体",
        "parts should sum to their whole",
    ),
    _relation(
        "expect_share_to_fit_part_and_whole",
        "share_of_total",
        "占比应合于部分与全体",
        "a share should be its part over the whole",
    ),
    _relation(
        "expect_growth_to_fit_levels",
        "growth_vs_levels",
        "增速应合于前后水平",
        "growth should fit the levels",
    ),
    _relation(
        "expect_done_to_fit_target_ratio",
        "ratio_to_target",
        "完成数应合于任务与完成率",
        "what was done should fit the task and its ratio",
    ),
    _relation(
        "expect_growth_across_years_to_fit_levels",
        "cross_year_growth",
        "跨年增速应合于两年水平",
        "growth between two years should fit both levels",
    ),
    _relation(
        "expect_average_growth_to_fit_yearly_growth",
        "average_growth",
        "平均增速应合于各年增速",
        "average growth should fit the growth of its years",
    ),
    _relation(
        "expect_units_to_convert",
        "unit_conversion",
        "同一数量换算单位后应相等",
        "one quantity in two units should be equal",
    ),
    _relation(
        "expect_repeated_figures_to_agree",
        "duplicated_figure",
        "同一数值前后应一致",
        "a figure that is repeated should agree",
    ),
    _relation(
        "expect_implied_totals_to_fit_stated_totals",
        "implied_total",
        "由占比推出的总数应合于所载总数",
        "a total that a share implies should fit the stated one",
    ),
    _relation(
        "expect_enumerations_to_name_as_many_as_they_count",
        "enumerated_count",
        "所列项数应合于所称之数",
        "as many items should be named as are counted",
    ),
    _relation(
        "expect_respective_values_to_match_their_subjects",
        "fenbie_arity",
        "“分别”之后的数值应与对象一一对应",
        "values after 分别 should match their subjects one to one",
    ),
    _relation(
        "expect_headings_to_be_numbered_without_gap",
        "heading_numbering",
        "标题序号应连续",
        "headings should be numbered without a gap",
    ),
    _relation(
        "expect_sessions_to_follow_their_term",
        "session_number",
        "会议次数应合于届次与年份",
        "a session's number should fit its term and year",
    ),
    _relation(
        "expect_percentages_to_be_attainable_from_counts",
        "granularity_grim",
        "百分比应能由整数个体得出",
        "a percentage should be attainable from a whole count",
    ),
    _relation(
        "expect_percentages_to_allow_a_whole_total",
        "part_of_part",
        "由部分与占比应能得出整数总数",
        "a part and its share should allow a whole total",
    ),
    _relation(
        "expect_subsets_not_to_exceed_totals",
        "subset_le_total",
        "部分不应大于全体",
        "a part should not exceed its whole",
    ),
    _relation(
        "expect_partial_sums_not_to_exceed_totals",
        "partial_sum_le_total",
        "部分项之和不应大于全体",
        "some parts together should not exceed the whole",
    ),
    _relation(
        "expect_partial_lists_not_to_exceed_their_count",
        "enumerated_partial",
        "“等”前列举的不应多于总数",
        "items before 等 should not outnumber their count",
    ),
    _relation(
        "expect_floors_to_fit_their_sum",
        "floor_sum",
        "个数乘以门槛不应大于总额",
        "count times threshold should not exceed the sum",
    ),
    _relation(
        "expect_members_to_reach_their_threshold",
        "member_threshold",
        "所列成员应达到其门槛",
        "members should reach the threshold of their class",
    ),
    _relation(
        "expect_exact_figures_to_respect_bounds",
        "bound_vs_exact",
        "确数应在所称上下限之内",
        "an exact figure should respect its bound",
    ),
    _relation(
        "expect_net_changes_not_to_exceed_gross",
        "net_le_gross",
        "净增不应大于新增",
        "a net change should not exceed the gross one",
    ),
    _relation(
        "expect_ranges_to_be_monotone",
        "range_monotone",
        "累计进度不应倒退",
        "cumulative progress should not fall",
    ),
    _relation(
        "expect_percentages_to_stay_in_bounds",
        "percent_bounds",
        "占比应在零到一百之间",
        "a share should lie between 0 and 100",
    ),
    _relation(
        "expect_ranks_to_be_possible",
        "rank_plausibility",
        "位次不应大于参评个数",
        "a rank should not exceed the number ranked",
    ),
    _relation(
        "expect_dates_to_exist", "date_validity", "日期应存在且先后有序", "dates should exist and be in order"
    ),
    _relation(
        "expect_implied_ratios_to_be_plausible",
        "implied_ratio",
        "单产、单价等推算值应合常理",
        "implied yields and prices should be plausible",
    ),
    _relation(
        "expect_contributions_to_stay_within_bounds",
        "accounting_bound",
        "拉动之和应能达到总增速",
        "contributions should allow the total growth",
    ),
    _relation(
        "expect_ranked_indicators_to_have_figures",
        "orphan_indicator",
        "有位次的指标应有数值",
        "an indicator with a rank should have a figure",
    ),
    _relation(
        "expect_units_to_fit_indicators",
        "unit_indicator_fit",
        "单位应合于指标",
        "a unit should fit its indicator",
    ),
    _relation(
        "expect_text_not_to_repeat_itself",
        "repeated_text",
        "数值所在的句子不应重复出现",
        "the sentence of a figure should not be repeated",
    ),
    _relation(
        "expect_programmes_to_span_their_years",
        "programme_period",
        "行动计划的年数应合于起止年份",
        "a programme should span the years it names",
    ),
    _relation(
        "expect_series_to_continue",
        "continuity",
        "同一序列前后应衔接",
        "a series should continue where it stood",
    ),
    _relation(
        "expect_targets_to_fit_results",
        "target_vs_actual",
        "目标应合于已达到的水平",
        "a target should fit the level already reached",
    ),
    _relation(
        "expect_words_of_size_to_fit_figures",
        "qualitative_claim",
        "“过半”等说法应合于数值",
        "words such as 过半 should fit the figures",
    ),
)
