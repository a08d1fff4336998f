"""What a finding says, in Chinese and English: the printed figures, what follows from them, and what stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cleaner.checks.equations import Outcome
from cleaner.checks.interval import Interval
from cleaner.checks.questions import QUESTIONS
from cleaner.model import Figure, Relation

_SCALES = {
    1: "",
    1000: "千",
    10_000: "万",
    1_000_000: "百万",
    10_000_000: "千万",
    100_000_000: "亿",
    10**12: "万亿",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One message in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Case:
    """What a message may speak of: the relation, its members in order, the arithmetic."""

    relation: Relation
    members: Sequence[Figure]
    outcome: Outcome

    @property
    def texts(self) -> list[str]:
        """The members as printed."""
        return [figure.text for figure in self.members]

    def computed(self, like: int = -1) -> str:
        """The computed interval in the unit and precision of one member."""
        return shown(self.outcome.computed, self.members[like] if self.members else None)


def shown(interval: Interval | None, like: Figure | None = None) -> str:
    """An interval as text, rounded outwards: 77.34–77.40%, 19.50–19.54亿元, 至多 7."""
    if interval is None:
        return "？"
    scale, unit = (like.scale, like.unit) if like else (1, "")
    decimals = _decimals(like)
    ends = [
        None if end is None else _end(end / scale, decimals, mode)
        for end, mode in ((interval.lower, ROUND_FLOOR), (interval.upper, ROUND_CEILING))
    ]
    suffix = _SCALES.get(scale, f"×{scale}") + unit
    if ends[0] is None:
        return f"≤{ends[1]}{suffix}"
    if ends[1] is None:
        return f"≥{ends[0]}{suffix}"
    return (ends[0] if interval.exact and ends[0] == ends[1] else f"{ends[0]}–{ends[1]}") + suffix


def _decimals(like: Figure | None) -> int:
    if like is None or like.precision is None:
        return 2 if like is not None and like.unit == "%" else 0
    return max(0, -int((like.precision / like.scale).normalize().as_tuple().exponent))


def _end(value: Decimal, decimals: int, mode: str) -> str:
    return format(value.quantize(Decimal(1).scaleb(-decimals), rounding=mode), "f")


Template = Callable[[Case], Said]


def describe(relation: Relation, members: Sequence[Figure], outcome: Outcome) -> Said:
    """The sentence for one judged relation."""
    case = Case(relation, members, outcome)
    if relation.type in QUESTIONS:
        return Said(*QUESTIONS[relation.type](relation.detail, case.texts, case.computed()))
    template = _TEMPLATES.get(relation.type, _plain)
    return template(case)


def _plain(case: Case) -> Said:
    listed = "、".join(case.texts)
    return Said(f"{listed} 不能同时成立。", f"{', '.join(case.texts)} cannot all hold.")


def _sum(case: Case) -> Said:
    detail = case.relation.detail
    if "whole" in detail:
        parts = [str(p) for p in detail.get("parts", case.texts)]
        result = shown(case.outcome.computed, case.members[-1] if case.members else None)
        whole = detail["whole"]
        return Said(
            f"{' + '.join(parts)} 合计 {result}，应为 {whole}。",
            f"{' + '.join(parts)} add up to {result}, not {whole}.",
        )
    parts, whole = case.texts[:-1], case.texts[-1]
    if len(parts) > _LISTED:
        parts = [*parts[: _LISTED - 2], "…", parts[-1]]
    return Said(
        f"{' + '.join(parts)} 合计 {case.computed()}；文中写 {whole}。",
        f"{' + '.join(parts)} add up to {case.computed()}; the text says {whole}.",
    )


_LISTED = 8
"""So many parts of a sum are spelled out; a longer column is shortened in the middle."""


def _share(case: Case) -> Said:
    part, whole, share = case.texts if len(case.texts) == 3 else (case.texts[0], "全年", case.texts[1])
    return Said(
        f"{part} 是 {whole} 的 {case.computed()}；文中写 {share}。",
        f"{part} is {case.computed()} of {whole}; the text says {share}.",
    )


def _growth(case: Case) -> Said:
    form = case.relation.detail.get("form")
    if form == "stock":
        level, step = case.texts
        return Said(f"增量 {step} 大于总量 {level}。", f"The increase {step} is more than the level {level}.")
    first, second, rate = case.texts
    verb, verb_en = ("下降", "fall") if case.relation.detail.get("sign") == -1 else ("增长", "growth")
    if form == "step":
        return Said(
            f"由 {first} 到 {second}，相差 {case.computed()}；文中写 {rate}。",
            f"From {first} to {second} is a step of {case.computed()}; the text says {rate}.",
        )
    if form == "levels":
        return Said(
            f"由 {first} 到 {second}，变动为 {case.computed()}；文中写{verb} {rate}。",
            f"From {first} to {second} is a change of {case.computed()}; the text says a {verb_en} of {rate}.",
        )
    return Said(
        f"总量 {first}、增减 {second}，应{verb} {case.computed()}；文中写 {rate}。",
        f"A level of {first} after a change of {second} is a {verb_en} of {case.computed()}; the text says {rate}.",
    )


def _target(case: Case) -> Said:
    done, goal, ratio = case.texts
    return Said(
        f"{done} 是目标 {goal} 的 {case.computed()}；文中写 {ratio}。",
        f"{done} is {case.computed()} of the target {goal}; the text says {ratio}.",
    )


def _duplicate(case: Case) -> Said:
    one, other = case.texts
    return Said(
        f"同一指标前写 {one}，此处写 {other}。",
        f"The same indicator is printed as {one} and, here, as {other}.",
    )


def _converted(case: Case) -> Said:
    one, other = case.texts
    return Said(
        f"{one} 合 {case.computed()}；文中写 {other}。", f"{one} is {case.computed()}; the text says {other}."
    )


def _mean(case: Case) -> Said:
    rate, average, earlier = case.texts
    return Said(
        f"本年 {rate}、两年平均 {average}，上年应为 {case.computed()}；文中写 {earlier}。",
        f"{rate} this year and a two-year mean of {average} give {case.computed()} for the year before; "
        f"the text says {earlier}.",
    )


def _product(case: Case) -> Said:
    area, output, each = case.texts
    return Said(
        f"总产 {output} 除以面积 {area}，与单产 {each} 不合；面积与产量的口径或有不同。",
        f"Output {output} over area {area} does not give the yield {each}; the scopes may differ.",
    )


def _count(case: Case) -> Said:
    stated, readings = case.relation.detail["stated"], case.relation.detail["readings"]
    if case.relation.detail["form"] == "characters":
        readings = [len(case.relation.detail["items"])]
    counted, counted_en = _either(readings)
    return Said(
        f"文中称 {stated} 项，列出的是 {counted} 项。",
        f"The text announces {stated}, and lists {counted_en}.",
    )


def _either(readings: Sequence[object]) -> tuple[str, str]:
    """The counts that a list may be read as, in both languages."""
    return "或".join(map(str, readings)), " or ".join(map(str, readings))


def _partial(case: Case) -> Said:
    stated, listed = case.relation.detail["stated"], case.relation.detail["readings"][0]
    return Said(
        f"列出 {listed} 项，多于所称的 {stated} 项。",
        f"{listed} are listed, more than the {stated} announced.",
    )


def _arity(case: Case) -> Said:
    stated, readings = case.relation.detail["stated"], case.relation.detail["readings"]
    wanted, wanted_en = _either(readings)
    listed = "、".join(case.texts)
    return Said(
        f"{listed}：有 {stated} 个数值，前面的指标却是 {wanted} 个，疑有文字脱落。",
        f"{listed}: {stated} values for {wanted_en} indicators; words may have been lost.",
    )


def _unit(case: Case) -> Said:
    first, rest = case.texts[0], "、".join(case.texts[1:])
    if case.relation.detail["form"] == "orphan":
        return Said(
            f"{first} 没有指标名称，却带有 {rest} 两个增速；单位“{case.members[0].unit}”与之不合，疑有文字脱落。",
            f"{first} has no indicator, yet carries the rates {rest}; its unit does not fit and words may have been lost.",
        )
    return Said(
        f"金额类指标的数值写作 {first}，单位不合。",
        f"An amount of money is printed as {first}: the unit does not fit.",
    )


def _numbering(case: Case) -> Said:
    missing = "".join(case.relation.detail["missing"])
    return Said(
        f"序号不连续，缺 {missing}，疑有段落脱落。",
        f"The numbering has a gap: {missing} missing; text may be lost.",
    )


def _date(case: Case) -> Said:
    printed = case.relation.detail["text"]
    return Said(
        f"日期“{printed}”不存在或前后颠倒。",
        f"The date '{printed}' does not exist, or ends before it starts.",
    )


def _session(case: Case) -> Said:
    earlier, present = case.relation.detail["earlier"], case.relation.detail["present"]
    return Said(
        f"已完成的是第 {earlier} 次会议的任务，而本次是第 {present} 次会议。",
        f"The tasks carried out are those of session {earlier}, but this is session {present}.",
    )


def _programme(case: Case) -> Said:
    stated, printed = case.relation.detail["stated"], case.relation.detail["text"]
    return Said(
        f"“{printed}”的起止年份不是 {stated} 年。", f"The years of '{printed}' do not span {stated} years."
    )


def _rank(case: Case) -> Said:
    rank, size = case.relation.detail["rank"], case.relation.detail["of"]
    return Said(f"共 {size} 个，不会有第 {rank} 名。", f"There is no rank {rank} among {size}.")


def _no_more(case: Case) -> Said:
    part, whole = case.texts
    return Said(f"部分 {part} 大于总体 {whole}。", f"The part {part} is more than the whole {whole}.")


def _floor(case: Case) -> Said:
    number, floor, whole = case.texts
    return Said(
        f"{number}，每个至少 {floor}，合计应不少于 {case.computed()}；文中写 {whole}。",
        f"{number} of at least {floor} each make no less than {case.computed()}; the text says {whole}.",
    )


def _beyond(case: Case) -> Said:
    bound, exact = case.texts
    return Said(
        f"称突破 {bound}，而数值是 {exact}。", f"Said to be beyond {bound}, but the figure is {exact}."
    )


def _monotone(case: Case) -> Said:
    if case.relation.detail["form"] == "range":
        low, high = case.relation.detail["low"], case.relation.detail["high"]
        return Said(f"区间 {low}—{high} 前大后小。", f"The range {low}–{high} runs downwards.")
    low, high = case.texts
    return Said(
        f"按文意 {low} 应不大于 {high}。", f"By the words of the text {low} should not be more than {high}."
    )


def _percentage(case: Case) -> Said:
    return Said(f"{case.texts[0]} 超出 0–100% 的范围。", f"{case.texts[0]} lies outside 0–100 %.")


def _result(case: Case) -> Said:
    done, goal = case.texts
    return Said(
        f"称已超过目标 {goal}，而完成数是 {done}。",
        f"Said to exceed the target {goal}, but the result is {done}.",
    )


def _grim(case: Case) -> Said:
    count, share = case.texts
    return Said(
        f"{count} 中没有哪个整数占 {share}；占比的口径或许不是个数。",
        f"No whole number out of {count} makes {share}; the base may be something else.",
    )


def _part(case: Case) -> Said:
    count, share = case.texts
    return Said(
        f"没有哪个整数的 {share} 是 {count}。",
        f"There is no whole number of which {count} is {share}.",
    )


_TEMPLATES: Mapping[str, Template] = {
    "parts_sum_to_whole": _sum,
    "share_of_total": _share,
    "growth_vs_levels": _growth,
    "ratio_to_target": _target,
    "duplicated_figure": _duplicate,
    "unit_conversion": _converted,
    "average_growth": _mean,
    "implied_ratio": _product,
    "enumerated_count": _count,
    "enumerated_partial": _partial,
    "fenbie_arity": _arity,
    "unit_indicator_fit": _unit,
    "heading_numbering": _numbering,
    "date_validity": _date,
    "session_number": _session,
    "programme_period": _programme,
    "rank_plausibility": _rank,
    "subset_le_total": _no_more,
    "net_le_gross": _no_more,
    "floor_sum": _floor,
    "member_threshold": _floor,
    "bound_vs_exact": _beyond,
    "range_monotone": _monotone,
    "percent_bounds": _percentage,
    "target_vs_actual": _result,
    "granularity_grim": _grim,
    "part_of_part": _part,
}
